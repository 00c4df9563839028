//! Tests pages whose save is acknowledged but which are not indexed yet: every process finds them.

use std::process::Command;
use std::sync::Barrier;

use super::*;

const A: &str = "https://example.org/a";
const B: &str = "https://example.org/b";

/// Acts as if the process had been killed, so none of its remaining work is done.
fn killed(cache: Cache) {
    std::mem::forget(cache);
}

fn checked(cache: &mut Cache, repair: bool) -> CheckReport {
    let report = cache.check(&CheckOptions { repair, ..CheckOptions::default() }, &mut |_, _| {}).unwrap();
    assert!(report.is_sound(), "{report:?}");
    report
}

#[test]
fn a_pending_save_is_read_listed_and_found_by_any_other() {
    let room = Room::new();
    let enqueue = |url: &str, words: &str| {
        let mut cache = room.cache();
        save(&mut cache, url, 0, words);
        killed(cache);
        assert_eq!(checked(&mut room.cache(), false).unindexed, 1, "a check looks and changes nothing");
    };
    let mut other = room.cache();
    assert!(other.list(9, 0).unwrap().is_empty());
    enqueue(A, "Apples.");
    assert!(other.read(&hash_of(A), At::Newest).unwrap().markdown().contains("Apples"));
    assert_eq!(checked(&mut room.cache(), false).unindexed, 1, "the files are read");
    assert_eq!(other.list(9, 0).unwrap().len(), 1, "a cache that looked at all files before that");
    assert_eq!(checked(&mut room.cache(), false).unindexed, 0);
    enqueue(B, "Bananas.");
    assert_eq!(room.cache().list(9, 0).unwrap().len(), 2);
    enqueue("https://example.org/c", "Cherries.");
    assert_eq!(hits(&mut other, "cherries"), ["https://example.org/c"]);
    assert_eq!(checked(&mut room.cache(), false).unindexed, 0);
}

/// The process that dies is this test's own program, started again.
#[test]
fn a_process_that_dies_between_its_answer_and_the_words_loses_nothing() {
    const HOME: &str = "CACHETTE_TEST_DIES_AFTER_A_SAVE_IN";
    if let Some(home) = std::env::var_os(HOME) {
        let mut cache = Cache::open(&Home::at(Path::new(&home))).unwrap();
        save(&mut cache, A, 0, "Apples.");
        save(&mut cache, A, 10, "Bananas.");
        std::process::abort();
    }
    let room = Room::new();
    let mut waiting = room.cache();
    save(&mut waiting, B, 0, "Cherries.");
    assert!(hits(&mut waiting, "bananas").is_empty());
    let name = "tests::pending::a_process_that_dies_between_its_answer_and_the_words_loses_nothing";
    let mut child = Command::new(std::env::current_exe().unwrap());
    let ended = child.args(["--exact", name]).env(HOME, room.home().dir()).output().unwrap();
    assert!(!ended.status.success(), "{ended:?}");
    assert_eq!(hits(&mut waiting, "bananas"), [A], "a cache that looked at all files before that");
    assert!(hits(&mut waiting, "apples").is_empty());
    assert_eq!(hits(&mut room.cache(), "bananas"), [A]);
    assert_eq!(checked(&mut waiting, false).unindexed, 0);
}

#[test]
fn the_words_are_written_by_the_saver_at_the_latest_when_it_ends() {
    let room = Room::new();
    let (mut saver, mut other) = (room.cache(), room.cache());
    save(&mut saver, A, 0, "Apples.");
    assert_eq!(checked(&mut other, false).unindexed, 1);
    saver.flush().unwrap();
    assert_eq!(checked(&mut other, false).unindexed, 0);
    save(&mut saver, A, 10, "Bananas.");
    save(&mut saver, B, 0, "Bananas.");
    assert_eq!(checked(&mut other, false).unindexed, 1, "the save before is caught up with");
    drop(saver);
    assert_eq!(checked(&mut other, false).unindexed, 0);
    assert_eq!(hits(&mut other, "bananas").len(), 2);
}

#[test]
fn likeness_too_sees_what_was_saved_just_now() {
    let room = Room::new();
    let mut cache = room.cache();
    for number in 0..9 {
        save(&mut cache, &format!("https://example.org/{number}"), 0, &format!("Filler number{number} of the house."));
    }
    save(&mut cache, A, 0, "Persimmons and quinces ripen late.");
    save(&mut cache, B, 0, "Persimmons and quinces keep long.");
    killed(cache);
    let related = room.cache().related(&hash_of(A), 3).unwrap();
    assert_eq!(related[0].page.url, B);
}

#[test]
fn a_page_removed_while_pending_is_gone_at_once_and_for_good() {
    let room = Room::new();
    let (mut saver, mut other) = (room.cache(), room.cache());
    save(&mut saver, A, 0, "Apples.");
    assert_eq!(other.remove(&hash_of(A), None).unwrap(), RemovedWhat::Page);
    assert!(hits(&mut other, "apples").is_empty() && other.list(9, 0).unwrap().is_empty());
    saver.flush().unwrap();
    assert!(hits(&mut saver, "apples").is_empty() && hits(&mut other, "apples").is_empty());
    // Of two versions, the other is found by its own words.
    save(&mut saver, A, 20, "Apples.");
    save(&mut saver, A, 30, "Bananas.");
    assert_eq!(other.remove(&hash_of(A), Some(at(30))).unwrap(), RemovedWhat::Version);
    saver.flush().unwrap();
    for cache in [&mut saver, &mut other] {
        assert_eq!((hits(cache, "apples").len(), hits(cache, "bananas").len()), (1, 0));
    }
    assert_eq!(checked(&mut other, false).unindexed, 0);
}

#[test]
fn files_that_go_or_change_while_pending_decide() {
    let room = Room::new();
    let mut saver = room.cache();
    let gone = save(&mut saver, A, 0, "Apples.").path;
    killed(saver);
    let mut saver = room.cache();
    let edited = save(&mut saver, B, 0, "Bananas.").path;
    killed(saver);
    let mut saver = room.cache();
    let unreadable = save(&mut saver, "https://example.org/c", 0, "Cherries.").path;
    fs::remove_dir_all(gone.parent().unwrap()).unwrap();
    edit(&edited, "Bananas", "Blueberries");
    fs::write(&unreadable, "no front matter").unwrap();
    saver.flush().unwrap();
    for cache in [&mut room.cache(), &mut saver] {
        for none in ["apples", "cherries"] {
            assert!(hits(cache, none).is_empty(), "{none}");
        }
        assert_eq!(hits(cache, "blueberries"), [B]);
        assert_eq!(cache.list(9, 0).unwrap().len(), 1);
    }
}

#[test]
fn a_page_saved_again_by_another_while_pending_is_found_by_its_new_words() {
    let room = Room::new();
    let (mut one, mut other) = (room.cache(), room.cache());
    save(&mut one, A, 0, "Apples.");
    save(&mut other, A, 10, "Bananas.");
    one.flush().unwrap();
    assert_eq!(checked(&mut room.cache(), false).unindexed, 1, "a pending page is the other's");
    killed(other);
    assert_eq!((hits(&mut one, "apples").len(), hits(&mut one, "bananas").len()), (0, 1));
}

#[test]
fn a_check_that_mends_writes_the_words() {
    let room = Room::new();
    let mut cache = room.cache();
    save(&mut cache, A, 0, "Apples.");
    killed(cache);
    let report = checked(&mut room.cache(), true);
    assert_eq!((report.unindexed, report.mended.len()), (0, 1), "{report:?}");
    assert_eq!(checked(&mut room.cache(), false).unindexed, 0);
}

#[test]
fn an_index_that_goes_while_pages_are_pending_takes_nothing_along() {
    let room = Room::new();
    let mut cache = room.cache();
    save(&mut cache, A, 0, "Apples.");
    fs::remove_dir_all(room.home().index_file().parent().unwrap()).unwrap();
    cache.flush().unwrap();
    assert_eq!(hits(&mut cache, "apples"), [A]);
}

#[test]
fn of_several_that_search_at_once_all_find_pending_pages_and_none_is_busy() {
    let room = Room::new();
    for round in 0..10 {
        let url = format!("https://example.org/{round}");
        let mut saver = room.cache();
        save(&mut saver, &url, round, "Apples.");
        let start = Barrier::new(4);
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    let mut other = room.cache();
                    start.wait();
                    assert!(hits(&mut other, "apples").contains(&url));
                });
            }
            start.wait();
            // Every other time the saver survives to do it itself.
            if round % 2 == 0 { saver.flush().unwrap() } else { killed(saver) }
        });
    }
    assert_eq!(checked(&mut room.cache(), false).unindexed, 0);
}
