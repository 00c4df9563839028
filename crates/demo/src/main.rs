//! Shows Cachette at work. With a display it opens a browser window on the person's own cache;
//! without one, it runs the whole journey in a headless browser. `cargo xtask run` builds host and
//! extension, then starts this with their paths in `CACHETTE_BIN` and `CACHETTE_EXTENSION`.

mod journey;
mod picture;
mod window;

use std::{path::PathBuf, process::ExitCode};

use cachette_browser::home::Browser;
use clap::{Parser, ValueEnum};

/// Shows Cachette at work in a browser.
#[derive(Parser)]
struct Arguments {
    /// Which browser
    #[arg(long, value_enum, default_value_t = Choice::Chromium)]
    browser: Choice,
    /// Runs the headless journey even if there is a display
    #[arg(long)]
    headless: bool,
    /// Also writes a sharp picture of the popup to this file (headless journey in Chromium)
    #[arg(long, value_name = "FILE")]
    screenshot: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Choice {
    Chromium,
    Firefox,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let browser = match arguments.browser {
        Choice::Chromium => Browser::Chromium,
        Choice::Firefox => Browser::Firefox,
    };
    let shown = match (has_display() && !arguments.headless, browser) {
        (true, Browser::Chromium) => window::chromium(),
        (true, Browser::Firefox) => window::firefox(),
        (false, Browser::Chromium) => journey::chromium(arguments.screenshot.as_deref()),
        (false, Browser::Firefox) => journey::firefox(),
    };
    cachette_shell::finish(shown)
}

/// Whether a window can be shown.
fn has_display() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    set("DISPLAY") || set("WAYLAND_DISPLAY")
}
