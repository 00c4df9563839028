//! Selects the recognisers that a class may concern. Most classes concern none and are read only
//! once, by their sketch. Knows nothing about elements.

use super::{Asked, CALLOUT, CODE, CONCEALED, FOOTNOTE, MATH, MEDIA, STYLED};
use crate::class_sketch::Sketch;
use crate::markdown::read::{code, concealed, styled};

/// Parts of class names. If a class has none of them, recognisers that use the class have nothing
/// to say about the element.
const SEEDS: [(Asked, &[Sketch]); 7] = [
    (FOOTNOTE, &Sketch::of_all(["sidenote", "marginnote", "margin-toggle"])),
    (MATH, &Sketch::of_all(["katex", "math", "arithmatex"])),
    (
        CALLOUT,
        &Sketch::of_all([
            "alert",
            "admonition",
            "custom-block",
            "starlight-aside",
            "notecard",
            "callout",
            "hint-container",
            "confluence-information",
        ]),
    ),
    (CODE, &code::SKETCHES),
    (CODE, &code::EDITORS),
    (STYLED, &styled::SKETCHES),
    (MEDIA, &Sketch::of_all(["checkbox"])),
];

/// Returns those of the recognisers in `by` that a class may concern. For two of them the sketch
/// alone would often be wrong, so the class itself is examined too. A table of the classes read so
/// far took fewer instructions, but no less time where it was measured.
pub(super) fn asked(class: &str, by: Asked) -> Asked {
    let sketch = Sketch::of(class);
    let mut asked = 0;
    if by & CONCEALED != 0 && sketch.may_hold_any(&concealed::SKETCHES) && concealed::concerns(class, sketch) {
        asked |= CONCEALED;
    }
    if by & !CONCEALED != 0 {
        let seeds = SEEDS.iter().filter(|(bit, _)| by & bit != 0);
        asked |= seeds.fold(0, |all, (bit, seeds)| if sketch.may_hold_any(seeds) { all | bit } else { all });
    }
    if asked & CODE != 0 && !code::concerns(class) { asked & !CODE } else { asked }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_asks_only_for_what_it_names() {
        for (class, expected) in [
            ("", 0),
            ("wide entry-content", 0),
            ("sr-only", CONCEALED),
            ("material-icons md-18", CONCEALED),
            ("code-lang", CODE),
            ("CodeMirror cm-s-default", CODE),
            ("language-switcher", 0),
            ("katex", MATH),
            ("Admonition note", CALLOUT),
            ("whitespace-pre-wrap", STYLED),
        ] {
            assert_eq!(asked(class, Asked::MAX), expected, "{class}");
            assert_eq!(asked(class, !expected), 0, "{class}");
        }
    }
}
