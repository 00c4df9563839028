//! Compares the converter with others on the same pages, and measures its growth. Growth is
//! measured on hostile pages. The program in `tests/peers`, outside the workspace, does the timing.
//! This file builds it, gives it its pages and prints the results.

use std::{
    ffi::OsStr,
    fmt::Write as _,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use cachette_shell::{Done, TaskError, at, cargo, print, root, run, target};
use serde_json::Value;

use crate::figure::Figure;

/// How many real pages are taken, evenly from all.
const PAGES: usize = 130;
/// The sizes of the pages that are generated if real ones are missing, in sections of about 4 KB.
const GENERATED: &[usize] = &[2, 5, 10, 20, 20, 40, 40, 80, 80, 160, 160, 320];

/// Measures and prints.
///
/// # Errors
/// The program cannot be built or breaks off.
pub fn measure(runs: usize) -> Done {
    let program = program()?;
    compare(&program, runs)?;
    grow(&program)
}

/// Builds the program with exactly the versions in its lock file.
pub(super) fn program() -> Done<PathBuf> {
    let folder = target().join("peers");
    let manifest = root().join("tests/peers/Cargo.toml");
    run(cargo()
        .args(["build", "--release", "--locked", "--manifest-path"])
        .arg(manifest)
        .arg("--target-dir")
        .arg(&folder))?;
    Ok(folder.join("release").join(format!("cachette-peers{}", std::env::consts::EXE_SUFFIX)))
}

fn compare(program: &Path, runs: usize) -> Done {
    let sources = sources()?;
    let mut lines = Vec::new();
    ask(program, &["pages", &runs.to_string()], &sources.join("\n"), |line| lines.push(line))?;
    let tool = |name: &str| lines.iter().find(|line| text(line, "tool") == name).unwrap_or(&Value::Null);
    let yardstick = tool("rcdom");
    print(&format!(
        "  {} pages, {:.1} MB; processor times for all pages. “Text to Markdown” includes freeing the tree.",
        number(yardstick, "pages"),
        number(yardstick, "bytes_in") / 1e6
    ));
    let (parse, freed) = (figure(yardstick, &["parse_ns"]), figure(yardstick, &["whole_ns"]));
    parse.show("html5ever → rcdom, parse");
    freed.show("html5ever → rcdom, parse and free");
    let ours = tool("cachette");
    figure(ours, &["parse_ns"]).show_over("cachette, parse", &parse, "");
    figure(ours, &["convert_ns"]).show_over("cachette, convert a parsed tree", &parse, "goal ≤ 0.25×");
    figure(ours, &["parse_ns", "convert_ns"]).show_over("cachette, parse + convert", &parse, "goal ≤ 1.15×");
    let faster = "goal: below htmd and html2markdown";
    whole(ours, "cachette", &format!("goal ≤ 1.15×, {faster}"));
    let page = tool("cachette-page");
    figure(page, &["convert_ns"]).show_over("cachette as a page (links resolved), convert", &parse, "goal ≤ 0.25×");
    whole(page, "cachette as a page", "goal ≤ 1.15×");
    whole(tool("cachette-article"), "cachette, article, full text and metadata", "");
    let dom_query = tool("dom_query");
    figure(dom_query, &["parse_ns"]).show_over("dom_query, parse", &parse, "");
    figure(dom_query, &["convert_ns"]).show_over("dom_query .md(), convert a parsed tree", &parse, "");
    whole(dom_query, "dom_query .md()", "");
    whole(tool("htmd"), "htmd", "");
    whole(tool("html2markdown"), "html2markdown", "");
    whole(tool("html2md"), "html2md", "");
    whole(tool("mdream"), "mdream", "parses no tree: does not count");
    Ok(())
}

/// Prints a tool's whole time, from text to Markdown, relative to the reference on the pages that
/// the tool survived.
fn whole(line: &Value, name: &str, goal: &str) {
    let mut words = goal.to_owned();
    if let (Some(median), Some(high)) = (value(line, "/page_ratio_median"), value(line, "/page_ratio_95")) {
        let _ = write!(
            words,
            "{}page by page {median:.2}×, 95 % below {high:.2}×",
            if goal.is_empty() { "" } else { "; " }
        );
    }
    if number(line, "skipped") > 0.0 {
        let _ = write!(words, "; died or took too long on {} pages", number(line, "skipped"));
    }
    let baseline = figure(line, &["yardstick_whole_ns"]);
    figure(line, &["whole_ns"]).show_over(&format!("{name}: text to Markdown"), &baseline, &words);
}

fn grow(program: &Path) -> Done {
    print(
        "  Hostile pages that double. “kept”: the share of words that are still there. Goals: 2n below 2.6× n, \
         output ≤ 4× input.",
    );
    print(&format!(
        "  {:<48}{:>10}{:>10}{:>8}{:>14}{:>8}{:>8}{:>14}{:>13}",
        "row (n)", "n, ms", "2n, ms", "2n/n", "convert 2n/n", "out/in", "kept", "article 2n/n", "rcdom 2n, ms"
    ));
    ask(program, &["rows"], "", |row| print(&row_line(&row)))?;
    print("  The first row is 100,000 nested elements at 2n: goal < 1000 ms. rcdom has 8 s, then counts as dead.");
    Ok(())
}

fn row_line(row: &Value) -> String {
    let size = |tool: &str, place: usize, key: &str| value(row, &format!("/{tool}/{place}/{key}"));
    let growth = |tool: &str, key: &str| Some(size(tool, 1, key)? / size(tool, 0, key)?.max(1.0));
    let share = |over: &str, under: &str| Some(size("cachette", 1, over)? / size("cachette", 1, under)?.max(1.0));
    let times = |value: Option<f64>| value.map_or_else(|| "died".to_owned(), |value| format!("{value:.2}×"));
    let milliseconds =
        |value: Option<f64>| value.map_or_else(|| "died".to_owned(), |value| format!("{:.1}", value / 1e6));
    let whole = growth("cachette", "whole_ns");
    let (output, kept) = (share("bytes_out", "bytes_in"), share("marks_out", "marks_in"));
    let misses = [
        whole.is_none_or(|growth| growth >= 2.6).then_some("  ← time"),
        output.is_none_or(|share| share > 4.0).then_some("  ← output"),
        kept.is_none_or(|share| share < 1.0).then_some("  ← words"),
    ];
    format!(
        "  {:<48}{:>10}{:>10}{:>8}{:>14}{:>8}{:>8}{:>14}{:>13}{}",
        format!("{} ({})", text(row, "row"), number(row, "size")),
        milliseconds(size("cachette", 0, "whole_ns")),
        milliseconds(size("cachette", 1, "whole_ns")),
        times(whole),
        times(growth("cachette", "convert_ns")),
        times(output),
        times(kept),
        times(growth("cachette-article", "whole_ns")),
        milliseconds(size("rcdom", 1, "whole_ns")),
        misses.into_iter().flatten().collect::<String>()
    )
}

/// Returns the sources of the pages, as the program names them.
fn sources() -> Done<Vec<String>> {
    let mut pages = Vec::new();
    let measure = std::env::var_os("CACHETTE_MEASURE").map(PathBuf::from);
    if let Some(data) = measure.map(|folder| folder.join("extract/data")).filter(|data| data.is_dir()) {
        collect(&data, &mut pages)?;
    }
    if !pages.is_empty() {
        let step = (pages.len() / PAGES).max(1);
        return Ok(pages.into_iter().step_by(step).collect());
    }
    print(
        "  No real pages: CACHETTE_MEASURE names no folder with pages below extract/data; generated pages and \
         those of the tests take their place.",
    );
    collect(&root().join("crates/page/cases"), &mut pages)?;
    pages.extend(GENERATED.iter().enumerate().map(|(seed, sections)| format!("generate {seed} {sections}")));
    Ok(pages)
}

/// Collects all HTML files below a folder, in order.
pub(super) fn collect(folder: &Path, pages: &mut Vec<String>) -> Done {
    let entries = std::fs::read_dir(folder).map_err(at(folder))?;
    let mut paths = entries.map(|entry| Ok(entry.map_err(at(folder))?.path())).collect::<Done<Vec<_>>>()?;
    paths.sort_unstable();
    for path in paths {
        let plain = if path.extension() == Some(OsStr::new("gz")) { path.with_extension("") } else { path.clone() };
        if path.is_dir() {
            collect(&path, pages)?;
        } else if plain.extension() == Some(OsStr::new("html")) && plain.file_stem() != Some(OsStr::new("expected")) {
            pages.extend(path.to_str().map(str::to_owned));
        }
    }
    Ok(())
}

/// Runs the program to its end and passes on the JSON that it prints, line by line.
pub(super) fn ask(program: &Path, arguments: &[&str], input: &str, mut each: impl FnMut(Value)) -> Done {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(at(program))?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input.as_bytes()).map_err(at(program))?;
    }
    let stdout = child.stdout.take().map(BufReader::new);
    for line in stdout.into_iter().flat_map(BufRead::lines) {
        let line = serde_json::from_str(&line.map_err(at(program))?);
        each(line.map_err(|error| TaskError::Other(format!("{} printed no JSON: {error}", program.display())))?);
    }
    let status = child.wait().map_err(at(program))?;
    if status.success() {
        Ok(())
    } else {
        Err(TaskError::Other(format!("{} ended early: {status}", program.display())))
    }
}

/// Returns one or several parts of a tool's time, added up for each round.
fn figure(line: &Value, parts: &[&str]) -> Figure {
    let mut figure = Figure::default();
    let rounds = |part: &&str| line.get(*part).and_then(Value::as_array);
    for round in 0..parts.first().and_then(rounds).map_or(0, Vec::len) {
        let sums = parts.iter().filter_map(|part| rounds(part)?.get(round)?.as_u64());
        figure.add(Duration::from_nanos(sums.sum()));
    }
    figure
}

pub(super) fn text<'a>(line: &'a Value, key: &str) -> &'a str {
    line.get(key).and_then(Value::as_str).unwrap_or_default()
}

pub(super) fn number(line: &Value, key: &str) -> f64 {
    line.get(key).and_then(Value::as_f64).unwrap_or_default()
}

/// Returns the value at a path of keys and indices.
fn value(line: &Value, path: &str) -> Option<f64> {
    line.pointer(path).and_then(Value::as_f64)
}
