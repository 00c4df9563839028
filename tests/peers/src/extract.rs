//! Runs `extract`: the whole conversion from HTML to metadata and Markdown, beside the extractors
//! that are Rust crates. The tools take turns page by page. Each tool's peak of memory is taken in
//! a process of its own.

use std::{
    io::{BufRead, Error, Write},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use serde_json::json;

use crate::{clock, pages};

/// A tool to be measured.
struct Extractor {
    name: &'static str,
    /// Returns the length of the extracted text.
    run: fn(&str) -> usize,
}

const EXTRACTORS: &[Extractor] = &[
    Extractor { name: "dom_smoothie", run: dom_smoothie },
    Extractor { name: "trafilatura", run: trafilatura },
    Extractor { name: "rs-trafilatura", run: rs_trafilatura },
    Extractor { name: "cachette", run: cachette },
];

fn dom_smoothie(html: &str) -> usize {
    let article = dom_smoothie::Readability::new(html, None, None).and_then(|mut readability| readability.parse());
    article.map_or(0, |article| article.content.len() + article.title.len())
}

fn trafilatura(html: &str) -> usize {
    let found = ::trafilatura::extract(html, &::trafilatura::Options::default());
    found.map_or(0, |found| found.content_text.len())
}

fn rs_trafilatura(html: &str) -> usize {
    ::rs_trafilatura::extract(html).map_or(0, |found| found.content_text.len())
}

fn cachette(html: &str) -> usize {
    let page = cachette_page::convert(html, &cachette_page::Options::default());
    page.markdown.len() + page.metadata.title.len()
}

/// Times all extractors over the pages in `sources`, and prints one JSON object per line.
///
/// # Errors
/// A page cannot be read, a child cannot be started, or the reader has gone.
pub fn compare(rounds: usize, sources: &[String], out: &mut impl Write) -> std::io::Result<()> {
    let pages = sources.iter().map(|source| pages::read(Path::new(source))).collect::<Result<Vec<_>, _>>()?;
    let mut times = vec![vec![Vec::new(); pages.len()]; EXTRACTORS.len()];
    for round in 0..rounds {
        for (number, page) in pages.iter().enumerate() {
            // Each turn begins with another tool, because the first one finds the page's bytes
            // cold.
            for turn in 0..EXTRACTORS.len() {
                let place = (turn + round) % EXTRACTORS.len();
                let (Some(extractor), Some(all)) = (EXTRACTORS.get(place), times.get_mut(place)) else { continue };
                let (_, time) = clock::timed(|| (extractor.run)(page));
                if let Some(all) = all.get_mut(number) {
                    all.push(time);
                }
            }
        }
    }
    for (extractor, pages) in EXTRACTORS.iter().zip(times) {
        let mut medians: Vec<Duration> = pages.into_iter().map(median).collect();
        let mean = medians.iter().sum::<Duration>().as_nanos() / medians.len().max(1) as u128;
        medians.sort_unstable();
        let line = json!({
            "tool": extractor.name,
            "pages": medians.len(),
            "median_ns": medians.get(medians.len() / 2).map_or(0, Duration::as_nanos) as u64,
            "mean_ns": mean as u64,
            "p95_ns": medians.get(medians.len() * 95 / 100).map_or(0, Duration::as_nanos) as u64,
            "peak_kb": peak_of(extractor.name, sources)?,
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Returns the peak memory of a process that only extracts all pages with one tool.
fn peak_of(name: &str, sources: &[String]) -> std::io::Result<u64> {
    let mut child = Command::new(std::env::current_exe()?)
        .args(["extract-alone", name])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(sources.join("\n").as_bytes())?;
    }
    let said = child.wait_with_output()?;
    Ok(String::from_utf8_lossy(&said.stdout).trim().parse().unwrap_or(0))
}

/// Extracts each page once, in the child. It prints its peak memory in KiB, or 0 on systems without
/// that figure.
///
/// # Errors
/// The tool is unknown, or a page cannot be read.
pub fn alone(name: &str, input: impl BufRead, out: &mut impl Write) -> std::io::Result<()> {
    let extractor = EXTRACTORS.iter().find(|extractor| extractor.name == name);
    let extractor = extractor.ok_or_else(|| Error::other("there is no such extractor"))?;
    for source in input.lines() {
        let page = pages::read(Path::new(&source?))?;
        std::hint::black_box((extractor.run)(&page));
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|peak| peak.split_whitespace().next()).unwrap_or("0");
    writeln!(out, "{peak}")
}
