//! Opens a browser window ready to use, on the user's own cache. Its own profile holds the
//! extension and the host.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use cachette_tests::{chromium::host_manifests, marionette::Marionette, wait::until};
use serde_json::json;

use crate::{
    build::{self, Built},
    journey::{FIREFOX_MANIFESTS, driver},
    manifest::Browser,
    prerequisites::is_root,
    shell::{Done, TaskError, at, has, run, say},
};

/// Opens Chromium and waits until it is closed.
///
/// # Errors
/// Where the host cannot be installed or the browser does not start.
pub fn chromium(built: &Built) -> Done {
    let profile = profile(Browser::Chromium)?;
    built.install(Browser::Chromium, &host_manifests(&profile))?;
    let mut flags = vec![
        format!("--user-data-dir={}", profile.display()),
        format!("--load-extension={}", built.extension.join("chromium").display()),
        "--no-first-run".to_owned(),
        "--no-default-browser-check".to_owned(),
    ];
    // Chromium's sandbox refuses to run as root.
    if is_root() {
        flags.push("--no-sandbox".to_owned());
    }
    say(
        "Chromium opens. Click the puzzle piece, pin Cachette, then click its button on any page. Close the window to \
         end.",
    );
    run(Command::new("chromium").args(flags).stdout(Stdio::null()).stderr(Stdio::null()))
}

/// Opens Firefox and waits until it is closed. Its extensions from outside the store last until it
/// ends, so each run loads ours anew. Firefox searches for hosts below HOME, so the host is
/// installed for the user.
///
/// # Errors
/// If the host cannot be installed or the browser does not start.
pub fn firefox(built: &Built) -> Done {
    let profile = profile(Browser::Firefox)?;
    let user = std::env::var_os("HOME")
        .map(PathBuf::from)
        .ok_or_else(|| TaskError::Other("HOME is not set: set it to your home folder.".to_owned()))?;
    built.install(Browser::Firefox, &user.join(FIREFOX_MANIFESTS))?;
    let preferences = profile.join("user.js");
    fs::write(&preferences, PREFERENCES).map_err(at(&preferences))?;
    let port_file = profile.join("MarionetteActivePort");
    if port_file.exists() {
        fs::remove_file(&port_file).map_err(at(&port_file))?;
    }
    let program = if has("firefox-esr") { "firefox-esr" } else { "firefox" };
    let mut window = Command::new(program)
        .args(["--marionette", "--no-remote", "--new-instance", "--profile"])
        .arg(&profile)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(at(Path::new(program)))?;
    let port = until("Firefox's window", || {
        Ok(fs::read_to_string(&port_file).ok().and_then(|port| port.trim().parse::<u16>().ok()))
    })
    .map_err(driver)?;
    let mut remote = Marionette::connect(port).map_err(driver)?;
    remote.call("WebDriver:NewSession", json!({})).map_err(driver)?;
    let add_on = json!({ "path": built.extension.join("firefox"), "temporary": true });
    remote.call("Addon:Install", add_on).map_err(driver)?;
    remote.call("WebDriver:DeleteSession", json!({})).map_err(driver)?;
    say("Firefox is open. Click the puzzle piece, then Cachette, on any page. Close the window to end.");
    window.wait().map_err(at(Path::new(program)))?;
    Ok(())
}

/// The preferences free a port for the one remote command that loads the extension, and suppress
/// first-run pages.
const PREFERENCES: &str = "user_pref(\"marionette.port\", 0);\n\
    user_pref(\"browser.aboutwelcome.enabled\", false);\n\
    user_pref(\"browser.shell.checkDefaultBrowser\", false);\n\
    user_pref(\"datareporting.policy.dataSubmissionEnabled\", false);\n";

/// Returns a profile that stays from run to run.
fn profile(browser: Browser) -> Done<PathBuf> {
    let profile = build::target().join("run").join(browser.name());
    fs::create_dir_all(&profile).map_err(at(&profile))?;
    Ok(profile)
}
