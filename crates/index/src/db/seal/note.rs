//! The text of the seal's note, written and read. Knows the file system's word for a file, not the file itself.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};

/// What the file system tells of the database file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FileStat {
    pub(super) bytes: u64,
    pub(super) modified_ns: i128,
    /// When its content or anything told about it was last changed; 0 where the system keeps no such time.
    pub(super) changed_ns: i128,
}

/// What the note says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Note {
    /// The file holds all that it should, and was left so.
    Whole(FileStat),
    /// The log is being carried over, or could be only in part: it must still hold so many frames under this salt.
    Under { salt: u64, frames: i64 },
}

/// The note's text: a line of numbers, as long as any other, with a word at its end that tells a whole one from a cut one.
pub(super) fn written(note: Note) -> String {
    let line = match note {
        Note::Whole(stat) => format!("whole {} {} {}", stat.bytes, stat.modified_ns, stat.changed_ns),
        Note::Under { salt, frames } => format!("under {salt} {frames}"),
    };
    format!("{line:<120} end\n")
}

pub(super) fn read(text: &str) -> Option<Note> {
    let mut words = text.strip_suffix(" end\n")?.split_whitespace();
    let number = |words: &mut std::str::SplitWhitespace<'_>| words.next()?.parse::<i128>().ok();
    let note = match words.next()? {
        "whole" => Note::Whole(FileStat {
            bytes: u64::try_from(number(&mut words)?).ok()?,
            modified_ns: number(&mut words)?,
            changed_ns: number(&mut words)?,
        }),
        "under" => Note::Under {
            salt: u64::try_from(number(&mut words)?).ok()?,
            frames: i64::try_from(number(&mut words)?).ok()?,
        },
        _ => return None,
    };
    words.next().is_none().then_some(note)
}

pub(super) fn write(file: &mut File, note: Note) -> io::Result<()> {
    let text = written(note);
    file.seek(SeekFrom::Start(0))?;
    file.write_all(text.as_bytes())?;
    // Something else made it longer than any record.
    if file.metadata()?.len() > text.len() as u64 { file.set_len(text.len() as u64) } else { Ok(()) }
}
