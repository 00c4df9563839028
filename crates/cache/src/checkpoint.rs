//! How far a check has come, noted beside the index: one that is cut off, by whatever, is gone on with. A note that cannot be written or read
//! costs time, nothing else.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::check::{CheckOptions, CheckReport};
use crate::home::Home;

/// An older note is of files that have changed too much since.
const FRESH: Duration = Duration::from_hours(7 * 24);

/// Where one kind of check notes how far it has come.
pub(crate) struct Checkpoint {
    file: PathBuf,
}

#[derive(Serialize, Deserialize)]
struct Note {
    /// The last page that was looked at; pages are looked at in the order of their hashes.
    after: String,
    /// What was found until then.
    report: CheckReport,
}

impl Checkpoint {
    /// That of checks with these options.
    pub fn of(home: &Home, options: &CheckOptions) -> Checkpoint {
        let kind = match (options.read_data, options.repair) {
            (false, false) => "check",
            (true, false) => "check-data",
            (false, true) => "repair",
            (true, true) => "repair-data",
        };
        Checkpoint { file: home.index_file().with_file_name(format!("{kind}.json")) }
    }

    /// What was found until the check was cut off, and the last page it looked at.
    pub fn read(&self) -> Option<(CheckReport, String)> {
        let age = fs::metadata(&self.file).ok()?.modified().ok()?.elapsed().unwrap_or_default();
        if age > FRESH {
            return None;
        }
        let note: Note = serde_json::from_slice(&fs::read(&self.file).ok()?).ok()?;
        Some((note.report, note.after))
    }

    /// Notes how far the check has come.
    pub fn write(&self, report: &CheckReport, after: &str) {
        let note = Note { after: after.to_owned(), report: report.clone() };
        let Ok(bytes) = serde_json::to_vec(&note) else { return };
        let passing = self.file.with_extension(format!("{}.tmp", std::process::id()));
        if fs::write(&passing, bytes).and_then(|()| fs::rename(&passing, &self.file)).is_err() {
            let _ = fs::remove_file(&passing);
        }
    }

    /// The check has come to its end.
    pub fn remove(&self) {
        let _ = fs::remove_file(&self.file);
    }
}
