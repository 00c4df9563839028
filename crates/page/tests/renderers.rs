//! Checks how renderers in other languages show the Markdown of pages that look like markup. `cargo
//! xtask renderers` installs them and starts this test; without it, a few pages go to the Rust
//! renderers.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod attacks;
mod invariants;
#[path = "../../../tests/fuzz/src/live.rs"]
mod live;

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use invariants::{both, judge, stays_text};

/// The renderers, with the program that runs each.
const RENDERERS: [(&str, &str); 14] = [
    ("node", "markdown-it"),
    ("node", "markdown-it-typographer"),
    ("node", "marked"),
    ("node", "showdown"),
    ("node", "showdown-github"),
    ("node", "remark"),
    ("python", "python-markdown"),
    ("python", "python-markdown-mkdocs"),
    ("python", "markdown2"),
    ("python", "cmark-gfm"),
    ("python", "cmark-gfm-plain"),
    ("python", "pandoc"),
    ("python", "pandoc-gfm"),
    ("python", "pandoc-commonmark"),
];
/// How many failures of a renderer are printed.
const SHOWN: usize = 5;

/// Places for a payload, marked `%`: as text of HTML, or as a value.
const PLACES: [&str; 20] = [
    "<p>%</p>",
    "<p>a <b>%</b> b</p>",
    "<h2>%</h2>",
    "<ul><li>%<li><p>%</p><p>b</p></ul>",
    "<blockquote>%</blockquote>",
    "<p><code>%</code></p>",
    "<pre><code class=language-html>%</code></pre>",
    "<ul><li>a<pre><code>%</code></pre></ul>",
    "<blockquote><pre><code>%</code></pre></blockquote>",
    "<table><tr><th>%<th>b<tr><td>%<td><code>%</code></table>",
    "<table><tr><td rowspan=2><ul><li>%</ul><td>%<tr><td><pre>%</pre></table>",
    "<details><summary>%</summary>%</details>",
    "<p><a href='https://ok.test/' title=\"%\">%</a> \"%\"</p>",
    "<p><img src='https://ok.test/a.png' alt=\"%\" title=\"%\"></p>",
    "<p><a href=\"https://ok.test/?%\">x</a><code>%</code></p>",
    "<p><abbr title=\"%\">x</abbr> <sup>%</sup> <kbd>%</kbd> <del>%</del></p>",
    "<p>x<sup><a href='#n'>1</a></sup></p><section class=footnotes><ol><li id=n>%</ol></section>",
    "<p>x<br>%<br>%</p>",
    "<dl><dt>%<dd>%</dl>",
    "<p>a%<i>%</i>%</p>",
];

#[test]
fn other_renderers_show_the_text_of_pages_as_text() {
    let documents: u64 = std::env::var("CACHETTE_DOCUMENTS").ok().and_then(|count| count.parse().ok()).unwrap_or(200);
    let only = std::env::var("CACHETTE_RENDERER").unwrap_or_default();
    let pages = pages(documents);
    let cases: Vec<(usize, String, judge::Page)> = pages
        .iter()
        .enumerate()
        .flat_map(|(at, html)| both(html).map(|(markdown, page)| (at, markdown, page)))
        .collect();
    let Ok(folder) = std::env::var("CACHETTE_RENDERERS") else {
        // The short form tries the Rust renderers only.
        for html in &pages {
            assert_eq!(stays_text(html), Ok(()), "{html}");
        }
        return;
    };
    let mut failures = 0;
    for (program, renderer) in RENDERERS.iter().filter(|(_, renderer)| only.is_empty() || *renderer == only) {
        let shown = show(
            Path::new(&folder),
            program,
            renderer,
            cases.iter().map(|(_, markdown, _)| markdown.clone()).collect(),
        );
        assert_eq!(shown.len(), cases.len(), "{renderer} answered each");
        let mut found = 0;
        for ((at, markdown, page), shown) in cases.iter().zip(&shown) {
            let judged = judge::nothing_runs(shown).and_then(|()| judge::leads_nowhere_else(page, shown));
            if let Err(why) = judged {
                found += 1;
                if found <= SHOWN {
                    println!("{renderer}: {why}\n{}\n--\n{markdown}--\n{shown}\n", pages[*at]);
                }
            }
        }
        println!("{renderer}: {found} of {} shown wrongly", cases.len());
        failures += found;
    }
    assert_eq!(failures, 0);
}

/// Returns attacks, random pages, and every payload of a file in every place.
fn pages(documents: u64) -> Vec<String> {
    let mut state: u64 = std::env::var("CACHETTE_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    let mut pages = attacks::pages();
    for _ in 0..documents {
        let bytes: Vec<u8> = (0..next() % 60).map(|_| u8::try_from(next() & 0xFF).unwrap()).collect();
        pages.push(live::of(&bytes));
    }
    let Some(file) = std::env::var_os("CACHETTE_PAYLOADS") else { return pages };
    for payload in std::fs::read_to_string(file).unwrap().lines() {
        let text = payload.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        for group in PLACES.chunks(4) {
            // A rule separates the parts, which lets one document cover several places.
            pages.push(group.iter().map(|place| place.replace('%', &text)).collect::<Vec<_>>().join("<hr>"));
        }
    }
    pages
}

/// Renders all documents in one process.
fn show(folder: &Path, program: &str, renderer: &str, markdown: Vec<String>) -> Vec<String> {
    let script = folder.join(if program == "node" { "render.mjs" } else { "render.py" });
    let program = if program == "node" { "node".into() } else { folder.join("venv/bin/python") };
    let mut process =
        Command::new(program).arg(script).arg(renderer).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = process.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        for text in markdown {
            writeln!(input, "{}", serde_json::to_string(&text).unwrap()).unwrap();
        }
    });
    let output = BufReader::new(process.stdout.take().unwrap());
    let shown = output.lines().map(|line| serde_json::from_str(&line.unwrap()).unwrap()).collect();
    writer.join().unwrap();
    assert!(process.wait().unwrap().success(), "{renderer} came to its end");
    shown
}
