//! Lists every code on the wire, append-only. A code says why a request failed, or gives a person a
//! notice about a save. It holds no sentences for people: each side has its own, and every code is
//! sent with an English one.

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal,)+) => {
        /// A kind of event. Codes are append-only: never renamed, never removed, never given
        /// another meaning. A code that this build does not know reads as [`Code::Other`].
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(from = "String", into = "&'static str")]
        pub enum Code {
            #[default]
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// Every code, in the order in which they were added.
            pub const ALL: &'static [Code] = &[$(Code::$name,)+];

            /// The code's form on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)+ }
            }

            /// The meaning of the code, one sentence; PROTOCOL.md prints it.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$name => concat!($($doc,)+).trim_ascii(),)+ }
            }
        }
    };
}

codes! {
    /// A failure of a kind that the reader does not know.
    Other = "other",
    /// The message is not JSON, or lacks something that its kind needs.
    BadRequest = "bad_request",
    /// The host is too old to know this request.
    UnknownRequest = "unknown_request",
    /// The message, the page or the answer is longer than can be handled. `limit_bytes` is the
    /// limit.
    TooLarge = "too_large",
    /// The program that started the host is not an extension that its manifest names.
    WrongOrigin = "wrong_origin",
    /// Extension and host share no protocol version.
    VersionMismatch = "version_mismatch",
    /// The page is open in a private window; such pages are never saved.
    PrivateWindow = "private_window",
    /// The address cannot be kept: only http, https and file can. `scheme` is its kind; if absent,
    /// the text is not an address.
    UnsupportedAddress = "unsupported_address",
    /// No page is saved under this address or hash.
    NoSuchPage = "no_such_page",
    /// The page is saved, but has no version of `time`.
    NoSuchVersion = "no_such_version",
    /// No save with this id has begun in this connection; begin again.
    NoSuchSave = "no_such_save",
    /// The chunks that arrived differ from those that the commit names.
    Incomplete = "incomplete",
    /// The disk is full or the quota is used up; nothing was changed. `path` was to be written.
    DiskFull = "disk_full",
    /// The file or folder `path` cannot be written to; nothing was changed.
    ReadOnly = "read_only",
    /// Another error of the disk or the file system at `path`; nothing was acknowledged.
    Disk = "disk",
    /// The folder `path` was written by a newer Cachette; this one only reads it.
    NewerFormat = "newer_format",
    /// The search index failed and could not be rebuilt; the files are untouched.
    Index = "index",
    /// The host has a bug, and its log says where.
    Internal = "internal",
    /// A newer search arrived before this one was answered, so nobody needs its answer.
    Superseded = "superseded",
    /// The folder `path`, in which pages were saved, is missing, as when its drive is not mounted.
    /// Nothing was saved.
    HomeGone = "home_gone",
    /// The system names no folder for a person's data, so there is no home to save in.
    NoHome = "no_home",
    /// Another program is still working on the same page; if sent again, the request may succeed.
    Busy = "busy",
    /// Too many files are open; nothing was changed. `path` could not be opened.
    TooManyOpenFiles = "too_many_open_files",
    /// The system has no memory left; nothing was changed. `path` was in use.
    OutOfMemory = "out_of_memory",
    /// The disk itself failed at `path`; nothing was acknowledged.
    DiskFailing = "disk_failing",
    /// `path` is a link, or not a plain file or folder. Nothing is read or written through it.
    NotAPlainFile = "not_a_plain_file",
    /// The file `path` is longer than `limit_bytes` and is not read.
    FileTooLarge = "file_too_large",
    /// The file `path` cannot be read as a saved page; it was not changed.
    UnreadableFile = "unreadable_file",
    /// The page is saved, but no search finds it yet; `cause` says why.
    NotIndexed = "not_indexed",
    /// The page is saved, but older versions that the rule of retention leaves out remain. `cause`
    /// says why.
    NotPruned = "not_pruned",
    /// The previous newest version is dated in the future: the host's clock may be behind. The new
    /// save became the newest version anyway.
    ClockBehind = "clock_behind",
    /// The page is nested too deeply: its innermost levels were flattened, and their text was kept.
    DepthCapped = "depth_capped",
    /// A tag of the page has too many attributes: some of them were dropped.
    AttributesCapped = "attributes_capped",
    /// The page's formatting tags are never closed: formatting was dropped, and the text was kept.
    FormattingCapped = "formatting_capped",
    /// No main article was recognised: the whole page was kept.
    NoArticle = "no_article",
    /// Recognising the main article failed: the whole page was kept.
    ExtractionFailed = "extraction_failed",
    /// Writing Markdown failed: the text was kept without formatting.
    MarkdownFailed = "markdown_failed",
    /// Lists or quotations are nested too deeply: the innermost were flattened, and their text was
    /// kept.
    NestingCapped = "nesting_capped",
    /// Cells of a table span too many rows or columns. The table was cut to size, its text is kept.
    SpansCapped = "spans_capped",
    /// Links, images and formatting would outgrow the page. Its later parts have none, their text
    /// is kept.
    MarksCapped = "marks_capped",
    /// The page contains hardly any text: it may need its scripts to show something.
    EmptyPage = "empty_page",
    /// The page's address could not be read: relative links were not changed.
    UnreadableAddress = "unreadable_address",
    /// Some bytes are not valid in the page's character encoding and were replaced.
    UndecodableBytes = "undecodable_bytes",
    /// It was not clear which part of the page is its content: more of it was kept.
    Unsure = "unsure",
    /// The page showed no text: its description from the page's metadata was kept instead.
    Declared = "declared",
    /// Converting the page would take too many steps: its plain text was kept.
    WorkCapped = "work_capped",
    /// The page's Markdown would be many times as long as the page: its plain text was kept.
    OutputCapped = "output_capped",
    /// A formula is too long or nested too deeply: its text was kept unchanged.
    FormulaCapped = "formula_capped",
    /// The page is too large to be converted. Its plain text was kept, and its copy has no style
    /// sheets.
    PageTooLarge = "page_too_large",
    /// The extension could not read the content of some of the page's components.
    ComponentsMissing = "components_missing",
    /// The page has more background pictures than the extension captures.
    BackgroundsMissing = "backgrounds_missing",
    /// The page shows other pages in frames, which are not part of the copy.
    FramesMissing = "frames_missing",
    /// Some pictures or style sheets of the page could not be fetched.
    ResourcesMissing = "resources_missing",
    /// A passage within the article was left out. It is in the list of omissions beside the
    /// article.
    Cut = "cut",
}

impl From<String> for Code {
    fn from(text: String) -> Code {
        Code::ALL.iter().copied().find(|code| code.as_str() == text).unwrap_or(Code::Other)
    }
}

impl From<Code> for &'static str {
    fn from(code: Code) -> &'static str {
        code.as_str()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Append only. A change of a line above the last one breaks every host or extension already
    /// installed.
    const KNOWN: &[&str] = &[
        "other",
        "bad_request",
        "unknown_request",
        "too_large",
        "wrong_origin",
        "version_mismatch",
        "private_window",
        "unsupported_address",
        "no_such_page",
        "no_such_version",
        "no_such_save",
        "incomplete",
        "disk_full",
        "read_only",
        "disk",
        "newer_format",
        "index",
        "internal",
        "superseded",
        "home_gone",
        "no_home",
        "busy",
        "too_many_open_files",
        "out_of_memory",
        "disk_failing",
        "not_a_plain_file",
        "file_too_large",
        "unreadable_file",
        "not_indexed",
        "not_pruned",
        "clock_behind",
        "depth_capped",
        "attributes_capped",
        "formatting_capped",
        "no_article",
        "extraction_failed",
        "markdown_failed",
        "nesting_capped",
        "spans_capped",
        "marks_capped",
        "empty_page",
        "unreadable_address",
        "undecodable_bytes",
        "unsure",
        "declared",
        "work_capped",
        "output_capped",
        "formula_capped",
        "page_too_large",
        "components_missing",
        "backgrounds_missing",
        "frames_missing",
        "resources_missing",
        "cut",
    ];

    #[test]
    fn codes_keep_their_order_and_spelling() {
        let now: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(now, KNOWN, "a new code is added at the end, and to this list");
        assert_eq!(now.iter().collect::<BTreeSet<_>>().len(), now.len(), "no name is used twice");
    }

    #[test]
    fn a_code_is_read_as_it_is_written_and_a_later_one_is_other() {
        for code in Code::ALL {
            let json = serde_json::to_string(code).unwrap();
            assert_eq!(json, format!("\"{}\"", code.as_str()));
            assert_eq!(serde_json::from_str::<Code>(&json).unwrap(), *code);
        }
        assert_eq!(serde_json::from_str::<Code>(r#""made_up_later""#).unwrap(), Code::Other);
    }
}
