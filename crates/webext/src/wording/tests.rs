//! Tests the sentences that people read: each has its values, and none is empty or half filled.

use cachette_protocol::Failure;

use super::*;

const PATH: &str = "/home/me/cachette/pages/bread/index.md";
const TIME: &str = "2026-11-22T18:24:05.123Z";

fn full() -> Params {
    Params {
        path: Some(PATH.into()),
        limit_bytes: Some(64_000_000),
        time: Some(TIME.into()),
        scheme: Some("ftp".into()),
        os_error: Some(28),
        cause: Some(Code::DiskFull),
    }
}

fn of(code: Code, params: Params) -> Notice {
    Notice { code, params, message: "The host’s own sentence.".into() }
}

/// Returns every error that carries no value of its own.
fn plain_errors() -> Vec<Error> {
    let mut errors = vec![
        Error::HostMissing,
        Error::HostForbidden,
        Error::HostCrashed,
        Error::HostGarbled,
        Error::HostSilent,
        Error::HostTooOld,
        Error::ExtensionTooOld,
        Error::PageGone,
        Error::Interrupted,
        Error::Unreachable,
        Error::NotAllowed,
        Error::QueueFull,
    ];
    errors.extend(
        [
            Unreadable::Browser,
            Unreadable::Store,
            Unreadable::Pdf,
            Unreadable::Source,
            Unreadable::File,
            Unreadable::ErrorPage,
            Unreadable::Private,
        ]
        .map(Error::Unreadable),
    );
    errors
}

#[test]
fn a_report_is_written_with_its_values() {
    let size = Params { path: Some(PATH.into()), limit_bytes: Some(2_000_000), ..Params::default() };
    let cause = Params { cause: Some(Code::DiskFull), ..Params::default() };
    for (code, params, expected) in [
        (Code::DiskFull, Params::default(), "The disk is full. Make room, then try again."),
        (Code::UnreadableFile, size.clone(), "The file /home/me/cachette/pages/bread/index.md cannot be read."),
        (
            Code::FileTooLarge,
            size.clone(),
            "The file /home/me/cachette/pages/bread/index.md is larger than 2 MB, the limit for its kind.",
        ),
        (Code::TooLarge, size, "This page is too large to be saved; the limit is 2 MB."),
        (
            Code::NotIndexed,
            cause,
            "The page is saved, but cannot be found by search yet. The disk is full. Make room, then try again.",
        ),
    ] {
        assert_eq!(notice(&of(code, params)), expected);
    }
}

#[test]
fn a_report_that_lacks_a_value_is_written_in_the_host_s_words() {
    for code in [Code::FileTooLarge, Code::UnreadableFile, Code::TooLarge, Code::NotIndexed, Code::NotAPlainFile] {
        let report = of(code, Params::default());
        assert_eq!(notice_within(&report), "The host’s own sentence.", "{code:?}");
        assert_eq!(notice(&report), "The Cachette program reports: The host’s own sentence.", "{code:?}");
    }
    let half = Params { path: Some(PATH.into()), ..Params::default() };
    assert_eq!(notice_within(&of(Code::FileTooLarge, half)), "The host’s own sentence.");
}

#[test]
fn a_cause_without_words_or_values_is_no_half_sentence() {
    for cause in [Code::Other, Code::FileTooLarge] {
        let report = of(Code::NotPruned, Params { cause: Some(cause), ..Params::default() });
        assert_eq!(notice_within(&report), "The host’s own sentence.", "{cause:?}");
    }
}

#[test]
fn a_cause_that_is_the_report_itself_ends() {
    let report = of(Code::NotIndexed, Params { cause: Some(Code::NotIndexed), ..full() });
    assert_eq!(notice_within(&report), "The host’s own sentence.");
}

#[test]
fn a_code_of_a_newer_program_is_written_in_its_own_words() {
    let newer = of(Code::Other, full());
    assert_eq!(notice_within(&newer), "The host’s own sentence.");
    assert_eq!(notice(&newer), "The Cachette program reports: The host’s own sentence.");
}

#[test]
fn no_report_is_empty_or_has_a_gap_whatever_values_it_has() {
    for &code in Code::ALL {
        for params in [full(), Params::default(), Params { cause: Some(code), ..full() }] {
            for words in [notice(&of(code, params.clone())), notice_within(&of(code, params.clone()))] {
                assert!(
                    !words.trim().is_empty() && !words.contains(ABSENT) && !words.contains('$'),
                    "{code:?}: {words}"
                );
                assert!(words.ends_with(['.', ':']) || words.ends_with(PATH), "{code:?}: {words}");
            }
        }
    }
}

#[test]
fn a_hostile_path_stays_as_it_is() {
    for path in ["/tmp/$1 $2", "/tmp/<b>x</b>", "C:\\a\\b", "/tmp/\u{202e}dm.x", "/tmp/a\nb"] {
        let report = of(Code::UnreadableFile, Params { path: Some(path.into()), ..Params::default() });
        assert_eq!(notice(&report), format!("The file {path} cannot be read."));
    }
}

#[test]
fn every_error_has_a_sentence_of_its_own() {
    let sentences: Vec<String> = plain_errors().iter().map(error).collect();
    for (at, sentence) in sentences.iter().enumerate() {
        assert!(sentence.ends_with(['.', ':']) && !sentence.contains('$'), "{sentence}");
        assert!(!sentences[..at].contains(sentence), "{sentence}");
    }
}

#[test]
fn a_sentence_ends_with_a_colon_exactly_where_a_command_follows() {
    for one in plain_errors() {
        let sentence = error(&one);
        assert_eq!(sentence.ends_with(':'), one.remedy().is_some(), "{sentence}");
    }
}

#[test]
fn an_error_of_a_link_names_what_was_there() {
    assert_eq!(
        error(&Error::NotAPage("application/zip".into())),
        "This is not a web page (application/zip); only web pages can be saved."
    );
    assert_eq!(error(&Error::BadStatus(503)), "The site answered with error 503; nothing was saved.");
    assert_eq!(
        error(&Error::NotAPage("$1".into())),
        "This is not a web page ($1); only web pages can be saved.",
        "a site chooses this text"
    );
}

#[test]
fn a_refusal_is_written_like_the_report_that_it_is() {
    let failure = Failure::new(Code::UnreadableFile, "x").with(full());
    assert_eq!(error(&Error::Refused(failure.clone())), notice(&failure.into()));
}

#[test]
fn why_a_capture_was_set_aside_is_said_without_a_command_that_is_not_shown() {
    for one in [Error::HostCrashed, Error::HostSilent, Error::HostGarbled] {
        let words = aside(&one);
        assert!(words.ends_with('.') && words != error(&one), "{words}");
    }
    let internal = Error::Refused(Failure::new(Code::Internal, "x"));
    assert_eq!(aside(&internal), "The Cachette program made a mistake with this page; its log says more.");
}
