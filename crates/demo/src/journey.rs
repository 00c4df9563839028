//! Runs the whole journey in a headless browser. The real toolbar action saves a sample page on
//! loopback; then the filed Markdown is shown, and the real popup's answer to one of its words.

use std::{
    fs,
    path::{Path, PathBuf},
};

use cachette_browser::{
    DriverError, Result,
    chromium::{self, Chromium},
    firefox::{self, Firefox},
    home::{Browser, CHROMIUM_ID, FIREFOX_ID, Home, extension, target},
    site::Site,
    site_pages::ARTICLE_WORD,
    wait::until,
};
use cachette_shell::{print, say};
use serde_json::Value;

use crate::picture;

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
pub fn chromium(screenshot: Option<&Path>) -> Result<()> {
    let home = Home::new()?;
    let cache = fresh_cache()?;
    home.install(Browser::Chromium)?;
    let site = Site::start()?;
    say("Starting a headless Chromium with the extension.");
    let mut browser = Chromium::launch(&chromium::Launch {
        profile: &home.profile(),
        home: &home.user(),
        extension: &extension(Browser::Chromium)?,
        display: None,
        private: false,
        env: &[("CACHETTE_HOME", &cache)],
    })?;
    browser.service_worker(CHROMIUM_ID)?;
    let page = browser.open(&site.url("/article"))?;
    say(&format!("Clicking the toolbar button on {}", site.url("/article")));
    browser.trigger_action(CHROMIUM_ID, &page)?;
    let popup = browser.popup(CHROMIUM_ID, "popup.html")?;
    filed(&cache)?;
    browser.until(&popup, "document.activeElement?.type === 'search'")?;
    browser.type_text(&popup, ARTICLE_WORD)?;
    let rows = "document.querySelectorAll('[role=option]').length";
    browser.until(&popup, rows)?;
    let shown = browser.evaluate(&popup, SHOWN)?;
    if let Some(file) = screenshot {
        fs::write(file, picture::popup()?).map_err(failed(file))?;
    }
    found(&shown);
    Ok(())
}

/// Runs the journey in Firefox.
///
/// # Errors
/// The first step that fails, or a search that does not find the page.
pub fn firefox() -> Result<()> {
    let home = Home::new()?;
    let cache = fresh_cache()?;
    home.install(Browser::Firefox)?;
    let site = Site::start()?;
    say("Starting a headless Firefox with the extension.");
    let mut browser = Firefox::launch(&firefox::Launch {
        profile: &home.profile(),
        home: &home.user(),
        preferences: &[],
        display: None,
        env: &[("CACHETTE_HOME", &cache)],
    })?;
    browser.install(&extension(Browser::Firefox)?, FIREFOX_ID)?;
    browser.navigate(&site.url("/article"))?;
    say(&format!("Clicking the toolbar button on {}", site.url("/article")));
    browser.click_action(FIREFOX_ID)?;
    filed(&cache)?;
    let none = Value::Array(Vec::new());
    browser.popup_until("return document.activeElement?.type === 'search'", &none)?;
    let letters: Vec<String> = ARTICLE_WORD.chars().map(String::from).collect();
    browser.popup_keys(&letters.iter().map(String::as_str).collect::<Vec<_>>())?;
    browser.popup_until("return document.querySelectorAll('[role=option]').length", &none)?;
    let shown = browser.popup(&format!("return {SHOWN}"), &none)?;
    found(&shown);
    Ok(())
}

/// Returns an empty cache for the journey. It is kept afterwards, because the printed path must
/// lead somewhere.
fn fresh_cache() -> Result<PathBuf> {
    let cache = target().join("run").join("cache");
    if cache.exists() {
        fs::remove_dir_all(&cache).map_err(failed(&cache))?;
    }
    Ok(cache)
}

/// Waits for the page's file, and prints its path and first lines.
fn filed(cache: &Path) -> Result<()> {
    let path = until("the filed page", || Ok(first_page(cache)))?;
    let text = fs::read_to_string(&path).map_err(failed(&path))?;
    print(&format!("Filed: {}\n", path.display()));
    for line in text.lines().take(LINES) {
        print(&format!("    {line}"));
    }
    Ok(())
}

fn first_page(cache: &Path) -> Option<PathBuf> {
    let folders = fs::read_dir(cache.join("pages")).ok()?;
    folders.flatten().map(|entry| entry.path().join("index.md")).find(|path| path.is_file())
}

fn found(shown: &Value) {
    print(&format!("\nThe popup's search for “{ARTICLE_WORD}” shows:\n"));
    for line in shown.as_array().into_iter().flatten().filter_map(Value::as_str) {
        print(&format!("    {line}"));
    }
}

/// Wraps a file's error with its path.
fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> DriverError {
    DriverError::io(path.display().to_string())
}
