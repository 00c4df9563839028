//! The found pages. It knows which one is chosen, and how a snippet falls into plain and marked
//! pieces. Pure.

/// The selected hit, if any.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// How many hits there are.
    pub count: usize,
    /// The selected hit's index; `None` while the caret is in the search box alone.
    pub chosen: Option<usize>,
}

impl Choice {
    /// No selection among this many hits.
    pub fn among(count: usize) -> Choice {
        Choice { count, chosen: None }
    }

    /// Moves one hit down; the last one stays.
    pub fn down(self) -> Choice {
        let next = self.chosen.map_or(0, |chosen| chosen + 1).min(self.count.saturating_sub(1));
        Choice { chosen: (self.count > 0).then_some(next), ..self }
    }

    /// Moves one hit up; above the first is the search box.
    pub fn up(self) -> Choice {
        Choice { chosen: self.chosen.and_then(|chosen| chosen.checked_sub(1)), ..self }
    }

    /// The hit that Enter opens: the selected one, otherwise the best.
    pub fn to_open(self) -> Option<usize> {
        self.chosen.or((self.count > 0).then_some(0))
    }
}

/// Splits a snippet into pieces, each with whether it is marked. `ranges` are in UTF-16 units;
/// parts that do not fit stay unmarked, and no text is ever lost.
pub fn pieces(snippet: &str, ranges: &[(u32, u32)]) -> Vec<(String, bool)> {
    let units: Vec<u16> = snippet.encode_utf16().collect();
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut push = |from: usize, to: usize, marked: bool| {
        if let Some(part) = units.get(from..to).filter(|part| !part.is_empty()) {
            pieces.push((String::from_utf16_lossy(part), marked));
        }
    };
    for &(start, end) in ranges {
        let (start, end) = (start as usize, end as usize);
        if start < at || end <= start || end > units.len() {
            continue;
        }
        push(at, start, false);
        push(start, end, true);
        at = end;
    }
    push(at, units.len(), false);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn arrows_move_between_the_search_box_and_the_last_hit() {
        let none = Choice::among(2);
        assert_eq!((none.chosen, none.to_open()), (None, Some(0)));
        assert_eq!(none.down().chosen, Some(0));
        assert_eq!(none.down().down().down().chosen, Some(1));
        assert_eq!(none.down().up().chosen, None);
        assert_eq!(none.up().chosen, None);
        assert_eq!((Choice::among(0).down().chosen, Choice::among(0).to_open()), (None, None));
    }

    #[test]
    fn marks_count_in_utf16_units() {
        let pieces = pieces("a 🦀 crab", &[(2, 4), (5, 9)]);
        let expected = [("a ", false), ("🦀", true), (" ", false), ("crab", true)];
        assert_eq!(pieces, expected.map(|(text, marked)| (text.to_owned(), marked)));
    }

    #[test]
    fn marks_that_make_no_sense_are_left_out() {
        assert_eq!(pieces("abc", &[(2, 1), (1, 99), (1, 2), (0, 1)]).concat_text(), "abc");
        assert_eq!(pieces("", &[(0, 1)]), []);
    }

    trait ConcatText {
        fn concat_text(&self) -> String;
    }

    impl ConcatText for Vec<(String, bool)> {
        fn concat_text(&self) -> String {
            self.iter().map(|(text, _)| text.as_str()).collect()
        }
    }

    proptest! {
        #[test]
        fn no_range_loses_a_letter_of_plain_text(
            text in "[a-zé ]{0,40}",
            ranges in prop::collection::vec((0u32..50, 0u32..50), 0..6),
        ) {
            prop_assert_eq!(pieces(&text, &ranges).concat_text(), text);
        }
    }
}
