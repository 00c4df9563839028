//! Changes the words of live regions, which assistive tools then read out.

use web_sys::Element;

/// Puts words into an element. Words that are there already change nothing: a live region would be
/// read out again.
pub fn say(element: &Element, words: &str) {
    if element.text_content().as_deref() != Some(words) {
        element.set_text_content(Some(words));
    }
}
