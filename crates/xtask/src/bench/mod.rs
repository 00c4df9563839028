//! Runs `cargo xtask bench`: the performance figures, each beside a baseline measured in the same
//! run. It asserts nothing: goals are printed next to the measurements, and people judge.

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

use clap::Args;

use crate::{
    build::{self, BuildArguments, Built},
    prerequisites::{self, Need},
    shell::{Done, TaskError, print},
};

/// What to measure.
#[derive(Args)]
pub struct BenchArguments {
    /// Only these groups: process, sizes, popup, clicks, markdown, extract, search (search-files,
    /// search-20k, search-100k, search-1m), store
    groups: Vec<String>,
    /// How many times each figure is taken
    #[arg(long, default_value_t = 15)]
    runs: usize,
}

/// A group of figures.
struct Group {
    name: &'static str,
    measure: Measure,
}

impl Group {
    /// Whether this is the group's name, or that of a larger group that holds it.
    fn is_called(&self, name: &str) -> bool {
        self.name.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }
}

enum Measure {
    /// Measures the host and the extension, in browsers; both are built and checked first.
    Built(fn(&Built, usize) -> Done),
    /// Measures what it builds itself.
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

/// Builds for release and measures.
///
/// # Errors
/// An unknown group, or the first step that fails.
pub fn bench(arguments: &BenchArguments) -> Done {
    for name in &arguments.groups {
        if !GROUPS.iter().any(|group| group.is_called(name)) {
            let known: Vec<_> = GROUPS.iter().map(|group| group.name).collect();
            return Err(TaskError::Other(format!("There is no group “{name}”; there are {}.", known.join(", "))));
        }
    }
    let asked =
        |group: &&Group| arguments.groups.is_empty() || arguments.groups.iter().any(|name| group.is_called(name));
    let built = if GROUPS.iter().filter(asked).any(|group| matches!(group.measure, Measure::Built(_))) {
        prerequisites::ensure(Need::Tests)?;
        Some(build::build(&BuildArguments { release: true })?)
    } else {
        None
    };
    print("Medians of several runs with their smallest and largest; × is the ratio to the baseline above it.\n");
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
