//! Measures the time from a toolbar click to the host's acknowledgement, in both browsers. The
//! badge shows that acknowledgement; pages have three sizes. The baseline is the capture call plus
//! the host's `add` of the same page. The browser's own time until the popup's document begins,
//! before any of our code runs, is shown separately.

use std::{
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use cachette_browser::{
    DriverError,
    chromium::{self, Chromium, host_manifests},
    firefox::{self, Firefox},
    home::{Browser, CHROMIUM_ID, FIREFOX_ID, FIREFOX_MANIFESTS, Home},
    site::Site,
    site_pages::big,
};
use cachette_shell::{Done, at, other, run};
use serde_json::{Value, json};

use crate::{built::Built, figure::Figure};

const SIZES: &[(&str, usize)] = &[("100 KB", 100_000), ("1 MB", 1_000_000), ("5 MB", 5_000_000)];

const GOAL: &str = "goal ≤ 2×";

/// Measures the capture call, in milliseconds. It runs in a page of the extension, for the only
/// page that it may read.
const CAPTURE_CALL: &str = "(async () => { const api = globalThis.browser ?? globalThis.chrome; \
    const tabs = (await api.tabs.query({})).filter(tab => (tab.url ?? '').includes('/big?')); \
    const begin = performance.now(); \
    await api.scripting.executeScript({ target: { tabId: tabs.at(-1).id }, files: ['/capture.js'] }); \
    return performance.now() - begin; })()";

/// Runs in Chromium's service worker: waits for the badge of the page's tab.
const ACKNOWLEDGED: &str = "(async () => { for (;;) { \
    for (const tab of await chrome.tabs.query({ active: true })) { \
        const badge = await chrome.action.getBadgeText({ tabId: tab.id }); \
        if (badge === '✓') return true; if (badge === '!') throw new Error('the save failed'); } \
    await new Promise(next => setTimeout(next, 1)); } })()";

/// Runs in Firefox's window: clicks the button and waits for its badge. Returns both moments, in
/// milliseconds since 1970.
const CLICK: &str = "const widget = arguments[0].toLowerCase().replace(/[^a-z0-9_-]/g, '_') + '-browser-action'; \
    const button = document.getElementById(widget).querySelector('.unified-extensions-item-action-button'); \
    const now = () => performance.timeOrigin + performance.now(); const begin = now(); button.click(); \
    return (async () => { for (;;) { const badge = button.getAttribute('badge'); \
        if (badge === '✓') return [begin, now()]; if (badge === '!') throw new Error('the save failed'); \
        await new Promise(next => setTimeout(next, 1)); } })();";

/// Reads when the popup's document began, in milliseconds since 1970.
const POPUP_BEGAN: &str = "window.performance.timeOrigin";

/// The measurements of one browser and page size.
#[derive(Default)]
struct Samples {
    clicks: Figure,
    popups: Figure,
    captures: Figure,
}

impl Samples {
    /// Adds one click. The moments are in milliseconds since 1970.
    fn add(&mut self, clicked: f64, popup: f64, acknowledged: f64, capture: Duration) {
        let span = |from: f64, to: f64| Duration::from_secs_f64((to - from).max(0.0) / 1000.0);
        self.clicks.add(span(clicked, acknowledged));
        self.popups.add(span(clicked, popup));
        self.captures.add(capture);
    }

    fn show(&self, browser: &str, size: &str, adds: &Figure) {
        self.captures.show(&format!("{browser}, {size}: the capture call alone"));
        adds.show(&format!("{browser}, {size}: `cachette add` of the same page"));
        let both = self.captures.and(adds);
        self.clicks.show_over(&format!("{browser}, {size}: click to acknowledgement, over both"), &both, GOAL);
        self.popups.show(&format!("{browser}, {size}: of it, until the popup's document begins"));
        self.clicks.less(&self.popups).show_over(&format!("{browser}, {size}: the rest, over both"), &both, GOAL);
    }
}

/// Measures and prints.
///
/// # Errors
/// A browser does not start, or a save does not succeed.
pub fn measure(built: &Built, runs: usize) -> Done {
    let runs = runs.min(7);
    chromium(built, runs)?;
    firefox(built, runs)
}

fn chromium(built: &Built, runs: usize) -> Done {
    let home = Home::new().map_err(other)?;
    built.install(Browser::Chromium, &host_manifests(&home.profile()))?;
    pin(&home.profile())?;
    let site = Site::start().map_err(other)?;
    let mut browser = Chromium::launch(&chromium::Launch {
        profile: &home.profile(),
        home: &home.user(),
        extension: &built.extension.join("chromium"),
        display: None,
        private: false,
        env: &[("CACHETTE_HOME", &home.cache())],
    })
    .map_err(other)?;
    for &(name, bytes) in SIZES {
        let mut samples = Samples::default();
        for number in 0..=runs {
            let worker = browser.service_worker(CHROMIUM_ID).map_err(other)?;
            let page = browser.open(&site.url(&format!("/big?{bytes}&n={number}"))).map_err(other)?;
            let tab = browser.tab_of(&page).map_err(other)?;
            let clicked = since_1970();
            browser.trigger_action_on(CHROMIUM_ID, &tab).map_err(other)?;
            browser.evaluate(&worker, ACKNOWLEDGED).map_err(other)?;
            let acknowledged = since_1970();
            let popup = browser.popup(CHROMIUM_ID, "popup.html").map_err(other)?;
            let began = number_of(&browser.evaluate(&popup, POPUP_BEGAN).map_err(other)?)?;
            let capture = milliseconds(&browser.evaluate(&worker, CAPTURE_CALL).map_err(other)?)?;
            // The first click only warms up the browser, which is warm in daily use.
            if number > 0 {
                samples.add(clicked, began, acknowledged, capture);
            }
            browser.close(&page).map_err(other)?;
        }
        samples.show("Chromium", name, &adds(built, bytes, runs)?);
    }
    Ok(())
}

/// Pins the button to the toolbar, as users do. Chromium otherwise slides it in at each click,
/// which takes 250 ms.
fn pin(profile: &Path) -> Done {
    let folder = profile.join("Default");
    let preferences = folder.join("Preferences");
    let pinned = json!({"extensions": {"pinned_extensions": [CHROMIUM_ID]}});
    std::fs::create_dir_all(&folder).map_err(at(&folder))?;
    std::fs::write(&preferences, pinned.to_string()).map_err(at(&preferences))
}

fn firefox(built: &Built, runs: usize) -> Done {
    let home = Home::new().map_err(other)?;
    built.install(Browser::Firefox, &home.user().join(FIREFOX_MANIFESTS))?;
    let site = Site::start().map_err(other)?;
    let mut browser = Firefox::launch(&firefox::Launch {
        profile: &home.profile(),
        home: &home.user(),
        preferences: &[],
        display: None,
        env: &[("CACHETTE_HOME", &home.cache())],
    })
    .map_err(other)?;
    let host = browser.install(&built.extension.join("firefox"), FIREFOX_ID).map_err(other)?;
    for &(name, bytes) in SIZES {
        let mut samples = Samples::default();
        for number in 0..=runs {
            browser.open(&site.url(&format!("/big?{bytes}&n={number}")), false).map_err(other)?;
            browser.show_action(FIREFOX_ID).map_err(other)?;
            let moments = browser.chrome(CLICK, &json!([FIREFOX_ID])).map_err(other)?;
            let moment = |place: usize| number_of(moments.get(place).unwrap_or(&Value::Null));
            let (clicked, acknowledged) = (moment(0)?, moment(1)?);
            let began = number_of(&browser.popup(&format!("return {POPUP_BEGAN}"), &json!([])).map_err(other)?)?;
            browser.close_popup().map_err(other)?;
            browser.open(&format!("moz-extension://{host}/settings.html"), false).map_err(other)?;
            let call = format!("return {CAPTURE_CALL}");
            let capture = milliseconds(&browser.evaluate(&call, &json!([])).map_err(other)?)?;
            if number > 0 {
                samples.add(clicked, began, acknowledged, capture);
            }
        }
        samples.show("Firefox", name, &adds(built, bytes, runs)?);
    }
    Ok(())
}

/// Measures the host's `add` of the same page, process included.
fn adds(built: &Built, bytes: usize, runs: usize) -> Done<Figure> {
    let home = Home::new().map_err(other)?;
    let file = home.dir().join("page.html");
    std::fs::write(&file, big(bytes)).map_err(at(&file))?;
    let mut figure = Figure::default();
    for number in 0..=runs {
        let begin = Instant::now();
        add(built, &home, &file, &format!("http://127.0.0.1/big?{bytes}&n={number}"))?;
        if number > 0 {
            figure.add(begin.elapsed());
        }
    }
    Ok(figure)
}

fn add(built: &Built, home: &Home, file: &Path, url: &str) -> Done {
    let mut command = Command::new(&built.host);
    command.args(["add", "--url", url]).arg(file).env("CACHETTE_HOME", home.cache()).env("HOME", home.user());
    run(command.stdout(Stdio::null()).stderr(Stdio::null()))
}

fn since_1970() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64() * 1000.0
}

fn milliseconds(value: &Value) -> Done<Duration> {
    Ok(Duration::from_secs_f64(number_of(value)? / 1000.0))
}

fn number_of(value: &Value) -> Done<f64> {
    match value.as_f64() {
        Some(time) if time.is_finite() && time >= 0.0 => Ok(time),
        _ => Err(other(DriverError::Unexpected(format!("{value} is not a time")))),
    }
}
