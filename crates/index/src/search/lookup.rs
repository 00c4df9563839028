//! Looks pages up without a search: by hash, newest first, or counted.

use rusqlite::{OptionalExtension, Row, params};

use crate::db::connection::Index;
use crate::db::rows::{natural, stamp};
use crate::error::IndexError;
use crate::record::{Counts, Record, Stamp, State};

/// The columns that [`record`] reads, in its order.
const RECORD: &str = "hash_url, url, site, title, captured_at_ms, seen_at_ms, versions, tags, modified_ns, bytes";

impl Index {
    /// Returns the page with this hash, if it is indexed.
    ///
    /// # Errors
    /// Damage, or an error of the disk.
    pub fn get(&self, hash_url: &str) -> Result<Option<Record>, IndexError> {
        let mut one = self.connection.prepare_cached(&format!("SELECT {RECORD} FROM page WHERE hash_url = ?1"))?;
        Ok(one.query_row([hash_url], record).optional()?)
    }

    /// Returns at most `limit` pages whose hash begins with these hex digits (upper or lower case),
    /// by hash. Other characters find nothing.
    ///
    /// # Errors
    /// Damage, or an error of the disk.
    pub fn by_prefix(&self, hex_prefix: &str, limit: u32) -> Result<Vec<Record>, IndexError> {
        if !hex_prefix.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(Vec::new());
        }
        // "g" is greater than every hex digit.
        let sql = format!(
            "SELECT {RECORD} FROM page WHERE hash_url >= ?1 AND hash_url < ?1 || 'g' ORDER BY hash_url LIMIT ?2"
        );
        let mut some = self.connection.prepare_cached(&sql)?;
        some.query_map(params![hex_prefix.to_ascii_lowercase(), limit], record)?.map(|row| Ok(row?)).collect()
    }

    /// Returns at most `limit` pages after the first `offset`, newest capture first.
    ///
    /// # Errors
    /// Damage, or an error of the disk.
    pub fn list(&self, limit: u32, offset: u32) -> Result<Vec<Record>, IndexError> {
        let sql = format!("SELECT {RECORD} FROM page ORDER BY captured_at_ms DESC, id DESC LIMIT ?1 OFFSET ?2");
        let mut some = self.connection.prepare_cached(&sql)?;
        some.query_map(params![limit, offset], record)?.map(|row| Ok(row?)).collect()
    }

    /// Returns every page's hash and the state of the file that was indexed, by hash.
    ///
    /// # Errors
    /// Damage, or an error of the disk.
    pub fn stamps(&self) -> Result<Vec<(String, Stamp)>, IndexError> {
        let mut all =
            self.connection.prepare_cached("SELECT hash_url, modified_ns, bytes FROM page ORDER BY hash_url")?;
        all.query_map([], |row| Ok((row.get(0)?, stamp(row, 1)?)))?.map(|row| Ok(row?)).collect()
    }

    /// Returns the state of every page's file, by hash, for a check to compare. For a pending page,
    /// it is the state that will be indexed.
    ///
    /// # Errors
    /// Damage, or an error of the disk.
    pub fn states(&self) -> Result<Vec<State>, IndexError> {
        let sql = "SELECT hash_url, modified_ns, bytes, fingerprint, versions, 0 FROM page
                   WHERE hash_url NOT IN (SELECT hash_url FROM due)
                   UNION ALL SELECT hash_url, modified_ns, bytes, fingerprint, versions, 1 FROM due
                   ORDER BY hash_url";
        let mut all = self.connection.prepare_cached(sql)?;
        let state = |row: &Row<'_>| {
            Ok(State {
                hash_url: row.get(0)?,
                stamp: stamp(row, 1)?,
                fingerprint: row.get(3)?,
                versions: row.get(4)?,
                pending: row.get(5)?,
            })
        };
        all.query_map([], state)?.map(|row| Ok(row?)).collect()
    }

    /// Counts the indexed pages and versions.
    ///
    /// # Errors
    /// Damage, or an error of the disk.
    pub fn counts(&self) -> Result<Counts, IndexError> {
        let mut sums = self.connection.prepare_cached("SELECT count(*), coalesce(sum(versions), 0) FROM page")?;
        Ok(sums.query_row([], |row| Ok(Counts { pages: natural(row, 0)?, versions: natural(row, 1)? }))?)
    }

    /// Returns the number of indexed pages, without counting them.
    ///
    /// # Errors
    /// Damage, or an error of the disk.
    pub fn pages(&self) -> Result<u64, IndexError> {
        Ok(u64::try_from(self.fact("pages")?).unwrap_or(0))
    }

    /// Returns when all files were last compared with the index, in milliseconds since 1970. It is
    /// 0 for never.
    ///
    /// # Errors
    /// Damage, or an error of the disk.
    pub fn looked_at_ms(&self) -> Result<i64, IndexError> {
        self.fact("looked_at_ms")
    }
}

fn record(row: &Row<'_>) -> rusqlite::Result<Record> {
    Ok(Record {
        hash_url: row.get(0)?,
        url: row.get(1)?,
        site: row.get(2)?,
        title: row.get(3)?,
        captured_at_ms: row.get(4)?,
        seen_at_ms: row.get(5)?,
        versions: row.get(6)?,
        tags: row.get_ref(7)?.as_str()?.lines().map(str::to_owned).collect(),
        stamp: stamp(row, 8)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Entry;
    use crate::search::tests::{index, page};

    fn hashed(hash_url: &str, second: i64) -> Entry {
        Entry { hash_url: hash_url.into(), ..page(hash_url, "words", second) }
    }

    #[test]
    fn a_page_is_found_by_the_first_digits_of_its_hash() {
        let index = index(&[hashed("ab01", 1), hashed("ab02", 2), hashed("abff", 3), hashed("ac00", 4)]);
        let found = |prefix: &str, limit: u32| -> Vec<String> {
            index.by_prefix(prefix, limit).unwrap().into_iter().map(|page| page.hash_url).collect()
        };
        assert_eq!(found("ab", 10), ["ab01", "ab02", "abff"]);
        assert_eq!(found("AB0", 10), ["ab01", "ab02"]);
        assert_eq!(found("abff", 10), ["abff"]);
        assert_eq!(found("", 2), ["ab01", "ab02"]);
        assert_eq!(found("ab", 0), [""; 0]);
        for other in ["ad", "abff0", "g", "a%", "a_", "'", "\0", "ä"] {
            assert_eq!(found(other, 10), [""; 0], "{other:?}");
        }
    }

    #[test]
    fn pages_are_listed_by_their_capture_and_each_once() {
        let index = index(&[hashed("aa", 60), hashed("bb", 600), hashed("cc", 6), hashed("dd", 600)]);
        let listed = |limit: u32, offset: u32| -> Vec<String> {
            index.list(limit, offset).unwrap().into_iter().map(|page| page.hash_url).collect()
        };
        let all = listed(10, 0);
        assert_eq!((all.len(), &all[2..]), (4, &["aa".to_owned(), "cc".to_owned()][..]));
        assert_eq!([listed(2, 0), listed(2, 2), listed(2, 4)].concat(), all);
        assert_eq!(listed(0, 0), [""; 0]);
        assert_eq!(listed(u32::MAX, u32::MAX), [""; 0]);
    }

    #[test]
    fn a_pending_page_is_in_the_state_that_will_be_indexed() {
        let at = |modified_ns: i64, entry: Entry| Entry { stamp: Stamp { modified_ns, bytes: 7 }, ..entry };
        let mut index = index(&[at(1, hashed("bb", 1)), at(2, hashed("aa", 2))]);
        index.enqueue(&at(9, Entry { versions: 5, fingerprint: "new".into(), ..hashed("bb", 1) })).unwrap();
        index.enqueue(&at(3, hashed("cc", 3))).unwrap();
        let states: Vec<(String, i64, bool)> = index
            .states()
            .unwrap()
            .into_iter()
            .map(|state| (state.hash_url, state.stamp.modified_ns, state.pending))
            .collect();
        assert_eq!(states, [("aa".into(), 2, false), ("bb".into(), 9, true), ("cc".into(), 3, true)]);
        let stamps: Vec<(String, i64)> =
            index.stamps().unwrap().into_iter().map(|(hash, stamp)| (hash, stamp.modified_ns)).collect();
        assert_eq!(stamps, [("aa".into(), 2), ("bb".into(), 1)], "those that were indexed");
    }

    #[test]
    fn pages_and_versions_are_counted() {
        let mut index = index(&[Entry { versions: 3, ..hashed("aa", 1) }, hashed("bb", 2)]);
        assert_eq!(index.counts().unwrap(), Counts { pages: 2, versions: 4 });
        assert_eq!(index.pages().unwrap(), 2);
        index.remove("aa").unwrap();
        assert_eq!((index.counts().unwrap(), index.pages().unwrap()), (Counts { pages: 1, versions: 1 }, 1));
        assert_eq!(index.get("aa").unwrap(), None);
        let empty = Index::open_in_memory().unwrap();
        assert_eq!((empty.counts().unwrap(), empty.pages().unwrap()), (Counts::default(), 0));
    }

    #[test]
    fn the_last_look_is_remembered() {
        let mut index = Index::open_in_memory().unwrap();
        assert_eq!(index.looked_at_ms().unwrap(), 0);
        index.note_look(1_795_371_840_000).unwrap();
        assert_eq!(index.looked_at_ms().unwrap(), 1_795_371_840_000);
    }
}
