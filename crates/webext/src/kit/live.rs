//! Live regions, whose words assistive tools read out when they change.

use web_sys::Element;

/// Puts words into an element. The same words again change nothing: a live region would be read
/// again.
pub fn say(element: &Element, words: &str) {
    if element.text_content().as_deref() != Some(words) {
        element.set_text_content(Some(words));
    }
}
