//! Translates a query into an FTS5 expression. Pure: no SQL. Every word is quoted, so no character
//! in it can act as an operator.

use crate::query::Query;
use crate::query::terms::{Field, Filter, Open, Term};
use crate::text::script::is_half_a_pair;

/// The label of every page.
pub(crate) const EVERY: char = '\u{E000}';
/// The first character of a language's label.
pub(crate) const LANG: char = '\u{E001}';
/// The first character of a kind's label.
pub(crate) const KIND: char = '\u{E002}';
/// The first character of the label for a kind of content on a page.
pub(crate) const HAS: char = '\u{E003}';

/// The first character of the labels of a site and of its parent domains.
pub(crate) const SITE: char = '\u{E004}';
/// The separator of the words in a site's label.
pub(crate) const DOT: char = '\u{E005}';

/// An expression, and its phrases in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Expression {
    /// The text for FTS5.
    pub(crate) text: String,
    /// The phrases in it.
    pub(crate) phrases: Vec<Phrase>,
    /// The clauses that are parts of one name, the first and the one after the last: only pages
    /// with all of them at one position match.
    pub(crate) name: Option<(usize, usize)>,
}

/// A phrase in an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// The number of its clause; `None` for a filter, which does not rank.
    pub(crate) clause: Option<usize>,
    /// The field that it is searched in.
    pub(crate) field: Field,
    /// Its words as the index knows them.
    pub(crate) words: Vec<String>,
    /// Whether the last word is a prefix.
    pub(crate) prefix: bool,
    /// Whether it is another form of what was typed, which counts less.
    pub(crate) alternative: bool,
}

impl Expression {
    /// A phrase that ranks, as a part of the clause with this number.
    fn of(term: &Term, prefix: bool, clause: usize) -> Expression {
        let (words, alternative) = (term.words.clone(), term.alternative);
        let phrase = Phrase { clause: Some(clause), field: term.field, words, prefix, alternative };
        Expression { text: expression(term, prefix), phrases: vec![phrase], name: None }
    }

    /// Makes a filter from a text of this number of phrases, which do not rank.
    fn filter(text: String, phrases: usize) -> Expression {
        let phrase = Phrase { clause: None, field: Field::Any, words: Vec::new(), prefix: false, alternative: false };
        Expression { text, phrases: vec![phrase; phrases], name: None }
    }

    /// Alternative words, as clauses numbered from `from` on.
    pub(crate) fn any(words: &[String], from: usize) -> Expression {
        let word = |(at, word): (usize, &String)| {
            let words = vec![word.clone()];
            let phrase =
                Phrase { clause: Some(from + at), field: Field::Any, words, prefix: false, alternative: false };
            Expression { text: quoted(word), phrases: vec![phrase], name: None }
        };
        joined(words.iter().enumerate().map(word), " OR ")
    }

    /// The expression in parentheses.
    pub(crate) fn wrapped(self) -> Expression {
        Expression { text: format!("({})", self.text), ..self }
    }
}

/// Joins expressions with an operator.
pub(crate) fn joined(parts: impl IntoIterator<Item = Expression>, operator: &str) -> Expression {
    let mut whole = Expression::default();
    for (at, part) in parts.into_iter().enumerate() {
        if at > 0 {
            whole.text.push_str(operator);
        }
        whole.text.push_str(&part.text);
        whole.phrases.extend(part.phrases);
        whole.name = whole.name.or(part.name);
    }
    whole
}

impl Query {
    /// Returns the expression for the pages that meet all clauses and filters. It is `None` if the
    /// words contain nothing to search for.
    pub(crate) fn expression(&self) -> Option<Expression> {
        let clauses: Vec<Expression> = (0..self.clauses.len()).filter_map(|at| self.clause(at)).collect();
        let wanted = match clauses.is_empty() {
            true if !self.clauses.is_empty() => return None,
            true => Expression::filter(format!("labels:\"{EVERY}\""), 1),
            false => joined(clauses, " AND "),
        };
        Some(self.narrowed(wanted))
    }

    /// Returns the expression of one clause. It is `None` if there is nothing to search for in it.
    pub(crate) fn clause(&self, at: usize) -> Option<Expression> {
        alternatives(self.clauses.get(at)?, at)
    }

    /// Adds this query's filters to an expression.
    pub(crate) fn narrowed(&self, wanted: Expression) -> Expression {
        let mut expression = wanted;
        if !self.filters.is_empty() {
            let filters = joined(self.filters.iter().map(|one| filter(one).wrapped()), " AND ");
            expression = joined([filters, expression.wrapped()], " AND ");
        }
        if !self.excluded.is_empty() {
            let excluded = joined(self.excluded.iter().map(filter), " OR ");
            expression = joined([expression.wrapped(), excluded.wrapped()], " NOT ");
        }
        expression
    }
}

/// Whether a clause is a prefix of one or two letters.
pub(crate) fn is_stub(clause: &[Term]) -> bool {
    let [term] = clause else { return false };
    let [word] = term.words.as_slice() else { return false };
    term.prefix && !term.quoted && word.is_ascii() && word.len() <= 2
}

/// Whether a clause ends with one character of unspaced writing. It is then a prefix of all pairs
/// that begin with it.
pub(crate) fn is_pair_prefix(clause: &[Term]) -> bool {
    clause.iter().any(|term| term.prefix && term.words.last().is_some_and(|word| is_half_a_pair(word)))
}

fn alternatives(clause: &[Term], number: usize) -> Option<Expression> {
    let mut terms: Vec<Expression> =
        clause.iter().filter(|term| !term.words.is_empty()).map(|term| exact_or_prefix(term, number)).collect();
    match terms.len() {
        0 | 1 => terms.pop(),
        _ => Some(joined(terms, " OR ").wrapped()),
    }
}

/// Returns a term's expression. If it is a prefix, the word that equals it counts twice.
fn exact_or_prefix(term: &Term, clause: usize) -> Expression {
    match term.words.as_slice() {
        [_] if term.prefix => {
            joined([false, true].map(|prefix| Expression::of(term, prefix, clause)), " OR ").wrapped()
        }
        _ => Expression::of(term, term.prefix, clause),
    }
}

/// Returns one term as it was typed.
pub(crate) fn expression(term: &Term, prefix: bool) -> String {
    let column = match term.field {
        Field::Any => "",
        Field::Title => "title:",
        Field::Author => "author:",
        Field::Tag => "tags:",
        Field::Url => "url:",
    };
    let star = if prefix { "*" } else { "" };
    format!("{column}{}{star}", quoted(&term.text))
}

/// Puts a text in FTS5's quotes.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace(['"', '\0'], " "))
}

/// Returns the label of a site, from its host's words.
pub(crate) fn site_label<'a>(host: impl Iterator<Item = &'a str>) -> String {
    let mut label = String::from(SITE);
    for (at, word) in host.enumerate() {
        if at > 0 {
            label.push(DOT);
        }
        label.push_str(word);
    }
    label
}

fn filter(filter: &Filter) -> Expression {
    let text = match filter {
        Filter::Site { host, path, open } => {
            let site = match open {
                Some(Open::Within) => format!("site:\"{host}\"*"),
                Some(Open::Behind) => format!("site:\"{host}\""),
                None => format!("labels:\"{}\"", site_label(host.split(' '))),
            };
            if !path.is_empty() {
                return Expression::filter(format!("({site} AND url:\"{path}\")"), 2);
            }
            site
        }
        Filter::Lang(lang) => format!("labels:\"{LANG}{lang}\""),
        Filter::Kind(kind) => format!("labels:\"{KIND}{kind}\""),
        Filter::Has(what) => format!("labels:\"{HAS}{what}\""),
        Filter::Term(term) => expression(term, false),
    };
    Expression::filter(text, 1)
}

#[cfg(test)]
mod tests;
