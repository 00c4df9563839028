//! Tests that FTS5 accepts the expressions of queries and of any other text.

use proptest::prelude::*;
use rusqlite::Connection;

use super::*;
use crate::db::registration::register;
use crate::search::unspaced::in_two;

fn all(text: &str) -> String {
    Query::parse(text, 0).expression().unwrap_or_default().text
}

#[test]
fn words_are_quoted() {
    assert_eq!(all("link \"rot NEAR\""), "\"link\" AND \"rot NEAR\"");
    assert_eq!(all("link ro"), "\"link\" AND (\"ro\" OR \"ro\"*)");
    assert_eq!(all("a OR b \"c\""), "(\"a\" OR \"b\") AND \"c\"");
    assert_eq!(all("title:rot \"c\""), "title:\"rot\" AND \"c\"");
    assert_eq!(all("*** --"), "");
}

#[test]
fn filters_surround_them() {
    assert_eq!(all("site:example.org \"a\" -bc"), "((labels:\"\u{E004}example\u{E005}org\") AND (\"a\")) NOT (\"bc\")");
    assert_eq!(
        all("lang:de-AT has:code "),
        "(labels:\"\u{E001}de at\") AND (labels:\"\u{E003}code\") AND (labels:\"\u{E000}\")"
    );
    assert_eq!(all("lang:de -rot"), "((labels:\"\u{E001}de\") AND (labels:\"\u{E000}\")) NOT (\"rot\")");
    assert_eq!(all("after:2024"), "labels:\"\u{E000}\"");
}

#[test]
fn each_phrase_knows_its_clause() {
    let clauses = |text: &str| -> Vec<Option<usize>> {
        let expression = Query::parse(text, 0).expression().unwrap();
        expression.phrases.iter().map(|phrase| phrase.clause).collect()
    };
    assert_eq!(clauses("site:a.b/c link OR \"a b\" -dead ro"), [None, None, Some(0), Some(0), Some(1), Some(1), None]);
    assert_eq!(clauses("a --- \"c\""), [Some(0), Some(2)]);
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

/// Whether FTS5 accepts the expressions of this query, and finds as many phrases in them as we do.
fn accepted(text: &str) -> rusqlite::Result<()> {
    let query = Query::parse(text, 1_795_371_840_000);
    TABLE.with(|table| {
        let parts = (0..query.clauses.len()).filter_map(|at| query.clause(at));
        for expression in query.expression().into_iter().chain(in_two(&query)).chain(parts) {
            table.query_row("SELECT count(*) FROM t WHERE t MATCH ?1", [&expression.text], |_| Ok(()))?;
            // Each phrase is quoted, and nothing else is.
            assert_eq!(expression.text.matches('"').count(), 2 * expression.phrases.len(), "{}", expression.text);
            assert!(expression.phrases.iter().all(|phrase| phrase.clause.is_none() || !phrase.words.is_empty()));
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
        text in concat!(
            r#"([ab]|["*^:(){}+,;\\'.|-]|AND|OR|NOT|NEAR\(|site:|on:|has:code|title:|-|rowid"#,
            r"|\x00| |[^\x00-\x7f]){0,40}",
        ),
    ) {
        prop_assert_eq!(accepted(&text), Ok(()));
    }
}

#[test]
fn a_site_is_a_label_unless_its_name_may_continue() {
    for (text, expected) in [
        ("site:example.org x", "labels:\"\u{E004}example\u{E005}org\""),
        ("site:www.example.org/blog/2024 x", "(labels:\"\u{E004}example\u{E005}org\" AND url:\"blog 2024\")"),
        ("site:exam x", "site:\"exam\"*"),
        ("x site:example.or", "site:\"example or\"*"),
    ] {
        let whole = all(text);
        assert!(whole.starts_with(&format!("({expected}) AND ")), "{text}: {whole}");
    }
    let mut query = Query::parse("site:ex x", 0);
    query.close_short_prefixes(|letters| letters < 3);
    assert!(query.expression().unwrap().text.contains("(site:\"ex\")"), "too short for a beginning");
}

#[test]
fn no_text_ends_its_own_quotes() {
    for (text, expected) in [("a", "\"a\""), ("a\"b", "\"a b\""), ("\0", "\" \""), ("", "\"\""), ("a*", "\"a*\"")] {
        assert_eq!(quoted(text), expected);
    }
}

#[test]
fn a_beginning_of_one_or_two_letters_says_little() {
    let last = |text: &str| Query::parse(text, 0).clauses.last().cloned().unwrap_or_default();
    for (text, stub) in
        [("a", true), ("ab", true), ("abc", false), ("\"a\"", false), ("a OR b", false), ("字", false), ("", false)]
    {
        assert_eq!(is_stub(&last(text)), stub, "{text}");
    }
    for (text, half) in [("字", true), ("汉字", false), ("C语", true), ("a", false), ("\"字\"", true), ("", false)]
    {
        assert_eq!(is_pair_prefix(&last(text)), half, "{text}");
    }
}

#[test]
fn a_site_s_words_are_one_label() {
    assert_eq!(site_label(["example", "org"].into_iter()), "\u{E004}example\u{E005}org");
    assert_eq!(site_label(std::iter::empty()), "\u{E004}");
}
