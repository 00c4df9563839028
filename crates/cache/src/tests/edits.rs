//! Tests that people's changes to the files are noticed and never undone.

use super::*;

const A: &str = "https://example.org/a";
const B: &str = "https://example.org/b";

#[test]
fn an_edited_file_is_found_by_what_is_in_it_now() {
    let room = Room::new();
    let path = save(&mut room.cache(), A, 0, "Apples.").path;
    edit(&path, "Apples.", "Cherries, added by hand.");
    edit(&path, "title: \"A title\"", "title: Mine");
    let mut cache = room.cache();
    assert_eq!(hits(&mut cache, "cherries"), [A]);
    assert_eq!(cache.list(1, 0).unwrap()[0].title, "Mine");
    // The next version leaves the edit in the older one, and the title stays.
    save(&mut cache, A, 10, "Bananas.");
    assert!(cache.read(&hash_of(A), At::Captured(at(0))).unwrap().file.contains("Cherries"));
    assert_eq!(cache.lookup(A).unwrap().unwrap().title, "Mine");
}

#[test]
fn an_edit_behind_an_open_cache_is_noticed_in_the_hits() {
    let room = Room::new();
    let mut cache = room.cache();
    let path = save(&mut cache, A, 0, "Apples and pears.").path;
    assert_eq!(hits(&mut cache, "apples"), [A]);
    edit(&path, "Apples and pears.", "Only pears.");
    // The page as captured still contains the word; the displayed article is the edited one.
    let found = cache.search("pears", 10, 0).unwrap();
    assert!(found.hits[0].page.snippet.contains("Only pears"), "{found:?}");
}

#[test]
fn a_deleted_page_is_gone_and_a_copied_one_is_there() {
    let room = Room::new();
    let mut cache = room.cache();
    let one = save(&mut cache, A, 0, "Apples.");
    let other = save(&mut cache, B, 0, "Apples too.");
    let aside = room.home().dir().join("aside");
    fs::rename(other.path.parent().unwrap(), &aside).unwrap();
    // This holds for a cache that is open meanwhile, and for a new one.
    assert_eq!(hits(&mut cache, "apples"), [A]);
    assert_eq!(hits(&mut room.cache(), "apples"), [A]);
    assert_eq!(room.cache().lookup(B).unwrap(), None);
    fs::rename(&aside, other.path.parent().unwrap()).unwrap();
    assert_eq!(hits(&mut room.cache(), "apples").len(), 2);
    fs::remove_dir_all(one.path.parent().unwrap()).unwrap();
    assert_eq!(hits(&mut room.cache(), "apples"), [B]);
}

#[test]
fn a_refresh_stops_when_its_time_is_over() {
    let room = Room::new();
    let path = save(&mut room.cache(), A, 0, "Apples.").path;
    edit(&path, "Apples.", "Pears.");
    let mut cache = room.cache();
    let refreshed = cache.refresh(std::time::Duration::ZERO).unwrap();
    assert_eq!((refreshed.changed, refreshed.done), (0, false));
    let refreshed = cache.refresh(std::time::Duration::MAX).unwrap();
    assert_eq!((refreshed.changed, refreshed.done), (1, true));
    assert_eq!(cache.refresh(std::time::Duration::MAX).unwrap().changed, 0);
}

#[test]
fn a_file_without_front_matter_is_no_page_until_it_has_one_again() {
    let room = Room::new();
    let mut cache = room.cache();
    let saved = save(&mut cache, A, 0, "Apples.");
    let file = fs::read_to_string(&saved.path).unwrap();
    fs::write(&saved.path, "Apples, and nothing else.").unwrap();
    assert!(hits(&mut cache, "apples").is_empty());
    assert_eq!(cache.read(&saved.hash_url, At::Newest).unwrap().markdown(), "Apples, and nothing else.");
    fs::write(&saved.path, file).unwrap();
    assert_eq!(hits(&mut room.cache(), "apples"), [A]);
}

#[test]
fn a_deleted_index_is_made_anew_from_the_files() {
    let room = Room::new();
    let mut cache = room.cache();
    save(&mut cache, A, 0, "Apples.");
    save(&mut cache, A, 10, "Bananas.");
    save(&mut cache, B, 5, "Cherries.");
    cache.tag(&hash_of(B), &["red".to_owned()], &[]).unwrap();
    let before = (cache.list(10, 0).unwrap(), cache.search("cherries", 10, 0).unwrap());
    drop(cache);
    fs::remove_dir_all(room.home().dir().join(".index")).unwrap();
    let mut cache = room.cache();
    let mut early_and_all = Vec::new();
    let report = cache.rebuild(&mut |done, total| early_and_all.push((done, total))).unwrap();
    assert_eq!((report.pages, report.versions, report.troubles.len()), (2, 3, 0));
    assert_eq!(early_and_all.last(), Some(&(2, 2)));
    assert_eq!((cache.list(10, 0).unwrap(), cache.search("cherries", 10, 0).unwrap()), before);
    drop(cache);
    // This also happens without a request.
    fs::remove_dir_all(room.home().dir().join(".index")).unwrap();
    let mut cache = room.cache();
    assert_eq!((cache.search("cherries", 10, 0).unwrap(), cache.list(10, 0).unwrap()), (before.1, before.0));
}
