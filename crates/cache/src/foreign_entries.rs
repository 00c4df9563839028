//! Finds foreign entries beside the pages, the index and the log. They are links, pipes, and second
//! names of files elsewhere. It reports them and changes nothing.

use cachette_folder::{EntryKind, Folder, Place, is_in_the_way};
use cachette_store::{Discrepancy, Store};

use crate::error::CacheError;
use crate::home::{Home, INDEX_FILE};
use crate::report::{CheckReport, Finding};

/// The name of the log's files.
const LOG_FILE: &str = "host.log";

/// The entries that were found before the index was opened, which removes some of them.
pub(crate) struct ForeignEntries {
    home: Vec<Discrepancy>,
    index: Vec<Finding>,
    log: Vec<Finding>,
    /// Whether something else occupies the place of the folder of all pages.
    pub has_no_pages: bool,
}

impl ForeignEntries {
    /// Examines a home, and the folders of its index and its log.
    pub fn at(home: &Home, store: &Store) -> Result<ForeignEntries, CacheError> {
        let found = store.verify_surroundings()?;
        let pages = store.dir().join("pages");
        Ok(ForeignEntries {
            has_no_pages: found.iter().any(|finding| finding.path == pages),
            home: found,
            index: below(home.index_place(), INDEX_FILE),
            log: below(home.log_place(), LOG_FILE),
        })
    }

    /// Adds the entries to a report.
    pub fn add_to(self, report: &mut CheckReport) {
        self.home.into_iter().for_each(|finding| report.file(finding));
        report.index.extend(self.index);
        report.orphaned.extend(self.log);
    }
}

fn below(place: &Place, own: &str) -> Vec<Finding> {
    let trouble = |path, what: &str| Finding { path, what: what.to_owned() };
    match place.open_if_there() {
        Ok(folder) => {
            let names = folder.names().unwrap_or_default();
            let strange = |name: &String| Some(trouble(folder.path_of(name), what_is_strange(&folder, name, own)?));
            names.iter().filter_map(strange).collect()
        }
        Err(error) if is_in_the_way(&error) => {
            vec![trouble(place.path(), "is a link or no folder; nothing is read or written through it.")]
        }
        Err(_) => Vec::new(),
    }
}

fn what_is_strange(folder: &Folder, name: &str, own: &str) -> Option<&'static str> {
    let status = folder.status(name).ok()?;
    match status.kind {
        EntryKind::Other => {
            Some("is a link or no plain file; it is not followed, and is removed when a file is needed there.")
        }
        // The progress of jobs is recorded next to the index.
        EntryKind::Folder if (name.starts_with(own) || name.ends_with(".json")) && !name.ends_with(".aside") => {
            Some("is a folder where a file should be; it goes aside when the file is needed.")
        }
        EntryKind::File if status.names > 1 => {
            Some("has another name elsewhere; it is not written to, and is removed when a file is needed there.")
        }
        EntryKind::File | EntryKind::Folder => None,
    }
}
