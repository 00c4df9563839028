//! Makes the README's picture of the popup: the real one, over a saved page, with a search typed.
//! It is made on request (`cargo xtask run --screenshot FILE`), never by a test run.

use std::fs;

use cachette_browser::{
    DriverError, Result,
    chromium::{Chromium, Launch},
    home::{Browser, CHROMIUM_ID, Home, extension},
    site::Site,
};

/// Pages that a person might have kept: address, title, text.
const KEPT: &[(&str, &str, &str)] = &[
    (
        "https://journal.example.org/2024/keeping-a-commonplace-book",
        "Keeping a commonplace book in plain text",
        "For twenty years every article that I linked to has gone into a folder of text files. The links die \
         one by one; \
         the folder has outlived three computers, two blogging engines and every service that promised to \
         remember for me.",
    ),
    (
        "https://library.example.net/essays/link-rot",
        "Link rot, measured: what is left of the web of 2005",
        "Of ten thousand links that we followed, fewer than half led anywhere. Dead links are the rule after a decade, \
         not the exception, and the pages that matter to one reader are seldom those that an archive has kept.",
    ),
    (
        "https://garden.example.com/walls",
        "What grows on old walls",
        "Quillwort does not, whatever the label in the courtyard says. Liverworts, spleenworts and a patient \
         moss do, and \
         nobody links to them.",
    ),
];

/// Switches for twice the pixels, on a screen with room for the whole popup.
const SHARP: &[&str] = &["--force-device-scale-factor=2", "--screen-info={3200x2400}", "--hide-scrollbars"];

/// Makes the picture, as PNG for a screen of double density.
///
/// # Errors
/// Anything that prevents the journey: nothing is built, no browser.
pub fn popup() -> Result<Vec<u8>> {
    let (home, site) = (Home::new()?, Site::start()?);
    home.install(Browser::Chromium)?;
    for (url, title, text) in KEPT {
        let page = home.dir().join("page.html");
        let html = format!(
            "<!doctype html><html lang=en><meta \
             charset=utf-8><title>{title}</title><article><h1>{title}</h1><p>{text}</p>\
             </article></html>"
        );
        fs::write(&page, html).map_err(DriverError::io("writing a page"))?;
        home.run(&["add", "--url", url, &page.to_string_lossy()])?;
    }
    let launch = Launch {
        profile: &home.profile(),
        home: &home.user(),
        extension: &extension(Browser::Chromium)?,
        display: None,
        private: false,
        env: &[("CACHETTE_HOME", &home.cache())],
    };
    let mut browser = Chromium::launch_with(&launch, SHARP)?;
    browser.service_worker(CHROMIUM_ID)?;
    let page = browser.open(&site.url("/article"))?;
    browser.trigger_action(CHROMIUM_ID, &page)?;
    let popup = browser.popup(CHROMIUM_ID, "popup.html")?;
    browser.until(&popup, "document.querySelector('[role=status]').textContent.includes('Saved')")?;
    browser.type_text(&popup, "link")?;
    browser.until(&popup, "document.querySelectorAll('[role=option]').length >= 3")?;
    browser.press(&popup, "ArrowDown", false)?;
    browser.until(&popup, "document.querySelectorAll('[role=option][aria-selected=true]').length == 1")?;
    // The popup's window adapts to its content gradually.
    let settled = "(async () => { let size = 0; for (let same = 0; same < 10; same++) {\
                   await new Promise(done => setTimeout(done, 100));\
                   if (size != innerHeight) { size = innerHeight; same = 0; } } return size })()";
    browser.evaluate(&popup, settled)?;
    browser.screenshot(&popup)
}
