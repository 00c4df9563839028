//! Tests that a copy is read whole, once, and from one version.

use super::*;

const FIRST: &str = "2026-11-22T18:24:05.123Z";
const LATER: &str = "2026-11-23T07:00:00.000Z";

fn part(markdown: &str, captured_at: &str, next: Option<u64>) -> ReadPart {
    ReadPart {
        url: "https://example.org/bread".into(),
        title: "Bread".into(),
        captured_at: captured_at.into(),
        path: "/home/me/cachette/bread/index.md".into(),
        markdown: markdown.into(),
        next,
        total: 0,
    }
}

/// A host with these versions, the newest last. It sends `bytes` bytes at a time.
struct Library<'a> {
    versions: Vec<(&'a str, &'a str)>,
    bytes: usize,
}

impl Library<'_> {
    fn answer(&self, read: &Read) -> ReadPart {
        let named = |(time, _): &&(&str, &str)| read.captured_at.as_deref().is_none_or(|wanted| wanted == *time);
        let (time, text) = self.versions.iter().rfind(named).expect("a version of that time");
        let start = read.offset as usize;
        let mut end = (start + self.bytes).min(text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        part(text.get(start..end).unwrap(), time, (end < text.len()).then_some(end as u64))
    }
}

#[test]
fn a_copy_is_shown_whole_however_it_is_cut() {
    let text = "# Brot & Butter\n\nA \\* star, 面包, 🦀 &amp; `a &amp; b`\n\n```\n&amp;\n```\nend without a newline";
    let whole = Readable::of(text);
    for bytes in 1..=text.len() {
        let library = Library { versions: vec![(FIRST, text)], bytes };
        let (mut reading, mut shown) = (Reading::of("ab".into(), None), String::new());
        while let Some(read) = reading.next() {
            let answer = library.answer(read);
            shown.push_str(&reading.take(answer));
        }
        assert_eq!(shown, whole, "{bytes} bytes at a time");
    }
}

#[test]
fn a_version_that_is_saved_meanwhile_is_not_mixed_in() {
    let mut library = Library { versions: vec![(FIRST, "aaaa aaaa aaaa")], bytes: 5 };
    let mut reading = Reading::of("ab".into(), None);
    assert_eq!(reading.next().unwrap().captured_at, None, "the newest is asked for first");
    let answer = library.answer(reading.next().unwrap());
    let mut shown = reading.take(answer);
    library.versions.push((LATER, "bbbb bbbb bbbb"));
    while let Some(read) = reading.next() {
        assert_eq!((read.captured_at.as_deref(), read.hash_url.as_str()), (Some(FIRST), "ab"));
        let answer = library.answer(read);
        shown.push_str(&reading.take(answer));
    }
    assert_eq!(shown, "aaaa aaaa aaaa");
}

#[test]
fn an_older_version_is_read_by_its_time() {
    let library = Library { versions: vec![(FIRST, "old"), (LATER, "new")], bytes: 9 };
    for (at, expected) in [(Some(FIRST), "old"), (Some(LATER), "new"), (None, "new")] {
        let mut reading = Reading::of("ab".into(), at.map(str::to_owned));
        let answer = library.answer(reading.next().unwrap());
        assert_eq!(reading.take(answer), expected);
        assert_eq!(reading.next(), None);
    }
}

#[test]
fn a_program_whose_offsets_do_not_grow_is_not_asked_for_ever() {
    for next in [Some(0), Some(5), Some(4), None] {
        let mut reading = Reading::of("ab".into(), None);
        assert_eq!(reading.take(part("12345", FIRST, Some(5))), "", "the line may go on");
        assert_eq!(reading.next().map(|read| read.offset), Some(5));
        assert_eq!(reading.take(part("678", FIRST, next)), "12345678", "{next:?}");
        assert_eq!(reading.next(), None, "{next:?}");
    }
}

#[test]
fn an_empty_copy_is_read_in_one_part() {
    let mut reading = Reading::of("ab".into(), None);
    assert_eq!(reading.take(part("", FIRST, None)), "");
    assert_eq!(reading.next(), None);
}
