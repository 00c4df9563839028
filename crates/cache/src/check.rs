//! Checks every file against its front matter, its hashes and the index. Repairs touch nothing that
//! a person wrote. Verifies without locks and on all cores; only a page with a finding is claimed
//! and verified again.

use std::collections::HashMap;

use cachette_index::Index;
use cachette_store::{Indexed, StoreError, Verdict, Verified, Verifier};

use crate::cache::Cache;
use crate::entry::{indexed, stamp};
use crate::error::CacheError;
use crate::foreign_entries::ForeignEntries;
use crate::home::INDEX_FILE;
use crate::job_progress::JobProgress;
use crate::parallel;
use crate::report::{CheckOptions, CheckReport, Finding};
use crate::sync::is_unwritable;

/// How many pages are checked between two records of the progress, and between two reports of it.
const STEP: usize = 512;

/// The index's knowledge of a page. It is its file, the number of its versions, and whether it is
/// pending.
type Row = (Indexed, u64, bool);
/// The index's knowledge of all pages.
type Rows = HashMap<String, Row>;

impl Cache {
    /// Checks every file and the index. Records its progress, so that an interrupted check resumes.
    /// Calls `progress` with the number of finished pages and of all pages.
    ///
    /// # Errors
    /// An error of the disk. Damaged files are an answer, not an error.
    pub fn check(
        &mut self,
        options: &CheckOptions,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<CheckReport, CacheError> {
        self.store.must_be_here()?;
        if self.is_bare() {
            return Ok(CheckReport::default());
        }
        // These are searched for before the index is opened, which removes everything that leads
        // out of its folder.
        let strange = ForeignEntries::at(&self.home, &self.store)?;
        // A page that this cache itself has not indexed yet is not a finding.
        let _ = self.flush();
        let note = JobProgress::of(&self.home, options.name());
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
            // The whole index is read while the files are read.
            let place = self.home.index_place().clone();
            Some(std::thread::spawn(move || Index::open_in(&place, INDEX_FILE).and_then(|index| index.integrity())))
        };
        let mut rows = self.rows()?;
        let store = self.store.clone();
        let verifier = store.verifier(options.read_data)?;
        progress(done as u64, total);
        for (step, some) in pages.get(done..).unwrap_or(&[]).chunks(STEP).enumerate() {
            for (hash, verified) in some.iter().zip(verified(&verifier, some, &rows)) {
                let row = rows.remove(hash);
                self.check_page(hash, verified?, row, options, &mut report)?;
            }
            let last = done + step * STEP + some.len();
            if last < pages.len() {
                note.write(&report, &some.last());
            }
            progress(last as u64, total);
        }
        if options.repair && self.store.sweep_assets()? > 0 {
            report.mended.push("Leftovers of interrupted saves were removed.".to_owned());
        }
        if options.repair && self.store.sweep_interrupted_moves()? > 0 {
            report.mended.push("Leftovers of interrupted moves were removed; the pages are elsewhere.".to_owned());
        }
        if options.read_data {
            self.store.verify_assets()?.1.into_iter().for_each(|finding| report.file(finding));
        }
        for hash in rows.into_keys().filter(|hash| pages.binary_search(hash).is_err()) {
            self.follow(&hash, options, &mut report)?;
        }
        for name in self.store.foreign_entries()? {
            let path = self.store.dir().join("pages").join(&name);
            if path.join("index.md").is_file() && pages.binary_search(&name).is_err() {
                let what = "contains a page but is not named after its hash; it is not indexed.".to_owned();
                report.orphaned.push(Finding { path, what });
            }
        }
        if let Some(integrity) = integrity {
            let troubles = match integrity.join() {
                Ok(Ok(troubles)) => troubles,
                // The index is in memory, or could not be opened a second time.
                _ => self.sync.with(&self.store, |index| index.integrity())?,
            };
            let path = self.sync.file().to_owned();
            report.index.extend(troubles.into_iter().map(|what| Finding { path: path.clone(), what }));
        }
        note.remove();
        strange.add_to(&mut report);
        Ok(report)
    }

    fn rows(&mut self) -> Result<Rows, CacheError> {
        let states = self.sync.with(&self.store, |index| index.states())?;
        Ok(states
            .into_iter()
            .map(|state| (state.hash_url.clone(), (indexed(&state), u64::from(state.versions), state.pending)))
            .collect())
    }

    fn mend_index(&mut self, report: &mut CheckReport) -> Result<(), CacheError> {
        if !self.sync.with(&self.store, |index| index.integrity())?.is_empty() {
            self.sync.rebuild(&self.store, &mut |_, _| {})?;
            report.mended.push("The index was damaged and was rebuilt from the files.".to_owned());
        }
        Ok(())
    }

    fn check_page(
        &mut self,
        hash: &str,
        mut verified: Verified,
        row: Option<Row>,
        options: &CheckOptions,
        report: &mut CheckReport,
    ) -> Result<(), CacheError> {
        let suspect = |verified: &Verified| verified.findings.iter().any(|finding| finding.verdict != Verdict::Edited);
        if suspect(&verified) {
            // A commit in progress looks like a crash, so the page is claimed and verified again.
            let claim = match self.store.claim([hash]) {
                Err(error) if is_unwritable(&error) => None,
                claim => Some(claim?),
            };
            let row = row.as_ref().map(|(indexed, ..)| indexed);
            verified = self.store.verify(hash, options.read_data, row)?;
            let left_over = verified.findings.iter().any(|finding| finding.verdict == Verdict::Leftover);
            if let Some(claim) = claim.filter(|_| left_over && options.repair) {
                claim.reconcile(hash)?;
                report.mended.push(format!("{}: leftovers of an interrupted save were removed.", self.shown(hash)));
                verified = self.store.verify(hash, options.read_data, row)?;
            }
        }
        let damaged = verified.findings.iter().any(|finding| finding.verdict == Verdict::Damaged);
        report.pages += u64::from(verified.versions > 0);
        report.versions += verified.versions;
        verified.findings.into_iter().for_each(|finding| report.file(finding));
        match (row, verified.stamp) {
            (None, None) => Ok(()),
            // An old row is the evidence that the file was damaged without a change of its time
            // stamp. It goes when the damage goes.
            _ if damaged && !options.repair => Ok(()),
            (Some((indexed, versions, false)), Some(file))
                if indexed.stamp == file && versions == verified.versions =>
            {
                Ok(())
            }
            _ => self.follow(hash, options, report),
        }
    }

    /// Whether a page's row matches its files when both are read again.
    fn is_settled(&mut self, hash: &str) -> Result<bool, CacheError> {
        let row = self.sync.with(&self.store, |index| index.get(hash))?;
        let versions = self.store.versions(hash).map_or(0, |older| older.len() + 1);
        let file = self.store.stamp(hash).map(stamp);
        Ok(match row {
            None => file.is_none(),
            Some(row) => {
                Some(row.stamp) == file
                    && usize::try_from(row.versions) == Ok(versions)
                    && self.sync.is_indexed(&self.store, hash)?
            }
        })
    }

    /// Handles a page that the index has not examined yet.
    fn follow(&mut self, hash: &str, options: &CheckOptions, report: &mut CheckReport) -> Result<(), CacheError> {
        // Another process may have examined it meanwhile.
        if self.is_settled(hash)? {
            return Ok(());
        }
        if options.repair && self.sync.reindex(&self.store, hash)? {
            report.mended.push(format!("{}: the index is up to date again.", self.shown(hash)));
        } else {
            report.unindexed += 1;
        }
        Ok(())
    }

    fn shown(&self, hash: &str) -> String {
        self.store.path(hash).display().to_string()
    }
}

/// Verifies pages on all cores; the results are in the pages' order.
fn verified(verifier: &Verifier<'_>, pages: &[String], rows: &Rows) -> Vec<Result<Verified, StoreError>> {
    let verify = |hash: &String| verifier.page(hash, rows.get(hash).map(|(indexed, ..)| indexed));
    // If verifying a page panicked, it is verified again, and the panic becomes visible.
    parallel::map(pages, 0, verify, verify)
}
