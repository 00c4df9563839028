//! Runs `cargo xtask run`: builds everything and demonstrates the main job. With a display it opens
//! a browser window on the user's own cache; without one, it runs the whole journey in a headless
//! browser. `journey` and `window` control the browsers.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::{
    build::{self, BuildArguments},
    journey,
    prerequisites::{self, Need, has_display},
    shell::Done,
    window,
};

/// How to run.
#[derive(Args)]
pub struct RunArguments {
    /// Which browser
    #[arg(long, value_enum, default_value_t = Choice::Chromium)]
    browser: Choice,
    /// The headless journey even where there is a display
    #[arg(long)]
    headless: bool,
    /// Optimises the host for speed
    #[arg(long)]
    release: bool,
    /// Also writes a picture of the popup, sharp, to this file (headless journey in Chromium)
    #[arg(long, value_name = "FILE")]
    screenshot: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Choice {
    Chromium,
    Firefox,
}

/// Runs it.
///
/// # Errors
/// The first step that fails.
pub fn run(arguments: &RunArguments) -> Done {
    prerequisites::ensure(match arguments.browser {
        Choice::Chromium => Need::Chromium,
        Choice::Firefox => Need::Firefox,
    })?;
    let built = build::build(&BuildArguments { release: arguments.release })?;
    match (has_display() && !arguments.headless, arguments.browser) {
        (true, Choice::Chromium) => window::chromium(&built),
        (true, Choice::Firefox) => window::firefox(&built),
        (false, Choice::Chromium) => journey::chromium(&built, arguments.screenshot.as_deref()),
        (false, Choice::Firefox) => journey::firefox(&built),
    }
}
