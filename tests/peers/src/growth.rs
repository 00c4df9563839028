//! Runs `rows`. It measures how time and output grow when a hostile page doubles, in children that
//! may die of it.

use std::{
    io::Write,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{
    caution::Caution,
    row::{MARK, ROWS, Row},
    tool::{ARTICLE, OURS, Times, Tool, YARDSTICK},
};

/// A tool's run on a row.
struct Run {
    tool: &'static str,
    /// How long it may take in total, in wall time.
    patience: Duration,
    /// It is run repeatedly for this long,
    budget: Duration,
    /// and at least this often.
    least: usize,
}

/// The project's own tools are judged; the reference tool is for comparison.
const RUNS: &[Run] = &[
    Run { tool: OURS, patience: Duration::from_secs(60), budget: Duration::from_secs(1), least: 3 },
    Run { tool: ARTICLE, patience: Duration::from_secs(60), budget: Duration::from_secs(1), least: 1 },
    Run { tool: YARDSTICK, patience: Duration::from_secs(8), budget: Duration::from_millis(300), least: 1 },
];

/// Prints one JSON object per line, one for each row.
///
/// # Errors
/// A child cannot be started, or the reader has gone.
pub fn rows(out: &mut impl Write) -> std::io::Result<()> {
    for row in ROWS {
        let mut facts =
            serde_json::Map::from_iter([("row".to_owned(), json!(row.name)), ("size".to_owned(), json!(row.size))]);
        for run in RUNS {
            let line = Caution::start(&["row", run.tool, row.name], String::new())?.line(run.patience);
            let sizes = line.and_then(|line| serde_json::from_str::<Value>(&line).ok());
            facts.insert(run.tool.to_owned(), sizes.unwrap_or_default());
        }
        writeln!(out, "{}", Value::Object(facts))?;
        out.flush()?;
    }
    Ok(())
}

/// Runs `row`: one tool on one row, at its size and at twice that.
///
/// # Errors
/// The reader has gone.
pub fn row(tool: &Tool, row: &Row, out: &mut impl Write) -> std::io::Result<()> {
    let pages = [(row.page)(row.size), (row.page)(2 * row.size)];
    let begin = Instant::now();
    let mut best: [Option<Times>; 2] = [None; 2];
    let Some(run) = RUNS.iter().find(|run| run.tool == tool.name) else { return Ok(()) };
    let mut round = 0;
    while round < run.least || begin.elapsed() < run.budget && round < 15 {
        for (page, best) in pages.iter().zip(&mut best) {
            let times = tool.run(page);
            if best.is_none_or(|best| times.whole < best.whole) {
                *best = Some(times);
            }
        }
        round += 1;
    }
    let facts: Vec<Value> = pages
        .iter()
        .zip(best)
        .map(|(page, times)| {
            let times = times.unwrap_or_default();
            json!({
                "bytes_in": page.len(),
                "bytes_out": times.bytes,
                "marks_in": page.matches(MARK).count(),
                "marks_out": times.marks,
                "parse_ns": nanoseconds(times.parse),
                "convert_ns": nanoseconds(times.convert),
                "whole_ns": nanoseconds(times.whole),
            })
        })
        .collect();
    writeln!(out, "{}", Value::Array(facts))
}

fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}
