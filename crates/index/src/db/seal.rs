//! Detects whether anything but this program has changed the database file.
//!
//! SQLite keeps no checksum of its pages, so damage to a letter of a word just makes another word.
//! A note next to the file, the seal (`-seal`), therefore records the file's size and times after
//! the last write. Any other change of the file (by a failing program, an old copy, a truncation)
//! also changes its size or times, and the index is then rebuilt. The check reads only the states
//! of two files, not their content. Every write to the file goes through here, because the file is
//! written only at a checkpoint; the log (`-wal`) has checksums of its own. Changes below the file
//! system that leave no trace in the file's times are not noticed.
//!
//! More than 300 lines: the order of its locks is best read in one piece.

mod note;

use std::fs::{self, File, TryLockError};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read};
use std::path::Path;
use std::time::{Duration, Instant};

use cachette_folder::{EntryKind, Folder};
use rusqlite::Connection;

use crate::db::durability::Priority;
use crate::db::seal::note::{FileStat, Note, write};
use crate::error::IndexError;

/// How long to wait for another process that opens, closes or checkpoints.
const PATIENCE: Duration = Duration::from_secs(10);
/// The length from which the log is checkpointed, which is SQLite's own choice.
const LONG_WAL: u64 = 4 << 20;
/// The same after a change that somebody waits for. A checkpoint waits for the disk several times.
const TOO_LONG_WAL: u64 = 16 << 20;
/// The bytes of a frame in the log: a page and its header.
const FRAME: u64 = 4096 + 24;

/// The identity of a file, which its name alone does not prove.
type Identity = Option<(u64, u64)>;

/// The guard of one database file, for as long as a connection to it is open.
pub(crate) struct Seal {
    folder: Folder,
    name: String,
    /// Locked in shared mode, like all others that have the file open.
    users: Option<File>,
    /// Locked exclusively by the process that creates the file, until the file is sealed.
    making: Option<File>,
    identity: Identity,
    /// Whether this process is the first to open the file and finds an unfinished log. Its last
    /// user was killed, or somebody took the log away.
    behind: bool,
}

impl Drop for Seal {
    fn drop(&mut self) {
        // Closing the file would not release the lock if a child process, just being started, has
        // inherited it.
        if let Some(users) = &self.users {
            let _ = users.unlock();
        }
    }
}

impl Seal {
    /// Checks the file `name` in `folder` before it is opened.
    ///
    /// # Errors
    /// [`IndexError::Unusable`] if anything but this program has changed the file.
    pub fn enter(folder: Folder, name: &str) -> Result<Seal, IndexError> {
        clear(&folder, name).map_err(IndexError::Open)?;
        let users = open(&folder, &beside(name, "-users"));
        let first = users.as_ref().is_some_and(|users| users.try_lock().is_ok());
        if let Some(users) = users.as_ref().filter(|_| !first) {
            wait(|| users.try_lock_shared());
        }
        let mut seal = Seal { folder, name: name.to_owned(), users, making: None, identity: None, behind: false };
        if seal.is_absent() || !seal.is_whole() {
            let note = seal.lock_note();
            if seal.is_absent() {
                // A log without its file means nothing, but SQLite would assign it to the new file.
                for ending in ["-wal", "-shm"] {
                    let _ = seal.folder.remove_file(&beside(name, ending));
                }
                seal.making = note;
                return Ok(seal);
            }
            // Another process may have been at a checkpoint during the check.
            if !seal.is_whole() {
                return Err(IndexError::unusable("something other than this program has changed its file"));
            }
        }
        seal.behind = first && seal.wal_bytes() != Some(0);
        Ok(seal)
    }

    /// The folder of the file.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Seals a new file, or checkpoints an unfinished log, once the file is open. Returns whether
    /// the index may lack acknowledged changes.
    ///
    /// # Errors
    /// [`IndexError::Unusable`] if the log that the file needs is missing.
    pub fn begin(&mut self, connection: &Connection) -> Result<bool, IndexError> {
        self.identity = self.identity();
        if connection.is_readonly("main")? {
            self.making = None;
            self.behind = false;
            return Ok(false);
        }
        if let Some(mut note) = self.making.take() {
            self.checkpoint(connection, &mut note)?;
        }
        if self.behind {
            if let Some(Note::Under { salt, frames }) = self.read_note()
                && (frames > frames_in_wal(connection)? || (frames > 0 && self.salt() != Some(salt)))
            {
                return Err(IndexError::unusable("a part of its log is gone"));
            }
            if let Some(mut note) = self.lock_note() {
                self.checkpoint(connection, &mut note)?;
            }
        }
        if let Some(users) = &self.users {
            let _ = users.unlock();
            wait(|| users.try_lock_shared());
        }
        Ok(self.behind)
    }

    /// Whether the open file still has its name and is as its last writer left it.
    pub fn is_current(&self) -> bool {
        if self.identity() != self.identity {
            return false;
        }
        self.is_whole() || {
            let _note = self.lock_note();
            self.is_whole()
        }
    }

    /// Checkpoints a log that has grown long; later if somebody waits. A failure is retried after
    /// the next change. The log's file keeps its length, so the part in use counts.
    pub fn after_change(&self, connection: &Connection, priority: Priority) {
        let long = match priority {
            Priority::Interactive => TOO_LONG_WAL,
            Priority::Background => LONG_WAL,
        };
        let in_use = || frames_in_wal(connection).ok().and_then(|frames| u64::try_from(frames).ok());
        if self.wal_bytes().is_some_and(|bytes| bytes > long)
            && in_use().is_none_or(|frames| frames * FRAME > long)
            && let Some(mut note) = self.lock_note()
        {
            let _ = self.checkpoint(connection, &mut note);
        }
    }

    /// Checkpoints the log, as far as readers of the previous state permit.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn shorten_wal(&self, connection: &Connection) -> Result<(), IndexError> {
        self.lock_note().map_or(Ok(()), |mut note| self.checkpoint(connection, &mut note).map(drop))
    }

    /// Checkpoints the whole log and empties it. Waits for readers of the previous state as long as
    /// the connection does, and returns whether they ended.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn truncate_wal(&self, connection: &Connection) -> Result<bool, IndexError> {
        let Some(mut note) = self.lock_note() else { return Ok(false) };
        self.checkpoint(connection, &mut note)?;
        if self.identity() != self.identity {
            return Ok(false);
        }
        // Others may have written to the log since. Their frames are checkpointed here, and then no
        // log is needed.
        write(&mut note, Note::Under { salt: 0, frames: 0 }).map_err(IndexError::Open)?;
        let held = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0))?;
        if held != 0 {
            self.checkpoint(connection, &mut note)?;
            return Ok(false);
        }
        self.seal_whole(&mut note)?;
        Ok(true)
    }

    /// Empties the log if nobody else has the file open.
    pub fn end(&self, connection: &Connection) {
        let Some(users) = &self.users else { return };
        let _ = users.unlock();
        let ours = self.identity() == self.identity && self.identity.is_some();
        if !ours || users.try_lock().is_err() || matches!(self.wal_bytes(), None | Some(0)) {
            return;
        }
        let Some(mut note) = self.lock_note() else { return };
        if self.checkpoint(connection, &mut note).is_ok_and(|whole| whole) {
            let _ = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        }
    }

    /// Checkpoints the log and records the file's new state. Returns whether the whole log was
    /// written.
    fn checkpoint(&self, connection: &Connection, note: &mut File) -> Result<bool, IndexError> {
        if self.identity() != self.identity {
            // Another process has moved the file away, so this process cannot vouch for the file
            // that now has the name.
            return Ok(false);
        }
        let frames = frames_in_wal(connection)?;
        // Some frames have not reached the disk yet. Those that the note relies on must survive a
        // power cut.
        self.sync_wal().map_err(IndexError::Open)?;
        write(note, Note::Under { salt: self.salt().unwrap_or(0), frames }).map_err(IndexError::Open)?;
        let (log, done) = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| {
            Ok((row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
        })?;
        if log != done {
            write(note, Note::Under { salt: self.salt().unwrap_or(0), frames: log }).map_err(IndexError::Open)?;
            return Ok(false);
        }
        self.seal_whole(note)?;
        Ok(true)
    }

    /// Records that the file is complete.
    fn seal_whole(&self, note: &mut File) -> Result<(), IndexError> {
        // Gives the file a time that no clock repeats. Another program may write within the same
        // tick of the clock. The time is set by path: opening and closing the file here would
        // release SQLite's locks on it.
        let nanoseconds = u32::try_from(RandomState::new().hash_one(0) % 1_000_000_000).unwrap_or(0);
        let _ = self.folder.set_nanoseconds(&self.name, nanoseconds);
        let stat = self.file_stat().map_err(IndexError::Open)?;
        // The note must be durable, because the log is reset next. The file is durable already:
        // SQLite has synced it.
        write(note, Note::Whole(stat)).and_then(|()| note.sync_data()).map_err(IndexError::Open)
    }

    /// Opens and locks the note; `None` if that is impossible.
    fn lock_note(&self) -> Option<File> {
        let note = open(&self.folder, &beside(&self.name, "-seal"))?;
        wait(|| note.try_lock());
        Some(note)
    }

    fn read_note(&self) -> Option<Note> {
        let mut text = String::new();
        self.folder.open_to_read(&beside(&self.name, "-seal")).ok()?.take(1000).read_to_string(&mut text).ok()?;
        note::read(&text)
    }

    fn is_whole(&self) -> bool {
        match self.read_note() {
            Some(Note::Whole(noted)) => self.file_stat().is_ok_and(|found| found == noted),
            Some(Note::Under { .. }) => true,
            None => false,
        }
    }

    fn is_absent(&self) -> bool {
        let facts = self.folder.facts(&self.name);
        facts.map_or_else(|error| error.kind() == io::ErrorKind::NotFound, |facts| facts.bytes == 0)
    }

    fn file_stat(&self) -> io::Result<FileStat> {
        let status = self.folder.status(&self.name)?;
        Ok(FileStat { bytes: status.bytes, modified_ns: status.modified_ns, changed_ns: status.changed_ns })
    }

    /// Identifies the file by its path, as SQLite does. The folder may have been moved away since
    /// it was opened.
    fn identity(&self) -> Identity {
        identity(&self.folder.path_of(&self.name))
    }

    fn wal_bytes(&self) -> Option<u64> {
        let facts = self.folder.facts(&beside(&self.name, "-wal")).ok()?;
        (facts.kind == EntryKind::File).then_some(facts.bytes)
    }

    /// Syncs the log, if there is one.
    pub fn sync_wal(&self) -> io::Result<()> {
        match self.folder.open_to_sync(&beside(&self.name, "-wal")) {
            Ok(log) => log.sync_data(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// The number by which SQLite distinguishes the frames of this log from those of earlier ones.
    fn salt(&self) -> Option<u64> {
        let mut header = [0; 24];
        self.folder.open_to_read(&beside(&self.name, "-wal")).ok()?.read_exact(&mut header).ok()?;
        header.last_chunk::<8>().map(|salt| u64::from_be_bytes(*salt))
    }
}

/// Removes links, devices, and files with a second name elsewhere. The rest of the index goes too,
/// because its files are useless without each other; it is rebuilt.
fn clear(folder: &Folder, name: &str) -> io::Result<()> {
    // Without its seal, the index is rebuilt anyway.
    for ending in ["-seal", "-users"] {
        folder.clear(&beside(name, ending))?;
    }
    let mut cleared = false;
    for ending in ["", "-wal", "-shm", "-journal"] {
        cleared |= folder.clear(&beside(name, ending))?;
    }
    if !cleared {
        return Ok(());
    }
    match folder.remove_file(name) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Counts the frames in the log, by SQLite's own count.
fn frames_in_wal(connection: &Connection) -> Result<i64, IndexError> {
    Ok(connection.query_row("PRAGMA wal_checkpoint(NOOP)", [], |row| row.get(1))?)
}

fn beside(name: &str, ending: &str) -> String {
    format!("{name}{ending}")
}

/// Opens a file to keep it open. It is opened read-only if writing is not allowed.
fn open(folder: &Folder, name: &str) -> Option<File> {
    folder.open_own(name).or_else(|_| folder.open_to_read(name)).ok()
}

/// Tries until the lock is taken or turns out to be impossible. Does not wait on a file system
/// without locks.
fn wait(mut take: impl FnMut() -> Result<(), TryLockError>) {
    let begun = Instant::now();
    while let Err(TryLockError::WouldBlock) = take() {
        if begun.elapsed() > PATIENCE {
            return;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> Identity {
    use std::os::unix::fs::MetadataExt;
    fs::symlink_metadata(path).ok().map(|facts| (facts.dev(), facts.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Identity {
    // An open database cannot be moved away on such systems.
    fs::symlink_metadata(path).ok().map(|_| (0, 0))
}

/// Seals any file as it is. For tests with hostile files.
#[cfg(test)]
pub(crate) fn vouch(path: &Path) {
    let status =
        Folder::open(path.parent().unwrap()).unwrap().status(path.file_name().unwrap().to_str().unwrap()).unwrap();
    let stat = FileStat { bytes: status.bytes, modified_ns: status.modified_ns, changed_ns: status.changed_ns };
    fs::write(format!("{}-seal", path.display()), note::written(Note::Whole(stat))).unwrap();
}

#[cfg(test)]
mod tests;
