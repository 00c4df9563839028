//! Measures the popup over a cache of 10,000 pages: from a keystroke to the rows, and its first
//! paint. The baselines are the host's own answer to the same query, and the first paint of a plain
//! page.

use std::{
    fmt::Write as _,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use cachette_browser::{
    chromium::{Chromium, Launch, Page, host_manifests},
    home::{Browser, CHROMIUM_ID, Home},
    site::Site,
};
use cachette_protocol::Search;
use cachette_shell::{Done, TaskError, at, other, print, run};
use cachette_tests::host_client::HostClient;
use serde_json::{Value, json};

use crate::{built::Built, figure::Figure};

const PAGES: usize = 10_000;

/// The typed queries: words of every page, of some, of one.
const QUERIES: &[&str] = &["page", "lichen", "harbour lan", "word4711", "moss and"];

/// Arms a stopwatch in the popup. It starts with the next input event and stops once an answer of
/// the host has been drawn and painted. The rows may be the same as before, or there may be none,
/// as for two letters in a large cache. So the port is watched and not the list.
const ARM: &str = "if (!globalThis.answered) { const native = chrome.runtime.connectNative.bind(chrome.runtime); \
    chrome.runtime.connectNative = name => { const port = native(name); \
        port.onMessage.addListener(message => message.ok?.hits && globalThis.answered()); return port; }; } \
    globalThis.rows = new Promise(done => { let begin = 0; \
        globalThis.answered = () => requestAnimationFrame(() => begin && done(performance.now() - begin)); \
        const starts = () => { begin = performance.now(); }; \
        document.addEventListener('input', starts, { once: true, capture: true }); }); true";

const FIRST_PAINT: &str = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0";

/// Measures and prints.
///
/// # Errors
/// The browser does not start, or a search finds nothing.
pub fn measure(built: &Built, runs: usize) -> Done {
    let home = Home::new().map_err(other)?;
    fill(built, &home)?;
    built.install(Browser::Chromium, &host_manifests(&home.profile()))?;
    let mut browser = Chromium::launch(&Launch {
        profile: &home.profile(),
        home: &home.user(),
        extension: &built.extension.join("chromium"),
        display: None,
        private: false,
        env: &[("CACHETTE_HOME", &home.cache())],
    })
    .map_err(other)?;
    browser.service_worker(CHROMIUM_ID).map_err(other)?;
    keystrokes(built, &home, &mut browser)?;
    paints(&mut browser, runs)
}

fn keystrokes(built: &Built, home: &Home, browser: &mut Chromium) -> Done {
    let origin = format!("chrome-extension://{CHROMIUM_ID}/");
    let mut host = HostClient::start_with(&built.host, &[&origin], home).map_err(other)?;
    let (mut rows, mut answers) = (Figure::default(), Figure::default());
    let popup = open_popup(browser)?;
    for query in QUERIES {
        browser.evaluate(&popup, "document.querySelector('[type=search]').value = ''").map_err(other)?;
        let mut typed = String::new();
        for key in query.chars() {
            typed.push(key);
            // A search begins at the second character.
            let counts = typed.chars().count() >= 2;
            if counts {
                browser.evaluate(&popup, ARM).map_err(other)?;
            }
            browser.type_text(&popup, &key.to_string()).map_err(other)?;
            if counts {
                rows.add(milliseconds(&browser.evaluate(&popup, "globalThis.rows").map_err(other)?)?);
                let begin = Instant::now();
                let search = Search { query: typed.clone(), limit: 20, offset: 0 };
                host.ask(&search).map_err(other)?.result.map_err(|failure| TaskError::Other(failure.message))?;
                answers.add(begin.elapsed());
            }
        }
    }
    answers.show(&format!("the host's answer to a keystroke, {PAGES} pages"));
    rows.show_over("keystroke to painted rows in the popup", &answers, "goal ≤ 50 ms");
    Ok(())
}

fn paints(browser: &mut Chromium, runs: usize) -> Done {
    let site = Site::start().map_err(other)?;
    let (mut plain, mut popup) = (Figure::default(), Figure::default());
    for _ in 0..runs {
        let page = browser.open(&site.url("/article")).map_err(other)?;
        plain.add(milliseconds(&browser.until(&page, FIRST_PAINT).map_err(other)?)?);
        browser.close(&page).map_err(other)?;
        let page = open_popup(browser)?;
        popup.add(milliseconds(&browser.until(&page, FIRST_PAINT).map_err(other)?)?);
        browser.close(&page).map_err(other)?;
    }
    plain.show("first paint of a plain page");
    popup.show_over("first paint of the popup", &plain, "");
    Ok(())
}

/// Opens the popup as an ordinary tab, where it searches and saves nothing.
fn open_popup(browser: &mut Chromium) -> Done<Page> {
    let page = browser.open(&format!("chrome-extension://{CHROMIUM_ID}/popup.html")).map_err(other)?;
    browser.until(&page, "document.activeElement?.type === 'search'").map_err(other)?;
    Ok(page)
}

/// Saves the pages in bulk.
fn fill(built: &Built, home: &Home) -> Done {
    const WORDS: &[&str] = &[
        "lichen", "harbour", "lantern", "page", "granite", "copper", "winter", "paper", "signal", "orchard", "ledger",
        "tide", "amber", "mirror", "valley", "thread", "moss", "engine", "cipher", "meadow",
    ];
    let mut lines = String::new();
    for number in 0..PAGES {
        let word = |step: usize| WORDS.get((number * step + number / 7) % WORDS.len()).copied().unwrap_or("page");
        let mut text = String::new();
        for sentence in 0..30 {
            let _ = write!(
                text,
                "The {} of the {} and the {} on page word{number} keeps a {}.\n\n",
                word(sentence + 1),
                word(sentence + 3),
                word(sentence + 7),
                word(sentence * 2 + 5),
            );
        }
        let title = format!("{} and {}, page {number}", word(3), word(11));
        let line = json!({"url": format!("https://example.org/{number}"), "title": title, "markdown": text});
        let _ = writeln!(lines, "{line}");
    }
    let file = home.dir().join("pages.jsonl");
    std::fs::write(&file, lines).map_err(at(&file))?;
    let begin = Instant::now();
    let mut import = Command::new(&built.host);
    import.args(["import", "jsonl"]).arg(&file).env("CACHETTE_HOME", home.cache()).env("HOME", home.user());
    run(import.stdout(Stdio::null()).stderr(Stdio::null()))?;
    print(&format!("  (filed {PAGES} pages in {:.1} s)", begin.elapsed().as_secs_f64()));
    Ok(())
}

fn milliseconds(value: &Value) -> Done<Duration> {
    let time = value.as_f64().filter(|time| time.is_finite() && *time >= 0.0);
    time.map(|time| Duration::from_secs_f64(time / 1000.0))
        .ok_or_else(|| TaskError::Other(format!("{value} is not a time")))
}
