//! Addresses in the extension's pages: which may be opened, and how each is shown. The names of
//! pages come from `cachette_address`.

use crate::api;

/// Whether an address may be opened as a live page. It never is `javascript:` and its like,
/// whatever a file says.
pub fn is_live(url: &str) -> bool {
    let lower = url.trim_start().to_ascii_lowercase();
    lower.starts_with("https://") || lower.starts_with("http://")
}

/// The address of the page that shows a saved copy.
pub fn of_copy(hash_url: &str, captured_at: &str) -> String {
    let at = if captured_at.is_empty() { String::new() } else { format!("&at={captured_at}") };
    api::extension_url(&format!("view.html?page={hash_url}{at}"))
}

/// The short form for lists: host and path, without scheme, `www.` and query.
pub fn short(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    rest.trim_end_matches('/').chars().take(120).collect()
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
}
