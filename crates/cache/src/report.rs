//! What a check looks at and what it has found. Plain values; the check itself is `check.rs`.

use std::path::PathBuf;

use cachette_store::{Discrepancy, Verdict};

/// How closely to look, and whether to mend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CheckOptions {
    /// Also read every `index.html` and image and compare their hashes; else they need only be there.
    pub read_data: bool,
    /// Mend what can be mended without touching what a person wrote: rows of the index, leftovers of a crash.
    pub repair: bool,
    /// Begin at the first page, even if a check before this one was cut off.
    pub anew: bool,
}

impl CheckOptions {
    /// What a check of this kind is called where it notes how far it has come.
    pub(crate) fn name(self) -> &'static str {
        match (self.read_data, self.repair) {
            (false, false) => "check",
            (true, false) => "check-data",
            (false, true) => "repair",
            (true, true) => "repair-data",
        }
    }
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Finding {
    /// The file or folder.
    pub path: PathBuf,
    /// What is with it, one sentence without its subject.
    pub what: String,
}

/// What a check has found.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct CheckReport {
    /// Pages looked at.
    pub pages: u64,
    /// Their versions, the newest included.
    pub versions: u64,
    /// Files that cannot be read, or whose bytes are not what was written.
    pub damaged: Vec<Finding>,
    /// Files that are named but not there.
    pub missing: Vec<Finding>,
    /// Files and folders that belong to nothing, and leftovers of a crash.
    pub orphaned: Vec<Finding>,
    /// Damage in the index itself.
    pub index: Vec<Finding>,
    /// Articles that were changed since they were captured, as people may. No trouble.
    pub edited: Vec<Finding>,
    /// Pages that people added, changed or took away since they were indexed, or that were saved without their words being
    /// indexed yet: the next search looks at them. No trouble.
    pub unindexed: u64,
    /// What was mended, a sentence each.
    pub mended: Vec<String>,
    /// How many of the pages had been looked at by a check that was cut off.
    pub resumed: u64,
}

impl CheckReport {
    /// Whether nothing is wrong. Edited articles are not wrong.
    pub fn is_sound(&self) -> bool {
        self.damaged.is_empty() && self.missing.is_empty() && self.orphaned.is_empty() && self.index.is_empty()
    }

    pub(crate) fn file(&mut self, found: Discrepancy) {
        let list = match found.verdict {
            Verdict::Damaged => &mut self.damaged,
            Verdict::Missing => &mut self.missing,
            Verdict::Orphaned | Verdict::Leftover => &mut self.orphaned,
            Verdict::Edited => &mut self.edited,
        };
        list.push(Finding { path: found.path, what: found.what });
    }
}
