//! Prepares text for people: makes hostile characters harmless, and marks matches on terminals.
//! JSON and piped files do not pass through here.

use std::{
    borrow::Cow,
    io::{self, IsTerminal, Write},
};

/// The capabilities of stdout, which may be a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Terminal {
    /// Whether a person sees the output, so that no control character may reach the screen.
    pub interactive: bool,
    /// Whether colours and links may be used: on a terminal, unless `NO_COLOR` or `TERM=dumb`
    /// forbids.
    pub styled: bool,
}

impl Terminal {
    /// Examines stdout and the environment.
    pub fn of_stdout() -> Terminal {
        let interactive = io::stdout().is_terminal();
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        Terminal { interactive, styled: interactive && !plain }
    }
}

/// Prepares a text of many lines for stdout. A file or a pipe gets it unchanged, a person without
/// direction overrides and control characters, except line ends and tabs.
pub fn document(text: &str, terminal: Terminal) -> Cow<'_, str> {
    if !terminal.interactive || !text.chars().any(|c| hostile(c) && !matches!(c, '\n' | '\t')) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if hostile(c) && !matches!(c, '\n' | '\t') { '\u{fffd}' } else { c }).collect())
}

/// Prepares a text for one line of a listing. Runs of white space become one space, and characters
/// that could move a cursor, end a line or turn the reading direction become U+FFFD.
pub fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(if hostile(c) { '\u{fffd}' } else { c });
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Marks the matches of a snippet. `ranges` are ascending UTF-16 units; invalid ones mark nothing.
pub fn marked(text: &str, ranges: &[(u32, u32)], terminal: Terminal) -> String {
    if !terminal.styled {
        return line(text);
    }
    let mut out = String::with_capacity(text.len() + ranges.len() * 8);
    let (mut units, mut inside) = (0u32, false);
    let mut ranges = ranges.iter().filter(|(start, end)| start < end).peekable();
    for c in text.chars() {
        while let Some((_, end)) = ranges.peek()
            && units >= *end
        {
            ranges.next();
        }
        let within = ranges.peek().is_some_and(|(start, end)| (*start..*end).contains(&units));
        if within != inside {
            out.push_str(if within { MATCH } else { PLAIN });
            inside = within;
        }
        out.push(if c.is_whitespace() {
            ' '
        } else if hostile(c) {
            '\u{fffd}'
        } else {
            c
        });
        units = units.saturating_add(c.len_utf16() as u32);
    }
    if inside {
        out.push_str(PLAIN);
    }
    out
}

/// Returns a number of things: `1 page`, `2 pages`.
pub fn counted(number: u64, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// Makes a line's text bold on a terminal.
pub fn bold(text: &str, terminal: Terminal) -> String {
    let text = line(text);
    if terminal.styled { format!("{BOLD}{text}{PLAIN}") } else { text }
}

/// Turns a text into a link on a terminal (OSC 8). `text` must be safe already; an address that
/// could end the sequence is left out.
pub fn linked(text: &str, address: &str, terminal: Terminal) -> String {
    let safe = address.len() <= ADDRESS_BYTES && address.bytes().all(|byte| (b'!'..=b'~').contains(&byte));
    if terminal.styled && safe { format!("{LINK}{address}{ST}{text}{LINK}{ST}") } else { text.to_owned() }
}

/// The longest address that terminals accept, in bytes.
const ADDRESS_BYTES: usize = 2083;
const LINK: &str = "\u{1b}]8;;";
const ST: &str = "\u{1b}\\";

/// The role of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// Ordinary text.
    Plain,
    /// Less important than the text around it.
    Faint,
    /// Removed text.
    Removed,
    /// Added text.
    Added,
}

/// Colours a piece of one line on terminals. For a person, no character that moves a cursor is
/// left.
pub fn painted(text: &str, paint: Paint, terminal: Terminal) -> String {
    let text = document(text, terminal);
    let colour = match paint {
        Paint::Plain => "",
        Paint::Faint => FAINT,
        Paint::Removed => RED,
        Paint::Added => GREEN,
    };
    if terminal.styled && !colour.is_empty() && !text.is_empty() {
        format!("{colour}{text}{PLAIN}")
    } else {
        text.into_owned()
    }
}

const FAINT: &str = "\u{1b}[2m";
const RED: &str = "\u{1b}[31m";
const GREEN: &str = "\u{1b}[32m";
const BOLD: &str = "\u{1b}[1m";
const MATCH: &str = "\u{1b}[1;33m";
const PLAIN: &str = "\u{1b}[0m";

/// Whether a character controls the terminal or changes the direction of the following text.
fn hostile(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Shows on stderr how far a long job is. On a terminal it does so in place, else in a line every
/// few seconds.
pub struct Progress {
    what: &'static str,
    terminal: bool,
    shown: Option<std::time::Instant>,
}

impl Progress {
    /// Makes the progress of a job on items called `what` ("pages").
    pub fn new(what: &'static str) -> Progress {
        Progress { what, terminal: io::stderr().is_terminal(), shown: None }
    }

    /// Reports that `done` of `total` items (0: unknown) are done.
    pub fn tick(&mut self, done: u64, total: u64) {
        let pause = std::time::Duration::from_millis(if self.terminal { 100 } else { 5_000 });
        let now = std::time::Instant::now();
        let due = match self.shown {
            None => self.terminal,
            Some(shown) => now.duration_since(shown) >= pause,
        };
        if self.shown.is_none() || due {
            self.shown = Some(now);
        }
        if !due {
            return;
        }
        let of = if total > 0 { format!("{done} of {total}") } else { done.to_string() };
        let (before, after) = if self.terminal { ("\r\u{1b}[K", "") } else { ("", "\n") };
        // Progress that cannot be shown does not stop the job.
        let _ = write!(io::stderr(), "{before}{of} {}{after}", self.what);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.terminal && self.shown.is_some() {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PERSON: Terminal = Terminal { interactive: true, styled: true };

    #[test]
    fn a_hostile_title_is_shown_and_does_nothing() {
        assert_eq!(
            line("a\u{1b}]52;c;eA==\u{7}b\n  c\u{202e}d\u{9b}1m "),
            "a\u{fffd}]52;c;eA==\u{fffd}b c\u{fffd}d\u{fffd}1m"
        );
        assert_eq!(document("# x\n\ty\u{1b}[2J\r", PERSON), "# x\n\ty\u{fffd}[2J\u{fffd}");
        assert_eq!(document("raw\u{1b}", Terminal::default()), "raw\u{1b}");
    }

    #[test]
    fn matches_are_marked_in_utf_16_units() {
        assert_eq!(marked("🦀 link rot", &[(3, 7)], PERSON), format!("🦀 {MATCH}link{PLAIN} rot"));
        assert_eq!(marked("ab", &[(0, 1), (1, 2)], PERSON), format!("{MATCH}ab{PLAIN}"));
        assert_eq!(marked("link", &[(0, 4)], Terminal::default()), "link");
    }

    #[test]
    fn links_are_around_their_text() {
        let link = linked("text", "https://example.org/a", PERSON);
        assert_eq!(link, "\u{1b}]8;;https://example.org/a\u{1b}\\text\u{1b}]8;;\u{1b}\\");
        for hostile in ["https://a/\u{1b}]8;;b", "https://a/\u{7}", "https://a/é", "https://a/ b"] {
            assert_eq!(linked("text", hostile, PERSON), "text");
        }
        assert_eq!(linked("text", "https://example.org/a", Terminal::default()), "text");
    }

    proptest! {
        #[test]
        fn nothing_but_our_own_marks_reaches_the_screen(
            text in any::<String>(), ranges in prop::collection::vec((0u32..40, 0u32..40), 0..5),
        ) {
            for shown in [marked(&text, &ranges, PERSON), bold(&text, PERSON), document(&text, PERSON).into_owned()] {
                let rest = shown.replace(MATCH, "").replace(BOLD, "").replace(PLAIN, "");
                prop_assert!(!rest.chars().any(|c| hostile(c) && !matches!(c, '\n' | '\t')));
            }
            prop_assert!(!line(&text).chars().any(hostile));
        }
    }
}
