//! Looks up months by their names (`months.txt`).

use std::sync::LazyLock;

use cachette_dom::word_list::sections;

/// The name of a month.
struct Name {
    text: &'static str,
    /// From 1 to 12.
    month: i8,
    /// Whether it names a month outside a written-out date too.
    anywhere: bool,
}

/// Each name, sorted by bytes.
static MONTHS: LazyLock<Vec<Name>> = LazyLock::new(|| {
    let names = sections(include_str!("months.txt")).filter_map(|(section, text)| {
        let (month, anywhere) = section.strip_suffix(" in dates").map_or((section, true), |month| (month, false));
        Some(Name { text, month: month.parse().ok()?, anywhere })
    });
    let mut names: Vec<_> = names.collect();
    names.sort_unstable_by_key(|name| name.text);
    names
});

fn name(word: &str) -> Option<&'static Name> {
    let at = MONTHS.binary_search_by(|name| name.text.cmp(word)).ok()?;
    MONTHS.get(at)
}

/// Returns the month that a word in lower case names.
pub(super) fn month_of(word: &str) -> Option<i8> {
    name(word).map(|name| name.month)
}

/// Whether a word in lower case names a month in some language.
pub(crate) fn is_month(word: &str) -> bool {
    name(word).is_some()
}

/// Whether a word in lower case names a month and hardly ever anything else.
pub(crate) fn is_plain_month(word: &str) -> bool {
    name(word).is_some_and(|name| name.anywhere)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_there_once_and_in_lower_case() {
        assert!(MONTHS.len() > 700, "{}", MONTHS.len());
        assert!(MONTHS.windows(2).all(|pair| pair[0].text < pair[1].text));
        assert!(MONTHS.iter().all(|name| name.text.to_lowercase() == name.text && (1..=12).contains(&name.month)));
    }

    #[test]
    fn a_name_with_other_meanings_counts_in_dates_only() {
        assert_eq!((month_of("november"), is_plain_month("november")), (Some(11), true));
        assert_eq!((month_of("led"), is_month("led"), is_plain_month("led")), (Some(1), true, false));
        assert_eq!((month_of("monday"), is_month("monday"), is_plain_month("monday")), (None, false, false));
    }
}
