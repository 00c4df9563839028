//! Sketches the pairs of bytes in a text as bits. A sketch rules out many short names at once, so
//! almost every class of a page is read once and never split. It gives no final answer: a name that
//! it does not rule out must be searched for.

/// The bit that turns a capital letter into a small one.
const CASE: u8 = 0x20;

/// The pairs of bytes of a text, regardless of case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sketch(u64);

impl Sketch {
    /// Sketches a text. This takes a few operations per byte, without a branch.
    pub(crate) const fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut bits = 0;
        let (mut at, mut before) = (1, if let [first, ..] = bytes { *first | CASE } else { 0 });
        while at < bytes.len() {
            // `at` is within the text.
            #[expect(clippy::indexing_slicing, reason = "iterators are not const")]
            let byte = bytes[at] | CASE;
            bits |= 1 << (before.wrapping_add(byte.wrapping_mul(5)) & 63);
            before = byte;
            at += 1;
        }
        Self(bits)
    }

    /// Sketches several texts.
    pub(crate) const fn of_all<const N: usize>(texts: [&str; N]) -> [Self; N] {
        let mut sketches = [Self(0); N];
        let mut at = 0;
        while at < N {
            // `at` is within both.
            #[expect(clippy::indexing_slicing, reason = "iterators are not const")]
            {
                sketches[at] = Self::of(texts[at]);
            }
            at += 1;
        }
        sketches
    }

    /// Whether a text with this sketch may contain a text of any of `seeds`.
    pub(crate) fn may_hold_any(self, seeds: &[Self]) -> bool {
        seeds.iter().fold(false, |any, seed| any | self.may_hold(*seed))
    }

    /// Whether a text with this sketch may contain a text with the sketch `seed`.
    pub(crate) const fn may_hold(self, seed: Self) -> bool {
        self.0 & seed.0 == seed.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_a_text_holds_is_never_ruled_out(before in ".{0,30}", seed in ".{0,12}", after in ".{0,30}") {
            let text = format!("{before}{seed}{after}");
            prop_assert!(Sketch::of(&text).may_hold(Sketch::of(&seed)));
            prop_assert!(Sketch::of(&text.to_ascii_uppercase()).may_hold(Sketch::of(&seed)));
        }
    }

    #[test]
    fn most_classes_are_ruled_out() {
        let seeds = Sketch::of_all(["sr-only", "reader", "katex", "sidenote", "callout", "admonition"]);
        let classes = "p|nav-link|entry-content clearfix|mw-body|btn btn-primary|col-md-6|menu-item \
                       menu-item-type-post|card__title|row|\
                       post-meta|is-active|ng-star-inserted|css-1a2b3c|wp-block-group alignwide|text-sm \
                       font-medium|container";
        let possible = classes.split('|').filter(|class| Sketch::of(class).may_hold_any(&seeds)).count();
        assert!(possible <= 1, "{possible}");
    }
}
