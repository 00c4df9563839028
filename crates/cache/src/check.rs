//! Every file against its front matter, its hashes and the index, and what can be mended without touching what a person wrote.

use std::path::PathBuf;

use cachette_store::{Finding, Verdict};

use crate::cache::Cache;
use crate::entry::stamp;
use crate::error::CacheError;
use crate::shelf::is_unwritable;

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
    /// What is with it, one sentence without its subject.
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

    fn file(&mut self, finding: Finding) {
        let list = match finding.verdict {
            Verdict::Damaged => &mut self.damaged,
            Verdict::Missing => &mut self.missing,
            Verdict::Orphaned | Verdict::Leftover => &mut self.orphaned,
            Verdict::Edited => &mut self.edited,
        };
        list.push(Trouble { path: finding.path, what: finding.what });
    }
}

impl Cache {
    /// Checks every file and the index. `progress` is told how many pages are done, of how many.
    ///
    /// # Errors
    /// The disk. What is wrong with the files is the answer, not an error.
    pub fn check(
        &mut self,
        options: &CheckOptions,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<CheckReport, CacheError> {
        let mut report = CheckReport::default();
        if self.is_bare() {
            return Ok(report);
        }
        self.check_index(options, &mut report)?;
        let pages = self.store.pages()?;
        let total = pages.len() as u64;
        for (done, hash) in pages.iter().enumerate() {
            self.check_page(hash, options, &mut report)?;
            progress(done as u64 + 1, total);
        }
        for row in self.shelf.with(&self.store, |index| index.stamps())? {
            let (hash, _) = row;
            if self.store.stamp(&hash).is_none() && !pages.contains(&hash) {
                self.check_row(&hash, options, &mut report)?;
            }
        }
        for name in self.store.strangers()? {
            let path = self.store.dir().join("pages").join(&name);
            if path.join("index.md").is_file() && !pages.contains(&name) {
                let what = "holds a page but is not named by its hash; it is not indexed.".to_owned();
                report.orphaned.push(Trouble { path, what });
            }
        }
        Ok(report)
    }

    fn check_index(&mut self, options: &CheckOptions, report: &mut CheckReport) -> Result<(), CacheError> {
        let troubles = self.shelf.with(&self.store, |index| index.integrity())?;
        if !troubles.is_empty() && options.repair {
            self.shelf.rebuild(&self.store, &mut |_, _| {})?;
            report.mended.push("The index was damaged and has been made anew from the files.".to_owned());
            return Ok(());
        }
        let path = self.shelf.file().to_owned();
        report.index.extend(troubles.into_iter().map(|what| Trouble { path: path.clone(), what }));
        Ok(())
    }

    fn check_page(&mut self, hash: &str, options: &CheckOptions, report: &mut CheckReport) -> Result<(), CacheError> {
        {
            // A commit at work looks like a crash: the page is held still while it is looked at.
            let claim = match self.store.claim([hash]) {
                Err(error) if is_unwritable(&error) => None,
                claim => Some(claim?),
            };
            let mut findings = self.store.examine(hash, options.read_data)?;
            let left_over = findings.iter().any(|finding| finding.verdict == Verdict::Leftover);
            if let Some(claim) = claim.filter(|_| left_over && options.repair) {
                claim.reconcile(hash)?;
                report.mended.push(format!("{}: leftovers of a save that was cut off are gone.", self.shown(hash)));
                findings = self.store.examine(hash, options.read_data)?;
            }
            findings.into_iter().for_each(|finding| report.file(finding));
        }
        if let Ok(sizes) = self.store.sizes(hash) {
            report.pages += u64::from(sizes.versions > 0);
            report.versions += sizes.versions;
        }
        self.check_row(hash, options, report)
    }

    /// Compares a page's row with its files.
    fn check_row(&mut self, hash: &str, options: &CheckOptions, report: &mut CheckReport) -> Result<(), CacheError> {
        let row = self.shelf.with(&self.store, |index| index.get(hash))?;
        let file = self.store.stamp(hash).map(stamp);
        let versions = self.store.versions(hash).map_or(0, |older| older.len() + 1);
        let what = match (&row, file) {
            (None, None) => return Ok(()),
            (Some(row), Some(file)) if row.stamp == file && usize::try_from(row.versions) == Ok(versions) => {
                return Ok(());
            }
            (None, Some(_)) => "is not in the index.",
            (Some(_), None) => "is in the index but not there.",
            (Some(_), Some(_)) => "was changed after it was indexed.",
        };
        let path = self.store.path(hash);
        if options.repair && self.shelf.take_up(&self.store, hash)? {
            // A file that no row can be made of is damaged, and told as such.
            report.mended.push(format!("{}: the index is in step again; the file {what}", self.shown(hash)));
        } else {
            report.index.push(Trouble { path, what: what.to_owned() });
        }
        Ok(())
    }

    fn shown(&self, hash: &str) -> String {
        self.store.path(hash).display().to_string()
    }
}
