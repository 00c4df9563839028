//! Tests the remains of a crash during a move between two file systems. They are reported, and
//! removed only if all of it is held under a lasting name.

use super::*;
use crate::Verdict;

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to)
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// A page with an older version, and the location of its folder. It is among the pages, or in the
/// trash.
fn filed(removed: bool) -> (Home, std::path::PathBuf) {
    let home = Home::new();
    home.save(0, "First.", Some("<p>First."));
    home.save(1, "Second.", Some("<p>Second."));
    if !removed {
        return (home, Path::new("pages").join(hash()));
    }
    let claim = home.store().claim([hash().as_str()]).unwrap();
    claim.remove(&hash(), None, at(2)).unwrap();
    claim.settle(&hash()).unwrap();
    let name = home.store().trash().unwrap().remove(0).name;
    (home, Path::new(".trash").join(name))
}

fn reported(home: &Home) -> Vec<std::path::PathBuf> {
    let findings = home.store().verify_surroundings().unwrap();
    findings.into_iter().filter(|finding| finding.verdict == Verdict::Leftover).map(|finding| finding.path).collect()
}

#[test]
fn what_a_move_left_is_swept_where_all_of_it_is_held_elsewhere() {
    type Change = fn(&Path);
    let cases: [(&str, &str, Change, bool); 11] = [
        ("whole", "gone", |_| {}, true),
        ("some of it deleted", "gone", |left| fs::remove_file(left.join("index.md")).unwrap(), true),
        ("empty", "gone", |left| fs::remove_dir_all(left).and_then(|()| fs::create_dir(left)).unwrap(), true),
        ("a copy, whole", "moved", |_| {}, true),
        ("a copy, cut off", "moved", |left| fs::write(left.join("index.md"), "---\n").unwrap(), true),
        ("a copy with other bytes", "moved", |left| fs::write(left.join("index.md"), "--x").unwrap(), false),
        ("shorter", "gone", |left| fs::write(left.join("index.md"), "---\n").unwrap(), false),
        ("a file more", "gone", |left| fs::write(left.join("my notes.md"), "mine").unwrap(), false),
        ("a version more", "gone", |left| fs::write(left.join("versions/x.md"), "mine").unwrap(), false),
        (
            "a folder for a file",
            "moved",
            |left| {
                fs::remove_file(left.join("index.md")).and_then(|()| fs::create_dir(left.join("index.md"))).unwrap();
            },
            false,
        ),
        (
            "other bytes",
            "gone",
            |left| {
                let html = fs::read_to_string(left.join("index.html")).unwrap();
                fs::write(left.join("index.html"), html.replace("Second", "Secund")).unwrap();
            },
            false,
        ),
    ];
    for removed in [false, true] {
        for beside in ["pages", ".trash"] {
            for (what, ending, change, swept) in &cases {
                let case = format!("{what}, in {beside}, removed: {removed}");
                let (home, held) = filed(removed);
                let left = home.path().join(beside).join(format!(".tmp-1-0123456789abcdef.{ending}"));
                copy(&home.path().join(&held), &left);
                change(&left);
                let before = listed(&home.path().join(&held));
                assert_eq!(reported(&home), std::slice::from_ref(&left), "{case}");
                // Another process is working, perhaps on this very move.
                let claim = home.store().claim([hash().as_str()]).unwrap();
                assert_eq!((home.store().sweep_interrupted_moves().unwrap(), reported(&home).len()), (0, 0), "{case}");
                drop(claim);
                assert_eq!(home.store().sweep_interrupted_moves().unwrap(), u64::from(*swept), "{case}");
                assert_eq!(left.exists(), !swept, "{case}");
                assert_eq!(reported(&home).len(), usize::from(!swept), "{case}");
                assert_eq!(listed(&home.path().join(&held)), before, "{case}");
            }
        }
    }
}

#[test]
fn the_only_copy_stays_and_is_reported() {
    let (home, held) = filed(true);
    let left = home.path().join("pages/.tmp-1-0123456789abcdef.gone");
    fs::rename(home.path().join(held), &left).unwrap();
    assert_eq!(home.store().sweep_interrupted_moves().unwrap(), 0);
    assert_eq!(reported(&home), std::slice::from_ref(&left));
    #[cfg(unix)]
    {
        let link = home.path().join("pages/.tmp-2-0123456789abcdef.gone");
        std::os::unix::fs::symlink(&left, &link).unwrap();
        assert_eq!((home.store().sweep_interrupted_moves().unwrap(), reported(&home).len()), (0, 2));
        assert!(fs::symlink_metadata(&link).is_ok());
    }
    assert!(left.join("index.md").is_file());
}

fn listed(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    collect(folder, "", &mut files);
    files
}
