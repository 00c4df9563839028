//! Tests saving pages, finding them again, reading and removing them. More than 300 lines: each way
//! in which a save ends has its test, and they share the pages.

use super::*;

const URL: &str = "https://example.org/a?utm_source=x#top";

#[test]
fn a_saved_page_is_found_by_a_word_of_its_body() {
    let room = Room::new();
    let mut cache = room.cache();
    let saved = save(&mut cache, URL, 0, "The quick brown fox jumps over the lazy dog.");
    assert_eq!(saved.outcome, Outcome::NewPage);
    assert_eq!(saved.url, "https://example.org/a");
    assert_eq!(saved.title, "A title");
    assert_eq!(saved.path, room.pages().join(&saved.hash_url).join("index.md"));
    let found = cache.search("brow", 10, 0).unwrap();
    assert_eq!((found.total, found.hits.len()), (1, 1));
    let hit = &found.hits[0];
    assert_eq!((&hit.path, &hit.page.url, hit.captured_at()), (&saved.path, &saved.url, at(0)));
    assert!(hit.page.snippet.contains("brown"), "{hit:?}");
    assert!(!hit.page.ranges.is_empty());
    // Another process sees it as well.
    assert_eq!(hits(&mut room.cache(), "fox"), ["https://example.org/a"]);
}

#[test]
fn what_the_file_says_is_what_was_saved() {
    let room = Room::new();
    let tags = ["one".to_owned(), "two".to_owned()];
    let page = html("A title", "Text.");
    let saved = room.cache().save(&Snapshot { tags: &tags, ..snapshot(URL, 0, &page) }).unwrap();
    let file = fs::read_to_string(&saved.path).unwrap();
    assert!(file.contains("captured_url: \"https://example.org/a?utm_source=x#top\"\n"), "{file}");
    assert!(file.contains("tags: [\"one\", \"two\"]\n"), "{file}");
    assert!(file.contains("source: \"page\"\n"), "{file}");
}

#[test]
fn a_title_that_looks_like_front_matter_stays_a_title() {
    let room = Room::new();
    let mut cache = room.cache();
    let title = "\"\n---\nevil: true";
    let saved = cache.save(&Snapshot { title: Some(title), ..snapshot(URL, 0, "<p>Text.</p>") }).unwrap();
    let document = cache.read(&saved.hash_url, At::Newest).unwrap();
    assert!(document.file.starts_with("---\ntitle: \""));
    assert!(!document.file.lines().any(|line| line.starts_with("evil")), "{}", document.file);
    assert!(document.title.contains("evil: true"));
    assert!(document.markdown().starts_with("Text."), "{}", document.markdown());
}

#[test]
fn addresses_of_other_kinds_are_refused() {
    let room = Room::new();
    let mut cache = room.cache();
    for url in ["about:blank", "chrome://settings", "javascript:alert(1)", "nonsense", ""] {
        let error = cache.save(&snapshot(url, 0, "")).unwrap_err();
        assert!(matches!(error, CacheError::Address(_)), "{url}");
    }
    assert!(!room.home().dir().exists());
}

#[test]
fn versions_are_made_and_read() {
    let room = Room::new();
    let mut cache = room.cache();
    let hash = save(&mut cache, URL, 0, "Apples.").hash_url;
    assert_eq!(save(&mut cache, URL, 10, "Bananas.").outcome, Outcome::NewVersion);
    assert_eq!(save(&mut cache, URL, 20, "Apples.").outcome, Outcome::NewVersion);
    let unchanged = save(&mut cache, URL, 30, "Apples.");
    assert_eq!((unchanged.outcome, unchanged.captured_at), (Outcome::Unchanged, at(20)));
    let page = cache.lookup(URL).unwrap().unwrap();
    assert_eq!(page.versions, [at(20), at(10), at(0)]);
    assert_eq!(page.seen_at, Some(at(30)));
    let read = |cache: &mut Cache, when| cache.read(&hash, when).map(|document| document.markdown().to_owned());
    assert!(read(&mut cache, At::Newest).unwrap().contains("Apples"));
    assert!(read(&mut cache, At::Captured(at(10))).unwrap().contains("Bananas"));
    assert!(read(&mut cache, At::ValidAt(at(15))).unwrap().contains("Bananas"));
    assert!(read(&mut cache, At::ValidAt(at(9))).unwrap().contains("Apples"));
    assert!(matches!(
        read(&mut cache, At::Captured(at(11))).unwrap_err(),
        CacheError::NoSuchVersion { .. } | CacheError::Store(StoreError::NoSuchVersion(_))
    ));
    assert!(matches!(
        read(&mut cache, At::ValidAt(at(-1))).unwrap_err(),
        CacheError::NoSuchVersion { .. } | CacheError::Store(StoreError::NoSuchVersion(_))
    ));
    assert!(matches!(cache.read("no hash", At::Newest).unwrap_err(), CacheError::NoSuchPage { .. }));
    assert_eq!(cache.list(10, 0).unwrap()[0].versions, 3);
    assert_eq!(cache.list(10, 0).unwrap()[0].seen_at, Some(at(30)));
    let stats = cache.stats().unwrap();
    assert_eq!((stats.pages, stats.versions), (1, 3));
    assert!(stats.bytes_markdown > 0 && stats.index_bytes > 0);
}

#[test]
fn a_repeated_save_is_answered_as_the_first_time() {
    let room = Room::new();
    let mut cache = room.cache();
    let first = save(&mut cache, URL, 0, "Apples.");
    assert_eq!(format!("{:?}", save(&mut cache, URL, 0, "Apples.")), format!("{first:?}"));
    let second = save(&mut cache, URL, 10, "Bananas.");
    assert_eq!(format!("{:?}", save(&mut cache, URL, 10, "Bananas.")), format!("{second:?}"));
    assert_eq!(second.outcome, Outcome::NewVersion);
    assert_eq!(cache.list(10, 0).unwrap()[0].versions, 2);
}

#[test]
fn an_older_capture_counts_as_a_version_and_leaves_the_newest() {
    let room = Room::new();
    let mut cache = room.cache();
    save(&mut cache, URL, 10, "Apples.");
    save(&mut cache, URL, 5, "Bananas.");
    assert_eq!(cache.list(10, 0).unwrap()[0].versions, 2);
    assert_eq!(hits(&mut cache, "apples").len(), 1);
    assert!(hits(&mut cache, "bananas").is_empty());
}

#[test]
fn a_page_is_looked_up_by_address_hash_or_prefix() {
    let room = Room::new();
    let mut cache = room.cache();
    let hash = save(&mut cache, URL, 0, "Text.").hash_url;
    for asked in ["https://example.org/a", URL, &hash, prefix(&hash, 8), &prefix(&hash, 20).to_uppercase()] {
        assert_eq!(cache.lookup(asked).unwrap().unwrap().hash_url, hash, "{asked}");
    }
    for asked in ["https://example.org/b", &"0".repeat(64), "0000000000"] {
        assert_eq!(cache.lookup(asked).unwrap(), None, "{asked}");
    }
    assert!(matches!(cache.lookup("0000000").unwrap_err(), CacheError::Address(_)));
    // A second page whose hash begins with the same digits.
    fs::create_dir(room.pages().join(format!("{}{}", prefix(&hash, 10), "0".repeat(54)))).unwrap();
    assert!(matches!(cache.lookup(prefix(&hash, 8)).unwrap_err(), CacheError::Ambiguous { .. }));
}

#[test]
fn what_is_removed_is_not_found() {
    let room = Room::new();
    let mut cache = room.cache();
    let hash = save(&mut cache, URL, 0, "Apples.").hash_url;
    save(&mut cache, URL, 10, "Bananas.");
    assert_eq!(cache.remove(&hash, Some(at(10))).unwrap(), RemovedWhat::Version);
    assert_eq!((hits(&mut cache, "apples").len(), hits(&mut cache, "bananas").len()), (1, 0));
    assert!(matches!(
        cache.remove(&hash, Some(at(10))).unwrap_err(),
        CacheError::NoSuchVersion { .. } | CacheError::Store(StoreError::NoSuchVersion(_))
    ));
    assert_eq!(cache.remove(&hash, None).unwrap(), RemovedWhat::Page);
    assert!(matches!(cache.remove(&hash, None).unwrap_err(), CacheError::NoSuchPage { .. }));
    assert!(hits(&mut cache, "apples").is_empty());
    assert_eq!(cache.lookup(URL).unwrap(), None);
    assert!(room.home().dir().join(".trash").is_dir());
    assert!(cache.check(&CheckOptions::default(), &mut |_, _| {}).unwrap().is_sound());
}

#[test]
fn tags_are_changed_and_searched() {
    let room = Room::new();
    let mut cache = room.cache();
    let hash = save(&mut cache, URL, 0, "Text.").hash_url;
    assert_eq!(cache.tag(&hash, &["gardening".to_owned()], &[]).unwrap(), ["gardening"]);
    assert_eq!(cache.list(1, 0).unwrap()[0].tags, ["gardening"]);
    assert_eq!(hits(&mut cache, "gardening").len(), 1);
    assert_eq!(cache.tag(&hash, &[], &["gardening".to_owned()]).unwrap(), Vec::<String>::new());
    assert!(matches!(cache.tag(&"0".repeat(64), &[], &[]).unwrap_err(), CacheError::NoSuchPage { .. }));
}

#[test]
fn a_home_that_is_not_there_is_empty_and_stays_away() {
    let room = Room::new();
    let mut cache = room.cache();
    assert!(hits(&mut cache, "x").is_empty());
    assert!(cache.list(10, 0).unwrap().is_empty());
    assert_eq!(cache.lookup(URL).unwrap(), None);
    assert_eq!(cache.stats().unwrap(), Stats::default());
    assert_eq!(cache.rebuild(&mut |_, _| {}).unwrap(), RebuildReport::default());
    assert!(cache.check(&CheckOptions::default(), &mut |_, _| {}).unwrap().is_sound());
    assert!(cache.refresh(std::time::Duration::MAX).unwrap().done);
    assert!(cache.remove(&"0".repeat(64), None).is_err());
    assert!(cache.tag(&"0".repeat(64), &[], &[]).is_err());
    assert!(cache.writable());
    assert!(!room.home().dir().exists());
}

#[test]
fn several_caches_saving_at_once_lose_nothing_and_are_never_busy() {
    let room = Room::new();
    std::thread::scope(|scope| {
        for thread in 0..6i64 {
            let home = room.home();
            scope.spawn(move || {
                let mut cache = Cache::open(&home).unwrap();
                for round in 0..5 {
                    let own = save(&mut cache, &format!("https://example.org/{thread}/{round}"), 0, "Apples.");
                    assert!(is_indexed(&own), "{:?}", own.warnings);
                    let shared =
                        save(&mut cache, "https://example.org/", thread * 10 + round, &format!("pear{thread}x{round}"));
                    assert!(is_indexed(&shared), "{:?}", shared.warnings);
                    assert!(!hits(&mut cache, "apples").is_empty());
                }
            });
        }
    });
    let mut cache = room.cache();
    assert_eq!(cache.search("apples", 100, 0).unwrap().total, 30);
    let shared = cache.lookup("https://example.org/").unwrap().unwrap();
    assert_eq!(shared.versions.len(), 30);
    assert_eq!(hits(&mut cache, "pear5x4"), ["https://example.org/"]);
    assert!(hits(&mut cache, "pear0x0").is_empty());
    let report = cache.check(&CheckOptions { read_data: true, ..CheckOptions::default() }, &mut |_, _| {}).unwrap();
    assert!(report.is_sound(), "{report:?}");
    assert_eq!((report.pages, report.versions), (31, 60));
}

fn prefix(hash: &str, digits: usize) -> &str {
    hash.get(..digits).unwrap()
}

#[test]
fn eight_saves_of_three_articles_are_three_versions() {
    let room = Room::new();
    let mut cache = room.cache();
    let texts = [
        "Apples.",
        "Apples.",
        "Bananas cost 3.",
        "Bananas cost 3.",
        "Bananas cost 3.",
        "Bananas cost 4.",
        "Bananas cost 4.",
        "Bananas cost 4.",
    ];
    for (text, second) in texts.into_iter().zip(0..) {
        save(&mut cache, "https://example.org/a", second, text);
    }
    let versions = cache.lookup("https://example.org/a").unwrap().unwrap().versions;
    assert_eq!(versions, [at(5), at(2), at(0)]);
    let hash = hash_of("https://example.org/a");
    let read = |cache: &mut Cache, second| cache.read(&hash, At::Captured(at(second))).unwrap();
    let (older, newer) = (read(&mut cache, 2), read(&mut cache, 5));
    let difference = Difference::between(older.markdown(), newer.markdown());
    let changed = |change| {
        let parts = difference.lines.iter().flat_map(|line| &line.parts);
        parts.filter(|part| part.change == change).map(|part| part.text.as_str()).collect::<Vec<_>>()
    };
    assert_eq!((changed(Change::Removed), changed(Change::Added)), (vec!["3"], vec!["4"]));
}

#[test]
fn the_version_valid_then_is_picked_whatever_the_clock_did() {
    let room = Room::new();
    let mut cache = room.cache();
    // The clock is right, jumps ahead by a century, is corrected, falls back to 1970, and is right
    // again.
    let century = 3_000_000_000;
    for (second, text) in
        [(0, "Apples."), (century, "Bananas."), (100, "Cherries."), (-1_700_000_000, "Dates."), (200, "Elderberries.")]
    {
        save(&mut cache, "https://example.org/a", second, text);
    }
    let hash = hash_of("https://example.org/a");
    for (second, text) in [
        (-1_700_000_000, "Dates"),
        (-1, "Dates"),
        (0, "Apples"),
        (99, "Apples"),
        (100, "Cherries"),
        (199, "Cherries"),
        (200, "Elderberries"),
        (century - 1, "Elderberries"),
        (century, "Bananas"),
        (century + 9, "Bananas"),
    ] {
        let found = cache.read(&hash, At::ValidAt(at(second))).unwrap();
        assert!(found.markdown().contains(text), "{second}: {}", found.markdown());
    }
    assert!(matches!(cache.read(&hash, At::ValidAt(at(-1_700_000_001))), Err(CacheError::NoSuchVersion { .. })));
    assert_eq!(cache.lookup("https://example.org/a").unwrap().unwrap().versions.len(), 5);
}

#[test]
fn a_rule_thins_out_what_a_save_adds_to() {
    let room = Room::new();
    let mut cache = room.cache();
    cache.set_retention(Retention::read("last 2").unwrap()).unwrap();
    for (text, second) in ["Apples.", "Bananas.", "Cherries.", "Dates."].into_iter().zip(0..) {
        let saved = save(&mut cache, "https://example.org/a", second, text);
        assert!(
            !saved.warnings.iter().any(|warning| matches!(warning, SaveWarning::NotPruned(_))),
            "{:?}",
            saved.warnings
        );
    }
    assert_eq!(cache.lookup("https://example.org/a").unwrap().unwrap().versions, [at(3), at(2)]);
    assert_eq!(cache.trash().unwrap().len(), 2);
    assert_eq!(cache.list(1, 0).unwrap()[0].versions, 2);
    // If the rule is not understood, everything is kept, and a warning says so.
    fs::write(room.home().dir().join("settings.txt"), "keep: a few\n").unwrap();
    let saved = save(&mut cache, "https://example.org/a", 9, "Elderberries.");
    assert!(saved.warnings.iter().any(|warning| warning.to_string().contains("settings.txt")), "{:?}", saved.warnings);
    assert_eq!(cache.lookup("https://example.org/a").unwrap().unwrap().versions.len(), 3);
    // Once restored from the trash, the first is a version again.
    let trashed = cache.trash().unwrap().pop().unwrap();
    cache.restore(&trashed).unwrap();
    assert_eq!(cache.list(1, 0).unwrap()[0].versions, 4);
    cache.set_retention(Retention::All).unwrap();
    assert!(
        cache.check(&CheckOptions { read_data: true, ..CheckOptions::default() }, &mut |_, _| {}).unwrap().is_sound()
    );
}
