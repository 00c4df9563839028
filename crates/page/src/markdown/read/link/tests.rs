//! Tests which links a page keeps: their targets, their titles, and the anchors that are not links.
//! `danger` and `links` test the addresses themselves.

use super::super::tests::{check, check_page};

#[test]
fn a_headings_own_anchor_is_no_link() {
    check_page(&[
        ("<h2 id=a>Roots<a class=headerlink href=#a>¶</a></h2>", "## Roots"),
        ("<h2>Roots <a href=#roots>#</a></h2>", "## Roots"),
        ("<h3>Roots <a href='/a/#roots'>Permalink</a></h3>", "### Roots"),
        ("<h2>Roots <a href=#roots><svg><path d=M0/></svg></a></h2>", "## Roots"),
        ("<h2>Roots <a href=#roots><span>🔗</span></a></h2>", "## Roots"),
        ("<h2>Roots <a href=#roots>→</a></h2>", "## Roots"),
        ("<h2><span><a href=#roots>#</a></span> Roots</h2>", "## Roots"),
        ("<div><h2>Roots</h2><a href=#roots>link</a></div><p>Deep.", "## Roots\n\nDeep."),
        ("<div><a href=#roots>§</a><h2>Roots</h2></div>", "## Roots"),
        ("<dl><dt>grow()<a class=headerlink href=#grow>¶</a><dd>Grows.</dl>", "- **grow()**\n  - Grows."),
    ]);
}

#[test]
fn a_link_with_words_of_its_own_is_no_anchor() {
    check_page(&[
        ("<h2>Roots <a class=anchor href=#a>see below</a></h2>", "## Roots [see below](https://example.org/a/#a)"),
        ("<h2>Roots <a href=/b>#</a></h2>", "## Roots [#](https://example.org/b)"),
        ("<p><a href=#n>#</a> of trees", "[#](https://example.org/a/#n) of trees"),
        (
            "<h2>Roots <a href=#plan><img src=/plan.png alt=Plan></a></h2>",
            "## Roots [![Plan](https://example.org/plan.png)](https://example.org/a/#plan)",
        ),
        ("<h2>Roots <a href=#r>根</a></h2>", "## Roots [根](https://example.org/a/#r)"),
    ]);
}

#[test]
fn a_sign_that_leads_to_its_own_block_is_no_link() {
    check_page(&[
        ("<p id=s-1>A toll.<a href=#s-1 class=pilcrow>¶</a></p>", "A toll."),
        ("<ul><li id=s-1><p id=s-2>A toll.<a href=#s-2>¶</a> </p></ul>", "- A toll."),
        ("<div id=s-1><p>A toll.<a href=#s-1>§</a></p></div>", "A toll."),
        // Signs that lead elsewhere, or are within the text.
        ("<p id=s-1>See <a href=#s-2>¶</a>", "See [¶](https://example.org/a/#s-2)"),
        ("<p id=s-1>The sign <a href=#s-1>¶</a> is old.", "The sign [¶](https://example.org/a/#s-1) is old."),
        ("<p id=s-1>A toll, <a href=#s-1>here</a>", "A toll, [here](https://example.org/a/#s-1)"),
        ("<p id=s-1>A toll.<a href=/b#s-1>¶</a>", "A toll.[¶](https://example.org/b#s-1)"),
        // Words, whichever they are.
        (
            "<p id=q3>Share this question: <a href=#q3>link</a></p>",
            "Share this question: [link](https://example.org/a/#q3)",
        ),
    ]);
}

#[test]
fn a_heading_that_links_to_itself_is_only_a_heading() {
    check_page(&[
        ("<h2 id=roots><a href=#roots>Roots</a></h2>", "## Roots"),
        ("<h2><a id=roots href=#roots>Roots</a></h2>", "## Roots"),
        ("<section id=roots><h2><a href=#roots>Roots</a></h2></section>", "## Roots"),
        ("<section aria-labelledby=roots><h2><a href=#roots>Roots</a></h2></section>", "## Roots"),
        ("<h2><a href=#leaves>Roots</a></h2>", "## [Roots](https://example.org/a/#leaves)"),
        ("<h2><a href=#>Roots</a></h2>", "## [Roots](https://example.org/a/#)"),
        ("<p id=roots><a href=#roots>Roots</a>", "[Roots](https://example.org/a/#roots)"),
    ]);
}

#[test]
fn a_fragment_keeps_every_anchor() {
    check(&[
        ("<h2 id=a>Roots<a class=headerlink href=#a>¶</a></h2>", "## Roots[¶](#a)"),
        ("<h2 id=a><a href=#a>Roots</a></h2>", "## [Roots](#a)"),
        ("<p>a<a href=/b></a>c", "a[](/b)c"),
    ]);
}

#[test]
fn a_page_drops_links_around_nothing() {
    check_page(&[
        ("<p>a<a href=/b></a>c", "ac"),
        ("<p>a<a href=/b> </a>c", "a c"),
        ("<p>a <a href=/b><svg><path d=M0/></svg></a> c", "a c"),
        ("<p>a <a href=/b><img src=c.png alt=></a>", "a [![](https://example.org/a/c.png)](https://example.org/b)"),
    ]);
}

#[test]
fn a_link_in_a_link_keeps_only_its_text() {
    // Cells open a new scope, so a parser leaves the inner link where it is.
    let html = "<a href=/x>one<table><tr><td><a href=/y>two</a></table>three</a>";
    check_page(&[(
        html,
        "[one](https://example.org/x)\n\n[two](https://example.org/x)\n\n[three](https://example.org/x)",
    )]);
    check(&[(html, "[one](/x)\n\n[two](/x)\n\n[three](/x)")]);
}

#[test]
fn a_target_that_could_end_the_link_is_written_safely() {
    check(&[
        ("<a href='/a b'>x</a>", "[x](/a%20b)"),
        ("<a href='/a(b'>x</a>", "[x](/a%28b)"),
        ("<a href='/a)b'>x</a>", "[x](/a%29b)"),
        ("<a href='/a<b>'>x</a>", "[x](/a%3Cb%3E)"),
        ("<a href=/a title='say \"b\"'>x</a>", "[x](/a \"say &quot;b&quot;\")"),
        ("<a href=/a>x]y</a>", "[x\\]y](/a)"),
        ("<a href=/a>x\n\ny</a>", "[x y](/a)"),
    ]);
}

#[test]
fn a_title_is_one_line_of_bounded_length() {
    check_page(&[
        ("<a href=/b title='one\n\n  two'>x</a>", "[x](https://example.org/b \"one two\")"),
        ("<a href=/b title='  '>x</a>", "[x](https://example.org/b)"),
        ("<a href=/b title=''>x</a>", "[x](https://example.org/b)"),
    ]);
    let long = format!("<a href=/b title='{}'>x</a>", "word ".repeat(1_000));
    let page = crate::Tree::parse(&long).page_markdown(Some("https://example.org/"));
    let words = page.markdown.matches("word").count();
    assert!((150..=200).contains(&words), "the title is cut, not dropped: {words} words");
}

#[test]
fn a_dangerous_link_leaves_its_text_and_its_pictures() {
    let html = "<p><a href='java&#9;script:run()'>one <b>two</b> <img src=/c.png alt=three></a>";
    check(&[(html, "one **two** ![three](/c.png)")]);
    check_page(&[
        (html, "one **two** ![three](https://example.org/c.png)"),
        ("<p><a href=file:///etc/hosts>hosts</a>", "hosts"),
        ("<p><a href='data:text/html,x'>data</a>", "data"),
        ("<p><a href='http://[broken'>broken</a>", "broken"),
    ]);
}
