//! Tests input that no browser and no decent page would send. These are broken frames, wrong
//! callers, huge pages, two writers at once. Each must end in a framed error, a clean exit or a
//! filed page, and never in a hang, a panic or half a file.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::{fs, path::Path, thread};

use cachette_protocol::{Code, Hello, Lookup, PROTOCOL, PROTOCOL_OLDEST, Search};
use cachette_tests::{
    filed::Filed,
    home::{Browser, Home, binary},
    host_client::HostClient,
    pipes::page_save,
    site_pages::big,
};
use serde_json::{Value, json};

const URL: &str = "https://example.org/a";
const AT: &str = "2026-11-22T18:24:05.123Z";

fn hello() -> Hello {
    Hello { extension: "0.1.0".into(), protocol: PROTOCOL, protocol_oldest: PROTOCOL_OLDEST }
}

/// Returns the code of the next frame, which must be an error's.
fn refused(host: &mut HostClient) -> String {
    let frame = host.receive().unwrap().expect("a framed error");
    let answer: Value = serde_json::from_slice(&frame).unwrap();
    assert!(!answer["error"]["message"].as_str().unwrap().is_empty());
    answer["error"]["code"].as_str().unwrap().to_owned()
}

#[test]
fn a_length_of_four_gib_is_refused_before_anything_is_allocated() {
    let home = Home::new().unwrap();
    let mut host = HostClient::start(&home, Browser::Chromium).unwrap();
    host.send_raw(&u32::MAX.to_ne_bytes()).unwrap();
    assert_eq!(refused(&mut host), "too_large");
    host.end().unwrap();
}

#[test]
fn a_frame_that_breaks_off_ends_the_host_and_files_nothing() {
    let home = Home::new().unwrap();
    for cut in 1..12 {
        let mut host = HostClient::start(&home, Browser::Firefox).unwrap();
        let mut frame = 100_u32.to_ne_bytes().to_vec();
        frame.extend_from_slice(b"{\"id\":1,\"ask\":\"hello\"");
        host.send_raw(&frame[..cut]).unwrap();
        host.hang_up();
        while host.receive().unwrap().is_some() {}
        host.end().unwrap();
    }
    assert!(home.pages().unwrap().is_empty());
}

#[test]
fn garbage_gets_an_error_and_the_next_request_its_answer() {
    let home = Home::new().unwrap();
    let mut host = HostClient::start(&home, Browser::Chromium).unwrap();
    let deep = "[".repeat(200_000);
    for garbage in ["", "null", "7", "\"", "{", "[]", "\u{feff}{}", "{\"id\":-1}", "{\"ask\":7}", deep.as_str()] {
        host.send(garbage.as_bytes()).unwrap();
        let code = refused(&mut host);
        assert!(code == "bad_request" || code == "unknown_request", "{garbage:.20}: {code}");
    }
    host.send(b"\xff\xfe\x00").unwrap();
    assert_eq!(refused(&mut host), "bad_request");
    host.send(br#"{"id":9,"ask":"make_coffee","with":{}}"#).unwrap();
    assert_eq!(refused(&mut host), "unknown_request");
    assert!(host.ask(&hello()).unwrap().result.is_ok());
    assert!(host.end().unwrap().success());
}

#[test]
fn a_caller_that_the_manifest_does_not_name_is_refused() {
    let home = Home::new().unwrap();
    let manifest = home.dir().join("org.cachette.host.json");
    fs::write(&manifest, "{}").unwrap();
    let manifest = manifest.to_str().unwrap();
    for arguments in [
        &["chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/"][..],
        &["chrome-extension://hbmmlfbaijcnagcogcjeajeblanggndl.evil/"],
        &["chrome-extension:///"],
        &[manifest, "evil@example.org"],
    ] {
        let mut host = HostClient::start_with(&binary().unwrap(), arguments, &home).unwrap();
        // The host may have ended before it reads this.
        let _ = host.send(br#"{"id":1,"ask":"status","with":{}}"#);
        assert_eq!(refused(&mut host), "wrong_origin", "{arguments:?}");
        assert_eq!(host.receive().unwrap(), None);
        assert!(!host.end().unwrap().success());
        assert!(home.files().unwrap().is_empty(), "{arguments:?} touched the cache");
    }
}

#[test]
fn a_save_from_a_private_window_is_refused() {
    let home = Home::new().unwrap();
    let mut host = HostClient::start(&home, Browser::Chromium).unwrap();
    let mut begin = page_save("save-private", URL, AT);
    begin.private = true;
    assert_eq!(host.save(&begin, "<p>x").unwrap().unwrap_err().code, Code::PrivateWindow);
    host.end().unwrap();
    assert!(home.pages().unwrap().is_empty());
}

#[test]
fn an_address_that_is_none_is_refused() {
    let home = Home::new().unwrap();
    let mut host = HostClient::start(&home, Browser::Chromium).unwrap();
    for (at, url) in
        ["about:blank", "chrome://settings", "javascript:1", "", "not an address", "data:,x"].into_iter().enumerate()
    {
        let failure = host.save(&page_save(&format!("save-{at:04}"), url, AT), "<p>x").unwrap().unwrap_err();
        assert_eq!(failure.code, Code::UnsupportedAddress, "{url}");
    }
    assert!(home.pages().unwrap().is_empty());
}

#[test]
fn a_hundred_thousand_nested_elements_keep_their_text() {
    let home = Home::new().unwrap();
    let page = home.dir().join("deep.html");
    fs::write(&page, format!("{}<p>the pearl at the bottom</p>", "<div>".repeat(100_000))).unwrap();
    home.run(&["add", "--url", URL, page.to_str().unwrap()]).unwrap();
    let filed = Filed::read(&home.pages().unwrap()[0]).unwrap();
    assert!(filed.body.contains("the pearl at the bottom"), "{:.300}", filed.body);
    assert!(home.run(&["search", "pearl"]).unwrap().contains("pearl"));
}

#[test]
fn lone_surrogates_are_answered_and_do_no_harm() {
    let home = Home::new().unwrap();
    let mut host = HostClient::start(&home, Browser::Chromium).unwrap();
    for field in ["query", "url"] {
        let ask = if field == "query" { "search" } else { "lookup" };
        host.send(format!(r#"{{"id":5,"ask":"{ask}","with":{{"{field}":"a\ud800b","limit":3}}}}"#).as_bytes()).unwrap();
        let answer: Value = serde_json::from_slice(&host.receive().unwrap().unwrap()).unwrap();
        assert!(answer.get("ok").is_some() || answer["error"]["code"].is_string(), "{answer}");
    }
    let begin = page_save("save-surrogate", URL, AT);
    host.ask(&begin).unwrap().result.unwrap();
    host.send(
        br#"{"id":6,"ask":"save_chunk","with":{"save":"save-surrogate","part":"html","seq":0,"data":"<p>a\ud800b"}}"#,
    )
    .unwrap();
    let answer: Value = serde_json::from_slice(&host.receive().unwrap().unwrap()).unwrap();
    assert!(answer.get("ok").is_some() || answer["error"]["code"] == "bad_request", "{answer}");
    assert!(host.ask(&hello()).unwrap().result.is_ok());
}

#[test]
fn a_page_of_sixty_megabytes_is_filed() {
    let home = Home::new().unwrap();
    let mut host = HostClient::start(&home, Browser::Chromium).unwrap();
    let mut html = big(60_000_000);
    html.push_str("<p>the last word is zeugma</p>");
    let saved = host.save(&page_save("save-huge", URL, AT), &html).unwrap().unwrap();
    let filed = Filed::read(Path::new(&saved.path)).unwrap();
    assert!(filed.body.contains("Section 2"), "{:.300}", filed.body);
    assert_eq!(host.ask(&Lookup { url: URL.into() }).unwrap().result.unwrap().page.unwrap().versions.len(), 1);
}

#[test]
fn two_hosts_saving_at_once_lose_nothing() {
    const EACH: usize = 25;
    let home = Home::new().unwrap();
    thread::scope(|scope| {
        for writer in 0..2 {
            let home = &home;
            scope.spawn(move || {
                let browser = if writer == 0 { Browser::Chromium } else { Browser::Firefox };
                let mut host = HostClient::start(home, browser).unwrap();
                for turn in 0..EACH {
                    let own = format!("https://example.org/{writer}/{turn}");
                    let html = |what: &str| {
                        format!(
                            "<title>{what}</title><article><h1>{what}</h1><p>Word{writer}x{turn} stands in a \
                             paragraph of some length, so that it is an article's.</p></article>"
                        )
                    };
                    let at = format!("2026-11-22T18:{turn:02}:0{writer}.000Z");
                    let save = page_save(&format!("own-{writer}-{turn:04}"), &own, &at);
                    host.save(&save, &html("own")).unwrap().unwrap();
                    // Both writers also save the same page.
                    let save = page_save(&format!("both-{writer}-{turn:04}"), URL, &at);
                    host.save(&save, &html("both")).unwrap().unwrap();
                }
                assert!(host.end().unwrap().success());
            });
        }
    });
    assert_eq!(home.pages().unwrap().len(), 2 * EACH + 1);
    let mut host = HostClient::start(&home, Browser::Chromium).unwrap();
    let versions = host.ask(&Lookup { url: URL.into() }).unwrap().result.unwrap().page.unwrap().versions;
    assert_eq!(versions.len(), 2 * EACH, "every state of the shared page is a version");
    for writer in 0..2 {
        for turn in 0..EACH {
            let query = format!("Word{writer}x{turn}");
            let found = host.ask(&Search { query: query.clone(), limit: 50, offset: 0 }).unwrap().result.unwrap();
            assert!(found.hits.iter().any(|hit| hit.url.ends_with(&format!("/{writer}/{turn}"))), "{query}");
        }
    }
    home.run(&["check", "--read-data"]).unwrap();
}

#[test]
fn a_home_that_cannot_be_written_is_reported_and_the_save_works_once_it_can() {
    let home = Home::new().unwrap();
    // A file in the folder's place is the one obstacle that stops even root.
    fs::write(home.cache(), "in the way").unwrap();
    let mut host = HostClient::start(&home, Browser::Chromium).unwrap();
    let begin = page_save("save-blocked", URL, AT);
    let failure = host.save(&begin, "<p>A paragraph of text.</p>").unwrap().unwrap_err();
    assert!(matches!(failure.code, Code::Disk | Code::ReadOnly | Code::NotAPlainFile), "{failure:?}");
    assert_eq!(fs::read_to_string(home.cache()).unwrap(), "in the way");
    fs::remove_file(home.cache()).unwrap();
    host.save(&begin, "<p>A paragraph of text.</p>").unwrap().unwrap();
    assert_eq!(home.pages().unwrap().len(), 1);
}

#[test]
fn a_title_cannot_break_out_of_the_front_matter() {
    let home = Home::new().unwrap();
    let mut host = HostClient::start(&home, Browser::Chromium).unwrap();
    let title = "\"\n---\nevil: true";
    let mut begin = page_save("save-title", URL, AT);
    begin.title = Some(title.to_owned());
    let saved = host.save(&begin, "<p>No title of its own, and a paragraph of text.</p>").unwrap().unwrap();
    let filed = Filed::read(Path::new(&saved.path)).unwrap();
    assert_eq!(filed.value("evil"), None);
    assert_eq!(
        filed.text("title").split_whitespace().collect::<Vec<_>>(),
        title.split_whitespace().collect::<Vec<_>>()
    );
}

#[test]
fn unknown_fields_are_ignored() {
    let home = Home::new().unwrap();
    let mut host = HostClient::start(&home, Browser::Firefox).unwrap();
    let message = json!({"id": 3, "ask": "lookup", "later": [1], "with": {"url": URL, "made_up_later": {"a": 1}}});
    host.send(message.to_string().as_bytes()).unwrap();
    let answer: Value = serde_json::from_slice(&host.receive().unwrap().unwrap()).unwrap();
    assert_eq!(answer["id"], 3);
    assert!(answer["ok"].is_object(), "{answer}");
}

/// An index of the schema's version 5, from another home.
const FORMER: &[u8] = include_bytes!("former/index-5.sqlite");

#[test]
fn a_former_programs_index_is_made_anew_from_the_files_without_a_word() {
    let home = Home::new().unwrap();
    let mut host = HostClient::start(&home, Browser::Firefox).unwrap();
    host.save(&page_save("former-0001", URL, AT), &big(2_000)).unwrap().unwrap();
    host.end().unwrap();
    let search = ["search", "--json", "paragraph"];
    let found = home.run(&search).unwrap();
    assert!(found.contains(URL), "{found}");
    let index = home.cache().join(".index");
    fs::remove_dir_all(&index).unwrap();
    fs::create_dir(&index).unwrap();
    fs::write(index.join("index.sqlite"), FORMER).unwrap();
    let output = home.output(&search).unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), found);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.success());
}
