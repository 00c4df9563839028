//! Takes pictures of varied pages and their saved copies in a browser. The original comes from the
//! loopback site, the copy from disk, without a network. People judge the pictures; the program
//! reports every network request of a copy.

use std::{fs, path::PathBuf, thread, time::Duration};

use serde_json::{Value, json};

use crate::{
    DriverError, Result,
    chromium::{Chromium, Launch, Page},
    filed::Filed,
    home::{Browser, CHROMIUM_ID, Home, extension},
    site::Site,
    site_pages::gallery_folder,
};

/// One page and its copy.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The page's file in `tests/gallery/`, without its ending.
    pub name: String,
    /// The original, as PNG.
    pub original: Vec<u8>,
    /// The copy, as PNG.
    pub copy: Vec<u8>,
    /// The resources that the copy loaded, other than files of the cache; there must be none.
    pub loaded: Vec<String>,
}

/// Saves every page of the gallery with the real extension and takes pictures of it and its copy.
///
/// # Errors
/// Anything that prevents this: nothing is built, no browser.
pub fn compare() -> Result<Vec<Compared>> {
    let (home, site) = (Home::new()?, Site::start()?);
    home.install(Browser::Chromium)?;
    let launch = Launch {
        profile: &home.profile(),
        home: &home.user(),
        extension: &extension(Browser::Chromium)?,
        display: None,
        private: false,
        env: &[("CACHETTE_HOME", &home.cache())],
    };
    let mut browser = Chromium::launch(&launch)?;
    browser.service_worker(CHROMIUM_ID)?;
    let mut compared = Vec::new();
    for name in names()? {
        let url = site.url(&format!("/gallery/{name}.html"));
        let page = browser.open(&url)?;
        let original = picture(&mut browser, &page)?;
        browser.trigger_action(CHROMIUM_ID, &page)?;
        let popup = browser.popup(CHROMIUM_ID, "popup.html")?;
        browser.until(&popup, "document.querySelector('[role=status]').textContent.includes('Saved')")?;
        browser.close(&popup)?;
        let copy = browser.open("about:blank")?;
        browser.command(Some(&copy), "Network.enable", json!({}))?;
        let offline = json!({"offline": true, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
        browser.command(Some(&copy), "Network.emulateNetworkConditions", offline)?;
        browser.navigate(&copy, &format!("file://{}", saved(&home, &url)?.display()))?;
        let pictured = picture(&mut browser, &copy)?;
        let loaded =
            "performance.getEntriesByType('resource').map(one => one.name).filter(name => !/^(file|data):/.test(name))";
        let loaded = match browser.evaluate(&copy, loaded)? {
            Value::Array(names) => names.iter().map(|name| name.as_str().unwrap_or_default().to_owned()).collect(),
            _ => Vec::new(),
        };
        compared.push(Compared { name, original, copy: pictured, loaded });
        browser.close(&copy)?;
        browser.close(&page)?;
    }
    Ok(compared)
}

fn names() -> Result<Vec<String>> {
    let entries = fs::read_dir(gallery_folder()).map_err(DriverError::io("reading the gallery"))?;
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok()?.strip_suffix(".html").map(str::to_owned))
        .filter(|name| name.starts_with(|c: char| c.is_ascii_digit()))
        .collect();
    names.sort();
    Ok(names)
}

/// Returns the `index.html` of a saved page.
fn saved(home: &Home, url: &str) -> Result<PathBuf> {
    for path in home.pages()? {
        if Filed::read(&path)?.text("url") == url {
            return Ok(path.with_file_name("index.html"));
        }
    }
    Err(DriverError::Unexpected(format!("{url} was not filed")))
}

fn picture(browser: &mut Chromium, page: &Page) -> Result<Vec<u8>> {
    let size = json!({"width": 760, "height": 900, "deviceScaleFactor": 1, "mobile": false});
    browser.command(Some(page), "Emulation.setDeviceMetricsOverride", size)?;
    // Pictures are decoded and fonts chosen after a page has loaded, and nothing shows when.
    thread::sleep(Duration::from_millis(500));
    browser.screenshot(page)
}
