//! Serialises the list of what an article leaves out. `convert --json` and the file beside a
//! version have this form. Pure.

use cachette_page::{Omission, Reason};
use serde::{Deserialize, Serialize};

use crate::plain_json::write_line;

/// The number of the file's format.
const FORMAT: u32 = 1;

/// A part of the page that the article leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The reason's code.
    pub reason: &'static str,
    /// Its first words; empty for the reason `more`.
    pub begins: String,
    /// How many words it has.
    pub words: usize,
    /// The number of parts that the last entry counts together because the list is full.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocks: Option<usize>,
}

/// How much an article leaves out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Amount {
    /// How many parts of the page.
    pub blocks: u64,
    /// How many words they have.
    pub words: u64,
}

impl LeftOut {
    /// Converts what a conversion found.
    pub fn of(omission: Omission) -> LeftOut {
        let Omission { reason, begins, words, blocks } = omission;
        LeftOut { reason: reason.code(), begins, words, blocks: (reason == Reason::More).then_some(blocks) }
    }
}

/// The whole file.
#[derive(Serialize)]
struct File {
    format: u32,
    dropped: Vec<LeftOut>,
}

/// Returns the file for a version; `None` if its article leaves nothing out.
pub(crate) fn file(dropped: Vec<Omission>) -> Option<String> {
    if dropped.is_empty() {
        return None;
    }
    let mut bytes = Vec::new();
    write_line(&mut bytes, &File { format: FORMAT, dropped: dropped.into_iter().map(LeftOut::of).collect() }).ok()?;
    String::from_utf8(bytes).ok()
}

/// Reads how much a file lists; `None` if its format is unknown.
pub(crate) fn amount(file: &[u8]) -> Option<Amount> {
    #[derive(Deserialize)]
    struct Part {
        words: u64,
        blocks: Option<u64>,
    }
    #[derive(Deserialize)]
    struct List {
        format: u32,
        dropped: Vec<Part>,
    }
    let list: List = serde_json::from_slice(file).ok().filter(|list: &List| list.format == FORMAT)?;
    let add = |sum: Amount, part: Part| Amount {
        blocks: sum.blocks.saturating_add(part.blocks.unwrap_or(1)),
        words: sum.words.saturating_add(part.words),
    };
    Some(list.dropped.into_iter().fold(Amount::default(), add))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn omission(reason: Reason, begins: &str, words: usize, blocks: usize) -> Omission {
        Omission { reason, begins: begins.to_owned(), words, blocks }
    }

    #[test]
    fn the_file_lists_each_part_and_how_many_more_there_are() {
        let list = vec![omission(Reason::Links, "Home \u{202e}\u{2028}\"", 2, 1), omission(Reason::More, "", 40, 7)];
        let file = file(list).unwrap();
        assert_eq!(
            file,
            "{\"format\":1,\"dropped\":[{\"reason\":\"links\",\"begins\":\"Home \\u202e\\u2028\\\"\",\"words\":2},\
             {\"reason\":\"more\",\"begins\":\"\",\"words\":40,\"blocks\":7}]}\n"
        );
        assert_eq!(amount(file.as_bytes()), Some(Amount { blocks: 8, words: 42 }));
        assert_eq!(super::file(Vec::new()), None);
    }

    #[test]
    fn the_longest_list_is_short_enough_to_be_read() {
        let worst = omission(Reason::Boilerplate, &"\u{2066}".repeat(81), usize::MAX, 1);
        let mut list = vec![worst; 500];
        list.push(omission(Reason::More, "", usize::MAX, usize::MAX));
        assert!(file(list).unwrap().len() <= 512 << 10);
    }

    #[test]
    fn what_is_no_list_has_no_amount() {
        for wrong in
            ["", "{}", "[]", "{\"format\":2,\"dropped\":[]}", "{\"format\":1,\"dropped\":[{\"words\":-1}]}", "\u{0}"]
        {
            assert_eq!(amount(wrong.as_bytes()), None, "{wrong}");
        }
    }
}
