//! Tests what the browsers' raw messages mean, and which errors pass.

use super::*;

#[test]
fn every_raw_message_of_a_port_has_its_cause() {
    let cases = [
        ("Specified native messaging host not found.", Error::HostMissing),
        ("No such native application org.cachette.host", Error::HostMissing),
        ("Access to the specified native messaging host is forbidden.", Error::HostForbidden),
        ("Native host has exited.", Error::HostCrashed),
        ("An unexpected error occurred", Error::HostCrashed),
        ("", Error::HostCrashed),
        ("Error when communicating with the native messaging host.", Error::HostCrashed),
        (
            "Native application tried to send a message of 1819043176 bytes, which exceeds the limit of 1048576 \
             bytes.",
            Error::HostGarbled,
        ),
        ("The sender sent an invalid JSON message; message ignored.", Error::HostGarbled),
    ];
    for (raw, cause) in cases {
        assert_eq!(Error::of_disconnect(raw), cause, "{raw}");
    }
}

#[test]
fn pages_that_no_extension_may_read_are_known_by_their_address() {
    let cases = [
        ("chrome://settings/", Some(Unreadable::Browser)),
        ("about:addons", Some(Unreadable::Browser)),
        ("moz-extension://x/popup.html", Some(Unreadable::Browser)),
        ("view-source:https://example.org/", Some(Unreadable::Source)),
        ("https://chromewebstore.google.com/detail/x", Some(Unreadable::Store)),
        ("https://chrome.google.com/webstore/x", Some(Unreadable::Store)),
        ("https://addons.mozilla.org/fr/firefox/", Some(Unreadable::Store)),
        ("https://chrome.google.com/", None),
        ("https://example.org/", None),
        ("file:///home/me/a.html", None),
    ];
    for (url, expected) in cases {
        assert_eq!(unreadable(Some(url)), expected, "{url}");
    }
    assert_eq!(unreadable(None), None);
}

#[test]
fn a_refused_capture_says_what_kind_of_page_it_was() {
    let of = |raw, url| Error::of_capture(raw, Some(url));
    assert_eq!(of("Missing host permission for the tab", "https://a.org/x.PDF?y"), Error::Unreadable(Unreadable::Pdf));
    assert_eq!(
        of("Cannot access contents of url \"file:///a.html\".", "file:///a.html"),
        Error::Unreadable(Unreadable::File)
    );
    assert_eq!(of("The extensions gallery cannot be scripted.", "https://x/"), Error::Unreadable(Unreadable::Store));
    assert_eq!(of("Frame with ID 0 is showing error page", "https://x/"), Error::Unreadable(Unreadable::ErrorPage));
    assert_eq!(of("No tab with id: 7.", "https://x/"), Error::PageGone);
    assert_eq!(of("Cannot access a chrome:// URL", "https://x/"), Error::Unreadable(Unreadable::Browser));
}

#[test]
fn what_a_repetition_cannot_mend_is_not_kept() {
    use Code::{Disk, DiskFull, HomeGone, Internal, Other, ReadOnly};
    let refused = |code| Error::of_failure(Failure::new(code, "x"));
    for code in [DiskFull, ReadOnly, Disk, HomeGone, Internal, Other] {
        assert!(refused(code).may_pass(), "{code:?}");
    }
    for code in [Code::UnsupportedAddress, Code::PrivateWindow, Code::BadRequest] {
        assert!(!refused(code).may_pass(), "{code:?}");
    }
    assert!(Error::HostMissing.may_pass() && Error::HostTooOld.may_pass());
    assert_eq!(refused(Code::UnknownRequest), Error::HostTooOld);
}

#[test]
fn only_errors_of_the_program_name_a_command() {
    assert_eq!(Error::HostMissing.remedy(), Some("cachette install"));
    assert_eq!(Error::HostForbidden.remedy(), Some("cachette install"));
    for error in [Error::HostCrashed, Error::HostGarbled, Error::HostSilent] {
        assert_eq!(error.remedy(), Some("cachette doctor"), "{error:?}");
    }
    for error in [Error::HostTooOld, Error::PageGone, Error::QueueFull, Error::BadStatus(404)] {
        assert_eq!(error.remedy(), None, "{error:?}");
    }
}

#[test]
fn a_new_connection_helps_where_the_old_one_broke() {
    let helps = [Error::HostCrashed, Error::HostGarbled].iter().all(Error::is_of_the_connection);
    assert!(helps && ![Error::HostSilent, Error::HostMissing].iter().any(Error::is_of_the_connection));
}

#[test]
fn every_error_comes_back_as_it_was_kept() {
    let failure = Failure::new(Code::DiskFull, "Full.");
    for error in [
        Error::HostMissing,
        Error::Refused(failure),
        Error::Unreadable(Unreadable::Store),
        Error::NotAPage("image/png".into()),
        Error::BadStatus(503),
    ] {
        let text = crate::json::write(&error);
        assert_eq!(crate::value::tests::parse_natively::<Error>(&text).unwrap(), error, "{text}");
    }
}

#[test]
fn a_page_that_cannot_be_read_now_is_not_kept() {
    let lasting = [
        Error::Unreadable(Unreadable::Pdf),
        Error::PageGone,
        Error::NotAPage("x".into()),
        Error::BadStatus(404),
        Error::Unreachable,
        Error::NotAllowed,
        Error::QueueFull,
    ];
    for error in lasting {
        assert!(!error.may_pass(), "{error:?}");
    }
}

#[test]
fn an_address_in_disguise_is_known_all_the_same() {
    let cases = [
        ("HTTPS://CHROMEWEBSTORE.GOOGLE.COM/detail/x", Some(Unreadable::Store)),
        ("https://addons.opera.com/en/", Some(Unreadable::Store)),
        ("https://microsoftedge.microsoft.com/addons/detail/x", Some(Unreadable::Store)),
        ("https://microsoftedge.microsoft.com/insider", None),
        // Only the exact host counts, not a name that contains it.
        ("https://addons.mozilla.org.example.org/", None),
        ("https://example.org/addons.mozilla.org/", None),
        ("https://example.org/?chromewebstore.google.com/", None),
        ("https://developer.addons.mozilla.org/", None),
        ("http://example.org/", None),
        ("View-Source:file:///a.html", Some(Unreadable::Source)),
        ("javascript:alert(1)", Some(Unreadable::Browser)),
        ("data:text/html,x", Some(Unreadable::Browser)),
        ("blob:https://example.org/1", Some(Unreadable::Browser)),
        ("edge://settings", Some(Unreadable::Browser)),
        ("FILE:///home/me/a.html", None),
        // The browser hides the address, or it has none yet: only an attempt can show it.
        ("", None),
        ("example.org", None),
    ];
    for (url, expected) in cases {
        assert_eq!(unreadable(Some(url)), expected, "{url}");
    }
}

#[test]
fn a_page_that_went_away_is_no_page_that_may_not_be_read() {
    for raw in [
        "No tab with id: 7.",
        "Invalid tab ID: 7",
        "The tab was closed.",
        "The frame was removed.",
        "No frame with id 0 in tab with id 7.",
    ] {
        for url in [None, Some("https://example.org/a.pdf"), Some("file:///a")] {
            assert_eq!(Error::of_capture(raw, url), Error::PageGone, "{raw} {url:?}");
        }
    }
    for (url, expected) in [
        (None, Unreadable::Browser),
        (Some(""), Unreadable::Browser),
        (Some("https://example.org/a.pdf#page=2"), Unreadable::Pdf),
        (Some("file:///home/me/a.pdf"), Unreadable::Pdf),
        (Some("FILE:///home/me/a.html?x"), Unreadable::File),
        (Some("https://example.org/?file=a.pdf"), Unreadable::Browser),
        (Some("https://example.org/pdf"), Unreadable::Browser),
        (Some("https://example.org/how-to-read-a.pdf.html"), Unreadable::Browser),
    ] {
        assert_eq!(Error::of_capture("", url), Error::Unreadable(expected), "{url:?}");
    }
}

#[test]
fn every_code_of_a_refusal_decides_whether_the_capture_is_kept() {
    const FINAL: &[Code] = &[
        Code::BadRequest,
        Code::TooLarge,
        Code::PrivateWindow,
        Code::UnsupportedAddress,
        Code::NoSuchPage,
        Code::NoSuchVersion,
    ];
    for &code in Code::ALL {
        let error = Error::of_failure(Failure::new(code, "x"));
        assert_eq!(error.may_pass(), !FINAL.contains(&code), "{code:?}: {error:?}");
        assert!(!error.is_of_the_connection(), "{code:?}: the connection has answered");
    }
}

#[test]
fn a_refusal_that_concerns_the_extension_itself_has_a_kind_of_its_own() {
    for (code, expected) in [
        (Code::UnknownRequest, Error::HostTooOld),
        (Code::VersionMismatch, Error::HostTooOld),
        (Code::WrongOrigin, Error::HostForbidden),
        (Code::PrivateWindow, Error::Unreadable(Unreadable::Private)),
    ] {
        assert_eq!(Error::of_failure(Failure::new(code, "x")), expected, "{code:?}");
    }
    let failure = Failure::new(Code::Internal, "The host’s own sentence.");
    assert_eq!(Error::of_failure(failure.clone()), Error::Refused(failure), "all else keeps its words");
}

#[test]
fn an_error_of_a_newer_release_is_not_mistaken_for_another() {
    for text in
        [r#""host_on_fire""#, r#"{"unreadable":"hologram"}"#, r#"{"bad_status":-1}"#, r#"{"bad_status":"404"}"#, "null"]
    {
        assert_eq!(crate::value::tests::parse_natively::<Error>(text), None, "{text}");
    }
}
