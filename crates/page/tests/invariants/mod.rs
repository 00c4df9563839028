//! Checks the invariants of every conversion. The property tests and the fuzz target provide the
//! pages.

#![allow(dead_code, reason = "each of the tests that share this uses a part of it")]

pub mod judge;

use cachette_page::{Options, convert, convert_fragment};

/// The address of every page.
pub const BASE: &str = "https://example.org/a/b";

/// The greatest length of a page's Markdown: this many times the page, plus this many bytes.
const TIMES: usize = 4;
const CONSTANT: usize = 1 << 19;

/// Renders Markdown as GitHub does.
pub fn render(markdown: &str) -> String {
    with_comrak(markdown, true)
}

fn with_comrak(markdown: &str, extended: bool) -> String {
    let mut options = comrak::Options::default();
    options.render.r#unsafe = true;
    options.extension.table = extended;
    options.extension.strikethrough = extended;
    options.extension.tasklist = extended;
    options.extension.autolink = extended;
    options.extension.footnotes = extended;
    options.extension.math_dollars = extended;
    options.extension.alerts = extended;
    options.extension.description_lists = extended;
    comrak::markdown_to_html(markdown, &options)
}

fn with_pulldown(markdown: &str, options: pulldown_cmark::Options) -> String {
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(markdown, options));
    html
}

/// Renders Markdown with several renderers, raw HTML allowed, with their extensions and without.
fn shown(markdown: &str) -> [(&'static str, String); 4] {
    let all = pulldown_cmark::Options::all()
        - pulldown_cmark::Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        - pulldown_cmark::Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    [
        ("comrak", with_comrak(markdown, true)),
        ("comrak without extensions", with_comrak(markdown, false)),
        ("pulldown-cmark", with_pulldown(markdown, all)),
        ("pulldown-cmark without extensions", with_pulldown(markdown, pulldown_cmark::Options::empty())),
    ]
}

/// Returns the visible text of HTML. White space and the invisible characters that conversion drops
/// are left out.
pub fn words(html: &str) -> String {
    let page = convert(html, &Options { full: true, ..Options::default() });
    page.full_text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{2060}' | '\u{202D}' | '\u{202E}'))
        .collect()
}

/// Checks that any page gives a result in proportion, in which nothing leads to something that
/// runs.
///
/// # Errors
/// The invariant that fails.
pub fn harmless(html: &str) -> Result<(), String> {
    let options = Options { url: Some(BASE), full: true, ..Options::default() };
    for markdown in [convert_fragment(html).markdown, convert(html, &options).markdown] {
        if markdown.len() > TIMES * html.len() + CONSTANT {
            return Err(format!("{} bytes of Markdown from {}", markdown.len(), html.len()));
        }
        for (renderer, shown) in shown(&markdown) {
            judge::nothing_runs(&shown).map_err(|why| format!("{renderer}: {why}\n{markdown}\n{shown}"))?;
        }
    }
    Ok(())
}

/// Returns both forms of a page's Markdown, each with its allowed targets. One is a page of
/// [`BASE`], the other a fragment.
pub fn both(html: &str) -> [(String, judge::Page); 2] {
    let options = Options { url: Some(BASE), full: true, ..Options::default() };
    [
        (convert_fragment(html).markdown, judge::Page::of(html, None)),
        (convert(html, &options).markdown, judge::Page::of(html, Some(BASE))),
    ]
}

/// Checks pages whose apparent markup is all text. The rendered Markdown contains nothing that
/// runs, and no link that the page lacks.
///
/// # Errors
/// The invariant that fails.
pub fn stays_text(html: &str) -> Result<(), String> {
    for (markdown, page) in both(html) {
        for (renderer, shown) in shown(&markdown) {
            judge::nothing_runs(&shown)
                .and_then(|()| judge::leads_nowhere_else(&page, &shown))
                .map_err(|why| format!("{renderer}: {why}\n{markdown}\n{shown}"))?;
        }
    }
    Ok(())
}

/// Checks pages of text, marks, lists, tables and code. The rendered Markdown has the words of the
/// page.
///
/// # Errors
/// The Markdown and its rendering.
pub fn says_the_same(html: &str) -> Result<(), String> {
    let markdown = convert_fragment(html).markdown;
    let shown = render(&markdown);
    let (said, meant) = (words(&shown), words(html));
    if said == meant { Ok(()) } else { Err(format!("{said:?}\n{meant:?}\n{markdown}\n{shown}")) }
}

/// Checks the same pages: the rendered Markdown becomes the same Markdown.
///
/// # Errors
/// Both, and the rendering between them.
pub fn is_a_fixed_point(html: &str) -> Result<(), String> {
    let markdown = convert_fragment(html).markdown;
    let shown = render(&markdown);
    let again = convert_fragment(&shown).markdown;
    if again == markdown { Ok(()) } else { Err(format!("{markdown}\n{shown}\n{again}")) }
}
