//! Finds signs that mean something only if another one is in the same line. It does not write any.

use super::marks::Spelling;
use crate::block::Document;
use crate::inline::{Inline, Mark};

/// Counts the `~` and `$` that a line will have.
pub(super) fn tildes_and_dollars(document: &Document, inlines: &[Inline]) -> (usize, usize) {
    let (mut tildes, mut dollars) = (0_usize, 0_usize);
    for inline in inlines {
        match inline {
            Inline::Text(span) => {
                let text = document.text_in(span).as_bytes();
                for at in memchr::memchr2_iter(b'~', b'$', text) {
                    let is_tilde = text.get(at) == Some(&b'~');
                    tildes += usize::from(is_tilde);
                    dollars += usize::from(!is_tilde);
                }
            }
            Inline::Math(_) => dollars += 2,
            Inline::Image(image) => {
                if let Some(image) = document.images.get(*image) {
                    tildes += image.alt.matches('~').count();
                    dollars += dollars_in(&image.alt) + dollars_in(&image.source) + dollars_in(&image.title);
                }
            }
            // A formula would begin in the text and end at the next sign, wherever that is.
            Inline::Code(span) => dollars += dollars_in(document.text_in(span)),
            Inline::Open(Mark::Link(link) | Mark::Abbreviation(link)) => {
                if let Some(link) = document.links.get(*link) {
                    dollars += dollars_in(&link.target) + dollars_in(&link.title);
                }
            }
            Inline::Open(Mark::Strike) => tildes += 2,
            _ => {}
        }
    }
    (tildes, dollars)
}

fn dollars_in(text: &str) -> usize {
    memchr::memchr_iter(b'$', text.as_bytes()).count()
}

/// Finds the last part of a line that is written with a `>`.
pub(super) fn last_greater(
    document: &Document,
    inlines: &[Inline],
    is_one_line: bool,
    spellings: &[Spelling],
) -> Option<usize> {
    let held = |text: &str| text.contains('>');
    let of_inline = |inline: &Inline, after: Option<&Inline>| match inline {
        Inline::Text(span) | Inline::Code(span) | Inline::Math(span) | Inline::Footnote(span) => {
            held(document.text_in(span))
        }
        Inline::Break => is_one_line,
        // Targets, titles and descriptions are written without a `>`.
        Inline::Image(image) => document.images.get(*image).is_some_and(|image| image.source.is_empty()),
        // A link that shows its own address is written between `<` and `>`.
        Inline::Open(Mark::Link(link)) => document.links.get(*link).is_none_or(|link| {
            let shown = match after {
                Some(Inline::Text(span)) => document.text_in(span),
                _ => "",
            };
            link.target == shown
        }),
        Inline::Open(Mark::Html(_) | Mark::Abbreviation(_)) => true,
        Inline::Open(Mark::Emphasis | Mark::Strong | Mark::Strike | Mark::Void) | Inline::Close => false,
    };
    if spellings.contains(&Spelling::Html) {
        return Some(inlines.len());
    }
    let mut after = None;
    inlines.iter().enumerate().rev().find_map(|(at, inline)| {
        let found = of_inline(inline, after).then_some(at);
        after = Some(inline);
        found
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::sample::{Piece, Sample};
    use Piece::{Abbreviation, Break, Code, Image, In, Link, Math, Note, Text};

    fn counts(pieces: &[Piece<'_>]) -> (usize, usize) {
        let document = Sample::default().paragraph(pieces).0;
        tildes_and_dollars(&document, &document.inlines)
    }

    #[test]
    fn signs_count_wherever_the_line_shows_or_hides_them() {
        for (pieces, tildes, dollars) in [
            (&[][..], 0, 0),
            (&[Text("a ~ b ~~ c $")], 3, 1),
            (&[Code("~ $ $")], 0, 2),
            (&[Math("x")], 0, 2),
            (&[Image("/a$b", "~ $", "$ ~")], 1, 3),
            (&[Link("/~a$", "$b", &[Text("~")])], 1, 2),
            (&[Abbreviation("$ ~", "~ $")], 1, 2),
            (&[In(Mark::Strike, &[Text("a")])], 2, 0),
            (&[In(Mark::Strong, &[In(Mark::Strike, &[Text("~$")])])], 3, 1),
            (&[Note("1"), Break, Text("é~")], 1, 0),
        ] {
            assert_eq!(counts(pieces), (tildes, dollars));
        }
    }

    #[test]
    fn the_last_part_that_ends_in_a_greater_sign_is_found() {
        let last = |pieces: &[Piece<'_>], is_one_line| {
            let document = Sample::default().paragraph(pieces).0;
            last_greater(&document, &document.inlines, is_one_line, &[])
        };
        for (pieces, expected) in [
            (&[][..], None),
            (&[Text("a < b")], None),
            (&[Text("a > b"), Code("c")], Some(0)),
            (&[Text(">"), Code("a>b"), Text("c")], Some(1)),
            (&[Text("a"), Math("x>y")], Some(1)),
            (&[Text("a"), Image("", "b", "")], Some(1)),
            (&[Text("a"), Image("/b>", "c>", "d>")], None),
            (&[Link("/a>", "b>", &[Text("c")])], None),
            (&[Link("https://a.b/", "", &[Text("https://a.b/")])], Some(0)),
            (&[Link("", "", &[Code("a")])], Some(0)),
            (&[Text("a"), In(Mark::Html("sub"), &[Text("b")])], Some(1)),
            (&[Abbreviation("a", "b")], Some(0)),
            (&[In(Mark::Strong, &[Text("a")]), In(Mark::Void, &[Text("b")])], None),
        ] {
            assert_eq!(last(pieces, false), expected);
        }
        let broken = [Text("a"), Break, Text("b")];
        assert_eq!((last(&broken, true), last(&broken, false)), (Some(1), None), "`<br>` in a line that cannot end");
    }

    #[test]
    fn a_mark_spelled_as_html_may_end_anywhere() {
        let document = Sample::default().paragraph(&[In(Mark::Strong, &[Text("a")])]).0;
        let last = |spelling| last_greater(&document, &document.inlines, false, &[spelling]);
        assert_eq!((last(Spelling::Html), last(Spelling::Star)), (Some(3), None));
    }
}
