//! Checks formatting, clippy and dependency rules.

use std::process::Command;

use cachette_shell::{Done, cargo, has, root, run, say};

use crate::prerequisites;

/// Checks formatting and lints, and dependencies if cargo-deny is installed.
///
/// # Errors
/// The first check that fails.
pub fn lint() -> Done {
    components();
    run(cargo().args(["fmt", "--all", "--check"]))?;
    // A macro declares the modules of these files, and `cargo fmt` does not look into it.
    let sources = ["crates/protocol/src/requests", "native-host/src/host/requests", "crates/extract/src/site/software"];
    let entries = sources.iter().flat_map(|folder| std::fs::read_dir(root().join(folder))).flatten().flatten();
    let files = entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    run(Command::new("rustfmt").args(["--check", "--edition", "2024"]).args(files))?;
    // This program is outside the workspace, which keeps its dependencies out of the product's.
    run(cargo().args(["fmt", "--check", "--manifest-path", "tests/peers/Cargo.toml"]))?;
    prerequisites::wasm_target()?;
    run(cargo().args(["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"]))?;
    if has("cargo-deny") {
        run(cargo().args(["deny", "check", "licenses", "bans", "sources"]))?;
    } else {
        say("Licences and sources were not checked, because cargo-deny is not installed (`cargo install cargo-deny`).");
    }
    Ok(())
}

/// Installs the formatter and the linter, which a minimal toolchain lacks.
fn components() {
    if !has("rustup") {
        return;
    }
    let works = |tool: &str| cargo().args([tool, "--version"]).output().is_ok_and(|output| output.status.success());
    for (tool, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if !works(tool) {
            say(&format!("Installing {component} through rustup."));
            // If this fails, the check itself names the missing component.
            let _ = run(Command::new("rustup").args(["component", "add", component]).current_dir(root()));
        }
    }
}
