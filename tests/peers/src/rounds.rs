//! Runs `pages`: every tool over every page, in rounds. The tools take turns page by page, which
//! spreads the machine's other work evenly.

use std::{
    io::{BufRead, Write},
    path::PathBuf,
    time::Duration,
};

use serde_json::{Value, json};

use crate::{
    caution::Caution,
    pages,
    tool::{TOOLS, Times, Tool, YARDSTICK},
};

/// How long a tool may take for a page; beyond this, it is not timed on that page.
const PATIENCE: Duration = Duration::from_secs(2);
/// A page of this many bytes or fewer is too short to compare its ratio with others'.
const TINY: usize = 4096;

/// Returns a page by its source: `generate SEED SECTIONS`, else a file's path.
fn page(source: &str) -> std::io::Result<String> {
    let mut words = source.split(' ');
    if words.next() == Some("generate")
        && let (Some(Ok(seed)), Some(Ok(sections))) = (words.next().map(str::parse), words.next().map(str::parse))
    {
        return Ok(pages::generated(seed, sections));
    }
    pages::read(&PathBuf::from(source))
}

/// Times all tools over the pages in `sources`. It prints one JSON object per line, one for each
/// tool.
///
/// # Errors
/// A page cannot be read, a child cannot be started, or the reader has gone.
pub fn compare(rounds: usize, sources: &[String], out: &mut impl Write) -> std::io::Result<()> {
    let pages = sources.iter().map(|source| page(source)).collect::<Result<Vec<_>, _>>()?;
    let mut runs = Vec::new();
    for tool in TOOLS {
        runs.push(Run { tool, endured: endured(tool, sources)?, times: vec![Vec::new(); pages.len()] });
    }
    for round in 0..rounds {
        for (number, page) in pages.iter().enumerate() {
            // Each turn begins with another tool, because the first one finds the page's bytes
            // cold.
            for turn in 0..runs.len() {
                let place = (turn + round) % runs.len();
                if let Some(run) = runs.get_mut(place)
                    && run.endured.get(number) == Some(&true)
                {
                    let times = run.tool.run(page);
                    if let Some(all) = run.times.get_mut(number) {
                        all.push(times);
                    }
                }
            }
        }
    }
    let Some(yardstick) = runs.iter().find(|run| run.tool.name == YARDSTICK) else { return Ok(()) };
    for run in &runs {
        writeln!(out, "{}", run.result(yardstick, &pages, rounds))?;
    }
    Ok(())
}

/// Runs `try`. It converts the pages named on stdin and prints the number of each as it is done.
///
/// # Errors
/// A page cannot be read, or the reader has gone.
pub fn endure(tool: &Tool, sources: impl BufRead, out: &mut impl Write) -> std::io::Result<()> {
    for (number, source) in sources.lines().enumerate() {
        tool.run(&page(&source?)?);
        writeln!(out, "{number}")?;
        out.flush()?;
    }
    Ok(())
}

/// Returns which pages the tool survives within the time limit.
fn endured(tool: &Tool, sources: &[String]) -> std::io::Result<Vec<bool>> {
    let mut endured = Vec::new();
    while endured.len() < sources.len() {
        let rest = sources.get(endured.len()..).unwrap_or_default();
        let child = Caution::start(&["try", tool.name], rest.join("\n"))?;
        for _ in rest {
            let survived = child.line(PATIENCE).is_some();
            endured.push(survived);
            if !survived {
                break;
            }
        }
    }
    Ok(endured)
}

/// One tool's times, by page and round.
struct Run {
    tool: &'static Tool,
    endured: Vec<bool>,
    times: Vec<Vec<Times>>,
}

impl Run {
    fn result(&self, yardstick: &Run, pages: &[String], rounds: usize) -> Value {
        let done = |number: usize| self.endured.get(number) == Some(&true);
        let sum = |of: &Run, round: usize, part: fn(&Times) -> Duration| -> u64 {
            let pages = of.times.iter().enumerate().filter(|(number, _)| done(*number));
            nanoseconds(pages.filter_map(|(_, times)| times.get(round)).map(part).sum())
        };
        let all = |of: &Run, part| (0..rounds).map(|round| sum(of, round, part)).collect::<Vec<_>>();
        let bytes_in: usize =
            pages.iter().enumerate().filter(|(number, _)| done(*number)).map(|(_, page)| page.len()).sum();
        let bytes_out: usize = self.times.iter().filter_map(|times| times.first()).map(|times| times.bytes).sum();
        let mut ratios: Vec<f64> = (self.times.iter().zip(&yardstick.times).zip(pages))
            .filter(|(_, page)| page.len() > TINY)
            .filter_map(|((own, other), _)| {
                Some(middle(own, |times| times.whole)? / middle(other, |times| times.whole)?)
            })
            .collect();
        ratios.sort_by(f64::total_cmp);
        let quantile = |share: usize| ratios.get(ratios.len() * share / 100).copied();
        json!({
            "tool": self.tool.name,
            "pages": pages.len(),
            "skipped": self.endured.iter().filter(|endured| !**endured).count(),
            "bytes_in": bytes_in,
            "bytes_out": bytes_out,
            "parse_ns": all(self, |times| times.parse),
            "convert_ns": all(self, |times| times.convert),
            "whole_ns": all(self, |times| times.whole),
            "yardstick_parse_ns": all(yardstick, |times| times.parse),
            "yardstick_whole_ns": all(yardstick, |times| times.whole),
            "page_ratio_median": quantile(50),
            "page_ratio_95": quantile(95),
        })
    }
}

fn middle(times: &[Times], part: fn(&Times) -> Duration) -> Option<f64> {
    let mut all: Vec<Duration> = times.iter().map(part).collect();
    all.sort_unstable();
    all.get(all.len() / 2).map(Duration::as_secs_f64)
}

fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}
