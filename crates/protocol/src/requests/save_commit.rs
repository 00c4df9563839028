//! Defines the last step of a save. Its answer means that the page is on disk.

use serde::{Deserialize, Serialize};

use crate::{Call, Code, Notice, Part, PartSum, SaveId, notice, sample};

/// Asks to file the page that has arrived. If it is sent again after a lost answer, the answer is
/// the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveCommit {
    /// Which save.
    pub save: SaveId,
    /// The chunks that must have arrived; any other number is `incomplete`.
    pub parts: Vec<PartSum>,
}

impl Call for SaveCommit {
    const ASK: &'static str = "save_commit";
    type Reply = Saved;

    fn example() -> (SaveCommit, Saved) {
        let mut saved = Saved {
            save: sample::SAVE.into(),
            outcome: SaveOutcome::NewVersion,
            hash_url: sample::HASH.into(),
            url: sample::URL.into(),
            title: sample::TITLE.into(),
            path: sample::path(sample::HASH),
            captured_at: sample::TIME.into(),
            notices: Vec::new(),
            warnings: Vec::new(),
            codes: Vec::new(),
        };
        let message = "The version before this one is dated in the future, so this computer's clock may be behind.";
        saved.set_notices(vec![Notice::new(Code::ClockBehind, message)]);
        let sum = |part| PartSum { part, chunks: 1 };
        (SaveCommit { save: sample::SAVE.into(), parts: vec![sum(Part::Html), sum(Part::Resources)] }, saved)
    }
}

/// The answer to [`SaveCommit`], sent only after the files are durable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// Which save.
    pub save: SaveId,
    /// The outcome.
    pub outcome: SaveOutcome,
    /// Lowercase hex SHA-256 of `url`.
    pub hash_url: String,
    /// The canonical address.
    pub url: String,
    /// The title that was filed.
    pub title: String,
    /// The absolute path of its `index.md`.
    pub path: String,
    /// The version's `captured_at` (RFC 3339, UTC, milliseconds), which Undo uses to remove it.
    pub captured_at: String,
    /// Notices for a person. They say that a capture is incomplete, or that only the page's plain
    /// text could be kept.
    #[serde(default)]
    pub notices: Vec<Notice>,
    /// The sentences of `notices`, for extensions that know no codes.
    #[serde(default)]
    pub warnings: Vec<String>,
    /// Those codes of `notices` that the first protocol had, for extensions of that time:
    /// `clock_behind`.
    #[serde(default)]
    pub codes: Vec<Code>,
}

impl Saved {
    /// Returns the notices, even of a host that sends only sentences.
    pub fn all_notices(&self) -> Vec<Notice> {
        notice::all(&self.notices, &self.warnings)
    }

    /// Sets the notices, in all their forms.
    pub fn set_notices(&mut self, notices: Vec<Notice>) {
        self.warnings = notice::sentences(&notices);
        self.codes = notices.iter().map(|notice| notice.code).filter(|code| *code == Code::ClockBehind).collect();
        self.notices = notices;
    }
}

/// The outcome of a save.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaveOutcome {
    /// The address had not been saved before.
    NewPage,
    /// The page has changed since the last version.
    NewVersion,
    /// The page is unchanged; only `seen_at` was updated.
    Unchanged,
}
