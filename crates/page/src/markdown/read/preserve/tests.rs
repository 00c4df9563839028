//! Tests the forms that extraction keeps. They become the same Markdown as the page's own.

use super::*;
use crate::Tree;

/// Returns a body after the change.
fn changed(html: &str) -> String {
    let parsed = cachette_dom::parse(html);
    preserve(&parsed.document, html.len());
    parsed.document.select_single("body").inner_html().to_string()
}

fn check(cases: &[(&str, &str)]) {
    let mut wrong = String::new();
    for (html, expected) in cases {
        let found = changed(html);
        if found != *expected {
            wrong += &format!("{html}\n  is {found:?}\n not {expected:?}\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn ticked_boxes_become_an_attribute_of_their_item() {
    check(&[
        (
            "<ul><li><input type=checkbox checked>a</li></ul>",
            "<ul><li data-checked=\"true\"><input type=\"checkbox\" checked=\"\">a</li></ul>",
        ),
        (
            "<ul><li><label><input type=Checkbox>a</label></li></ul>",
            "<ul><li data-checked=\"false\"><label><input type=\"Checkbox\">a</label></li></ul>",
        ),
        ("<ul><li>a<input type=checkbox></li></ul>", "<ul><li>a<input type=\"checkbox\"></li></ul>"),
        ("<ul><li><input type=text></li></ul>", "<ul><li><input type=\"text\"></li></ul>"),
        (
            "<ul><li><ul><li><input type=checkbox></li></ul></li></ul>",
            "<ul><li><ul><li data-checked=\"false\"><input type=\"checkbox\"></li></ul></li></ul>",
        ),
    ]);
}

#[test]
fn alignment_and_languages_get_attributes_that_stay() {
    check(&[
        ("<pre class=language-c>x</pre>", "<pre class=\"language-c\" data-lang=\"c\">x</pre>"),
        ("<pre class=language-c data-lang=go>x</pre>", "<pre class=\"language-c\" data-lang=\"go\">x</pre>"),
        ("<pre>x</pre>", "<pre>x</pre>"),
        (
            "<table><tbody><tr><td style=\"text-align:right\">1</td><td>2</td></tr></tbody></table>",
            "<table><tbody><tr><td style=\"text-align:right\" data-align=\"right\">1</td><td>2</td></tr></tbody>\
             </table>",
        ),
    ]);
}

#[test]
fn formulas_become_their_tex() {
    check(&[
        ("<p><script type=math/tex>x^2</script></p>", "<p><span class=\"math-tex\">\\(x^2\\)</span></p>"),
        ("<div class=math-display>x &lt; y</div>", "<span class=\"math-tex\">\\[x \\lt y\\]</span>"),
        ("<span class=MathJax_Preview>x</span>", ""),
        ("<p><span class=\"math\">five</span></p>", "<p><span class=\"math\">five</span></p>"),
    ]);
}

#[test]
fn embedded_pages_become_links_in_paragraphs_of_their_own() {
    check(&[
        (
            "<iframe src=https://film.example/embed/1 title='A film'></iframe>",
            "<p><a href=\"https://film.example/embed/1\">A film</a></p>",
        ),
        (
            "<p>a</p><div class=player><div><iframe src=//film.example/1></iframe></div></div><p>b</p>",
            "<p>a</p><p><a href=\"//film.example/1\">film.example</a></p><p>b</p>",
        ),
        (
            "<div class=player>Watch: <iframe src=//film.example/1></iframe></div>",
            "<div class=\"player\">Watch: <p><a href=\"//film.example/1\">film.example</a></p></div>",
        ),
        ("<iframe src=\"https://ads.example/1\"></iframe>", "<iframe src=\"https://ads.example/1\"></iframe>"),
    ]);
}

#[test]
fn callouts_become_quotations_that_keep_their_class() {
    check(&[
        (
            "<div class=\"admonition note\"><p class=admonition-title>Mind</p><p>a</p></div>",
            "<blockquote class=\"admonition note\"><summary class=\"admonition-title\">Mind</summary><p>a</p>\
             </blockquote>",
        ),
        (
            "<div class=callout data-callout=tip><div class=callout-content style=\"display:none\">a</div></div>",
            "<blockquote class=\"callout\" data-callout=\"tip\"><div class=\"callout-content\">a</div></blockquote>",
        ),
        ("<div class=\"note\"><p>a</p></div>", "<div class=\"note\"><p>a</p></div>"),
    ]);
}

#[test]
fn headings_lose_what_extraction_takes_for_the_top_of_a_page() {
    check(&[
        ("<h2 class=section-header>a</h2>", "<h2>a</h2>"),
        ("<h3 class=anchored>a</h3>", "<h3>a</h3>"),
        ("<h2 class=\"big\">a</h2>", "<h2 class=\"big\">a</h2>"),
        ("<h1 class=\"header\">a</h1>", "<h1 class=\"header\">a</h1>"),
        ("<div class=mw-heading><h2>a</h2><span class=mw-editsection>edit</span></div>", "<h2>a</h2>"),
        ("<div class=markdown-heading><h2>a</h2><a href=\"#a\">#</a></div>", "<h2>a</h2><a href=\"#a\">#</a>"),
        ("<div class=\"heading\"><h2>a</h2><p>b</p></div>", "<div class=\"heading\"><h2>a</h2><p>b</p></div>"),
        ("<blockquote><p>a</p><footer>b</footer></blockquote>", "<blockquote><p>a</p><div>b</div></blockquote>"),
        ("<footer>b</footer>", "<footer>b</footer>"),
    ]);
}

#[test]
fn notes_become_definitions() {
    check(&[
        (
            "<aside class=footnote-list><aside class=footnote id=n>a</aside></aside>",
            "<dl class=\"footnote-list\"><dd class=\"footnote\" id=\"n\">a</dd></dl>",
        ),
        ("<aside role=doc-footnote>a</aside>", "<dd role=\"doc-footnote\">a</dd>"),
        ("<aside>a</aside>", "<aside>a</aside>"),
    ]);
}

#[test]
fn hidden_elements_stay_as_they_are() {
    for html in [
        "<pre hidden=\"\" class=\"language-c\">x</pre>",
        "<div class=\"admonition note\" style=\"display:none\"><p>a</p></div>",
        "<h2 hidden=\"\" class=\"header\">a</h2>",
    ] {
        check(&[(html, html)]);
    }
}

/// Returns the Markdown of a body, with or without the change before it.
fn markdown(html: &str, is_changed: bool) -> String {
    let html = if is_changed { format!("<body>{}", changed(html)) } else { html.to_owned() };
    Tree::parse(&html).page_markdown(Some("https://example.org/")).markdown
}

#[test]
fn the_markdown_stays_the_same() {
    for html in [
        "<ul><li><input type=checkbox checked>a</li><li><p><input type=checkbox>b</p></li></ul>",
        "<table><tr><th align=right>a</th><th style='text-align:center'>b</th></tr><tr><td>1</td><td>2</td></tr>\
         </table>",
        "<div class=highlight-source-rust><pre>let x;</pre></div>",
        "<p>a <span class='math inline'>\\(x_1 &lt; 2\\)</span> b</p>",
        "<div class='admonition warning'><p class=admonition-title>Mind <b>this</b></p><p>a</p></div>",
        "<div class='admonition note'><p class=admonition-title>Note</p><ul><li>a</li></ul></div>",
        "<h2 class=header>a</h2><p>b</p>",
        "<div class=markdown-heading><h2>a</h2><a class=anchor href=#a>#</a></div>",
        "<blockquote><p>a</p><footer>b</footer></blockquote>",
        "<p>a<a href=#n>1</a></p><aside class=footnote-list><aside class=footnote id=n>b</aside></aside>",
    ] {
        assert_eq!(markdown(html, true), markdown(html, false), "{html}");
    }
}

#[test]
fn a_second_change_changes_nothing() {
    for html in [
        "<ul><li><input type=checkbox>a</li></ul>",
        "<div class='admonition note'><p class=admonition-title>Mind</p><p>a</p></div>",
        "<p><script type=math/tex>x</script></p>",
        "<iframe src=https://film.example/embed/1></iframe>",
        "<div class=mw-heading><h2 class=header>a</h2></div>",
        "<aside class=footnote-list><aside class=footnote>a</aside></aside>",
    ] {
        let once = changed(html);
        assert_eq!(changed(&once), once, "{html}");
    }
}
