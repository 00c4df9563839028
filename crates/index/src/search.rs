//! Finding pages by words, best first.
//!
//! The newest [`CANDIDATES`] pages that have all the words are ranked; where they are few, pages that have some of the
//! words follow. Two gaps of the tokenizer are bridged by looking for what was typed inside of words, in the newest
//! pages only: writing without spaces, and words of which only the middle is known.

use std::collections::HashSet;

use rusqlite::{OptionalExtension, TransactionBehavior, params, params_from_iter};

use crate::connection::Index;
use crate::error::IndexError;
use crate::query::Query;
use crate::record::{Found, Hit};
use crate::snippet;

/// How many of the newest hits are ranked. Up to so many hits the answer is that of a full ranking; of more, it is the
/// best of the newest, in 2 to 5 ms at 100,000 pages instead of 13 to 110.
pub const CANDIDATES: u32 = 2000;

/// The most that [`Found::total`] counts up to. Counting is cheap next to ranking, but not free.
pub const TOTAL_MAX: u32 = 10_000;

/// With fewer hits than this for all the words, pages with some of them are of use.
const FEW: usize = 10;

/// How many of the newest pages are looked through for substrings, and how many bytes of text.
const LOOKED_THROUGH: (u32, u64) = (2000, 32 * 1024 * 1024);

/// The most substrings that are looked for at once.
const PARTS: usize = 8;

/// bm25's weights in the order of the columns: title, site, url, tags, author, headings, article, rest. The last one is
/// small enough that what is only in the rest of the page comes after every hit in the article, and still not zero, so
/// that it has an order of its own.
const WEIGHTS: &str = "10.0, 4.0, 4.0, 6.0, 4.0, 3.0, 1.0, 1e-6";

/// Pages in the order in which they are shown.
#[derive(Default)]
struct Ranked {
    ids: Vec<i64>,
    /// How many there are in all; more than `ids` where not all were ranked.
    total: u64,
    /// Those of `ids` that were found by what stands inside of their words.
    inside: HashSet<i64>,
}

impl Index {
    /// Finds pages, best first: at most `limit` after the first `offset`. All words must be in a page, the last one as
    /// the beginning of a word; quotes hold words together; nothing else is an operator. Hits by title, address, tags,
    /// author, headings and article come before those by the rest of the page's text. With fewer than ten hits, pages
    /// with some of the words follow.
    ///
    /// An empty query lists the newest pages with the beginning of their text.
    ///
    /// # Errors
    /// Damage, [`IndexError::Interrupted`], or what the disk says; never because of the query's text.
    pub fn search(&self, query: &str, limit: u32, offset: u32) -> Result<Found, IndexError> {
        let query = Query::parse(query);
        // One state of the index for all the statements, whatever other processes write meanwhile.
        self.transaction(TransactionBehavior::Deferred, |_| {
            let (found, passed) = match query.is_empty() {
                true => (self.newest(limit, offset)?, 0),
                false => (self.ranked(&query)?, offset as usize),
            };
            let mut hits = Vec::new();
            for id in found.ids.iter().skip(passed).take(limit as usize) {
                hits.extend(self.hit(*id, &query, found.inside.contains(id))?);
            }
            Ok(Found { hits, total: found.total, corrected: None })
        })
    }

    fn newest(&self, limit: u32, offset: u32) -> Result<Ranked, IndexError> {
        let sql = "SELECT id FROM page ORDER BY captured_at_ms DESC, id DESC LIMIT ?1 OFFSET ?2";
        let mut newest = self.connection.prepare_cached(sql)?;
        let ids = newest.query_map(params![limit, offset], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let total = self.counts()?.pages;
        Ok(Ranked { ids, total, ..Ranked::default() })
    }

    fn ranked(&self, query: &Query) -> Result<Ranked, IndexError> {
        let mut ranked = Ranked::default();
        if let Some(expression) = query.all() {
            ranked.ids = self.best(&expression)?;
            ranked.total = ranked.ids.len() as u64;
            if ranked.ids.len() >= CANDIDATES as usize {
                ranked.total = self.count(&expression)?;
            }
        }
        if ranked.ids.len() >= FEW {
            return Ok(ranked);
        }
        if query.is_unspaced() {
            ranked.add_inside(self.inside(query)?);
        }
        if let Some(expression) = query.any() {
            ranked.add(self.best(&expression)?);
        }
        if ranked.ids.is_empty() && !query.is_unspaced() {
            ranked.add_inside(self.inside(query)?);
        }
        Ok(ranked)
    }

    /// The newest pages that match an FTS5 expression, best first.
    fn best(&self, expression: &str) -> Result<Vec<i64>, IndexError> {
        // In the order of row numbers FTS5 stops at the limit; ranked first, it would score every hit.
        let sql =
            format!("SELECT rowid, bm25(fts, {WEIGHTS}) FROM fts WHERE fts MATCH ?1 ORDER BY rowid DESC LIMIT ?2");
        let mut newest = self.connection.prepare_cached(&sql)?;
        let rows = newest.query_map(params![expression, CANDIDATES], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut scored: Vec<(i64, f64)> = rows.collect::<Result<_, _>>()?;
        // Smaller is better. A stable sort: of equals the newest stays first.
        scored.sort_by(|a, b| a.1.total_cmp(&b.1));
        Ok(scored.into_iter().map(|(id, _)| id).collect())
    }

    fn count(&self, expression: &str) -> Result<u64, IndexError> {
        let sql = "SELECT count(*) FROM (SELECT 1 FROM fts WHERE fts MATCH ?1 LIMIT ?2)";
        let mut count = self.connection.prepare_cached(sql)?;
        let count: i64 = count.query_row(params![expression, TOTAL_MAX], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// The newest pages that hold all that was typed as it was typed (but for the case of ASCII letters), those with it
    /// in their title first.
    fn inside(&self, query: &Query) -> Result<Vec<i64>, IndexError> {
        let patterns: Vec<String> = query.parts().take(PARTS).map(pattern).collect();
        let each = |test: &dyn Fn(usize) -> String| (1..=patterns.len()).map(test).collect::<Vec<_>>().join(" AND ");
        let titled = each(&|n| format!(r"title LIKE ?{n} ESCAPE '\'"));
        let held = each(&|n| {
            format!(r"(title LIKE ?{n} ESCAPE '\' OR article LIKE ?{n} ESCAPE '\' OR rest LIKE ?{n} ESCAPE '\')")
        });
        let (rows, bytes) = LOOKED_THROUGH;
        let sql = format!(
            "SELECT id, {titled}, {held}, octet_length(article) + octet_length(rest)
             FROM page JOIN text USING(id) ORDER BY id DESC LIMIT {rows}"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut newest = statement.query(params_from_iter(&patterns))?;
        let (mut in_title, mut in_text) = (Vec::new(), Vec::new());
        let mut read = 0;
        while let Some(row) = newest.next()? {
            let id = row.get(0)?;
            if row.get(1)? {
                in_title.push(id);
            } else if row.get(2)? {
                in_text.push(id);
            }
            read += u64::try_from(row.get::<_, i64>(3)?).unwrap_or(0);
            if read > bytes {
                break;
            }
        }
        in_title.append(&mut in_text);
        Ok(in_title)
    }

    fn hit(&self, id: i64, query: &Query, inside: bool) -> Result<Option<Hit>, IndexError> {
        let mut one = self.connection.prepare_cached(
            "SELECT hash_url, url, title, captured_at_ms, article, rest FROM page JOIN text USING(id) WHERE id = ?1",
        )?;
        let hit = one.query_row([id], |row| {
            let (article, rest) = (row.get_ref(4)?.as_str()?, row.get_ref(5)?.as_str()?);
            let snippet = snippet::best(article, rest, &query.needles(inside));
            Ok(Hit {
                hash_url: row.get(0)?,
                url: row.get(1)?,
                title: row.get(2)?,
                captured_at_ms: row.get(3)?,
                snippet: snippet.text,
                ranges: snippet.ranges,
            })
        });
        Ok(hit.optional()?)
    }
}

impl Ranked {
    /// Appends pages that are not there yet.
    fn add(&mut self, ids: Vec<i64>) {
        let known: HashSet<i64> = self.ids.iter().copied().collect();
        self.ids.extend(ids.into_iter().filter(|id| !known.contains(id)));
        self.total = self.ids.len() as u64;
    }

    fn add_inside(&mut self, ids: Vec<i64>) {
        let before = self.ids.len();
        self.add(ids);
        self.inside.extend(self.ids.iter().skip(before));
    }
}

/// A LIKE pattern for a text anywhere.
fn pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::record::Entry;
    use crate::tokenizer::Tokens;

    /// A page whose hash is its title, captured so many seconds after 1970.
    fn page(title: &str, article: &str, second: i64) -> Entry {
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

    fn index(pages: &[Entry]) -> Index {
        let mut index = Index::open_in_memory().unwrap();
        index.put_all(pages).unwrap();
        index
    }

    fn titles(index: &Index, query: &str) -> Vec<String> {
        index.search(query, 100, 0).unwrap().hits.into_iter().map(|hit| hit.title).collect()
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
            let found = index.search(query, 20, 0).unwrap();
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
    fn pages_with_some_of_the_words_follow_those_with_all() {
        let index =
            index(&[page("A", "red wool", 1), page("B", "red", 2), page("C", "blue wool", 3), page("D", "x", 4)]);
        let found = index.search("red wool", 20, 0).unwrap();
        assert_eq!(found.hits[0].title, "A");
        assert_eq!((found.hits.len(), found.total), (3, 3));
        assert_eq!(titles(&index, "\"red wool\""), ["A"]);
        assert_eq!(titles(&index, "wool q"), ["C", "A"], "a word still being typed finds nothing by itself");
    }

    #[test]
    fn more_hits_than_are_ranked_are_counted() {
        let pages: Vec<_> = (1..=2500).map(|n| page(&format!("P{n}"), "common", n)).collect();
        let index = index(&pages);
        let found = index.search("common", 10, 0).unwrap();
        assert_eq!((found.hits.len(), found.total), (10, 2500));
        assert_eq!(found.hits[0].title, "P2500", "of equals the newest is first");
        assert_eq!(index.search("common", 10, 1990).unwrap().hits.len(), 10);
        assert_eq!(index.search("common", 10, CANDIDATES).unwrap().hits.len(), 0);
        assert_eq!(index.search("p17", 10, 0).unwrap().total, 111);
    }

    #[test]
    fn parts_of_the_hits_follow_each_other() {
        let pages: Vec<_> = (1..=30).map(|n| page(&format!("P{n}"), "same", n)).collect();
        let index = index(&pages);
        for query in ["same", ""] {
            let whole = titles(&index, query);
            let parts: Vec<_> =
                (0..4).flat_map(|part| index.search(query, 8, part * 8).unwrap().hits).map(|hit| hit.title).collect();
            assert_eq!(whole, parts);
            assert_eq!(whole.len(), 30);
        }
    }

    #[test]
    fn an_empty_query_lists_the_newest_pages() {
        let index = index(&[page("Old", "first  words", 1), page("New", "", 3), page("Middle", "b", 2)]);
        let found = index.search("  ", 2, 0).unwrap();
        assert_eq!(found.hits.iter().map(|hit| &*hit.title).collect::<Vec<_>>(), ["New", "Middle"]);
        assert_eq!(found.total, 3);
        assert_eq!(index.search("", 2, 2).unwrap().hits[0].snippet, "first words");
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
        let hit = &index.search("承诺", 1, 0).unwrap().hits[0];
        assert_eq!(hit.ranges, [(9, 11)]);
    }

    #[test]
    fn the_middle_of_a_word_finds_where_nothing_else_does() {
        let index = index(&[page("A", "PostgreSQL 100%", 1), page("B", "nothing", 2)]);
        assert_eq!(titles(&index, "gresq"), ["A"]);
        assert_eq!(titles(&index, "%"), ["A"]);
        assert_eq!(titles(&index, "_"), [""; 0]);
        assert_eq!(index.search("gresq", 1, 0).unwrap().hits[0].ranges, [(4, 9)]);
    }

    /// BLNS in miniature, with FTS5's and SQL's own syntax.
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
            index.search(query, u32::MAX, 0).unwrap();
            index.search(query, 0, u32::MAX).unwrap();
        }
        index.search(&"(\"".repeat(100_000), 20, 0).unwrap();
        index.search(&"a ".repeat(100_000), 20, 0).unwrap();
        assert_eq!(index.counts().unwrap().pages, 1);
        assert_eq!(index.integrity().unwrap(), [""; 0]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn every_word_of_a_page_finds_it_and_is_marked(
            text in "[a-zA-Z0-9À-ɏΑ-ωА-я一-丠ぁ-ん가-갠\u{300}-\u{310} .,'-]{1,120}",
        ) {
            let index = index(&[page("T", &text, 1)]);
            let tokens = Tokens::of(&text);
            let words = tokens.iter().map(|token| text.get(token.start..token.end).unwrap());
            for word in words.take(8) {
                let found = index.search(&format!("\"{word}\""), 1, 0).unwrap();
                prop_assert_eq!(found.hits.len(), 1, "{:?}", word);
                prop_assert!(!found.hits[0].ranges.is_empty(), "{:?} in {:?}", word, found.hits[0].snippet);
            }
        }

        #[test]
        fn any_query_gets_an_answer(query in any::<String>()) {
            let index = index(&[page("A", "some text", 1)]);
            prop_assert!(index.search(&query, 20, 0).is_ok());
        }
    }
}
