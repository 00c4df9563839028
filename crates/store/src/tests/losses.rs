//! Tests that what a version has lost comes back. Nothing takes the last copy of a file, and a
//! change that follows an interrupted one finishes or undoes that one first.

use super::crashes::{remove, reopen};
use super::dropped::{put, save_with};
use super::reconciliations::{cut_before, cut_before_the_commit, trash};
use super::*;
use crate::{Restored, Retention, Verdict};

fn restore(home: &Home, name: &str) -> Restored {
    let claim = home.store().claim([hash().as_str()]).unwrap();
    let restored = claim.restore(name).unwrap();
    claim.settle(&hash()).unwrap();
    restored
}

fn read(home: &Home, name: &str) -> Option<String> {
    fs::read_to_string(home.page().join(name)).ok()
}

fn verdicts(home: &Home) -> Vec<Verdict> {
    let findings = home.store().verify(&hash(), true, None).unwrap().findings;
    findings.into_iter().map(|finding| finding.verdict).collect()
}

#[test]
fn a_tag_is_given_to_the_version_whose_commit_was_cut_off() {
    let home = Home::new();
    put(&home, &[("A", Some("a"))]);
    save_with(&cut_before_the_commit(&home), 1, "B", Some("b")).unwrap_err();
    let claim = home.store().claim([hash().as_str()]).unwrap();
    assert_eq!(claim.tag(&hash(), &["mine".to_owned()], &[]).unwrap(), ["mine"]);
    claim.settle(&hash()).unwrap();
    drop(claim);
    assert!(home.index_md().ends_with("\nB\n"), "{}", home.index_md());
    assert!(home.index_md().contains("mine"));
    assert_eq!(verdicts(&home), []);
    save_with(&home.store(), 2, "C", None).unwrap();
    assert!(home.index_md().ends_with("\nC\n") && home.index_md().contains("mine"));
}

#[test]
fn a_tag_of_a_page_that_is_not_there_records_no_change() {
    let home = Home::new();
    put(&home, &[("A", None)]);
    let other = "ab".repeat(32);
    let claim = home.store().claim([other.as_str()]).unwrap();
    assert!(matches!(claim.tag(&other, &["x".to_owned()], &[]), Err(StoreError::NoSuchPage(_))));
    assert!(home.store().unsettled().unwrap().is_empty());
}

#[test]
fn a_rule_drops_no_second_name_of_the_newest_version() {
    let home = Home::new();
    put(&home, &[("A", Some("a"))]);
    let before = home.files();
    save_with(&cut_before(&home, "index.html"), 1, "B", Some("b")).unwrap_err();
    let claim = home.store().claim([hash().as_str()]).unwrap();
    assert_eq!(claim.prune(&hash(), Retention::read("last 1").unwrap(), at(100)).unwrap(), 0);
    claim.settle(&hash()).unwrap();
    assert_eq!((home.files(), trash(&home)), (before, BTreeMap::new()));
}

#[test]
fn an_entry_of_the_trash_that_is_empty_settles_no_interrupted_commit() {
    let home = Home::new();
    put(&home, &[("A", Some("a"))]);
    save_with(&cut_before_the_commit(&home), 1, "B", Some("b")).unwrap_err();
    let name = format!("20231114T223000000Z-{}", hash());
    fs::create_dir_all(home.path().join(".trash").join(&name)).unwrap();
    assert_eq!(restore(&home, &name).versions, 0);
    assert!(home.index_md().ends_with("\nB\n"));
    assert_eq!(verdicts(&home), []);
}

/// Two versions, with pictures or without; each has a copy and a list.
fn two(pictures: bool) -> Home {
    let home = Home::new();
    for (second, text) in [(0, "A"), (1, "B")] {
        match pictures {
            true => drop(save_pictured(&home.store(), second, text).unwrap()),
            false => drop(save_with(&home.store(), second, text, Some(text)).unwrap()),
        }
    }
    home
}

#[test]
fn a_version_that_is_also_in_the_trash_gets_its_lost_files_back_from_there() {
    for (pictures, lost) in [(false, "index.html"), (false, "index.dropped.json"), (true, "index.html")] {
        let home = two(pictures);
        let before = home.files();
        // The version has its second name in the trash by then.
        remove(&cut_before(&home, "index.html"), Some(1)).unwrap_err();
        reopen(&home);
        assert_eq!(home.files(), before);
        fs::remove_file(home.page().join(lost)).unwrap();
        let entry = home.store().trash().unwrap().remove(0).name;
        assert!(!restore(&home, &entry).left);
        assert_eq!(home.files(), before, "{lost}, pictures: {pictures}");
        assert_eq!(trash(&home), BTreeMap::new());
    }
}

#[test]
fn an_older_version_that_is_also_in_the_trash_gets_its_lost_files_back_from_there() {
    for pictures in [false, true] {
        let home = two(pictures);
        remove(&home.store(), None).unwrap();
        let entry = home.store().trash().unwrap().remove(0).name;
        for (second, text) in [(0, "A"), (1, "B")] {
            match pictures {
                true => drop(save_pictured(&home.store(), second, text).unwrap()),
                false => drop(save_with(&home.store(), second, text, Some(text)).unwrap()),
            }
        }
        let before = home.files();
        for name in home.versions().iter().filter(|name| !name.ends_with(".md")) {
            fs::remove_file(home.page().join("versions").join(name)).unwrap();
        }
        assert!(!restore(&home, &entry).left);
        assert_eq!(home.files(), before, "pictures: {pictures}");
    }
}

#[test]
fn the_good_copy_in_the_trash_replaces_the_damaged_one_of_the_version_before() {
    let home = Home::new();
    put(&home, &[("A", None), ("B", None)]);
    fs::write(home.page().join("versions/20231114T221320000Z.html"), "<p>damaged").unwrap();
    remove(&cut_before_the_commit(&home), Some(1)).unwrap_err();
    reopen(&home);
    assert_eq!(read(&home, "index.html").as_deref(), Some("<p>damaged"));
    let entries = home.store().trash().unwrap();
    let entry = entries.iter().find(|entry| entry.versions == 1).unwrap();
    assert!(!restore(&home, &entry.name).left);
    assert_eq!(read(&home, "index.html").as_deref(), Some("<p>B"));
    assert_eq!(verdicts(&home), [Verdict::Damaged], "that of the version before stays visible");
    assert!(trash(&home).values().any(|file| file == "<p>damaged"));
}

#[test]
fn a_damaged_copy_in_the_trash_takes_no_sound_ones_place() {
    let home = two(false);
    remove(&home.store(), Some(1)).unwrap();
    save_with(&home.store(), 1, "B", Some("B")).unwrap();
    let before = home.files();
    let entry = home.store().trash().unwrap().remove(0).name;
    let damaged = home.path().join(".trash").join(&entry).join("index.html");
    fs::write(&damaged, "<p>damaged").unwrap();
    assert!(restore(&home, &entry).left);
    assert_eq!(home.files(), before);
    assert_eq!(fs::read_to_string(damaged).unwrap(), "<p>damaged");
    assert_eq!(trash(&home).len(), 1);
}

#[test]
fn a_page_that_is_saved_again_gets_its_lost_copy_and_list_back() {
    for pictures in [false, true] {
        for (second, filing) in [(0, Filing::Known), (1, Filing::Known), (5, Filing::Unchanged)] {
            let home = two(pictures);
            let before = home.files();
            let (text, folder) = if second == 0 { ("A", "versions") } else { ("B", ".") };
            for entry in fs::read_dir(home.page().join(folder)).unwrap().map(Result::unwrap) {
                if entry.file_type().unwrap().is_file() && entry.path().extension().unwrap() != "md" {
                    fs::remove_file(entry.path()).unwrap();
                }
            }
            assert_ne!(home.files(), before);
            let filed = match pictures {
                true => save_pictured(&home.store(), second, text),
                false => save_with(&home.store(), second, text, Some(text)),
            };
            assert_eq!(filed.unwrap().filing, filing);
            let companions = |files: BTreeMap<String, String>| -> Vec<(String, String)> {
                files.into_iter().filter(|(name, _)| !name.ends_with("/index.md")).collect()
            };
            assert_eq!(companions(home.files()), companions(before), "{second}, pictures: {pictures}");
            assert_eq!(verdicts(&home), []);
        }
    }
}

#[test]
fn another_copy_takes_no_lost_ones_place_and_a_damaged_one_stays_visible() {
    let home = Home::new();
    home.save(0, "A", Some("<p>A"));
    fs::remove_file(home.page().join("index.html")).unwrap();
    assert_eq!(home.save(1, "A", Some("<p>A <i>now</i>")).filing, Filing::Unchanged);
    assert_eq!(verdicts(&home), [Verdict::Missing]);
    fs::write(home.page().join("index.html"), "<p>damaged").unwrap();
    assert_eq!(home.save(2, "A", Some("<p>A")).filing, Filing::Unchanged);
    assert_eq!(read(&home, "index.html").as_deref(), Some("<p>damaged"));
}

#[test]
fn no_passing_file_of_the_formats_number_stays() {
    let names = |home: &Home| -> Vec<String> {
        let names = fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.starts_with(".tmp-")).collect()
    };
    let home = Home::new();
    assert!(save(&cut_before(&home, ".format"), 0, "A", None).is_err());
    assert_eq!(names(&home).len(), 1);
    save(&home.store(), 0, "A", None).unwrap();
    assert_eq!(names(&home), [""; 0]);
    // While the home is re-addressed.
    fs::write(home.path().join(".format"), "1\n").unwrap();
    assert!(cut_before(&home, ".format").claim([]).is_err());
    assert_eq!(names(&home).len(), 1);
    drop(home.store().claim([]).unwrap());
    assert_eq!(names(&home), [""; 0]);
    // One that is there already goes with the others.
    fs::write(home.path().join(".tmp-1-2.format"), "2\n").unwrap();
    fs::write(home.path().join(".tmp-1-2.mine"), "mine").unwrap();
    assert_eq!(home.store().sweep_assets().unwrap(), 1);
    assert_eq!(names(&home), [".tmp-1-2.mine"]);
    assert_eq!(fs::read_to_string(home.path().join(".format")).unwrap(), "2\n");
}
