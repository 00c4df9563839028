//! Measures the cost of hostile pages by counting instead of timing. Steps through the tree and
//! bytes written grow with the page, and the Markdown stays in proportion to it. The pages are the
//! benchmark's.

use super::*;
use crate::{Options, Tree};
use cachette_dom::steps::taken;

#[path = "../../../../tests/peers/src/row.rs"]
pub(crate) mod row;

/// Divides the benchmark's sizes: because work is counted, small pages suffice.
const SMALLER: usize = 8;
/// The Markdown is at most this many times as long as its page,
const TIMES: usize = 4;
/// plus this many bytes, which markup may always take.
const CONSTANT: usize = 1 << 18;

/// Returns the steps that a page takes, with its Markdown.
fn cost(html: &str, page: bool) -> (usize, String) {
    let before = taken();
    let mut tree = Tree::parse(html);
    let long = format!("https://example.org/{}/", "a".repeat(4000));
    let fragment = if page { tree.page_markdown(Some(&long)) } else { tree.markdown() };
    (usize::try_from(taken() - before).unwrap() + fragment.markdown.len(), fragment.markdown)
}

#[test]
fn work_grows_with_the_page_and_the_markdown_stays_in_proportion() {
    for row in row::ROWS {
        let size = row.size / SMALLER;
        let (small, large) = ((row.page)(size), (row.page)(2 * size));
        for page in [false, true] {
            let (once, _) = cost(&small, page);
            let (twice, markdown) = cost(&large, page);
            let constant = if page { 4 * CONSTANT } else { CONSTANT };
            assert!(10 * twice <= 22 * once + 10 * constant, "{}: {once} steps and bytes, then {twice}", row.name);
            assert!(
                markdown.len() <= TIMES * large.len() + constant,
                "{}: {} bytes of Markdown from {}",
                row.name,
                markdown.len(),
                large.len()
            );
            assert_eq!(
                markdown.matches(row::MARK).count(),
                large.matches(row::MARK).count(),
                "{}: no word is lost, none said twice",
                row.name
            );
        }
    }
}

#[test]
fn a_thousand_and_ten_thousand_nested_items_keep_their_text() {
    for depth in [1_000, 10_000] {
        let items: String = (0..depth).map(|at| format!("<ul><li>item {at}.")).collect();
        let markdown = crate::convert_fragment(&items).markdown;
        let full = crate::convert(&items, &Options { full: true, ..Options::default() }).markdown;
        for at in 0..depth {
            let item = format!("item {at}.");
            assert!(markdown.contains(&item) && full.contains(&item), "{item}");
        }
    }
}

#[test]
fn what_is_left_out_is_reported() {
    let href = format!("/{}", "a".repeat(1_000));
    let html = format!("<a href={href}>{}", "<p>word".repeat(10_000));
    let fragment = crate::convert_fragment(&html);
    assert!(fragment.warnings.contains(&Warning::MarksCapped), "{:?}", fragment.warnings);
    assert_eq!(fragment.markdown.matches("word").count(), 10_000);
}

#[test]
fn a_page_of_marks_alone_falls_back_within_its_bound() {
    for listing in ["`\n", "<\n", "&lt;\n", "\\\n", "*\n", "<b`\n", "\n", "`<i\n"] {
        for (open, close) in [("<ul><li>", ""), ("<blockquote>", ""), ("<details><summary>a</summary>", "</details>")] {
            let text = listing.replace('&', "&amp;").replace('<', "&lt;").repeat(8_000);
            let html = format!("{}<pre>{text}&lt;x></pre>{}", open.repeat(90), close.repeat(90));
            for markdown in
                [crate::convert_fragment(&html).markdown, crate::convert(&html, &Options::default()).markdown]
            {
                assert!(markdown.len() <= longest(html.len()), "{listing:?} {open}: {}", markdown.len());
            }
        }
    }
}
