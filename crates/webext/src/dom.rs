//! Elements of the extension's own pages: found, made, listened to. Text only ever becomes text nodes; nothing here
//! can read markup.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Document, Element, Event, EventTarget, HtmlElement};

/// The page's document; `None` outside a page.
pub fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// The element with this id, as its type.
pub fn by_id<T: JsCast>(document: &Document, id: &str) -> Option<T> {
    document.get_element_by_id(id)?.dyn_into().ok()
}

/// A new element at the end of `parent`, with a class and a text.
pub fn add(parent: &Element, tag: &str, class: &str, text: &str) -> Option<Element> {
    let element = parent.owner_document()?.create_element(tag).ok()?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    if !text.is_empty() {
        element.set_text_content(Some(text));
    }
    parent.append_child(&element).ok()?;
    Some(element)
}

/// Sets an attribute. The names are ours and valid, so that it cannot fail.
pub fn set(element: &Element, name: &str, value: &str) {
    element.set_attribute(name, value).ok();
}

/// Shows or hides an element.
pub fn show(element: &HtmlElement, visible: bool) {
    element.set_hidden(!visible);
}

/// Calls `work` at every such event, for the life of the page.
pub fn listen<E: JsCast + 'static>(target: &EventTarget, event: &str, mut work: impl FnMut(E) + 'static) {
    listen_boxed(target, event, Box::new(move |event| event.dyn_into::<E>().map(&mut work).unwrap_or_default()));
}

fn listen_boxed(target: &EventTarget, event: &str, work: Box<dyn FnMut(Event)>) {
    let closure = Closure::wrap(work);
    target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref()).ok();
    closure.forget();
}
