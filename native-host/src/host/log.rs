//! Writes the host's log, one bounded file beside the cache. It is for the day when something went
//! wrong; its lines also go to stderr. It is not a history: it names no page by address, site or
//! title, unless the home's settings ask for that (`log: names`). No failure to log ever stops a
//! save.

use std::{
    fs::File,
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

use cachette_cache::{Cache, Home, Presence};
use cachette_folder::{EntryKind, Place};
use jiff::{Timestamp, Unit};

/// The log's name in the home's log folder.
pub const FILE: &str = "host.log";

/// The name of the previous log: one rotation is kept.
const FORMER: &str = "host.log.1";

/// The length at which the log is rotated, in bytes.
const BYTES_MAX: u64 = 512 * 1024;

/// The longest line, in characters. An error may quote a page of any length.
const LINE_CHARS: usize = 400;

/// The log. Its file is opened for the first line, so starting the host writes nothing.
pub struct Log {
    place: Option<Place>,
    limit: u64,
    echo: bool,
    /// Whether the home is there. If it is missing, nothing is created in its place, not even a
    /// log.
    presence: Box<dyn Fn() -> Presence + Send + Sync>,
    open: Mutex<Option<(File, u64)>>,
}

impl Log {
    /// Makes a log in `place`, which is created when needed; without a place, only stderr.
    pub fn new(place: Option<Place>) -> Arc<Log> {
        Arc::new(Log {
            place,
            limit: BYTES_MAX,
            echo: true,
            presence: Box::new(|| Presence::Here),
            open: Mutex::new(None),
        })
    }

    /// Makes the log of a home as long as that exists; otherwise only stderr.
    pub fn of(home: Home) -> Arc<Log> {
        let place = Some(home.log_place().clone());
        let presence = Box::new(move || Cache::presence(&home).unwrap_or(Presence::Here));
        Arc::new(Log { place, limit: BYTES_MAX, echo: true, presence, open: Mutex::new(None) })
    }

    /// Writes one line with the time before it. Line breaks and control characters become spaces.
    pub fn line(&self, text: &str) {
        let clean: String = text.chars().take(LINE_CHARS).map(|c| if c.is_control() { ' ' } else { c }).collect();
        let now = Timestamp::now().round(Unit::Millisecond).unwrap_or(Timestamp::UNIX_EPOCH);
        let line = format!("{now:.3} [{}] {clean}\n", std::process::id());
        // A failure of either output has nowhere to be reported.
        if self.echo {
            let _ = io::stderr().write_all(line.as_bytes());
        }
        let _ = self.append(line.as_bytes());
    }

    /// From now on, a panic logs its place in the source here, and prints nothing on stdout. Its
    /// message is logged only if it is a constant of the program, because a composed one may quote
    /// a page.
    pub fn catch_panics(self: &Arc<Log>) {
        let log = Arc::clone(self);
        std::panic::set_hook(Box::new(move |info| {
            let place = info.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
            let text = info.payload().downcast_ref::<&str>().copied().unwrap_or("(its text may quote a page)");
            log.line(&format!("panic at {place}: {text}"));
        }));
    }

    fn append(&self, line: &[u8]) -> io::Result<()> {
        let Some(place) = &self.place else { return Ok(()) };
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.as_ref().is_some_and(|(_, bytes)| *bytes > self.limit) || is_taken_away(place) {
            *open = None;
        }
        if open.is_none() {
            let folder = match (self.presence)() {
                Presence::Gone => return Ok(()),
                // An error before the first save can be logged nowhere else.
                Presence::New => place.made_with_base().open()?,
                Presence::Here | Presence::Another => place.open()?,
            };
            // Another host may rotate at the same moment; the second one finds a short file and
            // leaves it.
            if folder.facts(FILE).is_ok_and(|facts| facts.kind == EntryKind::File && facts.bytes > self.limit) {
                folder.clear(FORMER)?;
                folder.rename(FILE, &folder, FORMER)?;
            }
            // A link or pipe in its place is removed, and so is a hard link to a file elsewhere.
            let file = folder.open_to_append(FILE)?;
            let bytes = file.metadata()?.len();
            *open = Some((file, bytes));
        }
        if let Some((file, bytes)) = open.as_mut() {
            file.write_all(line)?;
            *bytes = bytes.saturating_add(line.len() as u64);
        }
        Ok(())
    }
}

/// Removes both logs in `place`, because they may name pages that a person has removed. Running
/// hosts continue with a new one. A file that cannot be removed stays.
pub fn remove(place: &Place) {
    let Ok(folder) = place.open_if_there() else { return };
    for name in [FILE, FORMER] {
        // A removal by name removes a link itself, not its target.
        let _ = folder.remove_file(name);
    }
}

/// Whether somebody has removed the file since it was opened.
fn is_taken_away(place: &Place) -> bool {
    let facts = place.open_if_there().and_then(|folder| folder.facts(FILE));
    facts.is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn log(folder: &std::path::Path) -> Log {
        Log {
            place: Some(Place::at(folder)),
            limit: 10_000,
            echo: false,
            presence: Box::new(|| Presence::Here),
            open: Mutex::new(None),
        }
    }

    #[test]
    fn a_line_is_one_line_with_its_time() {
        let dir = tempfile::tempdir().unwrap();
        let log = log(&dir.path().join("deep/log"));
        log.line("one\ntwo \u{1b}[31m");
        let text = fs::read_to_string(dir.path().join("deep/log").join(FILE)).unwrap();
        assert_eq!(text.lines().count(), 1);
        assert!(text.ends_with("one two  [31m\n"), "{text}");
        let time = text.split(' ').next().unwrap();
        assert_eq!(time.len(), "2026-11-22T18:24:05.123Z".len());
        assert!(time.parse::<Timestamp>().is_ok());
    }

    #[test]
    fn the_log_stays_bounded_and_keeps_one_former_file() {
        let dir = tempfile::tempdir().unwrap();
        let log = log(dir.path());
        fs::write(dir.path().join(FILE), vec![b'x'; 10_001]).unwrap();
        log.line("after");
        assert_eq!(fs::metadata(dir.path().join(FORMER)).unwrap().len(), 10_001);
        for _ in 0..200 {
            log.line(&"y".repeat(LINE_CHARS));
        }
        let sizes: u64 = [FILE, FORMER].iter().map(|name| fs::metadata(dir.path().join(name)).unwrap().len()).sum();
        assert!(sizes <= 2 * 11_000, "{sizes}");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_panic_leaves_its_place_and_no_word_of_a_page() {
        let dir = tempfile::tempdir().unwrap();
        let log = Arc::new(log(dir.path()));
        let former = std::panic::take_hook();
        log.catch_panics();
        let page = "secret words";
        assert!(std::panic::catch_unwind(|| panic!("a constant")).is_err());
        assert!(std::panic::catch_unwind(|| panic!("composed of {page}")).is_err());
        std::panic::set_hook(former);
        let text = fs::read_to_string(dir.path().join(FILE)).unwrap();
        let places = text.lines().filter(|line| line.contains(&format!("panic at {}:", file!()))).count();
        assert!(places >= 2 && text.contains(": a constant") && !text.contains("secret"), "{text}");
    }

    #[test]
    fn a_log_that_was_removed_is_begun_anew() {
        let dir = tempfile::tempdir().unwrap();
        let log = log(dir.path());
        fs::write(dir.path().join(FORMER), "older").unwrap();
        log.line("before");
        remove(&Place::at(dir.path()));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
        log.line("after");
        let text = fs::read_to_string(dir.path().join(FILE)).unwrap();
        assert!(text.ends_with("after\n") && text.lines().count() == 1, "{text}");
    }

    #[test]
    fn a_folder_that_cannot_be_made_stops_nothing() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("file"), "").unwrap();
        log(&dir.path().join("file/log")).line("lost");
        Log { place: None, ..log(dir.path()) }.line("nowhere");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
