//! Every file against its front matter, its hashes and the index.

use std::path::PathBuf;

/// How closely to look, and whether to mend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CheckOptions {
    /// Also read every `index.html` and compare its hash; else it need only be there.
    pub read_data: bool,
    /// Mend what can be mended without touching what a person wrote: rows of the index, leftovers of a crash.
    pub repair: bool,
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The file or folder.
    pub path: PathBuf,
    /// What is with it, one sentence.
    pub what: String,
}

/// What a check has found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckReport {
    /// Pages looked at.
    pub pages: u64,
    /// Their versions, the newest included.
    pub versions: u64,
    /// Files that cannot be read, or whose bytes are not what was written.
    pub damaged: Vec<Trouble>,
    /// Files that are named but not there.
    pub missing: Vec<Trouble>,
    /// Files and folders that belong to nothing, and leftovers of a crash.
    pub orphaned: Vec<Trouble>,
    /// Pages whose row in the index is missing, old, or too many; and damage in the index itself.
    pub index: Vec<Trouble>,
    /// Articles that were changed since they were captured, as people may. No trouble.
    pub edited: Vec<Trouble>,
    /// What was mended, a sentence each.
    pub mended: Vec<String>,
}

impl CheckReport {
    /// Whether nothing is wrong. Edited articles are not wrong.
    pub fn is_sound(&self) -> bool {
        self.damaged.is_empty() && self.missing.is_empty() && self.orphaned.is_empty() && self.index.is_empty()
    }
}
