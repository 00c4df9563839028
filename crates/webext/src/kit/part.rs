//! New elements of a page, put together part by part. Text becomes text nodes; there is no way to
//! hand in markup.

use web_sys::{Element, Event};

use super::listener::Listener;
use crate::api;

/// A new element with what is in it, and its listeners, which end with it.
pub struct Part {
    element: Element,
    listeners: Vec<Listener>,
}

impl Part {
    /// Makes an element. The tag's name is the code's own and valid.
    pub fn new(tag: &str) -> Part {
        Part { element: api::new_element(tag), listeners: Vec::new() }
    }

    /// Sets its class.
    pub fn class(self, class: &str) -> Part {
        self.element.set_class_name(class);
        self
    }

    /// Puts a text into it.
    pub fn text(self, text: &str) -> Part {
        self.element.set_text_content(Some(text));
        self
    }

    /// Sets an attribute. The name is the code's own and valid.
    pub fn set(self, name: &str, value: &str) -> Part {
        api::set_attribute(&self.element, name, value);
        self
    }

    /// Puts another part at its end.
    pub fn with(mut self, part: Part) -> Part {
        api::append(&self.element, &part.element);
        self.listeners.extend(part.listeners);
        self
    }

    /// Calls `work` at every such event.
    pub fn on(mut self, event: &'static str, work: impl FnMut(Event) + 'static) -> Part {
        self.listeners.push(Listener::new(&self.element, event, work));
        self
    }

    /// The element itself.
    pub fn element(&self) -> &Element {
        &self.element
    }
}
