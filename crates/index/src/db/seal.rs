//! Whether the database file is as its last writer left it. SQLite keeps no checksum of its pages: a letter that rots in a word is a word.
//! So a note beside the file (`-seal`) says what the file system tells of it since it was last written to; whatever else changes a byte, be
//! it a failing program, an old copy or a cut, leaves other marks, and the index is made anew. Costs two looks at a file, no reading.
//! All writing to the file goes through here: it is written only when the log (`-wal`) is carried over, and the log has checksums of its own.
//! Does not see what changes below the file system, without a trace in the file's times.

mod note;

use std::fs::{self, File, TryLockError};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read};
use std::path::Path;
use std::time::{Duration, Instant};

use cachette_folder::{Folder, Kind};
use rusqlite::Connection;

use crate::db::durability::Priority;
use crate::db::seal::note::{FileStat, Note, write};
use crate::error::IndexError;

/// How long one waits for another process that opens, closes or carries over.
const PATIENCE: Duration = Duration::from_secs(10);
/// The log is carried over when it has grown so long: SQLite's own measure.
const LONG_WAL: u64 = 4 << 20;
/// The same after a change that somebody waits for: carrying over waits for the disk several times.
const TOO_LONG_WAL: u64 = 16 << 20;
/// What a frame takes of the log: a page and its head.
const FRAME: u64 = 4096 + 24;

/// Which file a name stands for, as long as it exists.
type Identity = Option<(u64, u64)>;

/// The watch over one database file, for as long as a connection to it is open.
pub(crate) struct Seal {
    folder: Folder,
    name: String,
    /// Held together with all others who have the file open.
    users: Option<File>,
    /// Held alone by whoever makes a new file, until that is sealed.
    making: Option<File>,
    identity: Identity,
    /// The first to open the file finds a log that was not carried over: whoever had it open was killed, or somebody took the log away.
    behind: bool,
}

impl Drop for Seal {
    fn drop(&mut self) {
        // Closing the file would not do, where a child of this process that is just being started has inherited it.
        if let Some(users) = &self.users {
            let _ = users.unlock();
        }
    }
}

impl Seal {
    /// Looks at the file `name` in `folder` before it is opened.
    ///
    /// # Errors
    /// [`IndexError::Unusable`] where anything else than this program has changed the file.
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
                // A log without its file says nothing; SQLite would take it for the file's.
                for ending in ["-wal", "-shm"] {
                    let _ = seal.folder.remove_file(&beside(name, ending));
                }
                seal.making = note;
                return Ok(seal);
            }
            // Somebody may have been carrying over the log while it was looked at.
            if !seal.is_whole() {
                return Err(IndexError::unusable("its file was changed by something else than this program"));
            }
        }
        seal.behind = first && seal.wal_bytes() != Some(0);
        Ok(seal)
    }

    /// The folder of the file.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Takes up what was found on entering, with the file open. Answers whether the index may be behind what was told to others.
    ///
    /// # Errors
    /// [`IndexError::Unusable`] where the log that the file needs is gone.
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

    /// Whether the open file is still the one of that name, as its last writer left it.
    pub fn is_current(&self) -> bool {
        if self.identity() != self.identity {
            return false;
        }
        self.is_whole() || {
            let _note = self.lock_note();
            self.is_whole()
        }
    }

    /// Carries the log over where it has grown long; `hurry` tells that somebody waits. What fails is tried again after the
    /// next change. The log's file stays as long as it once was: what counts is how much of it is in use.
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

    /// Carries the log over, as far as readers of what was before let it.
    ///
    /// # Errors
    /// What the disk says.
    pub fn shorten_wal(&self, connection: &Connection) -> Result<(), IndexError> {
        self.lock_note().map_or(Ok(()), |mut note| self.checkpoint(connection, &mut note).map(drop))
    }

    /// Carries all of the log over and leaves nothing in it. Waits, as the connection does, for who reads what was before;
    /// answers whether they ended.
    ///
    /// # Errors
    /// What the disk says.
    pub fn truncate_wal(&self, connection: &Connection) -> Result<bool, IndexError> {
        let Some(mut note) = self.lock_note() else { return Ok(false) };
        self.checkpoint(connection, &mut note)?;
        if self.identity() != self.identity {
            return Ok(false);
        }
        // Others may have written to the log since: that is carried over here, and then no log is needed.
        write(&mut note, Note::Under { salt: 0, frames: 0 }).map_err(IndexError::Open)?;
        let held = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0))?;
        if held != 0 {
            self.checkpoint(connection, &mut note)?;
            return Ok(false);
        }
        self.seal_whole(&mut note)?;
        Ok(true)
    }

    /// The last to close the file leaves an empty log.
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

    /// Carries over what stands in the log and notes what the file then looks like. Answers whether all of it could be.
    fn checkpoint(&self, connection: &Connection, note: &mut File) -> Result<bool, IndexError> {
        if self.identity() != self.identity {
            // Moved away by another process: what is under the name is not ours to vouch for.
            return Ok(false);
        }
        let frames = frames_in_wal(connection)?;
        // Some of them did not wait for the disk: what the note counts on must be there after a power cut.
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

    /// Notes that the file holds all that it should.
    fn seal_whole(&self, note: &mut File) -> Result<(), IndexError> {
        // Gives the file a time that no clock will give it again: another program may write within the same tick of the clock. By its
        // name: opening and closing the file here would let go of SQLite's locks on it.
        let nanoseconds = u32::try_from(RandomState::new().hash_one(0) % 1_000_000_000).unwrap_or(0);
        let _ = self.folder.set_nanoseconds(&self.name, nanoseconds);
        let stat = self.file_stat().map_err(IndexError::Open)?;
        // Durable, for the log goes next. The file itself is: SQLite has seen to that.
        write(note, Note::Whole(stat)).and_then(|()| note.sync_data()).map_err(IndexError::Open)
    }

    /// The note, held alone; `None` where it cannot be had.
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

    /// By the path: SQLite goes by it, and the folder may have been moved away since it was opened.
    fn identity(&self) -> Identity {
        identity(&self.folder.path_of(&self.name))
    }

    fn wal_bytes(&self) -> Option<u64> {
        let facts = self.folder.facts(&beside(&self.name, "-wal")).ok()?;
        (facts.kind == Kind::File).then_some(facts.bytes)
    }

    pub fn sync_wal(&self) -> io::Result<()> {
        match self.folder.open_to_sync(&beside(&self.name, "-wal")) {
            Ok(log) => log.sync_data(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// By which SQLite tells the frames of this log from those of logs before it.
    fn salt(&self) -> Option<u64> {
        let mut header = [0; 24];
        self.folder.open_to_read(&beside(&self.name, "-wal")).ok()?.read_exact(&mut header).ok()?;
        header.last_chunk::<8>().map(|salt| u64::from_be_bytes(*salt))
    }
}

/// Takes away what would lead out of the folder: a link, a device, a second name of a file elsewhere. With it goes the index, whose files
/// are nothing without each other; it is made anew.
fn clear(folder: &Folder, name: &str) -> io::Result<()> {
    // Without its seal, the index is made anew anyway.
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

/// How many frames stand in the log, by SQLite's own count.
fn frames_in_wal(connection: &Connection) -> Result<i64, IndexError> {
    Ok(connection.query_row("PRAGMA wal_checkpoint(NOOP)", [], |row| row.get(1))?)
}

fn beside(name: &str, ending: &str) -> String {
    format!("{name}{ending}")
}

/// Opens a file to hold on to; for reading alone where more is not allowed.
fn open(folder: &Folder, name: &str) -> Option<File> {
    folder.open_own(name).or_else(|_| folder.open_to_read(name)).ok()
}

/// Tries until it is done, or cannot be. Where a file system knows no locks, nobody is waited for.
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
    // An open database cannot be moved away there.
    fs::symlink_metadata(path).ok().map(|_| (0, 0))
}

/// Seals a file as it stands, whoever made it: for tests of what a hostile file could do.
#[cfg(test)]
pub(crate) fn vouch(path: &Path) {
    let status =
        Folder::open(path.parent().unwrap()).unwrap().status(path.file_name().unwrap().to_str().unwrap()).unwrap();
    let stat = FileStat { bytes: status.bytes, modified_ns: status.modified_ns, changed_ns: status.changed_ns };
    fs::write(format!("{}-seal", path.display()), note::written(Note::Whole(stat))).unwrap();
}

#[cfg(test)]
mod tests;
