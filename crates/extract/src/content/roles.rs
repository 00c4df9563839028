//! What the names of an element say: its classes, its id, its role and its tag, read word by word against one table.

use dom_query::Element;

use super::names::NAMES;

/// A set of meanings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks(pub(crate) u32);

macro_rules! marks {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        impl Marks { $($(#[$doc])* pub(crate) const $name: Marks = Marks(1 << $bit);)* }
    };
}

marks! {
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

impl Marks {
    /// Anything in common.
    pub(crate) fn any(self, other: Marks) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) const fn or(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }

    pub(crate) const fn without(self, other: Marks) -> Marks {
        Marks(self.0 & !other.0)
    }

    /// The marks of an element, and a hash of what it looks like.
    pub(crate) fn of(element: &Element) -> (Marks, u64) {
        let mut marks = Marks::by_tag(&element.name.local);
        let mut shape = hash(0, element.name.local.as_bytes());
        for attribute in &element.attrs {
            match &*attribute.name.local {
                "class" => {
                    shape = hash(shape, attribute.value.as_bytes());
                    marks = marks.or(read(&attribute.value));
                }
                "id"
                | "data-component"
                | "data-component-name"
                | "data-testid"
                | "data-test-id"
                | "data-module"
                | "data-widget" => {
                    marks = marks.or(read(&attribute.value));
                }
                "rel" if &*attribute.value == "author" => marks = marks.or(Marks::AUTHOR),
                "role" => marks = marks.or(Marks::by_role(&attribute.value)),
                "itemprop" => marks = marks.or(Marks::by_property(&attribute.value)),
                _ => {}
            }
        }
        (marks, shape)
    }

    fn by_tag(name: &str) -> Marks {
        match name {
            "nav" => Marks::NAVIGATION.or(Marks::MENU),
            "aside" => Marks::SIDEBAR,
            "footer" => Marks::FOOTER,
            "header" => Marks::HEADER,
            "dialog" => Marks::OVERLAY,
            "figcaption" => Marks::CAPTION,
            "figure" => Marks::FIGURE,
            "time" => Marks::META,
            _ => Marks::default(),
        }
    }

    fn by_role(role: &str) -> Marks {
        match role.trim() {
            "navigation" => Marks::NAVIGATION.or(Marks::MENU),
            "menu" | "menubar" | "search" | "toolbar" => Marks::NAVIGATION,
            "complementary" => Marks::SIDEBAR,
            "contentinfo" => Marks::FOOTER,
            "banner" => Marks::HEADER,
            "dialog" | "alertdialog" => Marks::OVERLAY,
            "main" | "article" => Marks::CONTENT,
            "tabpanel" => Marks::TAB,
            _ => Marks::default(),
        }
    }

    fn by_property(property: &str) -> Marks {
        match property.trim() {
            "articleBody" | "mainContentOfPage" | "blogPost" => Marks::CONTENT,
            "author" => Marks::AUTHOR,
            "datePublished" | "dateModified" | "dateCreated" => Marks::META,
            "caption" => Marks::CAPTION,
            "price" | "offers" => Marks::PRICE,
            "review" | "aggregateRating" => Marks::REVIEWS,
            "comment" => Marks::COMMENTS,
            "keywords" => Marks::TAGS,
            _ => Marks::default(),
        }
    }
}

/// Longer values are not names but data.
const MAX_NAMES: usize = 400;
const MAX_WORD: usize = 24;

/// Reads names like `post-meta`, `articleShare`, `jp_relatedposts`: every word and every two neighbours.
fn read(names: &str) -> Marks {
    let names = names.get(..names.floor_char_boundary(MAX_NAMES)).unwrap_or("");
    let mut marks = Marks::default();
    for name in names.split_ascii_whitespace() {
        // A utility class such as `lg:hidden` or `[&>nav]:mt-2` says nothing about the content.
        if name.contains([':', '[', '!']) {
            continue;
        }
        let mut pair = Pair { text: [0; 2 * MAX_WORD], first: 0 };
        let mut start = 0;
        let bytes = name.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            let camel = byte.is_ascii_uppercase() && at > 0 && bytes.get(at - 1).is_some_and(u8::is_ascii_lowercase);
            if camel {
                marks = marks.or(pair.word(bytes.get(start..at).unwrap_or_default()));
                start = at;
            } else if !byte.is_ascii_alphanumeric() {
                marks = marks.or(pair.word(bytes.get(start..at).unwrap_or_default()));
                start = at + 1;
            }
        }
        marks = marks.or(pair.word(bytes.get(start..).unwrap_or_default()));
    }
    marks
}

/// Two neighbouring words, in lower case, one after the other.
struct Pair {
    text: [u8; 2 * MAX_WORD],
    first: usize,
}

impl Pair {
    fn word(&mut self, word: &[u8]) -> Marks {
        if word.is_empty() || word.len() > MAX_WORD {
            self.first = 0;
            return Marks::default();
        }
        let end = self.first + word.len();
        for (to, from) in self.text.iter_mut().skip(self.first).zip(word) {
            *to = from.to_ascii_lowercase();
        }
        let mut marks = look_up(self.text.get(self.first..end).unwrap_or_default());
        if self.first > 0 {
            marks = marks.or(look_up(self.text.get(..end).unwrap_or_default()));
        }
        self.text.copy_within(self.first..end, 0);
        self.first = word.len();
        marks
    }
}

fn look_up(word: &[u8]) -> Marks {
    NAMES
        .binary_search_by(|(name, _)| name.as_bytes().cmp(word))
        .ok()
        .and_then(|at| NAMES.get(at))
        .map_or(Marks::default(), |(_, marks)| *marks)
}

/// FNV-1a: small, and nothing depends on its strength.
fn hash(seed: u64, bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(seed ^ 0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_word_by_word() {
        for (names, marks) in [
            ("article-share", Marks::SHARE),
            ("jp-relatedposts", Marks::RELATED),
            ("articleRelatedPosts", Marks::RELATED),
            ("post-meta", Marks::META),
            ("entry-content", Marks::CONTENT),
            ("lg:share md:nav", Marks::default()),
            ("shareholder", Marks::default()),
            ("heading", Marks::default()),
        ] {
            assert_eq!(read(names), marks, "{names}");
        }
    }

    #[test]
    fn the_table_is_sorted_and_each_name_is_in_it_once() {
        assert!(NAMES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
