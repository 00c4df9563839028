//! Tests re-addressing if a file cannot be read, is edited meanwhile, or was filed already.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use super::*;
use crate::IoStep;

const FIRST_VERSION: &str = "versions/20231114T221320000Z.md";

fn page_at(home: &Home, route: &str) -> PathBuf {
    home.path().join("pages").join(at_route(route))
}

/// Makes a store whose disk always refuses one kind of access.
fn refusing(home: &Home, refused: IoStep, below: PathBuf, error: fn() -> io::Error) -> Store {
    let hook =
        IoHook::new(move |step, path| if step == refused && path.starts_with(&below) { Err(error()) } else { Ok(()) });
    Store::with_io_hook(&home.path(), hook)
}

#[test]
fn a_page_that_cannot_be_read_holds_up_no_other() {
    let errors: [fn() -> io::Error; 3] = [
        || io::Error::from(io::ErrorKind::PermissionDenied),
        || io::Error::from_raw_os_error(5),
        || io::Error::other("refused"),
    ];
    for error in errors {
        let home = Home::new();
        mixed(&home);
        let broken = home.path().join("pages").join("ab".repeat(32));
        fs::create_dir(&broken).unwrap();
        fs::copy(home.page().join("index.md"), broken.join("index.md")).unwrap();
        let store = refusing(&home, IoStep::Read, broken.clone(), error);
        drop(store.claim([hash().as_str()]).unwrap());
        assert_eq!(format(&home), "2\n");
        assert_eq!(newest_text(&home, "#inbox/1").as_deref(), Some("D"));
        assert_eq!(newest_text(&home, "#inbox/2").as_deref(), Some("B"));
        assert!(broken.join("index.md").exists());
        assert_eq!(save(&store, 9, "F", None).unwrap().filing, Filing::NewVersion);
    }
}

#[test]
fn a_version_that_cannot_be_read_stays_and_the_others_move() {
    let home = Home::new();
    mixed(&home);
    let first = home.page().join(FIRST_VERSION);
    let store = refusing(&home, IoStep::Read, first.clone(), || io::Error::from(io::ErrorKind::PermissionDenied));
    drop(store.claim([]).unwrap());
    assert_eq!(format(&home), "2\n");
    assert!(first.exists());
    assert_eq!(newest_text(&home, "#inbox/1").as_deref(), Some("D"));
    assert_eq!(newest_text(&home, "#inbox/2").as_deref(), Some("B"));
    assert_eq!(newest_text(&home, "").as_deref(), Some("E"));
}

#[test]
fn a_full_disk_stops_the_run_and_the_next_one_goes_on() {
    let home = Home::new();
    mixed(&home);
    let full = || io::Error::from(io::ErrorKind::StorageFull);
    let store = refusing(&home, IoStep::Create, page_at(&home, "#inbox/2"), full);
    assert!(matches!(store.claim([]), Err(StoreError::DiskFull { .. })));
    assert_eq!(format(&home), "2, from 1\n");
    reopen(&home);
    assert_eq!(newest_text(&home, "#inbox/2").as_deref(), Some("B"));
    assert_eq!(newest_text(&home, "#inbox/1").as_deref(), Some("D"));
}

/// Re-addresses a home, and edits a file at the moment when its version is filed elsewhere.
fn edited_meanwhile(home: &Home, file: PathBuf, commit: PathBuf) {
    let done = AtomicBool::new(false);
    let hook = IoHook::new(move |step, path| {
        if step == IoStep::Rename && path == commit && !done.swap(true, Ordering::SeqCst) {
            let text = fs::read_to_string(&file)?;
            fs::write(&file, format!("{text}mine\n"))?;
        }
        Ok(())
    });
    assert!(Store::with_io_hook(&home.path(), hook).readdress(Duration::ZERO).unwrap());
    assert_eq!(format(home), "2\n");
}

#[test]
fn an_older_version_that_is_edited_meanwhile_stays() {
    let home = Home::new();
    mixed(&home);
    let first = home.page().join(FIRST_VERSION);
    edited_meanwhile(&home, first.clone(), page_at(&home, "#inbox/1").join("index.md"));
    assert!(fs::read_to_string(&first).unwrap().ends_with("\nA\nmine\n"));
    assert!(first.with_extension("html").exists());
    assert_eq!(newest_text(&home, "#inbox/1").as_deref(), Some("D"));
    assert_eq!(home.versions().len(), 4, "C stays too, and only these: {:?}", home.versions());
}

#[test]
fn a_newest_version_that_is_edited_meanwhile_stays() {
    for prepare in [newest, |home: &Home| {
        filing(home, 1, "B");
        captured_at(home, "#inbox/1");
        set_format(home, FIRST);
    }] {
        let home = Home::new();
        prepare(&home);
        edited_meanwhile(&home, home.page().join("index.md"), page_at(&home, "#inbox/1").join("index.md"));
        assert!(home.index_md().ends_with("\nB\nmine\n"));
        assert!(home.page().join("index.html").exists());
        assert_eq!(newest_text(&home, "#inbox/1").as_deref(), Some("B"));
    }
}

/// Re-addresses a home, cut off after the first mail has got its `index.md`.
fn cut_off_after_the_commit(home: &Home) {
    let commit = page_at(home, "#inbox/1").join("index.md");
    let seen = AtomicBool::new(false);
    let cut = IoHook::new(move |step, path| {
        let cut = seen.load(Ordering::SeqCst);
        if step == IoStep::Rename && path == commit {
            seen.store(true, Ordering::SeqCst);
        }
        if cut { Err(io::Error::other("cut off")) } else { Ok(()) }
    });
    assert!(Store::with_io_hook(&home.path(), cut).readdress(Duration::ZERO).is_err());
}

#[test]
fn a_version_that_was_filed_already_is_durable_before_it_leaves_its_old_place() {
    let home = Home::new();
    mails(&home);
    cut_off_after_the_commit(&home);
    let acts = Arc::new(Mutex::new(Vec::new()));
    let record = Arc::clone(&acts);
    let hook = IoHook::new(move |step, path| {
        record.lock().unwrap().push((step, path.to_owned()));
        Ok(())
    });
    Store::with_io_hook(&home.path(), hook).readdress(Duration::ZERO).unwrap();
    let acts = acts.lock().unwrap();
    let left = (IoStep::Remove, home.page().join(FIRST_VERSION));
    let left = acts.iter().position(|act| *act == left).expect("it leaves its place");
    let durable = (IoStep::SyncFolder, home.path().join("pages"));
    assert!(acts[..left].contains(&durable), "{acts:?}");
}

#[test]
fn pages_that_gain_versions_stay_unsettled_for_the_index() {
    let home = Home::new();
    mixed(&home);
    home.store().readdress(Duration::ZERO).unwrap();
    let unsettled: BTreeSet<String> = home.store().unsettled().unwrap().into_iter().collect();
    assert_eq!(unsettled, BTreeSet::from([hash(), at_route("#inbox/1"), at_route("#inbox/2")]));
}

#[test]
fn a_version_that_was_filed_already_gets_its_lost_copy_back_from_its_old_place() {
    for lost in ["index.html", "index.dropped.json"] {
        let home = Home::new();
        mails(&home);
        cut_off_after_the_commit(&home);
        fs::remove_file(page_at(&home, "#inbox/1").join(lost)).unwrap();
        reopen(&home);
        let findings = home.store().verify(&at_route("#inbox/1"), true, None).unwrap().findings;
        assert!(findings.iter().all(|finding| finding.verdict == crate::Verdict::Edited), "{lost}: {findings:?}");
    }
}
