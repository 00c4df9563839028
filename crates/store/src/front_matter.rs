//! Reads and writes the front matter of saved files, which is between two `---` lines. It is
//! written so that every YAML parser reads the same strings, and read so that additions by people
//! and other tools stay, byte for byte. It is not a YAML library.

mod scalar;

use std::fmt;

/// The reason why a file's front matter cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrontMatterError {
    /// The file does not begin with a `---` line.
    #[error("The file does not begin with a line of three dashes.")]
    Missing,
    /// The second `---` line is missing.
    #[error("The front matter has no closing line of three dashes.")]
    Unclosed,
    /// A line is neither `key: value` nor belongs to the one above. It is counted from 1 in the
    /// file.
    #[error("Line {line} of the file is not of the form `key: value`.")]
    NotAKey {
        /// The line's number in the file, from 1.
        line: usize,
    },
}

/// An ordered set of keys and values.
///
/// Entries that are not set keep the lines they were read from, with comments, styles and nested
/// values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatter {
    items: Vec<Item>,
    /// The lines of dashes as they are in the file. The first includes what an editor put before
    /// it, such as a byte order mark.
    fences: (String, String),
}

impl Default for FrontMatter {
    fn default() -> Self {
        Self { items: Vec::new(), fences: (FENCE.to_owned(), FENCE.to_owned()) }
    }
}

const FENCE: &str = "---\n";
/// The byte order mark, which some editors put before a text.
const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// One entry with its lines, or lines that belong to no key (comments, blank lines).
#[derive(Clone, Debug, PartialEq, Eq)]
struct Item {
    /// Empty for lines without a key.
    key: String,
    /// The lines as written in the file, line ends included.
    raw: String,
}

impl FrontMatter {
    /// Creates an empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the front matter of `file` and returns it with the body. The body follows the closing
    /// `---` line.
    ///
    /// A byte order mark and CRLF line ends are accepted, and stay. Values are not validated here:
    /// [`FrontMatter::get`] reads what it can and takes the rest as text.
    ///
    /// # Errors
    /// The block is missing, not closed, or contains a line that is not part of an entry.
    pub fn parse(file: &str) -> Result<(Self, &str), FrontMatterError> {
        let text = file.trim_start_matches(BYTE_ORDER_MARK);
        let marks = file.get(..file.len() - text.len()).unwrap_or("");
        let mut lines = text.split_inclusive('\n');
        let opening = lines.next().filter(|line| is_fence(line)).ok_or(FrontMatterError::Missing)?;
        let mut read = opening.len();
        let mut items: Vec<Item> = Vec::new();
        for (index, line) in lines.enumerate() {
            read += line.len();
            if is_fence(line) {
                let fences = (format!("{marks}{opening}"), line.to_owned());
                return Ok((Self { items, fences }, text.get(read..).unwrap_or("")));
            }
            if let Some((key, _)) = split_key(line) {
                items.push(Item { key, raw: line.to_owned() });
            } else if let Some(above) = entry_above(&mut items, line) {
                above.push_str(line);
            } else if line.trim().is_empty() || line.trim_start().starts_with('#') {
                items.push(Item { key: String::new(), raw: line.to_owned() });
            } else {
                return Err(FrontMatterError::NotAKey { line: index + 2 });
            }
        }
        Err(FrontMatterError::Unclosed)
    }

    /// The value of `key` as text. It is `None` where the key is absent or its value is a list, a
    /// mapping or null.
    pub fn get(&self, key: &str) -> Option<String> {
        let item = self.items.iter().find(|item| item.key == key)?;
        let (first, more) = item.value_lines();
        let trimmed = first.trim();
        let nested = trimmed.is_empty() && more.iter().any(|line| !line.trim().is_empty());
        if nested || trimmed.is_empty() || trimmed.starts_with(['[', '{']) || matches!(trimmed, "null" | "~") {
            return None;
        }
        Some(scalar::read(first, &more))
    }

    /// The items of the list `key`, in order; empty if it is absent. A single value counts as a
    /// list of one.
    pub fn list(&self, key: &str) -> Vec<String> {
        self.items.iter().find(|item| item.key == key).map_or_else(Vec::new, |item| {
            let (first, more) = item.value_lines();
            scalar::read_list(first, &more)
        })
    }

    /// Sets `key` to a string, in its place or at the end.
    pub fn set(&mut self, key: &str, value: &str) {
        self.put(key, scalar::quote(value));
    }

    /// Sets `key` to a flow list of strings, in its place or at the end.
    pub fn set_list(&mut self, key: &str, values: &[String]) {
        self.put(key, scalar::quote_list(values));
    }

    /// Removes `key`, if it is there.
    pub fn remove(&mut self, key: &str) {
        self.items.retain(|item| item.key.is_empty() || item.key != key);
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.items.iter().map(|item| item.key.as_str()).filter(|key| !key.is_empty())
    }

    /// The lines between those of dashes, each ending in a line feed.
    pub fn lines(&self) -> String {
        self.items.iter().map(|item| item.raw.replace("\r\n", "\n")).collect()
    }

    fn put(&mut self, key: &str, written: String) {
        if key.is_empty() {
            return;
        }
        let spelled = if is_plain_key(key) { key.to_owned() } else { scalar::quote(key) };
        let end = if self.fences.0.ends_with("\r\n") { "\r\n" } else { "\n" };
        let raw = format!("{spelled}: {written}{end}");
        let mut found = false;
        self.items.retain_mut(|item| {
            if item.key != key {
                return true;
            }
            // Of a key that occurs twice, the first is kept.
            if !found {
                raw.clone_into(&mut item.raw);
            }
            !std::mem::replace(&mut found, true)
        });
        if !found {
            self.items.push(Item { key: key.to_owned(), raw });
        }
    }
}

impl Item {
    fn value_lines(&self) -> (&str, Vec<&str>) {
        let mut lines = self.raw.lines();
        let first = lines.next().and_then(split_key).map_or("", |(_, value)| value);
        (first, lines.collect())
    }
}

impl fmt::Display for FrontMatter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fences.0)?;
        for item in &self.items {
            f.write_str(&item.raw)?;
        }
        f.write_str(&self.fences.1)
    }
}

fn is_fence(line: &str) -> bool {
    line.strip_prefix("---").is_some_and(|rest| rest.trim_end().is_empty())
}

/// Splits `key: value` at the start of a line; the value keeps its blanks.
fn split_key(line: &str) -> Option<(String, &str)> {
    let line = line.trim_end_matches(['\n', '\r']);
    let first = line.chars().next()?;
    if first == '"' || first == '\'' {
        let close = line.get(1..)?.char_indices().scan(false, |escaped, (at, c)| {
            let end = c == first && !*escaped;
            *escaped = c == '\\' && first == '"' && !*escaped;
            Some((at, end))
        });
        let (at, _) = close.into_iter().find(|(_, end)| *end)?;
        let (quoted, rest) = line.split_at_checked(at + 2)?;
        return Some((scalar::read(quoted, &[]), value_after_colon(rest)?)).filter(|(key, _)| !key.is_empty());
    }
    if first.is_whitespace() || "-#?:,[]{}&*!|>%@`".contains(first) {
        return None;
    }
    let (key, value) =
        line.match_indices(':').find_map(|(at, _)| Some((line.get(..at)?, value_after_colon(line.get(at..)?)?)))?;
    (!key.trim_end().contains(['"', '\''])).then(|| (key.trim_end().to_owned(), value))
}

/// Returns the value if `rest` begins with a colon that is followed by a blank or nothing.
fn value_after_colon(rest: &str) -> Option<&str> {
    let value = rest.trim_start_matches([' ', '\t']).strip_prefix(':')?;
    (value.is_empty() || value.starts_with([' ', '\t'])).then_some(value)
}

/// Returns the lines of the entry above if a line without a key belongs to it. Such a line is
/// indented, is an item of a block list, or closes a flow list. Blank lines between the two belong
/// to the entry too.
fn entry_above<'a>(items: &'a mut Vec<Item>, line: &str) -> Option<&'a mut String> {
    let text = line.trim_end();
    let continues = line.starts_with([' ', '\t']) && !text.is_empty()
        || text == "-"
        || line.starts_with("- ")
        || matches!(text, "]" | "}");
    let entry = items.iter().rposition(|item| !item.raw.trim().is_empty()).filter(|_| continues)?;
    if items.get(entry)?.key.is_empty() {
        return None;
    }
    let blank: String = items.drain(entry + 1..).map(|item| item.raw).collect();
    let raw = &mut items.last_mut()?.raw;
    raw.push_str(&blank);
    Some(raw)
}

/// Whether a key needs no quotes in either YAML 1.1 or 1.2.
fn is_plain_key(key: &str) -> bool {
    let word = key.to_ascii_lowercase();
    key.len() > 1
        && key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        && !matches!(word.as_str(), "no" | "yes" | "on" | "off" | "true" | "false" | "null")
}

#[cfg(test)]
mod tests;
