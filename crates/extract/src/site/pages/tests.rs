//! Tests which pages have one text of known software, and that other pages with such parts do not.

use dom_query::Matcher;

use super::*;
use cachette_dom::parse;

/// Returns the software's name and the text of a page.
fn read(html: &str) -> Option<(&'static str, String)> {
    let document = parse(html).document;
    let before = document.html();
    let found = crate::site::extract(&document, None);
    assert_eq!(document.html(), before);
    let found = found?;
    let root = NodeRef { id: found.root, tree: &found.document.tree };
    Some((found.kind, root.inner_html().to_string()))
}

#[test]
fn every_shape_is_complete() {
    for shape in ALL {
        for selector in [shape.text, shape.author, shape.date, shape.drop] {
            assert!(selector.is_empty() || Matcher::new(selector).is_ok(), "{}: {selector}", shape.name);
        }
        assert!(!shape.name.is_empty() && !shape.text.is_empty(), "{}", shape.name);
        let any = shape.signature.any;
        assert!(!any.is_empty() && any.iter().all(|names| names.len() > 1), "{}", shape.name);
    }
}

#[test]
fn a_file_is_its_lines() {
    let page = "<h1 id=file-name-id-wide>tide.rs</h1><p class=react-line-number>1</p><div \
                class=react-code-lines><div id=LC1>fn <b>a</b>() {</div><div id=LC2>\n</div><div id=LC3>}</div></div>";
    let expected = "<pre><code class=\"language-rs\">fn a() {\n\n}</code></pre>";
    assert_eq!(read(page).unwrap(), ("github", expected.to_owned()));
}

#[test]
fn lines_of_a_file_that_an_issue_quotes_are_no_file() {
    let page = "<div class=timeline-comment><a class=author>ada</a><div class=comment-body><p>See <a id=raw-url \
                href=x>this</a>:</p><div class=blob-wrapper><table class=js-file-line-container><tr><td id=LC1>x</td>\
                </tr></table></div></div></div>";
    let (kind, text) = read(page).unwrap();
    assert_eq!(kind, "github");
    assert!(text.contains("See"), "{text}");
}

#[test]
fn an_article_that_shows_parts_of_a_paper_is_no_paper() {
    for html in [
        "<article><p>LaTeXML writes <span class=ltx_text>so</span>.</p><div class=ltx_para>One.</div></article>",
        "<article><div class=ltx_document><p>Without the page around it.</p></div></article>",
        "<main><div class=ltx_page_content><p>Without a document.</p></div></main>",
        "<h1 class=heading-title>News</h1><p>The box #article-details is explained here.</p>",
        "<div class=blob-viewer><pre class=code>x</pre></div>",
        "<body class=h-entry><div class=head><h1 class=p-name>News</h1></div><p>Text.</p>",
        "<div class=react-code-lines><p id=LC1>x</p></div>",
    ] {
        assert_eq!(read(html), None, "{html}");
    }
}

#[test]
fn a_text_that_shows_nothing_is_none() {
    assert_eq!(read("<div class=ltx_page_main><article class=ltx_document><p> </p></article></div>"), None);
}

#[test]
fn of_texts_within_each_other_the_outermost_counts() {
    let page = "<article class=ltx_document><div class=ltx_page_content><div class=ltx_document><p>Once.</p></div>\
                </div></article>";
    assert_eq!(read(page).unwrap().1.matches("Once.").count(), 1);
}

#[test]
fn what_is_left_out_of_a_text_is_listed() {
    let page = "<nav>Listing 1</nav><div class=ltx_page_main><article class=ltx_document><h1 \
                class=ltx_title_document>Tides</h1><p>They rise.</p></article><footer>Made by LaTeXML</footer></div>";
    let found = crate::site::extract(&parse(page).document, None).unwrap();
    let listed: Vec<&str> = found.omissions.list.iter().map(|one| one.begins.as_str()).collect();
    assert_eq!(listed, ["Listing 1", "Tides", "Made by LaTeXML"]);
}

#[test]
fn authors_and_date_are_read_from_the_part_that_is_left_out() {
    let page = "<div class=ltx_page_main><article class=ltx_document><div class=ltx_authors><span \
                class=ltx_personname>Ada Bell</span>, <span class=ltx_personname>Bo Reed</span></div><div \
                class=ltx_dates>(May 2024)</div><p>They rise.</p></article></div>";
    let found = crate::site::extract(&parse(page).document, None).unwrap();
    assert_eq!(found.author.as_deref(), Some("Ada Bell, Bo Reed"));
    assert_eq!(found.begun.as_deref(), Some("May 2024"));
}

#[test]
fn texts_side_by_side_take_steps_in_proportion() {
    let texts = [
        "<div class=react-code-lines><div class=react-line-number></div><div id=LC1>let a;</div></div>",
        "<div id=raw-url class=blob-wrapper><table class=js-file-line-container><tr><td id=LC1>let a;</table></div>",
    ];
    for text in texts {
        let work = |count: usize| {
            let parsed = parse(&text.repeat(count)).document;
            let before = cachette_dom::steps::taken();
            crate::site::extract(&parsed, None).unwrap();
            cachette_dom::steps::taken() - before
        };
        assert!(work(160) < 3 * work(80), "{} and {}: {text}", work(160), work(80));
    }
}
