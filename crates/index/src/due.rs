//! Pages whose row is durable and whose words are still to be written: the row is what a save waits for, the words take
//! ten times as long. Whoever comes first writes them: the one that announced the page, or the next to search.
//! A page is due from one transaction to another, never in between, and all that write wait for each other: nobody finds
//! it done by halves, and of two that would complete it the second finds that it is done.

use rusqlite::{Connection, OptionalExtension, params};

use crate::connection::Index;
use crate::error::IndexError;
use crate::reading::stamp;
use crate::record::Entry;
use crate::typo;
use crate::words::Prepared;
use crate::writing::{announce, delete, insert_words, place};

/// How many pages are completed in one transaction: others that write wait for it.
const TOGETHER: u32 = 32;

/// A page that is read again because its words are due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reread {
    /// It is this one.
    Page(Box<Entry>),
    /// There is none any more, or nothing that could be indexed.
    Gone,
    /// It cannot be read just now; its words stay due.
    Unread,
}

impl Index {
    /// Writes down a page without its words, in place of what was known of it, and waits until that is durable. Of the
    /// entry's texts none is looked at. The words are due.
    ///
    /// # Errors
    /// What the disk says; the index is then as it was.
    pub fn announce(&mut self, entry: &Entry) -> Result<(), IndexError> {
        self.at_once(|connection| announce(connection, entry))
    }

    /// Writes the words of a page that was announced. Answers whether they were due: not where another process has
    /// written them, or where the page has changed or gone since. Does not wait for the disk: a power cut makes the
    /// words due again.
    ///
    /// # Errors
    /// What the disk says; the index is then as it was.
    pub fn put_words(&mut self, entry: &Entry) -> Result<bool, IndexError> {
        // While nobody waits for the lock.
        let page = Prepared::from(entry.clone());
        let mut known = std::mem::take(&mut self.known);
        let written = self.at_leisure(|connection| {
            let Some(id) = due_as(connection, entry)? else { return Ok(false) };
            let before = typo::pages(connection)?;
            connection.prepare_cached("DELETE FROM due WHERE id = ?1")?.execute([id])?;
            insert_words(connection, &mut known, before, &[(id, &page)])?;
            Ok(true)
        });
        if written.is_ok() {
            self.known = known;
        }
        written
    }

    /// Of how many pages the words are due. One look at a table that is empty as a rule.
    ///
    /// # Errors
    /// Damage, or what the disk says.
    pub fn count_due(&self) -> Result<u64, IndexError> {
        let mut count = self.connection.prepare_cached("SELECT count(*) FROM due")?;
        Ok(count.query_row([], |row| row.get::<_, i64>(0))?.unsigned_abs())
    }

    /// Whether the words of this page are due.
    ///
    /// # Errors
    /// Damage, or what the disk says.
    pub fn is_due(&self, hash_url: &str) -> Result<bool, IndexError> {
        let sql = "SELECT 1 FROM page JOIN due ON due.id = page.id WHERE hash_url = ?1";
        Ok(self.connection.prepare_cached(sql)?.query_row([hash_url], |_| Ok(())).optional()?.is_some())
    }

    /// Writes the words of pages that are due, some of many. `reread` is asked for each while nobody else can write, so
    /// that whoever changes the page's files meanwhile writes its row after this. Answers how many are no longer due.
    ///
    /// # Errors
    /// What the disk says; the index is then as it was.
    pub fn complete(&mut self, reread: &mut dyn FnMut(&str) -> Reread) -> Result<u64, IndexError> {
        let mut known = std::mem::take(&mut self.known);
        let completed = self.in_passing(|connection| {
            let (mut pages, mut done) = (Vec::new(), 0);
            for hash_url in due(connection)? {
                match reread(&hash_url) {
                    Reread::Page(entry) => pages.push(Prepared::from(*entry)),
                    Reread::Gone => done += u64::from(delete(connection, &hash_url)?),
                    Reread::Unread => {}
                }
            }
            place(connection, &mut known, &pages)?;
            Ok(done + pages.len() as u64)
        });
        if completed.is_ok() {
            self.known = known;
        }
        completed
    }
}

/// The hashes of some pages that are due.
fn due(connection: &Connection) -> Result<Vec<String>, IndexError> {
    let mut some = connection.prepare_cached("SELECT hash_url FROM page JOIN due ON due.id = page.id LIMIT ?1")?;
    some.query_map([TOGETHER], |row| row.get(0))?.map(|row| Ok(row?)).collect()
}

/// The row of a page that is due and was made of the very file that the entry was made of.
fn due_as(connection: &Connection, entry: &Entry) -> Result<Option<i64>, IndexError> {
    let mut one = connection.prepare_cached(
        "SELECT page.id, modified_ns, bytes FROM page JOIN due ON due.id = page.id
         WHERE hash_url = ?1 AND fingerprint = ?2 AND versions = ?3 AND captured_at_ms = ?4",
    )?;
    let row = one
        .query_row(params![entry.hash_url, entry.fingerprint, entry.versions, entry.captured_at_ms], |row| {
            Ok((row.get(0)?, stamp(row, 1)?))
        })
        .optional()?;
    Ok(row.filter(|(_, stamp)| *stamp == entry.stamp).map(|(id, _)| id))
}

#[cfg(test)]
mod tests;
