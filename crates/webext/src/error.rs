//! Errors between a click and a file, as closed kinds. `wording` has the sentences. Only this file
//! decides whether a capture is kept and sent again, and what the browsers' raw messages mean.

use cachette_protocol::{Code, Failure};
use serde::{Deserialize, Serialize};

/// Why something did not happen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Error {
    /// No browser manifest leads to the program.
    HostMissing,
    /// The program's manifest does not name this extension.
    HostForbidden,
    /// The program started and stopped.
    HostCrashed,
    /// The program sent something that is no message.
    HostGarbled,
    /// The program does not answer.
    HostSilent,
    /// The program is older than this extension can use.
    HostTooOld,
    /// This extension is older than the program can use.
    ExtensionTooOld,
    /// The program refused.
    Refused(Failure),
    /// The page may not be read.
    Unreadable(Unreadable),
    /// The page changed or vanished while it was read.
    PageGone,
    /// The browser was closed, or stopped the extension, in the midst of it.
    Interrupted,
    /// A link leads to something that is no page: its media type.
    NotAPage(String),
    /// The link's site answered with this error status.
    BadStatus(u16),
    /// The link's site did not answer.
    Unreachable,
    /// The user did not allow the site that the link leads to.
    NotAllowed,
    /// Too many saves wait in the browser already; this one could not be kept.
    QueueFull,
}

/// Why a page may not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unreadable {
    /// A page of the browser's or of an extension.
    Browser,
    /// A shop for extensions.
    Store,
    /// The PDF viewer.
    Pdf,
    /// `view-source:`.
    Source,
    /// A file of the computer, without the user's leave.
    File,
    /// The browser's own “cannot be reached” page.
    ErrorPage,
    /// A private window.
    Private,
}

impl Error {
    /// Whether sending the same capture again may help. Then it stays in the browser until it is
    /// filed.
    pub fn may_pass(&self) -> bool {
        match self {
            Error::HostMissing
            | Error::HostForbidden
            | Error::HostCrashed
            | Error::HostGarbled
            | Error::HostSilent
            | Error::HostTooOld
            | Error::ExtensionTooOld
            | Error::Interrupted => true,
            Error::Refused(failure) => !matches!(
                failure.code,
                Code::BadRequest
                    | Code::TooLarge
                    | Code::PrivateWindow
                    | Code::UnsupportedAddress
                    | Code::NoSuchPage
                    | Code::NoSuchVersion
            ),
            Error::Unreadable(_)
            | Error::PageGone
            | Error::NotAPage(_)
            | Error::BadStatus(_)
            | Error::Unreachable
            | Error::NotAllowed
            | Error::QueueFull => false,
        }
    }

    /// Whether a new connection may help at once.
    pub fn is_of_the_connection(&self) -> bool {
        matches!(self, Error::HostCrashed | Error::HostGarbled)
    }

    /// The command that mends it, to be shown verbatim.
    pub fn remedy(&self) -> Option<&'static str> {
        match self {
            Error::HostMissing | Error::HostForbidden => Some("cachette install"),
            Error::HostCrashed | Error::HostGarbled | Error::HostSilent => Some("cachette doctor"),
            _ => None,
        }
    }

    /// Interprets the end of a port by the raw message of Chromium or Firefox, which may be empty.
    pub fn of_disconnect(raw: &str) -> Error {
        let has = |part: &str| raw.contains(part);
        if has("host not found") || has("No such native application") || has("Failed to start native messaging host") {
            Error::HostMissing
        } else if has("forbidden") {
            Error::HostForbidden
        } else if has("exceeds the limit") || has("invalid JSON") {
            Error::HostGarbled
        } else {
            // “Native host has exited.”, “An unexpected error occurred”, or a clean end that nobody
            // asked for. “Error when communicating …”, where it had ended before Chromium
            // could write to it.
            Error::HostCrashed
        }
    }

    /// Interprets a failed answer.
    pub fn of_failure(failure: Failure) -> Error {
        match failure.code {
            Code::UnknownRequest | Code::VersionMismatch => Error::HostTooOld,
            Code::WrongOrigin => Error::HostForbidden,
            Code::PrivateWindow => Error::Unreadable(Unreadable::Private),
            _ => Error::Refused(failure),
        }
    }

    /// Interprets the browser's refusal to run the capture in a page with this address.
    pub fn of_capture(raw: &str, url: Option<&str>) -> Error {
        let has = |part: &str| raw.contains(part);
        let path = url.unwrap_or_default().split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
        if has("No tab with id")
            || has("Invalid tab ID")
            || has("tab was closed")
            || has("was removed")
            || has("No frame with id")
        {
            Error::PageGone
        } else if has("error page") {
            Error::Unreadable(Unreadable::ErrorPage)
        } else if has("gallery") {
            Error::Unreadable(Unreadable::Store)
        } else if path.ends_with(".pdf") {
            Error::Unreadable(Unreadable::Pdf)
        } else if path.starts_with("file:") {
            Error::Unreadable(Unreadable::File)
        } else {
            Error::Unreadable(Unreadable::Browser)
        }
    }
}

/// Whether a page with this address may not be read, by its address alone. A tab whose address the
/// browser hides is left to the attempt.
pub fn unreadable(url: Option<&str>) -> Option<Unreadable> {
    let url = url?.to_ascii_lowercase();
    let (scheme, rest) = url.split_once(':')?;
    match scheme {
        "http" | "https" => {}
        "file" => return None,
        "view-source" => return Some(Unreadable::Source),
        _ => return Some(Unreadable::Browser),
    }
    let rest = rest.trim_start_matches('/');
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let store = match host {
        "chromewebstore.google.com" | "addons.mozilla.org" | "addons.opera.com" => true,
        "chrome.google.com" => path.starts_with("webstore"),
        "microsoftedge.microsoft.com" => path.starts_with("addons"),
        _ => false,
    };
    store.then_some(Unreadable::Store)
}

#[cfg(test)]
mod tests {
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
        assert_eq!(
            of("Missing host permission for the tab", "https://a.org/x.PDF?y"),
            Error::Unreadable(Unreadable::Pdf)
        );
        assert_eq!(
            of("Cannot access contents of url \"file:///a.html\".", "file:///a.html"),
            Error::Unreadable(Unreadable::File)
        );
        assert_eq!(
            of("The extensions gallery cannot be scripted.", "https://x/"),
            Error::Unreadable(Unreadable::Store)
        );
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
            assert_eq!(serde_json::from_str::<Error>(&text).unwrap(), error, "{text}");
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
}
