//! Opening the database file, with every setting and its reason.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::IndexError;
use crate::schema;

/// How long a writer waits for another process's transaction. The longest one is a batch of an import.
const BUSY: Duration = Duration::from_secs(10);

/// One connection to the index file. Several, in several processes, may work at once.
pub struct Index {
    pub(crate) connection: Connection,
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
    /// [`IndexError::Unusable`] where the file is damaged, foreign or of another schema version; else what the disk says.
    pub fn open(path: &Path) -> Result<Index, IndexError> {
        prepare_file(path).map_err(IndexError::Open)?;
        // No SQLITE_OPEN_URI: a path is a path, whatever it is called. A connection is used by one thread at a time.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Index::prepare(Connection::open_with_flags(path, flags)?)
    }

    /// Opens an index of its own in memory, for tests and dry runs.
    ///
    /// # Errors
    /// What SQLite says when memory is short.
    pub fn open_in_memory() -> Result<Index, IndexError> {
        Index::prepare(Connection::open_in_memory()?)
    }

    /// A handle to interrupt this connection from another thread.
    pub fn interrupt_handle(&self) -> InterruptHandle {
        InterruptHandle(self.connection.get_interrupt_handle())
    }

    fn prepare(mut connection: Connection) -> Result<Index, IndexError> {
        connection.busy_timeout(BUSY)?;
        connection.set_prepared_statement_cache_capacity(32);
        // The file may have been synced or copied from anywhere: nothing that it holds may act on its own.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
        // Damaged cells are noticed when their page is read, not when they are followed.
        connection.pragma_update(None, "cell_size_check", true)?;
        // A mapped file that another program shortens kills the process (SIGBUS); a read answers an error.
        connection.pragma_update(None, "mmap_size", 0)?;
        write_ahead(&connection)?;
        // A page that was acknowledged is found after a power cut. Costs 0.25 ms a transaction over NORMAL.
        connection.pragma_update(None, "synchronous", "FULL")?;
        // Gives the disk back what a bulk import made the log grow to.
        connection.pragma_update(None, "journal_size_limit", 16 * 1024 * 1024)?;
        schema::prepare(&mut connection)?;
        Ok(Index { connection })
    }
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

/// Makes the folder and an empty file that only its owner can read: the index holds the text of private pages.
fn prepare_file(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}
