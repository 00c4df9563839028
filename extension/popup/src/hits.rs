//! Knows which of the found pages is chosen, and splits snippets at their marks. It is pure.

use cachette_protocol::Hit;
use cachette_webext::address;

/// The selected hit, if any.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// How many hits there are.
    pub count: usize,
    /// The selected hit's index; `None` while the caret is in the search box alone.
    pub chosen: Option<usize>,
}

impl Choice {
    /// Makes a choice without a selection among this many hits.
    pub fn among(count: usize) -> Choice {
        Choice { count, chosen: None }
    }

    /// Returns the same choice among other hits: the selected page stays selected, wherever it is
    /// now. `before` is the selected one.
    pub fn kept(before: Option<&Hit>, hits: &[Hit]) -> Choice {
        let chosen = before.and_then(|before| hits.iter().position(|hit| hit.hash_url == before.hash_url));
        Choice { count: hits.len(), chosen }
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

    /// Returns the hit that Enter opens: the selected one, otherwise the best.
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

/// Returns the address that a hit opens: its saved copy, or the live page, if that may be opened.
pub fn target(hit: &Hit, live: bool) -> Option<String> {
    if live { address::is_live(&hit.url).then(|| hit.url.clone()) } else { Some(address::of_copy(&hit.hash_url, "")) }
}

/// Whether a click with this button opens the live page. Ctrl or Cmd may be held. `None` for a
/// button that opens nothing.
pub fn opens_live(button: i16, with_control: bool) -> Option<bool> {
    (0..2).contains(&button).then_some(with_control || button == 1)
}

/// The beginning of the id of a hit's row.
const OPTION: &str = "hit-";

/// Returns the id of the row of the hit at this place.
pub fn option_id(at: usize) -> String {
    format!("{OPTION}{at}")
}

/// Returns the place of the hit whose row has this id.
pub fn option_at(id: &str) -> Option<usize> {
    id.strip_prefix(OPTION)?.parse().ok()
}

#[cfg(test)]
mod tests;
