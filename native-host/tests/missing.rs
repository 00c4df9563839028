//! Tests a full disk and a drive that is gone. Saved pages are found all the same, and nothing is
//! saved in the drive's place. The tests use real file systems in a mount namespace of their own,
//! where they may make one (as root on Linux).
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test fails by a panic, a skip is reported"
)]

mod rig;

use std::{
    fs,
    process::{Command, Stdio},
};

use cachette_protocol::{Code, Hello, PROTOCOL, PROTOCOL_OLDEST, Search};
use rig::{Host, Place, begin, page};

const URL: &str = "https://example.org/a";
const FIRST: &str = "2026-11-22T18:24:05.123Z";
const SECOND: &str = "2026-11-23T18:24:05.123Z";

/// The functions of every script. `run` prints what a command says and how it ends, `fill` leaves
/// no byte on the home's disk.
const SHELL: &str = r#"
run() { echo "> $*"; "$CACHETTE" "$@" 2>&1; echo "= $?"; }
fill() {
    dd if=/dev/zero of="$CACHETTE_HOME/fill" bs=4k 2>/dev/null
    dd if=/dev/zero of="$CACHETTE_HOME/fill2" bs=1 2>/dev/null
}
"#;

/// Runs a script in a mount namespace of its own. It is `None` where the system does not let this
/// process make one.
fn mounted(place: &Place, script: &str) -> Option<String> {
    let namespace = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["-m", "sh", "-c", script]).current_dir(place.dir()).stdin(Stdio::null());
        command.env("CACHETTE_HOME", place.home()).env("HOME", place.dir().join("user"));
        command.env("CACHETTE", env!("CARGO_BIN_EXE_cachette")).env("TMPDIR", place.dir());
        for variable in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"] {
            command.env_remove(variable);
        }
        command.output()
    };
    fs::create_dir_all(place.dir().join("try")).unwrap();
    if !namespace("mount -t tmpfs tmpfs try").is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: no file system can be mounted here");
        return None;
    }
    let output = namespace(&format!("{SHELL}\n{script}")).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

/// Returns the output lines of a script's command, and its exit code.
fn said<'a>(report: &'a str, command: &str) -> Vec<(&'a str, &'a str)> {
    let begin = format!("> {command}\n");
    report
        .split(&begin)
        .skip(1)
        .map(|after| {
            let (text, rest) = after.split_once("= ").unwrap();
            (text, rest.lines().next().unwrap())
        })
        .collect()
}

fn pages(place: &Place) {
    fs::write(place.dir().join("a.html"), page("First", "A persimmon costs five euros.")).unwrap();
    fs::write(place.dir().join("a2.html"), page("First", "A persimmon costs six euros.")).unwrap();
    fs::write(place.dir().join("b.html"), page("Second", "Quinces are not persimmons.")).unwrap();
    fs::create_dir(place.home()).unwrap();
}

const ADD: &str = r#"
mount -t tmpfs -o size=3m tmpfs "$CACHETTE_HOME" || exit 9
run add --url https://example.org/a --captured-at 2026-11-22 a.html
run add --url https://example.org/a --captured-at 2026-11-23 a2.html
run add --url https://example.org/b --captured-at 2026-11-23 b.html
"#;

#[test]
fn what_is_saved_is_found_shown_and_listed_on_a_full_disk() {
    let states = [
        ("in step", ""),
        ("never indexed", r#"rm -r "$CACHETTE_HOME/.index""#),
        ("edited", r#"echo "A medlar too." >> "$(ls -d "$CACHETTE_HOME"/pages/*/index.md | head -1)""#),
        ("damaged", r#"echo damage >> "$CACHETTE_HOME/.index/index.sqlite""#),
        ("cut off", r#"rm -f "$CACHETTE_HOME"/.index/*-shm; : > "$CACHETTE_HOME/.index/index.sqlite-seal""#),
    ];
    for (state, prepare) in states {
        let place = Place::new();
        pages(&place);
        let script = format!(
            r#"{ADD}
            {prepare}
            fill
            run search persimmon
            run search persimmon --json
            run list
            run show https://example.org/a
            run versions https://example.org/a
            run related https://example.org/a
            run search quinces
            run diff https://example.org/a
            run add --url https://example.org/c a.html
            rm "$CACHETTE_HOME/fill" "$CACHETTE_HOME/fill2"
            run add --url https://example.org/c a.html
            run search persimmon --limit 0
            run check
            "#
        );
        let Some(report) = mounted(&place, &script) else { return };
        let one = |command: &str| said(&report, command)[0];
        for command in ["search persimmon", "search persimmon --json", "list"] {
            let (text, code) = one(command);
            assert_eq!(code, "0", "{state}: {command}: {report}");
            assert!(
                text.contains("https://example.org/a") && text.contains("https://example.org/b"),
                "{state}: {report}"
            );
        }
        assert!(one("show https://example.org/a").0.contains("six euros"), "{state}: {report}");
        assert_eq!(one("versions https://example.org/a").1, "0", "{state}: {report}");
        assert_eq!(one("related https://example.org/a").1, "0", "{state}: {report}");
        assert!(one("search quinces").0.contains("Second"), "{state}: {report}");
        assert_eq!(one("diff https://example.org/a").1, "0", "{state}: {report}");
        let added = said(&report, "add --url https://example.org/c a.html");
        assert!(added[0].1 == "3" && added[0].0.contains("disk is full"), "{state}: {report}");
        assert_eq!(added[1].1, "0", "{state}: {report}");
        assert!(one("search persimmon --limit 0").0.contains('3'), "{state}: {report}");
        assert_eq!(one("check").1, "0", "{state}: {report}");
    }
}

#[test]
fn what_is_saved_is_found_where_no_write_to_the_index_succeeds() {
    let place = Place::new();
    place.add(URL, &page("First", "A persimmon costs five euros."), FIRST);
    for (calls, error) in [
        ("pwrite64,ftruncate,fallocate", "ENOSPC"),
        ("pwrite64", "EDQUOT"),
        ("pwrite64", "EFBIG"),
        ("pwrite64", "EROFS"),
    ] {
        for remade in [false, true] {
            if remade {
                fs::remove_dir_all(place.home().join(".index")).unwrap();
            }
            for command in ["search persimmon", "list", "show https://example.org/a"] {
                let mut strace = Command::new("strace");
                strace.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("inject={calls}:error={error}")]);
                strace.arg(env!("CARGO_BIN_EXE_cachette")).args(command.split(' '));
                strace.env("CACHETTE_HOME", place.home()).env("HOME", place.dir().join("user"));
                strace.env_remove("XDG_STATE_HOME").current_dir(place.dir());
                let Ok(output) = strace.output() else {
                    eprintln!("skipped: there is no strace here");
                    return;
                };
                let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
                if err.contains("ptrace") {
                    eprintln!("skipped: {err}");
                    return;
                }
                assert!(
                    output.status.success() && out.contains("persimmon") | out.contains(URL),
                    "{error} {command}: {out}{err}"
                );
            }
        }
    }
}

#[test]
fn where_there_is_no_room_to_remove_for_good_the_command_says_so_and_what_ends_it() {
    let place = Place::new();
    pages(&place);
    let script = format!(
        r#"{ADD}
        rm -r "$CACHETTE_HOME"/pages/$("$CACHETTE" path https://example.org/b | sed 's:/index.md::; s:.*/::')
        fill
        run trash empty
        rm "$CACHETTE_HOME/fill" "$CACHETTE_HOME/fill2"
        run trash empty
        grep -rli quinces "$CACHETTE_HOME" | sed 's/^/still in: /'
        "#
    );
    let Some(report) = mounted(&place, &script) else { return };
    let emptied = said(&report, "trash empty");
    assert_eq!(emptied[0].1, "3", "{report}");
    assert!(
        emptied[0].0.contains("Removal is not complete") && emptied[0].0.contains("run `cachette trash empty` again"),
        "{report}"
    );
    assert_eq!(emptied[1].1, "0", "{report}");
    assert!(!report.contains("still in: "), "{report}");
}

#[test]
fn nothing_is_saved_in_the_place_of_a_drive_that_is_not_mounted() {
    for below in ["", "/below"] {
        let place = Place::new();
        pages(&place);
        fs::create_dir(place.dir().join("drive")).unwrap();
        let script = format!(
            r#"
            mount -t tmpfs tmpfs drive || exit 9
            mount --bind drive "$CACHETTE_HOME"
            MOUNT="$CACHETTE_HOME"
            export CACHETTE_HOME="$MOUNT{below}"
            run add --url https://example.org/a a.html
            umount "$MOUNT"
            run add --url https://example.org/b b.html
            run search persimmon
            run doctor
            run list
            find "$MOUNT" -mindepth 1 | sed 's/^/made: /'
            mount --bind drive "$MOUNT"
            run add --url https://example.org/b b.html
            run search persimmon
            umount "$MOUNT"
            umount drive
            mount -t tmpfs other "$MOUNT"
            run tags
            find "$MOUNT" -mindepth 1 | sed 's/^/made: /'
            umount "$MOUNT"
            run rebuild
            run rebuild --new-home
            run add --url https://example.org/b b.html
            "#
        );
        let Some(report) = mounted(&place, &script) else { return };
        let added = said(&report, "add --url https://example.org/b b.html");
        assert_eq!(added.iter().map(|said| said.1).collect::<Vec<_>>(), ["3", "0", "0"], "{report}");
        assert!(added[0].0.contains("is not there") && added[0].0.contains("rebuild --new-home"), "{report}");
        let found = said(&report, "search persimmon");
        assert_eq!((found[0].1, found[1].1), ("3", "0"), "{report}");
        assert!(found[1].0.contains("https://example.org/a"), "{report}");
        assert!(
            said(&report, "doctor")[0].0.contains("TROUBLE  The folder that pages were saved in is not there"),
            "{report}"
        );
        assert_eq!(said(&report, "tags")[0].1, "3", "another drive in its place: {report}");
        assert_eq!((said(&report, "list")[0].1, said(&report, "rebuild")[0].1), ("3", "3"), "{report}");
        assert!(!report.contains("made: "), "{report}");
    }
}

/// Changes the home's memory of its device to one that is not there.
fn take_the_drive_away(place: &Place) {
    let folder = place.dir().join("user/.local/state/cachette/homes");
    let memory = fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    let text = fs::read_to_string(&memory).unwrap();
    let device = text.lines().find(|line| line.starts_with("device: ")).unwrap();
    fs::write(&memory, text.replace(device, "device: 18446744073709551615")).unwrap();
}

#[test]
#[cfg(target_os = "linux")]
fn the_host_saves_nothing_in_the_place_of_a_drive_and_goes_on_when_it_is_back() {
    let place = Place::new();
    let mut host = Host::start(&place);
    host.save(&begin(URL, FIRST), &page("First", "A persimmon.")).unwrap();
    take_the_drive_away(&place);
    let away = place.dir().join("away");
    fs::rename(place.home(), &away).unwrap();
    // One host has the home open already, another starts now.
    let mut late = Host::start(&place);
    let hello = Hello { extension: "0.1.0".into(), protocol: PROTOCOL, protocol_oldest: PROTOCOL_OLDEST };
    let greeting = late.ask(&hello).unwrap();
    let (notices, troubles) = (greeting.all_notices(), &greeting.troubles);
    assert!(troubles.len() == 1 && troubles[0].contains("is not there"), "{troubles:?}");
    assert_eq!((notices[0].code, &notices[0].message), (Code::HomeGone, &troubles[0]));
    assert!(notices[0].params.path.is_some());
    for empty in [false, true] {
        if empty {
            fs::create_dir(place.home()).unwrap();
        }
        for host in [&mut host, &mut late] {
            let failure = host.save(&begin(URL, SECOND), &page("First", "Another persimmon.")).unwrap_err();
            assert_eq!(failure.code, Code::HomeGone, "{failure}");
            assert!(failure.message.contains("mount the drive"), "{failure}");
            let search = Search { query: "persimmon".into(), limit: 5, offset: 0 };
            assert_eq!(host.ask(&search).unwrap_err().code, Code::HomeGone);
        }
        assert_eq!(place.home().exists(), empty);
        assert!(!empty || fs::read_dir(place.home()).unwrap().next().is_none(), "nothing is made there");
    }
    fs::remove_dir(place.home()).unwrap();
    fs::rename(&away, place.home()).unwrap();
    for host in [&mut host, &mut late] {
        host.save(&begin(URL, SECOND), &page("First", "Another persimmon.")).unwrap();
    }
    assert!(host.end().success() && late.end().success());
    assert_eq!(place.run(&["versions", URL]).out.lines().count(), 2);
}
