//! Tests processes that search while another one saves. No search is refused, and every later
//! search finds acknowledged pages, in a running host and in a new program. It counts and measures
//! no times.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::sync::atomic::{AtomicUsize, Ordering};

use cachette_protocol::Search;
use cachette_tests::{
    home::{Browser, Home},
    host_client::HostClient,
    pipes::page_save,
};
use serde_json::Value;

/// How many pages are saved.
const PAGES: usize = 40;

/// How many pages are saved between questions to a new process.
const STARTED: usize = 5;

/// Returns a word for each page that no other page has. No other word begins like it.
fn word(page: usize) -> String {
    let letter = |digit: usize| char::from(b"bcdfghjklm"[digit % 10]);
    format!("q{}{}q", letter(page / 10), letter(page))
}

fn html(page: usize) -> String {
    let word = word(page);
    format!(
        "<!doctype html><html lang=en><title>Page {page}</title><article><h1>Page {page}</h1><p>Pages are kept in \
         company, \
         each with a word of its own, which is {word} in this one, at the length of a paragraph.</p></article></html>"
    )
}

/// Searches until all pages are saved; returns how often.
fn search(home: &Home, saved: &AtomicUsize) -> usize {
    let mut host = HostClient::start(home, Browser::Firefox).unwrap();
    let mut ask = |query: &str, limit: u32| {
        let search = Search { query: query.to_owned(), limit, offset: 0 };
        host.ask(&search).unwrap().result.unwrap_or_else(|failure| panic!("{query}: {failure:?}"))
    };
    let mut searches = 0;
    loop {
        let known = saved.load(Ordering::SeqCst);
        let found = ask("company", 1);
        assert!(found.total >= known as u64, "{known} pages are saved, {} are found", found.total);
        if let Some(last) = known.checked_sub(1) {
            let found = ask(&word(last), 5);
            assert_eq!(found.total, 1, "{}", word(last));
            assert_eq!(found.hits[0].title, format!("Page {last}"));
        }
        searches += 1;
        if known == PAGES {
            return searches;
        }
    }
}

#[test]
fn what_one_process_saves_every_other_finds_at_once() {
    let home = Home::new().unwrap();
    let saved = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let searching: Vec<_> = (0..2).map(|_| scope.spawn(|| search(&home, &saved))).collect();
        let mut host = HostClient::start(&home, Browser::Chromium).unwrap();
        for page in 0..PAGES {
            let begin = page_save(
                &format!("company-{page}"),
                &format!("https://example.org/company/{page}"),
                &format!("2026-11-22T18:{page:02}:05.123Z"),
            );
            host.save(&begin, &html(page)).unwrap().unwrap();
            saved.store(page + 1, Ordering::SeqCst);
            if page % STARTED == 0 {
                let json = home.run(&["search", "--json", &word(page)]).unwrap();
                let hits: Vec<Value> = serde_json::from_str(&json).unwrap();
                assert_eq!(hits.len(), 1, "{json}");
                assert_eq!(hits[0]["title"], format!("Page {page}"));
            }
        }
        for searches in searching.into_iter().map(|one| one.join().unwrap()) {
            assert!(searches > 1, "it searched while pages were saved");
        }
    });
    let pages = home.run(&["list", "--json"]).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Value>>(&pages).unwrap().len(), PAGES);
}
