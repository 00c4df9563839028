//! Opening the database file, with every setting and its reason.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use crate::error::IndexError;
use crate::schema;
use crate::seal::Seal;
use crate::typo::Known;

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
    pub(crate) known: Known,
    /// Whether a commit waits for the disk.
    waits: Cell<bool>,
    /// What the search at hand has counted: see `frequency.rs`.
    pub(crate) frequencies: RefCell<HashMap<String, f64>>,
    /// The watch over the file; `None` in memory. Goes after the connection.
    seal: Option<Seal>,
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
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(IndexError::Open)?;
        }
        let mut seal = Seal::enter(path)?;
        prepare_file(path).map_err(IndexError::Open)?;
        // No SQLITE_OPEN_URI: a path is a path, whatever it is called. A connection is used by one thread at a time.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        match Index::prepare(Connection::open_with_flags(path, flags)?) {
            // The disk lets us write, so it is the file that forbids it: a header of a format to come, or damage.
            // (Opened only in this case: closing it again lets go of the locks of this process's other connections.)
            // Where it could not even be opened, for want of descriptors, nothing is known of it.
            Err(IndexError::ReadOnly(error))
                if error.sqlite_error_code() != Some(ErrorCode::CannotOpen)
                    && std::fs::OpenOptions::new().append(true).open(path).is_ok() =>
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
    pub fn stands(&self) -> bool {
        self.seal.as_ref().is_none_or(Seal::holds)
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

    /// Does several things as one and waits until they are durable; on an error, or interrupted, none of them.
    pub(crate) fn durably<T>(&self, work: impl FnOnce(&Connection) -> Result<T, IndexError>) -> Result<T, IndexError> {
        self.change(true, false, work)
    }

    /// As [`Index::durably`], for what somebody waits for: what can be put off is.
    pub(crate) fn at_once<T>(&self, work: impl FnOnce(&Connection) -> Result<T, IndexError>) -> Result<T, IndexError> {
        self.change(true, true, work)
    }

    /// Does several things as one, or none of them. A power cut may undo it, as a whole: the log tells a half-written
    /// change from a whole one, and the next durable change makes those before it durable too.
    pub(crate) fn at_leisure<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, IndexError>,
    ) -> Result<T, IndexError> {
        self.change(false, false, work)
    }

    /// As [`Index::at_leisure`], in between, for a search that somebody waits for: what can be put off is.
    pub(crate) fn in_passing<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, IndexError>,
    ) -> Result<T, IndexError> {
        self.change(false, true, work)
    }

    fn change<T>(
        &self,
        waits: bool,
        hurry: bool,
        work: impl FnOnce(&Connection) -> Result<T, IndexError>,
    ) -> Result<T, IndexError> {
        self.wait_for_disk(waits)?;
        let done = self.transaction(TransactionBehavior::Immediate, work);
        if let Some(seal) = &self.seal {
            seal.after_change(&self.connection, hurry);
        }
        done
    }

    /// Asked for before each change rather than put back after it: what puts it back could be interrupted.
    fn wait_for_disk(&self, waits: bool) -> Result<(), IndexError> {
        if self.waits.get() != waits {
            // Costs 0.25 ms a transaction where the disk is fast.
            self.connection.pragma_update(None, "synchronous", if waits { "FULL" } else { "NORMAL" })?;
            self.waits.set(waits);
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
        // Gives the disk back what a bulk import made the log grow to.
        connection.pragma_update(None, "journal_size_limit", 16 * 1024 * 1024)?;
        schema::prepare(&mut connection)?;
        if connection.is_readonly("main")? {
            // Any write will do to learn why.
            connection.pragma_update(None, "user_version", schema::VERSION)?;
        }
        let (known, frequencies) = (Known::default(), RefCell::default());
        Ok(Index { connection, known, waits: Cell::new(true), frequencies, seal: None })
    }
}

/// Waits a moment for another process's transaction; answers whether to go on waiting.
fn pause(pauses: i32) -> bool {
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
fn prepare_file(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;
    use std::sync::atomic::{AtomicBool, Ordering};

    use proptest::prelude::*;
    use tempfile::TempDir;

    use super::*;
    use crate::record::Entry;
    use crate::seal::vouch;

    fn page(hash_url: &str) -> Entry {
        Entry {
            hash_url: hash_url.into(),
            title: format!("Title of {hash_url}"),
            article: "some common words ".repeat(40),
            captured_at_ms: 1_000_000,
            versions: 1,
            ..Entry::default()
        }
    }

    /// A folder with the file of an index of a few pages, closed.
    fn filed() -> (TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new folder/index.db");
        let mut index = Index::open(&path).unwrap();
        index.put_all(&(0..20).map(|n| page(&n.to_string())).collect::<Vec<_>>()).unwrap();
        drop(index);
        (folder, path)
    }

    /// Opens and uses a file that may be anything. `Ok` tells whether all of it worked; any error but
    /// [`IndexError::Unusable`] is returned.
    fn used(path: &Path) -> Result<bool, IndexError> {
        // As if its last writer had left it so: SQLite's own defences are meant.
        vouch(path);
        let all = || {
            let mut index = Index::open(path)?;
            index.try_find("common wor", 20, 0)?;
            index.try_find("ommo", 20, 0)?;
            index.list(20, 0)?;
            index.stamps()?;
            index.put(&page("new"))?;
            index.remove("3")?;
            index.integrity()
        };
        match all() {
            Ok(_) => Ok(true),
            Err(error) if error.is_unusable() => Ok(false),
            Err(error) => Err(error),
        }
    }

    #[test]
    fn what_was_put_is_there_when_it_is_opened_again() {
        let (_folder, path) = filed();
        let index = Index::open(&path).unwrap();
        assert_eq!(index.counts().unwrap().pages, 20);
        assert_eq!(index.find("common", 5, 0).total, 20);
        assert_eq!(index.integrity().unwrap(), [""; 0]);
    }

    #[test]
    fn who_only_searches_writes_nothing() {
        let (_folder, path) = filed();
        let files = || {
            let beside = fs::read_dir(path.parent().unwrap()).unwrap().map(|file| file.unwrap().path());
            // SQLite makes its table of readers anew, and nobody waits for that.
            let kept = beside.filter(|file| !file.to_string_lossy().ends_with("-shm"));
            let mut files: Vec<_> = kept.map(|file| (fs::read(&file).unwrap(), file)).collect();
            files.sort();
            files
        };
        let before = files();
        let modified = fs::metadata(&path).unwrap().modified().unwrap();
        let index = Index::open(&path).unwrap();
        assert_eq!(index.find("common", 5, 0).total, 20);
        drop(index);
        assert!(files() == before, "a file was changed");
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), modified);
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_can_read_the_file() {
        use std::os::unix::fs::PermissionsExt;
        let (_folder, path) = filed();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn files_of_other_kinds_are_unusable() {
        let (folder, path) = filed();
        let other = |name: &str, content: &[u8]| {
            let path = folder.path().join(name);
            fs::write(&path, content).unwrap();
            path
        };
        let whole = fs::read(&path).unwrap();
        assert!(!used(&other("garbage", &[0xA5; 10_000])).unwrap());
        assert!(!used(&other("text", b"This is no database at all, but it has more than sixteen bytes.")).unwrap());
        for length in [50, 99, 100, 511, 4095, 4096, 5000, 8192, whole.len() / 2] {
            assert!(!used(&other("truncated", &whole[..length])).unwrap(), "{length}");
        }
        assert!(used(&other("empty", b"")).unwrap(), "an empty file is an index to be");
    }

    #[test]
    fn other_schemas_are_unusable() {
        let changes = [
            ("another program's", "PRAGMA application_id = 7"),
            ("a newer version's", "PRAGMA user_version = 99"),
            ("a former version's", "PRAGMA user_version = 2"),
            ("none", "PRAGMA application_id = 0; PRAGMA user_version = 0"),
            ("with a trigger", "CREATE TRIGGER t AFTER DELETE ON page BEGIN DELETE FROM rest; END"),
            ("with a view", "CREATE VIEW v AS SELECT 1"),
            ("with a table", "CREATE TABLE more(x)"),
            ("without a table", "DROP TABLE rest"),
            ("with another table in its place", "DROP TABLE rest; CREATE TABLE rest(id, text)"),
            ("without an index", "DROP INDEX page_captured"),
            ("without the table of what is due", "DROP TABLE due"),
        ];
        for (what, sql) in changes {
            let (_folder, path) = filed();
            Connection::open(&path).unwrap().execute_batch(sql).unwrap();
            vouch(&path);
            let error = Index::open(&path).err().unwrap_or_else(|| panic!("{what} was opened"));
            assert!(error.is_unusable(), "{what}: {error}");
        }
    }

    #[test]
    fn another_programs_database_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("other.db");
        Connection::open(&path).unwrap().execute_batch("CREATE TABLE diary(day)").unwrap();
        vouch(&path);
        assert!(Index::open(&path).err().unwrap().is_unusable());
        let tables = Connection::open(&path).unwrap();
        assert_eq!(
            tables
                .query_row("SELECT group_concat(name) FROM sqlite_schema", [], |row| row.get::<_, String>(0))
                .unwrap(),
            "diary"
        );
    }

    #[test]
    fn a_header_with_any_byte_changed_works_or_is_unusable() {
        let (folder, path) = filed();
        let whole = fs::read(&path).unwrap();
        for place in 0..100 {
            for change in [0x01, 0x80, 0xFF] {
                let damaged = folder.path().join(format!("{place}-{change}"));
                let mut bytes = whole.clone();
                bytes[place] ^= change;
                fs::write(&damaged, bytes).unwrap();
                if let Err(error) = used(&damaged) {
                    panic!("byte {place} ^ {change:#x}: {error}");
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn a_damaged_file_works_or_is_unusable(
            damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        ) {
            thread_local! {
                static WHOLE: Vec<u8> = fs::read(filed().1).unwrap();
            }
            let mut bytes = WHOLE.with(Clone::clone);
            for (place, byte) in damage {
                *place.get_mut(&mut bytes) = byte;
            }
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("damaged");
            fs::write(&path, bytes).unwrap();
            if let Err(error) = used(&path) {
                return Err(TestCaseError::fail(error.to_string()));
            }
        }
    }

    #[test]
    fn stray_log_files_do_no_harm() {
        for name in ["wal", "shm"] {
            for content in [&b""[..], &[0xA5; 40_000], &[0; 40_000]] {
                let (_folder, path) = filed();
                fs::write(format!("{}-{name}", path.display()), content).unwrap();
                assert!(used(&path).unwrap(), "-{name} of {} bytes", content.len());
            }
        }
    }

    #[test]
    fn a_file_cannot_stand_where_a_folder_is_needed() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        assert!(matches!(Index::open(&folder.path().join("file/index.db")), Err(IndexError::Open(_))));
        assert!(Index::open(folder.path()).is_err());
    }

    #[test]
    fn many_connections_open_write_and_search_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index.db");
        std::thread::scope(|scope| {
            for writer in 0..8 {
                let path = &path;
                scope.spawn(move || {
                    let mut index = Index::open(path).unwrap();
                    for n in 0..15 {
                        index.put(&page(&format!("{writer}-{n}"))).unwrap();
                        index.put(&page("shared")).unwrap();
                        assert!(index.find("common", 5, 0).total >= 2);
                        if n % 5 == 0 {
                            assert!(index.remove(&format!("{writer}-{n}")).unwrap());
                            index = Index::open(path).unwrap();
                        }
                    }
                });
            }
        });
        let index = Index::open(&path).unwrap();
        assert_eq!(index.counts().unwrap().pages, 8 * 12 + 1);
        assert_eq!(index.integrity().unwrap(), [""; 0]);
    }

    #[test]
    fn a_superseded_search_is_interrupted() {
        let mut index = Index::open_in_memory().unwrap();
        index.put_all(&(0..500).map(|n| page(&n.to_string())).collect::<Vec<_>>()).unwrap();
        let handle = index.interrupt_handle();
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    handle.interrupt();
                }
            });
            let interrupted =
                (0..100_000).any(|_| matches!(index.try_find("common", 20, 0), Err(IndexError::Interrupted)));
            done.store(true, Ordering::Relaxed);
            assert!(interrupted);
        });
        assert_eq!(index.find("common", 20, 0).total, 500);
    }
}
