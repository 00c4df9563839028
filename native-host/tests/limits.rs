//! Tests reading under resource limits and beside unusual files. A program that may write nothing
//! answers all the same, and pages that cannot be read are counted in a sentence beside the answer.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by a panic")]

mod rig;

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use rig::{Place, Ran, page};

const AT: &str = "2026-11-22";

/// Runs a command whose files may have only this many blocks, of 512 or 1024 bytes. A shell's limit
/// applies to the program that it becomes.
fn limited(place: &Place, blocks: u32, args: &[&str]) -> Ran {
    let program = place.program();
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit -f {blocks}; exec \"$@\""), "sh"]).arg(program.get_program()).args(args);
    command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?)))).env_remove("XDG_STATE_HOME");
    let output = command.current_dir(place.dir()).stdin(Stdio::null()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

fn without(index: &Path, endings: &[&str]) {
    for ending in endings {
        let _ = fs::remove_file(index.join(format!("index.sqlite{ending}")));
    }
}

#[test]
fn whoever_may_write_no_file_is_answered_whatever_is_left_of_the_index() {
    let place = Place::new();
    for n in 0..12 {
        let words = format!("A persimmon costs {n} euros. {}", "Quinces and medlars. ".repeat(200));
        place.add(&format!("https://example.org/{n}"), &page("Fruit", &words), AT);
    }
    let index = place.home().join(".index");
    let kept = place.dir().join("kept");
    assert_eq!(place.run(&["search", "persimmon"]).code, 0);
    assert!(Command::new("cp").arg("-a").arg(&index).arg(&kept).status().unwrap().success());
    type Prepare = fn(&Path);
    let states: [(&str, Prepare); 6] = [
        ("in step", |_| {}),
        ("cold", |index| without(index, &["-wal", "-shm"])),
        ("without users", |index| without(index, &["-wal", "-shm", "-users"])),
        ("without a seal", |index| without(index, &["-seal"])),
        ("empty", |index| without(index, &["", "-wal", "-shm", "-seal", "-users"])),
        ("gone", |index| fs::remove_dir_all(index).unwrap()),
    ];
    for (state, prepare) in states {
        for blocks in [0, 8, 64] {
            let _ = fs::remove_dir_all(&index);
            assert!(Command::new("cp").arg("-a").arg(&kept).arg(&index).status().unwrap().success());
            prepare(&index);
            for (args, told) in [
                (&["search", "persimmon", "--json=full"][..], "\"total\":12"),
                (&["list"], "https://example.org/11"),
                (&["show", "https://example.org/3"], "costs 3 euros"),
                (&["related", "https://example.org/3"], ""),
                (&["stats"], "12"),
            ] {
                let ran = limited(&place, blocks, args);
                assert_eq!(ran.code, 0, "{state}, {blocks} blocks: {args:?}: {}", ran.err);
                assert!(ran.out.contains(told), "{state}, {blocks} blocks: {args:?}: {}", ran.out);
            }
        }
    }
    assert!(place.run(&["search", "persimmon"]).out.contains("costs"));
    assert_eq!(place.run(&["check", "--read-data"]).code, 0);
}

#[test]
fn pages_that_cannot_be_read_are_counted_beside_every_answer() {
    let place = Place::new();
    let paths: Vec<_> = (0..4)
        .map(|n| place.add(&format!("https://example.org/{n}"), &page("Fruit", &format!("A persimmon, {n}.")), AT))
        .collect();
    for command in [&["list"][..], &["search", "persimmon"], &["rebuild"]] {
        assert!(!place.run(command).err.contains("left out"), "all can be read");
    }
    let told = |count: &str| {
        for command in [
            &["list"][..],
            &["list", "--json"],
            &["search", "persimmon"],
            &["search", "persimmon", "--json"],
            &["search", "persimmon", "--json=full"],
            &["rebuild"],
        ] {
            let ran = place.run(command);
            assert_eq!(ran.code, 0, "{command:?}: {}", ran.err);
            let sentence = format!("cachette: {count} left out; `cachette check` says why.\n");
            assert!(ran.err.contains(&sentence), "{command:?}: {}", ran.err);
            assert!(!ran.out.contains("left out"), "{command:?}: {}", ran.out);
            assert!(ran.out.contains("https://example.org/3") || command[0] == "rebuild", "{command:?}: {}", ran.out);
        }
    };
    fs::File::options().write(true).open(&paths[0]).unwrap().set_len(600 << 20).unwrap();
    told("1 page cannot be read and is");
    fs::remove_file(&paths[1]).unwrap();
    assert!(Command::new("mkfifo").arg(&paths[1]).status().unwrap().success());
    told("2 pages cannot be read and are");
    fs::remove_file(&paths[2]).unwrap();
    fs::create_dir(&paths[2]).unwrap();
    told("3 pages cannot be read and are");
    let checked = place.run(&["check"]);
    assert_eq!(checked.code, 1);
    assert!(paths[..3].iter().all(|path| checked.out.contains(path.to_str().unwrap())), "{}", checked.out);
}
