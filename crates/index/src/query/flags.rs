//! Distinguishes a command's flag from a word to exclude. `ls -la` asks for a flag, `link -rot`
//! excludes a word. Pure; `query/mod.rs` reads the pieces that it leaves.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::query::syntax::Piece;

/// The most letters of a flag that follows a command's name, such as `-xzf`.
const LETTERS: usize = 4;

/// With at most this many letters, what follows a `-` may be the flag of a command that is not in
/// the list. The index decides (`search/flags.rs`).
const DOUBTFUL: usize = 2;

/// Names of commands, in lower case.
static COMMANDS: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("commands.txt").lines().collect());

/// Commands whose flags are whole words behind a single `-`, as in `find -name` or `java -jar`.
const WORDED: [&str; 10] =
    ["find", "java", "javac", "ffmpeg", "openssl", "terraform", "powershell", "pwsh", "go", "youtube-dl"];

/// Searches for flags instead of excluding them. A `-` excludes only if a word of two letters or
/// more follows that is not a flag of a command before it, and if something else is searched for.
pub(crate) fn keep(pieces: &mut [Piece]) {
    let (mut command, mut worded, mut before) = (false, false, None);
    for piece in &mut *pieces {
        let is_plain = !piece.quoted && piece.field.is_none();
        if piece.negated && is_plain {
            let letters = piece.text.chars().count();
            let is_flag = letters < 2 || worded || (command && letters <= LETTERS);
            piece.negated = !is_flag;
            piece.flag = is_flag;
            if !is_flag && letters <= DOUBTFUL {
                piece.after = before.take();
            }
        } else if is_plain {
            let name = piece.text.to_lowercase();
            before = Some(name.clone());
            command |= COMMANDS.contains(name.as_str());
            worded |= WORDED.contains(&name.as_str());
        }
    }
    if pieces.iter().all(|piece| piece.negated && piece.field.is_none()) {
        for piece in pieces {
            piece.negated = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::syntax::pieces;

    /// The excluded words of a query.
    fn excluded(query: &str) -> Vec<String> {
        let mut pieces = pieces(query);
        keep(&mut pieces);
        pieces.into_iter().filter(|piece| piece.negated).map(|piece| piece.text).collect()
    }

    #[test]
    fn a_word_is_excluded_and_a_flag_is_not() {
        for (query, expected) in [
            ("link -rot", &["rot"][..]),
            ("rust -async tokio", &["async"]),
            ("docker -kubernetes", &["kubernetes"]),
            ("link -\"a b\"", &["a b"]),
            ("git commit -m", &[]),
            ("ls -la", &[]),
            ("tar -xzf archive", &[]),
            ("rust -x", &[]),
            ("find . -name", &[]),
            ("java -jar -verbose", &[]),
            ("-rot", &[]),
            ("-\"link rot\" -moss", &[]),
            ("site:example.org -rot", &["rot"]),
            ("-site:example.org", &["example.org"]),
        ] {
            assert_eq!(excluded(query), expected, "{query}");
        }
    }

    #[test]
    fn the_list_of_commands_is_in_order_and_each_is_there_once() {
        let listed: Vec<&str> = include_str!("commands.txt").lines().collect();
        assert!(listed.is_sorted_by(|a, b| a < b), "{listed:?}");
    }
}
