//! Tests that the two handles behave alike, and that neither follows a link.

use std::io;
use std::path::Path;

use super::{EntryKind, Folder, is_in_the_way, portable};

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
        assert_eq!((facts.kind, facts.bytes), (EntryKind::File, 3));
        assert!(facts.modified_ns > 1_600_000_000_000_000_000);
        sub.rename("b", &root, "d").unwrap_err();
        root.link("a", &sub, "x").unwrap();
        let each = |name| root.facts_in_each(name, &mut || true).unwrap().unwrap();
        assert_eq!(each("x"), [("sub".to_owned(), Some(sub.facts("x").unwrap()))]);
        assert_eq!(each("y"), [("sub".to_owned(), None)]);
        assert_eq!(root.facts_in_each("x", &mut || false).unwrap(), None);
        sub.remove_file("x").unwrap();
        root.remove_folder("sub").unwrap();
        root.remove_file("a").unwrap();
        assert_eq!(root.names().unwrap(), ["c"]);
        root.open_to_sync("c").unwrap().sync_all().unwrap();
        io::Write::write_all(&mut root.open_to_append("c").unwrap(), b"d").unwrap();
        assert_eq!(root.names_of(&root.open_to_change("c").unwrap()).unwrap(), 1);
        let status = root.status("c").unwrap();
        assert!(status.is_own_file() && status.bytes == 4 && status.modified_ns >= facts.modified_ns.into());
        root.set_nanoseconds("c", 7).unwrap();
        root.make_private().unwrap();
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
        assert!(root.facts_in_each("secret", &mut || true).unwrap().unwrap().is_empty());
        assert_eq!(root.open_to_read("file").unwrap_err().kind(), io::ErrorKind::NotADirectory);
        assert_eq!(root.open_to_change("file").unwrap_err().kind(), io::ErrorKind::NotADirectory);
        assert!(root.create("dangling").is_err());
        assert_eq!(root.facts("file").unwrap().kind, EntryKind::Other);
        // Renaming over a link replaces the link, not its target.
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
fn pipe(path: &Path) {
    assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[cfg(unix)]
#[test]
fn a_pipe_a_socket_and_a_folder_in_a_files_place_are_refused_without_waiting() {
    let dir = tempfile::tempdir().unwrap();
    let root = Folder::open(dir.path()).unwrap();
    pipe(&dir.path().join("pipe"));
    let socket = dir.path().join("socket");
    // On other platforms only a listening program makes a socket.
    #[cfg(target_os = "linux")]
    rustix::fs::mknodat(rustix::fs::CWD, &socket, rustix::fs::FileType::Socket, rustix::fs::Mode::RUSR, 0).unwrap();
    #[cfg(not(target_os = "linux"))]
    pipe(&socket);
    root.make_folder("folder").unwrap();
    for name in ["pipe", "socket", "folder"] {
        assert!(is_in_the_way(&root.read(name, 10).unwrap_err()), "{name}");
        assert!(is_in_the_way(&root.open_to_sync(name).unwrap_err()), "{name}");
    }
    for name in ["pipe", "socket"] {
        root.open_own(name).unwrap();
        assert!(root.status(name).unwrap().is_own_file(), "{name}");
    }
    assert!(is_in_the_way(&root.open_own("folder").unwrap_err()));
    root.clear("folder").unwrap();
    assert!(!dir.path().join("folder").exists());
    // The lock is taken anyway, and a person's files in the folder stay.
    root.make_folder("folder").unwrap();
    std::fs::write(dir.path().join("folder/notes"), "a person's").unwrap();
    root.open_to_lock("folder").unwrap();
    assert!(root.status("folder").unwrap().is_own_file() && dir.path().join("folder.aside/notes").is_file());
}

#[cfg(unix)]
#[test]
fn what_is_ones_own_is_made_anew_where_it_leads_elsewhere() {
    use std::io::Write;
    let (dir, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let root = Folder::open(dir.path()).unwrap();
    let secret = outside.path().join("secret");
    std::fs::write(&secret, "secret").unwrap();
    let plants: [fn(&Path, &Path); 3] = [
        plant,
        |secret, name| plant(&secret.with_file_name("none"), name),
        |secret, name| std::fs::hard_link(secret, name).unwrap(),
    ];
    for put in plants {
        for open in [Folder::open_own, Folder::open_to_append] {
            put(&secret, &dir.path().join("own"));
            open(&root, "own").unwrap().write_all(b"w").unwrap();
            assert_eq!(std::fs::read(dir.path().join("own")).unwrap(), b"w");
            root.remove_file("own").unwrap();
        }
        put(&secret, &dir.path().join("own"));
        assert!(root.clear("own").unwrap() && !root.clear("own").unwrap());
        put(&secret, &dir.path().join("own"));
        root.open_to_lock("own").unwrap();
        root.clear("own").unwrap();
        let _ = root.remove_file("own");
    }
    plant(outside.path(), &dir.path().join("below"));
    root.own_child("below").unwrap().create("new").unwrap();
    assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 1);
    assert_eq!(std::fs::read(&secret).unwrap(), b"secret");
}

#[test]
fn a_file_that_is_too_long_is_not_read() {
    let dir = tempfile::tempdir().unwrap();
    let root = Folder::open(dir.path()).unwrap();
    root.create("file").unwrap().set_len(5 << 30).unwrap();
    assert_eq!(root.read("file", 4 << 30).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
    root.create("short").unwrap().set_len(10).unwrap();
    assert_eq!(root.read("short", 10).unwrap().len(), 10);
    assert_eq!(root.read("short", 9).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
}

#[cfg(unix)]
#[test]
fn what_is_made_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let root = Folder::open_made(&dir.path().join("deep/er")).unwrap();
    let mode = |name: &str| std::fs::metadata(root.path_of(name)).unwrap().permissions().mode() & 0o777;
    root.make_folder("folder").unwrap();
    root.create("file").unwrap();
    root.open_own("own").unwrap();
    assert_eq!([mode("folder"), mode("."), mode("..")], [0o700; 3]);
    assert_eq!([mode("file"), mode("own")], [0o600; 2]);
    for (before, after) in [(0o755, 0o700), (0o2750, 0o700), (0o770, 0o770), (0o2775, 0o775)] {
        std::fs::set_permissions(root.path_of("folder"), std::fs::Permissions::from_mode(before)).unwrap();
        root.child("folder").unwrap().make_private().unwrap();
        assert_eq!(mode("folder"), after, "{before:o}");
    }
}

#[test]
fn no_path_passes_for_a_name() {
    let dir = tempfile::tempdir().unwrap();
    let root = Folder::open(dir.path()).unwrap();
    for name in ["", ".", "..", "a/b", "../x", "a\\b", "a\0b"] {
        assert!(root.read(name, 1).is_err(), "{name:?}");
        assert!(root.create(name).is_err(), "{name:?}");
        assert!(root.make_folder(name).is_err(), "{name:?}");
        assert!(root.open_own(name).is_err(), "{name:?}");
        assert!(root.rename("a", &root, name).is_err(), "{name:?}");
    }
}
