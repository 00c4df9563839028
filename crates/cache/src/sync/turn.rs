//! Gives one process at a time the turn to compare all files in the background. A file beside the
//! index has the lock, and says for the others when a comparison began and whether it has ended.
//! This file compares nothing.

use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::time::{Duration, Instant};

use cachette_folder::Place;

use super::comparison::lately;

/// The file beside the index. Its text is a moment, in milliseconds since 1970, and one of the two
/// words.
const TURN_FILE: &str = "index.sqlite.comparison";
const RUNNING: &str = "running";
const ENDED: &str = "ended";

/// How often a comparison that goes on renews its moment.
const RENEW_EVERY: Duration = Duration::from_secs(10);

/// The last comparison in the background.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Last {
    /// Long ago or never.
    LongAgo,
    /// It is running.
    Running,
    /// It has ended and began not long ago. Whether it succeeded is recorded in the index.
    Ended,
}

/// The turn, until it is dropped.
pub(crate) struct Turn {
    file: File,
    begun_ms: i64,
    renewed: Instant,
}

impl Turn {
    /// Returns the state of the last comparison. Takes no lock and creates nothing.
    pub fn last(place: &Place) -> Last {
        match place.open_if_there().and_then(|folder| folder.open_to_read(TURN_FILE)) {
            // Where locks are mandatory, a file that is there and cannot be read is locked.
            Ok(mut file) => read(&mut file).unwrap_or(Last::Running),
            Err(_) => Last::LongAgo,
        }
    }

    /// Whether a turn could be taken: the folder accepts files.
    pub fn is_possible(place: &Place) -> bool {
        place.open_if_there().and_then(|folder| folder.open_own(TURN_FILE)).is_ok()
    }

    /// Takes the turn; `None` if another process has it, has just had it, or if the folder accepts
    /// no files.
    pub fn take(place: &Place) -> Option<Turn> {
        let mut file = place.open_if_there().and_then(|folder| folder.open_own(TURN_FILE)).ok()?;
        file.try_lock().ok()?;
        // While the lock is held here, nobody else runs: a process that says so was killed.
        if read(&mut file).ok()? == Last::Ended {
            return None;
        }
        let begun_ms = jiff::Timestamp::now().as_millisecond();
        let mut turn = Turn { file, begun_ms, renewed: Instant::now() };
        turn.write(begun_ms, RUNNING).ok()?;
        Some(turn)
    }

    /// Shows the others now and then that the comparison goes on.
    pub fn renew(&mut self) {
        if self.renewed.elapsed() >= RENEW_EVERY {
            self.renewed = Instant::now();
            // Without it, others try in vain to take the turn.
            let _ = self.write(jiff::Timestamp::now().as_millisecond(), RUNNING);
        }
    }

    /// Replaces the text in one write, always of the same length.
    fn write(&mut self, moment_ms: i64, word: &str) -> io::Result<()> {
        self.file.rewind()?;
        self.file.write_all(format!("{moment_ms:020} {word:7}\n").as_bytes())
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let _ = self.write(self.begun_ms, ENDED);
    }
}

fn read(file: &mut File) -> io::Result<Last> {
    let mut text = String::new();
    file.rewind()?;
    match file.take(64).read_to_string(&mut text) {
        Err(error) if error.kind() == io::ErrorKind::InvalidData => return Ok(Last::LongAgo),
        read => read?,
    };
    let mut words = text.split_whitespace();
    let moment = words.next().and_then(|moment| moment.parse().ok());
    Ok(match words.next() {
        _ if !moment.is_some_and(lately) => Last::LongAgo,
        Some(RUNNING) => Last::Running,
        _ => Last::Ended,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time_has_the_turn_and_none_right_after_it() {
        let dir = tempfile::tempdir().unwrap();
        let place = Place::at(dir.path());
        assert_eq!(Turn::last(&place), Last::LongAgo);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "a look creates nothing");
        let turn = Turn::take(&place).unwrap();
        assert_eq!(Turn::last(&place), Last::Running);
        assert!(Turn::take(&place).is_none());
        drop(turn);
        assert_eq!(Turn::last(&place), Last::Ended);
        assert!(Turn::take(&place).is_none());
    }

    #[test]
    fn a_turn_of_long_ago_a_killed_process_or_garbage_prevents_none() {
        let dir = tempfile::tempdir().unwrap();
        let place = Place::at(dir.path());
        let now = jiff::Timestamp::now().as_millisecond();
        let (ago, ahead) = (now - 61_000, now + 3_600_000);
        for (text, expected) in [
            (format!("{ago:020} ended  \n").into_bytes(), Last::LongAgo),
            (format!("{ago:020} running\n").into_bytes(), Last::LongAgo),
            (format!("{ahead:020} ended  \n").into_bytes(), Last::LongAgo),
            (format!("{now:020} running\n").into_bytes(), Last::Running),
            (b"".to_vec(), Last::LongAgo),
            (vec![0xff; 100], Last::LongAgo),
        ] {
            std::fs::write(dir.path().join(TURN_FILE), &text).unwrap();
            assert_eq!(Turn::last(&place), expected, "{text:?}");
            assert!(Turn::take(&place).is_some(), "{text:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn nobody_has_a_turn_where_no_file_can_be_made() {
        let dir = tempfile::tempdir().unwrap();
        let none = Place::inside(&dir.path().join("gone"), ".index");
        assert!(!Turn::is_possible(&none) && Turn::take(&none).is_none());
        assert!(!dir.path().join("gone").exists());
    }
}
