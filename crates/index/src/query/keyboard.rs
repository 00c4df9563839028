//! Reads a query as it would be if it had been typed with the other keyboard layout, Russian or
//! English. Pure.

/// The keys of both layouts, in the same order.
const RUSSIAN: &str = "йцукенгшщзхъфывапролджэячсмитьбюё";
const ENGLISH: &str = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";

/// The fewest letters of a query that may have been typed with the wrong layout.
const LETTERS: usize = 4;

/// Returns what the keys give in the other layout. It is `None` for a text of both, or of neither.
pub(crate) fn in_other_layout(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let is_in = |layout: &str| lower.chars().all(|c| c.is_whitespace() || c.is_ascii_digit() || layout.contains(c));
    let (from, to) = if is_in(ENGLISH) {
        (ENGLISH, RUSSIAN)
    } else if is_in(RUSSIAN) {
        (RUSSIAN, ENGLISH)
    } else {
        return None;
    };
    let key = |c: char| from.chars().position(|known| known == c).and_then(|place| to.chars().nth(place)).unwrap_or(c);
    (lower.chars().filter(|c| c.is_alphabetic()).count() >= LETTERS).then(|| lower.chars().map(key).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_query_is_read_with_the_other_layout() {
        for (typed, meant) in [
            ("ghbdtn vbh", Some("привет мир")),
            ("Руддщ Цщкдв", Some("hello world")),
            ("cj,frf", Some("собака")),
            ("привет world", None),
            ("abc", None),
            ("12345", None),
            ("naïve idea", None),
            ("", None),
        ] {
            assert_eq!(in_other_layout(typed).as_deref(), meant, "{typed}");
        }
        assert_eq!(RUSSIAN.chars().count(), ENGLISH.chars().count());
    }

    proptest! {
        #[test]
        fn the_other_layout_of_the_other_is_the_text(text in "[a-z ]{4,20}") {
            if let Some(other) = in_other_layout(&text) {
                prop_assert_eq!(in_other_layout(&other), Some(text));
            }
        }
    }
}
