//! Describes the options and the result of a check. Plain values; `check.rs` does the work.

use std::path::PathBuf;

use cachette_store::{Discrepancy, Verdict};

/// How closely to check, and whether to repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CheckOptions {
    /// Whether to read every `index.html` and image and compare their hashes. Otherwise they need
    /// only exist.
    pub read_data: bool,
    /// Whether to repair things that no person wrote: rows of the index, leftovers of a crash.
    pub repair: bool,
    /// Whether to begin at the first page even if an earlier check was interrupted.
    pub anew: bool,
}

impl CheckOptions {
    /// The name under which a check of this kind records its progress.
    pub(crate) fn name(self) -> &'static str {
        match (self.read_data, self.repair) {
            (false, false) => "check",
            (true, false) => "check-data",
            (false, true) => "repair",
            (true, true) => "repair-data",
        }
    }
}

/// One fault that a check has found.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Finding {
    /// The file or folder.
    pub path: PathBuf,
    /// The fault, one sentence without its subject.
    pub what: String,
}

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct CheckReport {
    /// Pages that were checked.
    pub pages: u64,
    /// Their versions, the newest included.
    pub versions: u64,
    /// Files that are unreadable, or whose bytes differ from those that were written.
    pub damaged: Vec<Finding>,
    /// Files that are named but missing.
    pub missing: Vec<Finding>,
    /// Files and folders that belong to nothing, and leftovers of a crash.
    pub orphaned: Vec<Finding>,
    /// Damage in the index itself.
    pub index: Vec<Finding>,
    /// Articles that were changed since they were captured, as people may. Not a fault.
    pub edited: Vec<Finding>,
    /// Pages that people added, changed or removed since they were indexed, or that are still
    /// pending. The next search indexes them. Not a fault.
    pub unindexed: u64,
    /// Repairs, one sentence each.
    pub mended: Vec<String>,
    /// How many pages had been checked by a check that was interrupted.
    pub resumed: u64,
}

impl CheckReport {
    /// Whether the check found nothing wrong. An edited article is not a fault.
    pub fn is_sound(&self) -> bool {
        self.damaged.is_empty() && self.missing.is_empty() && self.orphaned.is_empty() && self.index.is_empty()
    }

    /// Adds a discrepancy to the list of its kind.
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
