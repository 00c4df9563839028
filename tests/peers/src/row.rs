//! Lists hostile pages that grow. Each row makes a page of any size; a page of twice that size must
//! take about twice the time.

/// The word that the generated pages consist of. Its count in the output shows what is lost.
pub const MARK: &str = "word";

/// One kind of page.
pub struct Row {
    /// A description of its parts.
    pub name: &'static str,
    /// The smaller of its two sizes.
    pub size: usize,
    /// Makes the page of a size. Its visible words are `word`.
    pub page: fn(usize) -> String,
}

/// All of them.
pub const ROWS: &[Row] = &[
    Row { name: "nested div", size: 50_000, page: |n| nested(n, "<div>", "</div>") },
    Row { name: "nested blockquote", size: 20_000, page: |n| nested(n, "<blockquote>", "</blockquote>") },
    Row { name: "nested ul, text on each level", size: 10_000, page: |n| nested(n, "<ul><li>word", "</li></ul>") },
    Row {
        name: "nested ol, shallow, many",
        size: 20_000,
        page: |n| "<ol><li>word<ol><li>word</ol></ol><p>word</p>".repeat(n),
    },
    Row {
        name: "nested tables",
        size: 5_000,
        page: |n| nested(n, "<table><tr><td>word", "</td><td>word</td></tr></table>"),
    },
    Row { name: "nested b and i", size: 20_000, page: |n| nested(n, "<b>word <i>", "</i></b>") },
    Row { name: "nested span with text", size: 50_000, page: |n| nested(n, "<span>word ", "</span>") },
    Row {
        name: "flat paragraphs, 50 MB",
        size: 220_000,
        page: |n| {
            "<p class=\"text\">word word <b>word</b> word, <a href=\"https://example.org/a\">word</a> word word.</p>\n\
             <div>word</div>\n"
                .repeat(n)
        },
    },
    Row { name: "one text, 20 MB", size: 10 << 20, page: |n| "word ".repeat(n / 5) },
    Row { name: "one word, 20 MB", size: 10 << 20, page: |n| format!("word{}", "x".repeat(n)) },
    Row { name: "table, a million cells", size: 500_000, page: |n| table(n / 100, 100) },
    Row { name: "table, 20 rows of 10,000 columns", size: 5_000, page: |n| table(20, n) },
    Row {
        name: "table, one wide row, then narrow ones",
        size: 20_000,
        page: |n| format!("<table><tr>{}</tr>{}</table>", "<td>word".repeat(n), "<tr><td>word".repeat(n)),
    },
    Row {
        name: "flat list, 100,000 items",
        size: 50_000,
        page: |n| format!("<ul>{}</ul>", "<li>word</li>\n".repeat(n)),
    },
    Row { name: "run of [", size: 1 << 20, page: |n| format!("<p>{} word", "[".repeat(n)) },
    Row { name: "run of *a_", size: 1 << 20, page: |n| format!("<p>{} word", "*a_".repeat(n / 3)) },
    Row { name: "run of backticks", size: 1 << 20, page: |n| format!("<p><code>{}</code> word", "`".repeat(n)) },
    Row {
        name: "runs of backticks in many codes",
        size: 20_000,
        page: |n| "<pre>``` ` word</pre><code>` ``word</code>".repeat(n),
    },
    Row {
        name: "run of <, & and |",
        size: 1 << 20,
        page: |n| format!("<table><td>{}word", "&lt;&amp;|".repeat(n / 9)),
    },
    Row {
        name: "run of spaces and marks",
        size: 20_000,
        page: |n| format!("<p>{}word", "<b> </b> <i>&nbsp;</i>\n".repeat(n)),
    },
    Row { name: "run of digits and dots", size: 1 << 20, page: |n| format!("<p>{}word", "1.".repeat(n / 2)) },
    Row {
        name: "bare addresses",
        size: 50_000,
        page: |n| format!("<p>{}", "http://word.example/a_b www.word.example word@example.org ".repeat(n)),
    },
    Row { name: "colspan=1e9", size: 4_000, page: |n| spans(n, "colspan=1000000000") },
    Row { name: "rowspan=1e9, a staircase", size: 4_000, page: |n| spans(n, "rowspan=1000000000") },
    Row { name: "both spans", size: 4_000, page: |n| spans(n, "colspan=1000 rowspan=65534") },
    Row {
        name: "one link around many blocks",
        size: 20_000,
        page: |n| format!("<a href=\"/a\">{}</a>", "<p>word</p>".repeat(n)),
    },
    Row { name: "one b around many blocks", size: 20_000, page: |n| format!("<b>{}</b>", "<p>word</p>".repeat(n)) },
    Row { name: "unclosed b", size: 20_000, page: |n| "<p><b>word".repeat(n) },
    Row { name: "unclosed links", size: 20_000, page: |n| "<a href=\"/a\">word<p>".repeat(n) },
    Row { name: "br", size: 200_000, page: |n| format!("<p>{}", "word<br>".repeat(n)) },
    Row {
        name: "br in a heading and in cells",
        size: 50_000,
        page: |n| format!("<h2>{}</h2><table><td>{}</table>", "word<br>".repeat(n), "word<br>".repeat(n)),
    },
    Row { name: "notes, each referred to once", size: 10_000, page: |n| notes(n, |note| note) },
    Row { name: "one note, referred to often", size: 10_000, page: |n| notes(n, |_| 0) },
    Row {
        name: "images with many candidates",
        size: 50_000,
        page: |n| format!("<img alt=word srcset=\"{}\">", "/a.png 1x, /b.png 640w, ".repeat(n)),
    },
    Row { name: "definition lists", size: 20_000, page: |n| format!("<dl>{}</dl>", "<dt>word<dd>word".repeat(n)) },
    Row { name: "pre, many lines", size: 200_000, page: |n| format!("<pre>{}</pre>", "word\n".repeat(n)) },
    Row {
        name: "an unclosed link with a long target",
        size: 20_000,
        page: |n| format!("<a href=\"/{}\">{}", "a".repeat(1000), "<p>word".repeat(n)),
    },
    Row { name: "cells of 1000 by 1000", size: 4_000, page: |n| spans(n, "colspan=1000 rowspan=1000") },
    Row { name: "short links", size: 50_000, page: |n| "<a href=x>word</a>\n".repeat(n) },
    Row {
        name: "quotations, 200 deep, with many paragraphs",
        size: 20_000,
        page: |n| format!("{}{}", "<blockquote>".repeat(200), "<p>word".repeat(n)),
    },
    Row {
        name: "lists with long numbers, 200 deep, with many lines",
        size: 20_000,
        page: |n| format!("{}{}", "<ol start=999999990><li>".repeat(200), "word<br>".repeat(n)),
    },
    Row {
        name: "titles of quotation marks",
        size: 5_000,
        page: |n| format!("<abbr title='{0}'>word</abbr> <a href=/a title='{0}'>word</a>\n", "\"".repeat(40)).repeat(n),
    },
    Row {
        name: "unfolding parts with long summaries",
        size: 5_000,
        page: |n| format!("<details><summary>word {}</summary>word</details>\n", "\"&>".repeat(30)).repeat(n),
    },
    Row {
        name: "tables in tables, text of signs",
        size: 5_000,
        page: |n| {
            format!("<table><tr><th>word<td><table><tr><th>{}<td>word</table></table>\n", "&>".repeat(40)).repeat(n)
        },
    },
    Row {
        name: "code in cells, text of signs",
        size: 5_000,
        page: |n| format!("<table><tr><th>word<td><code>{}</code></table>\n", "\\|".repeat(40)).repeat(n),
    },
    Row {
        name: "formulas of bars in cells",
        size: 8_000,
        page: |n| {
            format!("<table><tr><th>word<td><span class=\"math inline\">\\({}\\)</span></table>\n", "|".repeat(400))
                .repeat(n)
        },
    },
    Row {
        name: "marks in marks",
        size: 20_000,
        page: |n| "<p>word<em>word<strong>word<em>word</em></strong><del>word</del></em>word\n".repeat(n),
    },
    Row {
        name: "what looks like references",
        size: 50_000,
        page: |n| format!("<p>{}word", "&amp;amp; &amp;#1; ".repeat(n)),
    },
    Row { name: "signs of a heading", size: 1 << 20, page: |n| format!("<h1>{}word</h1>", "# ".repeat(n / 2)) },
    Row {
        name: "pre with a span a word",
        size: 100_000,
        page: |n| format!("<pre><code>{}</code></pre>", "<span class=k>word</span>\n".repeat(n)),
    },
];

fn nested(depth: usize, open: &str, close: &str) -> String {
    format!("{}<p>word</p>{}", open.repeat(depth), close.repeat(depth))
}

fn table(rows: usize, columns: usize) -> String {
    format!("<table>{}</table>", format!("<tr>{}</tr>\n", "<td>word</td>".repeat(columns)).repeat(rows))
}

fn spans(count: usize, span: &str) -> String {
    format!("<table>{}</table>", format!("<tr><td {span}>word</td><td>word</td></tr>\n").repeat(count))
}

fn notes(count: usize, target: fn(usize) -> usize) -> String {
    let references: String = (0..count)
        .map(|at| {
            format!("word<sup class=\"footnote-ref\"><a href=\"#fn{}\" id=\"fnref{at}\">{at}</a></sup>\n", target(at))
        })
        .collect();
    let notes: String = (0..count)
        .map(|at| {
            format!("<li id=\"fn{at}\"><p>word <a href=\"#fnref{at}\" class=\"footnote-backref\">↩</a></p></li>\n")
        })
        .collect();
    format!("<p>{references}</p><section class=\"footnotes\"><ol>{notes}</ol></section>")
}
