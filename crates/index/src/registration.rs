//! Hands the tokenizer to SQLite. The only file of the project with `unsafe`: FTS5 takes tokenizers as a table of C
//! functions, and nothing else. What they do is in `tokenizer.rs`, which is safe; here stand only the calls.
//!
//! What the functions rely on, from SQLite's documentation of `fts5_api` and of the pointer-passing interface:
//! `xTokenize` gets `nText` readable bytes at `pText`, whose bytes may be any; `xToken` is to be called with the
//! context that `xTokenize` got, takes a copy of the token, and answers 0 or an error to be passed on.
#![allow(unsafe_code)]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use rusqlite::{Connection, ffi};

use crate::error::IndexError;
use crate::tokenizer::{Mode, Stopped, tokenize};

/// What the schema calls the tokenizer.
const NAME: &CStr = c"cachette";

/// The kind of pointer that FTS5 answers its interface in.
const API: &CStr = c"fts5_api_ptr";

type Receiver = Option<unsafe extern "C" fn(*mut c_void, c_int, *const c_char, c_int, c_int, c_int) -> c_int>;

/// Makes the tokenizer known to a connection, under the name that [`crate::schema`] uses.
///
/// # Errors
/// What SQLite says; memory is short.
pub(crate) fn register(connection: &Connection) -> Result<(), IndexError> {
    let mut tokenizer = ffi::fts5_tokenizer { xCreate: Some(create), xDelete: Some(delete), xTokenize: Some(cut) };
    // SAFETY: the handle is valid as long as `connection` is borrowed. The statement is prepared, used and finalized
    // here; SQLite writes the interface's address into `api` while it steps, and `api` outlives the statement. The
    // interface lives as long as the connection. `NAME` and `API` live forever. `tokenizer` is copied by the call.
    let code = unsafe {
        let handle = connection.handle();
        let mut statement = ptr::null_mut();
        let mut code =
            ffi::sqlite3_prepare_v2(handle, c"SELECT fts5(?1)".as_ptr(), -1, &mut statement, ptr::null_mut());
        let mut api: *mut ffi::fts5_api = ptr::null_mut();
        if code == ffi::SQLITE_OK {
            code = ffi::sqlite3_bind_pointer(statement, 1, (&raw mut api).cast(), API.as_ptr(), None);
        }
        if code == ffi::SQLITE_OK {
            ffi::sqlite3_step(statement);
            code = match api.as_ref().and_then(|api| api.xCreateTokenizer) {
                Some(create) => create(api, NAME.as_ptr(), ptr::null_mut(), &mut tokenizer, None),
                None => ffi::SQLITE_ERROR,
            };
        }
        ffi::sqlite3_finalize(statement);
        code
    };
    match code {
        ffi::SQLITE_OK => Ok(()),
        code => Err(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None).into()),
    }
}

/// Makes a tokenizer. It has no state: any address that is not null stands for it.
unsafe extern "C" fn create(
    _context: *mut c_void,
    _arguments: *mut *const c_char,
    _count: c_int,
    tokenizer: *mut *mut ffi::Fts5Tokenizer,
) -> c_int {
    // SAFETY: FTS5 passes a place to write the new tokenizer to. What is written is never read through.
    unsafe { *tokenizer = ptr::dangling_mut() };
    ffi::SQLITE_OK
}

unsafe extern "C" fn delete(_tokenizer: *mut ffi::Fts5Tokenizer) {}

/// Takes a text apart for FTS5.
unsafe extern "C" fn cut(
    _tokenizer: *mut ffi::Fts5Tokenizer,
    context: *mut c_void,
    flags: c_int,
    text: *const c_char,
    bytes: c_int,
    receiver: Receiver,
) -> c_int {
    let (Some(receiver), Ok(length)) = (receiver, usize::try_from(bytes)) else { return ffi::SQLITE_OK };
    if text.is_null() || length == 0 {
        return ffi::SQLITE_OK;
    }
    // SAFETY: FTS5 passes `bytes` readable bytes at `text` that nothing writes to during the call.
    let text = unsafe { std::slice::from_raw_parts(text.cast::<u8>(), length) };
    let mode = if flags & ffi::FTS5_TOKENIZE_DOCUMENT != 0 { Mode::Document } else { Mode::Query };
    let work = || {
        let mut code = ffi::SQLITE_OK;
        // Our own texts are UTF-8; in a file from elsewhere they may be anything, places then shift by little.
        let text = String::from_utf8_lossy(text);
        let done = tokenize(&text, mode, &mut |token| {
            let place = if token.colocated { ffi::FTS5_TOKEN_COLOCATED } else { 0 };
            let number = |place: usize| c_int::try_from(place).unwrap_or(c_int::MAX);
            let (start, end) = (number(token.start.min(length)), number(token.end.min(length)));
            let word = token.folded.as_bytes();
            // SAFETY: the receiver and its context are FTS5's own, valid during this call; it copies the word.
            code = unsafe { receiver(context, place, word.as_ptr().cast(), number(word.len()), start, end) };
            if code == ffi::SQLITE_OK { Ok(()) } else { Err(Stopped) }
        });
        if done.is_ok() { ffi::SQLITE_OK } else { code }
    };
    // A panic must not unwind into C. There is none in the tokenizer; this is the second lock on the door.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(ffi::SQLITE_ERROR)
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;

    #[test]
    fn sqlite_cuts_texts_by_our_rules() {
        let connection = Connection::open_in_memory().unwrap();
        register(&connection).unwrap();
        connection
            .execute_batch(
                "CREATE VIRTUAL TABLE t USING fts5(x, tokenize='cachette');
                 CREATE VIRTUAL TABLE v USING fts5vocab(t, instance);
                 INSERT INTO t VALUES('Élan readFile C++ 应用例');
                 INSERT INTO t VALUES(CAST(x'61ff62' AS TEXT)); INSERT INTO t VALUES(''), (NULL);",
            )
            .unwrap();
        let mut read = connection
            .prepare(
                "SELECT group_concat(term || offset, ' ') FROM (SELECT * FROM v WHERE doc = 1 ORDER BY offset, hex(term))",
            )
            .unwrap();
        let terms: String = read.query_row([], |row| row.get(0)).unwrap();
        assert_eq!(terms, "elan0 file1 read1 readfile1 c2 c++2 应用3 例4 用例4");
        let count = |query: &str| -> i64 {
            connection.query_row("SELECT count(*) FROM t WHERE t MATCH ?1", [query], |row| row.get(0)).unwrap()
        };
        assert_eq!(count("\"用例\""), 1);
        assert_eq!(count("\"readFile\""), 1);
        assert_eq!(count("\"ELAN\""), 1);
        assert_eq!(count("\"用\"*"), 1);
        assert_eq!(count("\"b\""), 1, "bytes that are no text part words");
    }
}
