//! Shows and hides elements without losing the keyboard's focus. A hidden element cannot keep the
//! focus.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Shows or hides an element. If the focus was inside, `fallback` gets it: otherwise keyboard users
/// would start again at the top of the page.
pub fn show(element: &HtmlElement, visible: bool, fallback: Option<&HtmlElement>) {
    if element.hidden() != visible {
        return;
    }
    let focused = element.owner_document().and_then(|document| document.active_element());
    let had_focus = !visible && focused.is_some_and(|focused: Element| element.contains(focused.dyn_ref()));
    element.set_hidden(!visible);
    if had_focus && let Some(fallback) = fallback {
        fallback.focus().ok();
    }
}
