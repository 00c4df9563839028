//! Starts Firefox with a remote port: driven over Marionette, or in a window for a person.

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
};

use serde_json::json;

use crate::{
    DriverError, Result,
    marionette::Marionette,
    process::{Group, command, find},
    wait::until,
};

const PROGRAMS: [&str; 2] = ["firefox-esr", "firefox"];
const INSTALL: &str = "`cargo xtask test` installs it; by hand: apt-get install firefox-esr";

/// The preferences of every test profile: no network except the test's own, no first-run pages, no
/// telemetry.
const PREFERENCES: &[(&str, &str)] = &[
    ("app.normandy.enabled", "false"),
    ("app.update.disabledForTesting", "true"),
    ("app.update.auto", "false"),
    ("browser.aboutwelcome.enabled", "false"),
    ("browser.contentblocking.introCount", "99"),
    ("browser.newtabpage.enabled", "false"),
    ("browser.safebrowsing.downloads.enabled", "false"),
    ("browser.safebrowsing.malware.enabled", "false"),
    ("browser.safebrowsing.phishing.enabled", "false"),
    ("browser.safebrowsing.provider.mozilla.updateURL", "\"\""),
    ("browser.search.update", "false"),
    ("browser.sessionstore.resume_from_crash", "false"),
    ("browser.shell.checkDefaultBrowser", "false"),
    ("browser.startup.homepage", "\"about:blank\""),
    ("browser.startup.homepage_override.mstone", "\"ignore\""),
    ("browser.startup.page", "0"),
    ("browser.topsites.contile.enabled", "false"),
    ("browser.translations.automaticallyPopup", "false"),
    ("browser.urlbar.suggest.searches", "false"),
    ("browser.warnOnQuit", "false"),
    ("datareporting.policy.dataSubmissionPolicyBypassNotification", "true"),
    ("datareporting.healthreport.uploadEnabled", "false"),
    ("datareporting.policy.dataSubmissionEnabled", "false"),
    ("dom.ipc.reportProcessHangs", "false"),
    ("extensions.getAddons.cache.enabled", "false"),
    ("extensions.systemAddon.update.enabled", "false"),
    ("extensions.update.enabled", "false"),
    ("focusmanager.testmode", "true"),
    ("intl.accept_languages", "\"en-US\""),
    ("marionette.port", "0"),
    ("network.captive-portal-service.enabled", "false"),
    ("network.connectivity-service.enabled", "false"),
    ("network.dns.disablePrefetch", "true"),
    ("network.http.speculative-parallel-limit", "0"),
    ("network.prefetch-next", "false"),
    ("services.settings.server", "\"data:,#remote-settings-dummy/v1\""),
    ("toolkit.telemetry.enabled", "false"),
    ("toolkit.telemetry.server", "\"\""),
    ("toolkit.telemetry.unified", "false"),
    // Panels close when another window takes the focus, which on a shared machine may happen at any
    // time.
    ("ui.popup.disable_autohide", "true"),
    ("ui.prefersReducedMotion", "1"),
];

/// The preferences of a person's window, without first-run pages. A free port serves the one remote
/// command, which loads the extension.
const WINDOW: &[(&str, &str)] = &[
    ("marionette.port", "0"),
    ("browser.aboutwelcome.enabled", "false"),
    ("browser.shell.checkDefaultBrowser", "false"),
    ("datareporting.policy.dataSubmissionEnabled", "false"),
];

/// The options for starting a browser.
#[derive(Debug)]
pub struct Launch<'a> {
    /// The profile's folder, created if necessary.
    pub profile: &'a Path,
    /// `HOME` for the browser and everything that it starts. Host manifests go into its
    /// `.mozilla/native-messaging-hosts/`.
    pub home: &'a Path,
    /// Further preferences: the name, and the value as written in `user.js`.
    pub preferences: &'a [(&'a str, &'a str)],
    /// The X display for a browser with windows; headless without.
    pub display: Option<&'a str>,
    /// Further environment variables, such as `CACHETTE_HOME`.
    pub env: &'a [(&'a str, &'a Path)],
}

/// Starts the browser for a driver; returns it with its Marionette.
///
/// # Errors
/// [`DriverError::Missing`] without Firefox; [`DriverError::Timeout`] if it does not come up.
pub(super) fn driven(launch: &Launch<'_>) -> Result<(Group, Marionette)> {
    let mut firefox = command(program()?);
    let temporary = launch.home.join("tmp");
    fs::create_dir_all(&temporary).map_err(DriverError::io("making the browser's folders"))?;
    prepare(launch.profile, PREFERENCES.iter().chain(launch.preferences))?;
    firefox
        .args(always(launch.profile))
        .arg("--remote-allow-system-access")
        .env("HOME", launch.home)
        .env("TMPDIR", &temporary)
        .env("XDG_CONFIG_HOME", launch.home.join(".config"))
        .env("XDG_CACHE_HOME", launch.home.join(".cache"))
        .env("XDG_DATA_HOME", launch.home.join(".local/share"))
        .env("XDG_STATE_HOME", launch.home.join(".local/state"))
        .env("MOZ_CRASHREPORTER_DISABLE", "1")
        .env_remove("WAYLAND_DISPLAY")
        .envs(launch.env.iter().copied());
    match launch.display {
        Some(display) => firefox.env("DISPLAY", display),
        None => firefox.arg("--headless").env_remove("DISPLAY"),
    };
    let mut process = Group::spawn(&mut firefox)?;
    let marionette = connect(launch.profile, || process.ended())?;
    Ok((process, marionette))
}

/// Opens a window on a profile, in the person's own environment, and loads the extension into it.
/// Returns the running browser; the extension stays until that ends.
///
/// # Errors
/// [`DriverError::Missing`] without Firefox; [`DriverError::Timeout`] when it does not come up;
/// [`DriverError::Refused`] when it does not take the extension.
pub fn window(profile: &Path, extension: &Path) -> Result<std::process::Child> {
    let mut firefox = Command::new(program()?);
    prepare(profile, WINDOW)?;
    firefox.args(always(profile)).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut window = firefox.spawn().map_err(DriverError::io("starting Firefox"))?;
    let ended = || window.try_wait().map_err(DriverError::io("asking whether Firefox has ended"));
    let mut marionette = connect(profile, ended)?;
    marionette.call("WebDriver:NewSession", json!({}))?;
    add(&mut marionette, extension)?;
    marionette.call("WebDriver:DeleteSession", json!({}))?;
    Ok(window)
}

/// Adds an unpacked extension until the browser ends, which is how Firefox takes extensions from
/// outside the store.
///
/// # Errors
/// [`DriverError::Refused`] if the manifest is wrong.
pub(super) fn add(marionette: &mut Marionette, extension: &Path) -> Result<()> {
    let add_on = json!({"path": extension.to_string_lossy(), "temporary": true});
    marionette.call("Addon:Install", add_on).map(drop)
}

fn program() -> Result<PathBuf> {
    find(&PROGRAMS).ok_or(DriverError::Missing { path: "firefox-esr".into(), remedy: INSTALL })
}

/// Returns the arguments that every Firefox with a remote port gets.
fn always(profile: &Path) -> [&std::ffi::OsStr; 5] {
    let [marionette, remote, instance, flag] = ["--marionette", "--no-remote", "--new-instance", "--profile"];
    [marionette.as_ref(), remote.as_ref(), instance.as_ref(), flag.as_ref(), profile.as_os_str()]
}

/// Makes the profile, writes its preferences and removes the last run's port.
fn prepare<'a>(profile: &Path, preferences: impl IntoIterator<Item = &'a (&'a str, &'a str)>) -> Result<()> {
    fs::create_dir_all(profile).map_err(DriverError::io("making the browser's folders"))?;
    let mut lines = String::new();
    for (name, value) in preferences {
        // Writing into a String cannot fail.
        let _ = writeln!(lines, "user_pref(\"{name}\", {value});");
    }
    fs::write(profile.join("user.js"), lines).map_err(DriverError::io("writing Firefox's preferences"))?;
    let _ = fs::remove_file(port_file(profile));
    Ok(())
}

fn port_file(profile: &Path) -> PathBuf {
    profile.join("MarionetteActivePort")
}

/// Waits for the port that the browser writes into its profile, and connects to it.
fn connect(profile: &Path, mut ended: impl FnMut() -> Result<Option<ExitStatus>>) -> Result<Marionette> {
    let port = until("Firefox's Marionette port", || {
        if let Some(status) = ended()? {
            return Err(DriverError::Unexpected(format!("Firefox ended at once: {status}")));
        }
        Ok(fs::read_to_string(port_file(profile)).ok().and_then(|port| port.trim().parse::<u16>().ok()))
    })?;
    Marionette::connect(port)
}
