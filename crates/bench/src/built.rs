//! Builds host and extension for the groups that measure them, through `cargo xtask`.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use cachette_browser::home::Browser;
use cachette_shell::{Done, cargo, program, run, target};

/// The paths of everything that was built.
pub struct Built {
    /// The `cachette` binary.
    pub host: PathBuf,
    /// The folder with `chromium/` and `firefox/`, unpacked and loadable.
    pub extension: PathBuf,
}

impl Built {
    /// Installs missing browsers and builds all for release.
    ///
    /// # Errors
    /// The first step that fails.
    pub fn build() -> Done<Built> {
        run(cargo().args(["xtask", "prerequisites", "tests"]))?;
        run(cargo().args(["xtask", "build", "--release"]))?;
        Ok(Built { host: program("cachette", true), extension: target().join("extension") })
    }

    /// Writes the host's manifest for one browser into a folder, by the built binary's own
    /// `install`.
    ///
    /// # Errors
    /// The binary refuses.
    pub fn install(&self, browser: Browser, into: &Path) -> Done {
        let mut command = Command::new(&self.host);
        run(command.args(["install", "--browser", browser.name(), "--into"]).arg(into).stdout(Stdio::null()))
    }
}
