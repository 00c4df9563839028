//! Tests the settings page in Chromium: a choice is stored, shown at once, and found again. No page
//! of the extension may accept markup.

use cachette_tests::home::CHROMIUM_ID;
use serde_json::json;

use super::Stage;

/// An expression that chooses dark colours as a person does.
const CHOOSE_DARK: &str = "(() => { const theme = document.querySelector('select[name=theme]'); \
    theme.value = 'dark'; theme.dispatchEvent(new Event('change', { bubbles: true })); return true })()";

const IS_DARK: &str = "document.documentElement.style.colorScheme == 'dark' && \
    getComputedStyle(document.body).backgroundColor == 'rgb(28, 31, 34)'";

/// An expression that assigns markup to an element, and returns the browser's refusal, if any.
const MARKUP_IS_REFUSED: &str = "(() => { try { document.body.innerHTML = '<b>x</b>' } \
    catch (error) { return error.message.includes('TrustedHTML') } })()";

/// A script that runs before those of a page. It notes the page's colours at the moment that its
/// body begins: nothing is painted yet, and modules, which wait for the page's end, have not run.
const NOTE_FIRST_SCHEME: &str = "new MutationObserver((changes, watch) => { if (!document.body) return; \
    watch.disconnect(); globalThis.first = document.documentElement.style.colorScheme; }) \
    .observe(document, { childList: true, subtree: true })";

#[test]
fn a_page_has_the_chosen_colours_before_it_is_painted() {
    let mut stage = Stage::headless();
    let address = |page: &str| format!("chrome-extension://{CHROMIUM_ID}/{page}");
    let settings = stage.browser.open(&address("settings.html")).unwrap();
    stage.shows(&settings, "document.querySelector('select[name=theme]')");
    stage.browser.evaluate(&settings, CHOOSE_DARK).unwrap();
    stage.shows(&settings, IS_DARK);
    for name in ["popup.html", "settings.html", "view.html"] {
        let page = stage.browser.open("about:blank").unwrap();
        let note = json!({ "source": NOTE_FIRST_SCHEME });
        stage.browser.command(Some(&page), "Page.enable", json!({})).unwrap();
        stage.browser.command(Some(&page), "Page.addScriptToEvaluateOnNewDocument", note).unwrap();
        stage.browser.navigate(&page, &address(name)).unwrap();
        stage.shows(&page, "'first' in globalThis");
        assert_eq!(stage.browser.evaluate(&page, "globalThis.first").unwrap(), "dark", "{name}");
    }
}

#[test]
fn a_setting_is_stored_shown_at_once_and_found_again() {
    let mut stage = Stage::headless();
    let address = format!("chrome-extension://{CHROMIUM_ID}/settings.html");
    let settings = stage.browser.open(&address).unwrap();
    stage.shows(&settings, "document.querySelectorAll('#settings input[type=checkbox]:checked').length == 2");
    stage.browser.evaluate(&settings, CHOOSE_DARK).unwrap();
    stage.shows(&settings, IS_DARK);
    let popup = stage.browser.open(&format!("chrome-extension://{CHROMIUM_ID}/popup.html")).unwrap();
    stage.shows(&popup, IS_DARK);
    let again = stage.browser.open(&address).unwrap();
    stage.shows(&again, "document.querySelector('select[name=theme]')?.value == 'dark'");
    for page in [&settings, &popup] {
        assert_eq!(stage.browser.evaluate(page, MARKUP_IS_REFUSED).unwrap(), true);
    }
}
