//! Finds signs that mean something only if another one is in the same line. Nothing is written here.

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
        // Targets, titles and descriptions are written without one.
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
