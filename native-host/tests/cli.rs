//! Tests the command line as people and other tools use it. It runs the real binary, and checks its
//! output to the byte and its exit codes. More than 300 lines: every command is run here, and all
//! share one set of pages.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]

mod rig;

use std::{
    io::{BufRead, BufReader, Read, Write},
    path::Path,
    process::Stdio,
};

use rig::{Place, page};
use serde_json::Value;

const URL: &str = "https://example.org/a";
const HASH: &str = "b5b10dd0429e69ac7cfaf0a20b6901c1265c50b55d1751bcb684ed96ef7b300a";
const FIRST: &str = "2026-11-22T18:24:05.123Z";
const SECOND: &str = "2026-12-01T00:00:00.000Z";

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn a_page_is_added_found_and_found_again_after_the_index_is_deleted() {
    let place = Place::new();
    std::fs::write(place.dir().join("FILE.html"), page("Link rot", "A persimmon.")).unwrap();
    let add = ["add", "--url", "https://example.org/a?utm_source=x", "FILE.html"];
    let ran = place.run(&add);
    let path = place.home().join("pages").join(HASH).join("index.md");
    assert_eq!((ran.code, ran.out.as_str()), (0, format!("{}\n", path.display()).as_str()), "{}", ran.err);
    assert_eq!(place.run(&add).out, ran.out, "the same line when nothing has changed");
    let found = |place: &Place| json(&place.run(&["search", "persimmon", "--json"]).out);
    let hits = found(&place);
    assert_eq!(hits.as_array().unwrap().len(), 1);
    let hit = &hits[0];
    assert_eq!((&hit["url"], &hit["title"]), (&URL.into(), &"Link rot".into()));
    assert_eq!(hit["path"], path.to_str().unwrap());
    let range = &hit["ranges"][0];
    let units: Vec<u16> = hit["snippet"].as_str().unwrap().encode_utf16().collect();
    let marked = &units[range[0].as_u64().unwrap() as usize..range[1].as_u64().unwrap() as usize];
    assert_eq!(String::from_utf16(marked).unwrap().to_lowercase(), "persimmon");
    std::fs::remove_dir_all(place.home().join(".index")).unwrap();
    let ran = place.run(&["rebuild"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "Indexed 1 page with 1 version.\n"), "{}", ran.err);
    assert_eq!(found(&place), hits);
}

#[test]
fn the_home_may_be_named_anywhere_and_is_kept_as_it_is_given() {
    let place = Place::new();
    std::fs::write(place.dir().join("a.html"), page("T", "Word.")).unwrap();
    std::fs::create_dir(place.dir().join("real")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("real", place.dir().join("linked")).unwrap();
    #[cfg(not(unix))]
    std::fs::create_dir(place.dir().join("linked")).unwrap();
    let linked = std::path::absolute(place.dir().join("linked")).unwrap();
    let expected = format!("{}\n", linked.join("pages").join(HASH).join("index.md").display());
    for args in [
        &["--home", "linked", "add", "--url", URL, "a.html"][..],
        &["add", "--home", "linked", "--url", URL, "a.html"],
        &["add", "--url", URL, "a.html", "--home=linked"],
        &["path", URL, "--home", "linked"],
    ] {
        // The system may reach the temporary folder through a link; both paths are compared after
        // resolving it.
        let ran = place.run(args);
        let tail = expected.split_once("linked").unwrap().1;
        assert!(ran.out.ends_with(&format!("linked{tail}")), "{args:?}: {} {}", ran.out, ran.err);
    }
    assert!(!place.home().exists(), "the flag wins over the environment");
    let tagged = place.run(&["tag", URL, "+rust", "-old", "--home", "linked"]);
    assert_eq!((tagged.code, tagged.out.as_str()), (0, "rust\n"), "{}", tagged.err);
}

#[test]
fn versions_are_listed_and_shown_as_they_were() {
    let place = Place::new();
    let path = place.add(URL, &page("Old", "A persimmon."), FIRST);
    assert_eq!(place.add(URL, &page("New", "A quince."), SECOND), path);
    let versions = place.run(&["versions", URL]);
    assert_eq!(versions.out, format!("{SECOND}\n{FIRST}\n"));
    let versions = json(&place.run(&["versions", HASH, "--json"]).out);
    assert_eq!(versions[1]["captured_at"], FIRST);
    let show = |args: &[&str]| {
        let ran = place.run(&[&["show"], args].concat());
        assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
        ran.out
    };
    assert!(show(&[URL]).contains("quince") && !show(&[URL]).contains("captured_at"));
    assert!(show(&[&HASH[..8], "--at", "2026-11-30"]).contains("persimmon"));
    assert!(show(&[&HASH[..8].to_uppercase(), "--at", "2026-11-22"]).contains("persimmon"), "the end of that day");
    assert!(show(&[URL, "--at", SECOND]).contains("quince"));
    let file = show(&["https://example.org/a#top", "--file"]);
    assert_eq!(file, std::fs::read_to_string(&path).unwrap());
    assert!(file.starts_with("---\ntitle: \"New\"\nurl: \"https://example.org/a\"\nhash_url: \""));
    let former = place.run(&["path", URL, "--at", FIRST]).out;
    assert!(former.contains("versions") && Path::new(former.trim_end()).is_file(), "{former}");
    let told =
        format!("cachette: The page was first saved on {FIRST}; there is no version of 1999-01-01T23:59:59.999Z.\n");
    for args in [&["show", URL, "--at", "1999-01-01"][..], &["diff", URL, "1999-01-01"]] {
        let before = place.run(args);
        assert_eq!((before.code, before.err.as_str()), (1, told.as_str()));
    }
    let removed = place.run(&["remove", URL, "--at", SECOND]);
    assert_eq!(removed.code, 0, "{}", removed.err);
    assert!(show(&[URL]).contains("persimmon"));
    assert_eq!(place.run(&["remove", URL]).code, 0);
    assert_eq!(place.run(&["show", URL]).code, 1);
    assert!(place.home().join(".trash").is_dir());
}

#[test]
fn listings_are_for_people_and_for_programs() {
    let place = Place::new();
    place.add(URL, &page("First", "One."), FIRST);
    place.add("https://example.org/b", &page("Second", "Two."), SECOND);
    assert_eq!(place.run(&["tag", URL, "+b", "+a", "+a"]).code, 0);
    let rows = json(&place.run(&["list", "--json"]).out);
    assert_eq!((&rows[0]["title"], &rows[1]["title"]), (&"Second".into(), &"First".into()));
    assert_eq!((&rows[1]["hash_url"], &rows[1]["captured_at"]), (&HASH.into(), &FIRST.into()));
    assert_eq!(rows[1]["tags"].as_array().unwrap().len(), 2);
    assert_eq!(json(&place.run(&["list", "--json", "--limit", "1"]).out).as_array().unwrap().len(), 1);
    let people = place.run(&["list"]).out;
    assert_eq!(people.lines().next(), Some("2026-12-01  Second"));
    let stats = json(&place.run(&["stats", "--json"]).out);
    assert_eq!((&stats["pages"], &stats["versions"]), (&2.into(), &2.into()));
    assert!(place.run(&["stats"]).out.contains("Pages     2\n"));
    let check = place.run(&["check"]);
    assert_eq!((check.code, check.out.as_str()), (0, "2 pages with 2 versions: all is well.\n"));
}

#[test]
fn damage_is_found_and_shown_by_the_exit_code() {
    let place = Place::new();
    let path = place.add(URL, &page("T", "Word."), FIRST);
    std::fs::write(path.with_file_name("index.html"), "damage").unwrap();
    let check = place.run(&["check", "--read-data"]);
    assert_eq!(check.code, 1, "{}", check.out);
    assert!(check.out.contains("index.html") && check.out.contains(": 1 trouble."), "{}", check.out);
}

#[test]
fn search_answers_people_programs_and_batches() {
    let place = Place::new();
    place.add(URL, &page("Link rot", "A persimmon."), FIRST);
    let people = place.run(&["search", "link", "persim"]);
    assert!(people.out.starts_with(&format!("Link rot\n  {URL}\n  ")), "{}", people.out);
    assert!(!people.out.contains('\u{1b}'), "no marks in a pipe");
    let none = place.run(&["search", "nothing-like-it"]);
    assert_eq!((none.code, none.out.as_str(), none.err.as_str()), (0, "", "No saved page matches.\n"));
    let full = json(&place.run(&["search", "persimmon", "--json=full"]).out);
    assert_eq!((&full["total"], &full["corrected"]), (&1.into(), &Value::Null));
    assert_eq!(full["hits"].as_array().unwrap().len(), 1);
    assert_eq!(place.run(&["search", "persimmon", "--json", "--limit", "0"]).out, "[]\n");
    for (query, told) in [
        ("persimmon", "1 page found; with --limit 0 none is shown.\n"),
        ("nothing-like-it", "No saved page matches.\n"),
    ] {
        let counted = place.run(&["search", query, "--limit", "0"]);
        assert_eq!((counted.code, counted.out.as_str(), counted.err.as_str()), (0, "", told));
    }
    let queries = b"persimmon\n\"unbalanced AND (\n\n\xff\xfe\nlink rot\n";
    let batch = place.run_with(&["search", "--batch"], queries);
    let counts: Vec<_> = batch.out.lines().map(|line| json(line).as_array().unwrap().len()).collect();
    assert_eq!((counts.len(), counts[0], counts[4]), (5, 1, 1), "{}", batch.out);
}

#[test]
fn a_batch_answers_each_line_before_the_next_is_read() {
    let place = Place::new();
    place.add(URL, &page("T", "A persimmon."), FIRST);
    for (args, line, expected) in [
        (&["search", "--batch"][..], "persimmon", "persimmon"),
        (&["convert", "--jsonl"], r#"{"id":1,"html":"<p>word</p>"}"#, "word"),
        (&["convert", "--jsonl"], "no json", "\"error\""),
        (&["convert", "--fragment", "--jsonl"], r#""<b>bold</b>""#, "**bold**"),
        (&["convert", "--fragment", "--jsonl"], "no json", "\"\""),
    ] {
        let mut child = place.program().args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (mut stdin, mut stdout) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        for _ in 0..3 {
            writeln!(stdin, "{line}").unwrap();
            let mut answer = String::new();
            stdout.read_line(&mut answer).unwrap();
            assert!(answer.contains(expected), "{args:?}: {answer}");
        }
        drop(stdin);
        let mut rest = String::new();
        stdout.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "");
        assert!(child.wait().unwrap().success());
    }
}

#[test]
fn a_page_is_converted_in_every_form() {
    let place = Place::new();
    let html = page("Link rot", "A persimmon.");
    let plain = place.run_with(&["convert"], html.as_bytes());
    assert!(plain.out.contains("persimmon") && plain.out.contains("(/b)"), "{}", plain.out);
    assert!(!plain.out.starts_with("---") && plain.out.ends_with('\n'));
    let absolute = place.run_with(&["convert", "--url", URL, "-"], html.as_bytes());
    assert!(absolute.out.contains("(https://example.org/b)"), "{}", absolute.out);
    let object = json(&place.run_with(&["convert", "--json", "--url", URL], html.as_bytes()).out);
    assert_eq!((&object["id"], &object["title"], &object["lang"]), (&Value::Null, &"Link rot".into(), &"en".into()));
    assert!(object["cpu_ms"].as_f64().is_some() && object.get("full_text").is_none());
    let full = json(&place.run_with(&["convert", "--json", "--full"], html.as_bytes()).out);
    assert!(full["full_text"].as_str().unwrap().contains("Home"));
    let latin = place.run_with(&["convert"], b"<meta charset=windows-1252><p>d\xe9j\xe0 vu \x93quoted\x94</p>");
    assert!(latin.out.contains("déjà vu “quoted”"), "{}", latin.out);
    let fragment = place.run_with(&["convert", "--fragment"], b"<p>a <b>b</b></p>");
    assert_eq!(fragment.out, "a **b**\n");
    assert!(!place.home().exists(), "conversion files nothing");
}

#[test]
fn every_block_of_a_page_is_explained() {
    let place = Place::new();
    let html = page("Link rot", "A persimmon.");
    let explained = place.run_with(&["convert", "--explain", "--url", URL], html.as_bytes());
    let lines: Vec<Value> = explained.out.lines().map(json).collect();
    let begins = |word: &str| lines.iter().find(|line| line["begins"].as_str().unwrap().contains(word)).unwrap();
    assert_eq!((&begins("persimmon")["kept"], begins("persimmon").get("reason")), (&true.into(), None));
    assert_eq!((&begins("Home")["kept"], begins("Home")["reason"].is_string()), (&false.into(), true));
    assert!(begins("Home")["features"]["linked"].as_i64().is_some());
    let line = serde_json::json!({"id": 1, "html": html}).to_string();
    let object = json(&place.run_with(&["convert", "--explain", "--jsonl"], line.as_bytes()).out);
    assert_eq!((object["blocks"].as_array().unwrap().len(), &object["title"]), (lines.len(), &"Link rot".into()));
    // The posts of a discussion are not searched block by block.
    let post = |text: &str| {
        format!("<li component=post><p class=timeago title=2026-11-01></p><div component='post/content'>{text}</div>")
    };
    let html = format!("<nav>All boards</nav><ul>{}{}</ul>", post("A persimmon."), post("A quince."));
    let posts = place.run_with(&["convert", "--explain"], html.as_bytes()).out;
    assert!(posts.contains(r#"{"kept":true,"words":2,"begins":"A quince."}"#), "{posts}");
    assert!(posts.contains(r#"{"kept":false,"reason":"outside","words":2,"begins":"All boards"}"#), "{posts}");
}

#[test]
fn json_output_stays_on_its_line_whatever_a_title_holds() {
    let place = Place::new();
    let title = "a\u{85}b\u{2028}c\u{2029}d\u{9b}e\u{7f}f\u{202e}g";
    place.add(URL, &page(title, "A persimmon."), FIRST);
    let html = page(title, "Word.");
    for ran in [
        place.run(&["search", "persimmon", "--json"]),
        place.run(&["list", "--json"]),
        place.run_with(&["convert", "--json"], html.as_bytes()),
    ] {
        let line = ran.out.strip_suffix('\n').unwrap();
        assert!(!line.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')), "{line:?}");
        json(line);
    }
    for ran in [place.run(&["search", "persimmon"]), place.run(&["list"])] {
        assert!(!ran.out.chars().any(|c| c != '\n' && c.is_control() || c == '\u{202e}'), "{:?}", ran.out);
    }
}

#[test]
fn what_is_called_wrongly_ends_with_its_code_and_one_sentence() {
    let place = Place::new();
    place.add(URL, &page("T", "Word."), FIRST);
    for (args, code) in [
        (&["add", "--url", URL, "missing.html"][..], 3),
        (&["convert", "missing.html"], 3),
        (&["convert", "."], 3),
        (&["import", "jsonl", "missing.jsonl"], 3),
        (&["add", "--url", "no address", "-"], 2),
        (&["add", "--url", "javascript:alert(1)", "-"], 2),
        (&["add", "--url", URL, "--captured-at", "yesterday", "-"], 2),
        (&["add", "-"], 2),
        (&["add", "--url", URL], 2),
        (&["convert", "--url", "no address"], 2),
        (&["convert", "--fragment", "--json"], 2),
        (&["convert", "--explain", "--json"], 2),
        (&["search"], 2),
        (&["search", "x", "--limit", "many"], 2),
        (&["search", "x", "--json=some"], 2),
        (&["import", "unheard-of", "x"], 2),
        (&["completions", "tcsh"], 2),
        (&["no-such-command"], 2),
        (&["show"], 2),
        (&["tag", URL, "unsigned"], 2),
        (&["show", URL, "--at", "someday"], 2),
        (&["remove", URL, "--at", "someday"], 2),
        (&[], 2),
        (&["show", "https://example.org/unknown"], 1),
        (&["show", "0123456789abcdef"], 1),
        (&["show", "b5b10dd"], 1),
        (&["show", "no address"], 1),
        (&["path", "ffffffff"], 1),
        (&["versions", "ffffffff"], 1),
        (&["tag", "ffffffff", "+a"], 1),
        (&["remove", "ffffffff"], 1),
        (&["remove", URL, "--at", "2020-01-01"], 1),
        (&["show", ""], 1),
    ] {
        let ran = place.run(args);
        assert_eq!(ran.code, code, "{args:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{args:?}");
        assert!(ran.err.contains(' '), "{args:?}: it says why");
        if code != 2 {
            assert_eq!(ran.err.lines().count(), 1, "{args:?}: {}", ran.err);
            assert!(ran.err.starts_with("cachette: ") && ran.err.ends_with(".\n"), "{args:?}: {}", ran.err);
        }
    }
    assert_eq!(place.run(&["versions", URL]).out.lines().count(), 1, "nothing of it has changed the page");
}

#[test]
fn a_beginning_of_several_hashes_is_refused() {
    let place = Place::new();
    // These addresses were found by trial: their hashes share the first eight digits.
    let (one, other) = ("https://example.org/16800", "https://example.org/24772");
    place.add(one, &page("One", "Word."), FIRST);
    place.add(other, &page("Other", "Word."), FIRST);
    let hash = cachette_address::Address::parse(one).unwrap().hash_url().to_owned();
    let ran = place.run(&["show", &hash[..8]]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains(&hash[..8]), "{}", ran.err);
    assert_eq!(place.run(&["show", &hash]).code, 0);
}

#[cfg(unix)]
#[test]
fn a_stdin_that_cannot_be_read_is_reported() {
    let place = Place::new();
    let folder = std::fs::File::open(place.dir()).unwrap();
    let output = place.program().args(["convert", "-"]).stdin(folder).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("cachette: Stdin cannot be read: "));
}

#[test]
fn a_reader_that_has_had_enough_is_no_trouble() {
    let place = Place::new();
    let html = page("T", &"Many words. ".repeat(200_000));
    std::fs::write(place.dir().join("long.html"), html).unwrap();
    let mut child =
        place.program().args(["convert", "long.html"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn pages_are_imported_in_bulk_and_bad_lines_reported() {
    let place = Place::new();
    let lines = concat!(
        concat!(
            r##"{"url":"https://example.org/1","html":"<title>One</title><p>A persimmon.","##,
            r##""captured_at":"2019-05-04T00:00:00Z"}"##
        ),
        "\nno json\n",
        r##"{"url":"https://example.org/2","markdown":"# Two\n\nA quince.","title":"Two","tags":["fruit"]}"##,
        "\n",
        r##"{"url":"javascript:alert(1)","html":"x"}"##,
        "\n"
    );
    let ran = place.run_with(&["import", "jsonl", "-"], lines.as_bytes());
    assert_eq!((ran.code, ran.out.as_str()), (0, "2 filed, 0 unchanged, 2 failed.\n"), "{}", ran.err);
    assert!(ran.err.contains("line 2: ") && ran.err.contains("line 4: "), "{}", ran.err);
    let hits = json(&place.run(&["search", "quince", "--json"]).out);
    assert_eq!(hits[0]["url"], "https://example.org/2");
    assert_eq!(place.run(&["tag", "https://example.org/2"]).out, "fruit\n");
    assert_eq!(place.run(&["tags"]).out, "     1  fruit\n");
    assert_eq!(place.run(&["tags", "--json"]).out, "[{\"tag\":\"fruit\",\"pages\":1}]\n");
    assert_eq!(place.run(&["versions", "https://example.org/1"]).out, "2019-05-04T00:00:00.000Z\n");
    let again = place.run_with(&["import", "jsonl", "-"], lines.lines().next().unwrap().as_bytes());
    assert_eq!(again.out, "0 filed, 1 unchanged, 0 failed.\n");
}

#[test]
fn completions_and_help_are_there_for_everyone() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let ran = place.run(&["completions", shell]);
        assert!(ran.code == 0 && ran.out.contains("cachette") && ran.out.contains("rebuild"), "{shell}");
    }
    for command in [
        "add",
        "convert",
        "search",
        "show",
        "path",
        "list",
        "versions",
        "tag",
        "remove",
        "check",
        "rebuild",
        "stats",
        "import",
        "install",
        "uninstall",
        "doctor",
        "completions",
    ] {
        let ran = place.run(&[command, "--help"]);
        assert!(ran.code == 0 && ran.out.contains("Examples:"), "{command}");
    }
    let version = place.run(&["--version"]);
    assert_eq!((version.code, version.out), (0, format!("cachette {}\n", env!("CARGO_PKG_VERSION"))));
    assert!(place.files().is_empty());
}
