//! Decides whether an answer belongs to the newest query, whether another may follow, and words its
//! count. It also decides from which length a text is searched. It asks nobody.

use cachette_protocol::Found;
use cachette_webext::{
    error::Error,
    i18n::{Plural, Text, fill, number, plural, text},
};

/// The length from which a query is searched, in characters.
const SHORTEST: usize = 2;

/// Whether what was typed is long enough to be searched.
pub fn is_question(query: &str) -> bool {
    query.trim().chars().count() >= SHORTEST
}

/// The meaning of an answer for a search box that may have changed since.
#[derive(Debug, PartialEq)]
pub enum Answer {
    /// It is the one that the user waits for.
    Found(Found),
    /// The question could not be answered.
    Failed(Error),
    /// The user has typed more in the meantime; that answer is on its way.
    Stale,
}

impl Answer {
    /// Returns the meaning of a result for the query `asked`, where the box holds `current` now.
    pub fn of(result: Result<Found, Error>, asked: &str, current: &str) -> Answer {
        match result {
            _ if asked != current => Answer::Stale,
            Ok(found) if found.query == asked => Answer::Found(found),
            Ok(_) => Answer::Stale,
            Err(error) => Answer::Failed(error),
        }
    }
}

/// The pauses after which a search is repeated while the host compares the files, in milliseconds.
/// A comparison takes half a second for 100,000 files, and some ten seconds on a cold disk.
const PAUSES_MS: [f64; 6] = [600.0, 1_000.0, 2_000.0, 4_000.0, 8_000.0, 15_000.0];

/// Repeats a search whose answer may be followed by a better one.
#[derive(Debug, Default)]
pub struct Repetition(usize);

impl Repetition {
    /// Returns the pause before the search is asked again; `None` if its answer is the last one.
    pub fn pause_ms(&mut self, found: &Found) -> Option<f64> {
        let pause = PAUSES_MS.get(self.0).copied().filter(|_| found.comparing);
        self.0 = self.0.saturating_add(1);
        pause
    }

    /// Whether the search has been asked before.
    pub fn is_repeated(&self) -> bool {
        self.0 > 0
    }
}

/// Whether two answers show the same.
pub fn is_same(one: &Found, other: &Found) -> bool {
    (&one.query, &one.hits, one.total, &one.corrected) == (&other.query, &other.hits, other.total, &other.corrected)
}

/// Returns a query whose plain words are in quotation marks, so that none is corrected.
pub fn as_typed(query: &str) -> String {
    let quoted = |word: &str| match word.contains(['"', ':']) || word.starts_with('-') {
        true => word.to_owned(),
        false => format!("\"{word}\""),
    };
    query.split_whitespace().map(quoted).collect::<Vec<_>>().join(" ")
}

/// Returns how many pages were found. If the typed words are unknown, it also names the words that
/// were searched instead.
pub fn summary(found: &Found) -> String {
    let shown = found.hits.len() as u64;
    let words = match found.total {
        0 => text(Text::NO_HITS),
        total if total > shown => plural(Plural::BEST_PAGES, total, &[&number(shown)]),
        total => plural(Plural::PAGES, total, &[]),
    };
    let corrected = found.corrected.iter().map(|corrected| fill(Text::CORRECTED, &[corrected]));
    let misread = found.no_dates.iter().map(|text| fill(Text::NO_DATE, &[text]));
    misread.chain(corrected).chain([words]).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
