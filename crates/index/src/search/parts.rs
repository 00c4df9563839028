//! Takes a word apart that is a piece of a name, such as `classname` of `GetClassName`. The index
//! has the parts of such a name at the same position, and pages with words close together rank
//! high.

use crate::db::connection::Index;
use crate::error::IndexError;
use crate::query::Query;
use crate::query::expression::{Expression, quoted};
use crate::query::terms::{Field, Term};

/// The lengths of a word that is taken apart, in letters, and the fewest letters of a part.
const LETTERS: std::ops::RangeInclusive<usize> = 6..=40;
const PART: usize = 2;

/// The most parts.
const PARTS: usize = 4;

/// How many words may complete the last part.
const COMPLETIONS: u32 = 80;

impl Index {
    /// Returns the query with its first unknown word cut into words that pages have, once for each
    /// number of parts, and the expression of each.
    pub(crate) fn in_parts(&self, query: &Query) -> Result<Vec<(Query, Expression)>, IndexError> {
        let mut cuts = Vec::new();
        for (place, clause) in query.clauses.iter().enumerate() {
            let [term] = clause.as_slice() else { continue };
            let [word] = term.words.as_slice() else { continue };
            if term.quoted || term.field != Field::Any || self.matches(&quoted(word))? {
                continue;
            }
            for parts in self.parts_of(word)? {
                let mut cut = query.clone();
                let name = (place, place + parts.len());
                cut.clauses.splice(place..=place, self.clauses_of(term, parts)?);
                if let Some(expression) = cut.expression() {
                    cuts.push((cut, Expression { name: Some(name), ..expression }));
                }
            }
            if !cuts.is_empty() {
                break;
            }
        }
        Ok(cuts)
    }

    /// Returns a clause for each part of a word; the last one may also be the start of a word.
    fn clauses_of(&self, term: &Term, parts: Vec<String>) -> Result<Vec<Vec<Term>>, IndexError> {
        let last = parts.len().saturating_sub(1);
        let mut clauses = Vec::new();
        for (at, part) in parts.into_iter().enumerate() {
            let mut words = vec![part.clone()];
            if at == last {
                words.extend(self.completed(&part)?);
            }
            let word = |word: String| Term { text: word.clone(), words: vec![word], prefix: false, ..term.clone() };
            clauses.push(words.into_iter().map(word).collect());
        }
        Ok(clauses)
    }

    /// Returns longer words that begin with a part. The vocabulary lacks those of three letters.
    fn completed(&self, part: &str) -> Result<Vec<String>, IndexError> {
        let mut words = self.completions(part, COMPLETIONS)?;
        if part.len() == PART {
            for letter in 'a'..='z' {
                let word = format!("{part}{letter}");
                if self.matches(&quoted(&word))? {
                    words.push(word);
                }
            }
        }
        Ok(words)
    }

    /// Returns the ways to make a folded word of two and more words, one for each number of parts:
    /// the one whose rarest part is commonest. The last part may be incomplete.
    fn parts_of(&self, word: &str) -> Result<Vec<Vec<String>>, IndexError> {
        if !LETTERS.contains(&word.len()) || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Ok(Vec::new());
        }
        // For each beginning of the word and each number of parts, the best way.
        let mut best: Vec<Vec<Way>> = vec![vec![Way::default(); PARTS + 1]; word.len() + 1];
        if let Some(none) = best.first_mut().and_then(|ways| ways.first_mut()) {
            none.rarest = f64::MAX;
        }
        for end in PART..=word.len() {
            for start in 0..=end - PART {
                let part = word.get(start..end).unwrap_or_default();
                let ways = best.get(start).cloned().unwrap_or_default();
                if part == word || ways.iter().all(|way| way.rarest == 0.0) {
                    continue;
                }
                let pages = self.pages_of_part(part, end == word.len())?;
                for (count, way) in ways.into_iter().enumerate().take(PARTS).filter(|_| pages > 0.0) {
                    let rarest = way.rarest.min(pages);
                    let known = best.get_mut(end).and_then(|ways| ways.get_mut(count + 1));
                    if let Some(known) = known.filter(|known| rarest > known.rarest) {
                        *known = Way { ends: way.ends.into_iter().chain([end]).collect(), rarest };
                    }
                }
            }
        }
        let cut = |way: Way| -> Vec<String> {
            let starts = std::iter::once(0).chain(way.ends.iter().copied());
            starts.zip(&way.ends).map(|(start, end)| word.get(start..*end).unwrap_or_default().to_owned()).collect()
        };
        Ok(best.pop().unwrap_or_default().into_iter().filter(|way| way.ends.len() > 1).map(cut).collect())
    }

    /// Returns on about how many pages a part is; the last one may be the start of a word.
    fn pages_of_part(&self, part: &str, is_last: bool) -> Result<f64, IndexError> {
        let mut pages = if self.matches(&quoted(part))? { self.frequency(part)? } else { 0.0 };
        if is_last {
            for longer in self.completions(part, 1)? {
                pages += self.frequency(&longer)?;
            }
        }
        Ok(pages)
    }
}

/// A way to take the beginning of a word apart.
#[derive(Debug, Clone, Default)]
struct Way {
    /// Where the parts end.
    ends: Vec<usize>,
    /// On how many pages the rarest part is; 0 if there is no such way.
    rarest: f64,
}

#[cfg(test)]
mod tests {
    use crate::search::tests::{index, page};

    #[test]
    fn a_piece_of_a_name_finds_the_name() {
        let index = index(&[
            page("One", "call GetClassNameField once", 1),
            page("Two", "the class has a name", 2),
            page("Three", "nothing", 3),
        ]);
        for query in ["classname", "classnamefi", "classnamefield", "getclass"] {
            let hits = index.find(query, 10, 0).hits;
            assert_eq!(hits.first().map(|hit| hit.title.as_str()), Some("One"), "{query}");
        }
        assert_eq!(index.find("zzclassname", 10, 0).hits.len(), 0);
    }

    #[test]
    fn a_word_is_taken_apart_into_each_number_of_parts() {
        let index = index(&[page("One", "class name classna me field classname", 1)]);
        assert_eq!(index.parts_of("classname").unwrap(), [["class", "name"]]);
        let parts = index.parts_of("classnamefield").unwrap();
        assert_eq!(parts, [vec!["classname", "field"], vec!["class", "name", "field"]]);
        for word in ["class", "xyzzyxy", "Classname", "klässname", ""] {
            assert!(index.parts_of(word).unwrap().is_empty(), "{word}");
        }
    }
}
