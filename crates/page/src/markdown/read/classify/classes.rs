//! Tells which recognisers a class may concern, and remembers it. A page repeats its classes, so most
//! of them are looked up and never read. What an element makes of its class is not known here.

use super::{Asked, CALLOUT, CODE, CONCEALED, FOOTNOTE, MATH, MEDIA, STYLED};
use crate::class_sketch::Sketch;
use crate::markdown::read::{code, concealed, styled};

/// Parts of class names. If a class has none of them, recognisers that use the class have nothing
/// to say about the element.
const SEEDS: [(Asked, &[Sketch]); 8] = [
    (CONCEALED, &concealed::SKETCHES),
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

/// How many classes are kept; few pages have more.
const KEPT: usize = 256;
/// The longest class that is kept, in bytes.
const MAX_KEPT: usize = 1024;

/// The classes that were read, each in the only place possible for it.
#[derive(Debug)]
pub(super) struct Classes {
    kept: Vec<Option<(Box<str>, Asked)>>,
}

impl Classes {
    pub(super) fn new() -> Self {
        Self { kept: vec![None; KEPT] }
    }

    /// Returns the recognisers that a class may concern.
    pub(super) fn asked(&mut self, class: &str) -> Asked {
        match self.kept.get_mut(place(class)) {
            Some(Some((kept, asked))) if **kept == *class => *asked,
            Some(place) if class.len() <= MAX_KEPT => {
                let asked = read(class);
                *place = Some((class.into(), asked));
                asked
            }
            _ => read(class),
        }
    }
}

/// Reads a class. Two recognisers would be asked for many classes in vain, so that more than the
/// sketch is looked at for them.
fn read(class: &str) -> Asked {
    let sketch = Sketch::of(class);
    let asked = SEEDS.iter().fold(0, |all, (bit, seeds)| if sketch.may_hold_any(seeds) { all | bit } else { all });
    let is_concealed = asked & CONCEALED != 0 && concealed::concerns(class, sketch);
    let is_code = asked & CODE != 0 && code::concerns(class);
    asked & !(CONCEALED | CODE) | if is_concealed { CONCEALED } else { 0 } | if is_code { CODE } else { 0 }
}

/// Returns the place of a class, by a hash of all its bytes.
fn place(class: &str) -> usize {
    let bytes = class.as_bytes();
    let add = |hash: u64, next: u64| (hash.rotate_left(5) ^ next).wrapping_mul(0x517C_C1B7_2722_0A95);
    let (chunks, _) = bytes.as_chunks::<8>();
    let hash = chunks.iter().fold(0, |hash, chunk| add(hash, u64::from_le_bytes(*chunk)));
    // The last eight bytes, or all of fewer.
    let end = bytes.last_chunk::<8>().map_or_else(
        || bytes.iter().fold(0, |end, byte| end << 8 | u64::from(*byte)),
        |chunk| u64::from_le_bytes(*chunk),
    );
    (add(hash, end) >> 56) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_class_asks_only_for_what_it_names() {
        for (class, asked) in [
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
            let mut classes = Classes::new();
            assert_eq!((classes.asked(class), classes.asked(class)), (asked, asked), "{class}");
        }
    }

    #[test]
    fn a_long_class_is_read_and_not_kept() {
        let mut classes = Classes::new();
        let long = format!("{} sr-only", "wide ".repeat(MAX_KEPT));
        assert_eq!(classes.asked(&long) & CONCEALED, CONCEALED);
        assert!(classes.kept.iter().all(Option::is_none));
    }

    proptest! {
        #[test]
        fn what_is_kept_is_what_is_read(names in prop::collection::vec("[a-z-]{0,9}( (sr-only|lang|katex|hint))?", 600)) {
            let mut classes = Classes::new();
            for class in names.iter().chain(&names) {
                prop_assert_eq!(classes.asked(class), read(class), "{}", class);
            }
        }
    }
}
