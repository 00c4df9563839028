//! Tests that the program finds what people change in the files of a large home, although no search
//! waits for them: the command line in a process that it leaves behind, the host on a thread.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by a panic")]

mod rig;

use std::{
    fs,
    path::PathBuf,
    process::Stdio,
    time::{Duration, Instant},
};

use cachette_protocol::Search;
use rig::{Host, Place};
use serde_json::Value;

/// Enough pages for a home that is not compared before a search.
const PAGES: usize = 600;

/// The time limit of a wait.
const WATCHDOG: Duration = Duration::from_secs(300);

/// A home of many pages, which nobody has compared yet.
fn large() -> Place {
    let place = Place::in_memory();
    let line = |n| format!("{{\"url\":\"https://example.org/{n}\",\"markdown\":\"Words number{n:03}.\"}}\n");
    let lines: String = (0..PAGES).map(line).collect();
    let ran = place.run_with(&["import", "jsonl", "-"], lines.as_bytes());
    assert_eq!(ran.code, 0, "{}", ran.err);
    place
}

/// The file that says when a comparison in the background began, and whether it has ended.
fn turn(place: &Place) -> String {
    fs::read_to_string(place.home().join(".index/index.sqlite.comparison")).unwrap_or_default()
}

/// Waits until the comparison in the background has ended.
fn wait(place: &Place) {
    let begun = Instant::now();
    while !turn(place).contains("ended") {
        assert!(begun.elapsed() < WATCHDOG, "{}", turn(place));
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Replaces the words of the page with the number `n`, which no test searches for.
fn edit(place: &Place, n: usize, words: &str) -> PathBuf {
    let ran = place.run(&["path", &format!("https://example.org/{n}")]);
    let path = PathBuf::from(ran.out.trim_end());
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace(&format!("Words number{n:03}"), words)).unwrap();
    path
}

fn total(place: &Place, query: &str) -> u64 {
    let ran = place.run(&["search", query, "--json=full"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    serde_json::from_str::<Value>(&ran.out).unwrap()["total"].as_u64().unwrap()
}

#[test]
fn the_command_line_answers_and_a_process_that_it_leaves_behind_finds_the_edit() {
    let place = large();
    edit(&place, 7, "A persimmon");
    assert_eq!(turn(&place), "", "nothing has been compared");
    let people = place.run(&["search", "number123"]);
    assert!(people.out.contains("example.org/123"), "{}", people.out);
    wait(&place);
    assert_eq!(total(&place, "persimmon"), 1);
    let first = turn(&place);
    edit(&place, 8, "A quince");
    for args in [&["search", "number124"][..], &["search", "number124", "--json"], &["related", "example.org/1"]] {
        place.run(args);
    }
    assert_eq!(turn(&place), first, "it is not due again within the minute");
    assert_eq!(place.run(&["refresh"]).code, 0);
    assert_eq!(total(&place, "quince"), 1, "but may be asked for");
}

#[test]
fn a_batch_finds_the_edit_while_it_runs() {
    use std::io::{BufRead, BufReader, Write};
    let place = large();
    edit(&place, 7, "A persimmon");
    let mut command = place.program();
    let mut child = command.args(["search", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut stdin, mut stdout) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    let mut answer = |query: &str| {
        writeln!(stdin, "{query}").unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        serde_json::from_str::<Value>(&line).unwrap().as_array().unwrap().len()
    };
    assert_eq!(answer("number123"), 1);
    wait(&place);
    assert_eq!(answer("persimmon"), 1);
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[cfg(unix)]
#[test]
fn nothing_is_left_behind_where_the_result_cannot_be_written() {
    let place = large();
    let index = place.home().join(".index");
    // A folder in the file's place also stops the system's owner, whom no mode stops.
    fs::create_dir(index.join("index.sqlite.comparison")).unwrap();
    assert_eq!(total(&place, "number123"), 1);
    let missing = place.dir().join("missing");
    let ran = place.run(&["--home", missing.to_str().unwrap(), "search", "number123"]);
    assert_eq!(ran.out, "");
    assert!(!missing.exists());
}

#[test]
fn the_host_says_that_more_may_come_and_it_comes() {
    let place = large();
    let path = edit(&place, 7, "A persimmon");
    let mut host = Host::start(&place);
    let search = Search { query: "persimmon".into(), limit: 5, offset: 0 };
    let begun = Instant::now();
    let mut found = host.ask(&search).unwrap();
    assert!(found.comparing, "nobody has compared the files");
    while found.comparing {
        assert!(begun.elapsed() < WATCHDOG, "{found:?}");
        // Only in the browser's silence does the host begin.
        std::thread::sleep(Duration::from_millis(200));
        found = host.ask(&search).unwrap();
    }
    assert_eq!(found.hits.iter().map(|hit| hit.path.as_str()).collect::<Vec<_>>(), [path.to_str().unwrap()]);
    let compared = turn(&place);
    assert!(!host.ask(&search).unwrap().comparing, "it is enough for a minute");
    assert!(host.end().success());
    assert_eq!(turn(&place), compared);
}
