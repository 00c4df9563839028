//! Reads an element's roles from its class, id, role and tag. Each word is looked up in one table
//! (`class_names/names.txt`).

use std::sync::LazyLock;

use dom_query::Element;

use super::roles::Roles;
use cachette_dom::word_list::sections;

/// Returns an element's roles, and a hash of its appearance. `without_id` ignores the id, which
/// says nothing if it only repeats a heading.
pub(super) fn roles_of(element: &Element, without_id: bool) -> (Roles, u64) {
    let mut roles = by_tag(&element.name.local);
    let mut shape = hash(0, element.name.local.as_bytes());
    for attribute in &element.attrs {
        match &*attribute.name.local {
            "class" => {
                shape = hash(shape, attribute.value.as_bytes());
                roles = roles.or(read(&attribute.value));
            }
            "id" if without_id => {}
            "id"
            | "data-component"
            | "data-component-name"
            | "data-testid"
            | "data-test-id"
            | "data-module"
            | "data-widget" => {
                roles = roles.or(read(&attribute.value));
            }
            "rel" if &*attribute.value == "author" => roles = roles.or(Roles::AUTHOR),
            "aria-modal" if &*attribute.value == "true" => roles = roles.or(Roles::OVERLAY),
            "role" => roles = roles.or(by_role(&attribute.value)),
            "itemprop" => roles = roles.or(by_property(&attribute.value)),
            _ => {}
        }
    }
    (roles, shape)
}

fn by_tag(name: &str) -> Roles {
    match name {
        "nav" => Roles::NAVIGATION.or(Roles::MENU),
        "aside" => Roles::SIDEBAR,
        "footer" => Roles::FOOTER,
        "header" => Roles::HEADER,
        "dialog" => Roles::OVERLAY,
        "figcaption" => Roles::CAPTION,
        "figure" => Roles::FIGURE,
        "time" => Roles::META,
        _ => Roles::default(),
    }
}

fn by_role(role: &str) -> Roles {
    match role.trim() {
        "navigation" => Roles::NAVIGATION.or(Roles::MENU),
        "menu" | "menubar" | "search" | "toolbar" => Roles::NAVIGATION,
        "complementary" => Roles::SIDEBAR,
        "contentinfo" => Roles::FOOTER,
        "banner" => Roles::HEADER,
        "dialog" | "alertdialog" => Roles::OVERLAY,
        "main" | "article" => Roles::CONTENT,
        "tabpanel" => Roles::TAB,
        _ => Roles::default(),
    }
}

fn by_property(property: &str) -> Roles {
    match property.trim() {
        "articleBody" | "mainContentOfPage" | "blogPost" => Roles::CONTENT,
        "author" => Roles::AUTHOR,
        "datePublished" | "dateModified" | "dateCreated" => Roles::META,
        "caption" => Roles::CAPTION,
        "price" | "offers" => Roles::PRICE,
        "review" | "aggregateRating" => Roles::REVIEWS,
        "comment" => Roles::COMMENTS,
        "keywords" => Roles::TAGS,
        _ => Roles::default(),
    }
}

/// The longest value that is read; a longer one is data rather than names.
const MAX_NAMES: usize = 400;
const MAX_WORD: usize = 24;

/// Reads names like `post-meta`, `articleShare`, `jp_relatedposts`: every word and every pair of
/// neighbours.
fn read(names: &str) -> Roles {
    let names = names.get(..names.floor_char_boundary(MAX_NAMES)).unwrap_or("");
    let mut roles = Roles::default();
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
                roles = roles.or(pair.word(bytes.get(start..at).unwrap_or_default()));
                start = at;
            } else if !byte.is_ascii_alphanumeric() {
                roles = roles.or(pair.word(bytes.get(start..at).unwrap_or_default()));
                start = at + 1;
            }
        }
        roles = roles.or(pair.word(bytes.get(start..).unwrap_or_default()));
    }
    roles
}

/// Two neighbouring words, in lower case, one after the other.
struct Pair {
    text: [u8; 2 * MAX_WORD],
    first: usize,
}

impl Pair {
    fn word(&mut self, word: &[u8]) -> Roles {
        if word.is_empty() || word.len() > MAX_WORD {
            self.first = 0;
            return Roles::default();
        }
        let end = self.first + word.len();
        if let Some(place) = self.text.get_mut(self.first..end) {
            place.copy_from_slice(word);
            place.make_ascii_lowercase();
        }
        let mut roles = look_up(self.text.get(self.first..end).unwrap_or_default());
        if self.first > 0 {
            roles = roles.or(look_up(self.text.get(..end).unwrap_or_default()));
        }
        self.text.copy_within(self.first..end, 0);
        self.first = word.len();
        roles
    }
}

/// The known names, found by their first letter and their length. Pages have very many names, and
/// few known names share both.
struct KnownNames {
    /// Each name with its roles, in the order of the cells.
    names: Vec<(&'static [u8], Roles)>,
    /// Where each cell begins in `names`, and at last where all of them end.
    starts: Vec<usize>,
}

/// The lengths that a name or a pair of names may have, with 0.
const LENGTHS: usize = 2 * MAX_WORD + 1;

static NAMES: LazyLock<KnownNames> = LazyLock::new(|| {
    let roles = |section: &str| section.split(' ').filter_map(Roles::named).fold(Roles::default(), Roles::or);
    let mut names: Vec<_> = sections(include_str!("class_names/names.txt"))
        .map(|(section, name)| (name.as_bytes(), roles(section)))
        .collect();
    names.sort_by_key(|(name, _)| cell(name));
    let starts = (0..=32 * LENGTHS).map(|at| names.partition_point(|(name, _)| cell(name) < at)).collect();
    KnownNames { names, starts }
});

/// Returns the number of a name's cell. Letters differ in the lower five bits.
fn cell(name: &[u8]) -> usize {
    usize::from(name.first().copied().unwrap_or(0) & 31) * LENGTHS + name.len().min(LENGTHS - 1)
}

fn look_up(word: &[u8]) -> Roles {
    let KnownNames { names, starts } = &*NAMES;
    let cell = cell(word);
    let known = starts.get(cell).zip(starts.get(cell + 1)).and_then(|(from, to)| names.get(*from..*to));
    let found = known.and_then(|known| known.iter().find(|(name, _)| *name == word));
    found.map_or(Roles::default(), |(_, roles)| *roles)
}

/// Computes an FNV-1a hash, which is simple. Nothing depends on its strength.
fn hash(seed: u64, bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(seed ^ 0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3))
}

#[cfg(test)]
mod tests;
