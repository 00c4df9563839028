//! Putting pages into the index and taking them out, one transaction a call.

use std::collections::{HashMap, HashSet};

use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};

use crate::connection::Index;
use crate::error::IndexError;
use crate::record::Entry;

/// How much of a page's article, and of the rest of its text, is kept for snippets, in bytes. The words of all of it
/// are indexed.
pub(crate) const TEXT_BYTES: usize = 256 * 1024;

impl Index {
    /// Indexes a page, in place of what was known of it.
    ///
    /// # Errors
    /// What the disk says; the index is then as it was.
    pub fn put(&mut self, entry: &Entry) -> Result<(), IndexError> {
        self.put_all(std::slice::from_ref(entry))
    }

    /// Indexes pages, each in place of what was known of it, all or none. Of two entries of a page the later one stays.
    ///
    /// # Errors
    /// What the disk says; the index is then as it was.
    pub fn put_all(&mut self, entries: &[Entry]) -> Result<(), IndexError> {
        let mut latest: HashMap<&str, &Entry> = HashMap::with_capacity(entries.len());
        for entry in entries {
            latest.insert(&entry.hash_url, entry);
        }
        let mut latest: Vec<&Entry> = latest.into_values().collect();
        // FTS5 writes rows in ascending order into one segment; a smaller row number than the last begins another.
        latest.sort_unstable_by_key(|entry| (entry.captured_at_ms, &entry.hash_url));
        let transaction = self.write()?;
        // Afterwards there is no number to reuse whose deletion is still pending in the same segment.
        for entry in &latest {
            delete(&transaction, &entry.hash_url)?;
        }
        let mut free = FreeIds::default();
        for entry in latest {
            insert(&transaction, entry, &mut free)?;
        }
        Ok(transaction.commit()?)
    }

    /// Takes a page out. Answers whether it was there.
    ///
    /// # Errors
    /// What the disk says; the index is then as it was.
    pub fn remove(&mut self, hash_url: &str) -> Result<bool, IndexError> {
        let transaction = self.write()?;
        let was_there = delete(&transaction, hash_url)?;
        transaction.commit()?;
        Ok(was_there)
    }

    /// Takes all pages out.
    ///
    /// # Errors
    /// What the disk says; the index is then as it was.
    pub fn clear(&mut self) -> Result<(), IndexError> {
        let transaction = self.write()?;
        transaction.execute_batch("DELETE FROM page; DELETE FROM text; INSERT INTO fts(fts) VALUES('delete-all');")?;
        Ok(transaction.commit()?)
    }

    /// Begins a transaction that holds the write lock from the start: one that asks for it later cannot wait for it.
    fn write(&mut self) -> Result<Transaction<'_>, IndexError> {
        Ok(self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }
}

fn delete(transaction: &Transaction<'_>, hash_url: &str) -> Result<bool, IndexError> {
    let id: Option<i64> = transaction
        .prepare_cached("SELECT id FROM page WHERE hash_url = ?1")?
        .query_row([hash_url], |row| row.get(0))
        .optional()?;
    let Some(id) = id else { return Ok(false) };
    transaction.prepare_cached("DELETE FROM fts WHERE rowid = ?1")?.execute([id])?;
    transaction.prepare_cached("DELETE FROM text WHERE id = ?1")?.execute([id])?;
    transaction.prepare_cached("DELETE FROM page WHERE id = ?1")?.execute([id])?;
    Ok(true)
}

fn insert(transaction: &Transaction<'_>, entry: &Entry, free: &mut FreeIds) -> Result<(), IndexError> {
    let id = free.take(transaction, entry.captured_at_ms)?;
    // A tag is one line: the lines are the list.
    let tags: Vec<String> = entry.tags.iter().map(|tag| tag.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let tags = tags.join("\n");
    transaction
        .prepare_cached(
            "INSERT INTO page(id, hash_url, url, site, title, author, lang, kind, tags, captured_at_ms, seen_at_ms,
                              versions, modified_ns, bytes)
             VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(params![
            id,
            entry.hash_url,
            entry.url,
            entry.site,
            entry.title,
            entry.author,
            entry.lang,
            entry.kind,
            tags,
            entry.captured_at_ms,
            entry.seen_at_ms,
            entry.versions,
            entry.stamp.modified_ns,
            i64::try_from(entry.stamp.bytes).unwrap_or(i64::MAX),
        ])?;
    let rest = rest(&entry.article, &entry.full_text);
    transaction
        .prepare_cached(
            "INSERT INTO fts(rowid, title, site, url, tags, author, headings, article, rest)
             VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            id,
            entry.title,
            entry.site,
            entry.url,
            tags,
            entry.author,
            entry.headings,
            entry.article,
            rest
        ])?;
    transaction.prepare_cached("INSERT INTO text(id, article, rest) VALUES(?1, ?2, ?3)")?.execute(params![
        id,
        beginning(&entry.article),
        beginning(&rest)
    ])?;
    Ok(())
}

/// Row numbers that are free, from the second of capture on. Pages of one second (an import) follow each other, so what
/// was found for the last page is where to look for the next.
#[derive(Default)]
struct FreeIds {
    next: HashMap<i64, i64>,
}

impl FreeIds {
    fn take(&mut self, transaction: &Transaction<'_>, captured_at_ms: i64) -> Result<i64, IndexError> {
        // Any time that a clock or a file may claim: row numbers stay positive and can be counted on.
        let second = captured_at_ms.div_euclid(1000).clamp(1, i64::MAX / 2);
        let mut id = self.next.get(&second).copied().unwrap_or(second);
        let mut taken = transaction.prepare_cached("SELECT id FROM page WHERE id >= ?1 ORDER BY id")?;
        let mut rows = taken.query([id])?;
        while let Some(row) = rows.next()? {
            if row.get::<_, i64>(0)? != id {
                break;
            }
            id += 1;
        }
        self.next.insert(second, id + 1);
        Ok(id)
    }
}

/// The lines of the full text that the article lacks. White space does not count.
fn rest(article: &str, full_text: &str) -> String {
    let plain = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let known: HashSet<String> = article.lines().map(plain).collect();
    let mut rest = String::new();
    for line in full_text.lines().map(plain) {
        if !line.is_empty() && !known.contains(&line) {
            if !rest.is_empty() {
                rest.push('\n');
            }
            rest.push_str(&line);
        }
    }
    rest
}

/// At most [`TEXT_BYTES`], cut between characters.
fn beginning(text: &str) -> &str {
    text.get(..text.floor_char_boundary(TEXT_BYTES)).unwrap_or(text)
}
