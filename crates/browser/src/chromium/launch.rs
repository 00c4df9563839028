//! Starts Chromium with an extension: driven over DevTools, or in a window for a person.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{
    DriverError, Result,
    process::{Group, command, find, is_root},
    wait::until,
};

const PROGRAMS: [&str; 1] = ["chromium"];
const INSTALL: &str = "`cargo xtask test` installs it; by hand: apt-get install chromium";

/// The options for starting a browser.
#[derive(Debug)]
pub struct Launch<'a> {
    /// The profile's folder, created if necessary. Host manifests go below it, in
    /// `NativeMessagingHosts/`.
    pub profile: &'a Path,
    /// `HOME` and the root of the XDG folders for the browser and everything that it starts.
    pub home: &'a Path,
    /// The unpacked extension.
    pub extension: &'a Path,
    /// The X display for a browser with windows; headless without.
    pub display: Option<&'a str>,
    /// Whether its first window is a private one.
    pub private: bool,
    /// Further environment variables, such as `CACHETTE_HOME`.
    pub env: &'a [(&'a str, &'a Path)],
}

/// Starts the browser for a driver; returns it with the port and path of its DevTools.
///
/// # Errors
/// [`DriverError::Missing`] without Chromium; [`DriverError::Timeout`] if it does not come up.
pub(super) fn driven(launch: &Launch<'_>, switches: &[&str]) -> Result<(Group, u16, String)> {
    let mut chromium = command(program()?);
    let temporary = launch.home.join("tmp");
    for folder in [launch.profile, &temporary] {
        fs::create_dir_all(folder).map_err(DriverError::io("making the browser's folders"))?;
    }
    let port_file = launch.profile.join("DevToolsActivePort");
    let _ = fs::remove_file(&port_file);
    chromium
        .args(always(launch.profile, launch.extension))
        .args([
            "--remote-debugging-port=0",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-quic",
            "--disable-gpu",
            "--disable-breakpad",
            "--disable-default-apps",
            "--password-store=basic",
            "--use-mock-keychain",
            "--mute-audio",
            "--lang=en-US",
            "--window-position=0,0",
            "--window-size=1100,800",
        ])
        .env("HOME", launch.home)
        .env("TMPDIR", &temporary)
        .env("XDG_CONFIG_HOME", launch.home.join(".config"))
        .env("XDG_CACHE_HOME", launch.home.join(".cache"))
        .env("XDG_DATA_HOME", launch.home.join(".local/share"))
        .env("XDG_STATE_HOME", launch.home.join(".local/state"))
        .env("LANGUAGE", "en_US")
        .env_remove("WAYLAND_DISPLAY")
        .envs(launch.env.iter().copied());
    match launch.display {
        Some(display) => chromium.env("DISPLAY", display),
        // The screen is larger than its default, which cuts popups off.
        None => chromium.args(["--headless=new", "--screen-info={1600x1200}"]).env_remove("DISPLAY"),
    };
    if launch.private {
        chromium.arg("--incognito");
    }
    chromium.args(switches).arg("about:blank");
    let mut process = Group::spawn(&mut chromium)?;
    let (port, path) = until("Chromium's DevTools port", || {
        if let Some(status) = process.ended()? {
            return Err(DriverError::Unexpected(format!("Chromium ended at once: {status}")));
        }
        let text = fs::read_to_string(&port_file).unwrap_or_default();
        let mut lines = text.lines();
        Ok(match (lines.next().and_then(|port| port.parse::<u16>().ok()), lines.next()) {
            (Some(port), Some(path)) => Some((port, path.to_owned())),
            _ => None,
        })
    })?;
    Ok((process, port, path))
}

/// Opens a window on a profile, in the person's own environment, and waits until it is closed.
///
/// # Errors
/// [`DriverError::Missing`] without Chromium; [`DriverError::Ended`] when it ends with an error.
pub fn window(profile: &Path, extension: &Path) -> Result<()> {
    let program = program()?;
    let status = Command::new(&program)
        .args(always(profile, extension))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .map_err(DriverError::io("starting Chromium"))?;
    if status.success() {
        return Ok(());
    }
    Err(DriverError::Ended { command: program.display().to_string(), status, stderr: String::new() })
}

fn program() -> Result<PathBuf> {
    find(&PROGRAMS).ok_or(DriverError::Missing { path: "chromium".into(), remedy: INSTALL })
}

/// Returns the switches that every Chromium with the extension gets.
fn always(profile: &Path, extension: &Path) -> Vec<OsString> {
    let mut switches = vec![
        argument("--user-data-dir=", profile),
        argument("--load-extension=", extension),
        "--no-first-run".into(),
        "--no-default-browser-check".into(),
    ];
    // Chromium's sandbox refuses to run as root, which containers and build machines are.
    if is_root() {
        switches.push("--no-sandbox".into());
    }
    switches
}

fn argument(flag: &str, path: &Path) -> OsString {
    let mut argument = OsString::from(flag);
    argument.push(path);
    argument
}
