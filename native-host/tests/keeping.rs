//! Tests the commands around versions and the trash as people and other tools use them. They are
//! diff, keep, prune, trash, check.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by a panic")]

mod rig;

use rig::{Place, page};
use serde_json::Value;

const URL: &str = "https://example.org/a";

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn place() -> Place {
    let place = Place::new();
    for (text, at) in [
        ("A persimmon costs 3 euros.", "2026-11-01T00:00:00.000Z"),
        ("A persimmon costs 4 euros.", "2026-11-02T00:00:00.000Z"),
        ("A quince costs 4 euros.", "2026-11-03T00:00:00.000Z"),
    ] {
        place.add(URL, &page("Fruit", text), at);
    }
    place
}

#[test]
fn a_difference_names_the_changed_words() {
    let place = place();
    let ran = place.run(&["diff", URL]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out.starts_with("--- 2026-11-02T00:00:00.000Z  Fruit\n+++ 2026-11-03T00:00:00.000Z  Fruit\n"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("~ A [-persimmon-]{+quince+} costs 4 euros."), "{}", ran.out);
    let ran = place.run(&["diff", URL, "2026-11-01", "2026-11-02", "--json"]);
    let found = json(&ran.out);
    assert_eq!((&found["url"], &found["changed"]), (&URL.into(), &true.into()));
    assert_eq!(found["from"]["captured_at"], "2026-11-01T00:00:00.000Z");
    let parts = found["lines"][0]["parts"].as_array().unwrap();
    let changed: Vec<_> =
        parts.iter().filter(|part| part["change"] != "same").map(|part| part["text"].clone()).collect();
    assert_eq!(changed, ["3", "4"]);
    // Since a time; for one version; before the first; with something that is not a time.
    assert!(place.run(&["diff", URL, "2026-11-01"]).out.contains("[-persimmon-]{+quince+} costs [-3-]{+4+} euros"));
    assert_eq!(place.run(&["diff", URL, "2025-01-01"]).code, 1);
    assert_eq!(place.run(&["diff", URL, "then"]).code, 2);
    assert_eq!(place.run(&["diff", "https://example.org/none"]).code, 1);
    place.add("https://example.org/b", &page("One", "One."), "2026-11-02T00:00:00.000Z");
    let ran = place.run(&["diff", "https://example.org/b"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "There is only one version, of 2026-11-02T00:00:00.000Z.\n"));
    assert_eq!(json(&place.run(&["diff", "https://example.org/b", "--json"]).out)["changed"], false);
}

#[test]
fn what_was_removed_is_listed_restored_and_deleted() {
    let place = place();
    assert_eq!(json(&place.run(&["trash", "list", "--json"]).out), json("[]"));
    assert_eq!(place.run(&["remove", URL]).code, 0);
    assert_eq!(place.run(&["show", URL]).code, 1);
    let rows = json(&place.run(&["trash", "list", "--json"]).out);
    assert_eq!((&rows[0]["url"], &rows[0]["title"], &rows[0]["versions"]), (&URL.into(), &"Fruit".into(), &3.into()));
    assert!(place.run(&["trash", "list"]).out.contains("  Fruit  (3 versions)\n"));
    let ran = place.run(&["trash", "restore", rows[0]["name"].as_str().unwrap()]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "“Fruit” is back, with 3 versions.\n"), "{}", ran.err);
    assert!(place.run(&["show", URL]).out.contains("quince"));
    assert!(place.run(&["search", "quince"]).out.contains("Fruit"));
    assert_eq!(place.run(&["trash", "restore", URL]).code, 1);
    place.run(&["remove", URL]);
    assert_eq!(json(&place.run(&["trash", "empty", "--before", "2020-01-01", "--json"]).out)["entries"], 0);
    assert_eq!(place.run(&["trash", "empty", "--before", "soon"]).code, 2);
    assert!(place.run(&["trash", "empty"]).out.starts_with("Deleted 1 removal ("));
    assert_eq!(place.run(&["trash", "list"]).out, "");
    assert_eq!(place.run(&["trash", "restore", URL]).code, 1);
}

#[test]
fn how_many_versions_are_kept_can_be_said() {
    let place = place();
    assert_eq!(place.run(&["keep"]).out, "all\n");
    for wrong in [&["keep", "some"][..], &["keep", "last", "0"], &["keep", "last"]] {
        assert_eq!(place.run(wrong).code, 2, "{wrong:?}");
    }
    let ran = place.run(&["keep", "last", "2"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "last 2\n"), "{}", ran.err);
    assert_eq!(place.run(&["prune", "--dry-run"]).out, "1 version of 1 page would go to the trash (keep: last 2).\n");
    assert_eq!(place.run(&["prune"]).out, "1 version of 1 page moved to the trash (keep: last 2).\n");
    assert_eq!(place.run(&["versions", URL]).out.lines().count(), 2);
    std::fs::write(place.home().join("settings.txt"), "keep: nothing\n").unwrap();
    let ran = place.run(&["keep"]);
    assert!(ran.code == 3 && ran.err.contains("settings.txt"), "{}", ran.err);
}

#[test]
fn an_edited_article_is_no_trouble_and_a_damaged_one_is() {
    let place = place();
    let path =
        place.home().join("pages").join(json(&place.run(&["list", "--json"]).out)[0]["hash_url"].as_str().unwrap());
    let file = path.join("index.md");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("A quince", "A ripe quince")).unwrap();
    let ran = place.run(&["check"]);
    assert!(ran.code == 0 && ran.out.contains("edited: "), "{}", ran.out);
    assert_eq!(place.run(&["search", "ripe", "--json"]).code, 0);
    let ran = place.run(&["check", "--json"]);
    let report = json(&ran.out);
    assert_eq!((ran.code, &report["sound"], &report["pages"]), (0, &true.into(), &1.into()), "{}", ran.out);
    // Length and time stamp stay the same, which no ordinary program would do.
    let stamp = std::fs::metadata(&file).unwrap().modified().unwrap();
    std::fs::write(&file, text.replace("A quince", "A rope quince")).unwrap();
    std::fs::File::options().write(true).open(&file).unwrap().set_modified(stamp).unwrap();
    let ran = place.run(&["check"]);
    assert!(ran.code == 1 && ran.out.contains("damaged: "), "{}", ran.out);
    assert_eq!(place.run(&["check", "--repair"]).code, 1, "what a file held cannot be made up");
}

#[test]
fn the_original_cache_comes_in_and_goes_out() {
    let place = Place::new();
    let entry = place.dir().join("site/cache/2018/22968d175d13a6693433c7c4732469da");
    std::fs::create_dir_all(&entry).unwrap();
    let text = "title: Cache: it\nurl: https://adactio.com/articles/14321\nhash_url: \
                22968d175d13a6693433c7c4732469da\n\n\
                <p>A persimmon.</p>\n";
    std::fs::write(entry.join("index.md"), text).unwrap();
    let ran = place.run(&["import", "original", "site"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "1 filed, 0 unchanged, 0 failed.\n"), "{}", ran.err);
    assert!(place.run(&["search", "persimmon"]).out.contains("Cache: it"));
    let ran = place.run(&["export", "original", "out"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "1 written, 0 unchanged, 0 failed.\n"), "{}", ran.err);
    let written = place.dir().join("out/2018/22968d175d13a6693433c7c4732469da");
    assert_eq!(std::fs::read_to_string(written.join("index.md")).unwrap(), text);
    assert!(
        std::fs::read_to_string(written.join("index.html")).unwrap().contains("<title>Cache: it (archive)</title>")
    );
    assert_eq!(place.run(&["import", "original", "nowhere"]).code, 3);
    assert_eq!(place.run(&["export", "mosaic", "out"]).code, 2);
}
