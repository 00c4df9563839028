//! Defines the first step of a save. Each step may be sent again without harm; only the answer to
//! the last step means that the page is saved.

use serde::{Deserialize, Serialize};

use crate::{Call, Code, Notice, notice, sample};

/// Announces a save. If it is sent again with the same id, the chunks that have arrived stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveBegin {
    /// The save's name: 8 to 64 of `0-9 A-Z a-z - _`, chosen by the extension and kept over
    /// retries.
    pub save: SaveId,
    /// The address as the browser shows it; the host makes it canonical.
    pub url: String,
    /// When the page was captured (RFC 3339, UTC, milliseconds), by the extension's clock.
    pub captured_at: String,
    /// Its source.
    pub source: SaveSource,
    /// The document's title as the browser shows it. It is the fallback where the page's own
    /// metadata has none.
    #[serde(default)]
    pub title: Option<String>,
    /// Whether the page was open in a private window. Such a save is refused.
    #[serde(default)]
    pub private: bool,
    /// The `Content-Type` that the server sent, for a fetched link. The HTML itself is already
    /// decoded text.
    #[serde(default)]
    pub content_type: Option<String>,
    /// The parts of the page that could not be captured; returned in [`crate::Saved`].
    #[serde(default)]
    pub notices: Vec<Notice>,
    /// The sentences of `notices`, for hosts that know no codes.
    #[serde(default)]
    pub warnings: Vec<String>,
}

impl Call for SaveBegin {
    const ASK: &'static str = "save_begin";
    type Reply = SaveStarted;

    fn example() -> (SaveBegin, SaveStarted) {
        let message = "The page shows other pages in frames; they are not part of this copy.";
        (
            SaveBegin {
                save: sample::SAVE.into(),
                url: format!("{}?utm_source=x", sample::URL),
                captured_at: sample::TIME.into(),
                source: SaveSource::Page,
                title: Some(sample::TITLE.into()),
                private: false,
                content_type: Some("text/html; charset=utf-8".into()),
                notices: vec![Notice::new(Code::FramesMissing, message)],
                warnings: vec![message.into()],
            },
            SaveStarted { have: vec![PartSum { part: Part::Html, chunks: 1 }] },
        )
    }
}

impl SaveBegin {
    /// Returns the notices, even of an extension that knows no codes.
    pub fn all_notices(&self) -> Vec<Notice> {
        notice::all(&self.notices, &self.warnings)
    }
}

/// The source of a save, filed as `source` in the front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaveSource {
    /// The page in front of the user.
    Page,
    /// A link, fetched or rendered in the background.
    Link,
}

/// The answer to [`SaveBegin`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveStarted {
    /// How many chunks of each part have already arrived.
    #[serde(default)]
    pub have: Vec<PartSum>,
}

/// The part of a page that a chunk belongs to. A host refuses an unknown part with `bad_request`;
/// `capabilities` say which parts it knows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The serialized document.
    Html,
    /// The pictures and style sheets of the page, a line each. A line is a name, a blank, and the
    /// bytes in base64. The name is an absolute address, or `style:N` or `canvas:N` (the N-th such
    /// element outside of shadow roots, from 0), or `adopted:N` (the sheets that scripts gave to
    /// the document, 0, or to the N-th shadow root). Optional; a line that cannot be used is
    /// ignored.
    Resources,
}

/// The number of chunks of a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartSum {
    /// Which part.
    pub part: Part,
    /// How many chunks.
    pub chunks: u32,
}

/// A save's name, made by the extension and kept over retries: 8 to 64 of `0-9 A-Z a-z - _`.
pub type SaveId = String;
