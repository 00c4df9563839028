//! Tests restoring from the trash, deleting for good, and pruning by a retention rule.

use super::*;
use crate::{Retention, Trashed};

fn remove(home: &Home, second: Option<i64>, now: i64) {
    let store = home.store();
    let claim = store.claim([hash().as_str()]).unwrap();
    claim.remove(&hash(), second.map(at), at(now)).unwrap();
    claim.settle(&hash()).unwrap();
}

fn restore(home: &Home, trashed: &Trashed) -> crate::Restored {
    let store = home.store();
    let claim = store.claim([trashed.hash_url.as_str()]).unwrap();
    let restored = claim.restore(&trashed.name).unwrap();
    claim.settle(&trashed.hash_url).unwrap();
    restored
}

#[test]
fn a_removed_page_comes_back_as_it_was() {
    let home = Home::new();
    filing(&home, 0, "A");
    filing(&home, 1, "B");
    let before = home.files();
    remove(&home, None, 100);
    let trash = home.store().trash().unwrap();
    assert_eq!((trash[0].url.as_str(), trash[0].title.as_str(), trash[0].versions), (URL, "A title", 2));
    assert_eq!(trash[0].removed_at, at(100));
    assert_eq!(restore(&home, &trash[0]).versions, 2);
    assert_eq!(home.files(), before);
    assert!(home.store().trash().unwrap().is_empty());
}

#[test]
fn removed_versions_come_back_in_their_places_by_time() {
    for order in [[0, 1], [1, 0]] {
        let home = Home::new();
        for (second, text) in [(0, "A"), (1, "B"), (2, "C")] {
            filing(&home, second, text);
        }
        let before = home.files();
        remove(&home, Some(2), 100);
        remove(&home, Some(0), 101);
        assert!(home.index_md().ends_with("\nB\n"));
        let trash = home.store().trash().unwrap();
        assert_eq!(trash.len(), 2);
        for at in order {
            restore(&home, &trash[at]);
        }
        assert_eq!(home.files(), before, "{order:?}");
        assert!(home.store().verify(&hash(), true, None).unwrap().findings.is_empty());
    }
}

#[test]
fn a_page_that_was_saved_anew_gets_its_former_versions_back() {
    let home = Home::new();
    filing(&home, 0, "A");
    filing(&home, 1, "B");
    remove(&home, None, 100);
    filing(&home, 1, "B");
    filing(&home, 2, "C");
    let trash = home.store().trash().unwrap();
    restore(&home, &trash[0]);
    assert_eq!(home.versions().len(), 4, "B is not had twice: {:?}", home.versions());
    assert!(home.index_md().ends_with("\nC\n"));
    assert!(home.store().trash().unwrap().is_empty());
}

#[test]
fn a_restoration_cut_off_anywhere_loses_nothing() {
    cut_off_anywhere(|home, second, text| assert_ne!(filing(home, second, text), Filing::Known));
    // With pictures and lists.
    cut_off_anywhere(|home, second, text| drop(save_pictured(&home.store(), second, text).unwrap()));
}

fn cut_off_anywhere(put: fn(&Home, i64, &str)) {
    let begin = || {
        let home = Home::new();
        put(&home, 0, "A");
        put(&home, 1, "B");
        remove(&home, None, 100);
        put(&home, 2, "C");
        home
    };
    let whole = begin();
    restore(&whole, &whole.store().trash().unwrap()[0]);
    for cut in 0.. {
        let home = begin();
        let trashed = home.store().trash().unwrap().remove(0);
        let asked = std::sync::atomic::AtomicUsize::new(0);
        let io_hook = crate::IoHook::new(move |_, _| {
            let number = asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            if number >= cut { Err(std::io::Error::other("cut")) } else { Ok(()) }
        });
        let store = Store::with_io_hook(&home.path(), io_hook);
        let done = store.claim([hash().as_str()]).and_then(|claim| claim.restore(&trashed.name)).is_ok();
        for hash in home.store().unsettled().unwrap() {
            let claim = home.store().claim([hash.as_str()]).unwrap();
            claim.reconcile(&hash).unwrap();
            claim.settle(&hash).unwrap();
        }
        if let Some(left) = home.store().trash().unwrap().first() {
            restore(&home, left);
        }
        assert_eq!(home.files(), whole.files(), "cut after {cut}");
        if done {
            assert!(cut > 20);
            break;
        }
    }
}

#[test]
fn what_is_deleted_for_good_is_gone_and_nothing_beside_it() {
    let home = Home::new();
    filing(&home, 0, "A");
    remove(&home, None, 100);
    filing(&home, 0, "A");
    remove(&home, None, 101);
    let trash = home.store().trash().unwrap();
    #[cfg(unix)]
    let outside = {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("kept"), "x").unwrap();
        std::os::unix::fs::symlink(outside.path(), home.path().join(".trash").join(&trash[1].name).join("link"))
            .unwrap();
        outside
    };
    let claim = home.store().claim([hash().as_str()]).unwrap();
    assert!(claim.discard(&trash[1].name).unwrap());
    for wrong in ["..", "", "../pages", "20231114T223000000Z-x"] {
        assert!(matches!(claim.discard(wrong), Err(StoreError::NotInTrash(_))), "{wrong}");
        assert!(matches!(claim.restore(wrong), Err(StoreError::NotInTrash(_))), "{wrong}");
    }
    assert_eq!(home.store().trash().unwrap(), trash[..1]);
    #[cfg(unix)]
    assert!(outside.path().join("kept").exists());
}

#[test]
fn a_rule_moves_older_versions_to_the_trash_and_never_the_newest() {
    let home = Home::new();
    for second in 0..5 {
        filing(&home, second, &format!("Text {second}"));
    }
    let prune = |rule: &str| {
        let claim = home.store().claim([hash().as_str()]).unwrap();
        let gone = claim.prune(&hash(), Retention::read(rule).unwrap(), at(100)).unwrap();
        claim.settle(&hash()).unwrap();
        gone
    };
    assert_eq!((prune("all"), prune("last 3"), prune("last 3")), (0, 2, 0));
    assert_eq!(home.store().versions(&hash()).unwrap().len(), 2);
    assert_eq!(prune("last 1"), 2);
    assert!(home.index_md().ends_with("\nText 4\n"));
    assert!(home.store().verify(&hash(), true, None).unwrap().findings.is_empty());
    for trashed in home.store().trash().unwrap() {
        restore(&home, &trashed);
    }
    assert_eq!(home.store().versions(&hash()).unwrap().len(), 4);
}
