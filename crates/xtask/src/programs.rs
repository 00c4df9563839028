//! Hands a task over to a program of its own, which cargo builds first. Benches, rigs and browser
//! drivers are not part of xtask, so that a newcomer's first command compiles little.

use std::{
    ffi::OsString,
    process::{Command, ExitCode},
};

use cachette_shell::{Done, cargo, hand_over, program, run};
use clap::Args;

use crate::{
    build::{self, BuildArguments},
    prerequisites::{self, Need},
};

/// The words after a task's name, which go to its program as they are.
#[derive(Args)]
pub struct Words {
    /// The task's own options; `--help` lists them
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "OPTIONS")]
    words: Vec<OsString>,
}

impl Words {
    /// Whether they only ask for help, for which nothing has to be installed.
    fn ask_for_help(&self) -> bool {
        self.words.iter().any(|word| word == "--help" || word == "-h")
    }
}

/// Runs the benches.
///
/// # Errors
/// The first step that fails.
pub fn bench(words: &Words) -> Done<ExitCode> {
    start("cachette-bench", "cachette-bench", words)
}

/// Builds host and extension, and pictures pages and their copies.
///
/// # Errors
/// The first step that fails.
pub fn copies(words: &Words) -> Done<ExitCode> {
    if !words.ask_for_help() {
        prerequisites::ensure(Need::Chromium)?;
        build::build(&BuildArguments { release: false })?;
    }
    start("cachette-tests", "copies", words)
}

/// Installs what the rigs need, and runs them.
///
/// # Errors
/// The first step that fails.
pub fn torture(words: &Words) -> Done<ExitCode> {
    if !words.ask_for_help() {
        prerequisites::ensure(Need::Torture)?;
    }
    start("cachette-tests", "torture", words)
}

fn start(package: &str, name: &str, words: &Words) -> Done<ExitCode> {
    run(cargo().args(["build", "--package", package, "--bin", name]))?;
    hand_over(Command::new(program(name, false)).args(&words.words))
}
