//! Tests articles that are converted again from their pages' copies. Some change, some stay, and
//! nothing is lost, wherever the work is interrupted.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use super::former::{is_sound, named, newest, otherwise_spelled, picture, save_again};
use super::*;

fn reconvert(cache: &mut Cache, options: &ReconvertOptions<'_>) -> ReconvertReport {
    cache.reconvert(options, &mut |_, _| {}).unwrap()
}

fn article(room: &Room, name: &str) -> (PathBuf, String) {
    let path = room.pages().join(hash_of(&named(name).url)).join("index.md");
    let file = fs::read_to_string(&path).unwrap();
    (path, file)
}

fn count(room: &Room) -> usize {
    let pages = fs::read_dir(room.pages()).unwrap();
    pages.map(|page| fs::read_dir(page.unwrap().path().join("versions")).map_or(0, Iterator::count)).sum()
}

#[test]
fn an_article_is_made_anew_and_the_former_one_kept() {
    let room = otherwise_spelled();
    let mut cache = room.cache();
    let (path, before) = article(&room, "pictures");
    let with_more = before
        .replace("source: ", "shelf: \"top\"\ntags: [\"fruit\"]\nseen_at: \"2026-10-03T11:00:00.000Z\"\nsource: ");
    fs::write(&path, with_more.replace("title: \"Pictures\"", "title: \"Corrected\"")).unwrap();
    let dry = reconvert(&mut cache, &ReconvertOptions { dry_run: true, ..ReconvertOptions::default() });
    assert_eq!(count(&room), 2, "nothing is written");
    let report = reconvert(&mut cache, &ReconvertOptions::default());
    assert_eq!(report, ReconvertReport { ..dry });
    assert_eq!((report.edited, report.failed.len(), report.made.contains(&path)), (1, 0, true), "{report:?}");
    let kept: Vec<_> = report.kept.iter().map(|kept| kept.path.clone()).collect();
    assert!(kept.contains(&article(&room, "declared").0) && kept.contains(&article(&room, "drawn").0), "{report:?}");
    let (_, file) = article(&room, "pictures");
    for line in [
        "title: \"Corrected\"",
        "captured_at: \"2026-10-03T10:00:00.000Z\"",
        "shelf: \"top\"",
        "tags: [\"fruit\"]",
        "seen_at: \"2026-10-03T11:00:00.000Z\"",
        "converter: \"2\"",
        "hash_converter: \"1\"",
    ] {
        assert!(file.lines().any(|own| own == line), "{line}: {file}");
    }
    assert!(file.contains("converted_at: ") && file.contains("](../../assets/43/") && !file.contains("**"), "{file}");
    let page = cache.lookup(&named("pictures").url).unwrap().unwrap();
    assert!(page.converted_at.is_some() && page.versions.len() == 2 && page.versions[0] == page.versions[1]);
    let newest_one = cache.read(&page.hash_url, At::Newest).unwrap();
    let former = cache.read_before(&page.hash_url, &newest_one).unwrap().unwrap();
    assert!(former.markdown().contains("**orchard**"), "{}", former.file);
    assert!(is_sound(&mut cache));
    assert!(!hits(&mut cache, "medlar").is_empty());
    // The second time nothing is left to do, and a new capture is unchanged.
    let (again, versions) = (reconvert(&mut cache, &ReconvertOptions::default()), count(&room));
    assert!(again.made.is_empty() && again.unchanged == 0 && again.current > 0, "{again:?}");
    for former in newest() {
        let saved = save_again(&mut cache, &former, 86_400, &[picture()]);
        assert_eq!((saved.outcome, &*former.name), (Outcome::Unchanged, &*former.name));
    }
    assert_eq!(count(&room), versions);
    // Once restored, the previous article is the newest again.
    cache.remove(&page.hash_url, Some(page.versions[0])).unwrap();
    assert_eq!(cache.read(&page.hash_url, At::Newest).unwrap().markdown(), former.markdown());
    assert!(is_sound(&mut cache));
}

#[test]
fn only_what_the_query_matches_is_made_anew() {
    let room = otherwise_spelled();
    let mut cache = room.cache();
    let options = ReconvertOptions { query: "plot title:fences", ..ReconvertOptions::default() };
    let report = reconvert(&mut cache, &options);
    assert_eq!(report.made, [article(&room, "code").0]);
    let none = reconvert(&mut cache, &ReconvertOptions { query: "nowhere", ..options });
    assert_eq!(none, ReconvertReport::default());
    let all = reconvert(&mut cache, &ReconvertOptions { all: true, ..options });
    assert_eq!((all.unchanged, all.made.len(), count(&room)), (1, 0, 4));
}

#[test]
fn a_damaged_copy_and_an_article_without_one_stay() {
    let room = otherwise_spelled();
    let mut cache = room.cache();
    let lines = br#"{"url":"https://example.org/import","markdown":"Quinces."}"#;
    let mut lines = Lines { reader: &mut &lines[..], captured_at: at(0), name: None };
    cache.import_jsonl(&mut lines, &mut |_, _| {}).unwrap();
    let (path, before) = article(&room, "markup");
    fs::write(path.with_extension("html"), "<p>Another page.").unwrap();
    let report = reconvert(&mut cache, &ReconvertOptions::default());
    assert_eq!(report.without_copy, 1);
    assert_eq!(report.failed.iter().map(|failed| &failed.path).collect::<Vec<_>>(), [&path]);
    assert_eq!(article(&room, "markup").1, before);
}

#[test]
fn cut_off_anywhere_it_loses_nothing_and_goes_on() {
    for refused in 0.. {
        let room = otherwise_spelled();
        let former = newest().iter().map(|page| article(&room, &page.name).1).collect::<Vec<_>>();
        let acts = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&acts);
        let io_hook = IoHook::new(move |_, _| match counted.fetch_add(1, Ordering::Relaxed) == refused {
            // No later access succeeds, as after a kill.
            true => std::panic::panic_any("killed"),
            false => Ok(()),
        });
        let killed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let mut cache = Cache::open_with_hook(&room.home(), io_hook).unwrap();
            cache
                .reconvert(&ReconvertOptions { query: "title:pictures", ..ReconvertOptions::default() }, &mut |_, _| {})
        }));
        let done = killed.is_ok();
        let mut cache = room.cache();
        assert!(is_sound(&mut cache), "after {refused} acts");
        reconvert(&mut cache, &ReconvertOptions { query: "title:pictures", ..ReconvertOptions::default() });
        assert!(is_sound(&mut cache), "after {refused} acts");
        assert_eq!(count(&room), 4, "after {refused} acts");
        assert_eq!(cache.lookup(&named("pictures").url).unwrap().unwrap().versions.len(), 2);
        for (page, before) in newest().iter().zip(&former).filter(|(page, _)| page.name != "pictures") {
            assert_eq!(&article(&room, &page.name).1, before);
        }
        if done {
            return;
        }
    }
}
