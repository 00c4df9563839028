//! Parses a query as people type it. Pure: no SQL, no clock. There are no errors, because any text
//! is a query. See [`LANGUAGE`].

pub(crate) mod dates;
pub(crate) mod expression;
pub(crate) mod field;
pub(crate) mod flags;
pub(crate) mod function_words;
pub(crate) mod keyboard;
pub(crate) mod syntax;
pub(crate) mod terms;

use crate::query::field::{Interpretation, interpret, term};
use crate::query::syntax::{Piece, pieces};
use crate::query::terms::{Field, Filter, Open, Sort, TERMS, Term};
use crate::text::highlights::Needle;
use crate::text::script::is_unspaced;

/// A description of the query language for people, one form per line.
pub const LANGUAGE: &str =
    "  link rot            pages with all these words, then, if those are few, pages with most of them
  \"link rot\"          these words next to each other (the first twelve count)
  -rot                without this word (also -\"link rot\", -site:example.org)
  link OR page        pages with either word
  arch*               words that begin with this; the last word always matches that way
  site:example.org    on this site and its subdomains; site:example.org/blog for a part of it
  title:rot           in the title; author:, tag: and url: work the same way
  lang:de kind:video  in this language, of this kind
  after:2024-05       saved since then; before:2024, on:today, after:7d, on:\"last year\", before:may
  has:image           with an image; has:code, has:table, has:versions
  sort:new            newest first; sort:old, sort:relevance
Case and accents make no difference, and typing errors are corrected. No query is an error: whatever is not \
understood is searched for literally.";

/// A parsed query.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Query {
    /// Clauses that all must match, each by one of its alternatives.
    pub(crate) clauses: Vec<Vec<Term>>,
    /// Filters that all must match.
    pub(crate) filters: Vec<Filter>,
    /// Filters that must not match.
    pub(crate) excluded: Vec<Filter>,
    /// Words to exclude that may be flags, each with the word before it.
    pub(crate) doubtful: Vec<(String, Term)>,
    /// The parts of the text whose dates are none.
    pub(crate) no_dates: Vec<String>,
    /// Captured since this time, in milliseconds since 1970.
    pub(crate) since_ms: Option<i64>,
    /// Captured before this time.
    pub(crate) until_ms: Option<i64>,
    /// The order of the hits.
    pub(crate) sort: Sort,
}

impl Query {
    /// Parses any text. `now_ms` is the current time in milliseconds since 1970.
    pub(crate) fn parse(text: &str, now_ms: i64) -> Query {
        let mut query = Query::default();
        let mut pieces = pieces(text);
        flags::keep(&mut pieces);
        let (mut either, mut negate) = (false, false);
        let mut at = 0;
        while let Some(piece) = pieces.get(at) {
            at += 1;
            let operator = !piece.quoted && piece.field.is_none() && !piece.last && !piece.negated;
            match piece.text.as_str() {
                "OR" | "|" if operator && !query.clauses.is_empty() => {
                    either = true;
                    continue;
                }
                "AND" | "&&" if operator && !query.clauses.is_empty() => continue,
                "NOT" if operator => {
                    negate = true;
                    continue;
                }
                _ => {}
            }
            let mut piece = piece.clone();
            // `before:last year`, `on:may 2024`.
            if let Some(next) = pieces.get(at)
                && matches!(piece.field.as_deref(), Some("before" | "after" | "on"))
                && !piece.quoted
                && next.field.is_none()
                && dates::begins(&piece.text)
            {
                let longer = format!("{} {}", piece.text, next.text);
                if dates::span(&longer, now_ms).is_some() {
                    piece.text = longer;
                    at += 1;
                }
            }
            piece.negated |= std::mem::take(&mut negate);
            query.take(piece, std::mem::take(&mut either), now_ms);
        }
        query
    }

    /// Adds a piece to the query.
    fn take(&mut self, piece: Piece, either: bool, now_ms: i64) {
        match interpret(&piece, now_ms) {
            Interpretation::Term(field) if let Some(before) = piece.after.as_ref().filter(|_| piece.negated) => {
                if self.doubtful.len() < TERMS {
                    self.doubtful.push((before.clone(), term(&piece, field)));
                }
            }
            Interpretation::Term(field) => self.term(term(&piece, field), piece.negated, either),
            Interpretation::Text => {
                if field::is_misread_date(&piece) && self.no_dates.len() < TERMS {
                    self.no_dates.push(piece.typed.clone());
                }
                let text = Piece { text: piece.typed.replace('"', " "), ..piece };
                self.term(term(&text, Field::Any), text.negated, either);
            }
            Interpretation::Filter(filter) => {
                let list = if piece.negated { &mut self.excluded } else { &mut self.filters };
                if list.len() < TERMS && !list.contains(&filter) {
                    list.push(filter);
                }
            }
            Interpretation::Since(ms) if piece.negated => self.until(ms),
            Interpretation::Until(ms) if piece.negated => self.since(ms),
            Interpretation::Since(ms) => self.since(ms),
            Interpretation::Until(ms) => self.until(ms),
            Interpretation::Within(span) => {
                self.since(span.start);
                self.until(span.end);
            }
            Interpretation::Sort(sort) => self.sort = sort,
            Interpretation::Nothing => {}
        }
    }

    fn since(&mut self, ms: i64) {
        self.since_ms = Some(self.since_ms.map_or(ms, |known| known.max(ms)));
    }

    fn until(&mut self, ms: i64) {
        self.until_ms = Some(self.until_ms.map_or(ms, |known| known.min(ms)));
    }

    fn term(&mut self, term: Term, negated: bool, either: bool) {
        if term.text.trim().is_empty() {
            return;
        }
        if negated {
            if !term.words.is_empty() && self.excluded.len() < TERMS {
                self.excluded.push(Filter::Term(term));
            }
            return;
        }
        let known = self
            .clauses
            .iter()
            .flatten()
            .any(|other| (&other.text, other.field, other.quoted) == (&term.text, term.field, term.quoted));
        let terms: usize = self.clauses.iter().map(Vec::len).sum();
        if terms >= TERMS {
            return;
        }
        match self.clauses.last_mut() {
            Some(clause) if either => clause.push(term),
            // The query repeats a word, and the second one is still being typed: its last
            // occurrence is a prefix.
            _ if known => {
                let same = self.clauses.iter_mut().flatten().find(|other| other.text == term.text);
                if let Some(same) = same {
                    same.prefix |= term.prefix;
                }
            }
            _ => self.clauses.push(vec![term]),
        }
    }

    /// Decides whether each doubtful word is a flag, which is searched for, or excluded.
    pub(crate) fn settle<E>(&mut self, mut is_flag: impl FnMut(&str, &Term) -> Result<bool, E>) -> Result<(), E> {
        for (before, term) in std::mem::take(&mut self.doubtful) {
            let excludes = !is_flag(&before, &term)?;
            self.term(Term { prefix: false, ..term }, excludes, false);
        }
        Ok(())
    }

    /// Whether the query asks for nothing.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Query { sort: self.sort, ..Query::default() } && self.sort != Sort::Old
    }

    /// Whether the query has filters. A query without any may use faster lookups.
    pub(crate) fn is_narrowed(&self) -> bool {
        !self.filters.is_empty() || !self.excluded.is_empty() || self.since_ms.is_some() || self.until_ms.is_some()
    }

    /// Returns the query's words as the start of a title, if it consists only of words.
    pub(crate) fn title_key(&self) -> Option<String> {
        let plain = |clause: &Vec<Term>| match clause.as_slice() {
            [term] if term.field == Field::Any && !term.words.is_empty() => Some(term.words.join(" ")),
            _ => None,
        };
        let words: Option<Vec<String>> = self.clauses.iter().map(plain).collect();
        words.filter(|words| !words.is_empty()).map(|words| words.join(" "))
    }

    /// Returns the last word, if it is an ASCII prefix that may occur in any field. Before it come
    /// the words that are joined to it by signs: `std` and `ve` of `std::ve`.
    pub(crate) fn last_prefix(&self) -> Option<(&[String], &str)> {
        let [term] = self.clauses.last()?.as_slice() else { return None };
        let (word, joined) = term.words.split_last()?;
        let begun = term.prefix && !term.quoted && term.field == Field::Any && word.is_ascii();
        begun.then_some((joined, word.as_str()))
    }

    /// Returns the query without its last word. Words that signs join to it stay, as a phrase.
    pub(crate) fn without_last_word(&self) -> Query {
        let mut others = self.clone();
        let joined = others.clauses.last_mut().and_then(|clause| clause.last_mut()).filter(|term| term.words.len() > 1);
        match joined {
            Some(term) => {
                term.words.pop();
                (term.text, term.prefix) = (term.words.join(" "), false);
            }
            None => drop(others.clauses.pop()),
        }
        others
    }

    /// Returns the query with its last word as a whole word. Returns `None` if the last word is not
    /// a prefix.
    pub(crate) fn with_whole_last_word(&self) -> Option<Query> {
        // A single character of unspaced writing is not a word, but a prefix of any pair that
        // begins with it.
        let closes = |term: &Term| term.prefix && !term.text.chars().next_back().is_some_and(is_unspaced);
        if !self.clauses.last()?.iter().any(closes) {
            return None;
        }
        let mut whole = self.clone();
        whole.clauses.last_mut()?.iter_mut().filter(|term| closes(term)).for_each(|term| term.prefix = false);
        Some(whole)
    }

    /// Makes whole words of prefixes that are `too_few` letters long. Searching for all words with
    /// such a prefix reads all of them, 100 ms in a large cache. The last word of the query stays a
    /// prefix, because `search/prefix.rs` handles it.
    pub(crate) fn close_short_prefixes(&mut self, too_few: impl Fn(usize) -> bool) {
        let ends = |words: &[String]| words.last().is_some_and(|last| last.is_ascii() && too_few(last.len()));
        let has_last = self.last_prefix().is_some();
        let count = self.clauses.len();
        for (at, clause) in self.clauses.iter_mut().enumerate() {
            let is_last = at + 1 == count && has_last;
            for term in clause.iter_mut().filter(|term| !is_last && ends(&term.words)) {
                term.prefix = false;
            }
        }
        for filter in self.filters.iter_mut().chain(&mut self.excluded) {
            if let Filter::Site { host, open, .. } = filter
                && *open == Some(Open::Within)
                && host.split(' ').next_back().is_some_and(|last| last.is_ascii() && too_few(last.len()))
            {
                *open = Some(Open::Behind);
            }
        }
    }

    /// Returns the typed texts, to be searched for inside words.
    pub(crate) fn substrings(&self) -> Vec<&str> {
        self.clauses.iter().flatten().map(|term| term.text.as_str()).collect()
    }

    /// Returns the needles that a snippet should highlight, one for each clause. They are the
    /// words, or the typed texts if these matched `inside` words.
    pub(crate) fn needles(&self, inside: bool) -> Vec<Needle> {
        let needle = |term: &Term| {
            if inside || term.words.is_empty() || term.text.chars().any(is_unspaced) {
                Needle::substring(&term.text)
            } else {
                Needle::words(&term.words, term.prefix)
            }
        };
        let either = |clause: &Vec<Term>| match clause.as_slice() {
            [term] => needle(term),
            several => Needle::Either(several.iter().map(needle).collect()),
        };
        self.clauses.iter().map(either).collect()
    }
}

#[cfg(test)]
mod tests;
