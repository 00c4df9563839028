//! Tests which lines behind an article are labels of other things.

use super::*;
use crate::content::tests::{left, prose};

fn rest(html: &str) -> String {
    let page = format!("<body><main><div>{}</div>{html}</main></body>", prose(3));
    let text = left(&page, |outline, _| {
        let mut plan = Plan::new(outline, outline.first("main").unwrap());
        drop_labels(outline, &mut plan);
        plan
    });
    let story = cachette_dom::parse(&prose(3)).document.select("p").text().trim().to_owned();
    text.replace(&story, "P").replace("P | ", "").replace('P', "")
}

#[test]
fn a_line_without_a_sentence_in_a_box_of_its_own_is_a_label() {
    for html in ["<div>From our shop</div>", "<div><div>Show picture</div></div>", "<footer>Print</footer>"] {
        assert_eq!(rest(html), "", "{html}");
    }
}

#[test]
fn what_says_something_stays() {
    for html in [
        "<p>Ada Sample</p>",
        "<div>It was never dry.</div>",
        "<h2>Sources</h2>",
        "<div>These are kept:</div>",
        "<div>1</div>",
        "<ul><li><div>Ferns</div></ul>",
        "<table><tr><td><div>Ferns</div></table>",
        "<blockquote><div>Ferns</div></blockquote>",
    ] {
        assert_ne!(rest(html), "", "{html}");
    }
}

#[test]
fn the_caption_of_a_last_picture_stays() {
    let caption = "<div>Ada at the ferns</div>";
    assert_ne!(rest(&format!("<div><img src=a.png>{caption}</div>")), "");
    for elsewhere in [
        "<div><a href=/b><img src=a.png><div>Ada at the ferns</div></a></div>".to_owned(),
        format!("<img src=a.png>{caption}"),
    ] {
        assert_eq!(rest(&elsewhere), "", "{elsewhere}");
    }
}

#[test]
fn a_signature_beside_the_paragraphs_stays() {
    let page = format!("<body><main>{}<div>Ada Sample</div></main></body>", prose(3));
    let text = left(&page, |outline, _| {
        let mut plan = Plan::new(outline, outline.first("main").unwrap());
        drop_labels(outline, &mut plan);
        plan
    });
    assert!(text.ends_with("Ada Sample"), "{text}");
}

#[test]
fn verses_and_facts_behind_the_text_stay() {
    for html in [
        "<div class=poem><div>The moss is old,</div><div>the wall is grey,</div><div>and nobody came</div></div>",
        "<div class=facts><div>Height: 12 m</div><div>Built: 1926</div><div>Keeper: Ada</div></div>",
    ] {
        assert_eq!(rest(html).matches(" | ").count(), 2, "{html}: {}", rest(html));
    }
}
