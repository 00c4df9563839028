//! Tests which parts of a documentation tool are dropped, and which similar lines stay.

use super::*;
use crate::content::tests::{left, prose};

/// Returns the text that is left beside a long text, which is written as `P`.
fn rest(html: &str) -> String {
    let page = format!("<main>{}{html}</main>", prose(8));
    let text = left(&page, |outline, plan| choose(outline, plan));
    let story = cachette_dom::parse(&prose(8)).document.select("p").text().trim().to_owned();
    text.replace(&story, "P")
}

#[test]
fn the_tool_around_the_text_goes() {
    for html in [
        "<nav class=toc><ul><li>Install</ul></nav>",
        "<div class=related><p>Install</p></div>",
        "<div class=tags>moss</div>",
        "<div class=page-meta>Version 3</div>",
        "<a href=/edit>Edit this page</a>",
        "<p>Was this page helpful?</p>",
        "<p>Last updated on 4 May 2026</p>",
        "<p>Diese Seite bearbeiten</p>",
        "<p>编辑此页</p>",
        "<p><a href=/next>Next: Install</a></p>",
        "<div>On this page</div>",
    ] {
        assert_eq!(rest(html), "P", "{html}");
    }
}

#[test]
fn the_text_of_a_manual_stays_even_if_it_begins_like_the_tool() {
    for (html, expected) in [
        ("<h2>Next steps</h2>", "Next steps"),
        ("<pre>source: moss</pre>", "source: moss"),
        ("<pre><code>next</code></pre>", "next"),
        ("<table><tr><td>Previous<td>before</table>", "Previous before"),
        ("<blockquote>Contents are hot.</blockquote>", "Contents are hot."),
        ("<p>Next, the loop reads 4 bytes</p>", "Next, the loop reads 4 bytes"),
        ("<div>Feedback from the motor is read here</div>", "Feedback from the motor is read here"),
        (
            "<p>Previous walls were dry, which is the reason for which they had no moss on them, and no ferns or ivy \
             either.</p>",
            "Previous walls were dry, which is the reason for which they had no moss on them, and no ferns or ivy \
             either.",
        ),
        ("<ul><li><a href=/a>Install</a><li><a href=/b>Grow</a></ul>", "Install | Grow"),
        ("<div class=admonition><p>Warning: it is wet.</p></div>", "Warning: it is wet."),
    ] {
        assert_eq!(rest(html), format!("P | {expected}"), "{html}");
    }
}

#[test]
fn a_part_with_a_tool_s_name_stays_if_it_is_the_page() {
    let html = format!("<main><div class=contents-table>{}</div><p>x</p></main>", prose(3));
    assert!(left(&html, |outline, plan| choose(outline, plan)).contains("The moss"));
    let wordy = format!("<main>{}<div class=related>{}</div></main>", prose(30), prose(5));
    assert_eq!(left(&wordy, |outline, plan| choose(outline, plan)).matches("The moss").count(), 35, "sentences");
    assert_eq!(left("<main></main>", |outline, plan| choose(outline, plan)), "");
}

#[test]
fn what_a_manual_names_stays_though_the_tool_is_called_alike() {
    for (html, kept) in [
        ("<dl><dt>next()</dt><dd>Returns a moss.</dd></dl>", "next()"),
        ("<p class=sig>next(iterator, 2)</p>", "next(iterator, 2)"),
        ("<ul><li>Previous versions<li>Moss</ul>", "Previous versions"),
        ("<p>Feedback loops and delay</p>", "Feedback loops and delay"),
        ("<p>See the <a href=/n>next chapter</a> for more of it.</p>", "See the next chapter for more of it."),
        ("<section id=tags><h2>Tags</h2><p>A tag names a commit. It never moves.</p></section>", "A tag names"),
    ] {
        assert!(rest(html).contains(kept), "{html}: {}", rest(html));
    }
}
