//! Corrects a query. It finds the words that no page has, and those that they probably mean.

use crate::db::connection::Index;
use crate::error::IndexError;
use crate::query::Query;
use crate::query::expression::{expression, quoted};
use crate::query::terms::{Field, Term};
use crate::search::prefix::is_too_common;
use crate::text::script::is_half_a_pair;

/// How many completions of a prefix are tried before trying all of them.
const LONGER: u32 = 3;

/// The most pages of a word that may be a slip although it occurs, and how many times as common the
/// word is that it may mean.
const WEAK: f64 = 5.0;
const COMMONER: f64 = 20.0;

/// A corrected query, and the places of its corrections in the typed text.
pub(crate) struct Meant {
    /// The query with the corrections.
    pub(crate) query: Query,
    /// The range of each word in the typed text, with the words that replace it.
    words: Vec<((usize, usize), Vec<Term>)>,
}

impl Index {
    /// Returns for each clause whether no page has any of its words, ignoring filters. A quoted
    /// phrase counts as known: if no page has it, no page has it inside words either.
    pub(crate) fn unknown(&self, query: &Query) -> Result<Vec<bool>, IndexError> {
        let unknown = |clause: &Vec<Term>| {
            for term in clause {
                if !term.words.is_empty() && (term.quoted || self.is_known(term)?) {
                    return Ok(false);
                }
            }
            Ok(true)
        };
        query.clauses.iter().map(unknown).collect()
    }

    /// Whether any page has a term. FTS5 reads every word with a prefix completely before it
    /// answers, so prefixes are checked last, and not at all if most pages have such a word.
    fn is_known(&self, term: &Term) -> Result<bool, IndexError> {
        if self.matches(&expression(term, false))? {
            return Ok(true);
        }
        if let (true, [word]) = (term.prefix, term.words.as_slice()) {
            // The table of titles and addresses takes single words only.
            let single = word.is_ascii() || is_half_a_pair(word);
            let named = || self.named(&format!("{}*", quoted(word)), (i64::MIN, i64::MAX), 1);
            if single && term.field == Field::Any && !named()?.is_empty() {
                return Ok(true);
            }
            if word.is_ascii() && is_too_common(word.len(), self.fact("pages")?) {
                return Ok(true);
            }
            for longer in self.completions(word, LONGER)? {
                if self.matches(&expression(&Term { text: longer, ..term.clone() }, false))? {
                    return Ok(true);
                }
            }
        }
        Ok(term.prefix && self.matches(&expression(term, true))?)
    }

    /// Returns the probable meaning of a query whose words no page has. It is `None` if all its
    /// words are known or have no correction.
    pub(crate) fn meant(&self, query: &Query, unknown: &[bool]) -> Result<Option<Meant>, IndexError> {
        let mut meant = Meant { query: query.clone(), words: Vec::new() };
        for (clause, _) in meant.query.clauses.iter_mut().zip(unknown).filter(|(_, unknown)| **unknown) {
            let [term] = clause.as_slice() else { continue };
            let [word] = term.words.as_slice() else { continue };
            if term.quoted || !crate::text::typo::is_correctable(word) {
                continue;
            }
            let corrections = self.corrections(word)?;
            let mut is_form = false;
            for correction in &corrections {
                is_form = is_form || self.is_form(word, correction)?;
            }
            // Another form of a word is no correction: it is searched for anyway.
            if corrections.is_empty() || is_form {
                continue;
            }
            let term = term.clone();
            *clause = corrections
                .iter()
                .map(|word| Term { text: word.clone(), words: vec![word.clone()], prefix: false, ..term.clone() })
                .collect();
            meant.words.push((term.place, clause.clone()));
        }
        Ok(if meant.words.is_empty() { None } else { Some(meant) })
    }

    /// Returns the meaning of a query with words that are on very few pages and are one slip away
    /// from a far commoner word. Names of code and other forms of the same word are no slips.
    pub(crate) fn weak(&self, query: &Query) -> Result<Option<Meant>, IndexError> {
        let mut meant = Meant { query: query.clone(), words: Vec::new() };
        for clause in &mut meant.query.clauses {
            let [term] = clause.as_slice() else { continue };
            let [word] = term.words.as_slice() else { continue };
            let is_name = term.text.chars().skip(1).any(|c| !c.is_lowercase());
            if term.quoted || term.field != Field::Any || is_name || !crate::text::typo::is_correctable(word) {
                continue;
            }
            let pages = self.frequency(word)?;
            if pages == 0.0 || pages > WEAK {
                continue;
            }
            let mut likely = None;
            for (often, other) in self.counted_corrections(word)? {
                let is_commoner = often as f64 >= pages * COMMONER;
                if is_commoner && !self.is_form(word, &other)? {
                    likely = Some(other);
                    break;
                }
            }
            let Some(other) = likely else { continue };
            let term = term.clone();
            let alternative = Term { text: other.clone(), words: vec![other], prefix: false, ..term.clone() };
            *clause = vec![alternative];
            meant.words.push((term.place, clause.clone()));
        }
        Ok(if meant.words.is_empty() { None } else { Some(meant) })
    }

    /// Returns the typed text with its words corrected to words of the best page.
    pub(crate) fn said(&self, typed: &str, meant: &Meant, top: i64) -> Result<String, IndexError> {
        let mut said = String::new();
        let mut from = 0;
        for ((start, end), words) in &meant.words {
            let mut chosen = words.first();
            for word in words {
                if self.page_matches(&expression(word, false), top)? {
                    chosen = Some(word);
                    break;
                }
            }
            said.push_str(typed.get(from..*start).unwrap_or_default());
            said.push_str(chosen.map_or("", |word| word.text.as_str()));
            from = *end;
        }
        said.push_str(typed.get(from..).unwrap_or_default());
        Ok(said.trim().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::tests::{index, page};

    fn corrected(index: &Index, query: &str) -> Option<String> {
        index.find(query, 10, 0).corrected
    }

    #[test]
    fn a_word_that_no_page_has_is_replaced_where_it_was_typed() {
        let index = index(&[page("One", "persimmons grow on the wall", 1), page("Two", "the wall of the garden", 2)]);
        for (query, answered) in [
            ("persimmosn", "persimmons"),
            ("Persimmosn", "persimmons"),
            ("the  persimmosn wall", "the  persimmons wall"),
            ("persimmosn gardn", "persimmons garden"),
            ("site:example.org persimmosn", "site:example.org persimmons"),
            ("persimmosn -slate", "persimmons -slate"),
            ("persimmosn*", "persimmons*"),
        ] {
            assert_eq!(corrected(&index, query).as_deref(), Some(answered), "{query}");
        }
        assert_eq!(index.find("persimmosn", 10, 0).hits[0].title, "One");
    }

    #[test]
    fn what_is_known_or_meant_literally_is_not_corrected() {
        let index = index(&[page("One", "persimmons grow on the wall", 1), page("Two", "persimmon", 2)]);
        for query in [
            "persimmons",
            "persimmon",
            "persimm",
            "\"persimmosn\"",
            "persimmosn OR pear",
            "walls",
            "growing",
            "wlal2",
            "xyzzyx",
            "site:example.net persimmosn",
            "",
        ] {
            assert_eq!(corrected(&index, query), None, "{query}");
        }
    }

    #[test]
    fn of_several_corrections_the_one_on_the_best_page_is_named() {
        let walk = format!("along the coast {}", "and on and on ".repeat(50));
        let index = index(&[page("Walk", &walk, 1), page("Toast", "the toast, a toast", 2), page("Roost", "x", 3)]);
        assert_eq!(index.corrections("xoast").unwrap(), ["coast", "toast"]);
        let found = index.find("xoast", 10, 0);
        assert_eq!((found.corrected.as_deref(), found.hits[0].title.as_str()), (Some("toast"), "Toast"));
        assert_eq!(found.hits.len(), 2, "the pages of the others follow");
    }

    #[test]
    fn a_clause_is_unknown_if_no_page_has_any_of_its_words() {
        let index = index(&[page("One", "persimmons grow 用户手册", 1)]);
        let unknown = |text: &str| index.unknown(&Query::parse(text, 0)).unwrap();
        assert_eq!(unknown("persimmons absent grow"), [false, true, false]);
        assert_eq!(unknown("absent OR grow x"), [false, true]);
        assert_eq!(unknown("pers"), [false], "a prefix of a known word");
        assert_eq!(unknown("\"absent absent\""), [false], "no page has it inside of words either");
        assert_eq!(unknown("户 用户"), [false, false]);
        assert_eq!(unknown("site:a -absent"), [false; 0]);
        assert_eq!(unknown("!!"), [true]);
    }
}
