//! Saving: begin, chunks, commit. Each step may be sent again without harm; only [`Saved`] means saved.

use serde::{Deserialize, Serialize};

/// A save's name, made by the extension and kept over retries: 8 to 64 of `0-9 A-Z a-z - _`.
pub type SaveId = String;

/// Where a save came from; filed as `source` in the front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaveSource {
    /// The page in front of the user.
    Page,
    /// A link, fetched or rendered in the background.
    Link,
}

/// Announces a save. Sent again with the same id, it keeps the chunks that have arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveBegin {
    /// The save's name: 8 to 64 of `0-9 A-Z a-z - _`, made by the extension and kept over retries.
    pub save: SaveId,
    /// The address as the browser shows it; the host makes it canonical.
    pub url: String,
    /// When the page was captured (RFC 3339, UTC, milliseconds), by the extension's clock.
    pub captured_at: String,
    /// Where it came from.
    pub source: SaveSource,
    /// The document's title as the browser shows it: the fallback where the page's own metadata has none.
    #[serde(default)]
    pub title: Option<String>,
    /// Whether the page stood in a private window. Such a save is refused.
    #[serde(default)]
    pub private: bool,
    /// The `Content-Type` that the server sent, for a fetched link; the HTML itself is already decoded text.
    #[serde(default)]
    pub content_type: Option<String>,
    /// What the capture could not take, one sentence each.
    #[serde(default)]
    pub warnings: Vec<String>,
}

/// The answer to [`SaveBegin`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveStarted {
    /// How many chunks of each part have arrived already.
    #[serde(default)]
    pub have: Vec<PartSum>,
}

/// What a chunk belongs to. A host refuses a part that it does not know with `bad_request`; `capabilities` tell
/// which it does.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The serialized document.
    Html,
    /// What the page shows besides: a line each, what it is, a blank, its bytes in base64. What it is: the absolute address of a picture or a
    /// style sheet, or `style:N`, `canvas:N` (the N-th such element outside of shadow roots, from 0) or `adopted:N` (the sheets that scripts gave
    /// to the document, 0, or to the N-th shadow root). Optional; a line that cannot be used is passed over.
    Resources,
}

/// One piece of a part, at most [`crate::CHUNK_BYTES`], cut between characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveChunk {
    /// Which save.
    pub save: SaveId,
    /// Which part of it.
    pub part: Part,
    /// The piece's number, from 0. A piece that has arrived already is ignored; a gap is an error.
    pub seq: u32,
    /// The text.
    pub data: String,
}

/// The answer to [`SaveChunk`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChunkTaken {
    /// The piece's number.
    pub seq: u32,
}

/// What a part adds up to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartSum {
    /// Which part.
    pub part: Part,
    /// How many chunks.
    pub chunks: u32,
}

/// Asks to file what has arrived. Sent again after a lost answer, it answers the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveCommit {
    /// Which save.
    pub save: SaveId,
    /// What must have arrived; anything else is `incomplete`.
    pub parts: Vec<PartSum>,
}

/// The answer to [`SaveCommit`], sent only after the files are durable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// Which save.
    pub save: SaveId,
    /// What became of it.
    pub outcome: SaveOutcome,
    /// Lowercase hex SHA-256 of `url`.
    pub hash_url: String,
    /// The canonical address.
    pub url: String,
    /// The title that was filed.
    pub title: String,
    /// The absolute path of its `index.md`.
    pub path: String,
    /// The version's `captured_at` (RFC 3339, UTC, milliseconds): what Undo removes.
    pub captured_at: String,
    /// What a person should know, one sentence each: that a capture is incomplete, or that only the page's plain text could be kept.
    #[serde(default)]
    pub warnings: Vec<String>,
    /// What of it is of use to programs.
    #[serde(default)]
    pub codes: Vec<WarningCode>,
}

/// What a save's warnings say, for programs. Codes are append-only; one that this build does not know is [`WarningCode::Unknown`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WarningCode {
    /// The version before is dated in the host's future: the clock may be behind. The fresh save is the newest version all the same.
    ClockBehind,
    /// Something newer than this build.
    #[serde(other)]
    Unknown,
}

/// What a save did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaveOutcome {
    /// The address was not saved before.
    NewPage,
    /// The page has changed since.
    NewVersion,
    /// The page is as it was; only `seen_at` moved.
    Unchanged,
}

/// Drops a save that has begun and is not committed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveCancel {
    /// Which save; one that is not known is no error.
    pub save: SaveId,
}

/// The answer to [`SaveCancel`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveCancelled {}
