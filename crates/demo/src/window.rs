//! Opens a browser window ready to use, on the person's own cache. Its own profile holds the
//! extension and the host.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use cachette_browser::{
    DriverError, Result, chromium, firefox,
    home::{Browser, FIREFOX_MANIFESTS, binary, extension, target},
};
use cachette_shell::say;

/// Opens Chromium and waits until it is closed.
///
/// # Errors
/// The host cannot be installed or the browser does not start.
pub fn chromium() -> Result<()> {
    let profile = profile(Browser::Chromium)?;
    install(Browser::Chromium, &chromium::host_manifests(&profile))?;
    say("Chromium opens. Click the puzzle piece, pin Cachette, then click its button on any page.\n\
         Close the window when you are done.");
    chromium::window(&profile, &extension(Browser::Chromium)?)
}

/// Opens Firefox and waits until it is closed. Extensions from outside the store last until Firefox
/// ends, so each run loads ours again. Firefox searches for hosts below HOME, so the host is
/// installed for the user.
///
/// # Errors
/// The host cannot be installed or the browser does not start.
pub fn firefox() -> Result<()> {
    let profile = profile(Browser::Firefox)?;
    let user = std::env::var_os("HOME")
        .map(PathBuf::from)
        .ok_or_else(|| DriverError::Unexpected("HOME is not set: set it to your home folder.".to_owned()))?;
    install(Browser::Firefox, &user.join(FIREFOX_MANIFESTS))?;
    let mut window = firefox::window(&profile, &extension(Browser::Firefox)?)?;
    say("Firefox is open. Click the puzzle piece, then Cachette, on any page.\n\
         Close the window when you are done.");
    window.wait().map(drop).map_err(DriverError::io("waiting for Firefox"))
}

/// Writes the host's manifest into a folder, with the built binary's own `install`.
fn install(browser: Browser, into: &Path) -> Result<()> {
    let mut command = Command::new(binary()?);
    command.args(["install", "--browser", browser.name(), "--into"]).arg(into).stdout(Stdio::null());
    let status = command.status().map_err(DriverError::io("starting cachette"))?;
    if status.success() {
        return Ok(());
    }
    Err(DriverError::Ended { command: "cachette install".to_owned(), status, stderr: String::new() })
}

/// Returns a profile that stays from run to run.
fn profile(browser: Browser) -> Result<PathBuf> {
    let profile = target().join("run").join(browser.name());
    fs::create_dir_all(&profile).map_err(DriverError::io(profile.display().to_string()))?;
    Ok(profile)
}
