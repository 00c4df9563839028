//! Listens to the page's events. Dropping a listener ends it.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, EventTarget};

/// A listener that ends when it is dropped.
pub struct Listener {
    target: EventTarget,
    event: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Calls `work` at every event of this kind at `target`.
    pub fn new(target: &EventTarget, event: &'static str, work: impl FnMut(Event) + 'static) -> Listener {
        Listener::boxed(target, event, Box::new(work))
    }

    fn boxed(target: &EventTarget, event: &'static str, work: Box<dyn FnMut(Event)>) -> Listener {
        let closure = Closure::wrap(work);
        // This fails only for a missing target or name.
        target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref()).ok();
        Listener { target: target.clone(), event, closure }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.target.remove_event_listener_with_callback(self.event, self.closure.as_ref().unchecked_ref()).ok();
    }
}

/// Calls `work` at every event of this kind at `target`, for the life of the page.
pub fn listen<E: JsCast + 'static>(target: &EventTarget, event: &'static str, mut work: impl FnMut(E) + 'static) {
    let work = move |event: Event| event.dyn_into::<E>().map(&mut work).unwrap_or_default();
    std::mem::forget(Listener::new(target, event, work));
}
