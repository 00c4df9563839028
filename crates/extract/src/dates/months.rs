//! Looks up months by their names (`months.txt`).

use std::sync::LazyLock;

use crate::word_list::sections;

/// Each name with its month (1 to 12), sorted by bytes.
static MONTHS: LazyLock<Vec<(&str, i8)>> = LazyLock::new(|| {
    let months = sections(include_str!("months.txt"));
    let mut months: Vec<_> = months.filter_map(|(month, name)| Some((name, month.parse().ok()?))).collect();
    months.sort_unstable();
    months
});

/// Returns the month that a word in lower case names.
pub(super) fn month_of(word: &str) -> Option<i8> {
    let months = &*MONTHS;
    let at = months.binary_search_by(|(name, _)| (*name).cmp(word)).ok()?;
    months.get(at).map(|(_, month)| *month)
}

#[cfg(test)]
mod tests {
    use super::MONTHS;

    #[test]
    fn each_name_is_there_once_and_in_lower_case() {
        assert!(MONTHS.len() > 700, "{}", MONTHS.len());
        assert!(MONTHS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(MONTHS.iter().all(|(name, month)| name.to_lowercase() == *name && (1..=12).contains(month)));
    }
}
