//! Looks pages up by an address that somebody pasted. The scheme, `www.`, a fragment, trackers and
//! a slash at the end make no difference. If no page has the address, its words are searched for.

use cachette_address::Address;
use rusqlite::{OptionalExtension, params};

use crate::db::connection::Index;
use crate::error::IndexError;
use crate::text::tokenizer::words;

/// A query that is an address, or not.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Pasted {
    /// The pages with this address.
    pub(crate) pages: Vec<i64>,
    /// The words of an address that no page has.
    words: Option<String>,
}

impl Pasted {
    /// Returns the words to search for instead of the address.
    pub(crate) fn words(&self) -> Option<&str> {
        self.words.as_deref()
    }
}

impl Index {
    /// Looks up the pages whose address was typed, with or without its scheme.
    pub(crate) fn pasted(&self, typed: &str) -> Result<Pasted, IndexError> {
        let typed = typed.trim();
        let typed = typed.strip_prefix("url:").unwrap_or(typed);
        let Some(address) = without_scheme(typed) else { return Ok(Pasted::default()) };
        let mut pages = Vec::new();
        let mut one = self.connection.prepare_cached("SELECT id FROM page WHERE hash_url = ?1")?;
        for variant in variants(address) {
            let Ok(address) = Address::parse(&variant) else { continue };
            let id: Option<i64> = one.query_row(params![address.hash_url()], |row| row.get(0)).optional()?;
            pages.extend(id.filter(|id| !pages.contains(id)));
        }
        let is_whole = address.len() < typed.len() || address.starts_with("www.");
        let words = (pages.is_empty() && is_whole).then(|| spoken(address)).filter(|words| !words.is_empty());
        Ok(Pasted { pages, words })
    }
}

/// Returns an address without its scheme, if the text is one: `https://…`, or a host's name.
fn without_scheme(typed: &str) -> Option<&str> {
    if typed.contains(|c: char| c.is_whitespace() || c == '"') {
        return None;
    }
    let lower = typed.get(..8).unwrap_or(typed).to_ascii_lowercase();
    if let Some(scheme) = ["https://", "http://"].into_iter().find(|scheme| lower.starts_with(scheme)) {
        return typed.get(scheme.len()..).filter(|rest| !rest.is_empty());
    }
    let host = typed.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    let (name, ending) = host.rsplit_once('.')?;
    let is_host = !name.is_empty()
        && ending.chars().count() >= 2
        && ending.chars().all(char::is_alphabetic)
        && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    is_host.then_some(typed)
}

/// Returns the addresses that mean the same page.
fn variants(address: &str) -> Vec<String> {
    let www = |address: &str| {
        let is_www = address.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."));
        if is_www { address.get(4..).unwrap_or_default().to_owned() } else { format!("www.{address}") }
    };
    let end = address.find(['?', '#']).unwrap_or(address.len());
    let (path, rest) = address.split_at(end);
    let slashed = match path.strip_suffix('/') {
        Some(bare) => format!("{bare}{rest}"),
        None => format!("{path}/{rest}"),
    };
    let mut variants = Vec::new();
    for address in [address, &slashed] {
        for address in [address.to_owned(), www(address)] {
            variants.extend(["https://", "http://"].map(|scheme| format!("{scheme}{address}")));
        }
    }
    variants
}

/// Returns the words of an address, without its trackers and its fragment.
fn spoken(address: &str) -> String {
    let canonical = Address::parse(&format!("https://{address}"));
    let address = canonical.as_ref().map_or(address, |address| address.url());
    let address = address.strip_prefix("https://").unwrap_or(address);
    words(address.strip_prefix("www.").unwrap_or(address)).join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::record::Entry;
    use crate::search::tests::{index, page};

    fn at(url: &str, title: &str, second: i64) -> Entry {
        let hash_url = Address::parse(url).unwrap().hash_url().to_owned();
        Entry { hash_url, url: url.into(), ..page(title, "text", second) }
    }

    #[test]
    fn a_pasted_address_finds_its_page_first() {
        let index = index(&[
            at("https://example.org/a/b?id=7", "Seven", 1),
            at("https://example.org/a/b?id=8", "Eight", 2),
            at("http://www.example.net/moss/", "Moss", 3),
            at("https://example.com/", "Front", 4),
        ]);
        for (typed, title) in [
            ("https://example.org/a/b?id=7", "Seven"),
            (" http://www.example.org/a/b?id=7#part ", "Seven"),
            ("example.org/a/b?id=8", "Eight"),
            ("https://example.org/a/b/?id=8&utm_source=letter", "Eight"),
            ("HTTPS://Example.net/moss", "Moss"),
            ("www.example.net/moss", "Moss"),
            ("url:example.net/moss", "Moss"),
            ("example.com", "Front"),
            ("https://example.com", "Front"),
        ] {
            let found = index.find(typed, 10, 0);
            assert_eq!(found.hits.first().map(|hit| hit.title.as_str()), Some(title), "{typed}");
        }
        assert_eq!(index.pasted("https://example.org/a/b?id=7").unwrap().pages.len(), 1);
    }

    #[test]
    fn an_address_that_no_page_has_finds_pages_with_its_words() {
        let index =
            index(&[at("https://example.org/lichen-on-granite", "Lichen", 1), at("https://a.example/b", "B", 2)]);
        let found = index.find("https://elsewhere.example/notes/lichen-on-granite?utm_source=x", 10, 0);
        assert_eq!(found.hits.first().map(|hit| hit.title.as_str()), Some("Lichen"));
        assert_eq!(index.find("url:lichen", 10, 0).hits.len(), 1);
        assert_eq!(index.matching("url:text", 0).unwrap().len(), 0);
    }

    #[test]
    fn other_text_is_no_address() {
        for typed in ["moss", "3.14", "std::vec", "index.md a", "\"example.org\"", "a@b", ".net", "https://", "e.g."] {
            assert_eq!(without_scheme(typed), None, "{typed}");
        }
        assert_eq!(without_scheme("localhost.localdomain:8080/a"), Some("localhost.localdomain:8080/a"));
    }

    proptest! {
        #[test]
        fn any_text_may_be_pasted(typed in "(https?://|www\\.)?[a-zé.:/?#&=%\\-\"é🎉]{0,40}") {
            let index = Index::open_in_memory().unwrap();
            prop_assert_eq!(index.pasted(&typed).unwrap().pages, Vec::<i64>::new());
        }
    }
}
