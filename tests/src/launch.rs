//! Starts a browser with a profile of its own. Here is the part that driven browsers and a person's
//! window have in common. It decides about no network, no display and no lifetime.

use std::{ffi::OsString, fmt::Write, fs, path::Path, process::Command};

use crate::{DriverError, Result, marionette::Marionette, process::is_root, wait::until};

/// The preferences of every Firefox: a free port for its remote commands, and no first-run pages.
pub const FIREFOX_PREFERENCES: &[(&str, &str)] = &[
    ("browser.aboutwelcome.enabled", "false"),
    ("browser.shell.checkDefaultBrowser", "false"),
    ("datareporting.policy.dataSubmissionEnabled", "false"),
    ("marionette.port", "0"),
];

/// Adds to Chromium's command its profile and the unpacked extension.
pub fn chromium(command: &mut Command, profile: &Path, extension: &Path) {
    command.args(["--no-first-run", "--no-default-browser-check"]);
    command.arg(argument("--user-data-dir=", profile)).arg(argument("--load-extension=", extension));
    // Chromium's sandbox refuses to run as root, which containers and build machines are.
    if is_root() {
        command.arg("--no-sandbox");
    }
}

/// Adds to Firefox's command its profile, with these preferences besides [`FIREFOX_PREFERENCES`].
/// Each has a name, and its value as `user.js` writes it.
///
/// # Errors
/// [`DriverError::Io`] where the profile cannot be written.
pub fn firefox(command: &mut Command, profile: &Path, preferences: &[(&str, &str)]) -> Result<()> {
    let mut text = String::new();
    for (name, value) in FIREFOX_PREFERENCES.iter().chain(preferences) {
        let _ = writeln!(text, "user_pref(\"{name}\", {value});");
    }
    fs::write(profile.join("user.js"), text).map_err(DriverError::io("writing Firefox's preferences"))?;
    // One of the profile's last run would name a port that nobody listens on.
    let _ = fs::remove_file(profile.join(PORT_FILE));
    command.args(["--marionette", "--no-remote", "--new-instance", "--profile"]).arg(profile);
    Ok(())
}

/// The file in which Firefox names its port.
const PORT_FILE: &str = "MarionetteActivePort";

/// Waits for the port of a Firefox that was started on `profile`, and connects to it. `is_alive`
/// answers with an error once the browser has ended.
///
/// # Errors
/// [`DriverError::Timeout`] when it does not come up, and the errors of `is_alive`.
pub fn connect_to_firefox(profile: &Path, mut is_alive: impl FnMut() -> Result<()>) -> Result<Marionette> {
    let port_file = profile.join(PORT_FILE);
    let port = until("Firefox's Marionette port", || {
        is_alive()?;
        Ok(fs::read_to_string(&port_file).ok().and_then(|port| port.trim().parse::<u16>().ok()))
    })?;
    Marionette::connect(port)
}

fn argument(flag: &str, path: &Path) -> OsString {
    let mut argument = OsString::from(flag);
    argument.push(path);
    argument
}
