//! How far a long job has come, noted beside the index: one that is cut off, by whatever, is gone on with. A note that cannot be written or
//! read costs time, nothing else.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::home::Home;

/// An older note is of files that have changed too much since.
const FRESH: Duration = Duration::from_hours(7 * 24);

/// Where one kind of job notes how far it has come.
pub(crate) struct Note {
    file: PathBuf,
}

impl Note {
    /// That of the job `name`.
    pub fn of(home: &Home, name: &str) -> Note {
        Note { file: home.index_file().with_file_name(format!("{name}.json")) }
    }

    /// What the job had found until it was cut off, and how far it had come.
    pub fn read<R: DeserializeOwned, P: DeserializeOwned>(&self) -> Option<(R, P)> {
        let age = fs::metadata(&self.file).ok()?.modified().ok()?.elapsed().unwrap_or_default();
        if age > FRESH {
            return None;
        }
        serde_json::from_slice(&fs::read(&self.file).ok()?).ok()
    }

    /// Notes how far the job has come.
    pub fn write<R: Serialize, P: Serialize>(&self, report: &R, place: &P) {
        let Ok(bytes) = serde_json::to_vec(&(report, place)) else { return };
        let passing = self.file.with_extension(format!("{}.tmp", std::process::id()));
        if fs::write(&passing, bytes).and_then(|()| fs::rename(&passing, &self.file)).is_err() {
            let _ = fs::remove_file(&passing);
        }
    }

    /// The job has come to its end.
    pub fn remove(&self) {
        let _ = fs::remove_file(&self.file);
    }
}

/// Forgets how far all jobs had come: a note may name pages that are no longer saved.
pub(crate) fn remove_all(home: &Home) {
    let Some(folder) = home.index_file().parent() else { return };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let ours = ["check", "repair", "import-"].iter().any(|job| name.starts_with(job));
        if ours && (name.ends_with(".json") || name.ends_with(".tmp")) {
            let _ = fs::remove_file(entry.path());
        }
    }
}
