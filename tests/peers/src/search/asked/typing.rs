//! Types titles with signs letter by letter. It counts the keystrokes that find nothing, and the
//! titles that a keystroke loses although those before and after it find the page.

use std::io::Write;

use super::source::Source;
use crate::search::{Result, engines::Ours};

/// How many titles are typed.
const TITLES: usize = 150;

/// Signs at which a word of a title goes on.
const SIGNS: [char; 6] = ['-', '.', '_', ':', '/', '\''];

/// Prints both counts.
pub fn score(source: &Source, ours: &Ours<'_>, out: &mut dyn Write) -> Result<()> {
    let goes_on = |rest: &str| rest.starts_with(char::is_alphanumeric);
    let titles = source.draw("en", TITLES, |page| {
        let joined =
            |at: usize, c: char| SIGNS.contains(&c) && page.title.get(at + c.len_utf8()..).is_some_and(goes_on);
        let has_sign = page.title.char_indices().skip(1).any(|(at, c)| joined(at, c));
        (has_sign && page.title.chars().count() <= 40 && source.is_unique(&page.title)).then_some(page)
    });
    let (mut keys, mut empty, mut lost) = (0, 0, 0);
    let told = std::env::var_os("ASKED_MISSES").is_some();
    for page in &titles {
        let mut seen: Vec<bool> = Vec::new();
        let mut first_lost = String::new();
        for (at, c) in page.title.char_indices() {
            let typed = page.title.get(..at + c.len_utf8()).unwrap_or_default();
            if typed.chars().count() < 3 {
                continue;
            }
            let found = ours.search(typed, 10)?;
            keys += 1;
            empty += usize::from(found.hits.is_empty());
            if told && found.hits.is_empty() {
                writeln!(out, "      nothing for “{typed}” of “{}”", page.title)?;
            }
            let has = found.hits.iter().any(|hit| hit.hash_url.parse() == Ok(page.at));
            if !has && seen.last() == Some(&true) {
                typed.clone_into(&mut first_lost);
            }
            seen.push(has);
        }
        let vanishes = seen
            .windows(2)
            .enumerate()
            .any(|(at, pair)| pair == [true, false] && seen.get(at + 2..).is_some_and(|rest| rest.contains(&true)))
            || (seen.contains(&true) && seen.last() == Some(&false));
        lost += usize::from(vanishes);
        if told && vanishes {
            writeln!(out, "      lost at “{first_lost}” of “{}”", page.title)?;
        }
    }
    writeln!(
        out,
        "    typing {} titles with signs: {empty} of {keys} keystrokes find nothing, {lost} titles vanish once \
         (goal 0, 0)",
        titles.len()
    )?;
    Ok(())
}
