//! Records pages that are filed but not yet indexed. A save waits only until its page is recorded
//! as pending. Indexing takes ten times as long and follows later, in the same process or in the
//! next search.
//!
//! A page becomes pending in one transaction and indexed in another, and writers wait for each
//! other. So nobody finds a half-indexed page; if two processes want to index the same page, the
//! second finds that it is done.

use rusqlite::{Connection, OptionalExtension, params};

use crate::db::connection::Index;
use crate::db::durability::{Durability, Priority};
use crate::db::rows::{integer, stamp};
use crate::error::IndexError;
use crate::record::Entry;
use crate::write::prepared::Prepared;
use crate::write::{delete, place};

/// How many pages are indexed in one transaction: other writers wait for it.
const BATCH: u32 = 32;

/// Whether the system reports a failed write to everyone who has the file open. Some report it only
/// to the first who asks. Then this process may ask, and SQLite still learns of it. Linux does so
/// since 4.13 (errseq_t).
const REPORTED_TO_EACH: bool = cfg!(target_os = "linux");

/// A pending page, read again from its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reread {
    /// The page.
    Page(Box<Entry>),
    /// The page no longer exists, or contains nothing that could be indexed.
    Gone,
    /// It cannot be read at present and stays pending.
    Unread,
}

impl Index {
    /// Records a page as pending and waits until that is durable. Uses only the state of the
    /// entry's file. Until the page is indexed, a search finds its previous state, if any.
    ///
    /// # Errors
    /// An error of the disk; the index is then unchanged.
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

    /// Indexes a pending page. Returns whether it was pending: it is not if another process has
    /// indexed it, or if the page has changed or gone since. Nobody waits until this is durable,
    /// because after a power cut the page is pending again.
    ///
    /// # Errors
    /// An error of the disk; the index is then unchanged, or the change may not outlast a power
    /// cut.
    pub fn put_pending(&mut self, entry: &Entry) -> Result<bool, IndexError> {
        // Prepares the page before it takes the lock.
        self.put_pending_prepared(&Prepared::from(entry.clone()))
    }

    /// Indexes a page as [`Index::put_pending`] does, but the work that needs no lock is already
    /// done.
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
            // Nobody waits for this now; the next save would have to wait for it too.
            self.sync_wal()?;
        }
        written
    }

    /// Counts the pending pages. The table is usually empty.
    ///
    /// # Errors
    /// Damage, or an error of the disk.
    pub fn count_pending(&self) -> Result<u64, IndexError> {
        let mut count = self.connection.prepare_cached("SELECT count(*) FROM due")?;
        Ok(count.query_row([], |row| row.get::<_, i64>(0))?.unsigned_abs())
    }

    /// Whether a page is pending.
    ///
    /// # Errors
    /// Damage, or an error of the disk.
    pub fn is_pending(&self, hash_url: &str) -> Result<bool, IndexError> {
        Ok(self.connection.prepare_cached("SELECT 1 FROM due WHERE hash_url = ?1")?.exists([hash_url])?)
    }

    /// Indexes a batch of pending pages. `reread` is called while nobody else can write: if someone
    /// changes a page's files meanwhile, they record it as pending after this. Returns how many
    /// pages are no longer pending.
    ///
    /// # Errors
    /// An error of the disk; the index is then unchanged.
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

/// Returns the hashes of a batch of pending pages.
fn pending_hashes(connection: &Connection) -> Result<Vec<String>, IndexError> {
    let mut some = connection.prepare_cached("SELECT hash_url FROM due LIMIT ?1")?;
    some.query_map([BATCH], |row| row.get(0))?.map(|row| Ok(row?)).collect()
}

/// Whether a page is pending in the exact state of the entry.
fn is_pending_as(connection: &Connection, entry: &Entry) -> Result<bool, IndexError> {
    let mut one = connection.prepare_cached(
        "SELECT modified_ns, bytes FROM due WHERE hash_url = ?1 AND fingerprint = ?2 AND versions = ?3",
    )?;
    let noted = one.query_row(params![entry.hash_url, entry.fingerprint, entry.versions], |row| stamp(row, 0));
    Ok(noted.optional()? == Some(entry.stamp))
}

#[cfg(test)]
mod tests;
