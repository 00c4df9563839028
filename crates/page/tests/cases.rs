//! Compares each page in a folder of `cases/` with its expected results.
//! `CACHETTE_BLESS=1 cargo test -p cachette-page --test cases` rewrites the expectations; read the
//! difference before you commit it.
//!
//! A case of a site names in its head the recorded page whose structure it follows.
//!
//! A folder contains `input.html` (the original bytes), `expected.md`, `expected.json`, and
//! optionally `options.json` (`url`, `title`, `captured_at`, `content_type`, `full`, `inert`,
//! `fragment`) and `expected.html` (the inert copy).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use cachette_page::{Options, Warning, convert, convert_fragment, decode, full_text};
use serde_json::{Value, json};

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let mut folders: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

/// Compares `actual` with the file, or writes the file. Returns a sentence about any difference.
fn check(file: &Path, actual: &str) -> Option<String> {
    if std::env::var_os("CACHETTE_BLESS").is_some() {
        fs::write(file, actual).unwrap();
        return None;
    }
    let expected = fs::read_to_string(file).unwrap_or_default();
    (expected != actual).then(|| format!("{}\n--- expected\n{expected}\n--- actual\n{actual}", file.display()))
}

/// Returns the warnings' names in the spelling of the cases: `DepthCapped` is `depth_capped`.
fn names(warnings: &[Warning]) -> Vec<String> {
    let spelled = |warning: &Warning| {
        let name = format!("{warning:?}").replace(char::is_uppercase, "_");
        let capitals = format!("{warning:?}").chars().filter(|c| c.is_uppercase()).collect::<String>().to_lowercase();
        let parts = name.split('_').skip(1).zip(capitals.chars());
        parts.map(|(rest, capital)| format!("{capital}{rest}")).collect::<Vec<_>>().join("_")
    };
    warnings.iter().map(spelled).collect()
}

fn run(folder: &Path) -> Vec<String> {
    let options: Value = fs::read_to_string(folder.join("options.json"))
        .map_or_else(|_| json!({}), |text| serde_json::from_str(&text).unwrap());
    let text = |key: &str| options.get(key).and_then(Value::as_str);
    let flag = |key: &str| options.get(key).and_then(Value::as_bool).unwrap_or(false);
    let input = decode(&fs::read(folder.join("input.html")).unwrap(), text("content_type"));
    let (markdown, json, inert) = if flag("fragment") {
        let fragment = convert_fragment(&input.text);
        let json = json!({ "encoding": input.encoding, "warnings": names(&fragment.warnings) });
        (fragment.markdown, json, None)
    } else {
        let options = Options {
            url: text("url"),
            title: text("title"),
            captured_at: text("captured_at"),
            full: flag("full"),
            inert_html: flag("inert"),
            ..Options::default()
        };
        let page = convert(&input.text, &options);
        assert_eq!(page.full_text, full_text(&input.text), "the full text alone is another one");
        let metadata = page.metadata;
        let json = json!({
            "encoding": input.encoding,
            "warnings": names(&page.warnings),
            "title": metadata.title,
            "author": metadata.author,
            "site": metadata.site,
            "published": metadata.published,
            "modified": metadata.modified,
            "lang": metadata.lang,
            "dir": metadata.dir,
            "kind": metadata.kind,
            "description": metadata.description,
            "image": metadata.image,
            "canonical": metadata.canonical,
            "license": metadata.license,
            "sources": metadata.sources,
            "headings": page.headings,
            "text": page.text.lines().collect::<Vec<_>>(),
            "full_text": page.full_text.lines().collect::<Vec<_>>(),
        });
        (page.markdown, json, page.inert_html)
    };
    let json = serde_json::to_string_pretty(&json).unwrap() + "\n";
    // Secrets planted in the inputs must appear in no output.
    for output in [Some(&markdown), Some(&json), inert.as_ref()].into_iter().flatten() {
        assert!(!output.contains("CANARY"), "{}\n{output}", folder.display());
    }
    let mut complaints =
        vec![check(&folder.join("expected.md"), &markdown), check(&folder.join("expected.json"), &json)];
    if let Some(html) = inert {
        complaints.push(check(&folder.join("expected.html"), &html));
    }
    complaints.into_iter().flatten().collect()
}

#[test]
fn cases_of_sites_name_the_pages_whose_structure_they_follow() {
    let follows = |folder: &PathBuf| {
        let input = String::from_utf8_lossy(&fs::read(folder.join("input.html")).unwrap()).into_owned();
        input.contains("<!-- Structure: ") && input.contains("Text: invented. -->")
    };
    let names: Vec<String> =
        cases().iter().filter(|folder| follows(folder)).map(|folder| folder.display().to_string()).collect();
    assert!(names.len() >= 30, "{}: {names:#?}", names.len());
}

#[test]
fn every_case_becomes_what_it_must() {
    let folders = cases();
    assert!(folders.len() >= 15);
    let complaints: Vec<String> = folders.iter().flat_map(|folder| run(folder)).collect();
    assert!(complaints.is_empty(), "{} of {} cases differ\n{}", complaints.len(), folders.len(), complaints.join("\n"));
}
