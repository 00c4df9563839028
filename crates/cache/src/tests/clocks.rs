//! Tests clocks that are behind the newest version.

use super::*;

const URL: &str = "https://example.org/a";

/// Saves a page that is received `late` seconds after it was captured.
fn fresh(cache: &mut Cache, second: i64, text: &str, late: i64) -> Saved {
    let page = html("A title", text);
    cache.save(&Snapshot { fresh_at: Some(at(second + late)), ..snapshot(URL, second, &page) }).unwrap()
}

fn behind(saved: &Saved) -> bool {
    saved.warnings.iter().any(|warning| matches!(warning, SaveWarning::ClockBehind))
}

#[test]
fn a_fresh_save_is_the_newest_although_the_one_before_is_from_the_future() {
    let room = Room::new();
    let mut cache = room.cache();
    save(&mut cache, URL, 0, "Apples.");
    let century = 3_000_000_000;
    save(&mut cache, URL, century, "Bananas.");
    let saved = fresh(&mut cache, 100, "Cherries.", 5);
    assert_eq!((saved.outcome, behind(&saved), saved.captured_at), (Outcome::NewVersion, true, at(100)));
    assert!(saved.warnings[0].to_string().contains("clock"), "{:?}", saved.warnings);
    assert_eq!(hits(&mut cache, "cherries"), [URL]);
    assert!(hits(&mut cache, "bananas").is_empty());
    assert_eq!(cache.lookup(URL).unwrap().unwrap().versions, [at(100), at(century), at(0)]);
    // When it is sent again after a lost answer, the capture is known.
    assert_eq!(fresh(&mut cache, 100, "Cherries.", 9).captured_at, at(100));
    // From then on everything is as usual.
    let next = fresh(&mut cache, 200, "Dates.", 5);
    assert_eq!((next.outcome, behind(&next)), (Outcome::NewVersion, false));
    let read = |cache: &mut Cache, second| {
        let read = cache.read(&saved.hash_url, At::ValidAt(at(second))).unwrap();
        read.markdown().split_whitespace().last().unwrap().to_owned()
    };
    for (second, text) in [
        (0, "Apples."),
        (99, "Apples."),
        (100, "Cherries."),
        (199, "Cherries."),
        (200, "Dates."),
        (century, "Bananas."),
    ] {
        assert_eq!(read(&mut cache, second), text, "{second}");
    }
    let newest = cache.read(&saved.hash_url, At::Newest).unwrap();
    assert!(newest.markdown().contains("Dates."));
    let before = cache.read_before(&saved.hash_url, &newest).unwrap().unwrap();
    assert!(before.markdown().contains("Bananas."));
    assert!(cache.check(&CheckOptions::default(), &mut |_, _| {}).unwrap().is_sound());
}

#[test]
fn an_unchanged_page_from_the_future_stays_and_late_ones_keep_their_place() {
    let room = Room::new();
    let mut cache = room.cache();
    save(&mut cache, URL, 1_000_000, "Bananas.");
    let same = fresh(&mut cache, 100, "Bananas.", 5);
    assert_eq!((same.outcome, behind(&same)), (Outcome::Unchanged, false));
    // Nothing gives way if the capture arrives hours late or the page is imported. The same holds
    // if the newest version is not from the future.
    for saved in [
        fresh(&mut cache, 100, "Cherries.", 20_000),
        fresh(&mut cache, 999_950, "Dates.", 100),
        save(&mut cache, URL, 200, "Elderberries."),
    ] {
        assert_eq!((saved.outcome, behind(&saved)), (Outcome::NewVersion, false));
    }
    assert_eq!(hits(&mut cache, "bananas"), [URL]);
    let versions = [at(1_000_000), at(999_950), at(200), at(100)];
    assert_eq!(cache.lookup(URL).unwrap().unwrap().versions, versions);
}
