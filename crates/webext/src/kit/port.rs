//! The port from a page to the background: commands out, updates in. Closes when it is dropped;
//! opens no other itself.

use wasm_bindgen::{JsValue, closure::Closure};

use crate::{
    api, json,
    messages::{Command, Update},
    value,
};

/// An open port. The browser calls the closures for as long as it lives.
pub struct BackgroundPort {
    port: JsValue,
    _on_message: Closure<dyn FnMut(String)>,
    _on_disconnect: Closure<dyn FnMut()>,
}

impl BackgroundPort {
    /// Opens a port; the browser starts the background where it was stopped. `on_disconnect` is
    /// called when the other side closes.
    ///
    /// # Errors
    /// What the browser throws where the extension was reloaded meanwhile.
    pub fn open(
        mut on_update: impl FnMut(Update) + 'static,
        on_disconnect: impl FnMut() + 'static,
    ) -> Result<BackgroundPort, JsValue> {
        let on_message = Closure::<dyn FnMut(String)>::new(move |text: String| {
            if let Some(update) = value::parse(&text) {
                on_update(update);
            }
        });
        let on_disconnect = Closure::<dyn FnMut()>::new(on_disconnect);
        let port = api::connect_background(on_message.as_ref(), on_disconnect.as_ref())?;
        Ok(BackgroundPort { port, _on_message: on_message, _on_disconnect: on_disconnect })
    }

    /// Sends a command. A port that the background has closed drops it: `on_disconnect` says so.
    pub fn send(&self, command: &Command) {
        api::post_text(&self.port, &json::write(command)).ok();
    }
}

impl Drop for BackgroundPort {
    fn drop(&mut self) {
        // One that has ended already is closed all the same.
        api::disconnect(&self.port).ok();
    }
}
