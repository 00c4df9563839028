//! Tests the findings and repairs of a check.

use super::*;

const A: &str = "https://example.org/a";

fn check(cache: &mut Cache, read_data: bool, repair: bool) -> CheckReport {
    cache.check(&CheckOptions { read_data, repair, anew: false }, &mut |_, _| {}).unwrap()
}

#[test]
fn a_sound_cache_has_no_findings() {
    let room = Room::new();
    let mut cache = room.cache();
    save(&mut cache, A, 0, "Apples.");
    save(&mut cache, A, 10, "Bananas.");
    let mut progress = Vec::new();
    let report = cache
        .check(&CheckOptions { read_data: true, repair: true, anew: false }, &mut |done, of| progress.push((done, of)))
        .unwrap();
    assert_eq!(report, CheckReport { pages: 1, versions: 2, ..CheckReport::default() });
    assert_eq!(progress, [(0, 1), (1, 1)]);
}

#[test]
fn each_planted_damage_is_reported_in_its_place() {
    let room = Room::new();
    let mut cache = room.cache();
    let folder = |cache: &mut Cache, name: &str| {
        let saved = save(cache, &format!("https://example.org/{name}"), 0, "Apples.");
        saved.path.parent().unwrap().to_owned()
    };
    let edited = folder(&mut cache, "edited");
    edit(&edited.join("index.md"), "Apples.", "Pears.");
    let changed = folder(&mut cache, "changed");
    fs::write(changed.join("index.html"), "other").unwrap();
    let bare = folder(&mut cache, "bare");
    fs::remove_file(bare.join("index.html")).unwrap();
    let torn = folder(&mut cache, "torn");
    fs::write(torn.join("index.md"), b"---\ntitle: \"x\"\n\xff").unwrap();
    let left = folder(&mut cache, "left");
    fs::write(left.join(".tmp-1-0.md"), "x").unwrap();
    let named = room.pages().join("renamed by hand");
    fs::rename(folder(&mut cache, "renamed"), &named).unwrap();
    let report = check(&mut cache, true, false);
    let paths = |troubles: &[Finding]| troubles.iter().map(|trouble| trouble.path.clone()).collect::<Vec<_>>();
    assert_eq!(paths(&report.edited), [edited.join("index.md")]);
    let mut damaged = paths(&report.damaged);
    damaged.sort();
    let mut expected = vec![changed.join("index.html"), torn.join("index.md")];
    expected.sort();
    assert_eq!(damaged, expected);
    assert_eq!(paths(&report.missing), [bare.join("index.html")]);
    assert_eq!(paths(&report.orphaned), [left.join(".tmp-1-0.md"), named.clone()]);
    // These are the edited page and the one that lost its folder. A damaged file keeps its row,
    // which is the evidence.
    assert_eq!((report.index.len(), report.unindexed), (0, 2), "{:?}", report.index);
    assert!(!report.is_sound());

    let before = fs::read(edited.join("index.md")).unwrap();
    let repaired = check(&mut cache, true, true);
    assert_eq!(repaired.mended.len(), 4, "{:?}", repaired.mended);
    assert!(repaired.index.is_empty());
    assert_eq!(fs::read(edited.join("index.md")).unwrap(), before);
    assert_eq!(paths(&repaired.orphaned), [named]);
    assert_eq!(hits(&mut cache, "pears"), ["https://example.org/edited"]);
    // Damage is still reported.
    assert_eq!(check(&mut cache, true, false).damaged.len(), 2);
}

#[test]
fn a_missing_image_is_reported() {
    let room = Room::new();
    let mut cache = room.cache();
    let path = save(&mut cache, A, 0, "Apples.").path;
    let name = format!("{}.png", "ab".repeat(32));
    edit(&path, "Apples.", &format!("![an apple](../../assets/ab/{name})"));
    cache.refresh(std::time::Duration::MAX).unwrap();
    let report = check(&mut cache, true, false);
    assert_eq!(report.missing[0].path, room.home().dir().join("assets/ab").join(name));
}

#[test]
fn rows_of_pages_that_are_gone_are_mended() {
    let room = Room::new();
    let mut cache = room.cache();
    let path = save(&mut cache, A, 0, "Apples.").path;
    fs::remove_dir_all(path.parent().unwrap()).unwrap();
    let report = check(&mut cache, false, false);
    assert!(report.is_sound() && report.unindexed == 1, "people may delete: {report:?}");
    assert_eq!(check(&mut cache, false, true).mended.len(), 1);
    assert!(check(&mut cache, false, false).is_sound());
}
