//! What is shown and where the keyboard's focus goes. A hidden element cannot keep it.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Shows or hides an element. Where the focus was in it, `fallback` gets the focus: else the
/// keyboard would begin anew at the top of the page.
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
