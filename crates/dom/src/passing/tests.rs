//! Tests that a passing page is reported as its tree would show it.

use super::*;
use crate::text::{Lines, visible_text};
use crate::visibility::{is_block_element, is_hidden_element};
use proptest::prelude::*;

/// Records a page as it passes: names where elements begin, `/` where they end, texts in brackets.
#[derive(Default)]
struct Record(String);

impl Passage for Record {
    fn fate(&self, element: &Element) -> Fate {
        Fate { unseen: is_hidden_element(element), ..Fate::default() }
    }

    fn open(&mut self, element: &Element, _around: Fate) -> Fate {
        self.0.push_str(&format!("{} ", element.name.local));
        self.fate(element)
    }

    fn reopen(&mut self) {
        self.0.push_str("again ");
    }

    fn close(&mut self, _fate: Fate) {
        self.0.push_str("/ ");
    }

    fn text(&mut self, text: &str, fate: Fate) {
        self.0.push_str(&format!("{}[{text}] ", if fate.unseen { "unseen " } else { "" }));
    }
}

fn record(html: &str) -> String {
    pass(html, true, Record::default()).0.0.trim_end().to_owned()
}

#[test]
fn elements_begin_and_end_in_the_page_s_order() {
    assert_eq!(record("<p>a<b>c</b><p>d"), "html p [a] b [c] / / p [d] / /");
    assert_eq!(record("a<br>b<img>"), "html [a] br / [b] img / /");
    assert_eq!(record("<ul><li>a<li>b</ul>c"), "html ul li [a] / li [b] / / [c] /");
}

#[test]
fn text_is_reported_with_what_hides_it() {
    let passed = record("<p hidden>a<b>c</b></p><script>d</script>e");
    assert_eq!(passed, "html p unseen [a] b unseen [c] / / script unseen [d] / [e] /");
}

#[test]
fn what_the_parser_takes_out_of_a_hidden_table_is_shown() {
    let (passed, warnings) = pass("<table hidden><tr><td>cell</td>stray</table>end", true, Record::default());
    assert!(warnings.is_empty());
    assert!(passed.0.contains("unseen [cell]"), "{}", passed.0);
    assert!(passed.0.contains("[end]"), "{}", passed.0);
}

/// Counts the elements that begin and those that have not ended.
#[derive(Debug, Default)]
struct Balance {
    begun: u32,
    open: i64,
}

impl Passage for Balance {
    fn fate(&self, _element: &Element) -> Fate {
        Fate::default()
    }

    fn open(&mut self, element: &Element, _around: Fate) -> Fate {
        self.begun += 1;
        self.open += 1;
        self.fate(element)
    }

    fn reopen(&mut self) {
        self.open += 1;
    }

    fn close(&mut self, _fate: Fate) {
        self.open -= 1;
    }

    fn text(&mut self, _text: &str, _fate: Fate) {}
}

#[test]
fn every_element_that_begins_also_ends() {
    for html in ["<div>".repeat(10_000), "<b><p>".repeat(2_000), "<table><tr><td>".repeat(500), "</p></div></b>".into()]
    {
        let balance = pass(&html, true, Balance::default()).0;
        assert!(balance.begun > 0 && balance.open == 0, "{balance:?}: {}", html.get(..20).unwrap());
    }
}

/// Gathers the visible text of what passes.
#[derive(Default)]
struct Words {
    lines: Lines,
    open: Vec<bool>,
}

impl Passage for Words {
    fn fate(&self, element: &Element) -> Fate {
        Fate { unseen: is_hidden_element(element), ..Fate::default() }
    }

    fn open(&mut self, element: &Element, _around: Fate) -> Fate {
        let begins_line = is_block_element(element) || &*element.name.local == "br";
        self.open.push(begins_line);
        if begins_line {
            self.lines.end_line();
        } else if matches!(&*element.name.local, "td" | "th") {
            self.lines.gap();
        }
        self.fate(element)
    }

    fn reopen(&mut self) {
        self.open.push(false);
    }

    fn close(&mut self, _fate: Fate) {
        if self.open.pop() == Some(true) {
            self.lines.end_line();
        }
    }

    fn text(&mut self, text: &str, fate: Fate) {
        if !fate.unseen {
            self.lines.push(text, false);
        }
    }
}

proptest! {
    #[test]
    fn well_nested_pages_have_the_same_words_as_their_tree(
        words in proptest::collection::vec("[a-z]{1,5}", 1..12),
        kinds in proptest::collection::vec(0_usize..5, 12),
    ) {
        let html: String = words.iter().zip(kinds).map(|(word, kind)| match kind {
            0 => format!("<p>{word}</p>"),
            1 => format!("<div><b>{word}</b></div>"),
            2 => format!("<p hidden>{word}</p>"),
            3 => format!("<ul><li>{word}<li>x</ul>"),
            _ => format!("<section><script>{word}</script>{word}</section>"),
        }).collect();
        let passed = pass(&html, true, Words::default()).0.lines.finish();
        prop_assert_eq!(passed, visible_text(crate::parse_fragment(&html).document.root()));
    }
}

/// Generates markup that the parser moves about: misnested formatting, stray text in tables, hidden
/// elements that end at the wrong place.
fn moving() -> impl Strategy<Value = String> {
    let part = proptest::sample::select(vec![
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<a href=x>",
        "</a>",
        "<p>",
        "</p>",
        "<p hidden>",
        "<b hidden>",
        "<span hidden>",
        "</span>",
        "<div>",
        "</div>",
        "<div hidden>",
        "<table>",
        "<table hidden>",
        "<tr>",
        "<td>",
        "</table>",
        "<ul><li>",
        "</ul>",
        "<script>s</script>",
        "<template>",
        "</template>",
        "<select>",
        "</select>",
        "<svg>",
        "</svg>",
        "<br>",
    ]);
    proptest::collection::vec((part, any::<bool>()), 0..30).prop_map(|parts| {
        let word = |(number, (part, spoken)): (usize, (&str, bool))| {
            if spoken { format!("{part} w{number}w ") } else { part.to_owned() }
        };
        parts.into_iter().enumerate().map(word).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_word_that_the_tree_shows_passes_unseen(html in moving()) {
        let passed = pass(&html, true, Words::default()).0.lines.finish();
        for word in visible_text(crate::parse_fragment(&html).document.root()).split_whitespace() {
            prop_assert!(passed.contains(word), "{} of {}: {}", word, html, passed);
        }
    }

    #[test]
    fn what_begins_ends_whatever_the_parser_moves(html in moving()) {
        let balance = pass(&html, true, Balance::default()).0;
        prop_assert_eq!(balance.open, 0);
        prop_assert!(!pass(&html, false, Record::default()).0.0.contains("[]"), "no text is empty");
    }
}

#[test]
fn a_whole_page_passes_with_its_head_and_a_fragment_without() {
    let whole = pass("<!doctype html><title>t</title><p>a", false, Record::default()).0.0;
    assert_eq!(whole, "html head title unseen [t] / / body p [a] / / / ");
    assert_eq!(record("<p>a"), "html p [a] / /");
    assert_eq!(pass("", false, Record::default()).0.0, "html head / body / / ");
    assert_eq!(record(""), "html /");
}

#[test]
fn fates_are_joined_from_the_inside_and_the_outside() {
    let fates = [
        Fate::default(),
        Fate { unwritten: true, ..Fate::default() },
        Fate { unseen: true, ..Fate::default() },
        Fate { fallback: true, ..Fate::default() },
    ];
    for one in fates {
        assert_eq!((one.and(Fate::default()), one.and(one)), (one, one));
        assert_eq!(one.is_seen(), !one.unseen && !one.fallback);
        for two in fates {
            assert_eq!(one.and(two), two.and(one));
            assert_eq!(one.and(two).is_seen(), one.is_seen() && two.is_seen());
        }
    }
}
