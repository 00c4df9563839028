//! Makes an ordinary document from any bytes. Each byte is a choice, so a small change by a fuzzer
//! leaves the document almost the same.

/// How deep elements are nested.
const DEEPEST: usize = 5;
/// Pieces of running text, with everything that could be mistaken for markup; already escaped as
/// HTML.
const TEXT: [&str; 64] = [
    "a",
    "b c",
    "word",
    "é",
    "日本",
    "。",
    " ",
    "\u{A0}",
    "\n",
    "*",
    "**",
    "_",
    "__",
    "a_b",
    "~",
    "~~",
    "`",
    "``",
    "#",
    "# ",
    "$",
    "$$",
    "|",
    "\\",
    "\\*",
    "[",
    "]",
    "[^1]",
    "(",
    ")",
    "](x)",
    "!",
    "![",
    "&amp;",
    "&amp;amp;",
    "&lt;",
    "&lt;b&gt;",
    "&gt;",
    "&gt; ",
    "-",
    "- ",
    "---",
    "+ ",
    "1. ",
    "1)",
    "10.",
    "=",
    "===",
    ":",
    "[x]: y",
    ":::",
    "www.example.org",
    "http://x.y/z",
    "a@b.cd",
    "“",
    "”",
    ",",
    ".",
    "😀",
    "\"",
    "'",
    "    ",
    "\t",
    "0",
];
const MARKS: [&str; 8] = ["em", "strong", "del", "sup", "kbd", "a href='/u_(x)'", "span", "code"];
const HOLDERS: [&str; 6] = ["ul", "ol", "ol start=7", "blockquote", "div", "details"];

/// Makes the document that the bytes choose.
pub fn of(bytes: &[u8]) -> String {
    let mut choices = Choices(bytes.iter());
    let mut html = String::new();
    while choices.any() {
        choices.block(&mut html, 0);
    }
    html
}

struct Choices<'b>(std::slice::Iter<'b, u8>);

impl Choices<'_> {
    fn any(&self) -> bool {
        !self.0.as_slice().is_empty()
    }

    /// Chooses a number below `count`; 0 when no bytes are left.
    fn below(&mut self, count: usize) -> usize {
        self.0.next().map_or(0, |byte| usize::from(*byte) % count)
    }

    fn block(&mut self, html: &mut String, depth: usize) {
        match self.below(12) {
            0..=3 => self.element(html, "p", depth),
            4 => self.line(html, depth),
            5 => self.element(html, "h2", depth),
            6 => {
                html.push_str("<pre><code class='language-x'>");
                self.text(html);
                html.push('\n');
                self.text(html);
                html.push_str("\n</code></pre>");
            }
            7 => html.push_str("<hr>"),
            8 => {
                html.push_str("<table><tr><th>");
                self.line(html, depth);
                html.push_str("<th>");
                self.line(html, depth);
                html.push_str("<tr><td>");
                self.line(html, depth);
                html.push_str("</table>");
            }
            _ if depth < DEEPEST => {
                let tag = HOLDERS[self.below(HOLDERS.len())];
                let name = tag.split(' ').next().unwrap_or(tag);
                html.push_str(&format!("<{tag}>"));
                for _ in 0..=self.below(3) {
                    if matches!(name, "ul" | "ol") {
                        html.push_str("<li>");
                    }
                    self.block(html, depth + 1);
                }
                html.push_str(&format!("</{name}>"));
            }
            _ => self.line(html, depth),
        }
    }

    fn element(&mut self, html: &mut String, name: &str, depth: usize) {
        html.push_str(&format!("<{name}>"));
        self.line(html, depth);
        html.push_str(&format!("</{name}>"));
    }

    fn line(&mut self, html: &mut String, depth: usize) {
        for _ in 0..=self.below(4) {
            match self.below(6) {
                0 if depth < DEEPEST => {
                    let tag = MARKS[self.below(MARKS.len())];
                    let name = tag.split(' ').next().unwrap_or(tag);
                    html.push_str(&format!("<{tag}>"));
                    if name == "code" {
                        self.text(html)
                    } else {
                        self.line(html, depth + 1)
                    }
                    html.push_str(&format!("</{name}>"));
                }
                1 => html.push_str("<br>"),
                _ => self.text(html),
            }
        }
    }

    fn text(&mut self, html: &mut String) {
        for _ in 0..=self.below(4) {
            html.push_str(TEXT[self.below(TEXT.len())]);
        }
    }
}
