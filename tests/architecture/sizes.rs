//! Tests how long functions, lines and files are. Each exception has a reason here or in its head.

use super::{code, sources};

/// The most lines of a function.
const FUNCTION_LINES: usize = 100;

/// The most columns of a line.
const COLUMNS: usize = 120;
/// The most columns of a line of a comment.
const COMMENT_COLUMNS: usize = 100;

/// The most lines of a file without a reason in its head.
const FILE_LINES: usize = 300;

/// The most lines of any file.
const FILE_LINES_MAX: usize = 500;

/// The words with which a file's head begins its reason for more than [`FILE_LINES`].
const REASON: &str = "More than 300 lines: ";

#[test]
fn no_function_is_longer_than_a_screen_or_two() {
    let mut seen = 0;
    for (path, text) in sources(&["rs"]) {
        for function in code::functions(&text) {
            seen += 1;
            let (name, lines) = (function.name, function.lines);
            assert!(lines <= FUNCTION_LINES, "{path}: {name} has {lines} lines");
        }
    }
    assert!(seen > 2000, "the sources have moved; this test must follow them");
}

/// Files that nobody wraps: they are as somebody else wrote them.
const AS_WRITTEN: &[&str] = &[
    // Homes and pages of earlier releases, byte for byte.
    "crates/cache/fixtures/",
    "crates/cache/former/",
    // Schemas that earlier releases wrote.
    "crates/index/src/db/schema/former/",
    // Pages as websites write them.
    "tests/fuzz/seeds/",
    "tests/gallery/",
    "tests/secrets/kept/",
    "tests/secrets/stripped/",
];

#[test]
fn no_line_is_wider_than_a_screen() {
    let kinds = ["rs", "js", "mjs", "py", "css", "html", "sql", "md", "toml"];
    for (path, text) in sources(&kinds) {
        if AS_WRITTEN.iter().any(|folder| path.starts_with(folder)) {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            // Markdown has no way to break the row of a table.
            let is_row = path.ends_with(".md") && line.starts_with('|');
            // An address or the path of a page. In Rust, a text can go on in the next line.
            let is_one_word =
                !path.ends_with(".rs") && line.split_whitespace().any(|word| word.chars().count() > COLUMNS / 2);
            let columns = line.chars().count();
            let is_comment = path.ends_with(".rs") && line.trim_start().starts_with("//");
            assert!(!is_comment || columns <= COMMENT_COLUMNS, "{path}:{}: a comment of {columns} columns", number + 1);
            assert!(columns <= COLUMNS || is_row || is_one_word, "{path}:{}: {columns} columns", number + 1);
        }
    }
}

#[test]
fn a_long_file_says_why_in_its_head() {
    for (path, text) in sources(&["rs", "js", "css", "html", "sql"]) {
        let lines = text.lines().count();
        assert!(lines <= FILE_LINES_MAX, "{path} has {lines} lines");
        let head = text.lines().take_while(|line| line.starts_with("//"));
        let words: Vec<&str> = head.flat_map(|line| line.trim_start_matches(['/', '!']).split_whitespace()).collect();
        let reason = words.join(" ").contains(REASON);
        assert!(lines <= FILE_LINES || reason, "{path} has {lines} lines and no “{REASON}…” in its head");
        assert!(lines > FILE_LINES || !reason, "{path} has {lines} lines and needs no reason for them");
    }
}
