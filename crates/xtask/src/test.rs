//! Runs `cargo xtask test`: every test and check on this machine, browsers included.

use clap::Args;

use crate::{
    build, lint,
    prerequisites::{self, Need},
    shell::{Done, cargo, has, run, say},
};

/// Which tests.
#[derive(Args)]
pub struct TestArguments {
    /// Leaves out formatting and lints
    #[arg(long)]
    no_lint: bool,
    /// Words for cargo test: a test's name, or `--package …`, `--test …`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    filter: Vec<String>,
}

/// Installs what is missing, builds, checks and tests.
///
/// # Errors
/// The first step that fails.
pub fn test(arguments: &TestArguments) -> Done {
    prerequisites::ensure(Need::Tests)?;
    say("Building the extension.");
    let extension = build::extension()?;
    if !arguments.no_lint && arguments.filter.is_empty() {
        say("Checking formatting and lints.");
        lint::lint()?;
    }
    leaves_build_for_wasm()?;
    // All tests are built first, because the journeys start the binary that this builds.
    say("Building the tests.");
    run(cargo().args(["test", "--workspace", "--no-run"]))?;
    say("Running the tests.");
    let mut command = cargo();
    command.arg("test").env("CACHETTE_EXTENSION", extension);
    if !arguments.filter.iter().any(|word| word == "--package" || word == "-p") {
        command.arg("--workspace");
    }
    run(command.args(&arguments.filter))?;
    if arguments.filter.is_empty() { registration_under_valgrind() } else { Ok(()) }
}

/// Runs the tests of the one file with `unsafe` under valgrind. That checks each byte that it reads
/// and writes. Miri cannot run SQLite, and a sanitizer takes a compiler's unstable option; valgrind
/// takes the tests as they are, in seconds.
fn registration_under_valgrind() -> Done {
    if !has("valgrind") {
        say("Not run under valgrind, which is not installed: the registration of the tokenizer.");
        return Ok(());
    }
    say("Running the registration of the tokenizer under valgrind.");
    let runner = r#"target."cfg(unix)".runner = ["valgrind", "--quiet", "--error-exitcode=9"]"#;
    run(cargo().args(["--config", runner, "test", "--quiet", "--package", "cachette-index", "--lib", "registration"]))
}

/// Builds the page pipeline and the leaves that the extension uses. They must stay free of files,
/// clock and network.
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
        .args(["check", "--quiet", "--target", "wasm32-unknown-unknown", "--target-dir"])
        .arg(build::target().join("wasm"))
        .args(LEAVES.iter().flat_map(|leaf| ["--package", leaf])))
}
