//! Connects to the database file: opens it with every setting and runs transactions. `search` and
//! `write` decide what is read and written.

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

/// How long a writer waits for another process's transaction. The longest transaction is a batch of
/// an import.
const BUSY: Duration = Duration::from_secs(10);

/// How often a waiting writer tries again. It tries first after the time that a save takes, then
/// after the time that an import does. SQLite's own pauses grow to a tenth of a second, during
/// which other writers come first again and again: a wait of two seconds was measured beside a host
/// that saves.
const PAUSE: Duration = Duration::from_micros(500);
const LONG_PAUSE: Duration = Duration::from_millis(4);
/// How many of the pauses are short.
const SHORT_PAUSES: u32 = 100;

/// SQLite's number for the mode in which a file can shrink on demand.
const INCREMENTAL: i64 = 2;

/// How often a rollback is tried if interruptions keep coming.
const ROLLBACKS: u32 = 1000;

/// One connection to the index file. Several connections, in several processes, may work at once.
pub struct Index {
    pub(crate) connection: Connection,
    /// The words that this connection has written, remembered from one page to the next.
    pub(crate) known_words: KnownWords,
    /// The durability that the connection is set to.
    durability: Cell<Durability>,
    /// The counts that the current search has made already.
    pub(crate) memo: SearchMemo,
    /// The guard over the file; `None` in memory. It is dropped after the connection.
    pub(crate) seal: Option<Seal>,
}

impl Drop for Index {
    fn drop(&mut self) {
        if let Some(seal) = &self.seal {
            seal.end(&self.connection);
        }
    }
}

/// Stops the work of an [`Index`] from another thread. A newer search stops the one that it
/// supersedes.
pub struct InterruptHandle(rusqlite::InterruptHandle);

impl InterruptHandle {
    /// Makes the running call return [`IndexError::Interrupted`]. Without a running call, nothing
    /// happens.
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

impl Index {
    /// Opens the index in the file `path`; creates missing files and folders. Reads a page or two,
    /// however large the file is.
    ///
    /// # Errors
    /// [`IndexError::Unusable`] if the file is damaged, foreign or of another schema version;
    /// otherwise an error of the disk.
    pub fn open(path: &Path) -> Result<Index, IndexError> {
        let name = path.file_name().and_then(|name| name.to_str());
        let name = name.ok_or_else(|| IndexError::Open(io::ErrorKind::InvalidInput.into()))?;
        // A bare file name has an empty folder above it.
        let above = path.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Index::open_in(&Place::at(above), name)
    }

    /// Opens the file `name` in `place` as [`Index::open`] does, and follows no link below it. A
    /// link, a device, or a file with a second name is removed there, and a new index is created.
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
        // SQLITE_OPEN_URI is not set: a path is a path, whatever it looks like. Each connection is
        // used by one thread at a time. SQLite itself creates no file here, because it would follow
        // a link that had meanwhile been put in the folder's place.
        let flags =
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
        match Index::prepare(Connection::open_with_flags(path, flags)?) {
            // The disk accepts writes, so the file itself forbids them: its header is damaged or of
            // a future format. The file is opened only in this case, because closing it releases
            // the locks of this process's other connections. If it cannot even be opened, for lack
            // of descriptors, nothing is known about it.
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
                    // The log may have lost entries, so the next search first compares the files.
                    index.note_look(0)?;
                }
                Ok(index)
            }
        }
    }

    /// Whether the open file still has its name and nothing else has written to it. Reads the state
    /// of two files.
    pub fn is_current(&self) -> bool {
        self.seal.as_ref().is_none_or(Seal::is_current)
    }

    /// Whether changes made here outlast this process.
    pub fn is_on_disk(&self) -> bool {
        self.seal.is_some()
    }

    /// Opens a separate index in memory, for tests, dry runs and homes whose index cannot be
    /// written.
    ///
    /// # Errors
    /// SQLite's error if memory is short.
    pub fn open_in_memory() -> Result<Index, IndexError> {
        let index = Index::prepare(Connection::open_in_memory()?)?;
        // The disk may be full.
        index.connection.pragma_update(None, "temp_store", "MEMORY")?;
        Ok(index)
    }

    /// Returns a handle that interrupts this connection from another thread.
    pub fn interrupt_handle(&self) -> InterruptHandle {
        InterruptHandle(self.connection.get_interrupt_handle())
    }

    /// Makes several changes as one transaction; after an error or an interruption, none of them.
    ///
    /// # Errors
    /// Any error of `work`, and an error of the disk.
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

    /// Makes [`Durability::Relaxed`] changes durable.
    pub(crate) fn sync_wal(&self) -> Result<(), IndexError> {
        self.seal.as_ref().map_or(Ok(()), Seal::sync_wal).map_err(IndexError::Open)
    }

    /// Sets the durability of the transactions that follow. It is set before each change rather
    /// than reset after it, because a reset could be interrupted.
    pub(crate) fn set_durability(&self, durability: Durability) -> Result<(), IndexError> {
        if self.durability.get() != durability {
            let synchronous = match durability {
                // Costs 0.25 ms a transaction on a fast disk.
                Durability::Synced => "FULL",
                Durability::Relaxed => "NORMAL",
            };
            self.connection.pragma_update(None, "synchronous", synchronous)?;
            self.durability.set(durability);
        }
        Ok(())
    }

    /// Runs several statements as one transaction; after an error or an interruption, none of them
    /// counts. Writing work must announce itself from the start
    /// ([`TransactionBehavior::Immediate`]), because a transaction that has already read cannot
    /// wait for another writer.
    pub(crate) fn transaction<T>(
        &self,
        behavior: TransactionBehavior,
        work: impl FnOnce(&Connection) -> Result<T, IndexError>,
    ) -> Result<T, IndexError> {
        let transaction = Transaction::new_unchecked(&self.connection, behavior)?;
        let done = work(&transaction).and_then(|done| Ok(transaction.commit().map(|()| done)?));
        // An interruption can hit the rollback too. A transaction left open would lock out other
        // processes.
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
        // The file may have been synced or copied from anywhere, so nothing in it may run by
        // itself.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
        // Only the seal decides when the database file is written.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        connection.pragma_update(None, "wal_autocheckpoint", 0)?;
        // This finds damaged cells when their page is read, not when they are followed.
        connection.pragma_update(None, "cell_size_check", true)?;
        // If another program shortens a mapped file, the process is killed (SIGBUS); a read returns
        // an error instead.
        connection.pragma_update(None, "mmap_size", 0)?;
        // The space that a rebuild frees returns to the disk (see `settle`). In a file that has the
        // setting already, repeating it would write it again: a process that only searches would
        // wait for the disk five times.
        if connection.pragma_query_value(None, "auto_vacuum", |row| row.get::<_, i64>(0))? != INCREMENTAL {
            connection.pragma_update(None, "auto_vacuum", INCREMENTAL)?;
        }
        write_ahead(&connection)?;
        // An acknowledged page survives a power cut.
        connection.pragma_update(None, "synchronous", "FULL")?;
        // Deleted content does not stay readable in pages that are written anyway; `purge.rs`
        // removes the rest.
        connection.pragma_update(None, "secure_delete", "FAST")?;
        // The disk gets back the space that the log took during a bulk import.
        connection.pragma_update(None, "journal_size_limit", 16 * 1024 * 1024)?;
        schema::prepare(&mut connection)?;
        if connection.is_readonly("main")? {
            // Any write reveals why the file cannot be written.
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

/// Pauses for another process's transaction, and returns whether to keep waiting.
pub(crate) fn pause(pauses: i32) -> bool {
    let pauses = pauses.unsigned_abs();
    std::thread::sleep(if pauses < SHORT_PAUSES { PAUSE } else { LONG_PAUSE });
    LONG_PAUSE * pauses < BUSY
}

/// Turns on write-ahead logging, in which readers and writers do not wait for each other. The
/// switch needs the file alone for a moment, and SQLite does not always wait for that itself when
/// several processes open a new file at once.
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

/// Creates an empty file that only its owner can read. The index holds the text of private pages.
fn prepare_file(folder: &Folder, name: &str) -> io::Result<()> {
    match folder.create(name) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
