//! Lists the errors that can occur between a click and a filed page. Only this file decides whether
//! a capture is kept and sent again, and what the browsers' raw messages mean. The sentences are in
//! `wording`.

use cachette_protocol::{Code, Failure};
use serde::{Deserialize, Serialize};

/// The reason why something did not happen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Error {
    /// No browser manifest leads to the program.
    HostMissing,
    /// The program's manifest does not name this extension.
    HostForbidden,
    /// The program started and stopped.
    HostCrashed,
    /// The program sent something that is not a message.
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
    /// The browser was closed, or stopped the extension, in the middle of it.
    Interrupted,
    /// The link leads to something that is not a page; this is its media type.
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

/// The reason why a page may not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unreadable {
    /// A page of the browser's or of an extension.
    Browser,
    /// A shop for extensions, where no extension may read.
    Store,
    /// The PDF viewer.
    Pdf,
    /// `view-source:`.
    Source,
    /// A local file, which the user has not allowed the extension to read.
    File,
    /// The browser's own “cannot be reached” page.
    ErrorPage,
    /// A private window.
    Private,
}

impl Error {
    /// Whether it may help to send the same capture again. If so, it stays in the browser until it
    /// is filed.
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

    /// Returns the command that solves it, to be shown verbatim.
    pub fn remedy(&self) -> Option<&'static str> {
        match self {
            Error::HostMissing | Error::HostForbidden => Some("cachette install"),
            Error::HostCrashed | Error::HostGarbled | Error::HostSilent => Some("cachette doctor"),
            _ => None,
        }
    }

    /// Interprets the end of a port by the raw message of Chromium or Firefox. The message may be
    /// empty.
    pub fn of_disconnect(raw: &str) -> Error {
        let has = |part: &str| raw.contains(part);
        if has("host not found") || has("No such native application") || has("Failed to start native messaging host") {
            Error::HostMissing
        } else if has("forbidden") {
            Error::HostForbidden
        } else if has("exceeds the limit") || has("invalid JSON") {
            Error::HostGarbled
        } else {
            // The host ended before the browser could write to it. The signs are “Native host has
            // exited.”, “An unexpected error occurred”, a clean end that nobody asked for, and
            // “Error when communicating …”.
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

/// Returns the reason if the address alone shows that a page may not be read. If the browser hides
/// a tab's address, only an attempt can show it.
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
mod tests;
