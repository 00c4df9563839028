//! Places in a text at which an excerpt is cut. They are so many characters away, and between
//! words. Pure.

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
