//! Tests hostile queries, made from a seed. They resemble the "big list of naughty strings",
//! contain operators of FTS5 and SQL and every block of Unicode, and some are a megabyte long. None
//! fails, writes, or reads more pages than it may.

use super::tests::{index, page};
use super::*;
use crate::search::substring::LOOKED_THROUGH;

/// How many queries are tested. `cargo xtask bench search` tests 100,000.
const QUERIES: usize = 20_000;

/// One query in this many is a megabyte long.
const LONG: usize = 2_000;

/// The most articles that one search may read. They are those of its hits, and those that are
/// scanned.
const TEXTS: usize = 20 + LOOKED_THROUGH.1 as usize;

const PIECES: &str = "\" \"\" * ^ : ( ) { } + - -- , ; \\ ' ` % _ | NEAR( AND OR NOT site: title: tag: lang: \
    author: kind: before: after: on: has: sort: rowid: fts: 7d 99999999d null undefined 1e309 NaN -1 ../../etc/passwd \
    <script> '; DROP TABLE page; -- C++ C# .NET a th the some text \
    site:a title:t* \"the word\" -the has:code after:1969 before:+292277026596";

/// Numbers from a seed (xorshift), the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }

    fn query(&mut self, pieces: &[&str]) -> String {
        let mut query = String::new();
        for _ in 0..1 + self.below(12) {
            match self.below(6) {
                0 => query.extend(char::from_u32(self.below(0x11_0000) as u32)),
                1 => query
                    .push(['\0', '\t', '\n', '\u{1b}', '\u{85}', '\u{202e}', '\u{e000}', '\u{feff}'][self.below(8)]),
                _ => query.push_str(pieces[self.below(pieces.len())]),
            }
            if self.below(3) == 0 {
                query.push(' ');
            }
        }
        query
    }
}

#[test]
fn no_query_fails_writes_or_looks_at_too_much() {
    let pages: Vec<crate::Entry> = (0..300).map(|n| page(&format!("Page {n}"), "some text of the word", n)).collect();
    let index = index(&pages);
    let before: i64 = index.connection.query_row("PRAGMA data_version", [], |row| row.get(0)).unwrap();
    let changes = index.connection.total_changes();
    let pieces: Vec<&str> = PIECES.split_whitespace().collect();
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    // Each 256 code points of Unicode together, then random ones.
    let blocks = (0..0x11_0000u32).step_by(256).map(|first| (first..first + 256).filter_map(char::from_u32).collect());
    let queries: Vec<String> = blocks.chain((0..QUERIES).map(|_| random.query(&pieces))).collect();
    for (at, query) in queries.into_iter().enumerate() {
        let query = if at % LONG == 0 { query.repeat(1_000_000 / query.len().max(1)) } else { query };
        let mut asked = 0;
        let ask = SearchRequest { query: &query, limit: 20, offset: 0, now_ms: 0 };
        let found = index.search(&ask, &mut |_| {
            asked += 1;
            None
        });
        let shown: String = query.chars().take(100).collect();
        let found = found.unwrap_or_else(|error| panic!("{shown:?}: {error}"));
        assert!(found.hits.len() <= 20 && found.total <= pages.len() as u64, "{shown:?}");
        assert!(asked <= TEXTS, "{shown:?} asked for {asked} texts");
    }
    assert_eq!(index.connection.total_changes(), changes);
    assert_eq!(index.connection.query_row("PRAGMA data_version", [], |row| row.get::<_, i64>(0)).unwrap(), before);
    assert_eq!(index.integrity().unwrap(), [""; 0]);
}
