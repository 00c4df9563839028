//! Runs the extension's pages that are shown in tabs, as one WebAssembly module. They are a saved
//! copy and the settings. The module owns no job: it reads from the host, and asks the background
//! for the rest.

mod settings;
mod view;

use cachette_address::Address;
use cachette_webext::{api, json, kit};
use js_sys::Promise;
use wasm_bindgen::prelude::*;

/// Runs the page that shows a saved copy.
#[wasm_bindgen]
pub fn view() -> Promise {
    kit::start(view::run)
}

/// Runs the settings page.
#[wasm_bindgen]
pub fn settings() -> Promise {
    kit::start(settings::run)
}

/// Returns the canonical form of an address, as JSON. It is `{"url","captured_url","hash_url"}`, or
/// `null` for one that cannot be kept. The browser parses: the tests compare it with what the
/// host's parser makes of the same addresses.
#[wasm_bindgen]
pub fn canonical_url(href: &str) -> String {
    names(api::parse_url(href).ok().as_deref())
}

/// Returns the names of an address in the browser's form, as JSON; `null` if it is not an address,
/// or cannot be kept.
fn names(href: Option<&str>) -> String {
    #[derive(serde::Serialize)]
    struct Named<'a> {
        url: &'a str,
        captured_url: &'a str,
        hash_url: &'a str,
    }
    let address = href.and_then(|href| Address::from_href(href).ok());
    json::write(&address.as_ref().map(|address| Named {
        url: address.url(),
        captured_url: address.captured_url(),
        hash_url: address.hash_url(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_an_address_are_those_by_which_it_is_kept() {
        // SHA-256 of the first address, as any other program computes it.
        let hash = "b5b10dd0429e69ac7cfaf0a20b6901c1265c50b55d1751bcb684ed96ef7b300a";
        for href in ["https://example.org/a", "https://example.org/a?utm_source=x", "https://example.org/a#part"] {
            let named = names(Some(href));
            let start = format!("{{\"url\":\"https://example.org/a\",\"captured_url\":\"{href}\",");
            assert!(named.starts_with(&start), "{named}");
            assert!(named.ends_with(&format!("\"hash_url\":\"{hash}\"}}")), "{named}");
        }
    }

    #[test]
    fn what_cannot_be_kept_has_no_name() {
        for href in [None, Some("javascript:alert(1)"), Some("about:blank"), Some("chrome://settings/"), Some("")] {
            assert_eq!(names(href), "null", "{href:?}");
        }
    }
}
