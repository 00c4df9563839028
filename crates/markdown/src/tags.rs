//! Reads the HTML tags that the writer uses, and extracts the words of other HTML. The writer uses
//! a few tags where Markdown has no sign. This is not an HTML parser: it only skips any other tag.

/// The tags that mark up words without separating them.
const WITHIN_WORDS: [&str; 24] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "q", "rp", "s",
    "small", "span", "strong", "sub", "sup", "u", "wbr",
];

/// A tag, as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tag<'t> {
    /// Its name.
    pub(crate) name: &'t str,
    /// Whether it is an end tag.
    pub(crate) ends: bool,
    /// Everything after its name, without the closing bracket.
    pub(crate) attributes: &'t str,
}

impl<'t> Tag<'t> {
    /// Reads a whole tag; `None` for comments, declarations and anything else.
    pub(crate) fn of(html: &'t str) -> Option<Tag<'t>> {
        let inner = html.strip_prefix('<')?.strip_suffix('>')?;
        let (inner, ends) = inner.strip_prefix('/').map_or((inner, false), |inner| (inner, true));
        // The names of custom elements contain other signs: `<sub-title>` is not a `<sub>`.
        let length = inner.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inner.len());
        let (name, attributes) = inner.split_at_checked(length)?;
        name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(Tag { name, ends, attributes })
    }

    /// Whether it has this name, in upper or lower case.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Returns the value of its `title`, if that is its only attribute and quoted.
    pub(crate) fn only_title(&self) -> Option<String> {
        let value = self.attributes.trim().strip_prefix("title=")?;
        let mark = value.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
        let value = value.strip_prefix(mark)?.strip_suffix(mark)?;
        (!value.contains(mark)).then(|| decoded(value))
    }
}

/// Returns the language and the lines of code that is written as HTML; `None` for other HTML.
pub(crate) fn code_block(html: &str) -> Option<(&str, String)> {
    let rest = html.trim().strip_prefix("<pre><code")?.strip_suffix("</code></pre>")?;
    let (attributes, code) = rest.split_once('>')?;
    let language = match attributes {
        "" => "",
        named => named.strip_prefix(" class=\"language-")?.strip_suffix('"')?,
    };
    let code = code.strip_suffix('\n').unwrap_or(code);
    (!code.contains('<')).then(|| (language, decoded(code)))
}

/// Returns the summary of the tag that begins folded content, as HTML; `None` for other HTML.
pub(crate) fn details(html: &str) -> Option<&str> {
    let rest = html.trim().strip_prefix("<details>")?.trim();
    if rest.is_empty() {
        return Some("");
    }
    let summary = rest.strip_prefix("<summary>")?.strip_suffix("</summary>")?;
    let other = ["<summary", "</summary", "<details", "</details"];
    (!other.iter().any(|tag| summary.contains(tag))).then_some(summary)
}

/// Appends the words of HTML to `out`. Attributes count: people wrote them, and search for them.
/// Names of tags and comments are left out, and tags that separate words leave a space.
pub(crate) fn push_words(out: &mut String, html: &str) {
    let mut rest = html;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        let (words, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
        push_decoded(out, words);
        let begins = tail.as_bytes().get(1).is_some_and(|byte| byte.is_ascii_alphabetic() || b"/!?".contains(byte));
        let end = if tail.starts_with("<!--") { tail.find("-->").map(|end| end + 3) } else { end_of_tag(tail) };
        let Some(end) = end.filter(|_| begins) else {
            // A `<` without an end, or without a name, is a sign like any other. If its end is
            // missing, no later tag ends either; otherwise the rest is searched as well.
            out.push('<');
            rest = tail.get(1..).unwrap_or("");
            if begins {
                break;
            }
            continue;
        };
        let tag = tail.get(..end).and_then(Tag::of);
        if !tag.is_some_and(|tag| WITHIN_WORDS.iter().any(|name| tag.is(name)))
            && !out.is_empty()
            && !out.ends_with([' ', '\n'])
        {
            out.push(' ');
        }
        if let Some(attributes) = tag.map(|tag| tag.attributes.trim_matches(['/', ' ', '\n'])).filter(|a| !a.is_empty())
        {
            push_attributes(out, attributes);
        }
        rest = tail.get(end..).unwrap_or("");
    }
    push_decoded(out, rest);
}

/// Appends the names and values of attributes, with a space before and behind.
fn push_attributes(out: &mut String, attributes: &str) {
    let plain: String = attributes.chars().map(|c| if matches!(c, '=' | '"' | '\'') { ' ' } else { c }).collect();
    for (number, word) in plain.split_whitespace().enumerate() {
        if number > 0 || !out.is_empty() && !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
        push_decoded(out, word);
    }
    out.push(' ');
}

/// Returns the end of a tag at the start of a text: behind its bracket.
fn end_of_tag(text: &str) -> Option<usize> {
    memchr::memchr(b'>', text.as_bytes()).map(|end| end + 1)
}

/// Returns a text with its character references replaced.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_decoded(&mut out, text);
    out
}

fn push_decoded(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(rest.get(..at).unwrap_or(""));
        let after = rest.get(at + 1..).unwrap_or("");
        rest = match reference(after) {
            Some((length, value)) => {
                out.push(value);
                after.get(length..).unwrap_or("")
            }
            None => {
                out.push('&');
                after
            }
        };
    }
    out.push_str(rest);
}

/// The named references that the writer and the inert copy write.
const NAMED: [(&str, char); 6] =
    [("amp;", '&'), ("lt;", '<'), ("gt;", '>'), ("quot;", '"'), ("apos;", '\''), ("nbsp;", '\u{A0}')];

/// Returns the character of a reference after a `&`, and the reference's length.
fn reference(after: &str) -> Option<(usize, char)> {
    if let Some((name, value)) = NAMED.iter().find(|(name, _)| after.starts_with(name)) {
        return Some((name.len(), *value));
    }
    let number = after.strip_prefix('#')?;
    let (digits, radix, before) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 2),
        None => (number, 10, 1),
    };
    let length = digits.bytes().take(8).take_while(u8::is_ascii_hexdigit).count();
    let value = u32::from_str_radix(digits.get(..length)?, radix).ok().and_then(char::from_u32)?;
    let kept = !value.is_control() || value == '\n' || value == '\t';
    (kept && digits.as_bytes().get(length) == Some(&b';')).then_some((before + length + 1, value))
}

#[cfg(test)]
mod tests;
