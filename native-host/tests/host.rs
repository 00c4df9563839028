//! Tests the host as a browser meets it. It uses the real binary, real frames, and files on a real
//! disk. More than 300 lines: every request is asked here, and all share one set of pages.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]

mod rig;

use cachette_protocol::{
    Capability, Code, Hello, Lookup, PROTOCOL, READ_BYTES, Read, Related, Remove, RemovedWhat, SaveCancel, SaveOutcome,
    SaveSource, Search, Status, Versions,
};
use rig::{ADD_ON, Host, Place, begin, page};

const URL: &str = "https://example.org/a?utm_source=x";
const CANONICAL: &str = "https://example.org/a";
const HASH: &str = "b5b10dd0429e69ac7cfaf0a20b6901c1265c50b55d1751bcb684ed96ef7b300a";
const FIRST: &str = "2026-11-22T18:24:05.123Z";
const SECOND: &str = "2026-11-23T08:00:00.000Z";

fn search(host: &mut Host, query: &str) -> Vec<String> {
    let found = host.ask(&Search { query: query.into(), limit: 20, offset: 0 }).unwrap();
    assert_eq!(found.query, query);
    found.hits.into_iter().map(|hit| hit.url).collect()
}

fn code<T: std::fmt::Debug>(result: Result<T, cachette_protocol::Failure>) -> Code {
    let failure = result.unwrap_err();
    assert!(failure.message.ends_with('.'), "a sentence: {}", failure.message);
    failure.code
}

#[test]
fn a_page_is_saved_looked_up_found_read_and_removed() {
    let place = Place::new();
    let mut host = Host::start(&place);
    let hello = Hello { extension: "0.1.0".into(), protocol: PROTOCOL, protocol_oldest: PROTOCOL };
    let greeting = host.ask(&hello).unwrap();
    assert_eq!(greeting.protocol, PROTOCOL);
    assert_eq!(greeting.home, place.home().to_str().unwrap());
    assert_eq!(host.ask(&Status {}).unwrap().pages, 0);
    assert_eq!(host.ask(&Lookup { url: URL.into() }).unwrap().page, None);
    assert!(search(&mut host, "persimmon").is_empty());

    let saved = host.save(&begin(URL, FIRST), &page("Link rot", "A persimmon.")).unwrap();
    assert_eq!((saved.outcome, saved.url.as_str(), saved.hash_url.as_str()), (SaveOutcome::NewPage, CANONICAL, HASH));
    assert_eq!((saved.title.as_str(), saved.captured_at.as_str()), ("Link rot", FIRST));
    let path = place.home().join("pages").join(HASH).join("index.md");
    assert_eq!(saved.path, path.to_str().unwrap());
    assert!(path.is_file(), "acknowledged means on the disk");

    let known = host.ask(&Lookup { url: CANONICAL.into() }).unwrap().page.unwrap();
    assert_eq!((known.hash_url.as_str(), known.title.as_str()), (HASH, "Link rot"));
    assert_eq!(known.versions.len(), 1);
    assert_eq!(search(&mut host, "persim"), [CANONICAL], "the last word is a prefix");

    let saved = host.save(&begin(URL, SECOND), &page("Link rot", "A quince instead.")).unwrap();
    assert_eq!(saved.outcome, SaveOutcome::NewVersion);
    let status = host.ask(&Status {}).unwrap();
    assert_eq!((status.pages, status.versions, status.writable), (1, 2, true));
    assert!(status.troubles.is_empty() && status.all_notices().is_empty());

    let newest = Read { hash_url: HASH.into(), captured_at: None, offset: 0 };
    let part = host.ask(&newest).unwrap();
    assert!(part.markdown.contains("quince") && !part.markdown.starts_with("---"));
    assert_eq!((part.captured_at.as_str(), part.next, part.total), (SECOND, None, part.markdown.len() as u64));
    let former = Read { captured_at: Some(FIRST.into()), ..newest.clone() };
    assert!(host.ask(&former).unwrap().markdown.contains("persimmon"));
    let never = Read { captured_at: Some("2001-01-01T00:00:00.000Z".into()), ..newest.clone() };
    assert_eq!(code(host.ask(&never)), Code::NoSuchVersion);

    let version = Remove { hash_url: HASH.into(), captured_at: Some(SECOND.into()) };
    assert_eq!(host.ask(&version).unwrap().what, RemovedWhat::Version);
    assert!(host.ask(&newest).unwrap().markdown.contains("persimmon"), "the version before is the newest again");
    let all = Remove { hash_url: HASH.into(), captured_at: None };
    assert_eq!(host.ask(&all).unwrap().what, RemovedWhat::Page);
    assert!(search(&mut host, "persimmon").is_empty());
    assert_eq!(host.ask(&Lookup { url: URL.into() }).unwrap().page, None);
    assert_eq!(code(host.ask(&newest)), Code::NoSuchPage);
    assert_eq!(code(host.ask(&all)), Code::NoSuchPage);
    assert!(host.end().success());
}

#[test]
fn all_versions_of_a_page_are_listed_newest_first() {
    let place = Place::new();
    let mut host = Host::start(&place);
    let ask = |offset| Versions { hash_url: HASH.into(), offset };
    assert_eq!(code(host.ask(&ask(0))), Code::NoSuchPage);
    for (at, words) in [(FIRST, "A persimmon."), (SECOND, "A quince.")] {
        host.save(&begin(URL, at), &page("Fruit", words)).unwrap();
    }
    let list = host.ask(&ask(0)).unwrap();
    let times: Vec<_> = list.versions.iter().map(|version| version.captured_at.as_str()).collect();
    assert_eq!((times, list.total), (vec![SECOND, FIRST], 2));
    let rest = host.ask(&ask(1)).unwrap();
    assert_eq!((rest.versions.as_slice(), rest.total), (&list.versions[1..], 2));
    assert_eq!(code(host.ask(&Versions { hash_url: "../..".into(), offset: 0 })), Code::NoSuchPage);
}

#[test]
fn pages_like_one_are_named_without_itself() {
    let place = Place::new();
    let mut host = Host::start(&place);
    let hello = Hello { extension: "0.1.0".into(), protocol: PROTOCOL, protocol_oldest: PROTOCOL };
    assert!(host.ask(&hello).unwrap().capabilities.contains(&Capability::Related));
    let ask = |limit| Related { hash_url: HASH.into(), limit };
    assert_eq!(code(host.ask(&ask(5))), Code::NoSuchPage);
    assert_eq!(code(host.ask(&Related { hash_url: "../..".into(), limit: 5 })), Code::NoSuchPage);

    let pages = [
        (URL, "Mires", "Sphagnum grows in the mire."),
        ("https://example.org/bog", "Bogs", "A mire of sphagnum."),
        ("https://example.org/bread", "Bread", "Flour and water."),
    ];
    for (url, title, words) in pages {
        host.save(&begin(url, FIRST), &page(title, words)).unwrap();
    }
    let alike = host.ask(&ask(5)).unwrap().hits;
    assert_eq!(alike.iter().map(|hit| hit.url.as_str()).collect::<Vec<_>>(), ["https://example.org/bog"]);
    assert!(alike[0].snippet.contains("A mire of sphagnum") && alike[0].ranges.is_empty(), "{alike:?}");
    assert_eq!(host.ask(&ask(0)).unwrap().hits, []);
}

#[test]
fn a_commit_sent_again_answers_the_same_and_saves_once() {
    let place = Place::new();
    let (announced, html) = (begin(URL, FIRST), page("T", "Words."));
    let mut host = Host::start(&place);
    let commit = host.upload(&announced, &html).unwrap();
    let saved = host.ask(&commit).unwrap();
    assert_eq!(host.ask(&commit).unwrap(), saved);
    assert_eq!(host.save(&announced, &html).unwrap(), saved, "from the beginning");
    assert!(host.end().success());
    let mut host = Host::start(&place);
    assert_eq!(code(host.ask(&commit)), Code::NoSuchSave);
    let again = host.save(&announced, &html).unwrap();
    assert_eq!((again.hash_url, again.captured_at), (saved.hash_url, saved.captured_at));
    assert_eq!(host.ask(&Lookup { url: URL.into() }).unwrap().page.unwrap().versions.len(), 1);
    assert!(host.end().success());
}

#[test]
fn an_answer_that_nobody_takes_does_not_undo_the_save() {
    let place = Place::new();
    let (announced, html) = (begin(URL, FIRST), page("T", "Words."));
    let mut host = Host::start(&place);
    let commit = host.upload(&announced, &html).unwrap();
    host.pipes.stdout = None;
    host.send(&cachette_protocol::encode_request(9, &commit).unwrap());
    assert!(host.wait().success(), "a browser that has gone is no failure");
    let mut host = Host::start(&place);
    assert_eq!(host.ask(&Status {}).unwrap().versions, 1);
    host.save(&announced, &html).unwrap();
    assert_eq!(host.ask(&Status {}).unwrap().versions, 1);
}

#[test]
fn another_extension_is_refused_and_no_file_touched() {
    let manifest = "/nowhere/org.cachette.host.json";
    let strangers: [&[&str]; 6] = [
        &["chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/"],
        &["chrome-extension://hbmmlfbaijcnagcogcjeajeblanggndl"],
        &["chrome-extension://"],
        &["moz-extension://hbmmlfbaijcnagcogcjeajeblanggndl/"],
        &[manifest, "evil@example.org"],
        &[manifest],
    ];
    for args in strangers {
        let place = Place::new();
        let mut host = Host::start_with(place.program().args(args));
        let reply = host.receive().unwrap();
        assert_eq!(reply["error"]["code"], "wrong_origin", "{args:?}");
        assert!(!host.end().success());
        assert!(place.files().is_empty(), "{:?}", place.files());
    }
}

#[test]
fn firefox_is_served_as_chromium_is() {
    let place = Place::new();
    let mut host = Host::start_with(place.program().args(["/nowhere/org.cachette.host.json", ADD_ON]));
    assert_eq!(host.ask(&Status {}).unwrap().pages, 0);
    assert!(host.end().success());
    let mut host = Host::start_with(place.program().args([rig::ORIGIN, "--parent-window=0"]));
    assert_eq!(host.ask(&Status {}).unwrap().pages, 0);
}

#[test]
fn what_is_no_request_is_answered_and_the_connection_goes_on() {
    let place = Place::new();
    let mut host = Host::start(&place);
    let deep = [vec![b'['; 100_000], vec![b']'; 100_000]].concat();
    let in_deep = [br#"{"id":1,"ask":"search","with":{"query":"x","limit":1,"more":"#, deep.as_slice(), b"}}"].concat();
    for (message, expected) in [
        (&b""[..], Code::BadRequest),
        (b"\x00\x01\x02", Code::BadRequest),
        (b"null", Code::BadRequest),
        (b"[1,2]", Code::BadRequest),
        (b"{}", Code::BadRequest),
        (b"\"hello\"", Code::BadRequest),
        (b"{\"id\":1,\"ask\":\"search\"", Code::BadRequest),
        (b"{\"id\":1,\"ask\":\"search\",\"with\":{\"query\":\"\xff\",\"limit\":1}}", Code::BadRequest),
        (br#"{"id":1,"ask":"search","with":{"query":"\ud800","limit":1}}"#, Code::BadRequest),
        (br#"{"id":1,"ask":"search","with":{"limit":-1}}"#, Code::BadRequest),
        (br#"{"id":1,"ask":"run","with":{"command":"rm -rf /"}}"#, Code::UnknownRequest),
        (&deep, Code::BadRequest),
    ] {
        assert_eq!(host.fails(message), expected, "{}", String::from_utf8_lossy(&message[..message.len().min(80)]));
    }
    host.send(&in_deep);
    assert!(host.receive().is_some(), "unknown fields are passed over, however deep");
    assert_eq!(host.ask(&Status {}).unwrap().pages, 0);
    assert!(host.end().success());
}

#[test]
fn a_length_of_four_gigabytes_is_refused_and_ends_the_connection() {
    let place = Place::new();
    for length in [u32::MAX, 4 * 1024 * 1024 + 1] {
        let mut host = Host::start(&place);
        host.send_raw(&length.to_ne_bytes());
        assert_eq!(host.receive().unwrap()["error"]["code"], "too_large");
        assert!(!host.end().success());
    }
}

#[test]
fn a_frame_that_breaks_off_is_a_failure_and_the_end_between_frames_is_none() {
    let place = Place::new();
    assert!(Host::start(&place).end().success());
    for bytes in [&b"\x05"[..], b"\x05\x00\x00\x00{\"i"] {
        let mut host = Host::start(&place);
        host.send_raw(bytes);
        assert!(!host.end().success());
    }
    let log = std::fs::read_to_string(place.home().join(".log/host.log")).unwrap();
    assert_eq!(log.lines().filter(|line| line.contains("ended within a frame")).count(), 2, "{log}");
}

#[test]
fn pages_of_private_windows_are_refused_and_nothing_is_written() {
    let place = Place::new();
    let mut host = Host::start(&place);
    let private = cachette_protocol::SaveBegin { private: true, ..begin(URL, FIRST) };
    assert_eq!(code(host.ask(&private)), Code::PrivateWindow);
    let commit = cachette_protocol::SaveCommit { save: private.save.clone(), parts: Vec::new() };
    assert_eq!(code(host.ask(&commit)), Code::NoSuchSave);
    assert!(host.end().success());
    let files = place.files();
    assert!(files.iter().all(|file| file.ends_with(".log/host.log")), "{files:?}");
    let log = std::fs::read_to_string(place.home().join(".log/host.log")).unwrap_or_default();
    assert!(!log.contains("example.org"), "{log}");
}

#[test]
fn a_cancelled_save_is_gone_and_a_peer_of_another_time_is_informed() {
    let place = Place::new();
    let mut host = Host::start(&place);
    let commit = host.upload(&begin(URL, FIRST), "<p>x").unwrap();
    host.ask(&SaveCancel { save: commit.save.clone() }).unwrap();
    assert_eq!(code(host.ask(&commit)), Code::NoSuchSave);
    let later = Hello { extension: "9".into(), protocol: PROTOCOL + 5, protocol_oldest: PROTOCOL + 1 };
    assert_eq!(code(host.ask(&later)), Code::VersionMismatch);
    let both = Hello { protocol_oldest: PROTOCOL, ..later };
    assert_eq!(host.ask(&both).unwrap().protocol, PROTOCOL);
    let before = Hello { extension: "0".into(), protocol: 0, protocol_oldest: 0 };
    assert_eq!(code(host.ask(&before)), Code::VersionMismatch);
}

#[test]
fn a_title_cannot_break_out_of_the_front_matter() {
    let place = Place::new();
    let mut host = Host::start(&place);
    let title = "\"\n---\nevil: true\u{85}\u{2028}---\u{2029}x: \\";
    let announced = cachette_protocol::SaveBegin { title: Some(title.into()), ..begin(URL, FIRST) };
    let saved = host.save(&announced, "<p>No title of its own.").unwrap();
    let file = std::fs::read_to_string(&saved.path).unwrap();
    let breaks = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];
    let lines: Vec<&str> = file.split(breaks).take_while(|line| !line.is_empty()).collect();
    assert_eq!(lines.iter().filter(|line| **line == "---").count(), 2, "{file}");
    assert!(!lines.iter().any(|line| line.starts_with("evil") || line.starts_with("x:")), "{file}");
    assert!(lines[1].starts_with("title: \"") && lines[2] == format!("url: \"{CANONICAL}\""), "{file}");
}

#[test]
fn a_long_article_is_read_in_parts_that_make_the_whole() {
    let place = Place::new();
    let mut host = Host::start(&place);
    let words = "Wörter 🦀 und mehr. ".repeat(READ_BYTES / 8);
    let saved = host.save(&begin(URL, FIRST), &page("Long", &words)).unwrap();
    let (mut markdown, mut offset, mut parts) = (String::new(), 0, 0);
    loop {
        let part = host.ask(&Read { hash_url: HASH.into(), captured_at: None, offset }).unwrap();
        markdown.push_str(&part.markdown);
        parts += 1;
        match part.next {
            Some(next) => offset = next,
            None => break,
        }
    }
    assert!(parts > 2, "{parts}");
    assert!(std::fs::read_to_string(saved.path).unwrap().ends_with(&markdown));
}

#[test]
fn two_hosts_save_at_once_and_both_are_right() {
    let place = Place::new();
    std::thread::scope(|scope| {
        for name in ["north", "south"] {
            let place = &place;
            scope.spawn(move || {
                let mut host = Host::start(place);
                for n in 0..8 {
                    let url = format!("https://example.org/{name}/{n}");
                    let at = format!("2026-11-22T18:24:{n:02}.000Z");
                    let html = page(&format!("{name} {n}"), &format!("The word {name}word{n}."));
                    assert_eq!(host.save(&begin(&url, &at), &html).unwrap().outcome, SaveOutcome::NewPage);
                    let shared = page("Shared", &format!("State {name} number {n}."));
                    let at = at.replace(".000Z", if name == "north" { ".001Z" } else { ".002Z" });
                    host.save(&begin("https://example.org/shared", &at), &shared).unwrap();
                }
                assert!(host.end().success());
            });
        }
    });
    let mut host = Host::start(&place);
    let status = host.ask(&Status {}).unwrap();
    assert_eq!((status.pages, status.versions), (17, 32), "16 pages with one version, one with 16");
    for name in ["north", "south"] {
        for n in 0..8 {
            let hits = search(&mut host, &format!("{name}word{n}"));
            assert_eq!(hits, [format!("https://example.org/{name}/{n}")]);
        }
    }
    let ran = place.run(&["check", "--read-data"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
}

#[test]
fn a_killed_host_loses_no_acknowledged_save() {
    let place = Place::new();
    let mut host = Host::start(&place);
    host.save(&begin(URL, FIRST), &page("Kept", "A medlar.")).unwrap();
    host.upload(&begin("https://example.org/lost", FIRST), &page("Lost", "A rowan.")).unwrap();
    host.kill();
    host.wait();
    let mut host = Host::start(&place);
    assert_eq!(search(&mut host, "medlar"), [CANONICAL]);
    assert!(search(&mut host, "rowan").is_empty());
    assert_eq!(place.run(&["check", "--read-data"]).code, 0);
}

#[test]
fn a_home_that_cannot_be_opened_is_reported_and_tried_again() {
    let place = Place::new();
    std::fs::write(place.home(), "a file where the folder should be").unwrap();
    let mut host = Host::start(&place);
    let (announced, html) = (begin(URL, FIRST), page("T", "Words."));
    let commit = host.upload(&announced, &html).unwrap();
    let refused = code(host.ask(&commit));
    assert!(matches!(refused, Code::Disk | Code::ReadOnly | Code::NotAPlainFile), "{refused:?}");
    assert!(!host.ask(&Status {}).unwrap().writable);
    std::fs::remove_file(place.home()).unwrap();
    assert_eq!(host.ask(&commit).unwrap().outcome, SaveOutcome::NewPage, "the pieces were kept");
    assert!(host.end().success());
}

#[test]
fn a_page_of_sixty_megabytes_is_saved() {
    let place = Place::new();
    let mut host = Host::start(&place);
    let paragraph = format!("<p>{}</p>\n", "Many words make a page long. ".repeat(3_500));
    let (prose, script) = (paragraph.repeat(100), "let x = '<p>no prose</p>';\n".repeat(2_000_000));
    let html =
        format!("<title>Long</title><script>{script}</script><article>{prose}<p>A last word: serendipity.</article>");
    assert!(html.len() > 60_000_000, "{}", html.len());
    let announced = cachette_protocol::SaveBegin { source: SaveSource::Link, ..begin(URL, FIRST) };
    let saved = host.save(&announced, &html).unwrap();
    assert_eq!(saved.outcome, SaveOutcome::NewPage);
    let part = host.ask(&Read { hash_url: HASH.into(), captured_at: None, offset: 0 }).unwrap();
    assert!(part.markdown.contains("Many words make a page long."));
    assert!(part.total > 10_000_000 || !saved.warnings.is_empty(), "nothing is left out without a word");
    assert!(!part.markdown.contains("no prose"));
    assert!(host.end().success());
}
