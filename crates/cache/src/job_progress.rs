//! Records the progress of a long job, so that an interrupted job resumes. The record is next to
//! the index. A record that cannot be written or read costs only time.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cachette_folder::Place;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::home::Home;

/// The maximum age of a record. Beyond it, the files have changed too much.
const FRESH: Duration = Duration::from_hours(7 * 24);

/// The record of one kind of job.
pub(crate) struct JobProgress {
    place: Place,
    name: String,
}

/// A longer record is not ours, in bytes. All findings of a large and badly damaged home fit.
const BYTES: u64 = 256 << 20;

impl JobProgress {
    /// The record of the job `name`.
    pub fn of(home: &Home, name: &str) -> JobProgress {
        JobProgress { place: home.index_place().clone(), name: format!("{name}.json") }
    }

    /// Reads the report and position of an interrupted job.
    pub fn read<R: DeserializeOwned, P: DeserializeOwned>(&self) -> Option<(R, P)> {
        let folder = self.place.open_if_there().ok()?;
        let modified = Duration::from_nanos(folder.facts(&self.name).ok()?.modified_ns.try_into().ok()?);
        let age = SystemTime::now().duration_since(UNIX_EPOCH + modified).unwrap_or_default();
        if age > FRESH {
            return None;
        }
        serde_json::from_slice(&folder.read(&self.name, BYTES).ok()?).ok()
    }

    /// Writes the job's report and position.
    pub fn write<R: Serialize, P: Serialize>(&self, report: &R, place: &P) {
        let Ok(bytes) = serde_json::to_vec(&(report, place)) else { return };
        let Ok(folder) = self.place.open() else { return };
        let passing = format!("{}.{}.tmp", self.name, std::process::id());
        let _ = folder.replace(&self.name, &passing, &bytes);
    }

    /// Removes the record of a finished job.
    pub fn remove(&self) {
        let _ = self.place.open_if_there().and_then(|folder| folder.remove_file(&self.name));
    }
}

/// Removes the records of all jobs, because they may name pages that are no longer saved.
pub(crate) fn remove_all(home: &Home) {
    let Ok(folder) = home.index_place().open_if_there() else { return };
    for name in folder.names().unwrap_or_default() {
        let ours = ["check", "repair", "import-"].iter().any(|job| name.starts_with(job));
        if ours && (name.ends_with(".json") || name.ends_with(".tmp")) {
            let _ = folder.remove_file(&name);
        }
    }
}
