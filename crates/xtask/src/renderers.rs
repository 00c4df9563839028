//! Runs `cargo xtask renderers`. The Markdown renderers of other languages show converted pages,
//! some with text that looks like markup. It installs them below `target/` after saying so; the
//! test that it starts judges their output.

use std::{fs, path::Path, path::PathBuf, process::Command};

use cachette_shell::{Done, at, cargo, root, run, say, target};
use clap::Args;

use crate::prerequisites::{self, Need};

/// The pages, and the renderers that show them.
#[derive(Args)]
pub struct RenderersArguments {
    /// Shows this many random pages
    #[arg(long, default_value_t = 2_000)]
    documents: u64,
    /// Draws the pages from this seed; the same seed draws the same pages
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Puts each line of this file into every place of a page [default: xss/payloads.txt in
    /// $CACHETTE_MEASURE]
    #[arg(long, value_name = "FILE")]
    payloads: Option<PathBuf>,
    /// Runs only this renderer
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
}

/// Installs the renderers and runs them.
///
/// # Errors
/// A renderer shows something that a page does not contain, or cannot be installed.
pub fn renderers(arguments: &RenderersArguments) -> Done {
    prerequisites::ensure(Need::Renderers)?;
    let folder = install()?;
    let mut command = cargo();
    command
        .args(["test", "--package", "cachette-page", "--test", "renderers", "--", "--nocapture"])
        .env("CACHETTE_RENDERERS", &folder)
        .env("CACHETTE_DOCUMENTS", arguments.documents.to_string())
        .env("CACHETTE_SEED", arguments.seed.to_string());
    if let Some(only) = &arguments.only {
        command.env("CACHETTE_RENDERER", only);
    }
    let measured = || Some(Path::new(&std::env::var_os("CACHETTE_MEASURE")?).join("xss/payloads.txt"));
    let payloads = arguments.payloads.clone().or_else(|| measured().filter(|file| file.is_file()));
    if let Some(payloads) = payloads {
        command.env("CACHETTE_PAYLOADS", std::path::absolute(&payloads).map_err(at(&payloads))?);
    }
    say("Showing pages to each renderer.");
    run(&mut command)
}

/// Puts the scripts and their dependencies into a separate folder. Versions are pinned next to the
/// scripts.
fn install() -> Done<PathBuf> {
    let (source, folder) = (root().join("tests/renderers"), target().join("renderers"));
    fs::create_dir_all(&folder).map_err(at(&folder))?;
    let pinned = |name: &str| fs::read(source.join(name)).ok() != fs::read(folder.join(name)).ok();
    let (node, python) = (pinned("package-lock.json"), pinned("requirements.txt"));
    for entry in fs::read_dir(&source).map_err(at(&source))? {
        let file = entry.map_err(at(&source))?.path();
        if let Some(name) = file.file_name().filter(|name| *name != "package-lock.json" && *name != "requirements.txt")
        {
            fs::copy(&file, folder.join(name)).map_err(at(&file))?;
        }
    }
    // A file that marks a step as done is copied once the step is done.
    let done = |name: &str| fs::copy(source.join(name), folder.join(name)).map_err(at(&folder));
    if node || !folder.join("node_modules").is_dir() {
        say("Installing the renderers from npm.");
        done("package-lock.json")?;
        let install = ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"];
        run(Command::new("npm").args(install).current_dir(&folder))
            .inspect_err(|_| drop(fs::remove_file(folder.join("package-lock.json"))))?;
    }
    if python || !folder.join("venv").is_dir() {
        say("Installing the renderers from PyPI.");
        run(Command::new("python3").args(["-m", "venv", "venv"]).current_dir(&folder))?;
        let pip = ["-m", "pip", "install", "--quiet", "--requirement"];
        run(Command::new(folder.join("venv/bin/python")).args(pip).arg(source.join("requirements.txt")))?;
        done("requirements.txt")?;
    }
    Ok(folder)
}
