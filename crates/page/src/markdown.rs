//! Converts a tree to Markdown. The dialect is CommonMark with GFM's tables, task lists,
//! strikethrough and footnotes, and `$` around formulas.
//!
//! The tree is read into a typed document (`read`), everything that depends on the whole is settled
//! (`settle`), and the document is written in one pass (`write`). Nothing recurses, and nothing
//! reads the Markdown again.

#[cfg(test)]
pub(crate) mod growth;
mod limits;
mod read;

use dom_query::NodeRef;

use crate::links::Links;
use cachette_dom::Warning;
use cachette_dom::text::{single_line, visible_text};
use cachette_dom::{Step, Walk, name_of};

pub(crate) use limits::longest;

const MAX_HEADING: usize = 500;

/// How much the conversion changes besides the form.
#[derive(Clone, Copy)]
pub(crate) enum Mode<'a> {
    /// For a page: links are resolved; empty links and headings' own anchors are dropped.
    Page(&'a Links),
    /// For a piece of HTML: only hidden and dangerous parts are dropped.
    Fragment,
}

/// A converted tree.
pub(crate) struct Written {
    /// The Markdown, ending with a line end unless it is empty.
    pub(crate) markdown: String,
    /// The limits that took effect.
    pub(crate) warnings: Vec<Warning>,
}

/// Writes the content of `root` as Markdown. `size` is the page's length in bytes, which limits how
/// much the conversion may add.
pub(crate) fn write(root: NodeRef<'_>, mode: Mode<'_>, size: usize) -> Written {
    let (mut document, mut capped, overhead_budget) = read::read(root, mode, size);
    capped.nesting |= cachette_markdown::settle(&mut document, overhead_budget);
    let mut markdown = cachette_markdown::write(&document);
    markdown.truncate(markdown.trim_end_matches([' ', '\n']).len());
    if !markdown.is_empty() {
        markdown.push('\n');
    }
    let warnings = [
        (capped.nesting, Warning::NestingCapped),
        (capped.spans, Warning::SpansCapped),
        (capped.marks, Warning::MarksCapped),
        (capped.formulas, Warning::FormulaCapped),
    ];
    Written { markdown, warnings: warnings.into_iter().filter_map(|(is, warning)| is.then_some(warning)).collect() }
}

/// Changes the tree to protect constructs that extraction would destroy. Their Markdown stays the
/// same.
pub(crate) fn preserve(document: &dom_query::Document, size: usize) {
    read::preserve(document, size);
}

/// Gives boxes below a node the elements that their roles say they are; [`preserve`] includes this.
/// Headings are among them only `with_headings`.
pub(crate) fn name_roles(root: NodeRef<'_>, with_headings: bool) {
    read::name_roles(root, with_headings);
}

/// Returns the headings below `root`, in order, each a single line.
pub(crate) fn headings(root: NodeRef<'_>) -> Vec<String> {
    let mut headings = Vec::new();
    let mut walk = Walk::new(root);
    while let Some(step) = walk.next() {
        if let Step::Enter(node) = step
            && matches!(&*name_of(&node), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
        {
            walk.skip_children();
            headings.push(single_line(&visible_text(node), MAX_HEADING));
        }
    }
    headings.retain(|heading| !heading.is_empty());
    headings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings_of(html: &str) -> Vec<String> {
        headings(cachette_dom::parse(html).document.root())
    }

    #[test]
    fn headings_are_single_lines_in_their_order() {
        assert_eq!(
            headings_of("<h2>b<br>c</h2><section><h1> a <em>d</em>\n e</h1></section><h6>f</h6><h7>g</h7>"),
            ["b c", "a d e", "f"]
        );
        assert_eq!(headings_of("<h2><h3>one</h3>two</h2>"), ["one"], "a heading ends the one before it");
        assert_eq!(headings_of("<table><tr><td><h2>日本 &amp; 語</h2></table>"), ["日本 & 語"]);
    }

    #[test]
    fn a_heading_without_words_is_no_heading() {
        assert_eq!(headings_of("<h2></h2><h2> \n </h2><h2><img src=a alt=b></h2><h2 hidden>c</h2>"), [""; 0]);
        assert_eq!(headings_of("<h2>a<script>b</script><span hidden>c</span></h2>"), ["a"]);
    }

    #[test]
    fn a_heading_of_any_length_is_cut_between_characters() {
        let [heading] = &headings_of(&format!("<h2>{}</h2>", "語".repeat(5_000)))[..] else { panic!("one heading") };
        assert!(heading.starts_with('語') && heading.chars().count() <= MAX_HEADING + 1, "{}", heading.len());
    }

    #[test]
    fn markdown_ends_with_one_line_end_or_is_empty() {
        for (html, markdown) in
            [("", ""), (" <p> </p> ", ""), ("a\n\n", "a\n"), ("<pre>a\n\n</pre>", "```\na\n\n```\n")]
        {
            let parsed = cachette_dom::parse_fragment(html);
            let written = write(parsed.document.root(), Mode::Fragment, html.len());
            assert_eq!(written.markdown, markdown, "{html:?}");
            assert!(written.warnings.is_empty());
        }
    }

    #[test]
    fn each_limit_gives_its_own_warning_and_only_once() {
        let long = format!("<a href='/{}'>", "x".repeat(40_000));
        for (html, warning) in [
            ("<blockquote>".repeat(300) + "a", Warning::NestingCapped),
            ("<table><tr><th>a<th colspan=2000>b<tr><td>c<td>d</table>".repeat(2), Warning::SpansCapped),
            (format!("{long}a</a> {long}b</a> {long}c</a>"), Warning::MarksCapped),
            (format!("<script type=math/tex>{}</script>", "x".repeat(30_000)), Warning::FormulaCapped),
        ] {
            let parsed = cachette_dom::parse_fragment(&html);
            let size = if warning == Warning::MarksCapped { 0 } else { html.len() };
            let written = write(parsed.document.root(), Mode::Fragment, size);
            assert_eq!(written.warnings, [warning], "{html:.60}");
        }
    }
}
