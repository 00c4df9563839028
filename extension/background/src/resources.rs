//! Fetches the pictures and style sheets of a page, from the browser's cache if possible. The
//! page's own rights come first; if sites refuse, the extension's rights follow, provided that the
//! user has allowed all sites. All sizes and times are limited; a resource that does not come fails
//! nothing.

use cachette_protocol::{Code, Notice};
use cachette_webext::{api, value};
use js_sys::{Array, JsString};
use wasm_bindgen::{JsCast, JsValue};

use crate::browser;

/// The time limit for all of them together, in milliseconds: the user waits.
const FETCH_MS: f64 = 4_000.0;
/// The limits for all of them together: bytes and addresses.
const FETCH_BYTES: f64 = 24.0 * 1024.0 * 1024.0;
const FETCH_MOST: u32 = 120;

/// The fetched resources in the form that the host accepts, and how many are missing.
pub struct Resources {
    /// One line for each.
    pub lines: JsString,
    /// How many did not arrive.
    pub missing: u32,
}

impl Resources {
    /// Returns the notice to send if some did not arrive.
    pub fn notice(&self) -> Option<Notice> {
        (self.missing > 0).then(|| Notice::new(Code::ResourcesMissing, MISSING))
    }
}

/// The English sentence for the case that some did not arrive.
const MISSING: &str = "Some pictures or style sheets of the page could not be kept; the copy notes where they are.";

/// Fetches the resources of a page without a tab from these addresses. It does so with the user's
/// session, from all sites if these are allowed, else from the page's own. Other sites are not even
/// asked.
pub async fn fetch_for(page: &str, wanted: &[String]) -> Resources {
    let all = api::may_read_all_sites().await.is_ok_and(|may| may.is_truthy());
    let (asked, missing) = allowed(wanted, page, all);
    if asked.is_empty() {
        return Resources { lines: "".into(), missing };
    }
    let asked: Array = asked.into_iter().map(JsValue::from_str).collect();
    let (lines, still) = attempt(None, &asked).await;
    Resources { lines, missing: missing + still.length() }
}

/// Returns the addresses that may be asked for, and how many are left out.
fn allowed<'a>(wanted: &'a [String], page: &str, all_sites: bool) -> (Vec<&'a str>, u32) {
    let own = wanted.iter().filter(|address| all_sites || is_of_site(address, page));
    let asked: Vec<&str> = own.take(FETCH_MOST as usize).map(String::as_str).collect();
    let missing = u32::try_from(wanted.len() - asked.len()).unwrap_or(u32::MAX);
    (asked, missing)
}

/// Whether an address has the same scheme, host and port as a page.
fn is_of_site(address: &str, page: &str) -> bool {
    let site = |url: &str| {
        let (scheme, rest) = url.split_once("://")?;
        Some((scheme.to_owned(), rest.split(['/', '?', '#']).next()?.to_owned()))
    };
    site(address).is_some_and(|own| Some(own) == site(page))
}

/// Fetches the resources of the page in a tab from these addresses.
pub async fn fetch(tab: i32, wanted: &Array) -> Resources {
    let asked = wanted.slice(0, FETCH_MOST);
    let surplus = wanted.length() - asked.length();
    let (lines, mut missing) = attempt(Some(tab), &asked).await;
    let mut all = lines;
    if missing.length() > 0 && api::may_read_all_sites().await.is_ok_and(|may| may.is_truthy()) {
        let (lines, still) = attempt(None, &missing).await;
        all = all.concat(&lines);
        missing = still;
    }
    Resources { lines: all, missing: missing.length() + surplus }
}

async fn attempt(tab: Option<i32>, asked: &Array) -> (JsString, Array) {
    // If the tab is gone or the page may not be read, nothing arrives.
    let answer = browser::fetch_resources(tab, asked, FETCH_MS, FETCH_BYTES).await.unwrap_or(JsValue::UNDEFINED);
    let lines = value::property(&answer, "lines").dyn_into().unwrap_or_else(|_| "".into());
    let missing = value::property(&answer, "missing").dyn_into().unwrap_or_else(|_| asked.clone());
    (lines, missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_its_scheme_its_machine_and_its_port() {
        assert!(is_of_site("https://a.org/x.png?y", "https://a.org"));
        for other in ["http://a.org/x", "https://b.a.org/x", "https://a.org:8443/x", "https://a.org.evil/x", "x"] {
            assert!(!is_of_site(other, "https://a.org/page"), "{other}");
        }
    }

    #[test]
    fn an_address_that_only_looks_like_the_page_s_site_is_another() {
        for (address, page, expected) in [
            ("https://a.org", "https://a.org/", true),
            ("https://a.org?x", "https://a.org/y", true),
            ("https://a.org#x", "https://a.org/y", true),
            ("https://a.org:443/x", "https://a.org/y", false),
            ("https://user@a.org/x", "https://a.org/y", false),
            ("https://a.org@evil.example/x", "https://a.org/y", false),
            ("//a.org/x", "https://a.org/y", false),
            ("", "", false),
        ] {
            assert_eq!(is_of_site(address, page), expected, "{address} of {page}");
        }
    }

    #[test]
    fn other_sites_are_asked_only_if_all_are_allowed() {
        let wanted = ["https://a.org/1", "https://b.org/2", "https://a.org/3"].map(str::to_owned);
        let page = "https://a.org/";
        assert_eq!(allowed(&wanted, page, false), (vec!["https://a.org/1", "https://a.org/3"], 1));
        assert_eq!(allowed(&wanted, page, true).0.len(), 3);
        assert_eq!(allowed(&[], page, true), (vec![], 0));
        assert_eq!(allowed(&wanted, "https://c.org/", false), (vec![], 3));
    }

    #[test]
    fn a_page_of_many_pictures_notes_those_that_are_left_out() {
        let wanted: Vec<String> = (0..FETCH_MOST + 30).map(|at| format!("https://a.org/{at}")).collect();
        let (asked, missing) = allowed(&wanted, "https://a.org/", false);
        assert_eq!((asked.len(), missing), (FETCH_MOST as usize, 30));
        assert_eq!(asked.first(), Some(&"https://a.org/0"), "the first ones of the page are fetched");
    }
}
