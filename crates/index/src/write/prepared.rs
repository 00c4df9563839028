//! Prepares the words of a page before anything is written. Pure: several threads prepare pages
//! while the only thread that can write writes others.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::query::expression::{EVERY, HAS, KIND, LANG, site_label};
use crate::record::Entry;
use crate::text::compression::pack;
use crate::text::tokenizer::words;
use crate::text::typo::PageWords;

/// How many sites a page belongs to: its host and the domains above it.
const SITES: usize = 8;

/// A page that is ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// The page, its article without headings, its full text moved out.
    pub(crate) entry: Entry,
    /// Its tags, one per line.
    pub(crate) tags: String,
    /// The labels for filters, which no text contains.
    pub(crate) labels: String,
    /// The lines of the full text that the article lacks.
    pub(crate) other_text: String,
    /// The same, compressed; empty if there is nothing.
    pub(crate) packed: Vec<u8>,
    /// The words that corrections may lead to.
    pub(crate) words: PageWords,
}

impl From<Entry> for Prepared {
    fn from(mut entry: Entry) -> Prepared {
        let other_text = other_text(&entry.article, &entry.full_text);
        entry.full_text = String::new();
        let texts = [&entry.tags.join(" "), &entry.author, &entry.article, &other_text];
        let words = PageWords::of(&entry.title, &texts.map(String::as_str));
        if let Cow::Owned(article) = beside_headings(&entry.article, &entry.headings) {
            entry.article = article;
        }
        Prepared {
            tags: lines_of_tags(&entry.tags),
            labels: labels(&entry),
            packed: if other_text.is_empty() { Vec::new() } else { pack(&other_text) },
            other_text,
            words,
            entry,
        }
    }
}

/// Writes tags one per line, because the lines are the list.
pub(crate) fn lines_of_tags(tags: &[String]) -> String {
    let lines: Vec<String> = tags.iter().map(|tag| tag.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    lines.join("\n")
}

fn labels(entry: &Entry) -> String {
    let mut labels = EVERY.to_string();
    for (mark, value) in [(LANG, entry.lang.as_str()), (KIND, entry.kind.as_str())] {
        if !value.is_empty() {
            labels.extend([' ', mark]);
            labels.push_str(value);
        }
    }
    // A filter by site is then a word, not a phrase; it is part of every page's selection.
    let host = words(&entry.site);
    for first in (0..host.len()).take(SITES) {
        labels.push(' ');
        labels.push_str(&site_label(host.iter().skip(first).map(String::as_str)));
    }
    let has = [
        (entry.has.image, "image"),
        (entry.has.code, "code"),
        (entry.has.table, "table"),
        (entry.versions > 1, "versions"),
    ];
    for (_, what) in has.into_iter().filter(|(has, _)| *has) {
        labels.extend([' ', HAS]);
        labels.push_str(what);
    }
    labels
}

/// Returns the lines of an article that are not headings; headings have a column of their own.
fn beside_headings<'a>(article: &'a str, headings: &str) -> Cow<'a, str> {
    let known: HashSet<&str> = headings.lines().map(unmarked).filter(|line| !line.is_empty()).collect();
    if known.is_empty() {
        return Cow::Borrowed(article);
    }
    let mut beside = String::with_capacity(article.len());
    for line in article.split_inclusive('\n') {
        if !known.contains(unmarked(line)) {
            beside.push_str(line);
        }
    }
    Cow::Owned(beside)
}

/// Returns a line without a heading's marks.
fn unmarked(line: &str) -> &str {
    line.trim_start_matches('#').trim()
}

/// Returns the lines of the full text that the article lacks, ignoring white space.
fn other_text(article: &str, full_text: &str) -> String {
    let mut other = String::new();
    if full_text.trim().is_empty() {
        return other;
    }
    let known: HashSet<Cow<'_, str>> = article.lines().map(spaced).collect();
    for line in full_text.lines().map(spaced) {
        if !line.is_empty() && !known.contains(&line) {
            if !other.is_empty() {
                other.push('\n');
            }
            other.push_str(&line);
        }
    }
    other
}

/// Returns a line with single spaces between its words; most lines have them already.
fn spaced(line: &str) -> Cow<'_, str> {
    let mut space = true;
    let as_it_is = line.bytes().all(|byte| {
        let before = std::mem::replace(&mut space, byte == b' ');
        // All other white space begins with one of these bytes.
        let other = matches!(byte, b'\t'..=b'\r' | 0xC2 | 0xE1..=0xE3);
        !(other || before && space)
    });
    if as_it_is && (!space || line.is_empty()) {
        return Cow::Borrowed(line);
    }
    Cow::Owned(line.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn headings_are_taken_once() {
        assert_eq!(beside_headings("# One two\n\ntext\nOne two\nOne\n", "One two\n"), "\ntext\nOne\n");
        assert_eq!(beside_headings("text\n\nmore", ""), "text\n\nmore");
    }

    #[test]
    fn lines_that_the_article_has_are_not_kept_twice() {
        assert_eq!(other_text("One\nTwo  words", "Menu\n one \nOne\n\nTwo words\nEnd"), "Menu\none\nEnd");
        assert_eq!(other_text("", "One\nTwo"), "One\nTwo");
        assert_eq!(other_text("One", ""), "");
    }

    proptest! {
        #[test]
        fn lines_are_spaced_as_their_words_joined(line in "[ab é\t\u{a0}\u{2003}\u{3000}\u{b}\u{1c}かñ]{0,12}") {
            let words: Vec<&str> = line.split_whitespace().collect();
            prop_assert_eq!(spaced(&line), words.join(" "));
        }
    }

    fn entry() -> Entry {
        Entry { hash_url: "aa".into(), site: "blog.example.org".into(), versions: 1, ..Entry::default() }
    }

    #[test]
    fn a_page_has_a_label_for_all_that_filters_ask_for() {
        let labels = |entry: Entry| -> Vec<String> { labels(&entry).split(' ').map(str::to_owned).collect() };
        let site = |host: &str| format!("{}{}", crate::query::expression::SITE, host.replace('.', "\u{E005}"));
        let [every, hosts @ ..] = &labels(entry())[..] else { panic!("no label") };
        assert_eq!(every, &EVERY.to_string());
        assert_eq!(hosts, [site("blog.example.org"), site("example.org"), site("org")]);
        assert_eq!(labels(Entry::default()), [EVERY.to_string()]);
        let rich = labels(Entry {
            lang: "de".into(),
            kind: "video".into(),
            has: crate::record::Has { image: true, code: true, table: false },
            versions: 2,
            ..Entry::default()
        });
        let expected = ["\u{E000}", "\u{E001}de", "\u{E002}video", "\u{E003}image", "\u{E003}code", "\u{E003}versions"];
        assert_eq!(rich, expected);
        let deep = labels(Entry { site: "a.b.c.d.e.f.g.h.i.j.k.l".into(), ..Entry::default() });
        assert_eq!(deep.len(), 1 + SITES, "only so many domains");
    }

    #[test]
    fn tags_are_lines_whatever_is_in_them() {
        let tags = |tags: &[&str]| lines_of_tags(&tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>());
        assert_eq!(tags(&["link rot", "web"]), "link rot\nweb");
        assert_eq!(tags(&[" two\nlines\t"]), "two lines");
        assert_eq!(tags(&[]), "");
    }

    #[test]
    fn a_prepared_page_keeps_each_of_its_texts_once() {
        let prepared = Prepared::from(Entry {
            title: "Moss".into(),
            headings: "Roots".into(),
            article: "# Roots\nmoss grows\n".into(),
            full_text: "Menu\nmoss  grows\nRoots".into(),
            tags: vec!["garden".into()],
            author: "Adelheid".into(),
            ..entry()
        });
        assert_eq!(prepared.entry.article, "moss grows\n");
        assert_eq!(prepared.entry.full_text, "");
        assert_eq!(prepared.other_text, "Menu\nRoots");
        assert_eq!(crate::text::compression::unpack(&prepared.packed), prepared.other_text);
        let words: Vec<&str> = prepared.words.iter().map(|(word, _)| word).collect();
        assert_eq!(words, ["moss", "garden", "adelheid", "roots", "grows", "menu"]);
        assert!(Prepared::from(entry()).packed.is_empty());
    }
}
