//! Tests homes with links, pipes and monstrous files in place of the cache's own. A synced, cloned
//! or unpacked home may have them. Nothing outside may change, nothing may hang, and every page
//! that can be saved is. More than 300 lines: one table of attacks is tried on every command.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by a panic, and says why it did nothing"
)]

mod rig;

use std::{
    ffi::OsStr,
    fs,
    io::Write,
    os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use cachette_protocol::{Code, Hello, PROTOCOL, PROTOCOL_OLDEST};
use rig::{Host, ORIGIN, Place, Ran, begin, page};

const URL: &str = "https://example.org/a";
const OTHER: &str = "https://example.org/b";
const AT: &str = "2026-11-01T00:00:00.000Z";
const LATER: &str = "2026-11-02T00:00:00.000Z";
/// The time limit of a command, far longer than any takes on a busy machine.
const WATCHDOG: Duration = Duration::from_secs(120);
/// Two gigabytes of address space, in kilobytes: a command that reads without end runs out of it.
const ADDRESSES: &str = "ulimit -v 2000000";

/// Runs a command after another one in the same shell; one that hangs is a failure.
fn run_after(place: &Place, first: &str, args: &[&str], stdin: &str) -> Ran {
    let program = place.program();
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{first}; exec \"$@\""), "sh"]).arg(program.get_program()).args(args);
    command.current_dir(place.dir());
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > WATCHDOG {
            let _ = child.kill();
            panic!("cachette {args:?} hangs");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let code = output.status.code();
    Ran { code: code.unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

fn run(place: &Place, args: &[&str]) -> Ran {
    run_after(place, "true", args, "")
}

fn add(place: &Place, url: &str, words: &str, at: &str) -> Ran {
    run_after(place, "true", &["add", "--url", url, "--captured-at", at, "-"], &page("Fruit", words))
}

/// Lists everything below a folder: its kind, content, mode and times.
fn listing(folder: &Path) -> Vec<(PathBuf, Vec<u8>, u32, i64, i64)> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).chain([folder.clone()]) {
            let facts = fs::symlink_metadata(&path).unwrap();
            let content = if facts.is_file() { fs::read(&path).unwrap() } else { Vec::new() };
            found.push((path.clone(), content, facts.mode(), facts.mtime(), facts.mtime_nsec()));
            if facts.is_dir() && path != folder {
                folders.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Files a page and finds it. Returns its place, the canary next to it, and the name of its folder.
fn prepared() -> (Place, PathBuf, String) {
    let place = Place::in_memory();
    let article = place.add(URL, &page("Fruit", "A persimmon."), AT);
    assert_eq!(run(&place, &["search", "persimmon"]).code, 0);
    let mut host = Host::start(&place);
    host.save(&begin(URL, LATER), &page("Fruit", "A medlar.")).unwrap();
    host.end();
    let outside = place.dir().join("outside");
    fs::create_dir_all(outside.join("below")).unwrap();
    for name in ["canary", "index.sqlite", "host.log", "below/index.md", "00"] {
        fs::write(outside.join(name), "what lies outside, and is longer than a short note").unwrap();
    }
    let page = article.parent().unwrap().file_name().unwrap().to_str().unwrap().to_owned();
    (place, outside, page)
}

/// Names that may be deleted at any time. Whatever is put there, a save is kept and found.
const OWN: [&str; 16] = [
    ".index",
    ".index/index.sqlite",
    ".index/index.sqlite-wal",
    ".index/index.sqlite-shm",
    ".index/index.sqlite-journal",
    ".index/index.sqlite-seal",
    ".index/index.sqlite-users",
    ".index/index.sqlite.lock",
    ".index/index.sqlite.broken",
    ".index/check.json",
    ".log",
    ".log/host.log",
    ".work",
    ".work/locks",
    ".work/pending",
    ".work/locks/assets",
];

/// Names that belong to a person: a save that needs one of them is refused in one sentence.
const KEPT: [&str; 14] = [
    ".format",
    "settings.txt",
    ".gitignore",
    ".trash",
    "assets",
    "pages",
    "pages/PAGE",
    "pages/PAGE/index.md",
    "pages/PAGE/index.html",
    "pages/PAGE/index.dropped.json",
    "pages/PAGE/versions",
    "pages/PAGE/versions/20261101T000000000Z.md",
    "pages/PAGE/versions/20261101T000000000Z.html",
    "pages/PAGE/versions/20261101T000000000Z.dropped.json",
];

/// Puts something unusual under a name; `false` if the system does not allow it.
type Plant = fn(&Path, &Path) -> bool;
const PLANTS: [(&str, Plant); 8] = [
    ("a link to a file", |outside, name| symlink(outside.join("canary"), name).is_ok()),
    ("a link to a folder", |outside, name| symlink(outside, name).is_ok()),
    ("a dangling link", |outside, name| symlink(outside.join("none"), name).is_ok()),
    ("a second name", |outside, name| fs::hard_link(outside.join("canary"), name).is_ok()),
    ("a pipe", |_, name| made("mkfifo", &[name.as_os_str()])),
    // Reading a device never ends.
    ("a device", |_, name| made("mknod", &[name.as_os_str(), "c".as_ref(), "1".as_ref(), "5".as_ref()])),
    ("a socket", |_, name| socket(name)),
    ("a folder", |_, name| fs::create_dir(name).is_ok() && fs::write(name.join("a person's"), "notes").is_ok()),
];

#[cfg(target_os = "linux")]
fn socket(name: &Path) -> bool {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    mknodat(CWD, name, FileType::Socket, Mode::RUSR, 0).is_ok()
}

/// On other systems only a listening program makes one.
#[cfg(not(target_os = "linux"))]
fn socket(_: &Path) -> bool {
    false
}

fn made(program: &str, args: &[&OsStr]) -> bool {
    Command::new(program).args(args).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

fn clear(path: &Path) {
    let _ = fs::remove_dir_all(path);
    let _ = fs::remove_file(path);
}

#[test]
fn nothing_is_followed_out_of_a_home_and_nothing_hangs() {
    let (template, _, hash) = prepared();
    let names = OWN.iter().map(|name| (*name, true)).chain(KEPT.iter().map(|name| (*name, false)));
    let cases: Vec<_> = names.flat_map(|name| PLANTS.map(|plant| (name, plant))).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(((name, own), plant)) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            stranger(&template, &name.replace("PAGE", &hash), *own, *plant);
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
}

/// A home like the template with something strange under one name of it. Everything that reads and
/// writes there must cope.
fn stranger(template: &Place, name: &str, own: bool, (what, plant): (&str, Plant)) {
    let case = format!("{what} as {name}");
    let place = Place::in_memory();
    let mut copy = Command::new("cp");
    copy.arg("-a").arg(template.dir().join("outside")).arg(template.home());
    assert!(copy.arg(place.dir()).status().unwrap().success());
    let (outside, name) = (place.dir().join("outside"), place.home().join(name));
    clear(&name);
    if !plant(&outside, &name) {
        assert!(what == "a device" || !cfg!(target_os = "linux"), "{case} can be made");
        eprintln!("skipped: {case} cannot be made here");
        return;
    }
    let is_file = what == "a second name";
    // A file that somebody put in a folder's place is not removed. A folder in a folder's place is
    // normal.
    let folder = [".index", ".log", ".work", "locks", "pending", ".trash", "assets", "pages", "versions"];
    let folder = folder.iter().any(|folder| name.ends_with(folder)) && !name.ends_with("locks/assets");
    let right = folder && what == "a folder";
    let before = listing(&outside);
    // The check comes before anything else opens the home and removes the file. A second name of a
    // page's file is not unusual: versions have them.
    let checked = run(&place, &["check", "--read-data"]);
    let told = |ran: &Ran| format!("{}{}", ran.out, ran.err).contains(name.to_str().unwrap());
    assert!([0, 1, 3].contains(&checked.code), "{case}: {}", checked.err);
    let readable = name.ends_with(".format") || name.ends_with("settings.txt");
    let passing = right || name.ends_with(".gitignore") || is_file && (own || readable);
    assert!(passing || told(&checked), "{case} is not told by check: {}{}", checked.out, checked.err);
    let saved = add(&place, OTHER, "A quince.", AT);
    let mut host = Host::start(&place);
    let hosted = host.save(&begin(URL, "2026-11-03T00:00:00.000Z"), &page("Fruit", "A sorb."));
    assert!(host.end().success(), "{case}");
    let found = run(&place, &["search", "quince"]);
    assert!(![101, -1].contains(&found.code), "{case}: {}", found.err);
    if own && !(is_file && folder) {
        assert_eq!((saved.code, hosted.is_ok()), (0, true), "{case}: {} {hosted:?}", saved.err);
        assert!(found.out.contains(OTHER), "{case}: {}{}", found.out, found.err);
    } else {
        assert!(saved.code == 0 || saved.code == 3 && saved.err.lines().count() == 1, "{case}: {}", saved.err);
    }
    for command in [&["list"][..], &["show", URL], &["collect"], &["stats"], &["trash", "list"], &["rebuild"]] {
        let ran = run(&place, command);
        assert!([0, 1, 3].contains(&ran.code), "{case}: {command:?}: {}", ran.err);
    }
    assert_eq!(listing(&outside), before, "{case} was written through");
}

#[test]
fn what_is_too_large_is_reported_and_not_read() {
    let (place, _, hash) = prepared();
    assert_eq!(add(&place, OTHER, "A quince.", AT).code, 0);
    let article = format!("pages/{hash}/index.md");
    let capture = format!("pages/{hash}/index.html");
    let version = format!("pages/{hash}/versions/20261101T000000000Z.md");
    let dropped = format!("pages/{hash}/index.dropped.json");
    for (name, told) in [
        (".format", true),
        ("settings.txt", true),
        (article.as_str(), true),
        (&capture, true),
        (&version, true),
        (&dropped, true),
        (".log/host.log", false),
        (".index/index.sqlite", false),
        (".index/index.sqlite-wal", false),
        (".index/index.sqlite-seal", false),
        (".index/check.json", false),
    ] {
        let name = place.home().join(name);
        let former = fs::read(&name).ok();
        let file = fs::File::options().write(true).create(true).truncate(false).open(&name).unwrap();
        file.set_len(5 << 30).unwrap();
        let limited = |args: &[&str]| run_after(&place, ADDRESSES, args, "");
        let checked = limited(&["check", "--read-data"]);
        let case = name.display();
        assert!(!told || checked.code == 1 && checked.out.contains(name.to_str().unwrap()), "{case}: {}", checked.out);
        let found = limited(&["search", "quince"]);
        assert!(found.code == 0 && found.out.contains(OTHER), "{case}: {}{}", found.out, found.err);
        let shown = limited(&["show", URL]);
        assert!(shown.code == 0 || shown.err.contains(name.to_str().unwrap()), "{case}: {}", shown.err);
        let out = place.dir().join("export");
        for command in [
            &["list"][..],
            &["rebuild"],
            &["collect"],
            &["stats"],
            &["versions", URL],
            &["keep"],
            &["export", "original", out.to_str().unwrap()],
        ] {
            let ran = limited(command);
            assert!([0, 1, 3].contains(&ran.code), "{case}: {command:?}: {} {}", ran.code, ran.err);
        }
        let line = format!("{{\"url\":\"{OTHER}\",\"markdown\":\"A quince.\"}}\n");
        let imported = run_after(&place, ADDRESSES, &["import", "jsonl", "-"], &line);
        assert!([0, 3].contains(&imported.code), "{case}: {}", imported.err);
        clear(&name);
        if let Some(former) = former {
            fs::write(&name, former).unwrap();
        }
    }
    assert_eq!(run(&place, &["check", "--read-data"]).code, 0);
}

#[test]
fn what_is_made_is_the_owners_alone_whatever_the_umask() {
    for umask in ["umask 000", "umask 777", "umask 022"] {
        let place = Place::new();
        let html = page("Fruit", "A persimmon.");
        for url in [URL, OTHER] {
            let ran = run_after(&place, umask, &["add", "--url", url, "-"], &html);
            assert_eq!(ran.code, 0, "{umask}: {}", ran.err);
        }
        let program = place.program();
        let mut command = Command::new("sh");
        command.args(["-c", &format!("{umask}; exec \"$@\""), "sh"]).arg(program.get_program()).arg(ORIGIN);
        command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?)))).current_dir(place.dir());
        let mut host = Host::start_with(&mut command);
        host.save(&begin(URL, LATER), &page("Fruit", "A medlar.")).unwrap();
        let modes = |wanted: fn(&fs::Metadata) -> bool| {
            listing(&place.home()).into_iter().filter_map(move |(path, _, mode, ..)| {
                wanted(&fs::symlink_metadata(&path).unwrap()).then_some((path, mode & 0o777))
            })
        };
        for (path, mode) in modes(fs::Metadata::is_dir) {
            assert_eq!(mode, 0o700, "{umask}: {}", path.display());
        }
        for (path, mode) in modes(fs::Metadata::is_file) {
            assert_eq!(mode, 0o600, "{umask}: {}", path.display());
        }
        host.end();
    }
    // A home that a person made keeps its mode.
    let place = Place::new();
    fs::create_dir(place.home()).unwrap();
    fs::set_permissions(place.home(), fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(add(&place, URL, "A persimmon.", AT).code, 0);
    assert_eq!(fs::metadata(place.home()).unwrap().mode() & 0o777, 0o755);
    let out = place.dir().join("export");
    let ran = run_after(&place, "umask 027", &["export", "original", out.to_str().unwrap()], "");
    assert_eq!((ran.code, fs::metadata(out).unwrap().mode() & 0o777), (0, 0o750), "{}", ran.err);
}

#[test]
fn a_limit_on_the_size_of_files_is_reported_and_ends_nothing() {
    let place = Place::new();
    let program = place.program();
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -f 100; exec \"$@\"", "sh"]).arg(program.get_program()).arg(ORIGIN);
    command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?)))).current_dir(place.dir());
    let mut host = Host::start_with(&mut command);
    let large = page("Fruit", &"A persimmon costs 3 euros. ".repeat(20_000));
    assert_eq!(host.save(&begin(URL, AT), &large).unwrap_err().code, Code::DiskFull);
    let saved = host.save(&begin(OTHER, AT), &page("Fruit", "A quince.")).unwrap();
    assert!(Path::new(&saved.path).is_file());
    let hello = Hello { extension: "0".into(), protocol: PROTOCOL, protocol_oldest: PROTOCOL_OLDEST };
    assert!(host.ask(&hello).is_ok());
    assert!(host.end().success());
    assert!(run(&place, &["search", "quince"]).out.contains(OTHER));
    assert_eq!(run(&place, &["check", "--read-data"]).code, 0);
}

#[test]
fn a_mount_point_over_the_trash_or_the_pages_is_no_obstacle() {
    let unshare = |script: &str, place: &Place| {
        let program = place.program();
        let mut command = Command::new("unshare");
        command.args(["-m", "sh", "-e", "-c", script, "sh"]).arg(program.get_program()).current_dir(place.dir());
        command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.output().ok().filter(|output| output.status.code() != Some(77))
    };
    let mount = "mount -t tmpfs none home/.trash || exit 77";
    for mounted in ["home/.trash", "home/pages"] {
        let place = Place::new();
        place.add(URL, &page("Fruit", "A persimmon."), AT);
        place.add(URL, &page("Fruit", "A quince."), LATER);
        fs::create_dir(place.home().join(".trash")).unwrap();
        for (at, words) in [(AT, "A persimmon."), (LATER, "A quince.")] {
            fs::write(place.dir().join(at), page("Fruit", words)).unwrap();
        }
        let mount = mount.replace("home/.trash", mounted);
        let script = format!(
            "{mount}
            ls -d home/pages/* >/dev/null 2>&1 || \
             for at in {AT} {LATER}; do \"$1\" add --url {URL} --captured-at $at $at >/dev/null; done
            cat home/pages/*/index.html > before
            \"$1\" remove {URL} >/dev/null
            ls home/pages
            \"$1\" trash list --json > trash.json
            name=$(sed 's/.*\"name\":\"\\([^\"]*\\)\".*/\\1/' trash.json)
            \"$1\" trash restore \"$name\" >/dev/null
            ls -A home/.trash
            cat home/pages/*/index.html | cmp - before
            \"$1\" search Fruit --json
            \"$1\" check --read-data
            \"$1\" remove {URL} --at {LATER} >/dev/null
            \"$1\" check --read-data"
        );
        let Some(output) = unshare(&script, &place) else {
            eprintln!("skipped: nothing can be mounted here");
            return;
        };
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{mounted}: {out}\n{err}");
        assert!(out.starts_with('['), "{mounted}: something stayed behind: {out}");
        assert!(out.contains(URL) && out.contains("all is well"), "{mounted}: {out}\n{err}");
    }
}

#[test]
fn a_home_and_an_index_behind_linked_folders_are_found() {
    let place = Place::new();
    let user = place.dir().join("user");
    for base in [".local/share", ".cache", ".local/state"] {
        let real = place.dir().join("elsewhere").join(base);
        fs::create_dir_all(&real).unwrap();
        fs::create_dir_all(user.join(base).parent().unwrap()).unwrap();
        symlink(real, user.join(base)).unwrap();
    }
    let run = |args: &[&str], stdin: &str| {
        let mut command = place.program();
        command.env_remove("CACHETTE_HOME").args(args).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(stdin.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{args:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    run(&["add", "--url", URL, "-"], &page("Fruit", "A persimmon."));
    assert!(run(&["search", "persimmon"], "").contains(URL));
    run(&["check"], "");
    let index = place.dir().join("elsewhere/.cache");
    let any = |folder: &Path| listing(folder).iter().any(|(path, ..)| path.ends_with("index.sqlite"));
    assert!(cfg!(target_os = "macos") || any(&index));
    assert!(!fs::symlink_metadata(&index).unwrap().file_type().is_fifo());
}
