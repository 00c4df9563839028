//! Tests that no search waits for the files of a large home, and that people's changes of them are
//! found after the comparison in the background.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

/// Enough pages for a home that is not compared before a search.
const PAGES: u32 = 510;

fn url(page: u32) -> String {
    format!("https://example.org/{page}")
}

/// A large home, whose files were compared long ago.
struct Large {
    room: Room,
    surveys: Arc<AtomicUsize>,
}

impl Large {
    fn new() -> Large {
        let room = Room::new();
        let line = |page: u32| {
            let url = url(page);
            format!("{{\"url\":\"{url}\",\"title\":\"Page {page}\",\"markdown\":\"Words number{page:03}.\"}}\n")
        };
        let lines: String = (0..PAGES).map(line).collect();
        assert_eq!(imports::import(&mut room.cache(), &lines).filed, u64::from(PAGES));
        Large { room, surveys: Arc::default() }
    }

    /// Opens the home and counts how often the states of all files are read.
    fn cache(&self) -> Cache {
        let surveys = Arc::clone(&self.surveys);
        let hook = IoHook::new(move |step, _| {
            surveys.fetch_add(usize::from(step == IoStep::Survey), Ordering::SeqCst);
            Ok(())
        });
        Cache::open_with_hook(&self.room.home(), hook).unwrap()
    }

    fn surveys(&self) -> usize {
        self.surveys.load(Ordering::SeqCst)
    }

    fn file(&self, page: u32) -> PathBuf {
        self.room.pages().join(hash_of(&url(page))).join("index.md")
    }

    /// Makes the last comparison one of long ago.
    fn rewind(&self) {
        cachette_index::Index::open(self.room.home().index_file()).unwrap().note_look(0).unwrap();
        let _ = fs::remove_file(self.room.home().index_file().with_file_name("index.sqlite.comparison"));
    }

    /// Compares all files, as a process in the background does.
    fn compare(&self) -> Option<Refreshed> {
        self.room.cache().compare_if_due(&mut || true).unwrap()
    }
}

#[test]
fn however_few_hits_there_are_no_search_looks_at_all_files() {
    let large = Large::new();
    for query in ["words", "number007", "nothing of that", ""] {
        let mut cache = large.cache();
        let found = cache.search(query, 20, 0).unwrap();
        let mut early = Vec::new();
        cache.search_streaming(query, 20, 0, &mut |hit| early.push(hit.clone())).unwrap();
        assert_eq!(early, found.hits, "each hit is passed on once, and none follows");
        assert_eq!(large.surveys(), 0, "“{query}” with {} hits", found.total);
    }
    large.cache().related(&hash_of(&url(1)), 5).unwrap();
    assert_eq!(large.surveys(), 0, "nor does the search for related pages");
    large.cache().list(1, 0).unwrap();
    assert_eq!(large.surveys(), 1, "a list is exact, and the test counts");
}

#[test]
fn an_edited_hit_is_shown_as_it_is_now_without_a_look_at_the_others() {
    let large = Large::new();
    edit(&large.file(7), "Words number007.", "A persimmon beside number007.");
    let found = large.cache().search("number007", 20, 0).unwrap();
    assert!(found.hits[0].page.snippet.contains("persimmon"), "{found:?}");
    edit(&large.file(8), "number008", "medlars");
    assert!(!hits(&mut large.cache(), "number008").contains(&url(8)), "it no longer has the word");
    assert_eq!(large.surveys(), 0);
}

#[test]
fn what_people_changed_is_found_after_the_comparison() {
    let large = Large::new();
    edit(&large.file(7), "Words", "Quinces");
    let page = large.file(8).parent().unwrap().to_owned();
    let aside = large.room.dir.path().join("aside");
    fs::rename(&page, &aside).unwrap();
    assert!(large.compare().unwrap().done);
    let mut open = large.cache();
    let has_page = |cache: &mut Cache| hits(cache, "number008").contains(&url(8));
    assert_eq!((hits(&mut open, "quinces"), has_page(&mut open)), (vec![url(7)], false));
    // A folder that is copied in, and an edit of a page that is no hit.
    fs::rename(&aside, &page).unwrap();
    edit(&large.file(300), "Words", "Medlars");
    large.rewind();
    assert_eq!((hits(&mut open, "medlars"), has_page(&mut open)), (vec![], false), "not yet");
    assert_eq!(open.comparison().unwrap(), Comparison::Due);
    assert_eq!(large.compare(), Some(Refreshed { changed: 2, done: true }));
    for cache in [&mut open, &mut large.cache()] {
        assert_eq!((hits(cache, "medlars"), has_page(cache)), (vec![url(300)], true));
        assert_eq!(cache.comparison().unwrap(), Comparison::NotDue);
    }
    assert_eq!(large.surveys(), 0, "only the background looked");
}

#[test]
fn all_files_are_compared_once_a_minute_by_one_process() {
    let large = Large::new();
    let (mut one, mut other) = (large.cache(), large.cache());
    for cache in [&mut one, &mut other] {
        hits(cache, "number007");
        assert_eq!(cache.comparison().unwrap(), Comparison::Due);
    }
    let mut meanwhile = None;
    let done = one.compare_if_due(&mut || {
        if meanwhile.is_none() {
            let state = other.comparison().unwrap();
            meanwhile = Some((state, other.compare_if_due(&mut || true).unwrap(), hits(&mut other, "number007")));
        }
        true
    });
    assert_eq!(done.unwrap(), Some(Refreshed { changed: 0, done: true }));
    assert_eq!(meanwhile, Some((Comparison::Running, None, vec![url(7)])), "and a search does not wait for it");
    for cache in [&mut one, &mut other] {
        hits(cache, "number007");
        assert_eq!(cache.compare_if_due(&mut || true).unwrap(), None);
    }
    assert_eq!(large.surveys(), 1);
}

#[test]
fn a_comparison_that_is_ended_early_keeps_what_it_did_and_comes_again_a_minute_later() {
    let large = Large::new();
    (0..200).for_each(|page| edit(&large.file(page), "Words", "Quinces"));
    let mut steps = 0;
    let mut cache = large.cache();
    let refreshed = cache.compare_if_due(&mut || {
        steps += 1;
        steps <= PAGES + 3
    });
    let refreshed = refreshed.unwrap().unwrap();
    assert!(refreshed.changed > 0 && refreshed.changed < 200 && !refreshed.done, "{refreshed:?}");
    assert_eq!(cache.search("quinces", 1, 0).unwrap().total, refreshed.changed);
    assert_eq!(cache.comparison().unwrap(), Comparison::NotDue, "who is refused is not asked at once again");
    large.rewind();
    assert_eq!(large.compare(), Some(Refreshed { changed: 200 - refreshed.changed, done: true }));
    assert_eq!(cache.search("quinces", 1, 0).unwrap().total, 200);
}

#[test]
fn a_small_home_is_compared_before_the_search_and_never_in_the_background() {
    let room = Room::new();
    let path = save(&mut room.cache(), &url(1), 0, "Persimmons.").path;
    edit(&path, "Persimmons", "Quinces");
    let mut cache = room.cache();
    assert_eq!(hits(&mut cache, "quinces"), [url(1)]);
    assert_eq!(cache.comparison().unwrap(), Comparison::NotDue);
    assert!(!room.home().index_file().with_file_name("index.sqlite.comparison").exists());
}

#[test]
fn an_index_that_is_gone_is_filled_before_the_answer() {
    let large = Large::new();
    fs::remove_dir_all(large.room.home().index_file().parent().unwrap()).unwrap();
    assert_eq!(large.cache().search("words", 1, 0).unwrap().total, u64::from(PAGES));
    assert_eq!(large.surveys(), 1);
}

#[test]
fn a_home_that_is_gone_is_not_compared_and_not_made() {
    let large = Large::new();
    let mut cache = large.cache();
    hits(&mut cache, "number007");
    fs::remove_dir_all(large.room.home().dir()).unwrap();
    assert_eq!(cache.compare_if_due(&mut || true).unwrap_or(None), None);
    let none = Room::new();
    assert_eq!(none.cache().comparison().unwrap(), Comparison::NotDue);
    assert!(!large.room.home().dir().exists() && !none.home().dir().exists());
}

#[cfg(unix)]
#[test]
fn where_nobody_can_write_the_result_down_nothing_is_due() {
    let large = Large::new();
    hits(&mut large.cache(), "number007");
    let index = large.room.home().index_file().parent().unwrap().to_owned();
    // A folder in the file's place is refused to everybody, the system's owner too.
    fs::create_dir(index.join("index.sqlite.comparison")).unwrap();
    assert_eq!(large.cache().comparison().unwrap(), Comparison::NotDue);
    assert_eq!(large.compare(), None);
}
