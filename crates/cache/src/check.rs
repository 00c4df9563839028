//! Every file against its front matter, its hashes and the index, and what can be mended without touching what a person wrote.
//! Looks without locks and on all cores; only where something is found, the page is held still and looked at again.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use cachette_index::Index;
use cachette_store::{Examined, Examiner, Finding, Indexed, StoreError, Verdict};

use crate::cache::Cache;
use crate::entry::{indexed, stamp};
use crate::error::CacheError;
use crate::home::INDEX_FILE;
use crate::note::Note;
use crate::shelf::is_unwritable;
use crate::strangers::Strange;

/// Pages between two notes of how far a check has come, and between two words about its progress.
const STEP: usize = 512;

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
    fn name(self) -> &'static str {
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
pub struct Trouble {
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
    pub damaged: Vec<Trouble>,
    /// Files that are named but not there.
    pub missing: Vec<Trouble>,
    /// Files and folders that belong to nothing, and leftovers of a crash.
    pub orphaned: Vec<Trouble>,
    /// Damage in the index itself.
    pub index: Vec<Trouble>,
    /// Articles that were changed since they were captured, as people may. No trouble.
    pub edited: Vec<Trouble>,
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

    pub(crate) fn file(&mut self, finding: Finding) {
        let list = match finding.verdict {
            Verdict::Damaged => &mut self.damaged,
            Verdict::Missing => &mut self.missing,
            Verdict::Orphaned | Verdict::Leftover => &mut self.orphaned,
            Verdict::Edited => &mut self.edited,
        };
        list.push(Trouble { path: finding.path, what: finding.what });
    }
}

/// What the index says of a page: the file it was made of, how many versions there are, whether its words are due.
type Row = (Indexed, u64, bool);
/// What it says of all pages.
type Rows = HashMap<String, Row>;

impl Cache {
    /// Checks every file and the index. Notes how far it has come, so that one that is cut off goes on where it was. `progress` is told how many
    /// pages are done, of how many.
    ///
    /// # Errors
    /// The disk. What is wrong with the files is the answer, not an error.
    pub fn check(
        &mut self,
        options: &CheckOptions,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<CheckReport, CacheError> {
        self.store.must_be_here()?;
        if self.is_bare() {
            return Ok(CheckReport::default());
        }
        // Looked at before the index is opened, which takes away what leads out of its folder.
        let strange = Strange::at(&self.home, &self.store)?;
        // What this very cache has yet to write is nothing to be found.
        let _ = self.catch_up();
        let note = Note::of(&self.home, options.name());
        if strange.has_no_pages {
            let mut report = CheckReport::default();
            strange.add_to(&mut report);
            return Ok(report);
        }
        let (begun, after): (CheckReport, String) = if options.anew { None } else { note.read() }.unwrap_or_default();
        let mut report = begun;
        let mut pages = self.store.pages()?;
        pages.sort_unstable();
        let total = pages.len() as u64;
        let done = pages.partition_point(|hash| *hash <= after);
        report.resumed = done as u64;
        let integrity = if options.repair {
            self.mend_index(&mut report)?;
            None
        } else {
            // Reads all of the index, beside the files.
            let place = self.home.index_place().clone();
            Some(std::thread::spawn(move || Index::open_in(&place, INDEX_FILE).and_then(|index| index.integrity())))
        };
        let mut rows = self.rows()?;
        let store = self.store.clone();
        let examiner = store.examiner(options.read_data)?;
        progress(done as u64, total);
        for (step, some) in pages.get(done..).unwrap_or(&[]).chunks(STEP).enumerate() {
            for (hash, examined) in some.iter().zip(examined(&examiner, some, &rows)) {
                let row = rows.remove(hash);
                self.check_page(hash, examined?, row, options, &mut report)?;
            }
            let last = done + step * STEP + some.len();
            if last < pages.len() {
                note.write(&report, &some.last());
            }
            progress(last as u64, total);
        }
        if options.repair && self.store.sweep_assets()? > 0 {
            report.mended.push("Leftovers of saves that were cut off are gone from the shared files.".to_owned());
        }
        if options.repair && self.store.sweep_crossings()? > 0 {
            report.mended.push("Leftovers of moves that were cut off are gone; the pages are elsewhere.".to_owned());
        }
        if options.read_data {
            self.store.examine_assets()?.1.into_iter().for_each(|finding| report.file(finding));
        }
        for hash in rows.into_keys().filter(|hash| pages.binary_search(hash).is_err()) {
            self.follow(&hash, options, &mut report)?;
        }
        for name in self.store.strangers()? {
            let path = self.store.dir().join("pages").join(&name);
            if path.join("index.md").is_file() && pages.binary_search(&name).is_err() {
                let what = "holds a page but is not named by its hash; it is not indexed.".to_owned();
                report.orphaned.push(Trouble { path, what });
            }
        }
        if let Some(integrity) = integrity {
            let troubles = match integrity.join() {
                Ok(Ok(troubles)) => troubles,
                // One that is kept in memory, or could not be opened beside this one.
                _ => self.shelf.with(&self.store, |index| index.integrity())?,
            };
            let path = self.shelf.file().to_owned();
            report.index.extend(troubles.into_iter().map(|what| Trouble { path: path.clone(), what }));
        }
        note.remove();
        strange.add_to(&mut report);
        Ok(report)
    }

    fn rows(&mut self) -> Result<Rows, CacheError> {
        let states = self.shelf.with(&self.store, |index| index.states())?;
        Ok(states
            .into_iter()
            .map(|state| (state.hash_url.clone(), (indexed(&state), u64::from(state.versions), state.pending)))
            .collect())
    }

    fn mend_index(&mut self, report: &mut CheckReport) -> Result<(), CacheError> {
        if !self.shelf.with(&self.store, |index| index.integrity())?.is_empty() {
            self.shelf.rebuild(&self.store, &mut |_, _| {})?;
            report.mended.push("The index was damaged and has been made anew from the files.".to_owned());
        }
        Ok(())
    }

    fn check_page(
        &mut self,
        hash: &str,
        mut examined: Examined,
        row: Option<Row>,
        options: &CheckOptions,
        report: &mut CheckReport,
    ) -> Result<(), CacheError> {
        let suspect = |examined: &Examined| examined.findings.iter().any(|finding| finding.verdict != Verdict::Edited);
        if suspect(&examined) {
            // A commit at work looks like a crash: the page is held still while it is looked at.
            let claim = match self.store.claim([hash]) {
                Err(error) if is_unwritable(&error) => None,
                claim => Some(claim?),
            };
            let row = row.as_ref().map(|(indexed, ..)| indexed);
            examined = self.store.examine(hash, options.read_data, row)?;
            let left_over = examined.findings.iter().any(|finding| finding.verdict == Verdict::Leftover);
            if let Some(claim) = claim.filter(|_| left_over && options.repair) {
                claim.reconcile(hash)?;
                report.mended.push(format!("{}: leftovers of a save that was cut off are gone.", self.shown(hash)));
                examined = self.store.examine(hash, options.read_data, row)?;
            }
        }
        let damaged = examined.findings.iter().any(|finding| finding.verdict == Verdict::Damaged);
        report.pages += u64::from(examined.versions > 0);
        report.versions += examined.versions;
        examined.findings.into_iter().for_each(|finding| report.file(finding));
        match (row, examined.stamp) {
            (None, None) => Ok(()),
            // An old row is the evidence that the file was damaged under its time stamp; it goes with the damage.
            _ if damaged && !options.repair => Ok(()),
            (Some((indexed, versions, false)), Some(file))
                if indexed.stamp == file && versions == examined.versions =>
            {
                Ok(())
            }
            _ => self.follow(hash, options, report),
        }
    }

    /// Whether a page's row is, on a second look, in step with its files.
    fn is_settled(&mut self, hash: &str) -> Result<bool, CacheError> {
        let row = self.shelf.with(&self.store, |index| index.get(hash))?;
        let versions = self.store.versions(hash).map_or(0, |older| older.len() + 1);
        let file = self.store.stamp(hash).map(stamp);
        Ok(match row {
            None => file.is_none(),
            Some(row) => {
                Some(row.stamp) == file
                    && usize::try_from(row.versions) == Ok(versions)
                    && self.shelf.is_complete(&self.store, hash)?
            }
        })
    }

    /// A page that the index has yet to look at.
    fn follow(&mut self, hash: &str, options: &CheckOptions, report: &mut CheckReport) -> Result<(), CacheError> {
        // Another process may have looked at it meanwhile.
        if self.is_settled(hash)? {
            return Ok(());
        }
        if options.repair && self.shelf.take_up(&self.store, hash)? {
            report.mended.push(format!("{}: the index is in step again.", self.shown(hash)));
        } else {
            report.unindexed += 1;
        }
        Ok(())
    }

    fn shown(&self, hash: &str) -> String {
        self.store.path(hash).display().to_string()
    }
}

/// Examines pages on all cores; the answers are in the pages' order.
fn examined(examiner: &Examiner<'_>, pages: &[String], rows: &Rows) -> Vec<Result<Examined, StoreError>> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    let next = AtomicUsize::new(0);
    let look = |hash: &String| examiner.page(hash, rows.get(hash).map(|(indexed, ..)| indexed));
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(hash) = pages.get(at) else { return done };
            done.push((at, look(hash)));
        }
    };
    let mut all: Vec<_> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(pages.len())).map(|_| scope.spawn(work)).collect();
        let mut all = work();
        all.extend(others.into_iter().flat_map(|other| other.join().unwrap_or_default()));
        all
    });
    all.sort_unstable_by_key(|(at, _)| *at);
    if all.len() == pages.len() {
        return all.into_iter().map(|(_, examined)| examined).collect();
    }
    // A thread that broke off took its answers with it.
    pages.iter().map(look).collect()
}
