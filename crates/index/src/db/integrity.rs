//! Checks the whole database. It runs SQLite's own check, that of the full-text index, and tests
//! that each page has its words. Reads; repairs nothing.

use crate::db::connection::Index;
use crate::error::IndexError;

impl Index {
    /// Checks the whole file and returns each fault as a sentence; no sentences if all is well.
    /// Reads everything.
    ///
    /// # Errors
    /// An error of the disk. Damage is an answer, not an error.
    pub fn integrity(&self) -> Result<Vec<String>, IndexError> {
        let mut troubles = Vec::new();
        for step in [check_file, check_words, check_rows] {
            match step(self) {
                Ok(found) => troubles.extend(found),
                Err(IndexError::Unusable { reason }) => troubles.push(format!("The index is damaged: {reason}.")),
                Err(other) => return Err(other),
            }
        }
        Ok(troubles)
    }
}

fn check_file(index: &Index) -> Result<Vec<String>, IndexError> {
    let mut check = index.connection.prepare("PRAGMA integrity_check(20)")?;
    let lines = check.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    Ok(lines.into_iter().filter(|line| line != "ok").map(|line| format!("The index is damaged: {line}.")).collect())
}

fn check_words(index: &Index) -> Result<Vec<String>, IndexError> {
    index.connection.execute("INSERT INTO fts(fts) VALUES('integrity-check')", [])?;
    index.connection.execute("INSERT INTO name(name) VALUES('integrity-check')", [])?;
    Ok(Vec::new())
}

fn check_rows(index: &Index) -> Result<Vec<String>, IndexError> {
    let apart = index.connection.query_row(
        "SELECT (SELECT count(*) FROM page WHERE id NOT IN (SELECT id FROM fts_docsize)
                 OR id NOT IN (SELECT id FROM name_docsize))
              + (SELECT count(*) FROM rest WHERE id NOT IN (SELECT id FROM page))
              + (SELECT count(*) FROM fts_docsize WHERE id NOT IN (SELECT id FROM page))
              + (SELECT count(*) FROM name_docsize WHERE id NOT IN (SELECT id FROM page))
              + abs((SELECT count(*) FROM page) - coalesce((SELECT value FROM fact WHERE name = 'pages'), 0))",
        [],
        |row| row.get::<_, i64>(0),
    )?;
    Ok(if apart == 0 { Vec::new() } else { vec![format!("{apart} rows of the index have lost their counterpart.")] })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::tests::{index, page};

    /// Returns the faults of an index in which someone else has changed something.
    fn after(change: &str) -> Vec<String> {
        let mut moss = page("Moss", "moss on the wall", 60);
        moss.full_text = "the menu of the page".into();
        let index = index(&[moss, page("Roof", "slates", 120)]);
        index.connection.execute_batch(change).unwrap();
        index.integrity().unwrap()
    }

    #[test]
    fn an_index_that_nobody_touched_is_whole() {
        assert_eq!(after(""), [""; 0]);
        assert_eq!(Index::open_in_memory().unwrap().integrity().unwrap(), [""; 0]);
        let mut index = index(&[page("Moss", "moss", 60)]);
        index.remove("Moss").unwrap();
        assert_eq!(index.integrity().unwrap(), [""; 0], "nor after its only page is gone");
    }

    #[test]
    fn a_row_without_its_counterpart_is_a_fault() {
        for change in [
            "DELETE FROM fact WHERE name = 'pages'",
            "UPDATE fact SET value = value + 2 WHERE name = 'pages'",
            "INSERT INTO rest(id, text) VALUES(12345, x'00')",
            "DELETE FROM page WHERE id = 2",
        ] {
            let faults = after(change);
            assert!(!faults.is_empty(), "{change}");
            for fault in faults {
                assert!(
                    fault.ends_with('.') && fault.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()),
                    "{fault}"
                );
            }
        }
        assert_eq!(
            after("UPDATE fact SET value = 4 WHERE name = 'pages'"),
            ["2 rows of the index have lost their counterpart."]
        );
    }
}
