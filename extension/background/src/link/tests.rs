//! Tests when a quiet tab has loaded its page, and which pages are saved.

use super::*;

fn tab(url: Option<&str>, status: Option<&str>) -> Tab {
    Tab { id: 1, url: url.map(str::to_owned), incognito: false, status: status.map(str::to_owned) }
}

#[test]
fn a_quiet_tab_is_loaded_once_it_is_complete_at_an_address_of_its_own() {
    for (url, status, expected) in [
        (Some("https://example.org/"), Some("complete"), true),
        (Some("https://example.org/"), Some("loading"), false),
        (Some("https://example.org/"), None, false),
        // Firefox calls the empty tab complete before it has begun to load.
        (Some("about:blank"), Some("complete"), false),
        (Some(""), Some("complete"), false),
        (None, Some("complete"), false),
        (Some("file:///home/me/a.html"), Some("complete"), true),
    ] {
        assert_eq!(is_loaded(&tab(url, status)), expected, "{url:?} {status:?}");
    }
}

#[test]
fn an_error_page_is_not_saved_in_the_place_of_a_link() {
    for (rendered, expected) in [
        (Ok(("page", 200)), Ok("page")),
        // The browser does not report a status.
        (Ok(("page", 0)), Ok("page")),
        (Ok(("page", 304)), Ok("page")),
        (Ok(("page", 399)), Ok("page")),
        (Ok(("page", 400)), Err(Error::BadStatus(400))),
        (Ok(("page", 404)), Err(Error::BadStatus(404))),
        (Ok(("page", 503)), Err(Error::BadStatus(503))),
        (Err(Error::Unreadable(Unreadable::ErrorPage)), Err(Error::Unreachable)),
        (Err(Error::Unreadable(Unreadable::Pdf)), Err(Error::Unreadable(Unreadable::Pdf))),
        (Err(Error::PageGone), Err(Error::PageGone)),
    ] {
        let case = format!("{rendered:?}");
        assert_eq!(page_of_site(rendered), expected, "{case}");
    }
}

#[test]
fn the_menu_s_first_item_is_the_one_for_which_the_listener_asks_for_all_sites() {
    let listener = include_str!("../../../static/background.js");
    assert!(listener.contains(&format!("menuItemId === '{MENU_ALL_SITES}' ? '{ALL_SITES}'")));
    assert_ne!(MENU_ONE_SITE, MENU_ALL_SITES, "the other asks for the site of the link");
}
