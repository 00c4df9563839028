//! `cargo xtask bench`: the performance figures, each beside a baseline measured in the same run. Asserts nothing: goals
//! are printed next to what was measured, and people judge.

mod clicks;
mod figure;
mod popup;
mod process;
mod sizes;

use clap::Args;

use crate::{
    build::{self, BuildArguments, Built},
    prerequisites::{self, Need},
    shell::{Done, TaskError, print},
};

/// What to measure.
#[derive(Args)]
pub struct BenchArguments {
    /// Only these groups: process, sizes, popup, clicks
    groups: Vec<String>,
    /// How many times each figure is taken
    #[arg(long, default_value_t = 15)]
    runs: usize,
}

/// A group of figures.
struct Group {
    name: &'static str,
    measure: fn(&Built, usize) -> Done,
}

const GROUPS: &[Group] = &[
    Group { name: "process", measure: process::measure },
    Group { name: "sizes", measure: sizes::measure },
    Group { name: "popup", measure: popup::measure },
    Group { name: "clicks", measure: clicks::measure },
];

/// Builds for release and measures.
///
/// # Errors
/// An unknown group, or the first step that fails.
pub fn bench(arguments: &BenchArguments) -> Done {
    for name in &arguments.groups {
        if !GROUPS.iter().any(|group| group.name == name) {
            let known: Vec<_> = GROUPS.iter().map(|group| group.name).collect();
            return Err(TaskError::Other(format!("There is no group “{name}”; there are {}.", known.join(", "))));
        }
    }
    prerequisites::ensure(Need::Tests)?;
    let built = build::build(&BuildArguments { release: true })?;
    print("Medians of several runs with their smallest and largest; × is the ratio to the baseline above it.\n");
    for group in GROUPS {
        if arguments.groups.is_empty() || arguments.groups.iter().any(|name| name == group.name) {
            print(&format!("{}:", group.name));
            (group.measure)(&built, arguments.runs.max(3))?;
            print("");
        }
    }
    Ok(())
}
