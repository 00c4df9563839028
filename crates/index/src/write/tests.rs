//! Tests the content of the index after pages were added, changed and removed.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::record::Stamp;
use crate::write::pending::Reread;

fn page(hash_url: &str, words: &str, captured_at_ms: i64) -> Entry {
    Entry {
        hash_url: hash_url.into(),
        url: format!("https://example.org/{hash_url}"),
        title: format!("Title {hash_url}"),
        article: words.into(),
        captured_at_ms,
        versions: 1,
        ..Entry::default()
    }
}

fn hashes(index: &Index, query: &str) -> Vec<String> {
    let mut hashes: Vec<_> = index.find(query, 1000, 0).hits.into_iter().map(|hit| hit.hash_url).collect();
    hashes.sort();
    hashes
}

#[test]
fn a_page_put_again_is_found_by_its_new_words_only() {
    let mut index = Index::open_in_memory().unwrap();
    index.put(&page("aa", "former", 5_000)).unwrap();
    for second in [5_000, 5_999, 9_000, 1_000] {
        index.put(&page("aa", "latter", second)).unwrap();
        assert_eq!(hashes(&index, "former"), [""; 0]);
        assert_eq!(hashes(&index, "latter"), ["aa"]);
        assert_eq!(index.get("aa").unwrap().unwrap().captured_at_ms, second);
    }
    assert_eq!(index.counts().unwrap().pages, 1);
    assert_eq!(index.integrity().unwrap(), [""; 0]);
}

#[test]
fn headings_are_indexed_once_and_found_as_before() {
    let mut index = Index::open_in_memory().unwrap();
    index.put(&Entry { headings: "One two\n".into(), ..page("aa", "One two\ntext", 1) }).unwrap();
    assert_eq!(hashes(&index, "\"one two\" text"), ["aa"]);
}

#[test]
fn of_two_entries_of_a_page_the_later_one_stays() {
    let mut index = Index::open_in_memory().unwrap();
    index.put_all(&[page("aa", "one", 9_000), page("bb", "two", 1), page("aa", "three", 1_000)]).unwrap();
    assert_eq!(hashes(&index, "three"), ["aa"]);
    assert_eq!(hashes(&index, "one"), [""; 0]);
}

#[test]
fn a_record_is_what_was_put() {
    let entry = Entry {
        site: "example.org".into(),
        tags: vec!["one two".into(), "three".into()],
        seen_at_ms: Some(-7),
        versions: u32::MAX,
        stamp: Stamp { modified_ns: i64::MIN, bytes: 12 },
        ..page("aa", "words", 1_234)
    };
    let mut index = Index::open_in_memory().unwrap();
    index.put(&entry).unwrap();
    let record = index.get("aa").unwrap().unwrap();
    assert_eq!((&record.url, &record.site, &record.title), (&entry.url, &entry.site, &entry.title));
    assert_eq!((record.captured_at_ms, record.seen_at_ms, record.versions), (1_234, Some(-7), u32::MAX));
    assert_eq!((&record.tags, record.stamp), (&entry.tags, entry.stamp));
    assert_eq!(index.stamps().unwrap(), [("aa".to_owned(), entry.stamp)]);
    assert_eq!(index.list(9, 0).unwrap(), std::slice::from_ref(&record));
    assert_eq!(index.by_prefix("A", 9).unwrap(), [record]);
    assert_eq!(index.by_prefix("b", 9).unwrap(), []);
    assert_eq!(index.by_prefix("a%", 9).unwrap(), []);
}

#[test]
fn the_newest_capture_is_listed_first_whatever_was_filed_first() {
    let mut index = Index::open_in_memory().unwrap();
    for (hash, time) in [("b", 2_001), ("d", i64::MAX), ("a", 2_000), ("e", -5), ("f", i64::MIN), ("c", 2_002)] {
        index.put(&page(hash, "same", time)).unwrap();
    }
    let listed: Vec<_> = index.list(9, 0).unwrap().into_iter().map(|record| record.hash_url).collect();
    assert_eq!(listed, ["d", "c", "b", "a", "e", "f"]);
    assert_eq!(index.list(2, 3).unwrap().len(), 2);
    assert_eq!(hashes(&index, "same").len(), 6);
}

#[test]
fn what_an_index_no_longer_holds_is_given_back_to_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let mut index = Index::open(&folder.path().join("index.db")).unwrap();
    let words: String = (0..2000).map(|n| format!("word{n} ")).collect();
    index.put_all(&(0..200).map(|n| page(&format!("{n:03}"), &words, n)).collect::<Vec<_>>()).unwrap();
    let pages =
        |index: &Index| -> i64 { index.connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap() };
    let full = pages(&index);
    index.clear().unwrap();
    index.put(&page("aa", "few", 1)).unwrap();
    index.settle().unwrap();
    assert!(pages(&index) * 4 < full, "{} of {full}", pages(&index));
    assert_eq!(hashes(&index, "few"), ["aa"]);
    assert_eq!(index.integrity().unwrap(), [""; 0]);
}

#[test]
fn many_pages_of_one_second_all_find_a_place() {
    let mut index = Index::open_in_memory().unwrap();
    let pages: Vec<_> = (0..500).map(|n| page(&format!("{n:03}"), "same", 7_000)).collect();
    index.put_all(&pages).unwrap();
    index.put_all(&pages).unwrap();
    index.put(&page("later", "same", 8_000)).unwrap();
    assert_eq!(hashes(&index, "same").len(), 501);
    assert_eq!(index.integrity().unwrap(), [""; 0]);
}

#[test]
fn an_older_page_finds_a_place_below_an_import_without_walking_through_it() {
    let mut index = Index::open_in_memory().unwrap();
    let at = |minute: i64, name: String| page(&name, "words", minute * 60_000);
    index.put_all(&(0..5000).map(|n| at(100_000, format!("import {n}"))).collect::<Vec<_>>()).unwrap();
    let lowest = 100_000 - 4999;
    for (round, minute) in [99_999, 96_000, 97_000, lowest].into_iter().enumerate() {
        index.put(&at(minute, format!("older {round}"))).unwrap();
        let sql = "SELECT id FROM page WHERE hash_url = ?1";
        let id: i64 = index.connection.query_row(sql, [format!("older {round}")], |row| row.get(0)).unwrap();
        assert_eq!(id, lowest - 1 - i64::try_from(round).unwrap());
    }
    let steps = |index: &Index| {
        let one = index.connection.prepare_cached("SELECT 1 FROM page WHERE id = ?1").unwrap();
        one.get_status(rusqlite::StatementStatus::Run)
    };
    let before = steps(&index);
    index.put(&at(99_999, "one more".into())).unwrap();
    let looks = steps(&index) - before;
    assert!((2..40).contains(&looks), "{looks} looks");
}

#[test]
fn a_filled_index_answers_as_any_other_and_has_its_settings_back() {
    let page = |n: i64| page(&format!("{n:03}"), &format!("same number{n}"), n * 60_000);
    let folder = tempfile::tempdir().unwrap();
    let mut index = Index::open(&folder.path().join("index.db")).unwrap();
    let settings = |index: &Index| -> (String, i64) {
        let sql = "SELECT group_concat(k || ' ' || v, ', ' ORDER BY k)
                   FROM (SELECT * FROM fts_config UNION ALL SELECT 'name ' || k, v FROM name_config)";
        let written: String = index.connection.query_row(sql, [], |row| row.get(0)).unwrap();
        (written, index.connection.pragma_query_value(None, "cache_size", |row| row.get(0)).unwrap())
    };
    for some in (0..300).collect::<Vec<_>>().chunks(10) {
        index.put_many(&some.iter().map(|n| Prepared::from(page(*n))).collect::<Vec<_>>()).unwrap();
    }
    assert_eq!(index.find("same", 1, 0).total, 300, "before it is settled");
    index.settle().unwrap();
    assert_eq!(
        settings(&index),
        (
            "automerge 4, crisismerge 16, hashsize 1048576, name automerge 4, name crisismerge 16, \
             name version 4, version 4"
                .to_owned(),
            -AS_A_RULE_KB
        )
    );
    index.put(&page(300)).unwrap();
    assert_eq!((index.find("same", 1, 0).total, hashes(&index, "number299")), (301, vec!["299".to_owned()]));
    assert_eq!(index.integrity().unwrap(), [""; 0]);
}

#[test]
fn a_very_long_text_is_found_by_its_last_word() {
    let mut index = Index::open_in_memory().unwrap();
    let long = format!("{} outermost", "é word ".repeat(200_000));
    index.put(&Entry { full_text: long.replace("outermost", "furthest"), ..page("aa", &long, 1) }).unwrap();
    for query in ["outermost", "furthest"] {
        assert_eq!(index.find(query, 1, 0).total, 1);
    }
}

#[test]
fn hostile_texts_are_texts() {
    let mut index = Index::open_in_memory().unwrap();
    let nasty = "a\0b '; DROP TABLE page; -- \u{202e} \u{fffe} \u{10ffff} needle";
    let entry = Entry {
        title: nasty.into(),
        tags: vec!["one\ntwo".into(), nasty.into(), String::new()],
        headings: nasty.into(),
        stamp: Stamp { modified_ns: 0, bytes: u64::MAX },
        ..page("aa", nasty, 1)
    };
    index.put(&entry).unwrap();
    assert_eq!(hashes(&index, "needle"), ["aa"]);
    let record = index.get("aa").unwrap().unwrap();
    assert_eq!(record.title, nasty);
    assert_eq!(record.tags[0], "one two");
    assert_eq!(record.stamp.bytes, i64::MAX as u64);
    assert_eq!(index.integrity().unwrap(), [""; 0]);
}

#[derive(Debug, Clone)]
enum Step {
    Put(Vec<(u8, u8, i64)>),
    Announce(u8, u8, i64),
    Catch(u8),
    Complete,
    Remove(u8),
    Clear,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => proptest::collection::vec((0..6u8, 0..4u8, 0..4i64), 1..5).prop_map(Step::Put),
        4 => (0..6u8, 0..4u8, 0..4i64).prop_map(|(hash, word, time)| Step::Announce(hash, word, time)),
        2 => (0..6u8).prop_map(Step::Catch),
        2 => Just(Step::Complete),
        3 => (0..6u8).prop_map(Step::Remove),
        1 => Just(Step::Clear),
    ]
}

proptest! {
    #[test]
    fn the_index_holds_what_was_put_and_not_removed(steps in proptest::collection::vec(step(), 1..25)) {
        let mut index = Index::open_in_memory().unwrap();
        // The pages that can be found, with their word, and the pending ones, with theirs.
        let mut model: BTreeMap<String, u8> = BTreeMap::new();
        let mut due: BTreeMap<String, (Entry, u8)> = BTreeMap::new();
        for step in steps {
            match step {
                Step::Put(pages) => {
                    let entries: Vec<_> = pages
                        .iter()
                        .map(|(hash, word, time)| page(&format!("h{hash}"), &format!("word{word}"), time * 30_000))
                        .collect();
                    index.put_all(&entries).unwrap();
                    model.extend(pages.iter().map(|(hash, word, _)| (format!("h{hash}"), *word)));
                    due.retain(|hash, _| !entries.iter().any(|entry| entry.hash_url == *hash));
                }
                Step::Announce(hash, word, time) => {
                    let entry = page(&format!("h{hash}"), &format!("word{word}"), time * 30_000);
                    index.enqueue(&entry).unwrap();
                    due.insert(entry.hash_url.clone(), (entry, word));
                }
                Step::Catch(hash) => {
                    let noted = due.remove(&format!("h{hash}"));
                    let never = || page(&format!("h{hash}"), "never pending", 7);
                    let asked = noted.as_ref().map_or_else(never, |(entry, _)| entry.clone());
                    prop_assert_eq!(index.put_pending(&asked).unwrap(), noted.is_some());
                    model.extend(noted.map(|(entry, word)| (entry.hash_url, word)));
                }
                Step::Complete => {
                    let done = index.drain(&mut |hash| Reread::Page(Box::new(due[hash].0.clone()))).unwrap();
                    prop_assert_eq!(done, due.len() as u64);
                    model.extend(std::mem::take(&mut due).into_iter().map(|(hash, (_, word))| (hash, word)));
                }
                Step::Remove(hash) => {
                    let hash = format!("h{hash}");
                    let was_there = due.remove(&hash).is_some() | model.remove(&hash).is_some();
                    prop_assert_eq!(index.remove(&hash).unwrap(), was_there);
                }
                Step::Clear => {
                    index.clear().unwrap();
                    model.clear();
                    due.clear();
                }
            }
            for word in 0..4u8 {
                let with_word = model.iter().filter(|(_, has)| **has == word);
                let expected: Vec<_> = with_word.map(|(hash, _)| hash.clone()).collect();
                prop_assert_eq!(hashes(&index, &format!("word{word}")), expected);
            }
        }
        prop_assert_eq!(index.counts().unwrap().pages, model.len() as u64);
        prop_assert_eq!(index.count_pending().unwrap(), due.len() as u64);
        prop_assert_eq!(index.integrity().unwrap(), Vec::<String>::new());
    }
}
