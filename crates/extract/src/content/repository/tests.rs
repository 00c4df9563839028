//! Tests where a repository's readme is, by the marks that forges give it.

use super::*;
use crate::content::tests::left;

#[test]
fn a_readme_is_known_by_its_id_class_or_mark() {
    for (html, is) in [
        ("<div id=readme>", true),
        ("<div id=README>", true),
        ("<div class='Box js-readme x'>", true),
        ("<div class=file-readme_holder>", true),
        ("<div data-testid=repo-readme>", true),
        ("<div class=readmetoo>", false),
        ("<div class=unreadme>", false),
        ("<div title=readme>", false),
        ("<div>", false),
    ] {
        let document = cachette_dom::parse(html).document;
        assert_eq!(is_readme(document.select("div").nodes().first().unwrap()), is, "{html}");
    }
}

const README: &str = "<h1>Moss</h1><p>A program that grows moss on walls, and that waters it if it does not rain for \
                      a whole week.</p><p>It runs on every wall that we know, and needs no sun at all to do its \
                      work.</p>";

fn chosen(html: &str) -> String {
    left(&format!("<main><table><tr><td>moss.rs<td>grow it</table>{html}</main>"), |outline, plan| {
        choose(outline, plan)
    })
}

#[test]
fn the_innermost_box_with_the_whole_readme_is_the_content() {
    let inner = chosen(&format!("<div id=readme><p>README.md</p><article class=readme-body>{README}</article></div>"));
    assert!(inner.starts_with("Moss | A program") && inner.ends_with("its work."), "{inner}");
    let part =
        chosen(&format!("<div id=readme>{README}<div class=readme-note>{}</div></div>", "A note on it. ".repeat(9)));
    assert!(part.starts_with("Moss") && part.contains("A note"), "a part of it is not all: {part}");
}

#[test]
fn a_page_without_a_readme_stays_as_it_is() {
    for html in [README.to_owned(), "<div id=readme>Too short.</div>".to_owned(), format!("<b id=readme>{README}</b>")]
    {
        assert!(chosen(&html).starts_with("moss.rs"), "{html}");
    }
}
