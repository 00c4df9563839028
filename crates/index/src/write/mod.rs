//! Adds pages to the index and removes them, one transaction per call.

pub(crate) mod pending;
pub(crate) mod prepared;
pub(crate) mod purge;
pub(crate) mod row_numbers;
pub(crate) mod vocabulary;

use std::cmp::Reverse;
use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use crate::db::connection::Index;
use crate::db::durability::{Durability, Priority};
use crate::db::facts::{add_to_fact, fact, raise_fact, set_fact};
use crate::db::memory::KnownWords;
use crate::db::rows::integer;
use crate::db::schema::NOTHING_REMOVED;
use crate::error::IndexError;
use crate::record::Entry;
use crate::text::tokenizer::words;
use crate::write::prepared::{Prepared, lines_of_tags};
use crate::write::row_numbers::{FreeIds, minute};

/// The length of a title's key, in bytes. Nobody types more.
const KEY_BYTES: usize = 80;

/// The size of the file's cache in memory, in kB: while an index is filled, and normally (SQLite's
/// own choice).
const FILLING_KB: i64 = 32_000;
const AS_A_RULE_KB: i64 = 2_000;

/// Makes FTS5 write the words of all pages of a transaction at once. The segments of its index stay
/// unmerged. FTS5 stores these settings, so each transaction sets and resets them: if this process
/// dies, none of them stays.
const FILLING: &str = "INSERT INTO fts(fts, rank) VALUES('hashsize', 16777216), ('automerge', 0), ('crisismerge', 64);
                       INSERT INTO name(name, rank) VALUES('automerge', 0), ('crisismerge', 64);";
const FILLED: &str = "INSERT INTO fts(fts) VALUES('flush');
                      INSERT INTO fts(fts, rank) VALUES('hashsize', 1048576), ('automerge', 4), ('crisismerge', 16);
                      INSERT INTO name(name) VALUES('flush');
                      INSERT INTO name(name, rank) VALUES('automerge', 4), ('crisismerge', 16);";

impl Index {
    /// Indexes a page and replaces its former row.
    ///
    /// # Errors
    /// An error of the disk; the index is then unchanged.
    pub fn put(&mut self, entry: &Entry) -> Result<(), IndexError> {
        self.put_all(std::slice::from_ref(entry))
    }

    /// Indexes pages and replaces their rows: all or none. Of two entries for the same page, the
    /// later one stays.
    ///
    /// # Errors
    /// An error of the disk; the index is then unchanged.
    pub fn put_all(&mut self, entries: &[Entry]) -> Result<(), IndexError> {
        self.put_prepared(&entries.iter().cloned().map(Prepared::from).collect::<Vec<_>>())
    }

    /// Indexes pages as [`Index::put_all`] does, but the work that needs no lock is already done.
    ///
    /// # Errors
    /// An error of the disk; the index is then unchanged.
    pub fn put_prepared(&mut self, pages: &[Prepared]) -> Result<(), IndexError> {
        let mut known = std::mem::take(&mut self.known_words);
        let written =
            self.write(Durability::Synced, Priority::Background, |connection| place(connection, &mut known, pages));
        if written.is_ok() {
            self.known_words = known;
        }
        written
    }

    /// Indexes many pages, call after call. At the end [`Index::settle`] merges the segments once,
    /// which FTS5 would do from time to time. Does not wait for the disk: an interrupted rebuild
    /// begins again.
    ///
    /// # Errors
    /// An error of the disk; the index is then unchanged.
    pub fn put_many(&mut self, pages: &[Prepared]) -> Result<(), IndexError> {
        self.connection.pragma_update(None, "cache_size", -FILLING_KB)?;
        let mut known = std::mem::take(&mut self.known_words);
        let written = self.write(Durability::Relaxed, Priority::Background, |connection| {
            connection.execute_batch(FILLING)?;
            place(connection, &mut known, pages)?;
            Ok(connection.execute_batch(FILLED)?)
        });
        if written.is_ok() {
            self.known_words = known;
        }
        written
    }

    /// Removes a page. Returns whether it was there.
    ///
    /// # Errors
    /// An error of the disk; the index is then unchanged.
    pub fn remove(&mut self, hash_url: &str) -> Result<bool, IndexError> {
        self.write(Durability::Synced, Priority::Background, |connection| {
            let was_there = delete(connection, hash_url)?;
            if was_there {
                // A pending page counts too, because its hash is left.
                add_to_fact(connection, "removals", 1)?;
            }
            Ok(was_there)
        })
    }

    /// Removes all pages.
    ///
    /// # Errors
    /// An error of the disk; the index is then unchanged.
    pub fn clear(&mut self) -> Result<(), IndexError> {
        let sql =
            "DELETE FROM page; DELETE FROM due; DELETE FROM rest; DELETE FROM word; DELETE FROM slip; DELETE FROM fact;
                   INSERT INTO fts(fts) VALUES('delete-all'); INSERT INTO name(name) VALUES('delete-all');";
        self.known_words = KnownWords::default();
        self.write(Durability::Synced, Priority::Background, |connection| {
            let removals = fact(connection, "removals")?;
            let were_there =
                vocabulary::pages(connection)? > 0 || removals.is_none() || removals != fact(connection, "purged")?;
            connection.execute_batch(sql)?;
            connection.execute_batch(NOTHING_REMOVED)?;
            if were_there { add_to_fact(connection, "removals", 1) } else { Ok(()) }
        })
    }

    /// Records when all files were compared with the index, in milliseconds since 1970.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn note_look(&mut self, now_ms: i64) -> Result<(), IndexError> {
        self.write(Durability::Synced, Priority::Background, |connection| set_fact(connection, "looked_at_ms", now_ms))
    }

    /// Merges the segments of FTS5's index after many pages were added, which makes searches read
    /// less. Takes seconds for 100,000 pages.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn settle(&mut self) -> Result<(), IndexError> {
        let settled = self.write(Durability::Synced, Priority::Background, |connection| {
            connection
                .execute_batch("INSERT INTO fts(fts) VALUES('optimize'); INSERT INTO name(name) VALUES('optimize');")?;
            // Each step returns one page to the disk.
            let mut vacuum = connection.prepare("PRAGMA incremental_vacuum")?;
            let mut steps = vacuum.query([])?;
            while steps.next()?.is_some() {}
            Ok(())
        });
        self.connection.pragma_update(None, "cache_size", -AS_A_RULE_KB)?;
        settled
    }
}

/// Writes pages with their words and replaces their rows. Of two entries for the same page, the
/// later one stays.
pub(crate) fn place(connection: &Connection, known: &mut KnownWords, pages: &[Prepared]) -> Result<(), IndexError> {
    let mut latest: HashMap<&str, &Prepared> = HashMap::with_capacity(pages.len());
    for page in pages {
        latest.insert(&page.entry.hash_url, page);
    }
    let mut latest: Vec<&Prepared> = latest.into_values().collect();
    // Newest first: of several pages in the same minute, the newest gets the highest number.
    latest.sort_unstable_by_key(|page| Reverse((page.entry.captured_at_ms, &page.entry.hash_url)));
    for page in &latest {
        delete(connection, &page.entry.hash_url)?;
    }
    let mut free = FreeIds::default();
    let mut rows: Vec<(i64, &Prepared)> = latest
        .into_iter()
        .map(|page| Ok((free.take(connection, page.entry.captured_at_ms)?, page)))
        .collect::<Result<_, IndexError>>()?;
    if rows.is_empty() {
        return Ok(());
    }
    let before = vocabulary::pages(connection)?;
    let written = i64::try_from(rows.len()).unwrap_or(0);
    for (id, page) in &rows {
        insert_row(connection, *id, &page.entry)?;
    }
    add_to_fact(connection, "pages", written)?;
    let drift = rows.iter().map(|(id, page)| minute(page.entry.captured_at_ms) - id).max();
    raise_fact(connection, "drift", drift.unwrap_or(0))?;
    // FTS5 writes rows in ascending order into one segment; a smaller number than the last begins
    // another.
    rows.sort_unstable_by_key(|(id, _)| *id);
    vocabulary::record(connection, known, before, rows.iter().map(|(_, page)| &page.words))?;
    rows.iter().try_for_each(|(id, page)| insert_words(connection, *id, page))?;
    known.pages = before + written;
    Ok(())
}

/// Removes a page, whether pending or written. Returns whether it was there.
pub(crate) fn delete(connection: &Connection, hash_url: &str) -> Result<bool, IndexError> {
    let was_due = connection.prepare_cached("DELETE FROM due WHERE hash_url = ?1")?.execute([hash_url])? > 0;
    let id: Option<i64> = connection
        .prepare_cached("SELECT id FROM page WHERE hash_url = ?1")?
        .query_row([hash_url], |row| row.get(0))
        .optional()?;
    let Some(id) = id else { return Ok(was_due) };
    for sql in [
        "DELETE FROM fts WHERE rowid = ?1",
        "DELETE FROM name WHERE rowid = ?1",
        "DELETE FROM rest WHERE id = ?1",
        "DELETE FROM page WHERE id = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([id])?;
    }
    add_to_fact(connection, "pages", -1)?;
    // Remains of the page stay until a purge (`purge.rs`).
    add_to_fact(connection, "removals", 1)?;
    Ok(true)
}

/// Writes the small part of a page: everything but its words.
fn insert_row(connection: &Connection, id: i64, entry: &Entry) -> Result<(), IndexError> {
    let key = words(&entry.title).join(" ");
    connection
        .prepare_cached(
            "INSERT INTO page(id, hash_url, url, site, title, title_key, author, lang, kind, tags, captured_at_ms,
                              seen_at_ms, versions, modified_ns, bytes, fingerprint)
             VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        )?
        .execute(params![
            id,
            entry.hash_url,
            entry.url,
            entry.site,
            entry.title,
            key.get(..key.floor_char_boundary(KEY_BYTES)).unwrap_or_default(),
            entry.author,
            entry.lang,
            entry.kind,
            lines_of_tags(&entry.tags),
            entry.captured_at_ms,
            entry.seen_at_ms,
            entry.versions,
            entry.stamp.modified_ns,
            integer(entry.stamp.bytes),
            entry.fingerprint,
        ])?;
    Ok(())
}

/// Writes the words by which a page is found.
fn insert_words(connection: &Connection, id: i64, page: &Prepared) -> Result<(), IndexError> {
    let Prepared { entry, tags, labels, other_text, packed, words: _ } = page;
    connection
        .prepare_cached(
            "INSERT INTO fts(rowid, article, title, site, url, tags, author, headings, rest, labels)
             VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            id,
            entry.article,
            entry.title,
            entry.site,
            entry.url,
            tags,
            entry.author,
            entry.headings,
            other_text,
            labels
        ])?;
    connection.prepare_cached("INSERT INTO name(rowid, title, url) VALUES(?1, ?2, ?3)")?.execute(params![
        id,
        entry.title,
        entry.url
    ])?;
    if !packed.is_empty() {
        connection.prepare_cached("INSERT INTO rest(id, text) VALUES(?1, ?2)")?.execute(params![id, packed])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
