//! Tests the three journeys with the real binary and no browser. They go over real frames, as a
//! browser would, and on the command line.
#![allow(
    clippy::unwrap_used,
    clippy::string_slice,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::{fs, path::Path};

use cachette_address::Address;
use cachette_protocol::{
    Capability, Code, Hello, Lookup, Notice, PROTOCOL, PROTOCOL_OLDEST, Read, Remove, RemovedWhat, SaveOutcome,
    SaveSource, Search, Status,
};
use cachette_tests::{
    filed::Filed,
    home::{Browser, Home},
    host_client::HostClient,
    pipes::page_save,
    site_pages::{ARTICLE_TITLE, ARTICLE_WORD, big},
};

const URL: &str = "https://example.org/a?utm_source=x";
const CANONICAL: &str = "https://example.org/a";
const AT: &str = "2026-11-22T18:24:05.123Z";
const LATER: &str = "2026-11-23T07:00:00.000Z";

fn html(word: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><title>{ARTICLE_TITLE}</title></head><body><article><h1>{ARTICLE_TITLE}\
         </h1>\
         <p>Links die, and the pages behind them with them; who has kept a copy reads on, at the length of a paragraph \
         that an extractor takes for an article's.</p><p>A second paragraph mentions {word} once, and tells <a href=/b>\
         of \
         another page</a>, at the same length, so that nobody takes it for a caption or a menu.</p></article></body>\
         </html>"
    )
}

#[test]
fn a_page_saved_over_frames_is_filed_found_read_and_removed() {
    for browser in [Browser::Chromium, Browser::Firefox] {
        let home = Home::new().unwrap();
        let mut host = HostClient::start(&home, browser).unwrap();

        let hello = Hello { extension: "0.1.0".into(), protocol: PROTOCOL, protocol_oldest: PROTOCOL_OLDEST };
        let greeting = host.ask(&hello).unwrap();
        assert!(!greeting.host.is_empty(), "every reply carries the host's version");
        let greeting = greeting.result.unwrap();
        assert_eq!(greeting.protocol, PROTOCOL);
        assert!(greeting.capabilities.contains(&Capability::Save));
        assert_eq!(Path::new(&greeting.home), home.cache());

        assert_eq!(host.ask(&Lookup { url: URL.into() }).unwrap().result.unwrap().page, None);

        let saved = host.save(&page_save("save-0001", URL, AT), &html(ARTICLE_WORD)).unwrap().unwrap();
        assert_eq!(saved.outcome, SaveOutcome::NewPage);
        assert_eq!(saved.url, CANONICAL);
        assert_eq!(saved.hash_url, Address::parse(URL).unwrap().hash_url());
        assert_eq!(saved.title, ARTICLE_TITLE);
        assert_eq!(saved.captured_at, AT);
        let path = home.cache().join("pages").join(&saved.hash_url).join("index.md");
        assert_eq!(Path::new(&saved.path), path);

        let filed = Filed::read(&path).unwrap();
        assert_eq!(filed.keys[..4], ["title", "url", "hash_url", "captured_at"]);
        assert_eq!(filed.text("title"), ARTICLE_TITLE);
        assert_eq!(filed.text("url"), CANONICAL);
        assert_eq!(filed.text("hash_url"), saved.hash_url);
        assert_eq!(filed.text("captured_at"), AT);
        assert_eq!(filed.text("source"), "page");
        assert_eq!(filed.text("captured_url"), URL);
        assert_eq!(filed.text("content_hash").len(), 64);
        assert!(filed.body.contains(ARTICLE_WORD));
        assert!(filed.body.contains("https://example.org/b"), "relative links become absolute: {}", filed.body);
        assert!(path.with_file_name("index.html").exists());

        let known = host.ask(&Lookup { url: "https://example.org/a#part".into() }).unwrap().result.unwrap();
        let known = known.page.expect("the page is known under every spelling of its address");
        assert_eq!(known.versions.len(), 1);
        assert_eq!(known.title, ARTICLE_TITLE);

        // The last word is a prefix, and the reply repeats the query.
        let query = ARTICLE_WORD[..6].to_owned();
        let search = Search { query: query.clone(), limit: 20, offset: 0 };
        let found = host.ask(&search).unwrap().result.unwrap();
        assert_eq!(found.query, query);
        assert_eq!(found.hits.len(), 1);
        assert_eq!(found.total, 1);
        let hit = &found.hits[0];
        assert_eq!(hit.hash_url, saved.hash_url);
        assert!(hit.snippet.contains(ARTICLE_WORD), "{}", hit.snippet);
        let units: Vec<u16> = hit.snippet.encode_utf16().collect();
        let (start, end) = hit.ranges[0];
        let marked = String::from_utf16(&units[start as usize..end as usize]).unwrap();
        assert!(ARTICLE_WORD.starts_with(&marked.to_lowercase()), "{marked}");

        let part = host.ask(&Read { hash_url: saved.hash_url.clone(), captured_at: None, offset: 0 }).unwrap();
        let part = part.result.unwrap();
        assert_eq!(part.markdown.trim(), filed.body.trim());
        assert_eq!(part.next, None);

        let status = host.ask(&Status {}).unwrap().result.unwrap();
        assert_eq!((status.pages, status.versions, status.writable), (1, 1, true));

        let remove = Remove { hash_url: saved.hash_url.clone(), captured_at: Some(saved.captured_at.clone()) };
        assert_eq!(host.ask(&remove).unwrap().result.unwrap().what, RemovedWhat::Page);
        assert!(!path.exists());
        assert!(home.files().unwrap().iter().any(|file| file.starts_with(home.cache().join(".trash"))));
        assert!(host.ask(&search).unwrap().result.unwrap().hits.is_empty());

        assert!(host.end().unwrap().success(), "the end of input is a clean end");
    }
}

#[test]
fn notices_of_a_save_travel_as_codes_with_a_sentence_for_older_extensions() {
    let home = Home::new().unwrap();
    let mut host = HostClient::start(&home, Browser::Chromium).unwrap();
    let mut begin = page_save("save-0001", URL, AT);
    begin.notices = vec![Notice::new(Code::FramesMissing, "Frames are missing.")];
    let table = "<table><tr><th colspan=1000000000>Wide</th></tr><tr><td>a</td><td>b</td></tr></table></article>";
    let page = html(ARTICLE_WORD).replace("</article>", table);
    let saved = host.save(&begin, &page).unwrap().unwrap();
    let codes: Vec<Code> = saved.notices.iter().map(|notice| notice.code).collect();
    assert!(codes.contains(&Code::FramesMissing), "the capture's notice is lost: {codes:?}");
    assert!(codes.contains(&Code::SpansCapped), "the converter's warning is lost: {codes:?}");
    let sentences: Vec<&str> = saved.notices.iter().map(|notice| notice.message.as_str()).collect();
    assert_eq!(saved.warnings, sentences);
    assert!(saved.warnings.iter().all(|sentence| !sentence.is_empty()));
}

#[test]
fn a_changed_page_is_a_new_version_and_an_unchanged_one_is_not() {
    let home = Home::new().unwrap();
    let mut host = HostClient::start(&home, Browser::Chromium).unwrap();
    let first = host.save(&page_save("save-0001", URL, AT), &html("first")).unwrap().unwrap();
    let same = host.save(&page_save("save-0002", URL, "2026-11-22T19:00:00.000Z"), &html("first")).unwrap().unwrap();
    assert_eq!(same.outcome, SaveOutcome::Unchanged);
    let changed = host.save(&page_save("save-0003", URL, LATER), &html("second")).unwrap().unwrap();
    assert_eq!(changed.outcome, SaveOutcome::NewVersion);

    let known = host.ask(&Lookup { url: URL.into() }).unwrap().result.unwrap().page.unwrap();
    let versions: Vec<_> = known.versions.iter().map(|version| version.captured_at.as_str()).collect();
    assert_eq!(versions, [LATER, AT]);
    let old = Path::new(&first.path).with_file_name("versions").join("20261122T182405123Z.md");
    assert!(Filed::read(&old).unwrap().body.contains("first"));

    let read = Read { hash_url: first.hash_url.clone(), captured_at: Some(AT.into()), offset: 0 };
    assert!(host.ask(&read).unwrap().result.unwrap().markdown.contains("first"));

    // Undoing the newest save restores the one before it.
    let remove = Remove { hash_url: first.hash_url, captured_at: Some(LATER.into()) };
    assert_eq!(host.ask(&remove).unwrap().result.unwrap().what, RemovedWhat::Version);
    assert!(Filed::read(Path::new(&first.path)).unwrap().body.contains("first"));
}

#[test]
fn every_step_of_a_save_may_be_sent_twice() {
    use cachette_protocol::{Part, PartSum, SaveChunk, SaveCommit};
    let home = Home::new().unwrap();
    let mut host = HostClient::start(&home, Browser::Firefox).unwrap();
    let begin = page_save("save-twice", URL, AT);
    let html = html("twice");
    let (left, right) = html.split_at(100);
    let chunk = |seq, data: &str| SaveChunk { save: "save-twice".into(), part: Part::Html, seq, data: data.into() };
    host.ask(&begin).unwrap().result.unwrap();
    host.ask(&chunk(0, left)).unwrap().result.unwrap();
    let again = host.ask(&begin).unwrap().result.unwrap();
    assert_eq!(again.have, [PartSum { part: Part::Html, chunks: 1 }]);
    host.ask(&chunk(0, left)).unwrap().result.unwrap();
    host.ask(&chunk(1, right)).unwrap().result.unwrap();
    let commit = SaveCommit { save: "save-twice".into(), parts: vec![PartSum { part: Part::Html, chunks: 2 }] };
    let first = host.ask(&commit).unwrap().result.unwrap();
    let second = host.ask(&commit).unwrap().result.unwrap();
    assert_eq!(first, second);

    // The answer was lost and the host restarted; the same save changes nothing.
    drop(host);
    let mut host = HostClient::start(&home, Browser::Firefox).unwrap();
    let third = host.save(&begin, &html).unwrap().unwrap();
    assert_eq!(third.captured_at, first.captured_at);
    let known = host.ask(&Lookup { url: URL.into() }).unwrap().result.unwrap().page.unwrap();
    assert_eq!(known.versions.len(), 1);
}

#[test]
fn a_long_article_is_read_in_parts_that_fit_a_frame() {
    let home = Home::new().unwrap();
    let mut host = HostClient::start(&home, Browser::Chromium).unwrap();
    let saved = host.save(&page_save("save-long", URL, AT), &big(1_000_000)).unwrap().unwrap();
    let filed = Filed::read(Path::new(&saved.path)).unwrap();
    let (mut whole, mut offset, mut parts) = (String::new(), Some(0), 0);
    while let Some(at) = offset {
        let read = Read { hash_url: saved.hash_url.clone(), captured_at: None, offset: at };
        let part = host.ask(&read).unwrap().result.unwrap();
        whole.push_str(&part.markdown);
        offset = part.next;
        parts += 1;
    }
    assert!(parts > 1);
    assert_eq!(whole.trim(), filed.body.trim());
}

#[test]
fn a_link_s_save_says_so_in_the_file() {
    let home = Home::new().unwrap();
    let mut host = HostClient::start(&home, Browser::Firefox).unwrap();
    let mut begin = page_save("save-link", URL, AT);
    begin.source = SaveSource::Link;
    let saved = host.save(&begin, &html("linked")).unwrap().unwrap();
    assert_eq!(Filed::read(Path::new(&saved.path)).unwrap().text("source"), "link");
}

#[test]
fn the_command_line_files_finds_and_rebuilds() {
    let home = Home::new().unwrap();
    let page = home.dir().join("page.html");
    fs::write(&page, html(ARTICLE_WORD)).unwrap();
    let page = page.to_str().unwrap();

    let path = home.run(&["add", "--url", URL, page]).unwrap();
    let expected = home.cache().join("pages").join(Address::parse(CANONICAL).unwrap().hash_url()).join("index.md");
    assert_eq!(path, format!("{}\n", expected.display()));
    assert_eq!(home.run(&["add", "--url", URL, page]).unwrap(), path, "nothing changed, and the same line is printed");

    let search = || -> serde_json::Value {
        serde_json::from_str(&home.run(&["search", ARTICLE_WORD, "--json"]).unwrap()).unwrap()
    };
    let hits = search();
    assert_eq!(hits[0]["url"], CANONICAL);
    assert_eq!(hits[0]["path"], expected.to_str().unwrap());

    fs::remove_dir_all(home.cache().join(".index")).unwrap();
    home.run(&["rebuild"]).unwrap();
    assert_eq!(search()[0]["url"], CANONICAL);

    assert!(home.run(&["show", URL]).unwrap().contains(ARTICLE_WORD));
    assert_eq!(home.run(&["path", URL]).unwrap(), path);
    home.run(&["check", "--read-data"]).unwrap();
    assert_eq!(home.output(&["show", "https://example.org/unknown"]).unwrap().status.code(), Some(1));
    assert_eq!(home.output(&["no-such-command"]).unwrap().status.code(), Some(2));
    assert_eq!(home.output(&["add", "--url", URL, "no-such-file.html"]).unwrap().status.code(), Some(3));
}

#[test]
fn host_and_command_line_see_one_cache() {
    let home = Home::new().unwrap();
    let mut host = HostClient::start(&home, Browser::Chromium).unwrap();
    host.save(&page_save("save-0001", URL, AT), &html(ARTICLE_WORD)).unwrap().unwrap();
    assert!(home.run(&["search", ARTICLE_WORD]).unwrap().contains(ARTICLE_TITLE));
    home.run(&["remove", URL]).unwrap();
    assert_eq!(host.ask(&Lookup { url: URL.into() }).unwrap().result.unwrap().page, None);
}

#[test]
fn a_page_that_a_person_edited_keeps_the_edit() {
    let home = Home::new().unwrap();
    let mut host = HostClient::start(&home, Browser::Chromium).unwrap();
    let saved = host.save(&page_save("save-0001", URL, AT), &html("first")).unwrap().unwrap();
    let path = Path::new(&saved.path);
    let edited = fs::read_to_string(path).unwrap().replace("second paragraph", "second paragraph about a bumblebee");
    fs::write(path, &edited).unwrap();
    assert_eq!(
        host.save(&page_save("save-0002", URL, LATER), &html("first")).unwrap().unwrap().outcome,
        SaveOutcome::Unchanged
    );
    assert!(fs::read_to_string(path).unwrap().contains("bumblebee"));
    host.save(&page_save("save-0003", URL, "2026-11-24T07:00:00.000Z"), &html("third")).unwrap().unwrap();
    let versions = path.with_file_name("versions");
    let kept = fs::read_dir(versions).unwrap().any(|file| {
        let file = file.unwrap().path();
        file.extension().is_some_and(|kind| kind == "md") && fs::read_to_string(file).unwrap().contains("bumblebee")
    });
    assert!(kept, "the edited version is kept among the versions");
}
