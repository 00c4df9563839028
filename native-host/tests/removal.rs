//! Tests that a removed page is gone. No byte of the home, of the index's folder or of the log's
//! folder holds a word of it once the command has ended. The log names no page at any time, unless
//! it is asked to.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test fails by a panic, a skip is reported"
)]

mod rig;

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
    sync::mpsc,
    time::Duration,
};

use cachette_protocol::{Hello, PROTOCOL, PROTOCOL_OLDEST, Remove, Search};
use rig::{Host, ORIGIN, Place, begin, page};

const URL: &str = "https://quonkyzebra.example/vexillology/wumpus";
const FIRST: &str = "2026-11-22T18:24:05.123Z";
const SECOND: &str = "2026-11-23T18:24:05.123Z";

/// The end of each word of the removed page, with which no other word ends. FTS5 and the lists of
/// words leave out the beginning that a word shares with the one before it.
const GONE: [&str; 9] = [
    "uonkyzebra",
    "exillology",
    "umpus",
    "yzzyxtitle",
    "ormerwords",
    "atterwords",
    "esideword",
    "agofmine",
    "rootnote",
];

fn html(words: &str) -> String {
    page("Xyzzyxtitle of it", words).replace("</body>", "<footer>Besideword in the footer, Frootnote.</footer></body>")
}

/// Makes a place with several pages, one of which, with two versions, will be removed.
fn place() -> Place {
    let place = Place::new();
    for n in 0..12 {
        let words = format!("Ordinary words number{n} {}.", "about nothing much ".repeat(n));
        place.add(&format!("https://site{n}.example/a"), &page(&format!("Page {n}"), &words), FIRST);
    }
    place.add(URL, &html("Formerwords of the first version."), FIRST);
    place.add(URL, &html("Latterwords of the second version."), SECOND);
    assert_eq!(place.run(&["tag", URL, "+tagofmine"]).code, 0);
    place
}

/// Returns every file below the place that contains one of the words, with the word.
fn holding(place: &Place) -> Vec<String> {
    let mut found = Vec::new();
    for file in place.files() {
        let bytes = fs::read(&file).unwrap().to_ascii_lowercase();
        for word in GONE {
            if bytes.windows(word.len()).any(|window| window == word.as_bytes()) {
                found.push(format!("{}: {word}", file.strip_prefix(place.dir()).unwrap().display()));
            }
        }
    }
    found
}

fn done(place: &Place, line: &str) -> String {
    let ran = place.run(&line.split(' ').collect::<Vec<_>>());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{line}");
    ran.out
}

#[test]
fn no_byte_of_a_removed_page_is_left_when_the_trash_is_empty() {
    let place = place();
    // A host that has the index open the whole time.
    let mut host = Host::start(&place);
    let hello = Hello { extension: "0.1.0".into(), protocol: PROTOCOL, protocol_oldest: PROTOCOL_OLDEST };
    host.ask(&hello).unwrap();
    let search = |query: &str| Search { query: query.into(), limit: 5, offset: 0 };
    assert_eq!(host.ask(&search("latterwords")).unwrap().hits.len(), 1);
    // Notes of interrupted jobs, an index that was set aside, the log of an earlier version.
    let index = place.home().join(".index");
    for name in ["check.json", "repair-data.json", "import-0a.json", "index.sqlite.broken"] {
        fs::write(index.join(name), "[\"Xyzzyxtitle\"]").unwrap();
    }
    fs::create_dir_all(place.home().join(".log")).unwrap();
    for name in ["host.log", "host.log.1"] {
        fs::write(place.home().join(".log").join(name), "saved quonkyzebra.example").unwrap();
    }
    assert!(holding(&place).iter().any(|found| found.starts_with("home/.index/index.sqlite")), "or nothing is tested");
    done(&place, &format!("remove {URL}"));
    let left = holding(&place);
    assert!(left.iter().all(|found| found.starts_with("home/.trash/") || found.starts_with("home/.log/")), "{left:#?}");
    done(&place, "trash empty");
    assert_eq!(holding(&place), [""; 0]);
    done(&place, "collect");
    assert!(!done(&place, "search latterwords --json").contains("wumpus"));
    assert_eq!(host.ask(&search("number3")).unwrap().hits.len(), 1, "the host goes on");
    assert_eq!(host.ask(&search("latterwords")).unwrap().hits.len(), 0);
    // The words that were searched for are nowhere either.
    assert_eq!(holding(&place), [""; 0]);
    assert!(host.end().success());
    assert_eq!(holding(&place), [""; 0]);
    done(&place, "check");
}

#[test]
fn what_a_move_to_another_disk_left_goes_with_the_trash() {
    let place = place();
    done(&place, &format!("remove {URL}"));
    let entry = fs::read_dir(place.home().join(".trash")).unwrap().next().unwrap().unwrap().path();
    let left = place.home().join("pages/.tmp-7-0123456789abcdef.gone");
    assert!(Command::new("cp").arg("-a").arg(&entry).arg(&left).status().unwrap().success());
    let checked = place.run(&["check"]);
    assert_eq!((checked.code, checked.out.contains(left.to_str().unwrap())), (1, true), "{}", checked.out);
    done(&place, "trash empty");
    assert_eq!(holding(&place), [""; 0]);
    done(&place, "check");
}

#[test]
fn beside_a_long_reader_of_the_index_the_removal_is_reported_as_incomplete_and_ends() {
    let place = place();
    let index = place.home().join(".index/index.sqlite");
    // The home's own program reads for moments only; this one reads until it is asked to end.
    let mut command = Command::new("sqlite3");
    command.arg("-readonly").arg(&index).stdin(Stdio::piped()).stdout(Stdio::piped());
    let Ok(mut reader) = command.spawn() else {
        eprintln!("skipped: there is no sqlite3 here");
        return;
    };
    let mut to_reader = reader.stdin.take().unwrap();
    to_reader.write_all(b"BEGIN; SELECT count(*) FROM page;\n").unwrap();
    let mut counted = String::new();
    BufReader::new(reader.stdout.take().unwrap()).read_line(&mut counted).unwrap();
    assert_eq!(counted, "13\n");
    done(&place, &format!("remove {URL}"));
    let (sender, ended) = mpsc::channel();
    let mut command = place.program();
    command.args(["trash", "empty"]).stdin(Stdio::null());
    std::thread::spawn(move || sender.send(command.output().unwrap()));
    let emptied = ended.recv_timeout(Duration::from_secs(300)).unwrap();
    let told = String::from_utf8(emptied.stderr).unwrap();
    assert_eq!(emptied.status.code(), Some(3), "{told}");
    assert!(
        told.contains("Removal is not complete") && told.contains("another program is reading the index"),
        "{told}"
    );
    assert!(told.contains("run `cachette trash empty` again"), "{told}");
    assert_eq!(done(&place, "list").matches("https://").count(), 12, "nothing else is lost");
    assert!(done(&place, "search number3").contains("https://site3.example/a"));
    drop(to_reader);
    assert!(reader.wait().unwrap().success());
    done(&place, "trash empty");
    assert_eq!(holding(&place), [""; 0]);
    assert_eq!(done(&place, "list").matches("https://").count(), 12);
    done(&place, "check --read-data");
}

#[test]
fn a_page_removed_in_the_popup_leaves_nothing_in_the_index() {
    let place = place();
    let mut host = Host::start(&place);
    let saved = host.save(&begin("https://quonkyzebra.example/b", FIRST), &html("Formerwords.")).unwrap();
    for hash_url in [saved.hash_url, cachette_address::Address::parse(URL).unwrap().hash_url().to_owned()] {
        host.ask(&Remove { hash_url, captured_at: None }).unwrap();
    }
    // The work after a reply is done when the next reply is there.
    host.ask(&Search { query: "number3".into(), limit: 5, offset: 0 }).unwrap();
    let left = holding(&place);
    assert!(left.iter().all(|found| found.starts_with("home/.trash/")), "{left:#?}");
    done(&place, "trash empty");
    assert_eq!(holding(&place), [""; 0]);
    assert!(host.end().success());
}

#[test]
fn versions_that_are_pruned_leave_no_word_of_theirs() {
    let place = place();
    done(&place, "keep last 1");
    done(&place, "prune");
    done(&place, "trash empty");
    let left = holding(&place);
    assert!(!left.iter().any(|found| found.ends_with("ormerwords")), "{left:#?}");
    assert!(left.iter().any(|found| found.ends_with("atterwords")), "the newest version stays");
}

#[test]
fn pages_that_a_person_deleted_are_gone_after_a_rebuild_and_after_emptying_the_trash() {
    for command in ["rebuild", "trash empty"] {
        let place = place();
        let hash = cachette_address::Address::parse(URL).unwrap().hash_url().to_owned();
        fs::remove_dir_all(place.home().join("pages").join(hash)).unwrap();
        done(&place, command);
        assert_eq!(holding(&place), [""; 0], "{command}");
        assert_eq!(done(&place, "list").matches("https://").count(), 12);
    }
}

/// Runs the host on some messages, and returns what it wrote to stderr.
fn stderr_of(place: &Place, work: impl FnOnce(&mut Host)) -> String {
    let file = place.dir().join("stderr");
    let mut command = Command::new("sh");
    command.args(["-c", "exec \"$0\" \"$1\" 2>\"$2\"", env!("CARGO_BIN_EXE_cachette"), ORIGIN]);
    command.arg(&file).current_dir(place.dir()).stdin(Stdio::piped());
    command.env("CACHETTE_HOME", place.home()).env("HOME", place.dir().join("user"));
    for variable in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"] {
        command.env_remove(variable);
    }
    let mut host = Host::start_with(&mut command);
    work(&mut host);
    host.end();
    let text = fs::read_to_string(&file).unwrap();
    fs::remove_file(file).unwrap();
    text
}

fn log(home: &Path) -> String {
    fs::read_to_string(home.join(".log/host.log")).unwrap_or_default()
}

/// Saves and failures of many kinds, each of which could quote the page or the query.
fn busy(place: &Place, host: &mut Host) {
    host.save(&begin(URL, FIRST), &html("Latterwords.")).unwrap();
    assert!(host.save(&begin("quonkyzebra.example:wumpus", FIRST), &html("x")).is_err());
    host.ask(&Search { query: "latterwords \"umpus NOT (".into(), limit: 5, offset: 0 }).unwrap();
    host.fails(br#"{"id":1,"ask":"quonkyzebra","with":{"title":"Xyzzyxtitle"}}"#);
    host.fails(br#"{"id":1,"ask":"read","with":{"hash_url":"quonkyzebra"}}"#);
    host.fails(br#"Xyzzyxtitle"#);
    // The page's own files block everything.
    let hash = cachette_address::Address::parse(URL).unwrap().hash_url().to_owned();
    let article = place.home().join("pages").join(&hash).join("index.md");
    fs::write(&article, "no front matter, Xyzzyxtitle").unwrap();
    let _ = host.save(&begin(URL, SECOND), &html("Formerwords."));
    fs::remove_file(&article).unwrap();
    fs::create_dir(&article).unwrap();
    let _ = host.save(&begin(URL, SECOND), &html("Formerwords."));
    host.fails(
        format!(r#"{{"id":1,"ask":"remove","with":{{"hash_url":"{hash}","captured_at":"wumpus"}}}}"#).as_bytes(),
    );
}

#[test]
fn the_log_and_stderr_name_no_page() {
    let place = Place::new();
    let told = stderr_of(&place, |host| busy(&place, host));
    let hash = cachette_address::Address::parse(URL).unwrap().hash_url().to_owned();
    for text in [told, log(&place.home())] {
        assert!(text.contains("saved: NewPage") && text.lines().count() > 4, "{text}");
        let lower = text.to_ascii_lowercase();
        let named = GONE.iter().find(|word| lower.contains(*word));
        assert!(named.is_none() && !lower.contains(&hash), "{named:?}: {text}");
    }
}

#[test]
fn the_settings_let_the_log_name_pages_and_what_is_removed_goes_from_it() {
    let place = Place::new();
    fs::create_dir(place.home()).unwrap();
    fs::write(place.home().join("settings.txt"), "log: names\n").unwrap();
    let told = stderr_of(&place, |host| {
        host.save(&begin(URL, FIRST), &html("Latterwords.")).unwrap();
    });
    for text in [told, log(&place.home())] {
        assert!(text.contains(URL) && text.contains("Xyzzyxtitle"), "{text}");
    }
    done(&place, &format!("remove {URL}"));
    done(&place, "trash empty");
    assert_eq!(holding(&place), [""; 0]);
}
