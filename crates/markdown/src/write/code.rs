//! Writes code as spans and fences. Where some renderer would not read those as code, it writes
//! HTML.
//!
//! Python-Markdown reads fences only at the left edge, and only with its extension `fenced_code`
//! (part of `extra`, and on in MkDocs). Without extensions, Python-Markdown and markdown2 do not
//! read a fence as code, and read its content as HTML. This writer accepts that, because otherwise
//! it could not write any fence.

use super::Writer;
use super::tag::opens_tag;
use crate::inline::Span;

impl Writer<'_> {
    /// Writes a code block.
    pub(super) fn code(&mut self, language: &str, text: &Span) {
        let text = self.document.text_in(text);
        // showdown sees no fence on the line of an item's marker, and takes the closing fence for
        // an opening one.
        let is_odd = !is_known_everywhere(language) || self.fresh && !self.prefix.is_empty();
        // markdown2 sees no fence before these names, and so reads tags in what follows.
        let language = match language {
            "c#" | "C#" if has_tags(text) => "csharp",
            "f#" | "F#" if has_tags(text) => "fsharp",
            other => other,
        };
        let is_odd = is_odd || language.contains(['.', '#']) && has_tags(text);
        self.begin();
        let is_code = self.prefix.is_empty() && self.in_html == 0;
        // If a code block has no line, showdown takes its end for the beginning of the next block.
        if is_odd
            || text.is_empty()
            || has_code_tags(text)
            || !is_code && (has_tags(text) || text.contains("](") || text.contains("]:"))
        {
            self.code_as_html(language, text);
            return;
        }
        let fence: String = std::iter::repeat_n('`', longest_run(text, '`').saturating_add(1).max(3)).collect();
        self.out.push_str(&fence);
        self.out.push_str(language);
        self.out.push('\n');
        let text = text.strip_suffix('\n').unwrap_or(text);
        let first = text.split('\n').next().unwrap_or("");
        self.out.push_str(if first.is_empty() { self.prefix.trim_end() } else { &self.prefix });
        self.lines(text);
        self.line();
        self.out.push_str(&fence);
    }

    /// Writes a code block as HTML, because some renderer would misread its fence. Python-Markdown,
    /// for example, looks for fences at the left edge only.
    fn code_as_html(&mut self, language: &str, text: &str) {
        self.out.push_str("<pre><code");
        if !language.is_empty() {
            self.out.push_str(" class=\"language-");
            self.out.push_str(language);
            self.out.push('"');
        }
        self.out.push('>');
        let mut html = String::with_capacity(text.len() + text.len() / 4);
        let mut begins_line = false;
        let mut before = ' ';
        for c in text.strip_suffix('\n').unwrap_or(text).chars() {
            match c {
                // An empty line ends HTML.
                '\n' if begins_line => html.push_str("&#10;"),
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                '&' => html.push_str("&amp;"),
                // In a quotation, Python-Markdown reads Markdown in HTML.
                '`' => html.push_str("&#96;"),
                '[' => html.push_str("&#91;"),
                '\\' => html.push_str("&#92;"),
                // Python-Markdown reads attributes after a text that it treats as emphasis.
                '{' if before.is_ascii_punctuation() => html.push_str("&#123;"),
                c => html.push(c),
            }
            before = c;
            begins_line = c == '\n';
        }
        if !text.is_empty() {
            self.lines(&html);
            self.line();
        }
        self.out.push_str("</code></pre>");
    }

    /// Writes code within a line.
    pub(super) fn code_span(&mut self, span: &Span, cell: bool, link: bool, behind_link: bool) {
        let text = self.document.text_in(span);
        // Renderers differ on how many backslashes belong to the cell's `|`. A link whose text
        // contains `]:` would define a reference, and marked sees no link if the text contains a
        // lone bracket. A renderer that sees no link may take a backtick for a part of its address.
        // showdown does not read code across a line separator, and takes `\<` for a tag.
        if cell && text.contains("\\|")
            || link && (text.contains("]:") || !are_paired(text))
            || behind_link && has_tags(text)
            || text.contains(['\u{2028}', '\u{2029}'])
            || text.contains("\\<")
            || is_run(text)
            || has_code_tags(text)
            || self.in_html > 0 && has_tags(text)
            || self.in_header && text.contains('"')
        {
            self.out.push_str("<code>");
            let mut before = ' ';
            for c in text.chars() {
                match (std::mem::replace(&mut before, c), c) {
                    ('\\', '|') => self.out.push_str("&#124;"),
                    (_, '<') => self.out.push_str("&lt;"),
                    (_, '&') => self.out.push_str("&amp;"),
                    (_, '"') => self.out.push_str("&quot;"),
                    (_, '[') if link => self.out.push_str("&#91;"),
                    (_, ']') if link => self.out.push_str("&#93;"),
                    _ if c.is_ascii_punctuation() => self.out.extend(['\\', c]),
                    _ => self.out.push(c),
                }
            }
            self.out.push_str("</code>");
            return;
        }
        let mut fence = longest_run(text, '`') + 1;
        // A run of the same length ends the code. A fence shorter than the longest run will do if
        // no run has its length.
        if fence > 2 && !has_run(text, 1) {
            fence = 1;
        }
        let fence: String = std::iter::repeat_n('`', fence).collect();
        let padded = text.starts_with('`')
            || text.ends_with('`')
            || (text.starts_with(' ') && text.ends_with(' ') && !text.trim_matches(' ').is_empty());
        self.out.push_str(&fence);
        if padded {
            self.out.push(' ');
        }
        if cell && text.contains('|') {
            self.out.push_str(&text.replace('|', "\\|"));
        } else {
            self.out.push_str(text);
        }
        if padded {
            self.out.push(' ');
        }
        self.out.push_str(&fence);
    }
}

/// Whether the brackets of a text are in pairs, so that a link's text may contain them unescaped.
pub(super) fn are_paired(text: &str) -> bool {
    let mut open = 0_usize;
    for c in text.chars() {
        match c {
            '[' => open += 1,
            ']' => match open.checked_sub(1) {
                Some(fewer) => open = fewer,
                None => return false,
            },
            _ => {}
        }
    }
    open == 0
}

/// Whether a text has a `<` that could begin a tag.
fn has_tags(text: &str) -> bool {
    memchr::memchr_iter(b'<', text.as_bytes())
        .any(|at| text.as_bytes().get(at + 1).is_some_and(|after| opens_tag(Some(char::from(*after)))))
}

/// Whether a text contains code tags, which showdown looks for before it looks for code.
fn has_code_tags(text: &str) -> bool {
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| {
        let rest = text.as_bytes().get(at + 1..).unwrap_or(&[]);
        let name = rest.strip_prefix(b"/").unwrap_or(rest);
        [&b"code"[..], b"pre"]
            .iter()
            .any(|tag| name.get(..tag.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(tag)))
    })
}

/// Whether every renderer that knows fences accepts this as a language.
fn is_known_everywhere(language: &str) -> bool {
    language.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '+' | '-' | '.' | '#'))
}

/// Whether R Markdown and Quarto would run this inline code.
fn is_run(text: &str) -> bool {
    let engine = text.strip_prefix('{').and_then(|rest| rest.split_once("} "));
    text.strip_prefix('r').is_some_and(|rest| rest.starts_with([' ', '#']))
        || engine.is_some_and(|(name, _)| name.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Returns the length of the longest run of a character.
fn longest_run(text: &str, of: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == of { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// Whether a text has a run of exactly `length` backticks.
fn has_run(text: &str, length: usize) -> bool {
    text.split(|c| c != '`').any(|run| run.len() == length)
}

#[cfg(test)]
mod tests;
