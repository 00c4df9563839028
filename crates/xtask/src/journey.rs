//! Runs the whole journey in a headless browser. A sample page on loopback is saved by the real
//! toolbar action; then the filed Markdown is shown, and the real popup's answer to one of its
//! words.

use std::{fs, path::Path};

use cachette_tests::{
    DriverError,
    chromium::{Chromium, Launch, host_manifests},
    firefox::{self, Firefox},
    home::{CHROMIUM_ID, FIREFOX_ID, Home},
    picture,
    site::Site,
    site_pages::ARTICLE_WORD,
    wait::until,
};
use serde_json::Value;

use crate::{
    build::{self, Built},
    manifest::Browser,
    shell::{Done, TaskError, at, print, say},
};

/// How many lines of the filed Markdown are printed.
const LINES: usize = 24;

/// Returns the popup's text: the status line, then one line for each result.
const SHOWN: &str = "[document.querySelector('[role=status]')?.innerText, \
    ...[...document.querySelectorAll('[role=option]')].map(option => option.innerText.replace(/\\s*\\n\\s*/g, ' · '))]\
    .filter(Boolean)";

/// Runs the journey in Chromium. With `screenshot`, the README's picture of the popup is written
/// there.
///
/// # Errors
/// The first step that fails, or a search that does not find the page.
pub fn chromium(built: &Built, screenshot: Option<&Path>) -> Done {
    let home = Home::new().map_err(driver)?;
    let cache = fresh_cache()?;
    built.install(Browser::Chromium, &host_manifests(&home.profile()))?;
    let site = Site::start().map_err(driver)?;
    say("Starting a headless Chromium with the extension.");
    let mut browser = Chromium::launch(&Launch {
        profile: &home.profile(),
        home: &home.user(),
        extension: &built.extension.join("chromium"),
        display: None,
        private: false,
        env: &[("CACHETTE_HOME", &cache)],
    })
    .map_err(driver)?;
    browser.service_worker(CHROMIUM_ID).map_err(driver)?;
    let page = browser.open(&site.url("/article")).map_err(driver)?;
    say(&format!("Clicking the toolbar button on {}", site.url("/article")));
    browser.trigger_action(CHROMIUM_ID, &page).map_err(driver)?;
    let popup = browser.popup(CHROMIUM_ID, "popup.html").map_err(driver)?;
    filed(&cache)?;
    browser.until(&popup, "document.activeElement?.type === 'search'").map_err(driver)?;
    browser.type_text(&popup, ARTICLE_WORD).map_err(driver)?;
    let rows = "document.querySelectorAll('[role=option]').length";
    browser.until(&popup, rows).map_err(driver)?;
    let shown = browser.evaluate(&popup, SHOWN).map_err(driver)?;
    if let Some(file) = screenshot {
        fs::write(file, picture::popup().map_err(driver)?).map_err(at(file))?;
    }
    found(&shown);
    Ok(())
}

/// Runs the journey in Firefox.
///
/// # Errors
/// The first step that fails, or a search that does not find the page.
pub fn firefox(built: &Built) -> Done {
    let home = Home::new().map_err(driver)?;
    let cache = fresh_cache()?;
    built.install(Browser::Firefox, &home.user().join(FIREFOX_MANIFESTS))?;
    let site = Site::start().map_err(driver)?;
    say("Starting a headless Firefox with the extension.");
    let mut browser = Firefox::launch(&firefox::Launch {
        profile: &home.profile(),
        home: &home.user(),
        preferences: &[],
        display: None,
        env: &[("CACHETTE_HOME", &cache)],
    })
    .map_err(driver)?;
    browser.install(&built.extension.join("firefox"), FIREFOX_ID).map_err(driver)?;
    browser.navigate(&site.url("/article")).map_err(driver)?;
    say(&format!("Clicking the toolbar button on {}", site.url("/article")));
    browser.click_action(FIREFOX_ID).map_err(driver)?;
    filed(&cache)?;
    let none = Value::Array(Vec::new());
    browser.popup_until("return document.activeElement?.type === 'search'", &none).map_err(driver)?;
    let letters: Vec<String> = ARTICLE_WORD.chars().map(String::from).collect();
    browser.popup_keys(&letters.iter().map(String::as_str).collect::<Vec<_>>()).map_err(driver)?;
    browser.popup_until("return document.querySelectorAll('[role=option]').length", &none).map_err(driver)?;
    let shown = browser.popup(&format!("return {SHOWN}"), &none).map_err(driver)?;
    found(&shown);
    Ok(())
}

/// The folder of Firefox's host manifests, below HOME.
pub const FIREFOX_MANIFESTS: &str = ".mozilla/native-messaging-hosts";

/// Returns an empty cache for the journey. It is kept afterwards, so that the printed path leads
/// somewhere.
fn fresh_cache() -> Done<std::path::PathBuf> {
    let cache = build::target().join("run").join("cache");
    if cache.exists() {
        fs::remove_dir_all(&cache).map_err(at(&cache))?;
    }
    Ok(cache)
}

/// Waits for the page's file, and prints its path and first lines.
fn filed(cache: &Path) -> Done {
    let path = until("the filed page", || Ok(first_page(cache))).map_err(driver)?;
    let text = fs::read_to_string(&path).map_err(at(&path))?;
    print(&format!("Filed: {}\n", path.display()));
    for line in text.lines().take(LINES) {
        print(&format!("    {line}"));
    }
    Ok(())
}

fn first_page(cache: &Path) -> Option<std::path::PathBuf> {
    let folders = fs::read_dir(cache.join("pages")).ok()?;
    folders.flatten().map(|entry| entry.path().join("index.md")).find(|path| path.is_file())
}

fn found(shown: &Value) {
    print(&format!("\nThe popup's search for “{ARTICLE_WORD}” shows:\n"));
    for line in shown.as_array().into_iter().flatten().filter_map(Value::as_str) {
        print(&format!("    {line}"));
    }
}

/// Wraps a driver's error, which is a sentence already.
pub fn driver(error: DriverError) -> TaskError {
    TaskError::Other(error.to_string())
}
