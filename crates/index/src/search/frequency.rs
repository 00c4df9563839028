//! Estimates the number of pages on which a word occurs. It is exact for rare words. For others it
//! is estimated from the density of the newest of their pages, because counting all pages of a
//! common word would take longer than ranking the best of them.

use rusqlite::{OptionalExtension, params};

use crate::db::connection::Index;
use crate::error::IndexError;
use crate::query::expression::{Expression, Phrase, quoted};
use crate::search::ranking::{Ranking, Word};
use crate::text::script::is_unspaced;

/// The most pages of a word that are counted.
const COUNTED: u32 = 300;

/// The most words of a phrase that are counted.
const FIRST: usize = 4;

/// The weight of a word's other forms, as a share of its own.
const ALTERNATIVE: f64 = 0.6;

/// How many completions of a prefix are counted.
const LIKELY: u32 = 3;

impl Index {
    /// Returns the phrases of an expression, each with its weight.
    pub(crate) fn ranking(&self, expression: &Expression) -> Result<Ranking, IndexError> {
        let mut distinct: Vec<&Phrase> = Vec::new();
        let mut number = |phrase| match distinct.iter().position(|known| *known == phrase) {
            Some(at) => at,
            None => {
                distinct.push(phrase);
                distinct.len() - 1
            }
        };
        let phrases = expression.phrases.iter().map(|phrase| phrase.clause.map(|_| number(phrase))).collect();
        let pages = self.fact("pages")? as f64;
        let alone = distinct.len() == 1;
        let word = |phrase: &&Phrase| {
            // A single phrase weighs the same in every row.
            let on = if alone { 0.0 } else { self.phrase_frequency(phrase)? };
            Ok(Word {
                clause: u16::try_from(phrase.clause.unwrap_or(0)).unwrap_or(u16::MAX),
                weight: ((pages - on + 0.5) / (on + 0.5)).max(0.0).ln_1p(),
                near: !phrase.words.iter().any(|word| word.chars().any(is_unspaced)),
            })
        };
        let mut words = distinct.iter().map(word).collect::<Result<Vec<Word>, IndexError>>()?;
        // Another form weighs less than the typed one, however rare it is.
        let typed: Vec<(u16, f64)> = distinct
            .iter()
            .zip(&words)
            .filter(|(phrase, _)| !phrase.alternative)
            .map(|(_, word)| (word.clause, word.weight))
            .collect();
        for (phrase, word) in distinct.iter().zip(&mut words).filter(|(phrase, _)| phrase.alternative) {
            let own = typed.iter().filter(|(clause, _)| phrase.clause.is_some_and(|at| at == usize::from(*clause)));
            let most = own.map(|(_, weight)| *weight).fold(f64::MAX, f64::min);
            word.weight = ALTERNATIVE * word.weight.min(most);
        }
        let mut ranking = Ranking::new(phrases, words);
        ranking.name = expression.name;
        Ok(ranking)
    }

    /// Estimates how many pages have a phrase: the number of pages with the rarest of its first
    /// words.
    pub(crate) fn phrase_frequency(&self, phrase: &Phrase) -> Result<f64, IndexError> {
        let mut least = f64::MAX;
        for (at, word) in phrase.words.iter().enumerate().take(FIRST) {
            let mut frequency = self.frequency(word)?;
            if phrase.prefix && at + 1 == phrase.words.len() {
                for longer in self.completions(word, LIKELY)? {
                    frequency += self.frequency(&longer)?;
                }
            }
            least = least.min(frequency);
        }
        Ok(if least == f64::MAX { 0.0 } else { least })
    }

    /// Estimates how many pages have a word.
    pub(crate) fn frequency(&self, word: &str) -> Result<f64, IndexError> {
        if let Some(known) = self.memo.frequencies.borrow().get(word) {
            return Ok(*known);
        }
        let sql = "SELECT rowid FROM fts WHERE fts MATCH ?1 ORDER BY rowid DESC LIMIT ?2";
        let mut newest = self.connection.prepare_cached(sql)?;
        let newest: Vec<i64> =
            newest.query_map(params![quoted(word), COUNTED], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let frequency = match newest.len() < COUNTED as usize {
            true => newest.len() as f64,
            false => self.in_all(&newest, (i64::MIN, i64::MAX))?,
        };
        self.memo.frequencies.borrow_mut().insert(word.to_owned(), frequency);
        Ok(frequency)
    }

    /// Whether any page matches an expression.
    pub(crate) fn matches(&self, expression: &str) -> Result<bool, IndexError> {
        if let Some(known) = self.memo.matches.borrow().get(expression) {
            return Ok(*known);
        }
        let mut any = self.connection.prepare_cached("SELECT 1 FROM fts WHERE fts MATCH ?1 LIMIT 1")?;
        let matches = any.query_row([expression], |_| Ok(())).optional()?.is_some();
        self.memo.matches.borrow_mut().insert(expression.to_owned(), matches);
        Ok(matches)
    }

    /// Estimates how many rows a span of row numbers holds. It assumes that the whole span is as
    /// dense as its newest or oldest rows.
    pub(crate) fn in_all(&self, ids: &[i64], within: (i64, i64)) -> Result<f64, IndexError> {
        let ends = "SELECT (SELECT min(id) FROM page), (SELECT max(id) FROM page)";
        let mut ends = self.connection.prepare_cached(ends)?;
        let (lowest, highest): (Option<i64>, Option<i64>) = ends.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (Some(lowest), Some(highest), Some(first), Some(last)) =
            (lowest, highest, ids.iter().min().copied(), ids.iter().max().copied())
        else {
            return Ok(0.0);
        };
        let (lowest, highest) = (lowest.max(within.0), highest.min(within.1));
        let span = |from: i64, to: i64| to.saturating_sub(from).max(0) as f64 + 1.0;
        // Row numbers beyond either end do not count.
        let seen = span(first, highest).min(span(lowest, last));
        Ok((ids.len() as f64 * span(lowest, highest) / seen).min(self.fact("pages")? as f64).max(ids.len() as f64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Entry;
    use crate::search::tests::{index, page};

    /// A page every minute, of which every `nth` has a word.
    fn regular(pages: i64, nth: i64) -> Index {
        let article = |n: i64| if n % nth == 0 { "stone word" } else { "stone" };
        index(&(0..pages).map(|n| page(&format!("P{n}"), article(n), 60 * n)).collect::<Vec<Entry>>())
    }

    #[test]
    fn a_rare_word_is_counted() {
        let index = regular(400, 4);
        assert_eq!(index.frequency("word").unwrap(), 100.0);
        assert_eq!(index.frequency("absent").unwrap(), 0.0);
        assert_eq!(index.frequency("wo").unwrap(), 0.0, "only whole words count");
    }

    #[test]
    fn a_common_word_is_estimated_from_its_newest_pages() {
        let index = regular(1_000, 2);
        let (estimate, all) = (index.frequency("word").unwrap(), index.frequency("stone").unwrap());
        assert!((480.0..=520.0).contains(&estimate), "{estimate} of 500");
        assert!((990.0..=1_000.0).contains(&all), "{all} of 1000");
    }

    #[test]
    fn a_phrase_is_as_rare_as_its_rarest_word() {
        let index = regular(400, 4);
        let phrase = |words: &[&str], prefix: bool| Phrase {
            clause: Some(0),
            field: crate::query::terms::Field::Any,
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            prefix,
            alternative: false,
        };
        assert_eq!(index.phrase_frequency(&phrase(&["stone", "word"], false)).unwrap(), 100.0);
        assert_eq!(index.phrase_frequency(&phrase(&["word", "stone"], false)).unwrap(), 100.0);
        assert_eq!(index.phrase_frequency(&phrase(&["wor"], true)).unwrap(), 100.0, "its completion");
        assert_eq!(index.phrase_frequency(&phrase(&["wor"], false)).unwrap(), 0.0);
        assert_eq!(index.phrase_frequency(&phrase(&[], false)).unwrap(), 0.0);
    }

    #[test]
    fn a_span_of_rows_is_filled_as_densely_as_its_sample() {
        let index = regular(100, 1);
        let ids: Vec<i64> = (90..100).collect();
        assert_eq!(index.in_all(&ids, (i64::MIN, i64::MAX)).unwrap(), 100.0);
        assert_eq!(index.in_all(&ids, (80, 99)).unwrap(), 20.0);
        assert_eq!(index.in_all(&[], (i64::MIN, i64::MAX)).unwrap(), 0.0);
        assert!(index.in_all(&[0, 99], (0, 99)).unwrap() >= 2.0, "never fewer than were found");
        assert_eq!(Index::open_in_memory().unwrap().in_all(&ids, (0, 9)).unwrap(), 0.0);
    }

    #[test]
    fn whether_any_page_matches_is_asked_once() {
        let index = regular(3, 1);
        assert!(index.matches("\"word\"").unwrap() && !index.matches("\"absent\"").unwrap());
        assert_eq!(index.memo.matches.borrow().len(), 2);
        assert!(index.matches("\"word\"").unwrap());
        assert_eq!(index.memo.matches.borrow().len(), 2);
    }
}
