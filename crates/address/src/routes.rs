//! Decides by its structure alone whether a fragment names a page of its own. It cleans nothing and
//! knows no site.
//!
//! A **marked route** begins with `/` or `!`: `#/inbox/7`, `#!inbox`.
//!
//! A **named route** has a name and something below it, as in web mail: `#inbox/7`. All of these
//! hold for the part before the fragment's own `?`:
//!
//! - *Name*: its first segment is a word of three or more lower-case ASCII letters. Headings make
//!   anchors like `#TCP/IP` and `#Input/output`, and notes, equations and paragraphs ones like
//!   `#fn/1`; those are places in one page.
//! - *Below*: something follows the name's slash, and not another slash. `#inbox` and `#inbox/` may
//!   be anchors.
//! - *No assignment*: it contains no `=`. Such a fragment holds parameters, among them tokens.
//! - *No directive*: it contains no `:~:`, after which a browser looks for a text.
//! - *No secret*: no segment that another one follows is the name of a secret, because the secret
//!   would follow: `#token/x`, `#reset/token/x`. `#settings/password` is a place.

use crate::parameter_names;

/// The characters with which a marked route begins.
pub(crate) const MARKS: [char; 2] = ['/', '!'];

/// The fewest letters of a named route's name.
const NAME_LETTERS: usize = 3;

/// Whether a fragment (without its `#`) is a route.
pub(crate) fn is_route(fragment: &str) -> bool {
    fragment.starts_with(MARKS) || is_named(fragment)
}

fn is_named(fragment: &str) -> bool {
    let head = fragment.split_once('?').map_or(fragment, |(head, _)| head);
    let Some((name, below)) = head.split_once('/') else { return false };
    is_name(name)
        && !below.is_empty()
        && !below.starts_with('/')
        && !head.contains('=')
        && !head.contains(":~:")
        && !head.rsplit('/').skip(1).any(|segment| parameter_names::is_secret(&parameter_names::decoded(segment)))
}

fn is_name(segment: &str) -> bool {
    segment.len() >= NAME_LETTERS && segment.bytes().all(|byte| byte.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_something_below_it_is_a_route() {
        for route in [
            "inbox/FMfcgzQZTMLpDsVxJ",
            "search/link+rot/FMfcgzQZTMLpDsVxJ",
            "search/from%3Aada%40example.org/FMfc",
            "label/Work%2FBills/FMfc",
            "category/social/p2",
            "all/FMfc?compose=new",
            "mail/INBOX/msg1234",
            "settings/password",
            "users/12/edit",
            "tag/a:b/operation/getUser",
            "/a",
            "!inbox",
        ] {
            assert!(is_route(route), "{route}");
        }
    }

    #[test]
    fn a_place_in_a_page_is_no_route() {
        for place in [
            "",
            "a",
            "inbox",
            "inbox/",
            "inbox//7",
            "inbox?a/b",
            "section-2",
            "section-2/a",
            "fn/1",
            "TCP/IP",
            "Input/output",
            "iOS/iPadOS",
            "3/4",
            ":~:text=a/b",
            "section:~:text=a/b",
            "inbox/7:~:text=word",
            "inbox/7:~:word",
            "page=2/3",
            "path=/mail/inbox",
            "%69nbox/7",
            "caf%C3%A9/7",
            "https://example.org/",
            "%2Fa",
        ] {
            assert!(!is_route(place), "{place}");
        }
    }

    #[test]
    fn no_route_has_a_secret_where_its_id_would_be() {
        for place in
            ["token/x", "session/x/y", "reset/token/x", "reset/To%6Ben/x", "user/7/password/x", "inbox/token=x"]
        {
            assert!(!is_route(place), "{place}");
        }
        for route in ["settings/token", "inbox/token-7", "tokens/7", "reset/a?token=x"] {
            assert!(is_route(route), "{route}");
        }
    }
}
