//! Tests the end of the input. Nobody waits any more, so what is being converted is given up, and
//! what is being filed is finished.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by a panic")]

mod rig;

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use cachette_protocol::encode_request;
use rig::{Host, ORIGIN, Place, begin, page};

const URL: &str = "https://example.org/a";
const FIRST: &str = "2026-11-22T18:24:05.123Z";

/// The time limit of a wait, far longer than anything takes here.
const PATIENCE: Duration = Duration::from_secs(300);

fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < PATIENCE, "{what} never came");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Returns the processor time of the process according to the kernel, in ticks.
fn ticks(process: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    [11, 12].iter().filter_map(|at| fields.get(*at)?.parse::<u64>().ok()).sum()
}

#[test]
#[cfg(target_os = "linux")]
fn a_conversion_is_given_up_at_the_end_of_the_input() {
    let place = Place::new();
    let mut host = Host::start(&place);
    let words = "<p>One <b>or</b> <i>other</i> word <a href=/x>of</a> <code>many</code>, and no end of them.</p>\n";
    let commit = host.upload(&begin(URL, FIRST), &page("Long", &words.repeat(150_000))).unwrap();
    let process = host.process();
    let before = ticks(process);
    host.send(&encode_request(90, &commit).unwrap());
    until("the conversion", || ticks(process) > before + 5);
    assert!(host.end().success());
    assert!(!place.files().iter().any(|file| file.ends_with("index.md")), "the conversion went on");
    let ran = place.run(&["check"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
}

#[test]
fn what_is_being_filed_is_finished_at_the_end_of_the_input() {
    let tracer = Command::new("strace").arg("-V").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !tracer.is_ok_and(|status| status.success()) {
        eprintln!("no strace here: not tried");
        return;
    }
    let place = Place::new();
    // Each of the disk's confirmations takes long, and the input ends among them.
    let slow = ["-f", "-qq", "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:delay_enter=1500000"];
    let mut traced = Command::new("strace");
    let program = place.program();
    traced.args(slow).arg("-o").arg(place.dir().join("trace")).arg(program.get_program()).arg(ORIGIN);
    traced.current_dir(place.dir());
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => traced.env(name, value),
            None => traced.env_remove(name),
        };
    }
    let mut host = Host::start_with(&mut traced);
    let commit = host.upload(&begin(URL, FIRST), &page("Kept", "A persimmon.")).unwrap();
    host.send(&encode_request(91, &commit).unwrap());
    let is_begun = |file: &Path| file.components().any(|part| part.as_os_str() == "pages");
    until("the first file of the page", || place.files().iter().any(|file| is_begun(file)));
    let is_filed = || place.files().iter().any(|file| is_begun(file) && file.ends_with("index.md"));
    assert!(!is_filed(), "the disk was too fast for this test");
    host.pipes.stdin = None;
    host.pipes.stdout = None;
    assert!(host.wait().success());
    assert!(is_filed(), "what was begun was not finished: {:?}", place.files());
    let ran = place.run(&["search", "persimmon"]);
    assert!(ran.code == 0 && ran.out.contains(URL), "{} {}", ran.out, ran.err);
    let ran = place.run(&["check"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
}

#[test]
fn a_host_that_has_nothing_to_do_ends_with_its_input() {
    let place = Place::new();
    let mut host = Host::start(&place);
    host.save(&begin(URL, FIRST), &page("Kept", "A persimmon.")).unwrap();
    assert!(host.end().success());
}
