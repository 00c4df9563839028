//! Runs `cargo xtask`: build, run, test, bench and lint for the whole project, with the README's
//! two commands. Users do not install it.

mod bench;
mod build;
mod copies;
mod icons;
mod journey;
mod lint;
mod manifest;
mod prerequisites;
mod renderers;
mod run;
mod shell;
mod test;
mod torture;
mod window;

use std::process::ExitCode;

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
    /// Builds all and brings it up: a browser window, or without a display the whole journey in a
    /// headless browser
    Run(run::RunArguments),
    /// Runs every test, browsers included, after installing what is missing
    Test(test::TestArguments),
    /// Prints every performance figure beside a baseline of the same run
    Bench(bench::BenchArguments),
    /// Pictures varied pages beside their saved copies
    Copies(copies::CopiesArguments),
    /// Tries to lose a page: kills, errors and power cuts at every moment, crowds of hosts, hostile
    /// links
    Torture(torture::TortureArguments),
    /// Shows converted pages to the Markdown renderers of other languages, and judges what they
    /// make of them
    Renderers(renderers::RenderersArguments),
    /// Checks formatting, lints and, where cargo-deny is there, dependencies
    Lint,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Build(arguments) => build::build(&arguments).map(|_| ()),
        Task::Run(arguments) => run::run(&arguments),
        Task::Test(arguments) => test::test(&arguments),
        Task::Bench(arguments) => bench::bench(&arguments),
        Task::Copies(arguments) => copies::copies(&arguments),
        Task::Torture(arguments) => torture::torture(&arguments),
        Task::Renderers(arguments) => renderers::renderers(&arguments),
        Task::Lint => lint::lint(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            shell::say(&format!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}
