//! Connects a page to the background: commands go out, updates come in. Dropping the port closes
//! it; it never reopens by itself.

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
    /// Opens a port; the browser starts the background if it is stopped. `on_disconnect` is called
    /// when the other side closes.
    ///
    /// # Errors
    /// Whatever the browser throws if the extension was reloaded in the meantime.
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

    /// Sends a command. If the background has closed the port, the command is lost, and
    /// `on_disconnect` is called.
    pub fn send(&self, command: &Command) {
        api::post_text(&self.port, &json::write(command)).ok();
    }
}

impl Drop for BackgroundPort {
    fn drop(&mut self) {
        // It does not matter if the port has ended already.
        api::disconnect(&self.port).ok();
    }
}
