//! Adds to each word of a query what it may also mean: its other forms, and the same words joined
//! or apart. Pages that have the words as typed come first; these follow where they are few.

use crate::db::connection::Index;
use crate::error::IndexError;
use crate::query::Query;
use crate::query::expression::quoted;
use crate::query::terms::{Field, Term};
use crate::search::unspaced::{is_run, without_particle};
use crate::text::tokenizer::words;

/// The fewest letters of each part of a word that is taken apart.
const PART: usize = 2;

/// The letters that an apostrophe separates: `let's`, `don't`, `I'd`, `I'm`.
const SEPARATED: [&str; 4] = ["s", "t", "d", "m"];

/// How many ways to take a word apart are searched for.
const CUTS: usize = 2;

/// How many pages of a phrase are counted to find the commonest.
const COUNTED: u32 = 50;

/// How many pages the alternatives of a query may have in all, which bounds the time that they
/// take. Each takes about 1 µs. Next to a rare word, FTS5 skips most pages of a common one: it then
/// reads about the second number for each page of the rare word.
const READ: (f64, f64) = (8_000.0, 60.0);

impl Index {
    /// Returns the query with alternatives to its words, those of the rarest words first. It is
    /// `None` if there are none.
    pub(crate) fn widened(&self, query: &Query) -> Result<Option<Query>, IndexError> {
        let mut rarest: Vec<(f64, usize)> = Vec::new();
        for (at, clause) in query.clauses.iter().enumerate() {
            if let [term] = clause.as_slice()
                && !term.quoted
                && !matches!(term.field, Field::Url)
                && !term.words.is_empty()
            {
                let mut pages = f64::MAX;
                for word in &term.words {
                    pages = pages.min(self.frequency(word)?);
                }
                rarest.push((pages, at));
            }
        }
        rarest.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let (mut wide, mut left, mut rare) = (query.clone(), READ.0, f64::MAX);
        // Words joined or apart have few pages, so they do not wait for the forms of other words.
        for with_forms in [false, true] {
            for (pages, at) in &rarest {
                let Some(term) = query.clauses.get(*at).and_then(|clause| clause.first()) else { continue };
                let read = |pages: f64, rare: f64| pages.min(READ.1 * rare.max(1.0));
                if with_forms && read(*pages, rare) > left {
                    break;
                }
                let others = match with_forms {
                    true => self.forms(term)?,
                    false => self.composed(query, *at, term)?,
                };
                let mut all = *pages;
                for (clause, other) in others.into_iter().map(|(clause, other)| (clause.unwrap_or(*at), other)) {
                    let mut pages = f64::MAX;
                    for word in words(&other) {
                        pages = pages.min(self.frequency(&word)?);
                    }
                    let (cost, to) = (read(pages, rare), query.clauses.get(clause).and_then(|clause| clause.first()));
                    if let Some(to) = to.filter(|_| cost <= left) {
                        left -= cost;
                        all += pages;
                        add(&mut wide, clause, to, &other);
                    }
                }
                rare = rare.min(all);
            }
        }
        Ok((wide.clauses != query.clauses).then_some(wide))
    }

    /// Returns the other forms of a word; of a Korean one, the noun without its particle.
    fn forms(&self, term: &Term) -> Result<Vec<(Option<usize>, String)>, IndexError> {
        let forms = match term.words.as_slice() {
            _ if is_run(term) => without_particle(&term.text).map(str::to_owned).into_iter().collect(),
            [word] => self.family(word)?,
            _ => Vec::new(),
        };
        Ok(forms.into_iter().map(|form| (None, form)).collect())
    }

    /// Returns a word as it is written apart, joined, with its neighbours, or with other signs.
    /// Each comes with the number of its clause, if that is another one.
    fn composed(&self, query: &Query, at: usize, term: &Term) -> Result<Vec<(Option<usize>, String)>, IndexError> {
        let mut others: Vec<(Option<usize>, String)> = Vec::new();
        if is_run(term) {
            return Ok(others);
        }
        match term.words.as_slice() {
            [word] => others.extend(self.apart(word)?.into_iter().map(|phrase| (None, phrase))),
            several => others.extend(self.joined(&several.concat())?.map(|word| (None, word))),
        }
        for other in other_signs(&term.text) {
            if self.matches(&quoted(&other))? {
                others.push((None, other));
            }
        }
        for (neighbour, whole) in self.joined_neighbours(query, at)? {
            others.push((Some(neighbour), whole.clone()));
            others.push((None, whole));
        }
        Ok(others)
    }

    /// Returns the words that a word forms together with the one before or after it, each with the
    /// number of that clause.
    fn joined_neighbours(&self, query: &Query, at: usize) -> Result<Vec<(usize, String)>, IndexError> {
        let one = |at: usize| match query.clauses.get(at)?.as_slice() {
            [term] if !term.quoted => match term.words.as_slice() {
                [word] => Some((word, term.field)),
                _ => None,
            },
            _ => None,
        };
        let mut wholes = Vec::new();
        for (first, second, neighbour) in [(at.wrapping_sub(1), at, at.wrapping_sub(1)), (at, at + 1, at + 1)] {
            if let (Some((one, field)), Some((other, same))) = (one(first), one(second))
                && field == same
                && let Some(whole) = self.joined(&format!("{one}{other}"))?
            {
                wholes.push((neighbour, whole));
            }
        }
        Ok(wholes)
    }

    /// Returns a word that some page has, if it does.
    fn joined(&self, word: &str) -> Result<Option<String>, IndexError> {
        Ok(if self.matches(&quoted(word))? { Some(word.to_owned()) } else { None })
    }

    /// Returns the phrases that a word is made of, such as `file system`.
    fn apart(&self, word: &str) -> Result<Vec<String>, IndexError> {
        let mut cuts: Vec<(i64, String)> = Vec::new();
        for (at, _) in word.char_indices().skip(PART) {
            let (one, other) = word.split_at(at);
            if other.chars().count() < PART && !SEPARATED.contains(&other) {
                break;
            }
            let both = self.matches(&quoted(one))? && self.matches(&quoted(other))?;
            let phrase = format!("{one} {other}");
            let pages = if both { self.count_up_to(&quoted(&phrase), COUNTED)? } else { 0 };
            if pages > 0 {
                cuts.push((pages, phrase));
            }
        }
        cuts.sort_by_key(|cut| std::cmp::Reverse(cut.0));
        Ok(cuts.into_iter().take(CUTS).map(|(_, phrase)| phrase).collect())
    }
}

/// Returns a number as it may also be written: a version without its `v`, a hexadecimal number
/// without its `0x`, or with them.
fn other_signs(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let is_hex = |text: &str| text.len() > 1 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut others = Vec::new();
    if let Some(bare) = text.strip_prefix('v').filter(|bare| bare.starts_with(|c: char| c.is_ascii_digit())) {
        others.push(bare.to_owned());
    } else if text.starts_with(|c: char| c.is_ascii_digit()) && text.contains('.') {
        others.push(format!("v{text}"));
    }
    match text.strip_prefix("0x") {
        Some(bare) if is_hex(bare) => others.push(bare.to_owned()),
        None if is_hex(&text) => others.push(format!("0x{text}")),
        _ => {}
    }
    others
}

/// Adds an alternative to a clause.
fn add(query: &mut Query, clause: usize, to: &Term, text: &str) {
    let term = Term { text: text.to_owned(), words: words(text), prefix: false, alternative: true, ..to.clone() };
    if let Some(clause) = query.clauses.get_mut(clause)
        && !term.words.is_empty()
        && !clause.iter().any(|known| known.words == term.words)
        && term.field != Field::Url
    {
        clause.push(term);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::tests::{index, page};

    fn titles(index: &Index, query: &str) -> Vec<String> {
        index.find(query, 10, 0).hits.into_iter().map(|hit| hit.title).collect()
    }

    #[test]
    fn words_are_found_joined_and_apart() {
        let index = index(&[
            page("Apart", "the file system of the disk, set up wi-fi, let's go", 1),
            page("Joined", "the filesystem of the drive, and wifi", 2),
            page("Other", "a system without a drive or a disk", 3),
        ]);
        assert_eq!(titles(&index, "filesystem disk")[0], "Apart");
        assert_eq!(titles(&index, "file system drive")[0], "Joined");
        assert_eq!(titles(&index, "wifi disk")[0], "Apart");
        assert_eq!(titles(&index, "wi-fi drive")[0], "Joined");
        assert_eq!(titles(&index, "lets go disk")[0], "Apart");
    }

    #[test]
    fn quoted_words_and_addresses_are_taken_as_they_are() {
        let index = index(&[page("One", "the file system", 1), page("Two", "filesystems", 2)]);
        let wide = |query: &str| index.widened(&Query::parse(query, 0)).unwrap().is_some();
        assert!(wide("filesystem"));
        assert!(!wide("\"filesystem\"") && !wide("url:filesystem") && !wide("absent") && !wide(""));
    }

    #[test]
    fn signs_of_numbers_and_versions_make_no_difference() {
        let index = index(&[
            page("Lm", "the LM-317 regulator at 0xFF", 1),
            page("Version", "since v1.82 it works", 2),
            page("Bare", "the LM7805 and 1.9.3 at ff08", 3),
        ]);
        for (query, title) in [
            ("LM317", "Lm"),
            ("LM-7805", "Bare"),
            ("1.82", "Version"),
            ("v1.9.3", "Bare"),
            ("ff regulator", "Lm"),
            ("0xff08", "Bare"),
        ] {
            assert_eq!(titles(&index, query).first().map(String::as_str), Some(title), "{query}");
        }
    }
}
