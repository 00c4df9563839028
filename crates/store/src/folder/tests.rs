//! The two handles behave alike, and neither follows a link.

use std::io;
use std::path::Path;

use super::{Folder, Kind, portable};
use crate::{Gate, Step, StoreError};

macro_rules! both {
    ($name:ident, $check:ident) => {
        #[test]
        fn $name() {
            let dir = tempfile::tempdir().unwrap();
            $check!(portable::Handle, dir.path());
            #[cfg(unix)]
            {
                let dir = tempfile::tempdir().unwrap();
                $check!(super::unix::Handle, dir.path());
            }
        }
    };
}

macro_rules! writes_and_names {
    ($handle:ty, $dir:expr) => {{
        let root = <$handle>::open($dir).unwrap();
        io::Write::write_all(&mut root.create("a").unwrap(), b"abc").unwrap();
        assert_eq!(root.create("a").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        root.make_folder("sub").unwrap();
        assert_eq!(root.make_folder("sub").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        let sub = root.child("sub").unwrap();
        root.link("a", &sub, "b").unwrap();
        assert_eq!(root.link("a", &sub, "b").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        sub.rename("b", &root, "c").unwrap();
        let facts = root.facts("c").unwrap();
        assert_eq!((facts.kind, facts.bytes), (Kind::File, 3));
        assert!(facts.modified_ns > 1_600_000_000_000_000_000);
        sub.rename("b", &root, "d").unwrap_err();
        root.link("a", &sub, "x").unwrap();
        let each = root.facts_in_each("x").unwrap();
        assert_eq!(each, [("sub".to_owned(), Some(sub.facts("x").unwrap()))]);
        assert_eq!(root.facts_in_each("y").unwrap(), [("sub".to_owned(), None)]);
        sub.remove_file("x").unwrap();
        root.remove_folder("sub").unwrap();
        root.remove_file("a").unwrap();
        assert_eq!(root.names().unwrap(), ["c"]);
        root.open_to_sync("c").unwrap().sync_all().unwrap();
        root.sync().unwrap();
        root.sync_all().unwrap();
        assert_eq!(root.child("none").unwrap_err().kind(), io::ErrorKind::NotFound);
        assert_eq!(root.open_to_read("none").unwrap_err().kind(), io::ErrorKind::NotFound);
        assert_eq!(root.child("c").unwrap_err().kind(), io::ErrorKind::NotADirectory);
    }};
}

both!(a_folder_does_what_it_is_asked, writes_and_names);

#[cfg(unix)]
macro_rules! refuses_links {
    ($handle:ty, $dir:expr) => {{
        let root = <$handle>::open($dir).unwrap();
        let outside = tempfile::tempdir().unwrap();
        std::fs::write(outside.path().join("secret"), "s").unwrap();
        plant(outside.path(), &$dir.join("folder"));
        plant(&outside.path().join("secret"), &$dir.join("file"));
        plant(&outside.path().join("none"), &$dir.join("dangling"));
        assert_eq!(root.child("folder").unwrap_err().kind(), io::ErrorKind::NotADirectory);
        assert!(root.facts_in_each("secret").unwrap().is_empty());
        assert_eq!(root.open_to_read("file").unwrap_err().kind(), io::ErrorKind::NotADirectory);
        assert_eq!(root.open_to_lock("file").unwrap_err().kind(), io::ErrorKind::NotADirectory);
        assert!(root.create("dangling").is_err());
        assert_eq!(root.facts("file").unwrap().kind, Kind::Other);
        // Renaming over a link replaces the link, not what it leads to.
        io::Write::write_all(&mut root.create("new").unwrap(), b"n").unwrap();
        root.rename("new", &root, "file").unwrap();
        assert_eq!(std::fs::read(outside.path().join("secret")).unwrap(), b"s");
        assert!(!outside.path().join("none").exists());
    }};
}

#[cfg(unix)]
both!(a_planted_link_is_not_followed, refuses_links);

#[cfg(unix)]
fn plant(target: &Path, link: &Path) {
    std::os::unix::fs::symlink(target, link).unwrap();
}

#[cfg(unix)]
#[test]
fn a_pipe_in_a_files_place_is_refused_without_waiting() {
    let dir = tempfile::tempdir().unwrap();
    let made = std::process::Command::new("mkfifo").arg(dir.path().join("pipe")).status().unwrap();
    assert!(made.success());
    let root = Folder::open(dir.path(), &Gate::default()).unwrap().unwrap();
    assert!(matches!(root.read("pipe"), Err(StoreError::Foreign { .. })));
}

#[test]
fn no_path_passes_for_a_name() {
    let dir = tempfile::tempdir().unwrap();
    let root = Folder::open(dir.path(), &Gate::default()).unwrap().unwrap();
    for name in ["", ".", "..", "a/b", "../x", "a\\b", "a\0b"] {
        assert!(root.read(name).is_err(), "{name:?}");
        assert!(root.create(name, b"", false).is_err(), "{name:?}");
        assert!(root.make_child(name).is_err(), "{name:?}");
    }
}

#[test]
fn a_file_that_does_not_hold_what_was_written_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    // What a limit that cuts a write short leaves.
    let path = dir.path().to_owned();
    let gate = Gate::asking(move |step, file| {
        if step == Step::Read && file.starts_with(&path) {
            let bytes = std::fs::read(file).unwrap();
            std::fs::write(file, &bytes[..bytes.len() - 1]).unwrap();
        }
        Ok(())
    });
    let folder = Folder::open(dir.path(), &gate).unwrap().unwrap();
    let refused = folder.create("a.md", &vec![b'x'; 100_000], true);
    assert!(matches!(refused, Err(StoreError::Disk { .. })), "{refused:?}");
}
