//! Registers functions with SQLite: the tokenizer, the positions of words in a row, and on Linux
//! the opening of files. It is the only file of the project with `unsafe`, because SQLite accepts
//! only C functions. Their work is done in `tokenizer.rs`, `positions.rs` and `opening.rs`, which
//! are safe; this file only makes the calls.
//!
//! The functions rely on SQLite's documentation of `fts5_api`, of auxiliary functions and of the
//! pointer-passing interface. `xTokenize` gets `nText` readable bytes at `pText`, which may be any
//! bytes. `xToken` must be called with the context that `xTokenize` got, copies the token, and
//! returns 0 or an error to pass on. An auxiliary function gets FTS5's interface and a context for
//! it, and an iterator over a phrase's positions is valid until the function returns.
//! `xSetSystemCall` takes a function to replace `open`, under that name, and calls it with a path
//! that ends in NUL, flags and a mode.
//!
//! More than 300 lines: all unsafe code is in one place.
#![allow(unsafe_code)]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use rusqlite::{Connection, ffi};

use crate::db::positions::Writer;
use crate::error::IndexError;
use crate::text::tokenizer::{Mode, Stopped, tokenize};

/// The tokenizer's name in the schema.
const NAME: &CStr = c"cachette";

/// The name in SQL of the function that returns the positions: see `positions.rs`.
const POSITIONS: &CStr = c"positions";

/// The type of the pointer through which FTS5 hands out its interface.
const API: &CStr = c"fts5_api_ptr";

type Receiver = Option<unsafe extern "C" fn(*mut c_void, c_int, *const c_char, c_int, c_int, c_int) -> c_int>;

/// Makes SQLite open its files through `opening.rs` from now on, in the whole process.
///
/// # Errors
/// SQLite's error; it has no file system then.
#[cfg(target_os = "linux")]
pub(crate) fn guard_files() -> Result<(), IndexError> {
    static CODE: std::sync::OnceLock<c_int> = std::sync::OnceLock::new();
    // SAFETY: the default file system of SQLite lives forever once it is initialized. It calls the
    // replacement of `open` with the arguments of `open_file`, and with those alone; a function
    // pointer may be passed as one of another type that is cast back.
    let code = *CODE.get_or_init(|| unsafe {
        let code = ffi::sqlite3_initialize();
        let files = ffi::sqlite3_vfs_find(ptr::null());
        match files.as_ref().and_then(|files| files.xSetSystemCall) {
            Some(set) if code == ffi::SQLITE_OK => {
                let open: unsafe extern "C" fn(*const c_char, c_int, c_int) -> c_int = open_file;
                let open = std::mem::transmute::<
                    unsafe extern "C" fn(*const c_char, c_int, c_int) -> c_int,
                    unsafe extern "C" fn(),
                >(open);
                set(files, c"open".as_ptr(), Some(open))
            }
            _ => ffi::SQLITE_CANTOPEN,
        }
    });
    match code {
        ffi::SQLITE_OK => Ok(()),
        code => Err(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None).into()),
    }
}

#[cfg(target_os = "linux")]
unsafe extern "C" fn open_file(path: *const c_char, flags: c_int, mode: c_int) -> c_int {
    // SAFETY: SQLite passes a path that ends in NUL and stays as it is until this returns.
    let path = unsafe { CStr::from_ptr(path) };
    catch_unwind(|| crate::db::opening::open(path, flags, mode.unsigned_abs())).unwrap_or(-1)
}

/// Registers the tokenizer with a connection, under the name that the schema uses.
///
/// # Errors
/// SQLite's error if memory is short.
pub(crate) fn register(connection: &Connection) -> Result<(), IndexError> {
    let mut tokenizer = ffi::fts5_tokenizer { xCreate: Some(create), xDelete: Some(delete), xTokenize: Some(cut) };
    // SAFETY: the handle is valid as long as `connection` is borrowed. The statement is prepared,
    // used and finalized here; SQLite writes the interface's address into `api` while it steps, and
    // `api` outlives the statement. The interface lives as long as the connection. `NAME` and `API`
    // live forever. `tokenizer` is copied by the call.
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
            code = match api.as_ref().map(|api| (api.xCreateTokenizer, api.xCreateFunction)) {
                Some((Some(create_tokenizer), Some(create_function))) => {
                    let code = create_tokenizer(api, NAME.as_ptr(), ptr::null_mut(), &mut tokenizer, None);
                    match code {
                        ffi::SQLITE_OK => {
                            create_function(api, POSITIONS.as_ptr(), ptr::null_mut(), Some(positions), None)
                        }
                        code => code,
                    }
                }
                _ => ffi::SQLITE_ERROR,
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

/// Creates a tokenizer. It has no state: any address that is not null represents it.
unsafe extern "C" fn create(
    _context: *mut c_void,
    _arguments: *mut *const c_char,
    _count: c_int,
    tokenizer: *mut *mut ffi::Fts5Tokenizer,
) -> c_int {
    // SAFETY: FTS5 passes a place to write the new tokenizer to. The written pointer is never
    // dereferenced.
    unsafe { *tokenizer = ptr::dangling_mut() };
    ffi::SQLITE_OK
}

unsafe extern "C" fn delete(_tokenizer: *mut ffi::Fts5Tokenizer) {}

/// Cuts a text into words for FTS5.
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
        // Our own texts are UTF-8. A file from elsewhere may hold any bytes; its offsets then shift
        // a little.
        let text = String::from_utf8_lossy(text);
        let done = tokenize(&text, mode, &mut |token| {
            let place = if token.colocated { ffi::FTS5_TOKEN_COLOCATED } else { 0 };
            let number = |place: usize| c_int::try_from(place).unwrap_or(c_int::MAX);
            let (start, end) = (number(token.start.min(length)), number(token.end.min(length)));
            let word = token.folded.as_bytes();
            // SAFETY: the receiver and its context are FTS5's own, valid during this call; it
            // copies the word.
            code = unsafe { receiver(context, place, word.as_ptr().cast(), number(word.len()), start, end) };
            if code == ffi::SQLITE_OK { Ok(()) } else { Err(Stopped) }
        });
        if done.is_ok() { ffi::SQLITE_OK } else { code }
    };
    // A panic must not unwind into C. The tokenizer has none; this is a second safeguard.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(ffi::SQLITE_ERROR)
}

/// Returns the positions of the expression's phrases in the current row, as a blob.
unsafe extern "C" fn positions(
    api: *const ffi::Fts5ExtensionApi,
    context: *mut ffi::Fts5Context,
    result: *mut ffi::sqlite3_context,
    _count: c_int,
    _values: *mut *mut ffi::sqlite3_value,
) {
    // SAFETY: FTS5 passes its interface and a context, both valid during this call.
    let work = || unsafe { read_positions(&*api, context) };
    match catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(ffi::SQLITE_ERROR)) {
        Ok(blob) => {
            let length = c_int::try_from(blob.len()).unwrap_or(0);
            // SAFETY: `result` is the context that SQLite passed; the blob is copied before the
            // call returns.
            unsafe { ffi::sqlite3_result_blob(result, blob.as_ptr().cast(), length, ffi::SQLITE_TRANSIENT()) };
        }
        // SAFETY: as above.
        Err(code) => unsafe { ffi::sqlite3_result_error_code(result, code) },
    }
}

/// # Safety
/// `context` must be the one that FTS5 passed together with `api`, during the call in which it did.
unsafe fn read_positions(api: &ffi::Fts5ExtensionApi, context: *mut ffi::Fts5Context) -> Result<Vec<u8>, c_int> {
    let (Some(count), Some(first), Some(next)) = (api.xPhraseCount, api.xPhraseFirst, api.xPhraseNext) else {
        return Err(ffi::SQLITE_ERROR);
    };
    let mut writer = Writer::default();
    // SAFETY: the context is FTS5's own.
    let phrases = unsafe { count(context) };
    for phrase in 0..phrases {
        let mut iterator = ffi::Fts5PhraseIter { a: ptr::null(), b: ptr::null() };
        let (mut column, mut offset) = (-1, -1);
        // SAFETY: `phrase` is below the count. FTS5 points `iterator` into its own list, which does
        // not move until this function returns.
        let code = unsafe { first(context, phrase, &mut iterator, &mut column, &mut offset) };
        if code != ffi::SQLITE_OK {
            return Err(code);
        }
        // FTS5 ends a list with a column below zero.
        while let (Ok(at), Ok(place)) = (u8::try_from(column), u32::try_from(offset)) {
            writer.push(u16::try_from(phrase).unwrap_or(u16::MAX), at, place);
            // SAFETY: `iterator` was set by the call above and is changed by nobody else.
            unsafe { next(context, &mut iterator, &mut column, &mut offset) };
        }
    }
    Ok(writer.finish())
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
                "SELECT group_concat(term || offset, ' ')
                 FROM (SELECT * FROM v WHERE doc = 1 ORDER BY offset, hex(term))",
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

    #[test]
    fn sqlite_returns_the_positions_of_phrases() {
        let connection = Connection::open_in_memory().unwrap();
        register(&connection).unwrap();
        connection
            .execute_batch(
                "CREATE VIRTUAL TABLE t USING fts5(x, y, tokenize='cachette', content='', contentless_delete=1);
                 INSERT INTO t(rowid, x, y) VALUES(7, 'a b a b', 'b'), (9, 'c', 'a c');",
            )
            .unwrap();
        type Listed = (u16, u8, u32, Vec<u32>);
        let positions = |query: &str| -> Vec<(i64, Vec<Listed>)> {
            let mut read =
                connection.prepare("SELECT rowid, positions(t) FROM t WHERE t MATCH ?1 ORDER BY rowid").unwrap();
            let rows = read.query_map([query], |row| {
                let runs = crate::db::positions::PositionList(row.get_ref(1)?.as_blob()?);
                let listed =
                    |run: crate::db::positions::Run<'_>| (run.phrase, run.column, run.times, run.offsets().collect());
                Ok((row.get(0)?, runs.map(listed).collect()))
            });
            rows.unwrap().collect::<Result<_, _>>().unwrap()
        };
        assert_eq!(
            positions("\"a b\" AND b"),
            [(7, vec![(0, 0, 2, vec![0, 2]), (1, 0, 2, vec![1, 3]), (1, 1, 1, vec![0])])]
        );
        assert_eq!(
            positions("b OR (c AND y:a)"),
            [
                (7, vec![(0, 0, 2, vec![1, 3]), (0, 1, 1, vec![0])]),
                (9, vec![(1, 0, 1, vec![0]), (1, 1, 1, vec![1]), (2, 1, 1, vec![0])])
            ]
        );
        assert!(connection.query_row("SELECT positions(1)", [], |_| Ok(())).is_err(), "it is for tables of words only");
    }

    /// `cargo xtask test` runs this under valgrind, which checks every byte that the calls read and
    /// write.
    #[test]
    fn hostile_texts_are_read_within_their_bounds() {
        let connection = Connection::open_in_memory().unwrap();
        register(&connection).unwrap();
        connection.execute_batch("CREATE VIRTUAL TABLE t USING fts5(x, y, tokenize='cachette')").unwrap();
        let all: Vec<u8> = (0..=255).collect();
        let long = "long".repeat(500);
        let texts: Vec<Vec<u8>> =
            ["", "a", "é", "字", "字句", "a\u{0}b", "\u{301}", "🎉", "readFile2 C++ a_b", "İß", &long]
                .into_iter()
                .map(|text| text.as_bytes().to_vec())
                .chain([all.clone(), all.into_iter().rev().collect(), vec![0xF0, 0x9F], vec![0xE5], vec![0; 9]])
                .collect();
        for (one, other) in texts.iter().zip(texts.iter().rev()) {
            let sql = "INSERT INTO t(x, y) VALUES(CAST(?1 AS TEXT), CAST(?2 AS TEXT))";
            connection.execute(sql, [one, other]).unwrap();
        }
        let mut runs = 0;
        let mut read = connection.prepare("SELECT positions(t) FROM t WHERE t MATCH ?1 ORDER BY rowid DESC").unwrap();
        for text in &texts {
            let word = String::from_utf8_lossy(text).replace(['"', '\0'], " ");
            for query in
                [format!("\"{word}\""), format!("\"{word}\" OR \"{word}\"*"), format!("x:\"{word}\" AND \"a\"")]
            {
                let mut rows = read.query([query]).unwrap();
                while let Some(row) = rows.next().unwrap() {
                    let runs_of_row = crate::db::positions::PositionList(row.get_ref(0).unwrap().as_blob().unwrap());
                    runs += runs_of_row.filter(|run| run.offsets().last() <= Some(run.last)).count();
                }
            }
        }
        assert!(runs > 50, "{runs}");
        connection.execute_batch("INSERT INTO t(t) VALUES('integrity-check')").unwrap();
    }
}
