//! Verifies the files of a home that are not pages. Files must be plain and of a bounded length,
//! and folders must not be links. It reports faults and changes nothing.

use crate::error::{StoreError, size};
use crate::folder::{EntryKind, Folder};
use crate::layout::{
    ASSETS, FORMAT, FORMAT_BYTES, LOCKS, PAGES, SETTINGS, SETTINGS_BYTES, TRASH, UNSETTLED, WORK, is_temp_name,
};
use crate::read::store::Store;
use crate::verify::discrepancy::{Discrepancy, Verdict};

impl Store {
    /// Verifies everything in the home that this program creates and that is not a page.
    ///
    /// # Errors
    /// An error of the disk. Damaged files are an answer, not an error.
    pub fn verify_surroundings(&self) -> Result<Vec<Discrepancy>, StoreError> {
        let mut findings = Vec::new();
        let Some(root) = self.root()? else { return Ok(findings) };
        for (name, limit) in [(FORMAT, FORMAT_BYTES), (SETTINGS, SETTINGS_BYTES)] {
            let what = match root.facts(name)? {
                Some(facts) if facts.kind != EntryKind::File => {
                    "is a link or no plain file; it is not read.".to_owned()
                }
                Some(facts) if facts.bytes > limit => format!("is longer than {} and is not read.", size(limit)),
                _ => continue,
            };
            findings.push(Discrepancy { verdict: Verdict::Damaged, path: root.path_of(name), what });
        }
        let mut look = |folder: &Folder, name: &str| match folder.facts(name) {
            Ok(Some(facts)) if facts.kind != EntryKind::Folder => {
                let what = "is a link or no folder; nothing is read or written through it.".to_owned();
                findings.push(Discrepancy { verdict: Verdict::Damaged, path: folder.path_of(name), what });
                Ok(None)
            }
            Ok(Some(_)) => folder.child(name),
            facts => facts.map(|_| None),
        };
        look(&root, PAGES)?;
        for (name, below) in [(WORK, vec![LOCKS.to_owned(), UNSETTLED.to_owned()]), (ASSETS, vec![]), (TRASH, vec![])] {
            let Some(folder) = look(&root, name)? else { continue };
            let below = if below.is_empty() { folder.names()? } else { below };
            for name in below.iter().filter(|name| !is_temp_name(name) && !name.starts_with('.')) {
                look(&folder, name)?;
            }
        }
        let work = root.child(WORK).ok().flatten();
        for below in [LOCKS, UNSETTLED].iter().filter_map(|name| work.as_ref()?.child(name).ok()?) {
            for name in below.names()? {
                if below.facts(&name)?.is_some_and(|facts| facts.kind != EntryKind::File) {
                    let what =
                        "is a link or no plain file; it is not followed, and is removed when a file is needed there.";
                    let path = below.path_of(&name);
                    findings.push(Discrepancy { verdict: Verdict::Damaged, path, what: what.to_owned() });
                }
            }
        }
        findings.extend(self.verify_interrupted_moves()?);
        Ok(findings)
    }
}
