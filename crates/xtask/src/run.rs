//! Runs `cargo xtask run`: builds everything, then starts the demonstration (`crates/demo`) with
//! it. That one opens a browser window, or drives a headless browser.

use std::{
    path::PathBuf,
    process::{Command, ExitCode},
};

use cachette_shell::{Done, build_host, cargo, hand_over, program, run as start, say};
use clap::{Args, ValueEnum};

use crate::{
    build,
    prerequisites::{self, Need},
};

/// The options of the demonstration.
#[derive(Args)]
pub struct RunArguments {
    /// Shows it in this browser
    #[arg(long, value_enum, default_value_t = Choice::Chromium)]
    browser: Choice,
    /// Runs the headless journey even if there is a display
    #[arg(long)]
    headless: bool,
    /// Optimises the host for speed
    #[arg(long)]
    release: bool,
    /// Also writes a sharp picture of the popup to this file (headless journey in Chromium)
    #[arg(long, value_name = "FILE")]
    screenshot: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Choice {
    Chromium,
    Firefox,
}

/// Builds everything and shows it at work.
///
/// # Errors
/// The first step that fails.
pub fn run(arguments: &RunArguments) -> Done<ExitCode> {
    let (browser, need) = match arguments.browser {
        Choice::Chromium => ("chromium", Need::Chromium),
        Choice::Firefox => ("firefox", Need::Firefox),
    };
    prerequisites::ensure(need)?;
    say("Building the extension (1 of 3).");
    let extension = build::extension()?;
    say("Building the host (2 of 3).");
    // Built apart, the host keeps the features that `cargo xtask build` gives it, and is not
    // compiled again there.
    let host = build_host(arguments.release)?;
    start(cargo().args(["build", "--package", "cachette-demo"]))?;
    say("Starting the browser (3 of 3).");
    let mut demo = Command::new(program("cachette-demo", false));
    demo.args(["--browser", browser]).env("CACHETTE_BIN", host).env("CACHETTE_EXTENSION", extension);
    if arguments.headless {
        demo.arg("--headless");
    }
    if let Some(file) = &arguments.screenshot {
        demo.arg("--screenshot").arg(file);
    }
    hand_over(&mut demo)
}
