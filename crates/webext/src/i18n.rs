//! The words that people see, by name: looked up in `_locales`. No sentence stands anywhere else in the extension.

use wasm_bindgen::JsCast;

use crate::{
    api,
    error::{Error, Unreadable},
};

macro_rules! texts {
    ($($name:ident = $key:literal,)+) => {
        /// Every text that the Rust side shows.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the key says it")]
        pub enum Text { $($name,)+ }

        impl Text {
            /// All of them, to be compared with the locales.
            #[cfg(test)]
            pub const ALL: &'static [Text] = &[$(Text::$name,)+];

            /// The key in `_locales/*/messages.json`.
            pub fn key(self) -> &'static str {
                match self { $(Text::$name => $key,)+ }
            }
        }
    };
}

texts! {
    ActionTitle = "action_title",
    BadgeSaving = "badge_saving",
    BadgeSaved = "badge_saved",
    BadgeFailed = "badge_failed",
    MenuLink = "menu_link",
    Looking = "looking",
    Unsaved = "unsaved",
    SavedOn = "saved_on",
    SeenOn = "seen_on",
    Versions = "versions",
    Reading = "reading",
    Sending = "sending",
    Filing = "filing",
    Saved = "saved",
    SavedVersion = "saved_version",
    SavedUnchanged = "saved_unchanged",
    Undone = "undone",
    Kept = "kept",
    KeptOne = "kept_one",
    KeptMany = "kept_many",
    Aside = "aside",
    AsideStopped = "aside_stopped",
    AsideSilent = "aside_silent",
    AsideGarbled = "aside_garbled",
    TryAgain = "try_again",
    DropKept = "drop_kept",
    SavePage = "save_page",
    SaveVersion = "save_version",
    SaveAgain = "save_again",
    Copied = "copied",
    NoHits = "no_hits",
    OneHit = "one_hit",
    ManyHits = "many_hits",
    FirstHits = "first_hits",
    Corrected = "corrected",
    LinkWaiting = "link_waiting",
    LinkFetching = "link_fetching",
    LinkRendering = "link_rendering",
    CopyOf = "copy_of",
    CopyMissing = "copy_missing",
    LoadingCopy = "loading_copy",
    HostReport = "host_report",
    SitesAllowed = "sites_allowed",
    SitesAsked = "sites_asked",
    HostMissing = "host_missing",
    HostForbidden = "host_forbidden",
    HostCrashed = "host_crashed",
    HostGarbled = "host_garbled",
    HostSilent = "host_silent",
    HostTooOld = "host_too_old",
    ExtensionTooOld = "extension_too_old",
    DiskFull = "disk_full",
    ReadOnly = "read_only",
    UnsupportedAddress = "unsupported_address",
    NewerFormat = "newer_format",
    HomeGone = "home_gone",
    NoSuchPage = "no_such_page",
    Refused = "refused",
    CannotSave = "cannot_save",
    PageGone = "page_gone",
    Interrupted = "interrupted",
    NotAPage = "not_a_page",
    BadStatus = "bad_status",
    Unreachable = "unreachable",
    NotAllowed = "not_allowed",
    QueueFull = "queue_full",
    UnreadableBrowser = "unreadable_browser",
    UnreadableStore = "unreadable_store",
    UnreadablePdf = "unreadable_pdf",
    UnreadableSource = "unreadable_source",
    UnreadableFile = "unreadable_file",
    UnreadableErrorPage = "unreadable_error_page",
    UnreadablePrivate = "unreadable_private",
}

/// A text in the user's language.
pub fn text(text: Text) -> String {
    fill(text, &[])
}

/// A text with its gaps filled.
pub fn fill(text: Text, values: &[&str]) -> String {
    api::message_text(text.key(), values.iter().map(|&value| value.to_owned()).collect())
}

/// How many captures wait in the browser, in words.
pub fn kept_words(count: u32) -> String {
    match count {
        0 => String::new(),
        1 => text(Text::KeptOne),
        _ => fill(Text::KeptMany, &[&count.to_string()]),
    }
}

/// An error and what to do about it, in a sentence or two.
pub fn error(error: &Error) -> String {
    let plain = match error {
        Error::HostMissing => Text::HostMissing,
        Error::HostForbidden => Text::HostForbidden,
        Error::HostCrashed => Text::HostCrashed,
        Error::HostGarbled => Text::HostGarbled,
        Error::HostSilent => Text::HostSilent,
        Error::HostTooOld => Text::HostTooOld,
        Error::ExtensionTooOld => Text::ExtensionTooOld,
        Error::Refused(failure) => {
            use cachette_protocol::ErrorCode;
            match failure.code {
                ErrorCode::DiskFull => Text::DiskFull,
                ErrorCode::ReadOnly => Text::ReadOnly,
                ErrorCode::UnsupportedAddress => Text::UnsupportedAddress,
                ErrorCode::NewerFormat => Text::NewerFormat,
                ErrorCode::HomeGone => Text::HomeGone,
                ErrorCode::NoSuchPage | ErrorCode::NoSuchVersion => Text::NoSuchPage,
                // The host's own sentence says more than any of ours could.
                _ => return fill(Text::Refused, &[&failure.message]),
            }
        }
        Error::Unreadable(reason) => match reason {
            Unreadable::Browser => Text::UnreadableBrowser,
            Unreadable::Store => Text::UnreadableStore,
            Unreadable::Pdf => Text::UnreadablePdf,
            Unreadable::Source => Text::UnreadableSource,
            Unreadable::File => Text::UnreadableFile,
            Unreadable::ErrorPage => Text::UnreadableErrorPage,
            Unreadable::Private => Text::UnreadablePrivate,
        },
        Error::PageGone => Text::PageGone,
        Error::Interrupted => Text::Interrupted,
        Error::NotAPage(media) => return fill(Text::NotAPage, &[media]),
        Error::BadStatus(status) => return fill(Text::BadStatus, &[&status.to_string()]),
        Error::Unreachable => Text::Unreachable,
        Error::NotAllowed => Text::NotAllowed,
        Error::QueueFull => Text::QueueFull,
    };
    text(plain)
}

/// Why a capture was set aside, in the user's language: without a command, which the page's own card shows.
pub fn aside(error: &Error) -> String {
    match error {
        Error::HostCrashed => text(Text::AsideStopped),
        Error::HostSilent => text(Text::AsideSilent),
        Error::HostGarbled => text(Text::AsideGarbled),
        other => self::error(other),
    }
}

/// Puts the user's language into a page: every element with `data-text` gets that text, with `data-label` that
/// accessible name, with `data-hint` that placeholder.
pub fn translate(document: &web_sys::Document) {
    if let Some(root) = document.document_element() {
        // A failed translation leaves the English of the file.
        root.set_attribute("lang", &api::message_text("@@ui_locale", Vec::new()).replace('_', "-")).ok();
        root.set_attribute("dir", &api::message_text("@@bidi_dir", Vec::new())).ok();
    }
    for (attribute, target) in
        [("data-text", None), ("data-label", Some("aria-label")), ("data-hint", Some("placeholder"))]
    {
        let Ok(found) = document.query_selector_all(&format!("[{attribute}]")) else { continue };
        for at in 0..found.length() {
            let Some(element) = found.get(at).and_then(|node| node.dyn_into::<web_sys::Element>().ok()) else {
                continue;
            };
            let words = api::message_text(&element.get_attribute(attribute).unwrap_or_default(), Vec::new());
            match target {
                _ if words.is_empty() => {}
                None => element.set_text_content(Some(&words)),
                Some(target) => drop(element.set_attribute(target, &words)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The keys of a locale, and how many gaps each text has.
    fn locale(json: &str) -> Vec<(String, usize)> {
        let all: serde_json::Map<String, serde_json::Value> = serde_json::from_str(json).unwrap();
        let gaps = |value: &serde_json::Value| value["message"].as_str().unwrap().matches('$').count();
        all.iter().map(|(key, value)| (key.clone(), gaps(value))).collect()
    }

    /// The keys between `before` and `after` in a file.
    fn mentioned(file: &str, before: &str, after: &str) -> Vec<String> {
        file.split(before).skip(1).map(|rest| rest.split(after).next().unwrap().to_owned()).collect()
    }

    #[test]
    fn every_text_is_in_both_languages_and_none_is_left_over() {
        let english = locale(include_str!("../../../extension/static/_locales/en/messages.json"));
        let french = locale(include_str!("../../../extension/static/_locales/fr/messages.json"));
        assert_eq!(english, french);
        let mut used: BTreeSet<String> = Text::ALL.iter().map(|text| text.key().to_owned()).collect();
        used.extend(mentioned(include_str!("../../../manifest/base.json"), "__MSG_", "__"));
        for page in [
            include_str!("../../../extension/static/popup.html"),
            include_str!("../../../extension/static/view.html"),
            include_str!("../../../extension/static/settings.html"),
        ] {
            for attribute in ["data-text=\"", "data-label=\"", "data-hint=\""] {
                used.extend(mentioned(page, attribute, "\""));
            }
        }
        let there: BTreeSet<String> = english.into_iter().map(|(key, _)| key).collect();
        assert_eq!(used, there);
    }
}
