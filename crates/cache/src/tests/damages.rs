//! Tests a thousand damages to files, of every kind, all found and nothing else. A thousand damages
//! to the index go unnoticed by its users.
//!
//! More than 300 lines: the kinds of damage are one table.

use std::collections::BTreeSet;
use std::fs::File;

use super::*;

/// A generator of the same numbers every time (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end.max(1) as u64).unwrap()
    }
}

/// Changes a file as a failing disk does: its time stamp does not change.
fn rot(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let modified = fs::metadata(path).unwrap().modified().unwrap();
    let mut bytes = fs::read(path).unwrap();
    let before = bytes.clone();
    change(&mut bytes);
    assert_ne!(bytes, before);
    fs::write(path, bytes).unwrap();
    File::options().write(true).open(path).unwrap().set_modified(modified).unwrap();
}

/// Saves a page whose article leaves something out.
fn save(cache: &mut Cache, url: &str, second: i64, text: &str) -> Saved {
    let html = html("A title", text).replace("<article>", "<nav>The menu</nav><article>");
    cache.save(&snapshot(url, second, &html)).unwrap()
}

fn body_of(bytes: &[u8]) -> usize {
    bytes.windows(5).position(|window| window == b"\n---\n").unwrap() + 5
}

/// Damages one page of a home. Returns the file that the check must name, and whether as an edit.
fn plant(kind: usize, page: &Path, dice: &mut Dice) -> (PathBuf, &'static str) {
    let (article, capture) = (page.join("index.md"), page.join("index.html"));
    let versions = page.join("versions");
    let older = |ending: &str| {
        let mut paths: Vec<_> = fs::read_dir(&versions).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|own| own == ending));
        paths.sort();
        paths.remove(0)
    };
    let flip = |bytes: &mut Vec<u8>, from: usize, dice: &mut Dice| {
        let at = from + dice.below(bytes.len() - from);
        bytes[at] = if bytes[at] == b'q' { b'z' } else { b'q' };
    };
    match kind {
        0 => rot(&article, |bytes| flip(bytes, body_of(bytes), dice)),
        1 => rot(&article, |bytes| {
            let at = body_of(bytes) + dice.below(bytes.len() - body_of(bytes));
            bytes[at] = 0;
        }),
        2 => rot(&article, |bytes| bytes.push(0xff)),
        3 => rot(&article, |bytes| bytes.truncate(4 + dice.below(body_of(bytes) - 8))),
        4 => rot(&article, |bytes| {
            let at = bytes.windows(9).position(|window| window == b"A title\"\n").unwrap();
            bytes[at + 2] = b'T';
        }),
        5 => rot(&article, Vec::clear),
        6 => rot(&article, |bytes| flip(bytes, body_of(bytes), dice)),
        7 => {
            rot(&capture, |bytes| flip(bytes, 0, dice));
            return (capture, "damaged");
        }
        8 => {
            let path = older("md");
            rot(&path, |bytes| flip(bytes, body_of(bytes), dice));
            return (path, "damaged");
        }
        9 => {
            let path = older("html");
            rot(&path, |bytes| flip(bytes, 0, dice));
            return (path, "damaged");
        }
        10 => {
            fs::remove_file(&capture).unwrap();
            return (capture, "missing");
        }
        11 => {
            fs::remove_file(&article).unwrap();
            return (page.to_owned(), "missing");
        }
        12 => {
            fs::write(page.join(".tmp-7-0.md"), "---\n").unwrap();
            return (page.join(".tmp-7-0.md"), "orphaned");
        }
        13 => {
            fs::remove_file(older("md")).unwrap();
            fs::remove_file(older("json")).unwrap();
            return (older("html"), "orphaned");
        }
        14 => {
            let path = page.join("index.dropped.json");
            rot(&path, |bytes| flip(bytes, 0, dice));
            return (path, "damaged");
        }
        15 => {
            let path = older("json");
            fs::remove_file(&path).unwrap();
            return (path, "missing");
        }
        _ => {
            edit(&article, "Apples", "Green apples");
            return (article, "edited");
        }
    }
    (article, "damaged")
}

#[test]
fn a_thousand_planted_damages_are_found_and_nothing_else() {
    let mut dice = Dice(1);
    let (rooms, pages, kinds) = (5, 267, 17);
    let mut damages = 0;
    for number in 0..rooms {
        let room = Room::new();
        let mut cache = room.cache();
        let mut expected = BTreeSet::new();
        let mut planted = Vec::new();
        for page in 0..pages {
            let url = format!("https://example.org/{page}");
            save(&mut cache, &url, 0, &format!("Apples of kind {page}, old."));
            // One page in three was edited before the next version came.
            let saved = save(&mut cache, &url, 5, &format!("Apples of kind {page}."));
            if page % 3 == 0 {
                edit(&saved.path, "Apples", "Red apples");
            }
            let path = save(&mut cache, &url, 10, &format!("Apples of kind {page}, new.")).path;
            planted.push((page, path.parent().unwrap().to_owned()));
        }
        cache.refresh(std::time::Duration::MAX).unwrap();
        for (page, folder) in planted {
            let edited = page % 3 == 0;
            if edited {
                let stem = fs::read_dir(folder.join("versions")).unwrap().map(|entry| entry.unwrap().path());
                let mut files: Vec<_> = stem.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
                files.sort();
                expected.insert((files.pop().unwrap(), "edited"));
            }
            // One page in four is sound.
            if page % 4 != 1 {
                let (path, verdict) = plant((page + number) % kinds, &folder, &mut dice);
                expected.insert((path, verdict));
                damages += 1;
            }
        }
        let report = cache.check(&CheckOptions { read_data: true, ..CheckOptions::default() }, &mut |_, _| {}).unwrap();
        let groups = [
            ("damaged", &report.damaged),
            ("missing", &report.missing),
            ("orphaned", &report.orphaned),
            ("edited", &report.edited),
        ];
        let found: BTreeSet<(PathBuf, &str)> =
            groups.iter().flat_map(|(name, list)| list.iter().map(|one| (one.path.clone(), *name))).collect();
        let missed: Vec<_> = expected.difference(&found).collect();
        let alarms: Vec<_> = found.difference(&expected).collect();
        assert!(
            missed.is_empty() && alarms.is_empty(),
            "missed {missed:#?}\nfalse alarms {alarms:#?}\n{:?}",
            report.index
        );
        assert!(report.index.is_empty(), "{:?}", report.index);
    }
    assert!(damages >= 1_000, "{damages}");
}

#[test]
fn a_check_that_was_cut_off_goes_on_where_it_was() {
    let room = Room::new();
    let mut cache = room.cache();
    for page in 0..1_100 {
        fs::create_dir_all(room.pages().join(hash_of(&format!("https://example.org/{page}")))).unwrap();
    }
    let count = |cache: &mut Cache, options: &CheckOptions| {
        let mut progress = Vec::new();
        let report = cache.check(options, &mut |done, _| progress.push(done)).unwrap();
        (progress, report.resumed, report.orphaned.len())
    };
    let whole = (vec![0, 512, 1_024, 1_100], 0, 1_100);
    assert_eq!(count(&mut cache, &CheckOptions::default()), whole);
    let cut = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _ =
            cache.check(&CheckOptions::default(), &mut |done, _| assert!(done < 1_000, "as if it were killed here"));
    }));
    assert!(cut.is_err());
    let mut cache = room.cache();
    assert_eq!(count(&mut cache, &CheckOptions::default()), (vec![1_024, 1_100], 1_024, 1_100));
    assert_eq!(count(&mut cache, &CheckOptions::default()), whole);
    let cut = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _ = cache.check(&CheckOptions::default(), &mut |done, _| assert!(done < 500, "and here"));
    }));
    assert!(cut.is_err());
    assert_eq!(count(&mut cache, &CheckOptions { anew: true, ..CheckOptions::default() }), whole);
}

const QUERIES: [&str; 8] = ["apples", "kind", "pears or", "plum 7", "pea", "\"kind 3\"", "site:example.org", "aples"];

/// Everything that a person sees from a process that has just started.
fn answers(room: &Room) -> Vec<String> {
    let mut cache = room.cache();
    let mut answers: Vec<String> =
        QUERIES.iter().map(|query| format!("{:?}", cache.search(query, 50, 0).unwrap())).collect();
    answers.push(format!("{:?}", cache.list(50, 0).unwrap()));
    answers
}

/// Adds pages without a DOM, whose rows are made quickly.
fn add(cache: &mut Cache, pages: std::ops::Range<usize>) {
    let line = |page: usize| {
        let fruit = ["Apples", "Green pears", "Plums"][page % 3];
        format!(
            "{{\"url\":\"https://example.org/{page}\",\"markdown\":\"{fruit} of kind {page}.\",\
             \"captured_at\":\"2026-01-01T00:{page:02}:00Z\"}}\n"
        )
    };
    let text: String = pages.map(line).collect();
    let mut lines = Lines { reader: &mut text.as_bytes(), captured_at: at(0), name: None };
    cache.import_jsonl(&mut lines, &mut |_, _| {}).unwrap();
}

#[test]
fn after_any_of_a_thousand_damages_to_the_index_search_answers_from_one_made_anew() {
    let room = Room::new();
    let index = room.home().index_file().to_owned();
    let beside = |ending: &str| PathBuf::from(format!("{}{ending}", index.display()));
    add(&mut room.cache(), 0..10);
    let old = fs::read(&index).unwrap();
    add(&mut room.cache(), 10..12);
    let expected = answers(&room);
    let mut dice = Dice(2);
    for number in 0..1_000 {
        let mut bytes = fs::read(&index).unwrap();
        let what = match number % 8 {
            0 => {
                let bit = dice.below(bytes.len() * 8);
                bytes[bit / 8] ^= 1 << (bit % 8);
                format!("bit {bit}")
            }
            1 => {
                let bit = dice.below(100 * 8);
                bytes[bit / 8] ^= 1 << (bit % 8);
                format!("bit {bit} of the header")
            }
            2 => {
                bytes.truncate(dice.below(bytes.len()));
                format!("cut to {}", bytes.len())
            }
            3 => {
                let from = dice.below(bytes.len());
                let to = (from + 1 + dice.below(5_000)).min(bytes.len());
                bytes[from..to].fill(0);
                format!("nothing from {from} to {to}")
            }
            4 => {
                // One letter of a word is replaced by another: nothing in the file shows it.
                let words: Vec<usize> =
                    bytes.windows(4).enumerate().filter(|(_, word)| *word == b"kind").map(|(at, _)| at).collect();
                let at = words[dice.below(words.len())];
                bytes[at] = b'm';
                format!("a letter at {at}")
            }
            5 => {
                let pages = bytes.len() / 4096;
                let (one, other) = (dice.below(pages) * 4096, dice.below(pages) * 4096);
                let page = bytes[one..one + 4096].to_vec();
                bytes[other..other + 4096].copy_from_slice(&page);
                format!("page at {one} in place of the one at {other}")
            }
            6 => {
                bytes.clone_from(&old);
                "an old copy".to_owned()
            }
            _ => {
                // An old copy, with a log of another state of the file next to it.
                fs::write(beside("-wal"), bytes.get(..1 + dice.below(bytes.len())).unwrap()).unwrap();
                bytes.clone_from(&old);
                "an old copy and a log".to_owned()
            }
        };
        if number % 3 == 0 {
            rot(&index, |file| *file = bytes.iter().copied().chain((file == &bytes).then_some(0)).collect());
        } else {
            fs::write(&index, bytes).unwrap();
        }
        match number % 7 {
            0 => drop(fs::remove_file(beside("-wal"))),
            1 => drop(fs::remove_file(beside("-shm"))),
            2 => drop(fs::write(beside("-shm"), [0xA5; 32_768])),
            _ => {}
        }
        assert_eq!(answers(&room), expected, "{number}: {what}");
    }
    // This damages the files next to the index, or their places.
    for number in 0..60 {
        match number % 6 {
            0 => drop(fs::write(beside("-wal"), vec![0xA5; 1 + dice.below(40_000)])),
            1 => drop(fs::remove_file(beside("-seal"))),
            2 => drop(fs::write(beside("-seal"), "whole 1 2 3")),
            3 => drop(fs::remove_file(&index)),
            4 => drop(fs::remove_dir_all(index.parent().unwrap())),
            _ => {
                for ending in ["", "-wal", "-shm"] {
                    fs::write(beside(ending), vec![0x5A; dice.below(9_000)]).unwrap();
                }
            }
        }
        assert_eq!(answers(&room), expected, "beside the file, {number}");
    }
    assert!(room.cache().check(&CheckOptions::default(), &mut |_, _| {}).unwrap().is_sound());
}

#[test]
fn a_running_host_notices_that_its_index_was_damaged_or_taken_away() {
    let room = Room::new();
    let index = room.home().index_file().to_owned();
    let mut cache = room.cache();
    add(&mut cache, 0..12);
    let expected = format!("{:?}", cache.search("apples", 50, 0).unwrap());
    for number in 0..20 {
        if number % 2 == 0 {
            fs::remove_file(&index).unwrap();
        } else {
            rot(&index, |bytes| {
                let at = bytes.len() / 20 * number;
                bytes[at] ^= 0x55;
            });
        }
        assert_eq!(format!("{:?}", cache.search("apples", 50, 0).unwrap()), expected, "{number}");
    }
}

#[test]
fn a_version_that_cannot_be_read_hides_no_other_list() {
    let room = Room::new();
    let url = "https://example.org/a";
    let page = |text: &str| html("A title", text).replace("<body>", "<body><nav><a href=/>Home</a></nav>");
    let mut cache = room.cache();
    for (second, text) in (0..).zip(["A persimmon.", "A quince.", "A sorb."]) {
        cache.save(&snapshot(url, second, &page(text))).unwrap();
    }
    drop(cache);
    let refused = room.pages().join(hash_of(url)).join("versions/20231114T221321000Z.md");
    let hook = IoHook::new(move |step, path| match step == IoStep::Read && path == refused {
        true => Err(std::io::Error::from_raw_os_error(5)),
        false => Ok(()),
    });
    let mut cache = Cache::open_with_hook(&room.home(), hook).unwrap();
    let amounts = cache.amounts_left_out(&hash_of(url)).unwrap();
    assert_eq!(amounts.iter().map(Option::is_some).collect::<Vec<_>>(), [true, false, true]);
}
