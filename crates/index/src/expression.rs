//! A query as an FTS5 expression. Pure: no SQL. Every word stands in quotes, so that no sign of it means anything.

use crate::query::{Field, Filter, Open, Query, Term};

/// Stands in the labels of every page.
pub(crate) const EVERY: char = '\u{E000}';
/// Begins the label of a language.
pub(crate) const LANG: char = '\u{E001}';
/// Begins the label of a kind.
pub(crate) const KIND: char = '\u{E002}';
/// Begins the label of something that a page has.
pub(crate) const HAS: char = '\u{E003}';

/// Begins the label of a site, and of the sites above it.
pub(crate) const SITE: char = '\u{E004}';
/// Stands between the words of a site's label.
pub(crate) const DOT: char = '\u{E005}';

/// How many of the clauses a page must meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// All of them.
    All,
    /// All but one, whichever.
    Most,
    /// One.
    Some,
}

/// With more clauses, "all but one" is too long an expression.
const MOST: usize = 5;

impl Query {
    /// The expression for the pages that meet so many clauses and all filters; `None` where a level before says as
    /// much, or nothing.
    pub(crate) fn expression(&self, level: Level) -> Option<String> {
        let clauses: Vec<String> = self.clauses.iter().filter_map(|clause| alternatives(clause)).collect();
        let wanted = match level {
            Level::All if clauses.is_empty() && !self.clauses.is_empty() => return None,
            Level::All if clauses.is_empty() => format!("labels:\"{EVERY}\""),
            Level::All => clauses.join(" AND "),
            Level::Most if !(3..=MOST).contains(&clauses.len()) => return None,
            Level::Most => {
                let but = |left_out: usize| {
                    let others: Vec<&str> = clauses
                        .iter()
                        .enumerate()
                        .filter(|(at, _)| *at != left_out)
                        .map(|(_, one)| one.as_str())
                        .collect();
                    format!("({})", others.join(" AND "))
                };
                (0..clauses.len()).map(but).collect::<Vec<_>>().join(" OR ")
            }
            Level::Some => {
                // A last word of one or two letters beside others is one that is still being typed: it says little.
                let telling = self.clauses.iter().filter(|clause| !is_stub(clause));
                let telling: Vec<String> = telling.filter_map(|clause| alternatives(clause)).collect();
                if clauses.len() < 2 || telling.is_empty() {
                    return None;
                }
                telling.join(" OR ")
            }
        };
        Some(self.narrowed(wanted))
    }

    /// An expression with this query's filters.
    pub(crate) fn narrowed(&self, wanted: String) -> String {
        let filters: Vec<String> = self.filters.iter().map(filter).collect();
        let excluded: Vec<String> = self.excluded.iter().map(filter).collect();
        let mut expression = wanted;
        if !filters.is_empty() {
            expression = format!("({}) AND ({expression})", filters.join(") AND ("));
        }
        if !excluded.is_empty() {
            expression = format!("({expression}) NOT ({})", excluded.join(" OR "));
        }
        expression
    }
}

/// Whether a clause is a word of which one or two letters are known.
pub(crate) fn is_stub(clause: &[Term]) -> bool {
    matches!(clause, [term] if term.prefix && !term.quoted && matches!(term.words.as_slice(), [word] if word.is_ascii() && word.len() <= 2))
}

fn alternatives(clause: &[Term]) -> Option<String> {
    let terms: Vec<String> = clause.iter().filter(|term| !term.words.is_empty()).map(exact_or_begun).collect();
    match terms.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        _ => Some(format!("({})", terms.join(" OR "))),
    }
}

/// A term; of a beginning, the word that is no longer than it counts twice.
fn exact_or_begun(term: &Term) -> String {
    match term.words.as_slice() {
        [_] if term.prefix => format!("({} OR {})", expression(term, false), expression(term, true)),
        _ => expression(term, term.prefix),
    }
}

/// One term as it stands.
pub(crate) fn expression(term: &Term, prefix: bool) -> String {
    let column = match term.field {
        Field::Any => "",
        Field::Title => "title:",
        Field::Author => "author:",
        Field::Tag => "tags:",
    };
    let star = if prefix { "*" } else { "" };
    format!("{column}{}{star}", quoted(&term.text))
}

/// A text in FTS5's quotes.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace(['"', '\0'], " "))
}

/// The label of a site, from its host's words.
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

fn filter(filter: &Filter) -> String {
    match filter {
        Filter::Site { host, path, open } => {
            let site = match open {
                Some(Open::Within) => format!("site:\"{host}\"*"),
                Some(Open::Behind) => format!("site:\"{host}\""),
                None => format!("labels:\"{}\"", site_label(host.split(' '))),
            };
            if path.is_empty() { site } else { format!("({site} AND url:\"{path}\")") }
        }
        Filter::Lang(lang) => format!("labels:\"{LANG}{lang}\""),
        Filter::Kind(kind) => format!("labels:\"{KIND}{kind}\""),
        Filter::Has(what) => format!("labels:\"{HAS}{what}\""),
        Filter::Term(term) => expression(term, false),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rusqlite::Connection;

    use super::*;
    use crate::registration::register;

    fn all(text: &str) -> String {
        Query::parse(text, 0).expression(Level::All).unwrap_or_default()
    }

    #[test]
    fn words_stand_in_quotes() {
        assert_eq!(all("link \"rot NEAR\""), "\"link\" AND \"rot NEAR\"");
        assert_eq!(all("link ro"), "\"link\" AND (\"ro\" OR \"ro\"*)");
        assert_eq!(all("a OR b \"c\""), "(\"a\" OR \"b\") AND \"c\"");
        assert_eq!(all("title:rot \"c\""), "title:\"rot\" AND \"c\"");
        assert_eq!(all("*** --"), "");
    }

    #[test]
    fn filters_stand_around_them() {
        assert_eq!(
            all("site:example.org \"a\" -b"),
            "((labels:\"\u{E004}example\u{E005}org\") AND (\"a\")) NOT (\"b\")"
        );
        assert_eq!(
            all("lang:de-AT has:code "),
            "(labels:\"\u{E001}de at\") AND (labels:\"\u{E003}code\") AND (labels:\"\u{E000}\")"
        );
        assert_eq!(all("-rot"), "(labels:\"\u{E000}\") NOT (\"rot\")");
        assert_eq!(all("after:2024"), "labels:\"\u{E000}\"");
    }

    #[test]
    fn most_words_are_all_but_one() {
        let query = Query::parse("a b \"c\"", 0);
        assert_eq!(
            query.expression(Level::Most).unwrap(),
            "(\"b\" AND \"c\") OR (\"a\" AND \"c\") OR (\"a\" AND \"b\")"
        );
        assert_eq!(query.expression(Level::Some).unwrap(), "\"a\" OR \"b\" OR \"c\"");
        assert_eq!(Query::parse("link rot w", 0).expression(Level::Some).unwrap(), "\"link\" OR \"rot\"");
        assert_eq!(Query::parse("link", 0).expression(Level::Some), None);
        assert_eq!(Query::parse("a b", 0).expression(Level::Most), None);
    }

    thread_local! {
        static TABLE: Connection = {
            let connection = Connection::open_in_memory().unwrap();
            register(&connection).unwrap();
            connection
                .execute_batch(
                    "CREATE VIRTUAL TABLE t USING fts5(article, title, site, url, tags, author, headings, rest, labels,
                                                       tokenize='cachette');
                     INSERT INTO t VALUES('a b', 'c', '', '', '', '', '', '', '')",
                )
                .unwrap();
            connection
        };
    }

    /// Whether FTS5 takes the expressions of this query.
    fn accepted(text: &str) -> rusqlite::Result<()> {
        let query = Query::parse(text, 1_795_371_840_000);
        TABLE.with(|table| {
            for expression in
                [Level::All, Level::Most, Level::Some].into_iter().filter_map(|level| query.expression(level))
            {
                table.query_row("SELECT count(*) FROM t WHERE t MATCH ?1", [expression], |_| Ok(()))?;
            }
            Ok(())
        })
    }

    proptest! {
        #[test]
        fn fts5_takes_any_text(text in any::<String>()) {
            prop_assert_eq!(accepted(&text), Ok(()));
        }

        #[test]
        fn fts5_takes_any_syntax(
            text in r#"([ab]|["*^:(){}+,;\\'.|-]|AND|OR|NOT|NEAR\(|site:|on:|has:code|title:|-|rowid|\x00| |[^\x00-\x7f]){0,40}"#,
        ) {
            prop_assert_eq!(accepted(&text), Ok(()));
        }
    }
}
