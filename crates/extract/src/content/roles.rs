//! What an element is on its page: a set of roles. How they are read off its names is `names.rs`'s.

/// A set of roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Roles(pub(crate) u32);

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        impl Roles {
            $($(#[$doc])* pub(crate) const $name: Roles = Roles(1 << $bit);)*

            /// The role of that name, as it is written here.
            pub(super) fn named(name: &str) -> Option<Roles> {
                match name {
                    $(stringify!($name) => Some(Roles::$name),)*
                    _ => None,
                }
            }
        }
    };
}

roles! {
    /// Buttons that pass the page on.
    SHARE = 0;
    /// Other pages: related, popular, next.
    RELATED = 1;
    /// Boxes that ask for an address.
    NEWSLETTER = 2;
    /// Advertisements.
    ADVERT = 3;
    /// Who wrote it.
    AUTHOR = 4;
    /// When and where it was published, how long it takes to read.
    META = 5;
    /// Readers' comments.
    COMMENTS = 6;
    /// Menus, breadcrumbs, page numbers.
    NAVIGATION = 7;
    /// Beside the content.
    SIDEBAR = 8;
    /// Below everything.
    FOOTER = 9;
    /// Above everything.
    HEADER = 10;
    /// Cookie notices, dialogs, sign-in walls.
    OVERLAY = 11;
    /// Tags and categories of the page.
    TAGS = 12;
    /// Captions and credits of pictures.
    CAPTION = 13;
    /// The content itself.
    CONTENT = 14;
    /// Copyright lines, disclaimers.
    LEGAL = 15;
    /// A table of contents.
    CONTENTS = 16;
    /// Panels of which one is shown at a time.
    TAB = 17;
    /// A quotation pulled out of the text, which says it twice.
    PULLED = 18;
    /// Something that belongs to a shop's or listing's controls: filters, sorting, carts.
    CONTROLS = 19;
    /// Prices.
    PRICE = 20;
    /// Ratings and reviews.
    REVIEWS = 21;
    /// For screen readers only.
    UNSEEN = 22;
    /// The author's life.
    BIOGRAPHY = 23;
    /// The lead of an article.
    LEAD = 24;
    /// A picture with what belongs to it.
    FIGURE = 25;
    /// An element embedded from elsewhere: posts of social networks, quotations of them.
    EMBED = 26;
    /// Highlighted products.
    PRODUCT = 27;
    /// A card or tile among others.
    CARD = 28;
    /// Notices of cookies and consent: never content.
    CONSENT = 29;
    /// Declared to be navigation, by tag or role: never content, however much of it there is.
    MENU = 30;
}

impl Roles {
    /// Anything in common.
    pub(crate) fn any(self, other: Roles) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) const fn or(self, other: Roles) -> Roles {
        Roles(self.0 | other.0)
    }

    pub(crate) const fn without(self, other: Roles) -> Roles {
        Roles(self.0 & !other.0)
    }
}
