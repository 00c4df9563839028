//! Translates the cache's errors and warnings for the protocol. Each becomes a code, its values,
//! and one English sentence. No other file maps one to the other; an error or a warning without a
//! code does not compile.

use cachette_cache::{CacheError, IndexError, SaveWarning, StoreError, Warning, address::AddressError};
use cachette_protocol::{Code, Failure, Notice, Params};

use crate::sentence::sentence;

/// Returns the protocol's form of an error of the cache.
pub fn failure(error: &CacheError) -> Failure {
    let (code, params) = of_cache(error);
    Failure::new(code, sentence(error)).with(params)
}

/// Returns the protocol's form of a warning from a save.
pub fn notice(warning: &SaveWarning) -> Notice {
    let caused = |code, error| {
        let (cause, params) = of_cache(error);
        (code, Params { cause: Some(cause), ..params })
    };
    let (code, params) = match warning {
        SaveWarning::ClockBehind => (Code::ClockBehind, Params::default()),
        SaveWarning::Converted(warning) => (of_conversion(*warning), Params::default()),
        SaveWarning::NotPruned(error) => caused(Code::NotPruned, error),
        SaveWarning::NotIndexed(error) => caused(Code::NotIndexed, error),
    };
    Notice { code, params, message: warning.to_string() }
}

/// Returns the code of a cache error.
pub fn code(error: &CacheError) -> Code {
    of_cache(error).0
}

fn of_cache(error: &CacheError) -> (Code, Params) {
    match error {
        CacheError::Address(error) => {
            let scheme = match error {
                AddressError::Unsupported { scheme } => Some(scheme.clone()),
                _ => None,
            };
            (Code::UnsupportedAddress, Params { scheme, ..Params::default() })
        }
        CacheError::NoSuchPage { .. } | CacheError::Ambiguous { .. } => (Code::NoSuchPage, Params::default()),
        CacheError::NoSuchVersion { asked } => {
            (Code::NoSuchVersion, Params { time: Some(asked.clone()), ..Params::default() })
        }
        CacheError::NoHome => (Code::NoHome, Params::default()),
        CacheError::Input(error) | CacheError::Output(error) => {
            (Code::Disk, Params { os_error: error.raw_os_error(), ..Params::default() })
        }
        CacheError::Store(error) => of_store(error),
        CacheError::Index(error) => {
            let os_error = match error {
                IndexError::Open(error) => error.raw_os_error(),
                _ => None,
            };
            (Code::Index, Params { os_error, ..Params::default() })
        }
    }
}

fn of_store(error: &StoreError) -> (Code, Params) {
    let at = |path: &std::path::Path| Params { path: Some(path.to_string_lossy().into_owned()), ..Params::default() };
    let answered = |path, source: &std::io::Error| Params { os_error: source.raw_os_error(), ..at(path) };
    match error {
        StoreError::DiskFull { path, source } => (Code::DiskFull, answered(path, source)),
        StoreError::ReadOnly { path, source } => (Code::ReadOnly, answered(path, source)),
        StoreError::NoHandles { path, source } => (Code::TooManyOpenFiles, answered(path, source)),
        StoreError::NoMemory { path, source } => (Code::OutOfMemory, answered(path, source)),
        StoreError::Failing { path, source } => (Code::DiskFailing, answered(path, source)),
        StoreError::Disk { path, source } => (Code::Disk, answered(path, source)),
        StoreError::Foreign { path } => (Code::NotAPlainFile, at(path)),
        StoreError::TooLarge { path, limit } => (Code::FileTooLarge, Params { limit_bytes: Some(*limit), ..at(path) }),
        StoreError::Gone { path } => (Code::HomeGone, at(path)),
        StoreError::NewerFormat { path } => (Code::NewerFormat, at(path)),
        StoreError::Unreadable { path, .. } => (Code::UnreadableFile, at(path)),
        StoreError::Busy => (Code::Busy, Params::default()),
        StoreError::NotAHash(_) | StoreError::NoSuchPage(_) | StoreError::NotInTrash(_) => {
            (Code::NoSuchPage, Params::default())
        }
        StoreError::NoSuchVersion(asked) => {
            (Code::NoSuchVersion, Params { time: Some(asked.clone()), ..Params::default() })
        }
    }
}

fn of_conversion(warning: Warning) -> Code {
    match warning {
        Warning::DepthCapped => Code::DepthCapped,
        Warning::AttributesCapped => Code::AttributesCapped,
        Warning::FormattingCapped => Code::FormattingCapped,
        Warning::NoArticle => Code::NoArticle,
        Warning::ExtractionFailed => Code::ExtractionFailed,
        Warning::MarkdownFailed => Code::MarkdownFailed,
        Warning::NestingCapped => Code::NestingCapped,
        Warning::SpansCapped => Code::SpansCapped,
        Warning::MarksCapped => Code::MarksCapped,
        Warning::EmptyPage => Code::EmptyPage,
        Warning::UnreadableAddress => Code::UnreadableAddress,
        Warning::UndecodableBytes => Code::UndecodableBytes,
        Warning::Unsure => Code::Unsure,
        Warning::Declared => Code::Declared,
        Warning::WorkCapped => Code::WorkCapped,
        Warning::OutputCapped => Code::OutputCapped,
        Warning::FormulaCapped => Code::FormulaCapped,
        Warning::PageTooLarge => Code::PageTooLarge,
        Warning::Cut => Code::Cut,
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn an_error_of_the_disk_names_its_file_and_the_system_s_number() {
        let source = io::Error::from_raw_os_error(28);
        let error = CacheError::Store(StoreError::DiskFull { path: "/a/b".into(), source });
        let failure = failure(&error);
        assert_eq!((failure.code, failure.params.path.as_deref()), (Code::DiskFull, Some("/a/b")));
        assert_eq!(failure.params.os_error, Some(28));
        assert!(failure.message.contains("/a/b"), "{}", failure.message);
    }

    #[test]
    fn a_page_that_no_search_finds_says_why() {
        let notice = notice(&SaveWarning::NotIndexed(CacheError::Store(StoreError::Gone { path: "/a".into() })));
        assert_eq!((notice.code, notice.params.cause), (Code::NotIndexed, Some(Code::HomeGone)));
        assert!(notice.message.starts_with("The page is saved, but cannot be found"), "{}", notice.message);
    }

    #[test]
    fn a_warning_of_the_converter_has_a_code_and_its_sentence_on_the_wire() {
        for (warning, code) in [
            (Warning::DepthCapped, Code::DepthCapped),
            (Warning::Declared, Code::Declared),
            (Warning::PageTooLarge, Code::PageTooLarge),
            (Warning::Cut, Code::Cut),
        ] {
            let notice = notice(&SaveWarning::Converted(warning));
            assert_eq!((notice.code, notice.message), (code, warning.to_string()));
        }
    }
}
