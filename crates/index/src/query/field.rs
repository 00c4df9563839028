//! Interprets the fields of a query, such as `site:`, and the words of a term. Pure; it accepts any
//! text, and an unknown field is text.

use std::collections::BTreeSet;

use crate::query::dates::{self, Span};
use crate::query::syntax::Piece;
use crate::query::terms::{Field, Filter, Open, Sort, Term};
use crate::text::script::is_unspaced;
use crate::text::tokenizer::words;

/// The most words of a phrase that are searched for. The more there are, the more positions FTS5
/// compares on every page that has them. A phrase that repeats one or two words ends before the
/// third time: forty times the same letter took 0.4 s on 100,000 pages.
const PHRASE: usize = 12;
const AGAIN: usize = 2;

/// The meaning of a field and its value.
pub(crate) enum Interpretation {
    /// A word or phrase in a field, or anywhere.
    Term(Field),
    /// A filter.
    Filter(Filter),
    /// Captured since this time, in milliseconds.
    Since(i64),
    /// Captured before this time.
    Until(i64),
    /// Captured within this span.
    Within(Span),
    /// The order of the hits.
    Sort(Sort),
    /// A field without a value yet.
    Nothing,
    /// Not a field, but text with a colon in it.
    Text,
}

/// Reads a piece as a word or phrase of a field.
pub(crate) fn term(piece: &Piece, field: Field) -> Term {
    // Nobody types the characters that the index reserves for itself.
    let shown = |c: &char| !('\u{E000}'..='\u{E00F}').contains(c);
    let text: String = piece.text.trim().chars().filter(shown).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words = words(&text);
    if let Some(beginning) = looked_for(&words) {
        let text = beginning.join(" ");
        return Term {
            text,
            words: beginning.to_vec(),
            prefix: false,
            field,
            quoted: piece.quoted,
            alternative: false,
            place: piece.place,
        };
    }
    let one_of_a_run =
        text.chars().next_back().is_some_and(is_unspaced) && words.last().is_some_and(|word| word.chars().count() == 1);
    let prefix = piece.star || (piece.last && !piece.quoted && !piece.flag) || one_of_a_run;
    Term { text, words, prefix, field, quoted: piece.quoted, alternative: false, place: piece.place }
}

/// Returns the words of a long phrase that are searched for. It is `None` if all of them are.
fn looked_for(words: &[String]) -> Option<&[String]> {
    if words.iter().any(|word| word.chars().any(is_unspaced)) {
        return None;
    }
    let again = |(at, word): (usize, &String)| {
        let before = words.get(..at).unwrap_or_default();
        let distinct: BTreeSet<&String> = before.iter().collect();
        before.iter().filter(|other| *other == word).count() >= AGAIN && distinct.len() <= AGAIN
    };
    let end = words.iter().enumerate().take(PHRASE).position(again).unwrap_or(PHRASE);
    words.get(..end).filter(|beginning| beginning.len() < words.len())
}

/// Interprets a piece of a query.
pub(crate) fn interpret(piece: &Piece, now_ms: i64) -> Interpretation {
    let Some(field) = piece.field.as_deref() else { return Interpretation::Term(Field::Any) };
    let value = piece.text.trim();
    let known = matches!(
        field,
        "site"
            | "title"
            | "tag"
            | "tags"
            | "lang"
            | "language"
            | "author"
            | "by"
            | "kind"
            | "type"
            | "before"
            | "after"
            | "since"
            | "until"
            | "on"
            | "has"
            | "sort"
            | "url"
            | "inurl"
            | "intitle"
    );
    if known && value.is_empty() {
        return Interpretation::Nothing;
    }
    let date = |meaning: fn(Span) -> Interpretation| dates::span(value, now_ms).map_or(Interpretation::Text, meaning);
    match field {
        "title" | "intitle" => Interpretation::Term(Field::Title),
        "url" | "inurl" => Interpretation::Term(Field::Url),
        "author" | "by" => Interpretation::Term(Field::Author),
        "tag" | "tags" if piece.negated => Interpretation::Filter(Filter::Term(term(piece, Field::Tag))),
        "tag" | "tags" => Interpretation::Term(Field::Tag),
        "site" => site(piece),
        "lang" | "language" => worded(value, Filter::Lang),
        "kind" | "type" => worded(value, Filter::Kind),
        "before" | "until" => date(|span| Interpretation::Until(span.start)),
        "after" | "since" => date(|span| Interpretation::Since(span.start)),
        // No filter excludes a span, and searching only in it would be the opposite.
        "on" if piece.negated => Interpretation::Text,
        "on" => date(Interpretation::Within),
        "has" => match value.to_lowercase().trim_end_matches('s') {
            "image" | "picture" => Interpretation::Filter(Filter::Has("image")),
            "code" => Interpretation::Filter(Filter::Has("code")),
            "table" => Interpretation::Filter(Filter::Has("table")),
            "version" => Interpretation::Filter(Filter::Has("versions")),
            _ => Interpretation::Text,
        },
        "sort" => match value.to_lowercase().as_str() {
            "new" | "newest" | "date" => Interpretation::Sort(Sort::New),
            "old" | "oldest" => Interpretation::Sort(Sort::Old),
            "relevance" | "best" => Interpretation::Sort(Sort::Relevance),
            _ => Interpretation::Text,
        },
        _ => Interpretation::Text,
    }
}

/// The fewest characters of a date that is still typed, which is no error yet.
const TYPED: usize = 4;

/// Whether a piece asks for a time, but its value is no date.
pub(crate) fn is_misread_date(piece: &Piece) -> bool {
    let asks = matches!(piece.field.as_deref(), Some("before" | "after" | "since" | "until" | "on"));
    asks && !(piece.negated && piece.field.as_deref() == Some("on"))
        && (!piece.last || piece.text.trim().chars().count() >= TYPED)
}

fn worded(value: &str, filter: fn(String) -> Filter) -> Interpretation {
    let words = words(value).join(" ");
    if words.is_empty() { Interpretation::Text } else { Interpretation::Filter(filter(words)) }
}

fn site(piece: &Piece) -> Interpretation {
    let value = piece.text.trim();
    let value = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://")).unwrap_or(value);
    let (host, path) = value.split_once('/').unwrap_or((value, ""));
    let host = host.strip_prefix("www.").unwrap_or(host);
    // A name without its ending, or one that is still being typed, may continue.
    let open = path.is_empty() && (!host.trim_matches('.').contains('.') || (piece.last && !piece.quoted));
    let open = open.then_some(Open::Within);
    let (host, path) = (words(host).join(" "), words(path).join(" "));
    if host.is_empty() { Interpretation::Text } else { Interpretation::Filter(Filter::Site { host, path, open }) }
}
