//! Defines the errors of the index, distinguished by what the caller can do about them.

use rusqlite::ffi::{ErrorCode, SQLITE_ERROR};

/// The reason why the index could not do its work.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// The file is damaged, foreign, or of another schema version. Move it away and rebuild it:
    /// nothing of value is lost.
    #[error("the index cannot be used and must be rebuilt: {reason}")]
    Unusable {
        /// The reason, in one clause.
        reason: String,
    },
    /// The disk is full; nothing was changed.
    #[error("the disk is full")]
    DiskFull(#[source] rusqlite::Error),
    /// The file or its folder cannot be written to; nothing was changed.
    #[error("the index cannot be written to")]
    ReadOnly(#[source] rusqlite::Error),
    /// The file or its folder cannot be opened or created.
    #[error("the index file cannot be opened: {0}")]
    Open(#[source] std::io::Error),
    /// Another process held the index for longer than the busy timeout.
    #[error("the index is in use by another process")]
    Busy(#[source] rusqlite::Error),
    /// [`crate::InterruptHandle::interrupt`] was called meanwhile; nothing was changed.
    #[error("the work on the index was interrupted")]
    Interrupted,
    /// Any other failure of SQLite or of the disk below it.
    #[error("the index failed: {0}")]
    Sqlite(#[source] rusqlite::Error),
}

impl IndexError {
    /// Whether the remedy is to move the file away and rebuild it from the saved pages.
    pub fn is_unusable(&self) -> bool {
        matches!(self, IndexError::Unusable { .. })
    }

    /// Whether the disk refuses writes while what is on it can still be read. It is full, a quota
    /// or a limit is used up, or the folder is write-protected.
    pub fn is_unwritable(&self) -> bool {
        use rusqlite::ffi;
        match self {
            IndexError::DiskFull(_) | IndexError::ReadOnly(_) | IndexError::Open(_) => true,
            IndexError::Sqlite(rusqlite::Error::SqliteFailure(failure, _)) => matches!(
                failure.extended_code,
                ffi::SQLITE_IOERR_WRITE
                    | ffi::SQLITE_IOERR_FSYNC
                    | ffi::SQLITE_IOERR_DIR_FSYNC
                    | ffi::SQLITE_IOERR_TRUNCATE
                    | ffi::SQLITE_IOERR_SHMOPEN
                    | ffi::SQLITE_IOERR_SHMSIZE
                    | ffi::SQLITE_IOERR_SHMMAP
                    | ffi::SQLITE_IOERR_SHMLOCK
            ),
            _ => false,
        }
    }

    /// An [`IndexError::Unusable`] with this reason.
    pub(crate) fn unusable(reason: impl Into<String>) -> IndexError {
        IndexError::Unusable { reason: reason.into() }
    }
}

impl From<rusqlite::Error> for IndexError {
    fn from(error: rusqlite::Error) -> IndexError {
        match &error {
            rusqlite::Error::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => IndexError::unusable(error.to_string()),
                // The statements are fixed, user text never reaches their syntax, and opening
                // checks the schema. A statement that fails by itself therefore means that the file
                // is damaged.
                ErrorCode::Unknown if failure.extended_code == SQLITE_ERROR => IndexError::unusable(error.to_string()),
                ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch => IndexError::unusable(error.to_string()),
                // A damaged length asks for more memory than exists; a rebuilt index asks for
                // little.
                ErrorCode::OutOfMemory | ErrorCode::TooBig => IndexError::unusable(error.to_string()),
                ErrorCode::DiskFull => IndexError::DiskFull(error),
                ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied => {
                    IndexError::ReadOnly(error)
                }
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => IndexError::Busy(error),
                ErrorCode::OperationInterrupted => IndexError::Interrupted,
                _ => IndexError::Sqlite(error),
            },
            // SQLite reports the same failure with another error if it knows where in the statement
            // it is.
            rusqlite::Error::SqlInputError { error: failure, .. } if failure.extended_code == SQLITE_ERROR => {
                IndexError::unusable(error.to_string())
            }
            // Opening checks the schema and its tables are STRICT, so a value of another type is
            // damage.
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::Utf8Error(..)
            | rusqlite::Error::InvalidColumnType(..) => IndexError::unusable(error.to_string()),
            _ => IndexError::Sqlite(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::ffi;

    use super::*;

    #[test]
    fn a_table_that_lacks_a_column_is_damage() {
        let tables = rusqlite::Connection::open_in_memory().unwrap();
        tables.execute_batch("CREATE TABLE docsize (id, az)").unwrap();
        let error = tables.prepare("SELECT sz FROM docsize").map(drop).unwrap_err();
        assert!(IndexError::from(error).is_unusable());
    }

    #[test]
    fn a_length_beyond_all_memory_is_damage() {
        for code in [ffi::SQLITE_NOMEM, ffi::SQLITE_TOOBIG, ffi::SQLITE_CORRUPT] {
            let error = IndexError::from(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None));
            assert!(error.is_unusable(), "{error}");
        }
    }
}
