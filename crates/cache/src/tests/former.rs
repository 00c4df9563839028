//! Tests homes that an earlier converter filled: their pages are recognised, whatever today's
//! converter makes of them. The files below `former/` are as they were left, next to their pages,
//! and are never changed.

use cachette_page::article_hash;
use cachette_store::digest::sha256_hex;

use super::*;
use crate::tests::formats::copy;

/// A page of the old home: its last capture.
#[derive(Clone)]
pub(super) struct Former {
    pub name: String,
    pub url: String,
    captured_at: Timestamp,
    html: String,
}

const DAY: i64 = 86_400;
/// The one picture that could be fetched, and its bytes.
const PICTURE: &str = "https://example.org/a.png";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("former/converter-1")
}

/// Every capture, in the order in which they were filed.
fn captures() -> Vec<Former> {
    let list = fs::read_to_string(folder().join("pages.tsv")).unwrap();
    let read = |line: &str| {
        let [name, url, captured_at] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let html = fs::read_to_string(folder().join("pages").join(format!("{name}.html"))).unwrap();
        Former { name: name.to_owned(), url: url.to_owned(), captured_at: captured_at.parse().unwrap(), html }
    };
    list.lines().map(read).collect()
}

/// The newest capture of every page.
pub(super) fn newest() -> Vec<Former> {
    let mut newest: Vec<Former> = Vec::new();
    for one in captures() {
        newest.retain(|former| former.url != one.url);
        newest.push(one);
    }
    newest
}

pub(super) fn named(name: &str) -> Former {
    captures().into_iter().find(|former| former.name == name).unwrap()
}

fn room() -> Room {
    let room = Room::new();
    copy(&folder().join("home"), room.home().dir());
    room
}

/// A home whose articles are written as none of our converters ever did, with matching hashes.
pub(super) fn otherwise_spelled() -> Room {
    let room = room();
    for page in fs::read_dir(room.pages()).unwrap().map(|entry| entry.unwrap().path()) {
        let versions = fs::read_dir(page.join("versions")).into_iter().flatten().map(|entry| entry.unwrap().path());
        for file in versions.chain([page.join("index.md")]).filter(|file| file.extension().unwrap() == "md") {
            respell(&file);
        }
    }
    room
}

fn respell(path: &Path) {
    let file = fs::read_to_string(path).unwrap();
    let (front, body) = file.split_at(file.find("\n---\n").unwrap() + 5);
    // It wrote some words as one, too.
    let spelled = body.replace("\\<", "&lt;").replace("The orchard", "The **orchard**").replace(" and ", "and ");
    assert_ne!(spelled, body);
    let picture = fs::read_dir(folder().join("home/assets/43")).unwrap().next().unwrap().unwrap().file_name();
    let shared = |folders: &str| format!("{folders}assets/43/{}", picture.to_str().unwrap());
    let elsewhere = spelled.replace(&shared("../../../"), PICTURE).replace(&shared("../../"), PICTURE);
    let set = |front: &str, key: &str, value: &str| {
        let line = |line: &str| match line.starts_with(&format!("{key}: ")) {
            true => format!("{key}: \"{value}\"\n"),
            false => line.to_owned(),
        };
        front.split_inclusive('\n').map(line).collect::<String>()
    };
    let edited = !front.contains(&sha256_hex(body.as_bytes()));
    let front = set(front, "article_hash", &article_hash(&elsewhere));
    let front = if edited { front } else { set(&front, "content_hash", &sha256_hex(spelled.as_bytes())) };
    fs::write(path, front + &spelled).unwrap();
}

pub(super) fn picture() -> Resource {
    let bytes = [&b"\x89PNG\r\n\x1a\n"[..], &[1; 40]].concat();
    Resource { place: Place::Address(PICTURE.to_owned()), bytes }
}

pub(super) fn save_again(cache: &mut Cache, former: &Former, seconds: i64, resources: &[Resource]) -> Saved {
    let captured_at = former.captured_at + jiff::SignedDuration::from_secs(seconds);
    let one = Snapshot { captured_at, resources, ..snapshot(&former.url, 0, &former.html) };
    cache.save(&one).unwrap()
}

fn versions(cache: &mut Cache, former: &Former) -> usize {
    cache.lookup(&former.url).unwrap().unwrap().versions.len()
}

pub(super) fn is_sound(cache: &mut Cache) -> bool {
    let options = CheckOptions { read_data: true, anew: true, ..CheckOptions::default() };
    cache.check(&options, &mut |_, _| {}).unwrap().is_sound()
}

#[test]
fn an_unchanged_page_that_another_converter_filed_is_unchanged() {
    for room in [room(), otherwise_spelled()] {
        let mut cache = room.cache();
        for former in newest() {
            let path = room.pages().join(hash_of(&former.url)).join("index.md");
            let body = |file: String| file.split_once("\n---\n").unwrap().1.to_owned();
            let (before, count) = (body(fs::read_to_string(&path).unwrap()), versions(&mut cache, &former));
            let saved = save_again(&mut cache, &former, DAY, &[picture()]);
            assert_eq!((saved.outcome, &*former.name), (Outcome::Unchanged, &*former.name));
            assert_eq!(versions(&mut cache, &former), count, "{}", former.name);
            let file = fs::read_to_string(&path).unwrap();
            assert!(file.contains("seen_at: "), "{file}");
            assert_eq!(body(file), before, "the article stays as it was");
            // Now the hash alone decides: the DOM is not compared again.
            fs::rename(path.with_extension("html"), path.with_extension("aside")).unwrap();
            assert_eq!(save_again(&mut cache, &former, 2 * DAY, &[picture()]).outcome, Outcome::Unchanged);
            fs::rename(path.with_extension("aside"), path.with_extension("html")).unwrap();
        }
        assert!(is_sound(&mut cache));
        assert!(hits(&mut cache, "persimmon dear").iter().any(|url| url.ends_with("/edited")));
    }
}

#[test]
fn whether_a_picture_was_to_be_had_makes_no_version_either() {
    for room in [room(), otherwise_spelled()] {
        let mut cache = room.cache();
        for former in [named("pictures"), named("versions-2")] {
            let others: [&[Resource]; 2] =
                [&[], &[Resource { bytes: [&b"\x89PNG\r\n\x1a\n"[..], &[2; 40]].concat(), ..picture() }]];
            for (resources, seconds) in others.into_iter().zip([DAY, 2 * DAY]) {
                let saved = save_again(&mut cache, &former, seconds, resources);
                assert_eq!((saved.outcome, &*former.name), (Outcome::Unchanged, &*former.name));
            }
        }
    }
}

#[test]
fn a_page_that_has_changed_is_a_version_whoever_filed_it() {
    for (name, from, to) in [
        ("markup", "It says so", "It said so"),
        ("markup", "href=\"/x\"", "href=\"/z\""),
        ("code", "plot(1)", "plot(2)"),
        ("edited", "3 euros", "4 euros"),
        ("pictures", "src=\"b.png\"", "src=\"c.png\""),
        ("parts", "a note", "another note"),
        ("versions-2", "Pears", "Plums"),
        // Content that a page's copy lacks.
        ("declared", "two tones", "three tones"),
        (
            "declared",
            "Boilwell's kettle whistles in two tones, a third apart, once the water boils, and stops of itself \
             when nobody comes to take it off.",
            "",
        ),
        ("drawn", "300 euros", "400 euros"),
    ] {
        for room in [room(), otherwise_spelled()] {
            let (mut cache, former) = (room.cache(), named(name));
            let html = former.html.replacen(from, to, 1);
            assert_ne!(html, former.html);
            let count = versions(&mut cache, &former);
            let saved = save_again(&mut cache, &Former { html, ..former.clone() }, DAY, &[picture()]);
            assert_eq!((saved.outcome, from), (Outcome::NewVersion, from), "{name}");
            assert_eq!(versions(&mut cache, &former), count + 1);
        }
    }
}

#[test]
fn late_and_repeated_captures_are_judged_by_the_version_of_their_time() {
    for room in [room(), otherwise_spelled()] {
        let mut cache = room.cache();
        let first = named("versions-1");
        for seconds in [60, 0] {
            let saved = save_again(&mut cache, &first, seconds, &[picture()]);
            assert_eq!(saved.captured_at, first.captured_at, "{seconds}");
            assert_eq!(versions(&mut cache, &first), 2);
        }
        let repeated = save_again(&mut cache, &named("versions-2"), 0, &[picture()]);
        assert_eq!((repeated.outcome, versions(&mut cache, &first)), (Outcome::NewVersion, 2), "as the first time");
        assert!(is_sound(&mut cache));
    }
}

#[test]
fn a_version_without_a_sound_copy_is_another_one_in_doubt() {
    let room = otherwise_spelled();
    let mut cache = room.cache();
    let former = named("markup");
    let copy = room.pages().join(hash_of(&former.url)).join("index.html");
    fs::write(&copy, fs::read_to_string(&copy).unwrap() + "<p>added</p>").unwrap();
    assert_eq!(save_again(&mut cache, &former, DAY, &[]).outcome, Outcome::NewVersion);
}
