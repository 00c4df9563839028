//! Asks 100,000 hostile queries. None may give an error, panic or be slow.

use std::io::Write;

use super::{Result, engines::Ours, milliseconds};
use crate::clock::timed;

const QUERIES: usize = 100_000;

const PIECES: &[&str] = &[
    "\"",
    "\"\"",
    "*",
    "^",
    ":",
    "(",
    ")",
    "{",
    "}",
    "+",
    "-",
    "--",
    ",",
    ";",
    "\\",
    "'",
    "`",
    "%",
    "_",
    "|",
    "NEAR(",
    "AND",
    "OR",
    "NOT",
    "site:",
    "title:",
    "tag:",
    "lang:",
    "author:",
    "kind:",
    "before:",
    "after:",
    "on:",
    "has:",
    "sort:",
    "last year",
    "7d",
    "99999999d",
    "rowid:",
    "fts:",
    "\0",
    "\u{1}",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{202e}",
    "\u{2028}",
    "\u{feff}",
    "\u{fffe}",
    "\u{fffd}",
    "\u{10ffff}",
    "\u{e000}",
    "\u{e003}image",
    "🎉",
    "👩‍👩‍👧‍👦",
    "e\u{301}\u{301}\u{301}",
    "ﷺ",
    "İ",
    "ß",
    "ſ",
    "一",
    "字",
    "가",
    "ก",
    "م",
    "א",
    "a",
    "th",
    "the",
    "of",
    "windows",
    "file",
    "null",
    "undefined",
    "1e309",
    "NaN",
    "'; DROP TABLE page; --",
    "<script>",
    "../../etc/passwd",
    "C++",
    "C#",
    ".NET",
    "std::vec",
    " ",
    "  ",
    "\t",
    "\n",
];

/// Asks all of the queries.
pub fn endure(ours: &Ours<'_>, out: &mut dyn Write) -> Result<()> {
    let before = ours.index.counts()?;
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = move |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % below.max(1) as u64) as usize
    };
    let (mut worst, mut slowest, mut slow) = (std::time::Duration::ZERO, String::new(), 0);
    for at in 0..QUERIES {
        let mut query = String::new();
        for _ in 0..1 + next(12) {
            match next(8) {
                0 => query.extend(char::from_u32(next(0x11_0000) as u32)),
                _ => query.push_str(PIECES.get(next(PIECES.len())).copied().unwrap_or_default()),
            }
            if next(3) == 0 {
                query.push(' ');
            }
        }
        if at % 5_000 == 0 {
            query = query.repeat(1_000_000 / query.len().max(1) + 1);
        }
        let (found, time) = timed(|| ours.search(&query, 20));
        found?;
        slow += usize::from(time.as_millis() >= 50);
        if time > worst {
            worst = time;
            slowest = query.chars().take(80).collect();
        }
    }
    let same = ours.index.counts()? == before && ours.index.integrity()?.is_empty();
    writeln!(
        out,
        "    {QUERIES} hostile queries: no error; worst {:.1} ms ({slowest:?}), {slow} of 50 ms or more (goal: none); \
         database {}",
        milliseconds(worst),
        if same { "unchanged" } else { "CHANGED" }
    )?;
    Ok(())
}
