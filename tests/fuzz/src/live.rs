//! Makes a page from any bytes, full of text that looks like markup. The text itself, titles, code,
//! notes, tables and languages imitate HTML and Markdown, but all of it is text, and the page
//! itself is harmless.

/// Pieces of markup, as text.
const PIECES: [&str; 72] = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<svg/onload=alert(1)>",
    "<iframe src=//evil.test>",
    "<div onmouseover=alert(1)>",
    "</div>",
    "</a>",
    "</code></pre>",
    "<!--",
    "-->",
    "<?php",
    "<![CDATA[",
    "<a href=\"javascript:alert(1)\">",
    "<javascript:alert(1)>",
    "<x@y.zz>",
    "<",
    ">",
    "/>",
    "<b",
    "\" onerror=\"alert(1)",
    "\\",
    "\\\\",
    "\"",
    "'",
    "[",
    "]",
    "(",
    ")",
    "](",
    "](javascript:alert(1))",
    "[x](javascript:alert(1))",
    "![x](javascript:alert(1))",
    "[x]: javascript:alert(1)",
    "[x][y]",
    "]:",
    "[^1]",
    "[^1]: ",
    "http://t/",
    "https://ok.test/a_(b)",
    "www.t.test",
    "javascript:alert(1)",
    "data:text/html,x",
    "\n",
    "\n\n",
    "    ",
    "\t",
    " ",
    "`",
    "``",
    "```",
    "~~~",
    "|",
    "| --- |",
    "&lt;",
    "&lt;img src=x onerror=alert(1)&gt;",
    "&#60;",
    "&quot;",
    "&colon;",
    "&",
    "*",
    "_",
    "~",
    "$",
    "{: onclick=alert(1) }",
    "{=html}",
    "{onclick=alert(1)}",
    "::: {onclick=alert(1)}",
    "# ",
    "> ",
    "- ",
    "1. ",
    "word",
];
const LANGUAGES: [&str; 8] = ["x", "html", ";", "c++", "dataviewjs", "{=html}", "{r}", "a\" onclick=\"b"];
const MARKS: [&str; 9] = ["em", "strong", "del", "sup", "kbd", "mark", "u", "abbr title='x'", "span"];
/// How deep blocks are nested.
const DEEPEST: usize = 4;

/// Makes the page that the bytes choose.
pub fn of(bytes: &[u8]) -> String {
    let mut choices = Choices { bytes: bytes.iter(), notes: 0 };
    let mut html = String::new();
    while choices.any() {
        choices.block(&mut html, 0);
    }
    choices.notes(&mut html);
    html
}

struct Choices<'b> {
    bytes: std::slice::Iter<'b, u8>,
    /// How many notes the text refers to.
    notes: usize,
}

impl Choices<'_> {
    fn any(&self) -> bool {
        !self.bytes.as_slice().is_empty()
    }

    /// Chooses a number below `count`; 0 when no bytes are left.
    fn below(&mut self, count: usize) -> usize {
        self.bytes.next().map_or(0, |byte| usize::from(*byte) % count)
    }

    /// Chooses one of these words.
    fn one<'w>(&mut self, words: &[&'w str]) -> &'w str {
        let at = self.below(words.len());
        words.get(at).copied().unwrap_or_default()
    }

    fn block(&mut self, html: &mut String, depth: usize) {
        match self.below(14) {
            0..=2 => self.element(html, "p"),
            3 => self.element(html, "h2"),
            4 => self.line(html),
            5 | 6 => {
                let language = self.one(&LANGUAGES).replace('"', "&quot;");
                html.push_str(&format!("<pre><code class=\"language-{language}\">"));
                self.text(html);
                html.push_str("</code></pre>");
            }
            7 => {
                html.push_str("<table><tr><th>");
                self.line(html);
                html.push_str("<th>");
                self.line(html);
                html.push_str("<tr><td>");
                self.line(html);
                html.push_str("<td>");
                self.line(html);
                html.push_str("</table>");
            }
            8 => {
                html.push_str("<table><tr><td rowspan=2><ul><li>");
                self.line(html);
                html.push_str("<li>b</ul><pre>");
                self.text(html);
                html.push_str("</pre><td>");
                self.line(html);
                html.push_str("<tr><td>");
                self.line(html);
                html.push_str("</table>");
            }
            9 if depth < DEEPEST => {
                html.push_str("<details><summary>");
                self.line(html);
                html.push_str("</summary>");
                self.block(html, depth + 1);
                html.push_str("</details>");
            }
            10 => {
                html.push_str("<p><script type='math/tex'>");
                let from = html.len();
                self.text(html);
                // A script's text has no references.
                let tex = html.split_off(from).replace("&lt;", "<").replace("&quot;", "\"").replace("&amp;", "&");
                html.push_str(&tex.replace("</", "< /"));
                html.push_str("</script></p>");
            }
            _ if depth < DEEPEST => {
                let name = self.one(&["ul", "ol", "blockquote", "div"]);
                html.push_str(&format!("<{name}>"));
                for _ in 0..=self.below(3) {
                    if matches!(name, "ul" | "ol") {
                        html.push_str("<li>");
                    }
                    self.block(html, depth + 1);
                }
                html.push_str(&format!("</{name}>"));
            }
            _ => self.line(html),
        }
    }

    fn element(&mut self, html: &mut String, name: &str) {
        html.push_str(&format!("<{name}>"));
        self.line(html);
        html.push_str(&format!("</{name}>"));
    }

    fn line(&mut self, html: &mut String) {
        for _ in 0..=self.below(4) {
            match self.below(9) {
                0 => {
                    let mark = self.one(&MARKS);
                    let name = mark.split(' ').next().unwrap_or(mark);
                    html.push_str(&format!("<{mark}>"));
                    self.text(html);
                    html.push_str(&format!("</{name}>"));
                }
                1 => {
                    html.push_str("<code>");
                    self.text(html);
                    html.push_str("</code>");
                }
                2 => {
                    html.push_str("<a href=\"");
                    self.target(html);
                    html.push_str("\" title=\"");
                    self.text(html);
                    html.push_str("\">");
                    self.text(html);
                    html.push_str("</a>");
                }
                3 => {
                    html.push_str("<img src=\"");
                    self.target(html);
                    html.push_str("\" alt=\"");
                    self.text(html);
                    html.push_str("\" title=\"");
                    self.text(html);
                    html.push_str("\">");
                }
                4 => {
                    self.notes += 1;
                    html.push_str(&format!("<sup><a href=\"#fn{0}\">{0}</a></sup>", self.notes));
                }
                5 => html.push_str("<br>"),
                _ => self.text(html),
            }
        }
    }

    /// Writes a target on the web, with pieces in its path or query.
    fn target(&mut self, html: &mut String) {
        html.push_str(self.one(&["https://ok.test/", "https://ok.test/?q=", "https://ok.test/a.html", "/x", "", "y#"]));
        if self.below(2) == 1 {
            self.text(html);
        }
    }

    fn text(&mut self, html: &mut String) {
        for _ in 0..=self.below(4) {
            let piece = self.one(&PIECES);
            html.push_str(&piece.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;"));
        }
    }

    fn notes(&mut self, html: &mut String) {
        if self.notes == 0 {
            return;
        }
        html.push_str("<section class=footnotes><ol>");
        for number in 1..=self.notes {
            html.push_str(&format!("<li id=\"fn{number}\">"));
            self.text(html);
        }
        html.push_str("</ol></section>");
    }
}
