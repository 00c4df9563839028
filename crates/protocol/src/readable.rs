//! Makes Markdown readable where it is shown unrendered. References that keep a sign from being
//! markup become the signs. The result is text for people only: rendered, it could be markup that
//! the page never had.

/// References by name; all others are numeric.
const NAMED: [(&str, char); 4] = [("amp;", '&'), ("lt;", '<'), ("gt;", '>'), ("quot;", '"')];

/// The state between the parts of a text.
#[derive(Debug, Default)]
pub struct Readable {
    /// The sign of the fence around the current listing, and how many of them opened it.
    fence: Option<(char, usize)>,
    /// A line that has not ended yet.
    line: String,
}

impl Readable {
    /// Makes a whole text readable.
    pub fn of(markdown: &str) -> String {
        let mut readable = Self::default();
        let mut shown = readable.push(markdown);
        shown.push_str(&readable.finish());
        shown
    }

    /// Takes a part and returns the lines that have ended.
    pub fn push(&mut self, part: &str) -> String {
        self.line.push_str(part);
        let end = self.line.rfind('\n').map_or(0, |at| at + 1);
        let rest = self.line.split_off(end);
        let lines = std::mem::replace(&mut self.line, rest);
        self.shown(&lines)
    }

    /// Returns the last line, after the last part.
    pub fn finish(&mut self) -> String {
        let line = std::mem::take(&mut self.line);
        self.shown(&line)
    }

    fn shown(&mut self, lines: &str) -> String {
        let mut out = String::with_capacity(lines.len());
        for line in lines.split_inclusive('\n') {
            let is_code = match (self.fence, fence_of(line)) {
                (None, Some((opened, rest))) if opened.0 == '~' || !rest.contains('`') => {
                    self.fence = Some(opened);
                    true
                }
                (None, _) => false,
                (Some((sign, length)), closed) => {
                    if closed.is_some_and(|((other, closing), rest)| {
                        other == sign && closing >= length && rest.trim().is_empty()
                    }) {
                        self.fence = None;
                    }
                    true
                }
            };
            if is_code {
                out.push_str(line);
            } else {
                push_line(&mut out, line);
            }
        }
        out
    }
}

/// Reads a fence that begins a line, in any container. Returns its sign, how often the sign is
/// repeated, and the text that follows.
fn fence_of(line: &str) -> Option<((char, usize), &str)> {
    let is_marker = |c: char| c.is_ascii_digit() || matches!(c, '>' | ' ' | '\t' | '-' | '*' | '+' | '.' | ')');
    let line = line.trim_start_matches(is_marker);
    let sign = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let rest = line.trim_start_matches(sign);
    let length = line.len() - rest.len();
    (length >= 3).then_some(((sign, length), rest))
}

/// Writes a line with its references resolved, except for those in code.
fn push_line(out: &mut String, line: &str) {
    let mut rest = line;
    // How many backticks opened the code at the current position.
    let mut code = 0;
    while let Some(at) = rest.find(['&', '`']) {
        let (before, sign) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        if let Some(after) = sign.strip_prefix('&') {
            let found = reference(after).filter(|_| code == 0);
            out.push(found.map_or('&', |(_, value)| value));
            rest = after.get(found.map_or(0, |(length, _)| length)..).unwrap_or("");
            continue;
        }
        rest = sign.trim_start_matches('`');
        let run = sign.len() - rest.len();
        out.push_str(sign.get(..run).unwrap_or(""));
        code = match code {
            0 if before.ends_with('\\') => 0,
            0 => run,
            open if open == run => 0,
            open => open,
        };
    }
    out.push_str(rest);
}

/// Reads the reference after a `&`: its length and its sign.
fn reference(after: &str) -> Option<(usize, char)> {
    if let Some((name, value)) = NAMED.iter().find(|(name, _)| after.starts_with(name)) {
        return Some((name.len(), *value));
    }
    let digits = after.strip_prefix('#')?.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let value = char::from(after.get(1..=digits)?.parse::<u8>().ok()?);
    (value.is_ascii_punctuation() && after.as_bytes().get(digits + 1) == Some(&b';')).then_some((digits + 2, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_become_signs_and_stay_in_code() {
        for (markdown, shown) in [
            ("a &lt;b> &#92; &amp;lt; &#32;&nbsp;&x; & &#1234;", "a <b> \\ &lt; &#32;&nbsp;&x; & &#1234;"),
            ("`&lt;` &lt; ``&lt;`&lt;`` &lt;", "`&lt;` < ``&lt;`&lt;`` <"),
            ("\\`&lt;", "\\`<"),
            ("```\n&lt;\n```\n&lt;\n", "```\n&lt;\n```\n<\n"),
            ("- ~~~ x\n  &lt;\n  ~~~\n- &lt;", "- ~~~ x\n  &lt;\n  ~~~\n- <"),
        ] {
            assert_eq!(Readable::of(markdown), shown);
        }
    }

    #[test]
    fn parts_say_what_the_whole_says() {
        let whole = "a &lt;b>\n\n```\n&lt;\n```\n\n`&#92;` &#92;é";
        for (at, _) in whole.char_indices() {
            let (before, after) = whole.split_at(at);
            let mut readable = Readable::default();
            let shown = [readable.push(before), readable.push(after), readable.finish()].concat();
            assert_eq!(shown, Readable::of(whole));
        }
    }
}
