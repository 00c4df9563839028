//! Tests the settings page in Chromium: a choice is stored, shown at once, and found again. No page
//! of the extension may take markup.

use cachette_tests::home::CHROMIUM_ID;

use super::Stage;

/// An expression that chooses dark colours as a person does.
const CHOOSE_DARK: &str = "(() => { const theme = document.querySelector('select[name=theme]'); \
    theme.value = 'dark'; theme.dispatchEvent(new Event('change', { bubbles: true })); return true })()";

const IS_DARK: &str = "document.documentElement.style.colorScheme == 'dark' && \
    getComputedStyle(document.body).backgroundColor == 'rgb(28, 31, 34)'";

/// An expression that assigns markup to an element, and returns the browser's refusal, if any.
const MARKUP_IS_REFUSED: &str = "(() => { try { document.body.innerHTML = '<b>x</b>' } \
    catch (error) { return error.message.includes('TrustedHTML') } })()";

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
