//! Creates the schema of the database. It also checks that a file has this version of it and
//! nothing else.

use rusqlite::{Connection, TransactionBehavior};

use crate::db::registration;
use crate::error::IndexError;

/// SQLite's `application_id` of an index: "Cche" in ASCII. It distinguishes an index from any other
/// database.
pub(crate) const APPLICATION_ID: i64 = 0x4363_6865;

/// SQLite's `user_version` of this schema. Every change of schema.sql, of the tokenizer or of a
/// column's meaning takes the next number, and the previous schema.sql moves to `schema/former/`.
pub(crate) const VERSION: i64 = 8;

/// The schema's statements.
const SQL: &str = include_str!("schema.sql");

/// The counters of removed pages in a new index. They are how many there were, and how many of them
/// have been purged (`purge.rs`).
pub(crate) const NOTHING_REMOVED: &str = "INSERT INTO fact(name, value) VALUES('removals', 0), ('purged', 0)";

/// Creates the schema in an empty database, or checks that it is there. Reads one page of an
/// existing file.
pub(crate) fn prepare(connection: &mut Connection) -> Result<(), IndexError> {
    registration::register(connection)?;
    if is_empty(connection)? {
        create(connection)?;
    }
    verify(connection)
}

fn is_empty(connection: &Connection) -> Result<bool, IndexError> {
    Ok(number(connection, "application_id")? == 0
        && number(connection, "user_version")? == 0
        && connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))? == 0)
}

fn create(connection: &mut Connection) -> Result<(), IndexError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have come first.
    if is_empty(&transaction)? {
        transaction.execute_batch(SQL)?;
        transaction.execute_batch(NOTHING_REMOVED)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
    }
    Ok(transaction.commit()?)
}

/// Refuses every object that is neither in schema.sql, word for word, nor FTS5's own. A file from
/// elsewhere could contain triggers, views or tables of other shapes.
fn verify(connection: &Connection) -> Result<(), IndexError> {
    let application = number(connection, "application_id")?;
    if application != APPLICATION_ID {
        return Err(IndexError::unusable(format!("it is another program's database (application id {application})")));
    }
    let version = number(connection, "user_version")?;
    if version != VERSION {
        return Err(IndexError::unusable(format!("its schema has version {version}, this program's has {VERSION}")));
    }
    let mut found = 0;
    let mut objects = connection.prepare("SELECT type, name, coalesce(sql, '') FROM sqlite_schema")?;
    let mut rows = objects.query([])?;
    while let Some(row) = rows.next()? {
        let (kind, name, text): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let ours = !text.is_empty() && SQL.contains(&format!("{text};"));
        let shadow = kind == "table" && (name.starts_with("fts_") || name.starts_with("name_"));
        let automatic = kind == "index" && name.starts_with("sqlite_autoindex_");
        if !(ours || shadow || automatic) {
            return Err(IndexError::unusable(format!("its schema holds a foreign {kind}")));
        }
        found += usize::from(ours);
    }
    if found != SQL.matches("\nCREATE ").count() {
        return Err(IndexError::unusable("its schema is incomplete"));
    }
    Ok(())
}

fn number(connection: &Connection, pragma: &str) -> Result<i64, IndexError> {
    Ok(connection.pragma_query_value(None, pragma, |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::db::connection::Index;
    use crate::db::seal::vouch;

    /// Creates a file as a former version of this program did. It has its schema, a page, its
    /// numbers.
    fn make(path: &Path, version: i64, schema: &str) {
        let connection = Connection::open(path).unwrap();
        registration::register(&connection).unwrap();
        connection.execute_batch(schema).unwrap();
        connection.execute_batch("INSERT INTO fts(rowid, title) VALUES(7, 'a former page')").unwrap();
        connection.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
        connection.pragma_update(None, "user_version", version).unwrap();
        drop(connection);
        vouch(path);
    }

    #[test]
    fn every_former_version_is_recognised_and_left_alone() {
        let former = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/db/schema/former");
        for version in 1..VERSION {
            let file = former.join(format!("{version}.sql"));
            let schema = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            assert_ne!(schema, SQL, "{}", file.display());
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("index.db");
            make(&path, version, &schema);
            let before = fs::read(&path).unwrap();
            let error = Index::open(&path).err().unwrap_or_else(|| panic!("version {version} was opened"));
            assert!(error.is_unusable() && error.to_string().contains(&format!("version {version},")), "{error}");
            assert_eq!(fs::read(&path).unwrap().get(100..), before.get(100..), "version {version}");
        }
        assert!(SQL.starts_with(&format!("-- The index's schema, version {VERSION}.")));
    }
}
