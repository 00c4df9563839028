//! Maintains the table of words to which corrections may lead. Writing a page adds its words; words
//! that no page has are removed. `search/typo.rs` reads the table.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use crate::db::facts::fact;
use crate::db::memory::KnownWords;
use crate::error::IndexError;
use crate::query::expression::quoted;
use crate::text::typo::{PageWord, PageWords, deletion_buckets};

/// In a cache of fewer pages, a word of a single page is a possible correction. In a larger one it
/// is probably a typo itself.
const FEW_PAGES: i64 = 1000;

/// The most words that are remembered.
const REMEMBERED: usize = 1 << 20;

/// Returns how many pages have their words here.
pub(crate) fn pages(connection: &Connection) -> Result<i64, IndexError> {
    Ok(fact(connection, "pages")?.unwrap_or(0))
}

/// Records the words of new pages, before the pages are written.
pub(crate) fn record<'a>(
    connection: &Connection,
    known: &mut KnownWords,
    pages_before: i64,
    pages: impl Iterator<Item = &'a PageWords>,
) -> Result<(), IndexError> {
    if known.pages != pages_before || pages_before == 0 {
        // Of an empty index, everything is known.
        *known = KnownWords { complete: pages_before == 0, ..KnownWords::default() };
    }
    let mut new: Vec<&str> = Vec::new();
    for (before, terms) in (pages_before..).zip(pages) {
        let few = before < FEW_PAGES;
        for (word, PageWord { hash, named, .. }) in terms.iter() {
            let noted = match known.words.get(&hash) {
                Some(true) => continue,
                // This is the second page that has it.
                Some(false) => false,
                None if known.complete => {
                    if !(few || named) {
                        known.words.insert(hash, false);
                        continue;
                    }
                    false
                }
                None => {
                    let mut one = connection.prepare_cached("SELECT 1 FROM word WHERE text = ?1")?;
                    let noted = one.query_row([word], |_| Ok(())).optional()?.is_some();
                    if !noted && !few && !named {
                        let mut any = connection.prepare_cached("SELECT 1 FROM fts WHERE fts MATCH ?1 LIMIT 1")?;
                        if any.query_row([quoted(word)], |_| Ok(())).optional()?.is_none() {
                            known.words.insert(hash, false);
                            continue;
                        }
                    }
                    noted
                }
            };
            known.words.insert(hash, true);
            if !noted {
                new.push(word);
            }
        }
    }
    if known.words.len() > REMEMBERED {
        *known = KnownWords::default();
    }
    add(connection, new)
}

fn add(connection: &Connection, mut words: Vec<&str>) -> Result<(), IndexError> {
    if words.is_empty() {
        return Ok(());
    }
    // The same pages in the same order make the same table.
    words.sort_unstable();
    let mut buckets: BTreeMap<u16, Vec<u8>> = BTreeMap::new();
    let mut insert = connection.prepare_cached("INSERT INTO word(text) VALUES(?1) ON CONFLICT DO NOTHING")?;
    for word in words {
        if insert.execute([word])? == 0 {
            continue;
        }
        // Numbers of more than three bytes would mean 16 million words.
        let Ok(id) = u32::try_from(connection.last_insert_rowid()) else { continue };
        let [0, number @ ..] = id.to_be_bytes() else { continue };
        for bucket in deletion_buckets(word) {
            buckets.entry(bucket).or_default().extend(number);
        }
    }
    let mut append = connection.prepare_cached(
        "INSERT INTO slip(bucket, words) VALUES(?1, ?2)
         ON CONFLICT DO UPDATE SET words = CAST(words || excluded.words AS BLOB)",
    )?;
    for (bucket, numbers) in buckets {
        append.execute(params![bucket, numbers])?;
    }
    Ok(())
}

/// Removes a word that no page has any more.
pub(crate) fn forget(connection: &Connection, id: i64, word: &str) -> Result<(), IndexError> {
    connection.prepare_cached("DELETE FROM word WHERE id = ?1")?.execute([id])?;
    let Ok([0, number @ ..]) = u32::try_from(id).map(u32::to_be_bytes) else { return Ok(()) };
    let mut one = connection.prepare_cached("SELECT words FROM slip WHERE bucket = ?1")?;
    for bucket in deletion_buckets(word) {
        let Some(words) = one.query_row([bucket], |row| row.get::<_, Vec<u8>>(0)).optional()? else { continue };
        let others: Vec<u8> = words.chunks_exact(3).filter(|other| **other != number).flatten().copied().collect();
        let sql = "UPDATE slip SET words = ?2 WHERE bucket = ?1";
        connection.prepare_cached(sql)?.execute(params![bucket, others])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::connection::Index;
    use crate::record::Entry;
    use crate::search::tests::{index, page};

    /// Returns the words of the table in their order, and the bytes of all buckets.
    fn table(index: &Index) -> (Vec<String>, i64) {
        let connection = &index.connection;
        let mut words = connection.prepare("SELECT text FROM word ORDER BY id").unwrap();
        let words = words.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
        let bytes = connection.query_row("SELECT coalesce(sum(length(words)), 0) FROM slip", [], |row| row.get(0));
        (words, bytes.unwrap())
    }

    #[test]
    fn the_same_pages_in_the_same_order_make_the_same_table() {
        let pages: Vec<Entry> = (0..40)
            .map(|n| page(&format!("Page{n}"), &format!("moss granite {}", "ab".repeat(n % 7 + 2)), n as i64))
            .collect();
        let (words, bytes) = table(&index(&pages));
        assert_eq!(table(&index(&pages)), (words.clone(), bytes));
        assert!(words.is_sorted(), "of one batch, in their order: {words:?}");
        assert!(words.contains(&"moss".to_owned()) && words.contains(&"ababab".to_owned()), "{words:?}");
    }

    #[test]
    fn each_word_is_noted_once_however_many_pages_have_it() {
        let mut index = index(&[page("One", "moss moss granite", 1)]);
        let (words, bytes) = table(&index);
        index.put(&page("Two", "granite moss", 2)).unwrap();
        index.put(&page("One", "moss granite", 3)).unwrap();
        assert_eq!(table(&index), (words.clone(), bytes));
        assert_eq!(words, ["granite", "moss"]);
    }

    #[test]
    fn another_programs_pages_are_noticed() {
        let mut index = index(&[page("One", "moss", 1)]);
        // Another process has noted a word, and counts one page more.
        add(&index.connection, vec!["granite"]).unwrap();
        crate::db::facts::add_to_fact(&index.connection, "pages", 1).unwrap();
        index.put(&page("Two", "granite slates", 2)).unwrap();
        assert_eq!(table(&index).0, ["moss", "granite", "slates"], "no word twice");
    }

    #[test]
    fn a_forgotten_word_is_in_no_bucket() {
        let index = index(&[page("One", "moss granite", 1)]);
        let id: i64 =
            index.connection.query_row("SELECT id FROM word WHERE text = 'moss'", [], |row| row.get(0)).unwrap();
        let before = table(&index).1;
        forget(&index.connection, id, "moss").unwrap();
        assert_eq!(table(&index), (vec!["granite".to_owned()], before - 3 * deletion_buckets("moss").len() as i64));
        forget(&index.connection, id, "moss").unwrap();
        forget(&index.connection, -1, "moss").unwrap();
        assert_eq!(table(&index).0, ["granite"], "what is not there cannot be forgotten again");
    }
}
