//! Opening the database file, with every setting and its reason.

use std::cell::Cell;
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use cachette_folder::{Folder, Place};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use crate::db::durability::{Durability, Priority};
use crate::db::memory::{KnownWords, SearchMemo};
use crate::db::schema;
use crate::db::seal::Seal;
use crate::error::IndexError;

/// How long a writer waits for another process's transaction. The longest one is a batch of an import.
const BUSY: Duration = Duration::from_secs(10);

/// How often it looks whether that has ended: first as long as a save takes, then as an import does. SQLite's own pauses
/// grow to a tenth of a second, in which others come first again and again: two seconds were measured beside a host that saves.
const PAUSE: Duration = Duration::from_micros(500);
const LONG_PAUSE: Duration = Duration::from_millis(4);
/// How many pauses are short ones.
const SHORT_PAUSES: u32 = 100;

/// SQLite's number of the mode in which a file shrinks when it is told to.
const INCREMENTAL: i64 = 2;

/// How often rolling back is tried while interruptions keep coming.
const ROLLBACKS: u32 = 1000;

/// One connection to the index file. Several, in several processes, may work at once.
pub struct Index {
    pub(crate) connection: Connection,
    /// What writing remembers from one page to the next.
    pub(crate) known_words: KnownWords,
    /// What the connection is set to.
    durability: Cell<Durability>,
    /// What the search at hand has found out already.
    pub(crate) memo: SearchMemo,
    /// The watch over the file; `None` in memory. Goes after the connection.
    pub(crate) seal: Option<Seal>,
}

impl Drop for Index {
    fn drop(&mut self) {
        if let Some(seal) = &self.seal {
            seal.end(&self.connection);
        }
    }
}

/// Stops what an [`Index`] is doing, from another thread: a search that a newer one has superseded.
pub struct InterruptHandle(rusqlite::InterruptHandle);

impl InterruptHandle {
    /// Makes the running call answer [`IndexError::Interrupted`]; without a running call, nothing happens.
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

impl Index {
    /// Opens the index in the file `path`; makes it, and its folder, where there is none. Reads a page or two, however
    /// large the file is.
    ///
    /// # Errors
    /// [`IndexError::Unusable`] where the file is damaged, foreign or of another schema version; else what the disk
    /// says.
    pub fn open(path: &Path) -> Result<Index, IndexError> {
        let name = path.file_name().and_then(|name| name.to_str());
        let name = name.ok_or_else(|| IndexError::Open(io::ErrorKind::InvalidInput.into()))?;
        // A relative name alone has an empty folder above it.
        let above = path.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Index::open_in(&Place::at(above), name)
    }

    /// As [`Index::open`], the file `name` in `place`, below which no link is followed: what is a link, a device, or has another name too,
    /// is taken away, and the index made anew.
    ///
    /// # Errors
    /// As [`Index::open`].
    pub fn open_in(place: &Place, name: &str) -> Result<Index, IndexError> {
        #[cfg(target_os = "linux")]
        crate::db::registration::guard_files()?;
        let folder = place.open().map_err(IndexError::Open)?;
        let path = folder.path_of(name);
        let mut seal = Seal::enter(folder, name)?;
        prepare_file(seal.folder(), name).map_err(IndexError::Open)?;
        // No SQLITE_OPEN_URI: a path is a path, whatever it is called. A connection is used by one thread at a time. SQLite makes no file
        // here: it would follow a link that was put in the folder's place meanwhile.
        let flags =
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
        match Index::prepare(Connection::open_with_flags(path, flags)?) {
            // The disk lets us write, so it is the file that forbids it: a header of a format to come, or damage.
            // (Opened only in this case: closing it again lets go of the locks of this process's other connections.)
            // Where it could not even be opened, for want of descriptors, nothing is known of it.
            Err(IndexError::ReadOnly(error))
                if error.sqlite_error_code() != Some(ErrorCode::CannotOpen) && seal.folder().open_own(name).is_ok() =>
            {
                Err(IndexError::unusable(error.to_string()))
            }
            opened => {
                let mut index = opened?;
                let behind = seal.begin(&index.connection)?;
                index.seal = Some(seal);
                if behind {
                    // What the log held may be lost: whoever searches looks at the files first.
                    index.note_look(0)?;
                }
                Ok(index)
            }
        }
    }

    /// Whether the file that was opened is still the one of its name, and nothing else has written to it. Two looks at a file.
    pub fn is_current(&self) -> bool {
        self.seal.as_ref().is_none_or(Seal::is_current)
    }

    /// Whether what is written here outlasts this process.
    pub fn is_on_disk(&self) -> bool {
        self.seal.is_some()
    }

    /// Opens an index of its own in memory, for tests, dry runs and homes whose index cannot be written.
    ///
    /// # Errors
    /// What SQLite says when memory is short.
    pub fn open_in_memory() -> Result<Index, IndexError> {
        let index = Index::prepare(Connection::open_in_memory()?)?;
        // The disk may be full.
        index.connection.pragma_update(None, "temp_store", "MEMORY")?;
        Ok(index)
    }

    /// A handle to interrupt this connection from another thread.
    pub fn interrupt_handle(&self) -> InterruptHandle {
        InterruptHandle(self.connection.get_interrupt_handle())
    }

    /// Makes several changes as one transaction; on an error, or interrupted, none of them.
    ///
    /// # Errors
    /// Whatever `work` answers, and what the disk says.
    pub(crate) fn write<T>(
        &self,
        durability: Durability,
        priority: Priority,
        work: impl FnOnce(&Connection) -> Result<T, IndexError>,
    ) -> Result<T, IndexError> {
        self.set_durability(durability)?;
        let done = self.transaction(TransactionBehavior::Immediate, work);
        if let Some(seal) = &self.seal {
            seal.after_change(&self.connection, priority);
        }
        done
    }

    /// Makes durable what was done at leisure.
    pub(crate) fn sync_wal(&self) -> Result<(), IndexError> {
        self.seal.as_ref().map_or(Ok(()), Seal::sync_wal).map_err(IndexError::Open)
    }

    /// Asked for before each change rather than put back after it: what puts it back could be interrupted.
    pub(crate) fn set_durability(&self, durability: Durability) -> Result<(), IndexError> {
        if self.durability.get() != durability {
            let synchronous = match durability {
                // Costs 0.25 ms a transaction where the disk is fast.
                Durability::Synced => "FULL",
                Durability::Relaxed => "NORMAL",
            };
            self.connection.pragma_update(None, "synchronous", synchronous)?;
            self.durability.set(durability);
        }
        Ok(())
    }

    /// Does several things as one; on an error, or interrupted, none of them. One that writes must ask for that from
    /// the start ([`TransactionBehavior::Immediate`]): one that has read already cannot wait for another to write.
    pub(crate) fn transaction<T>(
        &self,
        behavior: TransactionBehavior,
        work: impl FnOnce(&Connection) -> Result<T, IndexError>,
    ) -> Result<T, IndexError> {
        let transaction = Transaction::new_unchecked(&self.connection, behavior)?;
        let done = work(&transaction).and_then(|done| Ok(transaction.commit().map(|()| done)?));
        // An interruption can hit the rolling back too. Left open, a transaction would lock out other processes.
        for _ in 0..ROLLBACKS {
            if self.connection.is_autocommit() || self.connection.execute_batch("ROLLBACK").is_ok() {
                break;
            }
        }
        done
    }

    fn prepare(mut connection: Connection) -> Result<Index, IndexError> {
        connection.busy_handler(Some(pause))?;
        connection.set_prepared_statement_cache_capacity(64);
        // The file may have been synced or copied from anywhere: nothing that it holds may act on its own.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
        // The file is written to under the eyes of the seal alone.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        connection.pragma_update(None, "wal_autocheckpoint", 0)?;
        // Damaged cells are noticed when their page is read, not when they are followed.
        connection.pragma_update(None, "cell_size_check", true)?;
        // A mapped file that another program shortens kills the process (SIGBUS); a read answers an error.
        connection.pragma_update(None, "mmap_size", 0)?;
        // What a rebuild leaves empty is given back to the disk (see `settle`). Said again to a file that knows it, this
        // would be written down again: five waits for the disk in a process that only searches.
        if connection.pragma_query_value(None, "auto_vacuum", |row| row.get::<_, i64>(0))? != INCREMENTAL {
            connection.pragma_update(None, "auto_vacuum", INCREMENTAL)?;
        }
        write_ahead(&connection)?;
        // A page that was acknowledged is found after a power cut.
        connection.pragma_update(None, "synchronous", "FULL")?;
        // What is deleted from a page that is written anyway does not stay readable in it; all else is `purging.rs`'s.
        connection.pragma_update(None, "secure_delete", "FAST")?;
        // Gives the disk back what a bulk import made the log grow to.
        connection.pragma_update(None, "journal_size_limit", 16 * 1024 * 1024)?;
        schema::prepare(&mut connection)?;
        if connection.is_readonly("main")? {
            // Any write will do to learn why.
            connection.pragma_update(None, "user_version", schema::VERSION)?;
        }
        Ok(Index {
            connection,
            known_words: KnownWords::default(),
            durability: Cell::new(Durability::Synced),
            memo: SearchMemo::default(),
            seal: None,
        })
    }
}

/// Waits a moment for another process's transaction; answers whether to go on waiting.
pub(crate) fn pause(pauses: i32) -> bool {
    let pauses = pauses.unsigned_abs();
    std::thread::sleep(if pauses < SHORT_PAUSES { PAUSE } else { LONG_PAUSE });
    LONG_PAUSE * pauses < BUSY
}

/// Readers do not wait for writers, nor writers for readers. Turning it on needs the file alone for a moment, and
/// SQLite does not always wait for that itself when several processes open a new file at once.
fn write_ahead(connection: &Connection) -> Result<(), IndexError> {
    let start = Instant::now();
    loop {
        let mode = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0));
        match mode {
            Ok(_) => return Ok(()),
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && start.elapsed() < BUSY => {
                std::thread::sleep(Duration::from_millis(5));
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// Makes an empty file that only its owner can read: the index holds the text of private pages.
fn prepare_file(folder: &Folder, name: &str) -> io::Result<()> {
    match folder.create(name) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
