//! Tests the cost of finding the content by counting instead of timing. Steps through the tree and
//! outline lookups grow with the page, for any kind of page. The hostile pages of the converter's
//! benchmark are tried as well.

use std::fmt::Write;

use cachette_dom::steps::taken;
use cachette_page::{Options, convert};

#[allow(dead_code, reason = "the benchmark names its rows")]
#[path = "../../../../tests/peers/src/row.rs"]
mod row;

/// Divides the benchmark's sizes: because work is counted, small pages suffice.
const SMALLER: usize = 32;
/// How many more steps any page may cost.
const CONSTANT: usize = 2_000;

const SENTENCE: &str =
    "The ferry has crossed the lake since the year in which the bridge was given up, and nobody has counted. ";

/// Makes a page with the given number of parts.
type Grown = fn(usize) -> String;

/// Pages that give one stage of extraction the most work, by their number of parts.
const PAGES: &[(&str, Grown)] = &[
    ("an article of many paragraphs", |n| article(&format!("<h2>Part</h2><p>{SENTENCE}{SENTENCE}</p>").repeat(n))),
    ("an article in boxes", |n| {
        article(&format!("<div class=box><div class=text>{SENTENCE}{SENTENCE}</div></div>").repeat(n))
    }),
    ("an article between teasers", |n| {
        article(&format!("<p>{SENTENCE}</p><aside class=related><ul><li><a href=/a>Read on</a></ul></aside>").repeat(n))
    }),
    ("many articles", |n| {
        format!("<main>{}</main>", format!("<article><h2>Title</h2><p>{SENTENCE}</article>").repeat(n))
    }),
    ("an article that its data declare", |n| {
        let text: String = (0..n).map(|at| format!("{SENTENCE}{at} ")).collect();
        let paragraphs: String = (0..n).map(|at| format!("<p>{SENTENCE}{at}</p>")).collect();
        let data = format!("{{\"@type\":\"NewsArticle\",\"headline\":\"Title\",\"articleBody\":\"{text}\"}}");
        format!("<script type=application/ld+json>{data}</script>{}", article(&paragraphs))
    }),
    ("cards", |n| {
        let card = "<li class=card><a href=/a><img src=/a.jpg alt=A><h3>A thing</h3></a><p>It is a thing. 10 EUR</p>\
                    <button>Buy</button>";
        format!("<main><h1>Things</h1><ul>{}</ul></main>", card.repeat(n))
    }),
    ("a product with panels and what else is sold", |n| {
        let panel = format!(
            "<div role=tabpanel hidden><h2>Details</h2><p>{SENTENCE}</p></div><h2>You may also like</h2><a href=/b>B\
             </a>"
        );
        format!(
            "<main itemscope itemtype=https://schema.org/Product><h1 itemprop=name>A</h1>{}</main>",
            panel.repeat(n)
        )
    }),
    ("posts", |n| {
        let mut posts = String::new();
        for at in 0..n {
            let _ = write!(
                posts,
                "<div class=post id=p{at}><a class=author href=/u/{at}>Ada</a><time datetime=2024-05-01T10:00:00Z>May 1\
                 </time><div class=body><p>{SENTENCE}</div></div>"
            );
        }
        format!("<main><h1>Thread</h1>{posts}</main>")
    }),
    ("documentation with sidebars", |n| {
        let entry = "<li><a href=/d>Chapter</a>".repeat(n);
        let part = format!("<h2>Use</h2><p>{SENTENCE}</p><pre><code>run();</code></pre>").repeat(n);
        format!("<nav class=sidebar><ul>{entry}</ul></nav><main class=content><h1>Docs</h1>{part}</main>")
    }),
    ("sections, each in the one before", |n| {
        format!("<article>{}</article>", format!("<section><h2>Deep</h2><p>{SENTENCE}</p>").repeat(n))
    }),
    ("data of many things", |n| {
        let thing = "{\"@type\":\"Thing\",\"@id\":\"#a\",\"name\":\"A\"},".repeat(n);
        format!(
            "<script type=application/ld+json>{{\"@graph\":[{thing}{{}}]}}</script>{}",
            article(&format!("<p>{SENTENCE}").repeat(n))
        )
    }),
];

fn article(content: &str) -> String {
    format!(
        "<header><nav><a href=/>Home</a></nav></header><main><article><h1>Title</h1>{content}</article></main><footer>\
         End</footer>"
    )
}

fn cost(html: &str) -> usize {
    let before = usize::try_from(taken()).unwrap();
    convert(html, &Options { url: Some("https://example.org/a"), ..Options::default() });
    usize::try_from(taken()).unwrap() - before
}

fn grows(name: &str, small: &str, large: &str) {
    let (once, twice) = (cost(small), cost(large));
    assert!(10 * twice <= 26 * once + 10 * CONSTANT, "{name}: {once} steps and looks, then {twice}");
}

#[test]
fn finding_the_content_grows_with_the_page() {
    for (name, page) in PAGES {
        // These pages are at least twice as deep as the parser's limit. Below the limit, each level
        // examines those around it.
        grows(name, &page(1_500), &page(3_000));
    }
}

#[test]
fn hostile_pages_are_no_exception() {
    for row in row::ROWS {
        let size = row.size / SMALLER;
        grows(row.name, &(row.page)(size), &(row.page)(2 * size));
    }
}
