//! Gives the reader the parts of a value: a tree of values as JavaScript has them. In the browser
//! it is a [`JsValue`], in tests any other. Reads no types.

use js_sys::{Array, Object};
use wasm_bindgen::{JsCast, JsValue};

use super::property;

/// A value of JavaScript.
pub(crate) trait Tree: Sized {
    /// Whether it is `undefined`.
    fn is_missing(&self) -> bool;
    /// Whether it is `null` or `undefined`.
    fn is_nothing(&self) -> bool;
    /// Whether it is an object or a list.
    fn is_branch(&self) -> bool;
    /// Its truth value, if it is one.
    fn boolean(&self) -> Option<bool>;
    /// Its number, if it is one.
    fn number(&self) -> Option<f64>;
    /// Its text, if it is one.
    fn text(&self) -> Option<String>;
    /// Returns the name of its first property.
    fn first_name(&self) -> Option<String>;
    /// Its property of this name.
    fn property(&self, name: &str) -> Self;
    /// Its length, if it is a list.
    fn length(&self) -> Option<u32>;
    /// Its item at this place, if it is a list.
    fn item(&self, at: u32) -> Self;
}

impl Tree for JsValue {
    fn is_missing(&self) -> bool {
        self.is_undefined()
    }

    fn is_nothing(&self) -> bool {
        self.is_null() || self.is_undefined()
    }

    fn is_branch(&self) -> bool {
        self.is_object()
    }

    fn boolean(&self) -> Option<bool> {
        self.as_bool()
    }

    fn number(&self) -> Option<f64> {
        self.as_f64()
    }

    fn text(&self) -> Option<String> {
        self.as_string()
    }

    fn first_name(&self) -> Option<String> {
        Object::keys(self.dyn_ref::<Object>()?).get(0).as_string()
    }

    fn property(&self, name: &str) -> JsValue {
        property(self, name)
    }

    fn length(&self) -> Option<u32> {
        self.dyn_ref::<Array>().map(Array::length)
    }

    fn item(&self, at: u32) -> JsValue {
        // Whoever asks for items has asked for the length.
        self.unchecked_ref::<Array>().get(at)
    }
}
