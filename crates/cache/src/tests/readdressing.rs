//! Tests homes of the first format. In those, all mails of a site were versions of one page.

use super::*;

const BASE: &str = "https://mail.example.org/u/0/";

fn mail(id: u32) -> String {
    format!("{BASE}#inbox/{id}")
}

/// Three mails as the first format filed them; the folder's own page is between them.
fn old_home(room: &Room) {
    let mut cache = room.cache();
    for (second, (route, text)) in (0..).zip([("#inbox/1", "Apples."), ("", "Folders."), ("#inbox/2", "Pears.")]) {
        let saved = save(&mut cache, BASE, second, text);
        if !route.is_empty() {
            edit(&saved.path, "source: \"page\"\n", &format!("source: \"page\"\ncaptured_url: \"{BASE}{route}\"\n"));
        }
    }
    assert_eq!(hits(&mut cache, "pears"), [BASE]);
    drop(cache);
    fs::write(room.home().dir().join(".format"), "1\n").unwrap();
}

#[test]
fn mails_of_an_old_home_are_pages_of_their_own_once_it_is_opened() {
    let room = Room::new();
    old_home(&room);
    let mut cache = room.cache();
    assert_eq!(hits(&mut cache, "apples"), [mail(1)]);
    assert_eq!(hits(&mut cache, "pears"), [mail(2)]);
    assert_eq!(hits(&mut cache, "folders"), [BASE]);
    assert_eq!(cache.lookup(&mail(1)).unwrap().unwrap().versions, [at(0)]);
    assert_eq!(cache.lookup(BASE).unwrap().unwrap().versions, [at(1)]);
    let listed = cache.list(10, 0).unwrap();
    assert_eq!(listed.iter().map(|page| page.versions).collect::<Vec<_>>(), [1, 1, 1]);
    let report = cache.check(&CheckOptions { read_data: true, ..CheckOptions::default() }, &mut |_, _| {}).unwrap();
    assert!(report.is_sound() && report.unindexed == 0, "{report:?}");
    assert_eq!(report.pages, 3);
    // Saving a moved mail again finds it under its new address and adds no version.
    assert_eq!(save(&mut cache, &mail(2), 9, "Pears.").outcome, Outcome::Unchanged);
    assert_eq!(save(&mut cache, &mail(3), 9, "Plums.").outcome, Outcome::NewPage);
}

#[test]
fn rows_that_the_index_had_are_made_again_whatever_was_interrupted() {
    let room = Room::new();
    old_home(&room);
    // The files are re-addressed, and the process dies before the index is.
    cachette_store::Store::at(room.home().dir()).readdress(std::time::Duration::ZERO).unwrap();
    let mut cache = room.cache();
    assert_eq!(hits(&mut cache, "pears"), [mail(2)]);
    assert_eq!(hits(&mut cache, "folders"), [BASE]);
    assert_eq!(cache.list(10, 0).unwrap().len(), 3);
}

#[test]
fn what_was_removed_before_is_restored_to_its_own_page() {
    let room = Room::new();
    old_home(&room);
    let page = room.pages().join(hash_of(BASE));
    let entry = room.home().dir().join(".trash").join(format!("20260102T030405678Z-{}", hash_of(BASE)));
    fs::create_dir_all(entry.parent().unwrap()).unwrap();
    fs::rename(&page, &entry).unwrap();
    let mut cache = room.cache();
    assert!(hits(&mut cache, "pears").is_empty());
    let trashed = cache.trash().unwrap().remove(0);
    cache.restore(&trashed).unwrap();
    assert_eq!(hits(&mut cache, "pears"), [mail(2)]);
    assert_eq!(hits(&mut cache, "apples"), [mail(1)]);
    assert_eq!(hits(&mut cache, "folders"), [BASE]);
    assert!(cache.trash().unwrap().is_empty());
}

#[test]
fn an_old_home_that_cannot_be_changed_is_read_as_it_is() {
    let room = Room::new();
    old_home(&room);
    let full = IoHook::new(|step, _| match step {
        IoStep::Read | IoStep::Survey => Ok(()),
        _ => Err(std::io::Error::from(std::io::ErrorKind::StorageFull)),
    });
    let mut cache = Cache::open_with_hook(&room.home(), full).unwrap();
    assert_eq!(hits(&mut cache, "pears"), [BASE]);
    assert!(cache.save(&snapshot(&mail(9), 9, &html("A title", "Plums."))).is_err());
    drop(cache);
    assert_eq!(fs::read_to_string(room.home().dir().join(".format")).unwrap(), "1\n");
    assert_eq!(hits(&mut room.cache(), "pears"), [mail(2)]);
}

/// Makes a home in which the folder's page and the first mail have rows, and the format is the
/// first one again. This is the state after another process has held up the opening.
fn held_up(room: &Room) -> Cache {
    let mut cache = room.cache();
    save(&mut cache, &mail(1), 9, "Apples, again.");
    drop(cache);
    let format = room.home().dir().join(".format");
    old_home(room);
    fs::write(&format, "2\n").unwrap();
    let mut cache = room.cache();
    assert_eq!(hits(&mut cache, "pears"), [BASE]);
    fs::write(&format, "1\n").unwrap();
    cache
}

fn counts(cache: &mut Cache) -> std::collections::BTreeMap<String, u32> {
    cache.list(10, 0).unwrap().into_iter().map(|listed| (listed.url, listed.versions)).collect()
}

#[test]
fn mails_that_a_save_moves_are_found_by_the_next_search() {
    let room = Room::new();
    let mut cache = held_up(&room);
    save(&mut cache, "https://example.org/x", 5, "Plums.");
    assert_eq!(hits(&mut cache, "pears"), [mail(2)]);
    assert_eq!(hits(&mut cache, "folders"), [BASE]);
    let expected = [("https://example.org/x".to_owned(), 1), (BASE.to_owned(), 1), (mail(1), 2), (mail(2), 1)];
    assert_eq!(counts(&mut cache), expected.into());
}

#[test]
fn a_mail_that_gained_a_version_is_counted_by_the_next_process() {
    let room = Room::new();
    drop(held_up(&room));
    cachette_store::Store::at(room.home().dir()).readdress(std::time::Duration::ZERO).unwrap();
    let expected = [(BASE.to_owned(), 1), (mail(1), 2), (mail(2), 1)];
    assert_eq!(counts(&mut room.cache()), expected.into());
}
