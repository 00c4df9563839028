//! Runs `cargo xtask test`: every test and check on this machine, browsers included.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use cachette_shell::{Done, TaskError, at, build_host, cargo, has, run, say};
use clap::Args;
use serde_json::Value;

use crate::{
    build, lint,
    prerequisites::{self, Need},
};

/// The tests to run, and whether to check formatting and lints too.
#[derive(Args)]
pub struct TestArguments {
    /// Leaves out formatting and lints
    #[arg(long)]
    no_lint: bool,
    /// Runs only these: part of a test's name, or `--package …`, `--test …`, as `cargo test` takes
    /// them
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    filter: Vec<String>,
}

/// The package whose tests start the host and browsers.
const JOURNEYS: &str = "cachette-tests";

/// Returns the packages that the words for cargo name.
fn packages(words: &[String]) -> Vec<&str> {
    let named = words.iter().zip(words.iter().skip(1)).filter(|(option, _)| *option == "--package" || *option == "-p");
    let joined = words.iter().filter_map(|word| word.strip_prefix("--package="));
    named.map(|(_, name)| name.as_str()).chain(joined).collect()
}

/// Installs what is missing, builds, checks and tests.
///
/// # Errors
/// The first step that fails.
pub fn test(arguments: &TestArguments) -> Done {
    prerequisites::ensure(Need::Tests)?;
    let mut tests = cargo();
    tests.arg("test");
    let packages = packages(&arguments.filter);
    if packages.is_empty() || packages.contains(&JOURNEYS) {
        say("Building the extension.");
        tests.env("CACHETTE_EXTENSION", build::extension()?);
    }
    if !arguments.no_lint && arguments.filter.is_empty() {
        say("Checking formatting and lints.");
        lint::lint()?;
    }
    if arguments.filter.is_empty() {
        leaves_build_for_wasm()?;
    }
    // The journeys start the host, which is built before any test runs.
    if packages.is_empty() {
        say("Building the tests.");
        run(cargo().args(["test", "--workspace", "--no-run"]))?;
        tests.arg("--workspace");
    } else if packages.contains(&JOURNEYS) {
        build_host(false)?;
    }
    say("Running the tests.");
    run(tests.args(&arguments.filter))?;
    if arguments.filter.is_empty() { registration_under_valgrind() } else { Ok(()) }
}

/// Runs the tests of the one file with `unsafe` under valgrind. It checks each byte that the file
/// reads and writes. Miri cannot run SQLite, and a sanitizer needs an unstable compiler option;
/// valgrind runs the tests unchanged, in seconds.
fn registration_under_valgrind() -> Done {
    if !has("valgrind") {
        say("The registration of the tokenizer was not checked with valgrind, which is not installed.");
        return Ok(());
    }
    say("Running the registration of the tokenizer under valgrind.");
    let tests = library_tests("cachette_index")?;
    let mut command = Command::new("valgrind");
    run(command.args(["--quiet", "--error-exitcode=9"]).arg(tests).args(["registration", "--quiet"]))
}

/// Returns the program with a library's own tests, as the workspace's build has made it. Asking for
/// the package alone would compile its dependencies again, with fewer features.
fn library_tests(library: &str) -> Done<PathBuf> {
    let mut command = cargo();
    let output = command.args(["test", "--workspace", "--no-run", "--quiet", "--message-format", "json"]).output();
    let output = output.map_err(at(Path::new("cargo")))?;
    let messages = output.stdout.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok());
    let mut found = messages.filter_map(|message: Value| {
        let is_it = message.pointer("/target/name")? == library && message.pointer("/profile/test")? == true;
        is_it.then(|| message.get("executable")?.as_str().map(PathBuf::from))?
    });
    found.next_back().ok_or_else(|| TaskError::Other(format!("cargo names no program with the tests of {library}.")))
}

/// Builds the page pipeline and the crates that the extension uses, for WebAssembly. They must
/// remain free of files, clock and network.
fn leaves_build_for_wasm() -> Done {
    const LEAVES: [&str; 6] = [
        "cachette-address",
        "cachette-protocol",
        "cachette-dom",
        "cachette-extract",
        "cachette-markdown",
        "cachette-page",
    ];
    run(cargo()
        .args(["check", "--quiet", "--target", prerequisites::WASM])
        .args(LEAVES.iter().flat_map(|leaf| ["--package", leaf])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packages_are_those_that_cargo_would_take() {
        let words = ["--package", "cachette-page", "-p", "cachette-dom", "--package=cachette-tests", "a name"];
        let words: Vec<String> = words.map(str::to_owned).into();
        assert_eq!(packages(&words), ["cachette-page", "cachette-dom", JOURNEYS]);
        assert!(packages(&["a name".to_owned()]).is_empty());
    }
}
