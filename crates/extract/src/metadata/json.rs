//! Reads JSON as pages embed it, and repairs it. Broken JSON is repaired if only one meaning is
//! likely; values that are too deep or too many are left out. Valid JSON is read as JSON, but this
//! reader does not validate.

use std::borrow::Cow;

/// How deep lists and objects are read; deeper ones are skipped.
const MAX_DEPTH: u32 = 40;
/// How many values are read.
const MAX_VALUES: u32 = 60_000;

/// A value. Numbers, `true` and `false` stay as they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Json {
    /// `null`, or a value that was left out.
    Null,
    /// A number or a bare word.
    Bare(String),
    /// A string.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object; names may occur twice.
    Object(Vec<(String, Json)>),
}

/// Reads all consecutive lists and objects in `text`.
///
/// It repairs text around and between them (comments, `CDATA`, semicolons, assignments), missing or
/// surplus commas, raw line ends and unescaped quotes in strings, unknown escapes, single quotes,
/// names without quotes, quotes written as `&quot;`, and a missing end.
pub(super) fn read(text: &str) -> Vec<Json> {
    let text = if text.contains('"') || !text.contains("&quot;") {
        Cow::Borrowed(text)
    } else {
        html_escape::decode_html_entities(text)
    };
    let mut reader = Reader { text: &text, at: 0, values: 0 };
    let mut found = Vec::new();
    while reader.values < MAX_VALUES {
        let Some(start) = reader.rest().find(['{', '[']) else { break };
        reader.at += start;
        // `<![CDATA[` does not begin a list.
        if reader.rest().starts_with("[CDATA[") {
            reader.at += 7;
            continue;
        }
        found.push(reader.value(0));
    }
    found
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    values: u32,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Skips white space and comments.
    fn blanks(&mut self) {
        loop {
            let rest = self.rest();
            let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
            self.at = self.text.len() - rest.len();
            let end = if rest.starts_with("/*") {
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            } else if rest.starts_with("//") {
                rest.find('\n').unwrap_or(rest.len())
            } else {
                return;
            };
            self.at += end;
        }
    }

    fn take(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        if found {
            self.at += c.len_utf8();
        }
        found
    }

    fn value(&mut self, depth: u32) -> Json {
        self.values += 1;
        match self.peek() {
            Some('{' | '[') if depth >= MAX_DEPTH => {
                self.pass_over();
                Json::Null
            }
            Some('{') => self.object(depth),
            Some('[') => self.list(depth),
            Some(quote @ ('"' | '\'')) => Json::Text(self.string(quote, false)),
            _ => match self.bare() {
                "" | "null" | "undefined" => Json::Null,
                word => Json::Bare(word.to_owned()),
            },
        }
    }

    fn list(&mut self, depth: u32) -> Json {
        let mut items = Vec::new();
        self.at += 1;
        while self.values < MAX_VALUES {
            self.blanks();
            match self.peek() {
                None => break,
                Some(']') => {
                    self.at += 1;
                    break;
                }
                // The list was not closed, but its parent is.
                Some('}') => break,
                Some(',') => self.at += 1,
                Some(_) => {
                    let before = self.at;
                    items.push(self.value(depth + 1));
                    if self.at == before {
                        self.skip();
                    }
                }
            }
        }
        Json::List(items)
    }

    fn object(&mut self, depth: u32) -> Json {
        let mut members = Vec::new();
        self.at += 1;
        while self.values < MAX_VALUES {
            self.blanks();
            let name = match self.peek() {
                None => break,
                Some('}') => {
                    self.at += 1;
                    break;
                }
                Some(']') if depth > 0 => break,
                Some(quote @ ('"' | '\'')) => self.string(quote, true),
                Some(_) => {
                    let name = self.bare();
                    if name.is_empty() {
                        self.skip();
                        continue;
                    }
                    name.to_owned()
                }
            };
            self.blanks();
            if !self.take(':') {
                continue;
            }
            self.blanks();
            members.push((name, self.value(depth + 1)));
        }
        Json::Object(members)
    }

    /// Skips one character that means nothing here.
    fn skip(&mut self) {
        self.at += self.peek().map_or(1, char::len_utf8);
    }

    /// Reads unquoted text up to the next sign.
    fn bare(&mut self) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c: char| ",:;{}[]\"'\n\r\t /".contains(c)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or("")
    }

    /// Reads the string that begins here with `quote`. `is_name` means that a colon follows it.
    fn string(&mut self, quote: char, is_name: bool) -> String {
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let Some(sign) = rest.find([quote, '\\']) else {
                text.push_str(rest);
                self.at = self.text.len();
                return text;
            };
            text.push_str(rest.get(..sign).unwrap_or(""));
            self.at += sign + 1;
            if !rest.get(sign..).unwrap_or("").starts_with('\\') {
                if ends_string(self.rest(), is_name) {
                    return text;
                }
                text.push(quote);
            } else if let Some(c) = self.escape() {
                text.push(c);
            }
        }
    }

    /// Returns the character that an escape after a backslash means.
    fn escape(&mut self) -> Option<char> {
        let sign = self.peek()?;
        self.at += sign.len_utf8();
        match sign {
            'n' => Some('\n'),
            't' => Some('\t'),
            'r' => Some('\r'),
            'b' => Some('\u{8}'),
            'f' => Some('\u{C}'),
            'u' => {
                let first = self.unit()?;
                if (0xD800..0xDC00).contains(&first) && self.rest().starts_with("\\u") {
                    let before = self.at;
                    self.at += 2;
                    let second = self.unit().filter(|second| (0xDC00..0xE000).contains(second));
                    let Some(second) = second else {
                        self.at = before;
                        return Some(char::REPLACEMENT_CHARACTER);
                    };
                    return char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00));
                }
                Some(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
            }
            other => Some(other),
        }
    }

    /// Reads four hexadecimal digits; `None` if they are missing.
    fn unit(&mut self) -> Option<u32> {
        let digits = self.rest().get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }

    /// Skips a list or an object without reading it.
    fn pass_over(&mut self) {
        let (mut depth, mut in_string, mut escaped) = (0_u32, false, false);
        for (at, byte) in self.rest().bytes().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_string => escaped = true,
                b'"' => in_string = !in_string,
                _ if in_string => {}
                b'{' | b'[' => depth += 1,
                b'}' | b']' => {
                    depth -= 1;
                    if depth == 0 {
                        self.at += at + 1;
                        return;
                    }
                }
                _ => {}
            }
        }
        self.at = self.text.len();
    }
}

/// Whether a quote before `rest` ends its string. In valid JSON, every unescaped quote does.
fn ends_string(rest: &str, is_name: bool) -> bool {
    let after = rest.trim_start();
    let blank = rest.get(..rest.len() - after.len()).unwrap_or("");
    match after.chars().next() {
        None | Some('}' | ']' | '/') => true,
        Some(':') => is_name,
        Some(',') if !is_name => {
            let next = after.get(1..).unwrap_or("").trim_start();
            next.is_empty()
                || next.starts_with(['"', '\'', '{', '}', '[', ']', '-', ',', '/'])
                || is_literal(next)
                || is_bare_name(next)
        }
        // Only the comma is missing.
        Some('"' | '\'') => !is_name && blank.contains('\n'),
        Some(_) => false,
    }
}

fn is_literal(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        || ["true", "false", "null"].iter().any(|word| text.starts_with(word))
}

/// Whether the text begins with an unquoted name and a colon.
fn is_bare_name(text: &str) -> bool {
    let end =
        text.bytes().take(40).position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'@')));
    end.is_some_and(|end| end > 0 && text.get(end..).is_some_and(|rest| rest.trim_start_matches(' ').starts_with(':')))
}

#[cfg(test)]
mod tests;
