//! Reads the features of a page's address. The known words are closed lists in text files; the page
//! itself is not examined.

use super::PageFeatures;
use cachette_dom::word_list::WordList;

/// Parts of the name of a host that has documentation.
static DOCUMENTATION_HOSTS: WordList = WordList::of(include_str!("documentation_hosts.txt"));
/// Parts of a path that lead to documentation.
static DOCUMENTATION_PATHS: WordList = WordList::of(include_str!("documentation_paths.txt"));
/// Parts of a path that lead to the results of a search.
static SEARCH_PATHS: WordList = WordList::of(include_str!("search_paths.txt"));
/// Last parts of a path that lead to a category, a shop or a tag.
static CATALOG_PATHS: WordList = WordList::of(include_str!("catalog_paths.txt"));
/// Parts of a path that lead to a page about services, people or places.
static SERVICE_PATHS: WordList = WordList::of(include_str!("service_paths.txt"));
/// Parts of a path that lead to one product.
static PRODUCT_PATHS: WordList = WordList::of(include_str!("product_paths.txt"));

impl PageFeatures {
    /// Sets the features of an address.
    pub(super) fn address(&mut self, url: &str) {
        let rest = url.split_once("://").map_or("", |(_, rest)| rest).to_ascii_lowercase();
        let (host, path) = rest.split_once('/').unwrap_or((&rest, ""));
        let segments: Vec<&str> = path.split(['?', '#']).next().unwrap_or("").split('/').collect();
        let has = |words: &WordList| segments.iter().any(|segment| words.has(segment));
        self.is_documentation_address =
            host.split('.').any(|label| DOCUMENTATION_HOSTS.has(label)) || has(&DOCUMENTATION_PATHS);
        self.is_search_address =
            has(&SEARCH_PATHS) || ["?q=", "?s=", "&q=", "?query="].iter().any(|asked| path.contains(asked));
        let filled: Vec<&str> = segments.iter().copied().filter(|segment| !segment.is_empty()).collect();
        self.is_catalog_address = filled.iter().rev().take(3).any(|segment| CATALOG_PATHS.has(segment));
        let is_front = match filled.as_slice() {
            // The start page of a language is a front page too.
            [one] => one.len() == 2 || one.len() == 5 && matches!(one.as_bytes().get(2), Some(b'-' | b'_')),
            rest => rest.is_empty() && !path.contains(['?', '#']),
        };
        self.is_service_address = is_front || has(&SERVICE_PATHS);
        self.is_product_address = has(&PRODUCT_PATHS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_its_page_may_be() {
        let features = |url: &str| {
            let mut features = PageFeatures::default();
            features.address(url);
            features
        };
        assert!(features("https://docs.example.org/a/b").is_documentation_address);
        assert!(features("https://example.org/x/handbook/").is_documentation_address);
        assert!(features("https://example.org/find?q=moss").is_search_address);
        assert!(features("https://example.org/suche").is_search_address);
        assert!(features("https://example.org/shop/").is_catalog_address);
        assert!(!features("https://example.org/shop/a/b/c").is_catalog_address, "the last three parts decide");
        for front in ["https://example.org", "https://example.org/", "https://example.org/de", "https://a.org/pt-BR/"] {
            assert!(features(front).is_service_address, "{front}");
        }
        assert!(features("https://example.org/about-us").is_service_address);
        assert!(!features("https://example.org/?p=1").is_service_address, "a query names a page");
        assert!(features("https://example.org/DP/B01").is_product_address, "whatever the case");
        assert!(!features("https://example.org/2026/walls").is_product_address);
    }
}
