//! Makes a home for one test or one run, and finds the built files. The home includes HOME, the
//! cache and the profiles. It is not the product's `Home`; this one is thrown away.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

use crate::{DriverError, Result};

/// The extension's id in Chromium, fixed by its manifest's key.
pub const CHROMIUM_ID: &str = "hbmmlfbaijcnagcogcjeajeblanggndl";

/// The extension's id in Firefox.
pub const FIREFOX_ID: &str = "cachette@cachette.org";

/// The folder of Firefox's host manifests, below HOME.
pub const FIREFOX_MANIFESTS: &str = ".mozilla/native-messaging-hosts";

const BUILD: &str = "`cargo xtask build` makes it";

/// The two kinds of browser that an extension is built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Browser {
    /// Chromium and related browsers.
    Chromium,
    /// Firefox and related browsers.
    Firefox,
}

impl Browser {
    /// Returns its name on the command line and below `target/extension/`.
    pub fn name(self) -> &'static str {
        match self {
            Browser::Chromium => "chromium",
            Browser::Firefox => "firefox",
        }
    }
}

/// Returns the repository's folder.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap_or_else(|_| ".".into())
}

/// Returns the build's folder: `CARGO_TARGET_DIR`, otherwise `target/` of the repository.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => repository().join(dir),
        None => repository().join("target"),
    }
}

/// Returns the built `cachette`: `CACHETTE_BIN`, otherwise the debug build's.
///
/// # Errors
/// [`DriverError::Missing`] with the command that makes it.
pub fn binary() -> Result<PathBuf> {
    let path = match std::env::var_os("CACHETTE_BIN") {
        Some(path) => PathBuf::from(path),
        None => target().join("debug").join(format!("cachette{}", std::env::consts::EXE_SUFFIX)),
    };
    present(path)
}

/// The extension's WebAssembly modules, each with its greatest size in bytes before compression.
pub const MODULES: [(&str, u64); 3] = [("background", 230 * 1024), ("popup", 300 * 1024), ("screens", 450 * 1024)];

/// Returns the built, unpacked extension: below `CACHETTE_EXTENSION`, otherwise below
/// `target/extension/`.
///
/// # Errors
/// As [`binary`].
pub fn extension(browser: Browser) -> Result<PathBuf> {
    let root = std::env::var_os("CACHETTE_EXTENSION").map_or_else(|| target().join("extension"), PathBuf::from);
    let folder = root.join(browser.name());
    present(folder.join("manifest.json"))?;
    Ok(folder)
}

fn present(path: PathBuf) -> Result<PathBuf> {
    if path.exists() { Ok(path) } else { Err(DriverError::Missing { path, remedy: BUILD }) }
}

/// A folder with a HOME, a cache and room for profiles, removed when dropped.
#[derive(Debug)]
pub struct Home {
    dir: TempDir,
}

impl Home {
    /// Makes a home.
    ///
    /// # Errors
    /// [`DriverError::Io`].
    pub fn new() -> Result<Home> {
        let dir = tempfile::Builder::new()
            .prefix("cachette-")
            .tempdir()
            .map_err(DriverError::io("making a folder for a test"))?;
        let home = Home { dir };
        for folder in [home.user(), home.profile()] {
            fs::create_dir_all(&folder).map_err(DriverError::io("making a folder for a test"))?;
        }
        Ok(home)
    }

    /// Returns the folder itself.
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// Returns the folder that the browser and the binary use as the user's HOME.
    pub fn user(&self) -> PathBuf {
        self.dir().join("user")
    }

    /// Returns the cache's home, which is not created here.
    pub fn cache(&self) -> PathBuf {
        self.dir().join("cache")
    }

    /// Returns the browser's profile.
    pub fn profile(&self) -> PathBuf {
        self.dir().join("profile")
    }

    /// Returns a command for the real binary with this home's environment. Nothing in the caller's
    /// environment can lead it elsewhere.
    ///
    /// # Errors
    /// As [`binary`].
    pub fn cachette(&self, arguments: &[&str]) -> Result<Command> {
        let mut command = Command::new(binary()?);
        command.args(arguments).current_dir(self.dir()).env("CACHETTE_HOME", self.cache()).env("HOME", self.user());
        for name in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"] {
            command.env_remove(name);
        }
        Ok(command)
    }

    /// Runs the real binary to its end and returns its stdout.
    ///
    /// # Errors
    /// [`DriverError::Ended`] with its stderr when it does not exit with 0.
    pub fn run(&self, arguments: &[&str]) -> Result<String> {
        let output = self.output(arguments)?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        Err(DriverError::Ended {
            command: format!("cachette {}", arguments.join(" ")),
            status: output.status,
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }

    /// Runs the real binary to its end, whatever its status.
    ///
    /// # Errors
    /// As [`binary`]; [`DriverError::Io`] if it does not start.
    pub fn output(&self, arguments: &[&str]) -> Result<Output> {
        self.cachette(arguments)?.output().map_err(DriverError::io("starting cachette"))
    }

    /// Writes the host's manifest with the real `cachette install`, to where this home's browser
    /// expects it.
    ///
    /// # Errors
    /// As [`Home::run`].
    pub fn install(&self, browser: Browser) -> Result<()> {
        let into = match browser {
            Browser::Chromium => crate::chromium::host_manifests(&self.profile()),
            Browser::Firefox => self.user().join(FIREFOX_MANIFESTS),
        };
        let into = into.to_string_lossy().into_owned();
        self.run(&["install", "--browser", browser.name(), "--into", &into]).map(drop)
    }

    /// Returns the `index.md` of every saved page, sorted by path.
    ///
    /// # Errors
    /// [`DriverError::Io`].
    pub fn pages(&self) -> Result<Vec<PathBuf>> {
        let pages = self.cache().join("pages");
        let mut found: Vec<_> = files_below(&pages)?
            .into_iter()
            .filter(|path| {
                path.file_name().is_some_and(|name| name == "index.md")
                    && path.parent().and_then(Path::parent) == Some(pages.as_path())
            })
            .collect();
        found.sort();
        Ok(found)
    }

    /// Returns every file of the cache home, with the index, the log and the trash.
    ///
    /// # Errors
    /// [`DriverError::Io`].
    pub fn files(&self) -> Result<Vec<PathBuf>> {
        files_below(&self.cache())
    }
}

/// Returns all files below a folder; none if it does not exist.
fn files_below(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![dir.to_path_buf()];
    while let Some(folder) = folders.pop() {
        // Another process may have removed the folder meanwhile.
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                Ok(_) => files.push(entry.path()),
                Err(_) => {}
            }
        }
    }
    Ok(files)
}
