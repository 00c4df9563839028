//! Tests the meaning of every form of query, and that any text is one.

#[test]
fn names_end_with_a_whole_word_where_it_is_too_short_for_a_beginning() {
    let ends = |text: &str| {
        let mut query = Query::parse(text, 0);
        query.close_short_prefixes(|letters| letters < 3);
        query.clauses.first().and_then(|clause| clause.last()).map(|term| term.prefix)
    };
    assert_eq!(
        (ends("size_t* x"), ends("size_t"), ends("std::vec"), ends("t"), ends("应用实")),
        (Some(false), Some(true), Some(true), Some(true), Some(true))
    );
}

use proptest::prelude::*;

use super::*;

/// Sunday 22 November 2026.
const NOW: i64 = 1_795_371_840_000;

fn parse(text: &str) -> Query {
    Query::parse(text, NOW)
}

/// The clauses as text. Alternatives are joined by `|`, prefixes end with `*`, phrases are in
/// quotes, fields come before a colon.
fn shown(text: &str) -> String {
    let term = |term: &Term| {
        let field = match term.field {
            Field::Any => "",
            Field::Title => "title:",
            Field::Author => "author:",
            Field::Tag => "tag:",
            Field::Url => "url:",
        };
        let star = if term.prefix { "*" } else { "" };
        let text = if term.quoted { format!("\"{}\"", term.text) } else { term.text.clone() };
        format!("{field}{text}{star}")
    };
    let clause = |clause: &Vec<Term>| clause.iter().map(term).collect::<Vec<_>>().join("|");
    parse(text).clauses.iter().map(clause).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_last_word_is_a_prefix() {
    assert_eq!(shown("link ro"), "link ro*");
    assert_eq!(shown("  link   ro \n"), "link ro*");
    assert_eq!(shown("arch* link"), "arch* link*");
    assert_eq!(shown("link \"rot\""), "link \"rot\"");
    assert_eq!(shown("link \"rot an"), "link \"rot an\"*");
    assert_eq!(shown("link link"), "link*");
}

#[test]
fn words_are_joined_by_operators_in_capitals_only() {
    assert_eq!(shown("a OR b c"), "a|b c*");
    assert_eq!(shown("a | b AND c"), "a|b c*");
    assert_eq!(shown("a or b"), "a or b*");
    assert_eq!(shown("OR a"), "OR a*");
    assert_eq!(shown("a OR"), "a OR*");
    assert_eq!(shown("\"OR\" x"), "\"OR\" x*");
}

#[test]
fn words_are_left_out() {
    let query = parse("link -rot -\"dead end\" NOT mould -site:example.org -has:code x");
    assert_eq!(query.clauses.len(), 2);
    assert_eq!(query.excluded.len(), 5);
    assert_eq!(parse("scd -ar x").doubtful.len(), 1, "`ar` may be a flag of `scd`");
    assert_eq!(shown("link - rot --all a-b"), "link rot -all a-b*");
}

#[test]
fn fields_are_filters_or_text() {
    assert_eq!(
        parse("site:www.example.org/a/b x").filters,
        [Filter::Site { host: "example org".into(), path: "a b".into(), open: None }]
    );
    assert_eq!(
        parse("site:exam").filters,
        [Filter::Site { host: "exam".into(), path: String::new(), open: Some(Open::Within) }]
    );
    assert_eq!(parse("lang:de-AT kind:\"web page\" has:images").filters.len(), 3);
    assert_eq!(shown("title:\"link rot\" author:ada tag:web"), "title:\"link rot\" author:ada tag:web*");
    assert_eq!(shown("site: title: x"), "x*");
    assert_eq!(shown("foo:bar has:wings std::vec https://a.b/c"), "foo:bar has:wings std::vec https://a.b/c*");
    assert_eq!(parse("sort:new").sort, Sort::New);
    assert_eq!(shown("sort:sideways"), "sort:sideways*");
}

#[test]
fn dates_narrow() {
    let query = parse("after:2024 before:2025-06 x");
    assert_eq!((query.since_ms, query.until_ms), (Some(1_704_067_200_000), Some(1_748_736_000_000)));
    let query = parse("on:last year x");
    assert_eq!((query.since_ms, query.until_ms), (Some(1_735_689_600_000), Some(1_767_225_600_000)));
    assert_eq!(shown("on:last year x"), "x*");
    assert_eq!(parse("on:\"last year\""), parse("on:last-year"));
    assert_eq!(shown("before:lunch"), "before:lunch*");
    assert_eq!(parse("-before:2024").since_ms, Some(1_704_067_200_000));
}

#[test]
fn signs_are_no_words() {
    assert!(parse("*** --").clauses.iter().flatten().all(|term| term.words.is_empty()));
    for nothing in ["", "  ", "\"", "\"\"", "\0\u{1}\u{7f}", "-", "sort:new", "site:"] {
        assert!(parse(nothing).is_empty(), "{nothing:?}");
    }
}

#[test]
fn long_queries_are_cut() {
    let words: Vec<String> = (0..500).map(|n| format!("w{n}")).collect();
    assert_eq!(parse(&words.join(" ")).clauses.len(), TERMS);
    assert_eq!(parse(&words.join(" OR ")).clauses.iter().flatten().count(), TERMS);
    assert_eq!(parse(&"x".repeat(100_000)).clauses[0][0].text.len(), 1000);
}

proptest! {
    #[test]
    fn any_text_is_a_query(text in any::<String>(), now in any::<i64>()) {
        let query = Query::parse(&text, now);
        for term in query.clauses.iter().flatten() {
            let (start, end) = term.place;
            prop_assert!(text.get(start..end).is_some());
        }
    }

    #[test]
    fn any_syntax_is_a_query(
        text in concat!(
            r#"([ab]|["*^:(){}+,;\\'.|-]|AND|OR|NOT|site:|on:|last |week|has:|title:|7d|sort:"#,
            r"|\x00| |[^\x00-\x7f]){0,40}",
        ),
    ) {
        for term in parse(&text).clauses.iter().flatten() {
            let (start, end) = term.place;
            prop_assert!(text.get(start..end).is_some(), "{:?}", term);
        }
    }
}

#[test]
fn a_long_phrase_is_looked_for_by_its_beginning() {
    let term = |text: &str| Query::parse(text, 0).clauses[0][0].clone();
    assert_eq!(term("\"new york, new york\"").words.join(" "), "new york new york");
    let sentence = "the cat and the dog and the bird and the fox";
    assert_eq!(term(&format!("\"{sentence}\"")).words.join(" "), sentence);
    let again = term(&"a_".repeat(40));
    assert_eq!((again.words.join(" "), again.text, again.prefix), ("a a".into(), "a a".into(), false));
    let long: Vec<String> = (0..30).map(|n| format!("word{n}x")).collect();
    let long = term(&format!("\"{}\"", long.join(" ")));
    assert!(long.words.len() <= 12 && long.words[0] == "word0x" && !long.prefix, "{long:?}");
    let unspaced = "字".repeat(40);
    assert_eq!(term(&unspaced).text, unspaced);
}

#[test]
fn times_narrow_each_other_and_a_sign_turns_them_round() {
    let times = |text: &str| {
        let query = parse(text);
        (query.since_ms, query.until_ms)
    };
    const Y2023: i64 = 1_672_531_200_000;
    const Y2024: i64 = 1_704_067_200_000;
    for (text, since, until) in [
        ("after:2023 since:2024 x", Some(Y2024), None),
        ("after:2024 after:2023 x", Some(Y2024), None),
        ("before:2024 until:2023 x", None, Some(Y2023)),
        ("-after:2024 x", None, Some(Y2024)),
        ("-before:2023 before:2024 x", Some(Y2023), Some(Y2024)),
        ("on:2023 x", Some(Y2023), Some(Y2024)),
        ("on:2023 after:2024 x", Some(Y2024), Some(Y2024)),
        ("-on:2023 x", None, None),
        ("NOT on:2023 x", None, None),
    ] {
        assert_eq!(times(text), (since, until), "{text}");
    }
}

#[test]
fn filters_are_kept_once_and_their_values_are_words() {
    for (text, filter) in [
        ("lang:de-AT x", Filter::Lang("de at".into())),
        ("language:DE x", Filter::Lang("de".into())),
        ("type:Video x", Filter::Kind("video".into())),
        ("has:Picture x", Filter::Has("image")),
        ("has:version x", Filter::Has("versions")),
        ("site:https://www.example.org/ x", Filter::Site { host: "example org".into(), path: "".into(), open: None }),
        ("site:EXAMPLE x", Filter::Site { host: "example".into(), path: "".into(), open: Some(Open::Within) }),
        ("site:\"example.org\"", Filter::Site { host: "example org".into(), path: "".into(), open: None }),
    ] {
        let once = std::slice::from_ref(&filter);
        assert_eq!(parse(text).filters, once, "{text}");
        let (first, _) = text.split_once(' ').unwrap_or((text, ""));
        assert_eq!(parse(&format!("{first} {first} x")).filters, once, "{text} twice");
        let query = parse(&format!("-{first} x"));
        assert_eq!((query.filters.as_slice(), query.excluded.as_slice()), (&[][..], once), "-{text}");
    }
}

#[test]
fn a_value_that_a_field_does_not_know_is_searched_for_as_it_was_typed() {
    for text in ["has:wings", "sort:sideways", "after:lunch", "site:...", "lang:!!", "madeup:x"] {
        let query = parse(&format!("{text} x"));
        assert!(query.filters.is_empty() && !query.is_narrowed(), "{text}: {query:?}");
        assert_eq!(query.clauses.first().map(|clause| clause[0].text.as_str()), Some(text), "{text}");
    }
    assert_eq!(shown("has:\"a b\" x"), "\"has: a b\" x*");
}

#[test]
fn a_query_of_words_alone_may_be_the_start_of_a_title() {
    for (text, key) in [
        ("Link Ro", Some("link ro")),
        ("link-rot", Some("link rot")),
        ("site:example.org link", Some("link")),
        ("title:link", None),
        ("a OR b", None),
        ("link !!", None),
        ("", None),
    ] {
        assert_eq!(parse(text).title_key().as_deref(), key, "{text}");
    }
}

#[test]
fn the_last_word_is_open_only_while_it_is_typed() {
    for (text, prefix) in [
        ("link ro", Some((vec![], "ro"))),
        ("arch*", Some((vec![], "arch"))),
        ("link \"rot\"", None),
        ("link \"rot", None),
        ("title:ro", None),
        ("a OR b", None),
        ("snake_case", Some((vec!["snake"], "case"))),
        ("caf\u{e9}", Some((vec![], "cafe"))),
        ("слов", None),
        ("", None),
    ] {
        let query = parse(text);
        let found = query.last_prefix().map(|(joined, word)| (joined.iter().map(String::as_str).collect(), word));
        assert_eq!(found, prefix, "{text}");
    }
    let others = |text: &str| -> Vec<String> {
        parse(text).without_last_word().clauses.iter().flatten().map(|term| term.text.clone()).collect()
    };
    assert_eq!(
        (others("link std::vec::V"), others("link ro")),
        (vec!["link".into(), "std vec".into()], vec!["link".into()])
    );
    let whole = |text: &str| parse(text).with_whole_last_word().map(|query| query.clauses.last().unwrap()[0].prefix);
    assert_eq!((whole("link ro"), whole("\"link\""), whole("文"), whole("")), (Some(false), None, None, None));
}

#[test]
fn what_was_searched_for_is_what_is_highlighted() {
    let needles = |text: &str, inside: bool| parse(text).needles(inside);
    assert_eq!(
        needles("Link Ro", false),
        [Needle::words(&["link".into()], false), Needle::words(&["ro".into()], true)]
    );
    assert_eq!(needles("Link", true), [Needle::substring("link")]);
    assert_eq!(needles("自己", false), [Needle::substring("自己")]);
    assert_eq!(needles("-link site:example.org", false), []);
    assert_eq!(needles("\"link rot\"", false), [Needle::words(&["link".into(), "rot".into()], false)]);
}
