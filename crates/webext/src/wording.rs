//! Words errors and reports as sentences in the user's language. Only this file maps codes to
//! texts: the code `disk_full` has the text `code_disk_full`. A code without a text is shown with
//! the host's English sentence.

use cachette_protocol::{Code, Notice, Params};

use crate::{
    error::{Error, Unreadable},
    i18n::{self, Text, fill, lookup, text},
};

/// Marks a value that a report lacks. No text contains it.
const ABSENT: &str = "\u{fffc}";

/// Returns a report of the host in the user's language. The gaps of its text are path, size, time,
/// scheme and cause, in this order.
pub fn notice(notice: &Notice) -> String {
    words_of(notice).unwrap_or_else(|| fill(Text::REFUSED, &[&notice.message]))
}

/// Returns a report as part of another sentence, which already says that it comes from the host.
pub fn notice_within(notice: &Notice) -> String {
    words_of(notice).unwrap_or_else(|| notice.message.clone())
}

fn words_of(notice: &Notice) -> Option<String> {
    let words = sentence(notice.code, &notice.params);
    (!words.is_empty() && !words.contains(ABSENT)).then_some(words)
}

/// Returns the text of a code, with [`ABSENT`] in gaps that have no value. It is empty for a code
/// without a text.
fn sentence(code: Code, params: &Params) -> String {
    let cause = params.cause.map(|cause| sentence(cause, &Params { cause: None, ..params.clone() }));
    let values = [
        params.path.clone(),
        params.limit_bytes.map(i18n::size),
        params.time.as_deref().map(i18n::date),
        params.scheme.clone(),
        cause.filter(|words| !words.is_empty()),
    ];
    let values = values.map(|value| value.unwrap_or_else(|| ABSENT.to_owned()));
    lookup(&format!("code_{}", code.as_str()), &values.each_ref().map(String::as_str))
}

/// Returns an error and its remedy, in a sentence or two.
pub fn error(error: &Error) -> String {
    let plain = match error {
        Error::HostMissing => Text::HOST_MISSING,
        Error::HostForbidden => Text::HOST_FORBIDDEN,
        Error::HostCrashed => Text::HOST_CRASHED,
        Error::HostGarbled => Text::HOST_GARBLED,
        Error::HostSilent => Text::HOST_SILENT,
        Error::HostTooOld => Text::HOST_TOO_OLD,
        Error::ExtensionTooOld => Text::EXTENSION_TOO_OLD,
        Error::Refused(failure) => return notice(&failure.clone().into()),
        Error::Unreadable(reason) => match reason {
            Unreadable::Browser => Text::UNREADABLE_BROWSER,
            Unreadable::Store => Text::UNREADABLE_STORE,
            Unreadable::Pdf => Text::UNREADABLE_PDF,
            Unreadable::Source => Text::UNREADABLE_SOURCE,
            Unreadable::File => Text::UNREADABLE_FILE,
            Unreadable::ErrorPage => Text::UNREADABLE_ERROR_PAGE,
            Unreadable::Private => Text::UNREADABLE_PRIVATE,
        },
        Error::PageGone => Text::PAGE_GONE,
        Error::Interrupted => Text::INTERRUPTED,
        Error::NotAPage(media) => return fill(Text::NOT_A_PAGE, &[media]),
        Error::BadStatus(status) => return fill(Text::BAD_STATUS, &[&status.to_string()]),
        Error::Unreachable => Text::UNREACHABLE,
        Error::NotAllowed => Text::NOT_ALLOWED,
        Error::QueueFull => Text::QUEUE_FULL,
    };
    text(plain)
}

/// Explains why a capture was set aside. It names no command, because the page's own card shows
/// that.
pub fn aside(error: &Error) -> String {
    match error {
        Error::HostCrashed => text(Text::ASIDE_STOPPED),
        Error::HostSilent => text(Text::ASIDE_SILENT),
        Error::HostGarbled => text(Text::ASIDE_GARBLED),
        other => self::error(other),
    }
}

#[cfg(test)]
mod tests;
