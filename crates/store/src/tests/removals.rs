//! Tests removal to the trash, and the version that replaces the removed one.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::*;
use crate::{IoHook, IoStep, Removed};

fn remove(home: &Home, second: Option<i64>) -> Result<Removed, StoreError> {
    home.store().claim([hash().as_str()]).unwrap().remove(&hash(), second.map(at), at(1_000))
}

fn trash(home: &Home) -> Vec<String> {
    let mut files = BTreeMap::new();
    collect(&home.path().join(".trash"), "", &mut files);
    files.into_keys().filter(|name| !name.ends_with('/')).map(|name| name.replace(&hash(), "HASH")).collect()
}

#[test]
fn a_page_goes_with_all_its_versions() {
    let home = Home::new();
    filing(&home, 0, "A");
    filing(&home, 1, "B");
    assert_eq!(remove(&home, None).unwrap(), Removed::Page);
    assert!(home.files().is_empty());
    assert_eq!(
        trash(&home),
        [
            "20231114T223000000Z-HASH/index.html",
            "20231114T223000000Z-HASH/index.md",
            "20231114T223000000Z-HASH/versions/20231114T221320000Z.html",
            "20231114T223000000Z-HASH/versions/20231114T221320000Z.md"
        ]
    );
    assert!(matches!(remove(&home, None), Err(StoreError::NoSuchPage(_))));
    // Both versions are kept although they were saved and removed within the same millisecond.
    filing(&home, 0, "A");
    remove(&home, None).unwrap();
    assert_eq!(trash(&home)[0], "20231114T223000000Z-2-HASH/index.html");
    assert_eq!(trash(&home).len(), 6);
}

#[test]
fn the_one_before_takes_the_newests_place() {
    let home = Home::new();
    filing(&home, 0, "A");
    let first = home.files();
    filing(&home, 1, "B");
    assert_eq!(remove(&home, Some(1)).unwrap(), Removed::Version);
    assert_eq!(home.files(), first);
    assert_eq!(trash(&home), ["20231114T223000000Z-HASH/index.html", "20231114T223000000Z-HASH/index.md"]);
    assert_eq!(remove(&home, Some(0)).unwrap(), Removed::Page);
}

#[test]
fn an_older_version_goes_alone() {
    let home = Home::new();
    filing(&home, 0, "A");
    filing(&home, 1, "B");
    assert_eq!(remove(&home, Some(0)).unwrap(), Removed::Version);
    assert!(home.versions().is_empty());
    assert!(home.index_md().ends_with("\nB\n"));
    assert!(matches!(remove(&home, Some(0)), Err(StoreError::NoSuchVersion(_))));
    assert_eq!(trash(&home).len(), 2);
}

/// A store whose trash is on another file system, and whose disk refuses every access from the
/// `last`-th on.
fn apart(home: &Home, last: usize) -> Store {
    let (acts, crossed) = (AtomicUsize::new(0), AtomicBool::new(false));
    Store::with_io_hook(
        &home.path(),
        IoHook::new(move |step, path| {
            if acts.fetch_add(1, Ordering::Relaxed) >= last {
                return Err(std::io::Error::other("cut off"));
            }
            let into_trash = path.parent().is_some_and(|folder| folder.ends_with(".trash"));
            if step == IoStep::Rename && into_trash && !crossed.swap(true, Ordering::Relaxed) {
                return Err(std::io::ErrorKind::CrossesDevices.into());
            }
            Ok(())
        }),
    )
}

#[test]
fn a_removal_to_another_file_system_that_is_cut_off_anywhere_loses_nothing() {
    let mut removed = false;
    for last in 0..200 {
        let home = Home::new();
        home.save(0, "A", Some("A"));
        home.save(1, "B", Some("B"));
        let before = home.files();
        let done =
            apart(&home, last).claim([hash().as_str()]).and_then(|claim| claim.remove(&hash(), None, at(9))).is_ok();
        let trash = home.store().trash().unwrap();
        let whole = |prefix: &str, files: &BTreeMap<String, String>| {
            before.iter().all(|(name, text)| files.get(&name.replacen(&hash(), prefix, 1)) == Some(text))
        };
        let here = whole(&hash(), &home.files());
        let mut there = BTreeMap::new();
        collect(&home.path().join(".trash"), "", &mut there);
        let kept = trash.first().is_some_and(|entry| entry.versions == 2 && whole(&entry.name, &there));
        assert!(here || kept, "{last}: {:?} {there:?}", home.files());
        assert!(!done || kept && home.store().newest(&hash()).unwrap().is_none(), "{last}");
        removed |= done;
        if done {
            let name = &trash[0].name;
            home.store().claim([hash().as_str()]).unwrap().restore(name).unwrap();
            assert_eq!(home.files(), before);
            break;
        }
    }
    assert!(removed, "it never came to an end");
}
