//! Tests the list of what an article leaves out, which lies beside each version. The real binary
//! writes it, keeps it, counts its words, and removes it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by a panic")]

mod rig;

use std::path::{Path, PathBuf};

use rig::{Place, page};
use serde_json::{Value, json};

const URL: &str = "https://example.org/a";
const FIRST: &str = "2026-11-01T00:00:00.000Z";
const SECOND: &str = "2026-11-02T00:00:00.000Z";
const OLDER: &str = "versions/20261101T000000000Z.dropped.json";

/// Makes a page with a menu of these words.
fn with_menu(words: &str, menu: &str) -> String {
    page("Fruit", words).replace("<nav><a href=/>Home</a></nav>", &format!("<nav>{menu}</nav>"))
}

fn list(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Saves two versions with lists, and returns the page's folder.
fn prepared(place: &Place) -> PathBuf {
    place.add(URL, &with_menu("A persimmon.", "First menu"), FIRST);
    let path = place.add(URL, &with_menu("A quince.", "The second menu"), SECOND);
    path.parent().unwrap().to_owned()
}

#[test]
fn a_version_keeps_the_list_that_convert_gives() {
    let place = Place::new();
    let html = with_menu("A persimmon.", "First\u{202e} menu");
    let path = place.add(URL, &html, FIRST);
    let beside = path.with_file_name("index.dropped.json");
    let converted: Value =
        serde_json::from_str(&place.run_with(&["convert", "--url", URL, "--json"], html.as_bytes()).out).unwrap();
    assert_eq!(list(&beside), json!({"format": 1, "dropped": converted["dropped"]}));
    assert_eq!(converted["dropped"][0]["words"], 2);
    let file = std::fs::read_to_string(&beside).unwrap();
    assert!(file.ends_with("]}\n") && file.contains("\\u202e") && !file.contains('\u{202e}'), "{file}");
    let article = std::fs::read_to_string(&path).unwrap();
    assert!(!article.contains("menu") && article.contains("\ndropped_hash: \""), "{article}");
    let bare = page("Bare", "A quince.").replace("<nav><a href=/>Home</a></nav>", "").replace("<h1>Bare</h1>", "");
    let bare = place.add("https://example.org/b", &bare, FIRST);
    assert!(!bare.with_file_name("index.dropped.json").exists());
    assert!(!std::fs::read_to_string(bare).unwrap().contains("dropped_hash"));
}

#[test]
fn an_older_version_keeps_its_own_and_an_unchanged_page_the_one_it_has() {
    let place = Place::new();
    let folder = prepared(&place);
    assert_eq!(list(&folder.join(OLDER))["dropped"][0]["begins"], "First menu");
    assert_eq!(list(&folder.join("index.dropped.json"))["dropped"][0]["begins"], "The second menu");
    place.add(URL, &with_menu("A quince.", "Quite another menu"), "2026-11-03T00:00:00.000Z");
    assert_eq!(list(&folder.join("index.dropped.json"))["dropped"][0]["begins"], "The second menu");
    let versions: Value = serde_json::from_str(&place.run(&["versions", URL, "--json"]).out).unwrap();
    let amounts: Vec<&Value> = versions.as_array().unwrap().iter().map(|version| &version["dropped"]).collect();
    // The menu, and the title above the text.
    assert_eq!(amounts, [&json!({"blocks": 2, "words": 4}), &json!({"blocks": 2, "words": 3})]);
    let stats: Value = serde_json::from_str(&place.run(&["stats", "--json"]).out).unwrap();
    assert!(stats["bytes_dropped"].as_u64().unwrap() > 100, "{stats}");
    let check = place.run(&["check", "--read-data"]);
    assert_eq!(check.code, 0, "{}", check.out);
}

#[test]
fn a_discussion_lists_what_it_leaves_out() {
    let place = Place::new();
    let post = |text: &str| {
        format!(
            "<li component=post><p class=timeago title=2026-11-01></p><div component=\"post/content\">{text}\
             <div component=\"post/signature\">My car is red</div></div>"
        )
    };
    let html = format!(
        "<title>Moss</title><nav>All boards</nav><ul>{}{}</ul>",
        post("The moss on the old wall has grown for years."),
        post("Nobody has helped it; it drinks the rain.")
    );
    let path = place.add(URL, &html, FIRST);
    let begins = |part: &Value| format!("{} {}", part["reason"].as_str().unwrap(), part["begins"].as_str().unwrap());
    let parts: Vec<String> =
        list(&path.with_file_name("index.dropped.json"))["dropped"].as_array().unwrap().iter().map(begins).collect();
    assert_eq!(parts, ["outside All boards", "boilerplate My car is red", "boilerplate My car is red"]);
    assert!(place.run(&["show", URL]).out.contains("drinks the rain"));
}

#[test]
fn a_damaged_or_foreign_list_is_found_and_no_save_is_lost() {
    let place = Place::new();
    let folder = prepared(&place);
    for (name, found) in [("index.dropped.json", "is not the list"), (OLDER, "is not the list")] {
        let path = folder.join(name);
        let former = std::fs::read(&path).unwrap();
        std::fs::write(&path, "{}").unwrap();
        let check = place.run(&["check"]);
        assert!(check.code == 1 && check.out.contains(name) && check.out.contains(found), "{}", check.out);
        std::fs::write(&path, former).unwrap();
    }
    std::fs::write(folder.join("versions/20261101T000000001Z.dropped.json"), "{}").unwrap();
    let check = place.run(&["check"]);
    assert!(check.out.contains("20261101T000000001Z.dropped.json: belongs to no version"), "{}", check.out);
    std::fs::remove_file(folder.join("index.dropped.json")).unwrap();
    let check = place.run(&["check"]);
    assert!(check.out.contains("index.dropped.json: is missing although its version names it"), "{}", check.out);
    let path = place.add(URL, &with_menu("A sorb.", "Third menu"), "2026-11-04T00:00:00.000Z");
    assert_eq!(list(&path.with_file_name("index.dropped.json"))["dropped"][0]["begins"], "Third menu");
}

#[test]
fn a_removed_version_takes_its_list_along_and_an_emptied_trash_keeps_none() {
    let place = Place::new();
    let folder = prepared(&place);
    assert_eq!(place.run(&["remove", URL, "--at", SECOND]).code, 0);
    assert_eq!(list(&folder.join("index.dropped.json"))["dropped"][0]["begins"], "First menu");
    assert!(!folder.join(OLDER).exists());
    let trash: Value = serde_json::from_str(&place.run(&["trash", "list", "--json"]).out).unwrap();
    assert_eq!(place.run(&["trash", "restore", trash[0]["name"].as_str().unwrap()]).code, 0);
    assert_eq!(list(&folder.join(OLDER))["dropped"][0]["begins"], "First menu");
    assert_eq!(list(&folder.join("index.dropped.json"))["dropped"][0]["begins"], "The second menu");
    assert_eq!(place.run(&["check", "--read-data"]).code, 0);
    assert_eq!(place.run(&["remove", URL]).code, 0);
    let empty = place.run(&["trash", "empty"]);
    assert_eq!(empty.code, 0, "{}", empty.err);
    assert!(!place.files().iter().any(|path| path.to_string_lossy().contains("dropped")));
}

#[test]
fn an_export_has_no_list() {
    let place = Place::new();
    prepared(&place);
    assert_eq!(place.run(&["export", "original", "out"]).code, 0);
    let exported = place.files().into_iter().filter(|path| path.starts_with(place.dir().join("out")));
    let exported: Vec<PathBuf> = exported.collect();
    assert!(exported.len() >= 2 && !exported.iter().any(|path| path.to_string_lossy().contains("dropped")));
}

#[test]
fn an_article_that_is_made_anew_gets_a_list_and_a_version_of_before_none() {
    let place = Place::new();
    let path = place.add(URL, &with_menu("A persimmon.", "First menu"), FIRST);
    let beside = path.with_file_name("index.dropped.json");
    // As Cachette filed it before it kept lists.
    let file = std::fs::read_to_string(&path).unwrap();
    let without: Vec<&str> = file.lines().filter(|line| !line.starts_with("dropped_hash: ")).collect();
    std::fs::write(&path, format!("{}\n", without.join("\n"))).unwrap();
    std::fs::remove_file(&beside).unwrap();
    let check = place.run(&["check", "--read-data"]);
    assert_eq!(check.code, 0, "{}", check.out);
    place.add(URL, &with_menu("A persimmon.", "First menu"), SECOND);
    assert!(!beside.exists(), "an unchanged page stays as it is");
    assert_eq!(place.run(&["reconvert", "--all"]).out, "0 articles made anew, 1 unchanged.\n");
    assert_eq!(list(&beside)["dropped"][0]["begins"], "First menu");
    let check = place.run(&["check", "--read-data"]);
    assert_eq!(check.code, 0, "{}", check.out);
}
