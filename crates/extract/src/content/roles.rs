//! Defines the roles that an element can have on its page. `class_names.rs` derives them from the
//! element's names.

/// A set of roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Roles(pub(crate) u32);

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        impl Roles {
            $($(#[$doc])* pub(crate) const $name: Roles = Roles(1 << $bit);)*

            /// Returns the role of that name, as spelled here.
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
    /// Buttons that share the page.
    SHARE = 0;
    /// Other pages: related, popular, next.
    RELATED = 1;
    /// Boxes that ask for an address.
    NEWSLETTER = 2;
    /// Advertisements.
    ADVERT = 3;
    /// The author.
    AUTHOR = 4;
    /// Date and place of publication, reading time.
    META = 5;
    /// Readers' comments.
    COMMENTS = 6;
    /// Menus, breadcrumbs, page numbers.
    NAVIGATION = 7;
    /// A sidebar next to the content.
    SIDEBAR = 8;
    /// A footer below everything.
    FOOTER = 9;
    /// A header above everything.
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
    /// Panels that are shown one at a time.
    TAB = 17;
    /// A pull quote, which repeats the text.
    PULLED = 18;
    /// A shop's or listing's controls: filters, sorting, carts.
    CONTROLS = 19;
    /// Prices.
    PRICE = 20;
    /// Ratings and reviews.
    REVIEWS = 21;
    /// For screen readers only.
    UNSEEN = 22;
    /// A biography of the author.
    BIOGRAPHY = 23;
    /// The lead of an article.
    LEAD = 24;
    /// A picture with its caption.
    FIGURE = 25;
    /// An element embedded from elsewhere, such as a post of a social network.
    EMBED = 26;
    /// Highlighted products.
    PRODUCT = 27;
    /// A card or tile among others.
    CARD = 28;
    /// Notices of cookies and consent, which are never content.
    CONSENT = 29;
    /// Navigation declared by tag or role, which is never content, whatever its size.
    MENU = 30;
}

impl Roles {
    /// Whether the two sets share a role.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_of_roles_are_joined_compared_and_divided() {
        let both = Roles::SHARE.or(Roles::MENU);
        assert!(both.any(Roles::SHARE) && both.any(Roles::MENU) && !both.any(Roles::RELATED));
        assert!(!Roles::default().any(both) && !both.any(Roles::default()));
        assert_eq!(both.without(Roles::SHARE), Roles::MENU);
        assert_eq!(both.without(Roles::RELATED), both);
    }

    #[test]
    fn a_role_is_found_by_its_name_as_spelled() {
        assert_eq!(Roles::named("SHARE"), Some(Roles::SHARE));
        assert_eq!(Roles::named("MENU"), Some(Roles::MENU));
        for unknown in ["share", "SHARES", "", "SHARE RELATED"] {
            assert_eq!(Roles::named(unknown), None, "{unknown}");
        }
    }
}
