//! What goes to the trash, and what takes its place.

use super::*;
use crate::Removed;

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
    // Saved and removed again within the same millisecond: both are kept.
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
