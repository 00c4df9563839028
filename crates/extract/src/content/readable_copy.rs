//! Copies the tree for Readability, and makes the copy safe to write. Readability's last step
//! writes the article as HTML, which is not used here. For every sign that it escapes, html5ever's
//! writer searches the rest of the text, so a text of such signs alone would take quadratic time.

use dom_query::{Document, NodeData};
use html5ever::tendril::StrTendril;

use cachette_dom::{Step, Walk};

/// How many bytes may be searched again for one text, which takes a few milliseconds.
const MAX_LOOKED_THROUGH: usize = 1 << 26;

/// Copies a tree; nodes keep their identity. In texts that would take too long to write, other
/// signs replace the escaped ones. Attributes that would take too long are dropped.
pub(super) fn of(document: &Document) -> Document {
    let copy = document.clone();
    for step in Walk::new(copy.root()) {
        let Step::Enter(node) = step else { continue };
        node.update(|inner| match &mut inner.data {
            NodeData::Text { contents } if is_slow(contents) => *contents = eased(contents),
            NodeData::Element(element) => element.attrs.retain(|attribute| !is_slow(&attribute.value)),
            _ => {}
        });
    }
    copy
}

fn is_slow(text: &str) -> bool {
    // Most texts are short enough, whatever they contain.
    text.len() * text.len() > MAX_LOOKED_THROUGH
        && text.bytes().filter(|byte| is_escaped(*byte)).count() * text.len() > MAX_LOOKED_THROUGH
}

/// Whether a byte is `&`, or the first byte of a no-break space.
fn is_escaped(byte: u8) -> bool {
    matches!(byte, b'&' | 0xC2)
}

fn eased(text: &str) -> StrTendril {
    let eased = text.chars().map(|c| match c {
        '&' => '+',
        '\u{80}'..='\u{BF}' => ' ',
        other => other,
    });
    StrTendril::from(eased.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use cachette_dom::parse;

    #[test]
    fn only_what_would_take_too_long_differs() {
        let usual = format!("<p title='a &amp; b'>{}</p>", "Salt &amp; pepper, and a&nbsp;space. ".repeat(50));
        let document = parse(&usual).document;
        assert_eq!(of(&document).html(), document.html());
        for sign in ["&amp;", "&nbsp;"] {
            let html = format!("<p id=p title='{0}'>{0}word</p><p>Salt &amp; pepper", sign.repeat(20_000));
            let document = parse(&html).document;
            let copy = of(&document);
            assert!(!copy.html().contains(&sign.repeat(2)));
            let paragraph = copy.select_single("#p");
            assert!(!paragraph.has_attr("title") && paragraph.text().ends_with("word"));
            assert!(copy.html().contains("Salt &amp; pepper"));
            assert_eq!(copy.select_single("#p").nodes()[0].id, document.select_single("#p").nodes()[0].id);
            assert!(document.html().contains(&sign.repeat(2)), "the page itself stays");
        }
    }

    #[test]
    fn what_is_written_again_does_not_grow_with_the_square() {
        // The number of bytes that the writer searches: for each sign, the rest of the text.
        let looked_through = |signs: usize| -> usize {
            let copy = of(&parse(&format!("<p>{}", "&amp; ".repeat(signs))).document);
            let text = copy.select_single("p").text();
            let places = text.bytes().enumerate().filter(|(_, byte)| is_escaped(*byte));
            places.map(|(at, _)| text.len() - at).sum()
        };
        for signs in [1_000, 10_000, 100_000, 1_000_000] {
            assert!(looked_through(signs) <= MAX_LOOKED_THROUGH, "{signs}");
        }
    }
}
