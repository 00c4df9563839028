//! Tests that a person's secrets are saved nowhere. Every kind in `secrets/stripped/` is planted in
//! generated pages, which are saved over frames and on the command line, and may be in no byte
//! below the home. The kinds in `secrets/kept/` are kept on purpose, and must be there. A new kind
//! is a new file.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

use std::fmt::Write;
use std::{fs, path::Path};

use cachette_protocol::{Lookup, Search, Status};
use cachette_tests::{
    home::{Browser, Home, repository},
    host_client::HostClient,
    pipes::page_save,
};

const PAGES: usize = 200;
/// The placeholder for a secret in the cases.
const PLACE: &str = "CANARY";
/// The mark in every planted secret, found in nothing else.
const MARK: &str = "qzx7w";

/// One file of a folder: its name, and the text that it plants.
struct Kind {
    name: String,
    is_address: bool,
    text: String,
}

fn kinds(folder: &str) -> Vec<Kind> {
    let folder = repository().join("tests/secrets").join(folder);
    let mut kinds: Vec<Kind> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let (about, text) = text.split_once('\n').expect("the first line says what it is");
            assert!(about.starts_with("<!-- ") || about.starts_with("# "), "{}", path.display());
            assert!(text.contains(PLACE), "{}", path.display());
            Kind {
                name: path.file_stem().unwrap().to_string_lossy().into_owned(),
                is_address: path.extension().is_some_and(|kind| kind == "url"),
                text: text.trim_end().to_owned(),
            }
        })
        .collect();
    kinds.sort_by(|a, b| a.name.cmp(&b.name));
    kinds
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    /// Makes a typical secret: letters and digits, 16 to 48 of them.
    fn secret(&mut self) -> String {
        let mut secret = MARK.to_owned();
        for at in 0..16 + self.roll(32) {
            let digits =
                if at % 3 == 0 { "0123456789" } else { "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" };
            secret.push(char::from(digits.as_bytes()[self.roll(digits.len())]));
        }
        secret
    }
}

fn paragraph(page: usize, number: usize) -> String {
    format!(
        "<p>Paragraph {number} of page {page} tells of walls and what grows on them, at the length that a paragraph of \
         an \
         article has, so that nobody takes it for a caption, a menu or a form.</p>"
    )
}

/// Makes a page with all kinds in its own order. Half of them are in the head, as far as that is
/// allowed.
fn page(number: usize, kinds: &[Kind], dice: &mut Dice) -> String {
    let mut order: Vec<&Kind> = kinds.iter().filter(|kind| !kind.is_address).collect();
    for at in (1..order.len()).rev() {
        order.swap(at, dice.roll(at + 1));
    }
    let (mut head, mut body) = (String::new(), String::new());
    for (at, kind) in order.into_iter().enumerate() {
        let mut text = kind.text.clone();
        while let Some(place) = text.find(PLACE) {
            text.replace_range(place..place + PLACE.len(), &dice.secret());
        }
        let in_head = ["<meta", "<link", "<script"].iter().any(|start| text.starts_with(start)) && dice.roll(2) == 0;
        if in_head {
            head.push_str(&text);
        } else {
            let _ = write!(body, "{text}{}", if at % 4 == 0 { paragraph(number, at) } else { String::new() });
        }
    }
    format!(
        "<!doctype html><html lang=en><head><title>Page {number}</title>{head}</head><body><nav>{}</nav><article><h1>\
         Page {number}</h1>\
         {}{body}</article></body></html>",
        "<a href=/>Home</a>",
        paragraph(number, 1_000)
    )
}

fn address(number: usize, kinds: &[Kind], dice: &mut Dice) -> String {
    let addresses: Vec<&Kind> = kinds.iter().filter(|kind| kind.is_address).collect();
    let address = &addresses[number % addresses.len()].text;
    address.replace("PAGE", &number.to_string()).replace(PLACE, &dice.secret())
}

/// Returns the files below a folder that contain the mark, with the text around it.
fn betrayed(home: &Home) -> Vec<String> {
    let mut files = home.files().unwrap();
    let mut folders = vec![home.user()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() { folders.push(entry.path()) } else { files.push(entry.path()) }
        }
    }
    assert!(files.iter().any(|file| file.ends_with("index.md")), "nothing was filed");
    let mark = MARK.as_bytes();
    let mut found = Vec::new();
    for file in files {
        let bytes = fs::read(&file).unwrap_or_default().to_ascii_lowercase();
        if let Some(at) = bytes.windows(mark.len()).position(|window| window == mark) {
            let around = &bytes[at.saturating_sub(80)..(at + 60).min(bytes.len())];
            found.push(format!("{}: {}", file.display(), String::from_utf8_lossy(around)));
        }
    }
    found
}

#[test]
fn no_secret_of_any_kind_is_in_a_byte_below_the_home() {
    let kinds = kinds("stripped");
    assert!(kinds.len() >= 40, "{}", kinds.len());
    let home = Home::new().unwrap();
    let mut host = HostClient::start(&home, Browser::Chromium).unwrap();
    let mut dice = Dice(7);
    for number in 0..PAGES {
        let (url, html) = (address(number, &kinds, &mut dice), page(number, &kinds, &mut dice));
        if number % 4 == 3 {
            let file = home.dir().join("page.html");
            fs::write(&file, html).unwrap();
            home.run(&["add", "--url", &url, file.to_str().unwrap()]).unwrap();
            fs::remove_file(file).unwrap();
        } else {
            let begin = page_save(&format!("save-{number:05}"), &url, "2026-11-22T18:24:05.123Z");
            host.save(&begin, &html).unwrap().unwrap();
            if number % 8 == 0 {
                // A second version creates every kind of file.
                let again = page_save(&format!("again-{number:05}"), &url, "2026-11-23T18:24:05.123Z");
                host.save(&again, &html.replace("walls", "roofs")).unwrap().unwrap();
            }
            host.ask(&Lookup { url }).unwrap().result.unwrap();
        }
    }
    let found = host.ask(&Search { query: "walls".into(), limit: 20, offset: 0 }).unwrap().result.unwrap();
    assert!(found.total > 0);
    host.ask(&Search { query: MARK.into(), limit: 20, offset: 0 }).unwrap().result.unwrap();
    assert_eq!(host.ask(&Status {}).unwrap().result.unwrap().pages, PAGES as u64);
    let while_it_runs = betrayed(&home);
    assert!(while_it_runs.is_empty(), "{} files\n{}", while_it_runs.len(), while_it_runs[0]);
    host.end().unwrap();
    home.run(&["rebuild"]).unwrap();
    let afterwards = betrayed(&home);
    assert!(afterwards.is_empty(), "{} files\n{}", afterwards.len(), afterwards[0]);
}

#[test]
fn each_kind_by_itself_is_left_out() {
    let home = Home::new().unwrap();
    let mut host = HostClient::start(&home, Browser::Firefox).unwrap();
    for (number, kind) in kinds("stripped").iter().enumerate() {
        let (url, html) = if kind.is_address {
            (kind.text.replace("PAGE", &number.to_string()).replace(PLACE, MARK), paragraph(number, 0))
        } else {
            (
                format!("https://example.org/{number}"),
                paragraph(number, 0) + &kind.text.replace(PLACE, &format!("{MARK}4f6a8b1c9d")),
            )
        };
        let begin = page_save(&format!("kind-{number:05}"), &url, "2026-11-22T18:24:05.123Z");
        host.save(&begin, &html).unwrap().unwrap();
        let found = betrayed(&home);
        assert!(found.is_empty(), "{}: {}", kind.name, found[0]);
    }
}

#[test]
fn what_is_kept_on_purpose_is_there() {
    let home = Home::new().unwrap();
    let mut host = HostClient::start(&home, Browser::Chromium).unwrap();
    for (number, kind) in kinds("kept").iter().enumerate() {
        let html = paragraph(number, 0) + &kind.text.replace(PLACE, MARK) + &paragraph(number, 1);
        let begin = page_save(
            &format!("kept-{number:05}"),
            &format!("https://example.org/{number}"),
            "2026-11-22T18:24:05.123Z",
        );
        let saved = host.save(&begin, &html).unwrap().unwrap();
        let article = fs::read_to_string(&saved.path).unwrap();
        let copy = fs::read_to_string(Path::new(&saved.path).with_file_name("index.html")).unwrap();
        assert!(article.contains(MARK) || copy.contains(MARK), "{}\n{article}\n{copy}", kind.name);
    }
}

#[test]
fn what_conversion_needs_is_read_before_it_is_left_out() {
    let home = Home::new().unwrap();
    let mut host = HostClient::start(&home, Browser::Chromium).unwrap();
    let html = format!(
        "<title>Kept</title><script type='application/ld+json'>{{\"@context\":\"https://schema.org\",\
         \"@type\":\"Article\",\
         \"headline\":\"Kept\",\"author\":{{\"@type\":\"Person\",\"name\":\"Ada Byron\"}}}}</script><article><h1>Kept\
         </h1>{}\
         <ul><li><input type=checkbox checked> done</li><li><input type=checkbox> open</li></ul>\
         <p>Euler: <script type='math/tex'>e^{{i\\pi}}+1=0</script> holds.</p>{}</article>",
        paragraph(1, 1),
        paragraph(1, 2)
    );
    let saved = host
        .save(&page_save("save-needs", "https://example.org/n", "2026-11-22T18:24:05.123Z"), &html)
        .unwrap()
        .unwrap();
    let article = fs::read_to_string(&saved.path).unwrap();
    for kept in ["author: \"Ada Byron\"", "[x] done", "[ ] open", "e^{i\\pi}+1=0"] {
        assert!(article.contains(kept), "{kept}\n{article}");
    }
}
