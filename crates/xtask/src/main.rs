//! Runs `cargo xtask`: builds, runs, tests and checks the whole project, with the README's two
//! commands. Users do not install it.

mod build;
mod lint;
mod manifest;
mod prerequisites;
mod programs;
mod renderers;
mod run;
mod test;

use std::process::ExitCode;

use cachette_shell::{Done, finish};
use clap::{Parser, Subcommand};

/// Builds, runs, tests, measures and checks Cachette.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

/// Every task.
#[derive(Subcommand)]
enum Task {
    /// Builds the host and the extension for both browsers
    Build(build::BuildArguments),
    /// Builds everything and shows it at work: in a browser window, or without a display on a
    /// journey through a headless browser
    Run(run::RunArguments),
    /// Runs every test, browsers included, after installing what is missing
    Test(test::TestArguments),
    /// Prints every performance figure beside a baseline of the same run
    #[command(disable_help_flag = true)]
    Bench(programs::Words),
    /// Pictures varied pages beside their saved copies
    #[command(disable_help_flag = true)]
    Copies(programs::Words),
    /// Tries to lose a page: kills, errors and power cuts at every moment, crowds of hosts, hostile
    /// links
    #[command(disable_help_flag = true)]
    Torture(programs::Words),
    /// Shows converted pages in the Markdown renderers of other languages, and judges the results
    Renderers(renderers::RenderersArguments),
    /// Checks formatting, lints and, if cargo-deny is installed, dependencies
    Lint,
    /// Installs what a group of tasks needs besides Rust, which each task also does by itself
    Prerequisites(prerequisites::PrerequisitesArguments),
}

fn main() -> ExitCode {
    let done = |result: Done| result.map(|()| ExitCode::SUCCESS);
    let result = match Arguments::parse().task {
        Task::Build(arguments) => done(build::build(&arguments)),
        Task::Run(arguments) => run::run(&arguments),
        Task::Test(arguments) => done(test::test(&arguments)),
        Task::Bench(words) => programs::bench(&words),
        Task::Copies(words) => programs::copies(&words),
        Task::Torture(words) => programs::torture(&words),
        Task::Renderers(arguments) => done(renderers::renderers(&arguments)),
        Task::Lint => done(lint::lint()),
        Task::Prerequisites(arguments) => done(prerequisites::ensure(arguments.need)),
    };
    result.unwrap_or_else(|error| finish(Err::<(), _>(error)))
}
