//! Finds the places in a text at which an excerpt is cut. A place is a number of characters away,
//! and between words. Pure.

/// How far a cut moves to fall between words, in characters.
pub(crate) const SNAP: usize = 20;

/// Counts the characters of a part of a text as a line shows it. Runs of white space count once.
pub(crate) fn length(part: Option<&str>) -> usize {
    let mut in_space = false;
    let mut count = 0;
    for c in part.unwrap_or_default().chars() {
        let space = c.is_whitespace();
        count += usize::from(!(space && in_space));
        in_space = space;
    }
    count
}

/// Returns the place `count` characters after `from`, runs of white space counted once. It is the
/// end if there are fewer.
pub(crate) fn forward(text: &str, from: usize, count: usize) -> usize {
    let mut left = count;
    let mut in_space = true;
    for (at, c) in text.get(from..).unwrap_or_default().char_indices() {
        let space = c.is_whitespace();
        if !(space && in_space) {
            if left == 0 {
                return from + at;
            }
            left -= 1;
        }
        in_space = space;
    }
    text.len()
}

/// Returns the place `count` characters before `from`, runs of white space counted once. It is 0 if
/// there are fewer.
pub(crate) fn backward(text: &str, from: usize, count: usize) -> usize {
    let mut left = count;
    let mut in_space = false;
    let mut place = from;
    for (at, c) in text.get(..from).unwrap_or_default().char_indices().rev() {
        let space = c.is_whitespace();
        if !(space && in_space) {
            if left == 0 {
                return place;
            }
            left -= 1;
        }
        in_space = space;
        place = at;
    }
    0
}

/// Moves a cut forward to the next start of a word, if one is near and not after `limit`.
pub(crate) fn snap_start(text: &str, cut: usize, limit: usize) -> usize {
    if cut == 0 || text.get(..cut).is_none_or(|before| before.ends_with(char::is_whitespace)) {
        return cut;
    }
    let near = text.get(cut..limit).unwrap_or_default().char_indices().take(SNAP);
    let mut spaces = near.filter(|(_, c)| c.is_whitespace());
    spaces.next().map_or(cut, |(at, space)| cut + at + space.len_utf8())
}

/// Moves a cut backward to the previous end of a word, if one is near and not before `limit`.
pub(crate) fn snap_end(text: &str, cut: usize, limit: usize) -> usize {
    if text.get(cut..).is_none_or(|after| after.is_empty() || after.starts_with(char::is_whitespace)) {
        return cut;
    }
    let near = text.get(limit..cut).unwrap_or_default().char_indices().rev().take(SNAP);
    let mut spaces = near.filter(|(_, c)| c.is_whitespace());
    spaces.next().map_or(cut, |(at, _)| limit + at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_run_of_white_space_counts_once() {
        for (text, characters) in
            [("", 0), ("abc", 3), ("a b", 3), ("a \n\t b", 3), ("  a", 2), ("日本 語", 4), ("é😀", 2)]
        {
            assert_eq!(length(Some(text)), characters, "{text:?}");
        }
        assert_eq!(length(None), 0);
    }

    #[test]
    fn a_place_is_so_many_characters_away() {
        for (text, from, count, place) in [
            ("abcdef", 1, 2, 3),
            ("abcdef", 1, 99, 6),
            ("a    bc", 0, 2, 5),
            ("日本語", 3, 1, 6),
            ("", 0, 5, 0),
            ("abc", 3, 1, 3),
        ] {
            assert_eq!(forward(text, from, count), place, "{text:?} from {from}");
        }
        for (text, from, count, place) in
            [("abcdef", 5, 2, 3), ("abcdef", 5, 99, 0), ("a    bc", 7, 3, 1), ("日本語", 9, 1, 6), ("", 0, 5, 0)]
        {
            assert_eq!(backward(text, from, count), place, "{text:?} from {from}");
        }
    }

    #[test]
    fn a_cut_moves_between_words_if_they_are_near() {
        let text = "one twenty three";
        assert_eq!(snap_start(text, 5, text.len()), 11, "to the start of the next word");
        assert_eq!(snap_start(text, 4, text.len()), 4, "it is at a word's start");
        assert_eq!(snap_start(text, 0, text.len()), 0);
        assert_eq!(snap_start(text, 5, 7), 5, "not beyond what must be shown");
        assert_eq!(snap_end(text, 8, 0), 3, "to the end of the word before");
        assert_eq!(snap_end(text, 10, 0), 10, "it is at a word's end");
        assert_eq!(snap_end(text, text.len(), 0), text.len());
        assert_eq!(snap_end(text, 8, 5), 8, "not into what must be shown");
        let endless = "x".repeat(100);
        assert_eq!((snap_start(&endless, 50, 100), snap_end(&endless, 50, 0)), (50, 50), "no word ends near");
        assert_eq!(snap_start("日本\u{3000}語", 3, 12), 9, "the space of another script is a space");
    }

    proptest! {
        #[test]
        fn every_cut_falls_between_characters(
            text in "[a é\n\u{3000}日😀]{0,60}", at in 0usize..60, count in 0usize..80,
        ) {
            let at = text.char_indices().map(|(place, _)| place).nth(at).unwrap_or(text.len());
            let (after, before) = (forward(&text, at, count), backward(&text, at, count));
            prop_assert!(text.is_char_boundary(after) && after >= at);
            prop_assert!(text.is_char_boundary(before) && before <= at);
            prop_assert!(length(text.get(at..after)) <= count + 1);
            let (start, end) = (snap_start(&text, before, at), snap_end(&text, after, at));
            prop_assert!(text.is_char_boundary(start) && (before..=at).contains(&start));
            prop_assert!(text.is_char_boundary(end) && (at..=after).contains(&end));
        }
    }
}
