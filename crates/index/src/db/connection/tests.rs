//! Tests which files are opened or refused, and several connections at once.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::db::seal::vouch;
use crate::record::Entry;

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

/// Opens and uses a file with any content. Returns whether all of it worked; any error but
/// [`IndexError::Unusable`] is passed on.
fn used(path: &Path) -> Result<bool, IndexError> {
    // The seal accepts the file as its last writer's, so that SQLite's own defences are tested.
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
        // SQLite creates its table of readers anew, for which nobody waits.
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
        ("without the table of pending pages", "DROP TABLE due"),
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
        tables.query_row("SELECT group_concat(name) FROM sqlite_schema", [], |row| row.get::<_, String>(0)).unwrap(),
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
fn a_file_cannot_replace_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    assert!(matches!(Index::open(&folder.path().join("file/index.db")), Err(IndexError::Open(_))));
    // A folder in the file's place is moved aside, whatever it contains.
    fs::create_dir_all(folder.path().join("index.db/somebody's")).unwrap();
    assert!(Index::open(&folder.path().join("index.db")).is_ok());
    assert!(folder.path().join("index.db.aside/somebody's").exists());
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
        let interrupted = (0..100_000).any(|_| matches!(index.try_find("common", 20, 0), Err(IndexError::Interrupted)));
        done.store(true, Ordering::Relaxed);
        assert!(interrupted);
    });
    assert_eq!(index.find("common", 20, 0).total, 500);
}
