//! Tests that homes of every released format open completely. Each is in `fixtures/` as it was
//! left; none of them is ever changed.

use super::*;

/// Copies a folder.
pub(super) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_home_of_every_format_opens_whole() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut formats: Vec<_> = fs::read_dir(fixtures).unwrap().map(|entry| entry.unwrap().path()).collect();
    formats.sort();
    assert!(!formats.is_empty());
    for format in formats {
        let room = Room::new();
        copy(&format, room.home().dir());
        let mut cache = room.cache();
        let options = CheckOptions { read_data: true, ..CheckOptions::default() };
        let report = cache.check(&options, &mut |_, _| {}).unwrap();
        assert!(report.is_sound(), "{}: {report:#?}", format.display());
        assert_eq!((report.pages, report.versions, report.edited.len()), (2, 3, 1));
        let page = cache.lookup("https://example.org/a").unwrap().unwrap();
        assert_eq!((page.title.as_str(), page.versions.len()), ("Link rot", 2));
        assert!(page.seen_at.is_none());
        assert_eq!(hits(&mut cache, "persimmon"), ["https://example.org/a"]);
        assert_eq!(hits(&mut cache, "quinces"), ["https://example.org/b"]);
        let then = cache.read(&page.hash_url, At::ValidAt("2026-11-02T12:00:00Z".parse().unwrap())).unwrap();
        assert!(then.markdown().contains("my note"), "{}", then.file);
        assert_eq!(cache.list(9, 0).unwrap()[1].tags, ["fruit", "two words"]);
        assert_eq!(cache.retention().unwrap(), Retention::All);
        let trashed = cache.trash().unwrap();
        assert_eq!((trashed.len(), trashed[0].title.as_str()), (1, "Gone"));
        cache.restore(&trashed[0]).unwrap();
        assert_eq!(hits(&mut cache, "medlar"), ["https://example.org/gone"]);
        let next = html("Link rot", "A persimmon costs 5 euros.");
        let saved = cache.save(&snapshot("https://example.org/a", 100_000_000, &next)).unwrap();
        assert_eq!(saved.outcome, Outcome::NewVersion);
        assert_eq!(cache.list(9, 0).unwrap()[0].tags, ["fruit", "two words"]);
        assert!(cache.check(&options, &mut |_, _| {}).unwrap().is_sound());
    }
}
