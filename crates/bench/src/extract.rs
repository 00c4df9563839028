//! Compares the whole conversion, HTML to metadata and Markdown, with extractors that are Rust
//! crates. All get the same pages in the same run. The program in `tests/peers` does the timing;
//! this file gives it the pages and prints the results.

use std::path::PathBuf;

use cachette_shell::{Done, print};

use crate::markdown::{ask, collect, number, program, text};

/// The extractor that is the reference for the others.
const YARDSTICK: &str = "dom_smoothie";

/// Measures and prints.
///
/// # Errors
/// The program cannot be built or breaks off.
pub fn measure(runs: usize) -> Done {
    let folder = std::env::var_os("CACHETTE_MEASURE").map(|folder| PathBuf::from(folder).join("extract/data/aeb"));
    let mut pages = Vec::new();
    if let Some(folder) = folder.filter(|folder| folder.is_dir()) {
        collect(&folder, &mut pages)?;
    }
    if pages.is_empty() {
        print("  No pages: CACHETTE_MEASURE names no folder with pages below extract/data/aeb.");
        return Ok(());
    }
    let mut lines = Vec::new();
    ask(&program()?, &["extract", &runs.to_string()], &pages.join("\n"), |line| lines.push(line))?;
    let yardstick =
        lines.iter().find(|line| text(line, "tool") == YARDSTICK).map_or(0.0, |line| number(line, "median_ns"));
    print(&format!("  {} pages; processor time for one page, peak memory of a separate process.", pages.len()));
    print(&format!(
        "  {:<24}{:>12}{:>12}{:>12}{:>10}{:>12}",
        "", "median, ms", "mean, ms", "95 %, ms", "ratio", "peak, MB"
    ));
    for line in &lines {
        let milliseconds = |key: &str| number(line, key) / 1e6;
        print(&format!(
            "  {:<24}{:>12.3}{:>12.3}{:>12.3}{:>9.2}×{:>12.1}",
            text(line, "tool"),
            milliseconds("median_ns"),
            milliseconds("mean_ns"),
            milliseconds("p95_ns"),
            number(line, "median_ns") / yardstick.max(1.0),
            number(line, "peak_kb") / 1024.0
        ));
    }
    print("  Goals: cachette ≤ 2× dom_smoothie, which writes no Markdown, and below both others.");
    Ok(())
}
