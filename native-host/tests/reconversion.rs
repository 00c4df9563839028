//! Tests articles made anew, a clock that is behind, and files of other editors. The real binary
//! works on a real disk.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]

mod rig;

use cachette_protocol::{Code, SaveOutcome, Search};
use rig::{Host, Place, begin, page};

const URL: &str = "https://example.org/a";
const THEN: &str = "2026-11-22T18:24:05.123Z";

/// Writes a page's file as an earlier converter would have left it.
fn as_if_converted_before(path: &std::path::Path) {
    let file = std::fs::read_to_string(path).unwrap();
    std::fs::write(path, file.replace("converter: \"2\"\n", "")).unwrap();
}

#[test]
fn articles_are_made_anew_once() {
    let place = Place::new();
    let path = place.add(URL, &page("Link rot", "A persimmon."), THEN);
    let other = place.add("https://example.org/b", &page("Other", "A quince."), THEN);
    assert_eq!(place.run(&["reconvert"]).out, "0 articles made anew, 2 done before.\n");
    as_if_converted_before(&path);
    as_if_converted_before(&other);
    let dry = place.run(&["reconvert", "--dry-run", "persimmon"]);
    assert_eq!((dry.code, dry.out.as_str()), (0, "0 articles would be made anew, 1 unchanged.\n"), "{}", dry.err);
    assert_eq!(place.run(&["reconvert", "title:link"]).out, "0 articles made anew, 1 unchanged.\n");
    assert_eq!(place.run(&["reconvert"]).out, "0 articles made anew, 1 unchanged, 1 done before.\n");
    assert_eq!(place.run(&["reconvert", "--all"]).out, "0 articles made anew, 2 unchanged.\n");
    assert_eq!(place.run(&["reconvert", "nowhere"]).out, "0 articles made anew.\n");
    assert_eq!(place.run(&["check"]).code, 0);
}

#[test]
fn a_version_that_was_made_anew_is_named_compared_and_taken_back() {
    let place = Place::new();
    let path = place.add(URL, &page("Link rot", "A persimmon."), THEN);
    // Another article that belongs to the same copy and is valid in itself.
    let file = std::fs::read_to_string(&path).unwrap();
    let (front, body) = file.split_at(file.find("\n---\n").unwrap() + 5);
    let other = body.replace("A persimmon", "A *persimmon*");
    let hash = |text: &str| cachette_page::digest::sha256_hex(text.as_bytes());
    let front = front.replace(&hash(body), &hash(&other)).replace("converter: \"2\"\n", "");
    std::fs::write(&path, format!("{front}{other}")).unwrap();
    let dry = place.run(&["reconvert", "--dry-run"]);
    assert_eq!(dry.out, format!("{}\n1 article would be made anew.\n", path.display()), "{}", dry.err);
    assert_eq!(place.run(&["reconvert"]).out, "1 article made anew.\n");
    let versions = place.run(&["versions", URL]).out;
    let (first, second) = versions.trim_end().split_once('\n').unwrap();
    assert!(first.starts_with(&format!("{THEN}  (made anew on ")) && second == THEN, "{versions}");
    assert!(place.run(&["diff", URL]).out.contains("persimmon"));
    assert!(!place.run(&["show", URL]).out.contains('*'));
    assert!(!place.run(&["show", URL, "--at", THEN]).out.contains('*'));
    assert_eq!(place.run(&["check", "--read-data"]).code, 0);
    assert_eq!(place.run(&["remove", URL, "--at", THEN]).code, 0);
    assert!(place.run(&["show", URL]).out.contains("A *persimmon*"));
}

#[test]
fn a_fresh_save_is_found_although_the_newest_version_is_from_the_future() {
    let place = Place::new();
    place.add(URL, &page("Link rot", "A persimmon."), "2999-01-01T00:00:00.000Z");
    let mut host = Host::start(&place);
    let now = jiff::Timestamp::now();
    let saved = host.save(&begin(URL, &format!("{now:.3}")), &page("Link rot", "A quince instead.")).unwrap();
    assert_eq!((saved.outcome, &saved.codes), (SaveOutcome::NewVersion, &vec![Code::ClockBehind]));
    assert!(saved.warnings[0].contains("clock"), "{:?}", saved.warnings);
    assert_eq!(saved.all_notices()[0].code, Code::ClockBehind);
    let found = host.ask(&Search { query: "quince".into(), limit: 20, offset: 0 }).unwrap();
    assert_eq!(found.hits.len(), 1);
    // A page captured long ago keeps its place, and causes no notice about clocks.
    let late = host.save(&begin(URL, "2020-01-01T00:00:00.000Z"), &page("Link rot", "A medlar.")).unwrap();
    assert_eq!((late.outcome, late.codes), (SaveOutcome::NewVersion, Vec::new()));
    assert!(host.end().success());
    assert!(place.run(&["show", URL]).out.contains("quince"));
    assert!(place.run(&["show", URL, "--at", "2999-12-31"]).out.contains("persimmon"));
    let ran = place.run_with(&["add", "--url", URL, "-"], page("Link rot", "Cherries.").as_bytes());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "the newest is not from the future any more");
}

#[test]
fn the_command_line_says_that_a_clock_is_behind() {
    let place = Place::new();
    place.add(URL, &page("Link rot", "A persimmon."), "2999-01-01T00:00:00.000Z");
    let ran = place.run_with(&["add", "--url", URL, "-"], page("Link rot", "A quince.").as_bytes());
    assert!(ran.code == 0 && ran.err.contains("clock may be behind"), "{}", ran.err);
    assert!(place.run(&["show", URL]).out.contains("quince"));
}

#[test]
fn a_file_with_a_byte_order_mark_is_read_and_kept_as_it_was_saved() {
    for (mark, ends) in [("\u{FEFF}", "\n"), ("\u{FEFF}", "\r\n"), ("", "\r\n"), ("\u{FEFF}\u{FEFF}", "\n")] {
        let place = Place::new();
        let path = place.add(URL, &page("Link rot", "A persimmon."), THEN);
        let edited = std::fs::read_to_string(&path).unwrap().replace("A persimmon", "A medlar");
        let edited = format!("{mark}{}", edited.replace('\n', ends));
        std::fs::write(&path, &edited).unwrap();
        let case = format!("{mark:?} {ends:?}");
        let found = place.run(&["search", "medlar"]).out;
        assert!(found.contains("Link rot"), "{case}: {found}");
        let checked = place.run(&["check"]);
        assert!(checked.code == 0 && checked.out.contains("edited: "), "{case}: {}", checked.out);
        assert_eq!(place.run(&["tag", URL, "+fruit"]).out, "fruit\n", "{case}");
        let line = format!("tags: [\"fruit\"]{ends}");
        let tagged = std::fs::read_to_string(&path).unwrap();
        assert_eq!(tagged.replacen(&line, "", 1), edited, "{case}");
        let again = place.run_with(&["add", "--url", URL, "-"], page("Link rot", "A persimmon.").as_bytes());
        assert_eq!(again.code, 0, "{case}: {}", again.err);
        let seen = std::fs::read_to_string(&path).unwrap();
        assert!(seen.starts_with(mark) && seen.contains("A medlar") && seen.contains("seen_at: "), "{case}: {seen}");
        assert!(ends == "\n" || !seen.replace("\r\n", "").contains('\n'), "{case}: {seen:?}");
        assert_eq!(place.run(&["check"]).code, 0, "{case}");
        let rebuilt = place.run(&["rebuild"]);
        assert!(rebuilt.code == 0 && rebuilt.err.is_empty(), "{case}: {}", rebuilt.err);
        assert!(place.run(&["search", "medlar"]).out.contains("Link rot"), "{case}");
    }
}

#[test]
fn a_file_in_utf_16_is_found_and_told() {
    for big in [false, true] {
        let place = Place::new();
        let path = place.add(URL, &page("Link rot", "A persimmon."), THEN);
        let text = format!("\u{FEFF}{}", std::fs::read_to_string(&path).unwrap().replace("persimmon", "medlar"));
        let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        let bytes: Vec<u8> = text.encode_utf16().flat_map(bytes).collect();
        std::fs::write(&path, &bytes).unwrap();
        let found = place.run(&["search", "medlar"]).out;
        assert!(found.contains("Link rot"), "{found}");
        let checked = place.run(&["check"]);
        assert!(checked.code == 1 && checked.out.contains("UTF-16"), "{}", checked.out);
        let tag = place.run(&["tag", URL, "+fruit"]);
        assert!(tag.code == 3 && tag.err.contains("UTF-16"), "{}", tag.err);
        assert_eq!(std::fs::read(&path).unwrap(), bytes, "never rewritten");
    }
}
