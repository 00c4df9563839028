//! Tests the results of searches, their order, and the limits of each search. The query language
//! itself is tested in `query`. More than 300 lines: every kind of search is asked of the same few
//! pages.

use std::cell::RefCell;
use std::collections::HashMap;

use proptest::prelude::*;

use super::*;
use crate::record::Entry;
use crate::text::tokenizer::{Mode, tokenize};

/// Makes a page whose hash is its title, captured `second` seconds after 1970.
pub(crate) fn page(title: &str, article: &str, second: i64) -> Entry {
    Entry {
        hash_url: title.into(),
        url: format!("https://example.org/{}", title.to_lowercase()),
        site: "example.org".into(),
        title: title.into(),
        article: article.into(),
        full_text: article.into(),
        captured_at_ms: second * 1000,
        versions: 1,
        ..Entry::default()
    }
}

pub(crate) fn index(pages: &[Entry]) -> Index {
    let mut index = Index::open_in_memory().unwrap();
    index.put_all(pages).unwrap();
    ARTICLES.with_borrow_mut(|articles| {
        articles.extend(pages.iter().map(|page| (page.hash_url.clone(), page.article.clone())));
    });
    index
}

impl Index {
    /// Searches with the articles, which the tests keep in a table of their own.
    pub(crate) fn try_find(&self, query: &str, limit: u32, offset: u32) -> Result<SearchResults, IndexError> {
        let ask = SearchRequest { query, limit, offset, now_ms: 1_795_371_840_000 };
        self.search(&ask, &mut |hit| ARTICLES.with_borrow(|articles| articles.get(&hit.hash_url).cloned()))
    }

    pub(crate) fn find(&self, query: &str, limit: u32, offset: u32) -> SearchResults {
        self.try_find(query, limit, offset).unwrap()
    }
}

thread_local! {
    static ARTICLES: RefCell<HashMap<String, String>> = RefCell::default();
}

fn titles(index: &Index, query: &str) -> Vec<String> {
    index.find(query, 100, 0).hits.into_iter().map(|hit| hit.title).collect()
}

#[test]
fn a_page_is_found_by_any_of_its_fields() {
    let index = index(&[Entry {
        author: "Ada".into(),
        tags: vec!["link rot".into(), "archive".into()],
        headings: "Beginnings\nEnds".into(),
        full_text: "Menu\nThe text\nImprint".into(),
        ..page("Title", "The text", 1)
    }]);
    for query in ["title", "tit", "text", "ada", "rot", "archive", "ends", "example.org", "imprint", "the men"] {
        assert_eq!(titles(&index, query), ["Title"], "{query}");
    }
    assert_eq!(titles(&index, "absent"), [""; 0]);
}

#[test]
fn accents_and_case_do_not_count_and_are_marked() {
    let index = index(&[page("Promesse", "La difficile promesse de l’auto-hébergement", 1)]);
    for query in ["HEBERGEMENT", "hébergement", "he\u{301}berg"] {
        let found = index.find(query, 20, 0);
        assert_eq!(found.hits[0].ranges, [(32, 43)], "{query}");
        assert_eq!(found.hits[0].snippet, "La difficile promesse de l’auto-hébergement");
    }
}

#[test]
fn titles_go_before_articles_and_articles_before_the_rest() {
    let rest = |text: &str, entry: Entry| Entry { full_text: text.into(), ..entry };
    let index = index(&[
        page("Inn", &format!("one {} harbour", "word ".repeat(500)), 1),
        page("Harbour", "Nothing else", 2),
        rest("harbour lights", page("Menu", "Another story", 9)),
        rest(&"harbour ".repeat(50), page("Shouting", "Yet another", 3)),
    ]);
    let found = titles(&index, "harbour");
    assert_eq!(found[..2], ["Harbour", "Inn"]);
    assert_eq!(found.len(), 4);
}

#[test]
fn what_is_no_date_is_named_and_searched_for_as_text() {
    let index = index(&[page("Moss", "moss, after:2024-13 it says", 1)]);
    let named = |query: &str| index.find(query, 10, 0).no_dates;
    assert_eq!(named("after:2024-13 moss"), ["after:2024-13"]);
    assert_eq!(named("moss on:32.1.2024"), ["on:32.1.2024"]);
    for query in ["after:2024 moss", "moss after:202", "moss", "foo:bar moss", "-on:sometime moss"] {
        assert_eq!(named(query), [""; 0], "{query}");
    }
    assert_eq!(titles(&index, "moss after:2024-13"), ["Moss"]);
}

#[test]
fn pages_with_some_of_the_words_follow_those_with_all() {
    let index = index(&[page("A", "red wool", 1), page("B", "red", 2), page("C", "blue wool", 3), page("D", "x", 4)]);
    let found = index.find("red wool", 20, 0);
    assert_eq!(found.hits[0].title, "A");
    assert_eq!((found.hits.len(), found.total), (3, 3));
    assert_eq!(titles(&index, "\"red wool\""), ["A"]);
    assert_eq!(titles(&index, "wool q"), ["C", "A"], "a word still being typed finds nothing by itself");
}

#[test]
fn pages_with_the_last_word_come_before_those_with_longer_words() {
    let pages = |word: &str, count: i64, from: i64| -> Vec<Entry> {
        (from..from + count).map(|n| page(&format!("P{n}"), &format!("{word} {word} {word} wool"), n)).collect()
    };
    let index = index(&[pages("filed", 30, 100), pages("file", 15, 1)].concat());
    let found = titles(&index, "file");
    assert!(found[..15].iter().all(|title| title.len() < 4), "{found:?}");
    assert_eq!(index.find("file", 30, 0).total, 45);
    assert_eq!(index.find("wool file", 20, 0).hits.len(), 20);
    // If there are enough hits, longer words are not searched for: FTS5 would read all of them
    // first.
    assert_eq!(index.find("file", 10, 0).total, 15);
}

#[test]
fn known_words_replace_all_completions_of_a_common_prefix() {
    let site = |site: &str, entry: Entry| Entry { site: site.into(), ..entry };
    let mut pages: Vec<Entry> = (0..i64::from(CANDIDATES)).map(|n| page(&format!("P{n}"), "object", n)).collect();
    pages.extend((1..3).map(|n| site("other.example", page(&format!("Q{n}"), "objects objections", n))));
    let index = index(&pages);
    assert_eq!(index.find("site:other.example object", 20, 0).total, 2);
    assert_eq!(index.find("site:other.example objec", 20, 0).total, 2);
    assert_eq!(index.find("object", 20, 0).total, u64::from(CANDIDATES));
}

#[test]
fn more_hits_than_are_ranked_are_counted() {
    let pages: Vec<_> = (1..=2500).map(|n| page(&format!("P{n}"), "common", n)).collect();
    let index = index(&pages);
    let found = index.find("common", 10, 0);
    assert_eq!((found.hits.len(), found.total), (10, 2500));
    assert_eq!(found.hits[0].title, "P2500", "of equals the newest is first");
    assert_eq!(index.find("common", 10, 1990).hits.len(), 10);
    assert_eq!(index.find("common", 10, CANDIDATES).hits.len(), 0);
    assert_eq!(index.find("p17", 10, 0).total, 111);
}

#[test]
fn parts_of_the_hits_follow_each_other() {
    let pages: Vec<_> = (1..=30).map(|n| page(&format!("P{n}"), "same", n)).collect();
    let index = index(&pages);
    for query in ["same", ""] {
        let whole = titles(&index, query);
        let parts: Vec<_> = (0..4).flat_map(|part| index.find(query, 8, part * 8).hits).map(|hit| hit.title).collect();
        assert_eq!(whole, parts);
        assert_eq!(whole.len(), 30);
    }
}

#[test]
fn an_empty_query_lists_the_newest_pages() {
    let index = index(&[page("Old", "first  words", 1), page("New", "", 3), page("Middle", "b", 2)]);
    let found = index.find("  ", 2, 0);
    assert_eq!(found.hits.iter().map(|hit| &*hit.title).collect::<Vec<_>>(), ["New", "Middle"]);
    assert_eq!(found.total, 3);
    assert_eq!(index.find("", 2, 2).hits[0].snippet, "first words");
}

#[test]
fn writing_without_spaces_is_found_in_the_middle_of_a_run() {
    let index = index(&[
        page("Zh", "我们讨论自己托管的承诺。", 1),
        page("Ja", "文章を自己ホストする。", 2),
        page("Th", "สวัสดีชาวโลก", 3),
    ]);
    assert_eq!(titles(&index, "承诺"), ["Zh"]);
    assert_eq!(titles(&index, "自己"), ["Ja", "Zh"]);
    assert_eq!(titles(&index, "ชาวโลก"), ["Th"]);
    assert_eq!(titles(&index, "承诺 讨论"), ["Zh"]);
    let hit = &index.find("承诺", 1, 0).hits[0];
    assert_eq!(hit.ranges, [(9, 11)]);
}

#[test]
fn the_middle_of_a_word_finds_where_nothing_else_does() {
    let index = index(&[page("A", "PostgreSQL 100%", 1), page("B", "nothing", 2)]);
    assert_eq!(titles(&index, "gresq"), ["A"]);
    assert_eq!(titles(&index, "%"), ["A"]);
    assert_eq!(titles(&index, "_"), [""; 0]);
    assert_eq!(index.find("gresq", 1, 0).hits[0].ranges, [(4, 9)]);
}

/// These are a small "big list of naughty strings", with FTS5's and SQL's own syntax.
#[test]
fn hostile_queries_neither_fail_nor_write() {
    let index = index(&[page("A", "some text", 1)]);
    let hostile = [
        "\"",
        "\"\"\"",
        "*",
        "a*b*",
        "NEAR(a b, 3)",
        "title:some",
        "rowid:1",
        "{title url}: x",
        "^some",
        "- some",
        "a NOT",
        "AND",
        "OR OR",
        "'; DROP TABLE page; --",
        "fts MATCH 'x'",
        "\0",
        "some\0text",
        "%%%",
        "\\",
        "(((((",
        ")",
        "\u{202e}txet",
        "\u{feff}",
        "\u{fffe}",
        "🎉",
        "e\u{301}\u{301}",
        "ﷺ",
        "İ",
        "ß",
        "\u{10ffff}",
    ];
    for query in hostile {
        index.find(query, u32::MAX, 0);
        index.find(query, 0, u32::MAX);
    }
    index.find(&"(\"".repeat(100_000), 20, 0);
    index.find(&"a ".repeat(100_000), 20, 0);
    assert_eq!(index.counts().unwrap().pages, 1);
    assert_eq!(index.integrity().unwrap(), [""; 0]);
}

#[test]
fn only_words_that_no_page_has_are_looked_for_inside_of_texts() {
    let index = index(&[page("One", "alpha beta", 60), page("Two", "gamma", 120)]);
    let asked = |query: &str| {
        let mut asked = 0;
        let ask = SearchRequest { query, limit: 20, offset: 0, now_ms: 0 };
        index
            .search(&ask, &mut |_| {
                asked += 1;
                None
            })
            .unwrap();
        asked
    };
    assert_eq!(asked("site:example.net alpha"), 0);
    assert_eq!(asked("\"beta alpha\""), 0);
    assert_eq!(asked("lph"), 1, "found in a word that is known; read for its snippet");
    assert_eq!(asked("1234567"), 2, "both looked through");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_word_of_a_page_finds_it_and_is_marked(
        text in "[a-zA-Z0-9À-ɏΑ-ωА-я一-丠ぁ-ん가-갠\u{300}-\u{310} .,'-]{1,120}",
    ) {
        let index = index(&[page("T", &text, 1)]);
        let mut words = Vec::new();
        tokenize(&text, Mode::Query, &mut |token| {
            words.push(text.get(token.start..token.end).unwrap());
            Ok(())
        }).unwrap();
        for word in words.into_iter().take(8) {
            let found = index.find(&format!("\"{word}\""), 1, 0);
            prop_assert_eq!(found.hits.len(), 1, "{:?}", word);
            prop_assert!(!found.hits[0].ranges.is_empty(), "{:?} in {:?}", word, found.hits[0].snippet);
        }
    }

    #[test]
    fn any_query_gets_an_answer(query in any::<String>()) {
        let index = index(&[page("A", "some text", 1)]);
        prop_assert!(index.try_find(&query, 20, 0).is_ok());
    }
}

#[test]
fn one_character_of_unspaced_writing_narrows_where_it_occurs_and_is_ignored_elsewhere() {
    let index = index(&[
        page("Both", "the manual of the readers 用户手册 and of C语言", 1),
        page("Other", "the manual of the writers 应用例", 2),
        page("None", "no book for anybody", 3),
    ]);
    assert_eq!(titles(&index, "manual 户")[0], "Both");
    assert_eq!(titles(&index, "户 manu")[0], "Both");
    assert_eq!(titles(&index, "C语 manual")[0], "Both");
    assert_eq!(titles(&index, "manual readers 无")[0], "Both", "it occurs nowhere");
    assert_eq!(titles(&index, "manual book语 writers")[0], "Other", "nor does this");
}

#[test]
fn hits_are_passed_on_one_after_another_unless_words_were_corrected() {
    let index = index(&[page("One", "persimmons grow here", 1), page("Two", "persimmons ripen there", 2)]);
    let early_and_all = |query: &str| -> (Vec<String>, SearchResults) {
        let (early_and_all, mut asked) = (RefCell::new(Vec::new()), 0);
        let ask = SearchRequest { query, limit: 10, offset: 0, now_ms: 1_795_371_840_000 };
        let mut texts = |_: &PageMatch| {
            let before = early_and_all.borrow().len();
            assert!(before == asked || before == 0, "each before the next is asked for, or none");
            asked += 1;
            Some("persimmons".to_owned())
        };
        let found =
            index.search_streaming(&ask, &mut texts, &mut |hit| early_and_all.borrow_mut().push(hit.title.clone()));
        (early_and_all.into_inner(), found.unwrap())
    };
    let (early, found) = early_and_all("persimmons");
    assert_eq!(early, found.hits.iter().map(|hit| hit.title.clone()).collect::<Vec<_>>());
    let (early, found) = early_and_all("persimmosn");
    assert_eq!((early.len(), found.hits.len(), found.corrected.as_deref()), (0, 2, Some("persimmons")));
}
