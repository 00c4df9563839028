//! Decides whether an answer belongs to the newest query, and words its count. It also decides from
//! which length a text is searched. It asks nobody.

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

/// Returns how many pages were found. If the typed words are unknown, it also names the words that
/// were searched instead.
pub fn summary(found: &Found) -> String {
    let shown = found.hits.len() as u64;
    let words = match found.total {
        0 => text(Text::NO_HITS),
        total if total > shown => plural(Plural::BEST_PAGES, total, &[&number(shown)]),
        total => plural(Plural::PAGES, total, &[]),
    };
    match &found.corrected {
        Some(corrected) => format!("{} {words}", fill(Text::CORRECTED, &[corrected])),
        None => words,
    }
}

#[cfg(test)]
mod tests;
