//! Makes new elements of a page, part by part. Text becomes text nodes; markup cannot be passed in.

use web_sys::{Element, Event};

use super::listener::Listener;
use crate::api;

/// A new element with its content and its listeners, which end when it is dropped.
pub struct Part {
    element: Element,
    listeners: Vec<Listener>,
}

impl Part {
    /// Makes an element. The tag's name is a constant of the code and valid.
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

    /// Sets an attribute. The name is a constant of the code and valid.
    pub fn set(self, name: &str, value: &str) -> Part {
        api::set_attribute(&self.element, name, value);
        self
    }

    /// Appends another part.
    pub fn with(mut self, part: Part) -> Part {
        api::append(&self.element, &part.element);
        self.listeners.extend(part.listeners);
        self
    }

    /// Calls `work` at every event of this kind.
    pub fn on(mut self, event: &'static str, work: impl FnMut(Event) + 'static) -> Part {
        self.listeners.push(Listener::new(&self.element, event, work));
        self
    }

    /// Returns the element itself.
    pub fn element(&self) -> &Element {
        &self.element
    }
}
