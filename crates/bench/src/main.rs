//! Measures performance for `cargo xtask bench`, each figure beside a baseline of the same run. It
//! asserts nothing: goals are printed next to the measurements, and people judge.

mod built;
mod clicks;
mod company;
mod extract;
mod figure;
mod markdown;
mod popup;
mod process;
mod search;
mod sizes;
mod store;

use std::process::ExitCode;

use cachette_shell::{Done, TaskError, finish, print};
use clap::Parser;

use crate::built::Built;

/// Prints every performance figure beside a baseline of the same run.
#[derive(Parser)]
#[command(name = "cargo xtask bench", bin_name = "cargo xtask bench")]
struct Arguments {
    /// Measures only these groups: process, sizes, popup, clicks, markdown, extract, search
    /// (search-files, search-20k, search-100k, search-1m), store
    groups: Vec<String>,
    /// Takes each figure this many times
    #[arg(long, default_value_t = 15)]
    runs: usize,
}

/// A group of figures.
struct Group {
    name: &'static str,
    measure: Measure,
}

impl Group {
    /// Whether this is the name of the group, or of a larger group that contains it.
    fn is_called(&self, name: &str) -> bool {
        self.name.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }
}

enum Measure {
    /// Measures the host and the extension, in browsers; both are built and checked first.
    Built(fn(&Built, usize) -> Done),
    /// Measures things that it builds itself.
    Alone(fn(usize) -> Done),
}

const GROUPS: &[Group] = &[
    Group { name: "process", measure: Measure::Built(process::measure) },
    Group { name: "sizes", measure: Measure::Built(sizes::measure) },
    Group { name: "popup", measure: Measure::Built(popup::measure) },
    Group { name: "clicks", measure: Measure::Built(clicks::measure) },
    Group { name: "markdown", measure: Measure::Alone(markdown::measure) },
    Group { name: "extract", measure: Measure::Alone(extract::measure) },
    Group { name: "search-files", measure: Measure::Alone(search::files) },
    Group { name: "search-20k", measure: Measure::Alone(|_| search::engines(20_000)) },
    Group { name: "search-100k", measure: Measure::Alone(|_| search::engines(100_000)) },
    Group { name: "search-1m", measure: Measure::Alone(|_| search::engines(1_000_000)) },
    Group { name: "store", measure: Measure::Alone(store::measure) },
];

fn main() -> ExitCode {
    finish(bench(&Arguments::parse()))
}

/// Builds what the groups need, and measures. Fails on an unknown group.
fn bench(arguments: &Arguments) -> Done {
    for name in &arguments.groups {
        if !GROUPS.iter().any(|group| group.is_called(name)) {
            let known: Vec<_> = GROUPS.iter().map(|group| group.name).collect();
            return Err(TaskError::Other(format!("There is no group “{name}”. The groups are {}.", known.join(", "))));
        }
    }
    let asked =
        |group: &&Group| arguments.groups.is_empty() || arguments.groups.iter().any(|name| group.is_called(name));
    let built = if GROUPS.iter().filter(asked).any(|group| matches!(group.measure, Measure::Built(_))) {
        Some(Built::build()?)
    } else {
        None
    };
    print("Each line: the median of several runs [smallest – largest]; × is the ratio to the baseline above it.\n");
    for group in GROUPS.iter().filter(asked) {
        print(&format!("{}:", group.name));
        let runs = arguments.runs.max(3);
        match (&group.measure, &built) {
            (Measure::Built(measure), Some(built)) => measure(built, runs)?,
            (Measure::Alone(measure), _) => measure(runs)?,
            (Measure::Built(_), None) => {}
        }
        print("");
    }
    Ok(())
}
