//! Defines site extractors, and chooses those that fit a page. The structure decides; the host only
//! decides between structures that fit. A host never makes up for a structure that is absent.

use super::shape::Shape;
use super::signatures::Signatures;

/// How the pages of one software are recognised and read.
pub(super) struct Extractor {
    /// The software's name.
    pub(super) name: &'static str,
    /// The structure of its pages.
    pub(super) signature: Signature,
    /// The hosts that run it, without `www.`; their subdomains count too. Most lists are empty,
    /// because anybody may run the software.
    pub(super) hosts: &'static [&'static str],
    /// How posts are written there.
    pub(super) posts: Shape,
}

/// The names that distinguish a software's pages, spelled as in [`Signatures`].
pub(super) struct Signature {
    /// Sets of names. A page has all names of at least one set.
    pub(super) any: &'static [&'static [&'static str]],
    /// Names that none of its pages has.
    pub(super) never: &'static [&'static str],
}

impl Signature {
    /// Whether a page has this structure.
    pub(super) fn fits(&self, names: &Signatures) -> bool {
        let is_present = self.any.iter().any(|set| set.iter().all(|name| names.has(name)));
        is_present && !self.never.iter().any(|name| names.has(name))
    }

    /// Iterates over all names that the signature mentions.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.any.iter().copied().flatten().chain(self.never).copied()
    }
}

/// Returns the extractors whose structure a page has, in the order of their trial. Those that name
/// the page's host come first; both groups keep the order of `all`.
pub(super) fn fitting(
    all: &[&'static Extractor],
    names: &Signatures,
    url: Option<&str>,
) -> impl Iterator<Item = &'static Extractor> {
    let host = url.and_then(host_of).unwrap_or("");
    let mut found: Vec<&Extractor> = all.iter().copied().filter(|extractor| extractor.signature.fits(names)).collect();
    found.sort_by_key(|extractor| !extractor.hosts.iter().any(|known| is_at(host, known)));
    found.into_iter()
}

/// Whether a host is the known one, or below it.
fn is_at(host: &str, known: &str) -> bool {
    let Some(start) = host.len().checked_sub(known.len()) else { return false };
    let (above, end) = host.split_at_checked(start).unwrap_or((host, ""));
    end.eq_ignore_ascii_case(known) && (above.is_empty() || above.ends_with('.'))
}

/// Returns the host of an address as it is written there.
fn host_of(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?;
    host.split(':').next().filter(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use cachette_dom::parse;

    use super::*;
    use crate::site::shape::BLANK;

    static FORUM: Extractor = Extractor {
        name: "forum",
        signature: Signature { any: &[&[".post", ".author"], &[".topic"]], never: &[".shop"] },
        hosts: &[],
        posts: BLANK,
    };
    static CHAT: Extractor = Extractor {
        name: "chat",
        signature: Signature { any: &[&[".post"]], never: &[] },
        hosts: &["chat.test", "talk.example.org"],
        posts: BLANK,
    };

    fn chosen(html: &str, url: Option<&str>) -> Vec<&'static str> {
        let document = parse(html).document;
        let all = [&FORUM, &CHAT];
        let names = Signatures::of(&document, all.iter().flat_map(|extractor| extractor.signature.names()));
        fitting(&all, &names, url).map(|extractor| extractor.name).collect()
    }

    #[test]
    fn structure_decides_and_the_list_orders() {
        assert_eq!(chosen("<p class=post><i class=author>", None), ["forum", "chat"]);
        assert_eq!(chosen("<p class=post>", None), ["chat"]);
        assert_eq!(chosen("<p class=topic>", None), ["forum"]);
        assert_eq!(chosen("<p class=topic><p class=shop>", None), [""; 0]);
    }

    #[test]
    fn a_host_decides_between_structures_that_fit() {
        let both = "<p class=post><i class=author>";
        for url in ["https://chat.test/a", "https://www.Chat.test:8443/?b", "http://a@b.talk.example.org#c"] {
            assert_eq!(chosen(both, Some(url)), ["chat", "forum"], "{url}");
        }
        for url in ["https://notchat.test/", "https://chat.test.example/", "https://a.test/@chat.test", "chat.test", ""]
        {
            assert_eq!(chosen(both, Some(url)), ["forum", "chat"], "{url}");
        }
    }

    #[test]
    fn a_host_never_decides_against_the_structure() {
        assert_eq!(chosen("<p class=topic>", Some("https://chat.test/")), ["forum"]);
        assert_eq!(chosen("<p>", Some("https://chat.test/")), [""; 0]);
    }
}
