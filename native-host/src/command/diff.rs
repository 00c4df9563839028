//! `diff`: shows the words that changed between two versions of a page.

use std::io::{self, Write};

use cachette_cache::{At, Change, Difference, Document, Line, Part};
use cachette_protocol::Readable;
use clap::Args;
use serde::Serialize;

use super::{
    context::Context,
    error::{CommandResult, DONE},
    input::{moment, saved_page, version},
    json,
    terminal::{Paint, Terminal, counted, line, painted},
};
use crate::moment;

/// How many unchanged lines are shown before and after a change.
const CONTEXT: usize = 2;
/// How many unchanged characters of a changed line are shown on each side of a change.
const AROUND: usize = 80;

/// Show what changed between two versions of a page
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette diff https://example.org/a
  cachette diff ed1c97a9 2026-01-01
  cachette diff ed1c97a9 2026-01-01 2026-11-22T18:24:05.123Z --json

Without times, compares the newest version with the one before it; with one time, shows what has \
changed since then. A time selects the version that was current at it, as with show --at. In a \
changed line, [-…-] was removed and {+…+} was added; on a terminal, colours show this.")]
pub struct DiffArgs {
    /// The page's address or hash
    #[arg(value_name = "URL|HASH")]
    page: String,
    /// The older version [default: the one before TO]
    #[arg(value_name = "FROM")]
    from: Option<String>,
    /// The newer version [default: the newest]
    #[arg(value_name = "TO")]
    to: Option<String>,
    /// Print a JSON object: the changed lines with their numbers and parts
    #[arg(long)]
    json: bool,
}

impl DiffArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`CliError`](super::error::CliError).
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        let time = |text: &Option<String>| text.as_deref().map(|text| moment(text, true)).transpose();
        let (from, to) = (time(&self.from)?, time(&self.to)?);
        let mut cache = context.open()?;
        let page = saved_page(&mut cache, &self.page)?;
        let newer = version(&mut cache, &page, to.map_or(At::Newest, At::ValidAt))?;
        let older = match from {
            Some(from) => Some(version(&mut cache, &page, At::ValidAt(from))?),
            None => cache.read_before(&page.hash_url, &newer)?,
        };
        let alone = older.is_none();
        let older = older.unwrap_or_else(|| newer.clone());
        let (before, after) = (older.markdown(), newer.markdown());
        if self.json {
            json::write_line(context.out, &Comparison::of(&older, &newer, &Difference::between(before, after)))?;
        } else if alone {
            writeln!(context.out, "There is only one version, of {}.", moment::written(newer.captured_at))?;
        } else {
            write(context.out, &older, &newer, &readable(before, after), context.terminal)?;
        }
        Ok(DONE)
    }
}

#[derive(Serialize)]
struct Comparison<'a> {
    url: &'a str,
    from: Side<'a>,
    to: Side<'a>,
    changed: bool,
    lines: Vec<ChangedLine<'a>>,
}

#[derive(Serialize)]
struct Side<'a> {
    captured_at: String,
    title: &'a str,
}

#[derive(Serialize)]
struct ChangedLine<'a> {
    old: Option<usize>,
    new: Option<usize>,
    parts: Vec<ChangedPart<'a>>,
}

/// Compares the texts as people read them, without the escapes that keep characters from being
/// markup.
fn readable(older: &str, newer: &str) -> Difference {
    Difference::between(&Readable::of(older), &Readable::of(newer))
}

#[derive(Serialize)]
struct ChangedPart<'a> {
    change: &'static str,
    text: &'a str,
}

impl<'a> Comparison<'a> {
    fn of(older: &'a Document, newer: &'a Document, difference: &'a Difference) -> Comparison<'a> {
        let side = |document: &'a Document| Side {
            captured_at: moment::written(document.captured_at),
            title: document.title.as_str(),
        };
        let part = |part: &'a Part| ChangedPart {
            change: match part.change {
                Change::Same => "same",
                Change::Removed => "removed",
                Change::Added => "added",
            },
            text: &part.text,
        };
        let changed = difference.lines.iter().filter(|line| !line.is_same());
        let lines = changed
            .map(|line| ChangedLine { old: line.old, new: line.new, parts: line.parts.iter().map(part).collect() })
            .collect();
        let (from, to) = (side(older), side(newer));
        Comparison { url: &newer.url, from, to, changed: !difference.is_empty(), lines }
    }
}

fn write(
    out: &mut dyn Write,
    older: &Document,
    newer: &Document,
    difference: &Difference,
    terminal: Terminal,
) -> io::Result<()> {
    for (mark, document, paint) in [("---", older, Paint::Removed), ("+++", newer, Paint::Added)] {
        let head = format!("{mark} {}  {}", moment::written(document.captured_at), line(&document.title));
        writeln!(out, "{}", painted(&head, paint, terminal))?;
    }
    if difference.is_empty() {
        return writeln!(out, "The articles are the same.");
    }
    let lines = &difference.lines;
    let mut at = 0;
    while at < lines.len() {
        let same = lines.iter().skip(at).take_while(|line| line.is_same()).count();
        let begin = if at == 0 { 0 } else { CONTEXT.min(same) };
        let end = if at + same == lines.len() { 0 } else { CONTEXT.min(same - begin) };
        let (head, tail) = (at..at + begin, at + same - end..at + same);
        let folded = same - begin - end;
        for line in lines.get(head).unwrap_or(&[]) {
            write_line(out, line, terminal)?;
        }
        if folded > 0 {
            writeln!(
                out,
                "{}",
                painted(&format!("  ⋯ {} unchanged", counted(folded as u64, "line")), Paint::Faint, terminal)
            )?;
        }
        for line in lines.get(tail).unwrap_or(&[]) {
            write_line(out, line, terminal)?;
        }
        at += same;
        while let Some(line) = lines.get(at).filter(|line| !line.is_same()) {
            write_line(out, line, terminal)?;
            at += 1;
        }
    }
    Ok(())
}

fn write_line(out: &mut dyn Write, of: &Line, terminal: Terminal) -> io::Result<()> {
    let mark = match (of.old, of.new, of.is_same()) {
        (_, _, true) => " ",
        (Some(_), None, _) => "-",
        (None, Some(_), _) => "+",
        _ => "~",
    };
    let mut text = String::new();
    let last = of.parts.len().saturating_sub(1);
    for (at, Part { change, text: part }) in of.parts.iter().enumerate() {
        let (open, close, paint) = match change {
            Change::Same if mark == "~" => {
                text.push_str(&painted(&folded(part, at == 0, at == last), Paint::Plain, terminal));
                continue;
            }
            Change::Same => ("", "", Paint::Plain),
            Change::Removed => ("[-", "-]", Paint::Removed),
            Change::Added => ("{+", "+}", Paint::Added),
        };
        let whole = mark != "~" || terminal.styled;
        let (open, close) = if whole { ("", "") } else { (open, close) };
        text.push_str(&painted(&format!("{open}{part}{close}"), paint, terminal));
    }
    let text = format!("{mark} {text}");
    writeln!(out, "{}", text.trim_end())
}

/// Shortens a long unchanged text within a changed line to its ends.
fn folded(text: &str, first: bool, last: bool) -> String {
    let chars = text.chars().count();
    let (begin, end) = (if first { 0 } else { AROUND }, if last { 0 } else { AROUND });
    if chars <= begin + end + 16 {
        return text.to_owned();
    }
    let head: String = text.chars().take(begin).collect();
    let tail: String = text.chars().skip(chars - end).collect();
    // The cut falls between words if possible; the text next to the change stays.
    let head = head.rsplit_once(' ').map_or(head.as_str(), |(head, _)| head);
    let tail = tail.split_once(' ').map_or(tail.as_str(), |(_, tail)| tail);
    match (first, last) {
        (true, _) => format!("… {tail}"),
        (_, true) => format!("{head} …"),
        _ => format!("{head} … {tail}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(second: i64, title: &str, file: &str) -> Document {
        Document {
            url: "https://example.org/a".to_owned(),
            title: title.to_owned(),
            captured_at: jiff::Timestamp::from_second(second).unwrap(),
            path: "index.md".into(),
            file: file.to_owned(),
            body: file.to_owned(),
        }
    }

    fn shown(older: &str, newer: &str, terminal: Terminal) -> String {
        let (older, newer) = (document(0, "One", older), document(60, "Two\u{1b}[2J", newer));
        let difference = readable(older.markdown(), newer.markdown());
        let mut out = Vec::new();
        write(&mut out, &older, &newer, &difference, terminal).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn unchanged_lines_are_folded_and_changed_words_marked() {
        let lines = |price: &str| {
            let many: String = (0..9).map(|n| format!("Line {n}.\n")).collect();
            format!("{many}It costs {price} € now.\nEnd.\nEnd.\nEnd.\nEnd.\n")
        };
        let expected = "--- 1970-01-01T00:00:00.000Z  One\n+++ 1970-01-01T00:01:00.000Z  Two\u{fffd}[2J\n  \
                        \u{22ef} 7 lines unchanged\n  Line 7.\n  Line 8.\n~ It costs [-10-]{+12+} € now.\n  End.\n  \
                        End.\n  ⋯ 2 lines unchanged\n";
        assert_eq!(shown(&lines("10"), &lines("12"), Terminal::default()), expected);
        assert!(shown("a", "a", Terminal::default()).ends_with("The articles are the same.\n"));
        assert!(shown("", "a\n", Terminal::default()).ends_with("\n+ a\n"));
        assert!(shown("", "&lt;b> &#92;\n", Terminal::default()).ends_with("\n+ <b> \\\n"));
    }

    #[test]
    fn a_long_line_is_cut_to_the_words_around_the_change() {
        let long = format!("{}old{}", "word ".repeat(100), " word".repeat(100));
        let found = shown(&long, &long.replace("old", "new"), Terminal::default());
        let line = found.lines().last().unwrap();
        assert!(line.starts_with("~ … word word") && line.ends_with("word word …"), "{line}");
        assert!(line.contains("word [-old-]{+new+} word") && line.chars().count() < 220, "{line}");
    }

    #[test]
    fn on_a_terminal_colours_mark_changes_and_nothing_hostile_passes() {
        let terminal = Terminal { interactive: true, styled: true };
        let found = shown("a \u{1b}]0;x\u{7} b old", "a \u{1b}]0;x\u{7} b new", terminal);
        assert!(!found.contains("[-") && !found.contains('\u{7}') && !found.contains("\u{1b}]"), "{found}");
        assert!(found.contains("\u{1b}[31m") && found.contains("\u{1b}[32m"), "{found}");
        let plain = shown("old text here", "new text here", Terminal { interactive: true, styled: false });
        assert!(plain.contains("[-old-]{+new+} text here") && !plain.contains('\u{1b}'), "{plain}");
    }
}
