//! Decides which addresses the extension's pages may open, and how each is shown. The names of
//! pages come from `cachette_address`.

use crate::api;

/// Whether an address may be opened as a live page. An address such as `javascript:` never may,
/// whatever a file says.
pub fn is_live(url: &str) -> bool {
    let lower = url.trim_start().to_ascii_lowercase();
    lower.starts_with("https://") || lower.starts_with("http://")
}

/// Returns the address of the page that shows a saved copy.
pub fn of_copy(hash_url: &str, captured_at: &str) -> String {
    let at = if captured_at.is_empty() { String::new() } else { format!("&at={captured_at}") };
    api::extension_url(&format!("view.html?page={hash_url}{at}"))
}

/// Returns the short form for lists: host and path, without scheme, `www.` and query.
pub fn short(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    rest.trim_end_matches('/').chars().take(120).collect()
}

/// Returns the name of a page in lists: its title, or its address if that is blank.
pub fn named<'a>(title: &'a str, url: &'a str) -> &'a str {
    if title.trim().is_empty() { url } else { title }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_open_as_live_pages() {
        assert!(is_live("https://a.org/") && is_live(" HTTP://a.org"));
        for url in ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "chrome://settings", ""] {
            assert!(!is_live(url), "{url}");
        }
    }

    #[test]
    fn lists_show_where_a_page_lives() {
        assert_eq!(short("https://www.example.org/a/b?c=d#e"), "example.org/a/b");
        assert_eq!(short("https://example.org/"), "example.org");
        assert_eq!(short("file:///home/me/a.html"), "/home/me/a.html");
    }

    #[test]
    fn a_page_without_a_title_is_named_by_its_address() {
        let url = "https://example.org/a";
        for title in ["", " ", "\n\t ", "\u{3000}", "\u{a0}"] {
            assert_eq!(named(title, url), url, "{title:?}");
        }
        for title in ["A", " A ", "٣", "🦀", "\u{200b}"] {
            assert_eq!(named(title, url), title, "titles are shown as they are");
        }
    }

    #[test]
    fn a_saved_copy_is_addressed_by_its_page_and_its_version() {
        assert_eq!(of_copy("ab", ""), "extension://cachette/view.html?page=ab");
        assert_eq!(
            of_copy("ab", "2026-11-22T18:24:05.123Z"),
            "extension://cachette/view.html?page=ab&at=2026-11-22T18:24:05.123Z"
        );
    }

    #[test]
    fn no_scheme_that_runs_something_passes_in_disguise() {
        for url in [
            "java\nscript:alert(1)",
            "JavaScript:alert(1)",
            "\u{1}javascript:alert(1)",
            " javascript:https://example.org/",
            "view-source:https://example.org/",
            "blob:https://example.org/1",
            "https:example.org",
            "https:/example.org",
            "httpss://example.org/",
            "//example.org/",
            "example.org",
            "\u{ff48}ttps://example.org/",
        ] {
            assert!(!is_live(url), "{url:?}");
        }
    }

    #[test]
    fn an_odd_address_is_shortened_to_something_that_names_it() {
        for (url, expected) in [
            ("https://www.www.example.org/", "www.example.org"),
            ("https://www.example.org", "example.org"),
            ("http://example.org:8080/a//", "example.org:8080/a"),
            ("https://example.org?q=://x", "example.org"),
            ("https://example.org/#/route", "example.org"),
            ("https://例え.jp/パン?x", "例え.jp/パン"),
            ("https://example.org/wwwhat/www.a", "example.org/wwwhat/www.a"),
            ("www.example.org/a", "example.org/a"),
            ("", ""),
        ] {
            assert_eq!(short(url), expected, "{url}");
        }
        let long = format!("https://example.org/{}", "é".repeat(500));
        assert_eq!(short(&long).chars().count(), 120);
    }
}
