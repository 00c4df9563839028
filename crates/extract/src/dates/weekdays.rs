//! Looks up days of the week by their names (`weekdays.txt`).

use std::sync::LazyLock;

use cachette_dom::word_list::sections;

/// Each name, sorted by bytes, with whether it hardly ever means anything else.
static WEEKDAYS: LazyLock<Vec<(&str, bool)>> = LazyLock::new(|| {
    let names = sections(include_str!("weekdays.txt"));
    let mut names: Vec<_> = names.map(|(section, name)| (name, section.is_empty())).collect();
    names.sort_unstable();
    names
});

fn name(word: &str) -> Option<(&'static str, bool)> {
    let at = WEEKDAYS.binary_search_by(|(name, _)| (*name).cmp(word)).ok()?;
    WEEKDAYS.get(at).copied()
}

/// Whether a word in lower case names a day of the week in some language.
pub(crate) fn is_weekday(word: &str) -> bool {
    name(word).is_some()
}

/// Whether a word in lower case names a day of the week and hardly ever anything else.
pub(crate) fn is_plain_weekday(word: &str) -> bool {
    name(word).is_some_and(|(_, plain)| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_is_also_a_name_is_no_plain_one() {
        for (word, expected) in [("friday", (true, true)), ("domingo", (true, false)), ("may", (false, false))] {
            assert_eq!((is_weekday(word), is_plain_weekday(word)), expected, "{word}");
        }
        assert!(WEEKDAYS.windows(2).all(|pair| pair[0].0 < pair[1].0), "each name once");
        assert!(WEEKDAYS.iter().all(|(name, _)| name.to_lowercase() == *name));
    }
}
