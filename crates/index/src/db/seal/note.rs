//! Writes and reads the text of the seal's note. The seal compares it.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};

/// The state of the database file in the file system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FileStat {
    pub(super) bytes: u64,
    pub(super) modified_ns: i128,
    /// When its content or metadata last changed; 0 if the system keeps no such time.
    pub(super) changed_ns: i128,
}

/// The content of the note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Note {
    /// The file is complete and unchanged since.
    Whole(FileStat),
    /// A checkpoint is running or was only partial. The log must still hold this number of frames
    /// under this salt.
    Under { salt: u64, frames: i64 },
}

/// Formats a note: a line of fixed length, whose last word proves that it is complete.
pub(super) fn written(note: Note) -> String {
    let line = match note {
        Note::Whole(stat) => format!("whole {} {} {}", stat.bytes, stat.modified_ns, stat.changed_ns),
        Note::Under { salt, frames } => format!("under {salt} {frames}"),
    };
    format!("{line:<120} end\n")
}

/// Reads a note. Returns `None` if the text is not a note or is incomplete.
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

/// Writes a note over the previous one.
pub(super) fn write(file: &mut File, note: Note) -> io::Result<()> {
    let text = written(note);
    file.seek(SeekFrom::Start(0))?;
    file.write_all(text.as_bytes())?;
    // Something else has made the file longer than any note.
    if file.metadata()?.len() > text.len() as u64 { file.set_len(text.len() as u64) } else { Ok(()) }
}
