//! Pages that are filed and not indexed yet: that one is to be is what a save waits for, its row and its words take ten times
//! as long. Whoever comes first writes them: the one that announced the page, or the next to search.
//! A page is due from one transaction to another, never in between, and all that write wait for each other: nobody finds
//! it done by halves, and of two that would complete it the second finds that it is done.

use rusqlite::{Connection, OptionalExtension, params};

use crate::db::connection::Index;
use crate::db::durability::{Durability, Priority};
use crate::db::rows::{integer, stamp};
use crate::error::IndexError;
use crate::record::Entry;
use crate::write::prepared::Prepared;
use crate::write::{delete, place};

/// How many pages are completed in one transaction: others that write wait for it.
const BATCH: u32 = 32;

/// Whether a system tells everyone who has a file open of a write that failed, not only the first to ask: then one may ask here
/// and SQLite is told all the same. Linux does since 4.13 (errseq_t).
const REPORTED_TO_EACH: bool = cfg!(target_os = "linux");

/// A page that is read again because it is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reread {
    /// It is this one.
    Page(Box<Entry>),
    /// There is none any more, or nothing that could be indexed.
    Gone,
    /// It cannot be read just now; it stays due.
    Unread,
}

impl Index {
    /// Notes that a page is to be indexed, and waits until that is durable. Of the entry nothing is looked at but what tells
    /// which state of the page it is. Until the page is completed, it is found as it was before, if it was.
    ///
    /// # Errors
    /// What the disk says; the index is then as it was.
    pub fn enqueue(&mut self, entry: &Entry) -> Result<(), IndexError> {
        self.write(Durability::Synced, Priority::Interactive, |connection| {
            connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO due(hash_url, modified_ns, bytes, fingerprint, versions)
                     VALUES(?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![
                    entry.hash_url,
                    entry.stamp.modified_ns,
                    integer(entry.stamp.bytes),
                    entry.fingerprint,
                    entry.versions
                ])?;
            Ok(())
        })
    }

    /// Indexes a page that was announced. Answers whether it was due: not where another process has done so, or where the
    /// page has changed or gone since. Nobody who reads or writes waits until that is durable: a power cut before makes the
    /// page due again.
    ///
    /// # Errors
    /// What the disk says; the index is then as it was, or this may not outlast a power cut.
    pub fn put_pending(&mut self, entry: &Entry) -> Result<bool, IndexError> {
        // While nobody waits for the lock.
        self.put_pending_prepared(&Prepared::from(entry.clone()))
    }

    /// As [`Index::put_pending`], with what could be done before done before.
    ///
    /// # Errors
    /// As [`Index::put_pending`].
    pub fn put_pending_prepared(&mut self, page: &Prepared) -> Result<bool, IndexError> {
        let mut known = std::mem::take(&mut self.known_words);
        let written = self.write(Durability::Relaxed, Priority::Background, |connection| {
            let pending = is_pending_as(connection, &page.entry)?;
            if pending {
                place(connection, &mut known, std::slice::from_ref(page))?;
            }
            Ok(pending)
        });
        if written.is_ok() {
            self.known_words = known;
        }
        if matches!(written, Ok(true)) && REPORTED_TO_EACH {
            // Nobody waits for that; the next note would wait for all of it too.
            self.sync_wal()?;
        }
        written
    }

    /// How many pages are due. One look at a table that is empty as a rule.
    ///
    /// # Errors
    /// Damage, or what the disk says.
    pub fn count_pending(&self) -> Result<u64, IndexError> {
        let mut count = self.connection.prepare_cached("SELECT count(*) FROM due")?;
        Ok(count.query_row([], |row| row.get::<_, i64>(0))?.unsigned_abs())
    }

    /// Whether this page is due.
    ///
    /// # Errors
    /// Damage, or what the disk says.
    pub fn is_pending(&self, hash_url: &str) -> Result<bool, IndexError> {
        Ok(self.connection.prepare_cached("SELECT 1 FROM due WHERE hash_url = ?1")?.exists([hash_url])?)
    }

    /// Indexes pages that are due, some of many. `reread` is asked for each while nobody else can write, so that whoever
    /// changes the page's files meanwhile announces it after this. Answers how many are no longer due.
    ///
    /// # Errors
    /// What the disk says; the index is then as it was.
    pub fn drain(&mut self, reread: &mut dyn FnMut(&str) -> Reread) -> Result<u64, IndexError> {
        let mut known = std::mem::take(&mut self.known_words);
        let drained = self.write(Durability::Relaxed, Priority::Interactive, |connection| {
            let (mut pages, mut done) = (Vec::new(), 0);
            for hash_url in pending_hashes(connection)? {
                match reread(&hash_url) {
                    Reread::Page(entry) => pages.push(Prepared::from(*entry)),
                    Reread::Gone => done += u64::from(delete(connection, &hash_url)?),
                    Reread::Unread => {}
                }
            }
            place(connection, &mut known, &pages)?;
            Ok(done + pages.len() as u64)
        });
        if drained.is_ok() {
            self.known_words = known;
        }
        drained
    }
}

/// The hashes of some pages that are due.
fn pending_hashes(connection: &Connection) -> Result<Vec<String>, IndexError> {
    let mut some = connection.prepare_cached("SELECT hash_url FROM due LIMIT ?1")?;
    some.query_map([BATCH], |row| row.get(0))?.map(|row| Ok(row?)).collect()
}

/// Whether a page is due in the very state that the entry was made of.
fn is_pending_as(connection: &Connection, entry: &Entry) -> Result<bool, IndexError> {
    let mut one = connection.prepare_cached(
        "SELECT modified_ns, bytes FROM due WHERE hash_url = ?1 AND fingerprint = ?2 AND versions = ?3",
    )?;
    let noted = one.query_row(params![entry.hash_url, entry.fingerprint, entry.versions], |row| stamp(row, 0));
    Ok(noted.optional()? == Some(entry.stamp))
}

#[cfg(test)]
mod tests;
