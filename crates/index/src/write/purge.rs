//! Purges the remains of removed and changed pages. FTS5 only marks their words as deleted, SQLite
//! leaves their bytes in pages that it will reuse, and the vocabulary still contains their words.
//!
//! FTS5's own `secure-delete` does nothing for a table without content. So its segments are merged
//! again, in steps between which others can write; then the file is rewritten (`VACUUM`) and the
//! log emptied.

use std::time::Duration;

use rusqlite::Connection;

use crate::db::connection::{Index, pause};
use crate::db::durability::{Durability, Priority};
use crate::db::facts::{fact, set_fact};
use crate::db::memory::KnownWords;
use crate::error::IndexError;
use crate::query::expression::quoted;
use crate::write::vocabulary::forget;

/// How many pages of the file FTS5 merges in one transaction, during which other writers wait.
const STEP: i64 = 1000;
/// How long to wait for readers of the previous state.
const READERS: Duration = Duration::from_secs(3);
/// How many words are checked in one transaction.
const WORDS: i64 = 5000;

/// The result of a purge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purged {
    /// The index's files contain no remains.
    Gone,
    /// Another program still reads the previous state of the index, so the log could not be
    /// emptied.
    InUse,
}

impl Index {
    /// Whether remains of removed or changed pages may exist.
    ///
    /// # Errors
    /// Damage, or an error of the disk.
    pub fn holds_remains(&self) -> Result<bool, IndexError> {
        // An index of an earlier version counts no removals.
        Ok(fact(&self.connection, "removals")?
            .is_none_or(|removals| fact(&self.connection, "purged").ok().flatten() != Some(removals)))
    }

    /// Removes the remains of pages that were removed or changed before this call. Needs twice the
    /// index's size on disk. Calls `progress` after each step. Takes seconds for 100,000 pages.
    ///
    /// # Errors
    /// An error of the disk, or [`IndexError::DiskFull`] if the disk has no room. The index still
    /// answers as before.
    pub fn purge(&mut self, progress: &mut dyn FnMut()) -> Result<Purged, IndexError> {
        // Pages that are removed meanwhile wait for the next purge.
        let removals = fact(&self.connection, "removals")?.unwrap_or(0);
        for table in ["fts", "name"] {
            let sql = format!("INSERT INTO {table}({table}, rank) VALUES('merge', ?1)");
            loop {
                let before = self.connection.total_changes();
                self.write(Durability::Relaxed, Priority::Background, |connection| {
                    Ok(connection.prepare_cached(&sql)?.execute([-STEP]).map(drop)?)
                })?;
                progress();
                // According to SQLite's documentation, a step that changed fewer than two rows had
                // nothing to do.
                if self.connection.total_changes() - before < 2 {
                    break;
                }
            }
        }
        self.known_words = KnownWords::default();
        let mut after = 0;
        while let Some(last) =
            self.write(Durability::Relaxed, Priority::Background, |connection| forget_words(connection, after))?
        {
            after = last;
            progress();
        }
        self.compact(removals)
    }

    /// Rewrites the file without its deleted content, empties the log, and records `removals` as
    /// purged.
    fn compact(&mut self, removals: i64) -> Result<Purged, IndexError> {
        if let Some(seal) = &self.seal {
            // The next step writes the whole file to the log.
            seal.shorten_wal(&self.connection)?;
        }
        self.set_durability(Durability::Synced)?;
        self.connection.execute_batch("VACUUM")?;
        if let Some(seal) = &self.seal {
            self.connection.busy_timeout(READERS)?;
            let emptied = seal.truncate_wal(&self.connection);
            self.connection.busy_handler(Some(pause))?;
            if !emptied? {
                return Ok(Purged::InUse);
            }
        }
        self.write(Durability::Synced, Priority::Background, |connection| {
            if fact(connection, "removals")?.is_none() {
                set_fact(connection, "removals", removals)?;
            }
            set_fact(connection, "purged", removals)
        })?;
        Ok(Purged::Gone)
    }
}

/// Removes words that no page has from the vocabulary, a batch after the word `after`. Returns the
/// last word's number.
fn forget_words(connection: &Connection, after: i64) -> Result<Option<i64>, IndexError> {
    let mut some = connection.prepare_cached("SELECT id, text FROM word WHERE id > ?1 ORDER BY id LIMIT ?2")?;
    let words: Vec<(i64, String)> =
        some.query_map([after, WORDS], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let mut any = connection.prepare_cached("SELECT 1 FROM fts WHERE fts MATCH ?1 LIMIT 1")?;
    for (id, word) in &words {
        if !any.exists([quoted(word)])? {
            forget(connection, *id, word)?;
        }
    }
    Ok(words.last().map(|(id, _)| *id))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::record::Entry;
    use crate::write::prepared::Prepared;

    fn page(hash: &str, words: &str) -> Entry {
        Entry {
            hash_url: hash.into(),
            url: format!("https://{words}.example/{words}"),
            site: format!("{words}.example"),
            title: format!("Title {words}"),
            article: format!("common text and {words} in it ").repeat(30),
            full_text: format!("common text and {words} in it\nbeside it {words}rest\n").repeat(3),
            captured_at_ms: 60_000 * hash.len() as i64,
            versions: 1,
            ..Entry::default()
        }
    }

    /// Returns the files of the index that contain these bytes.
    fn holding(folder: &Path, words: impl AsRef<[u8]>) -> Vec<String> {
        let words = words.as_ref();
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let bytes = fs::read(entry.path()).unwrap();
            if bytes.windows(words.len()).any(|window| window.eq_ignore_ascii_case(words)) {
                found.push(entry.file_name().into_string().unwrap());
            }
        }
        found
    }

    #[test]
    fn nothing_is_left_of_a_page_that_was_removed_or_of_the_words_that_one_lost() {
        let folder = tempfile::tempdir().unwrap();
        let mut index = Index::open(&folder.path().join("index.sqlite")).unwrap();
        assert!(!index.holds_remains().unwrap(), "a new index");
        for n in 0..30 {
            index
                .put(&page(&format!("{n:030}{}", "x".repeat(n)), &format!("other{}", char::from(b'a' + n as u8))))
                .unwrap();
        }
        assert!(!index.holds_remains().unwrap(), "pages were only added");
        index.put(&page("gone", "zyxwvuts")).unwrap();
        index.put(&page("changed", "qponmlkj")).unwrap();
        index.put(&page("changed", "ihgfedcb")).unwrap();
        assert!(index.remove("gone").unwrap() && index.holds_remains().unwrap());
        let packed = Prepared::from(page("gone", "zyxwvuts")).packed;
        assert!(!holding(folder.path(), "zyxwvuts").is_empty(), "or nothing is tested here");
        assert!(packed.len() > 20 && !holding(folder.path(), &packed).is_empty(), "the text is packed as here");
        assert_eq!(index.purge(&mut || {}).unwrap(), Purged::Gone);
        for words in ["zyxwvut", "qponmlk", "yxwvuts"] {
            assert_eq!(holding(folder.path(), words), [""; 0], "{words}");
        }
        assert_eq!(holding(folder.path(), &packed), [""; 0], "the text beside the article");
        assert!(!index.holds_remains().unwrap());
        assert_eq!(index.integrity().unwrap(), [""; 0]);
        assert_eq!(index.corrections("ihgfedbc").unwrap(), ["ihgfedcb"], "words of pages stay known");
        assert!(index.corrections("zyxwvust").unwrap().is_empty());
        drop(index);
        let index = Index::open(&folder.path().join("index.sqlite")).unwrap();
        assert_eq!(index.pages().unwrap(), 31);
    }

    #[test]
    fn an_index_that_is_purged_over_and_over_stays_whole() {
        let folder = tempfile::tempdir().unwrap();
        let mut index = Index::open(&folder.path().join("index.sqlite")).unwrap();
        index.put(&page("stays", "staying")).unwrap();
        for n in 0..100 {
            index.put(&page("gone", &format!("passing{}", n % 7))).unwrap();
            index.remove("gone").unwrap();
            assert_eq!(index.purge(&mut || {}).unwrap(), Purged::Gone);
        }
        assert_eq!(index.integrity().unwrap(), [""; 0]);
        assert_eq!(index.try_find("staying", 5, 0).unwrap().total, 1);
    }

    #[test]
    fn a_reader_of_the_former_state_is_reported() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index.sqlite");
        let mut index = Index::open(&path).unwrap();
        index.put(&page("gone", "zyxwvuts")).unwrap();
        let reader = Index::open(&path).unwrap();
        reader.connection.execute_batch("BEGIN; SELECT count(*) FROM page;").unwrap();
        index.remove("gone").unwrap();
        assert_eq!(index.purge(&mut || {}).unwrap(), Purged::InUse);
        assert!(index.holds_remains().unwrap());
        reader.connection.execute_batch("COMMIT").unwrap();
        assert_eq!(index.purge(&mut || {}).unwrap(), Purged::Gone);
        assert_eq!(holding(folder.path(), "zyxwvut"), [""; 0]);
        assert!(reader.is_current(), "who has the file open goes on with it");
    }

    #[test]
    fn the_index_of_a_former_version_counts_as_one_with_remains() {
        let index = Index::open_in_memory().unwrap();
        index.connection.execute_batch("DELETE FROM fact WHERE name IN ('removals', 'purged')").unwrap();
        assert!(index.holds_remains().unwrap());
    }
}
