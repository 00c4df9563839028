//! Drives Firefox with an extension over Marionette, without geckodriver. It covers tabs, scripts,
//! keys, the real toolbar button with its panel, and the real context menu. It knows nothing of
//! Cachette's pages. More than 300 lines: one driver, a method for each act of a person.

mod launch;

use std::path::Path;

use serde_json::{Value, json};

use crate::{DriverError, Result, marionette::Marionette, process::Group, wait::until};

/// The name under which WebDriver's web references carry their id.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

pub use launch::{Launch, window};

/// A running Firefox. When dropped, it ends with everything that it has started.
#[derive(Debug)]
pub struct Firefox {
    marionette: Marionette,
    answers: u64,
    _process: Group,
}

impl Firefox {
    /// Starts the browser and connects to it.
    ///
    /// # Errors
    /// [`DriverError::Missing`] without Firefox; [`DriverError::Timeout`] if it does not come up.
    pub fn launch(launch: &Launch<'_>) -> Result<Firefox> {
        let (process, mut marionette) = launch::driven(launch)?;
        let capabilities = json!({"capabilities": {"alwaysMatch": {"timeouts": {"script": 60_000}}}});
        marionette.call("WebDriver:NewSession", capabilities)?;
        Ok(Firefox { marionette, answers: 0, _process: process })
    }

    /// Sends a raw Marionette command, for actions without a method here.
    ///
    /// # Errors
    /// As [`Marionette::call`].
    pub fn command(&mut self, command: &str, parameters: Value) -> Result<Value> {
        self.marionette.call(command, parameters)
    }

    /// Installs an unpacked extension until the browser ends, and returns its `moz-extension://`
    /// host.
    ///
    /// # Errors
    /// [`DriverError::Refused`] if the manifest is wrong.
    pub fn install(&mut self, extension: &Path, id: &str) -> Result<String> {
        launch::add(&mut self.marionette, extension)?;
        let host = self.chrome("return WebExtensionPolicy.getByID(arguments[0]).mozExtensionHostname", &json!([id]))?;
        host.as_str().map(str::to_owned).ok_or_else(|| DriverError::Unexpected("the extension has no host".to_owned()))
    }

    /// Runs a script's body in the foreground page, and awaits a promise that it returns.
    ///
    /// # Errors
    /// [`DriverError::Refused`] with the exception's text.
    pub fn evaluate(&mut self, body: &str, arguments: &Value) -> Result<Value> {
        self.script(body, arguments, None)
    }

    /// Runs a script's body in the browser's own window, with all its rights, and awaits a promise
    /// that it returns.
    ///
    /// # Errors
    /// [`DriverError::Refused`] with the exception's text.
    pub fn chrome(&mut self, body: &str, arguments: &Value) -> Result<Value> {
        self.marionette.call("Marionette:SetContext", json!({"value": "chrome"}))?;
        let result = self.script(body, arguments, Some("cachette"));
        self.marionette.call("Marionette:SetContext", json!({"value": "content"}))?;
        result
    }

    /// Runs a script in the page repeatedly until it returns something truthy. An exception counts
    /// as “not yet”.
    ///
    /// # Errors
    /// [`DriverError::Timeout`].
    pub fn until(&mut self, body: &str, arguments: &Value) -> Result<Value> {
        until(body, || some_truth(self.evaluate(body, arguments)))
    }

    /// Runs a script as [`Firefox::until`] does, in the browser's own window.
    ///
    /// # Errors
    /// [`DriverError::Timeout`].
    pub fn chrome_until(&mut self, body: &str, arguments: &Value) -> Result<Value> {
        until(body, || some_truth(self.chrome(body, arguments)))
    }

    /// Navigates the foreground tab to an address and waits until it has loaded.
    ///
    /// # Errors
    /// [`DriverError::Refused`] if the address cannot be shown.
    pub fn navigate(&mut self, url: &str) -> Result<()> {
        self.marionette.call("WebDriver:Navigate", json!({"url": url})).map(drop)
    }

    /// Opens an address in a new foreground tab (or, if `private`, in a new private window) and
    /// switches to it.
    ///
    /// # Errors
    /// As [`Firefox::navigate`].
    pub fn open(&mut self, url: &str, private: bool) -> Result<()> {
        let kind = if private { "window" } else { "tab" };
        let answer =
            self.marionette.call("WebDriver:NewWindow", json!({"type": kind, "focus": true, "private": private}))?;
        let handle = answer.get("handle").cloned().unwrap_or_default();
        self.marionette.call("WebDriver:SwitchToWindow", json!({"handle": handle, "focus": true}))?;
        self.navigate(url)
    }

    /// Switches the driver to the tab whose address contains this, once there is one.
    ///
    /// # Errors
    /// [`DriverError::Timeout`].
    pub fn go_to_tab(&mut self, part: &str) -> Result<()> {
        until(&format!("a tab at {part}"), || {
            let handles = self.marionette.call("WebDriver:GetWindowHandles", json!({}))?;
            for handle in handles.as_array().into_iter().flatten() {
                self.marionette.call("WebDriver:SwitchToWindow", json!({"handle": handle, "focus": false}))?;
                let url = self.marionette.call("WebDriver:GetCurrentURL", json!({}))?;
                if url.as_str().is_some_and(|url| url.contains(part)) {
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
    }

    /// Returns the text of the extension's badge in the foreground window; "" without one.
    ///
    /// # Errors
    /// As [`Firefox::chrome`].
    pub fn badge(&mut self, extension: &str) -> Result<String> {
        let body = "const w = Services.wm.getMostRecentWindow('navigator:browser');\
                    const id = arguments[0].toLowerCase().replace(/[^a-z0-9_-]/g, '_') + '-browser-action';\
                    const button = w.document.getElementById(id)?\
                    .querySelector('.unified-extensions-item-action-button');\
                    return button?.getAttribute('badge') ?? ''";
        Ok(self.chrome(body, &json!([extension]))?.as_str().unwrap_or_default().to_owned())
    }

    /// Returns the addresses of all tabs of all windows.
    ///
    /// # Errors
    /// As [`Firefox::chrome`].
    pub fn tabs(&mut self) -> Result<Vec<String>> {
        let body = "return [...Services.wm.getEnumerator('navigator:browser')].flatMap(w => w.gBrowser.tabs.map(\
                    t => t.linkedBrowser.currentURI.spec))";
        let tabs = self.chrome(body, &json!([]))?;
        let tabs = tabs.as_array().cloned().unwrap_or_default();
        Ok(tabs.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    /// Puts the extension's button into the window's toolbar, where it is always visible.
    ///
    /// # Errors
    /// [`DriverError::Refused`] if there is no such button (for example in a private window).
    pub fn show_action(&mut self, extension: &str) -> Result<()> {
        let body = "const w = Services.wm.getMostRecentWindow('navigator:browser');\
                    const id = arguments[0].toLowerCase().replace(/[^a-z0-9_-]/g, '_') + '-browser-action';\
                    if (!w.document.getElementById(id)?.closest('#nav-bar'))\
                      w.CustomizableUI.addWidgetToArea(id, 'nav-bar');\
                    if (!w.document.getElementById(id)?.querySelector('.unified-extensions-item-action-button'))\
                      throw new Error('the extension has no button here');";
        self.chrome(body, &json!([extension])).map(drop)
    }

    /// Clicks the extension's toolbar button in the foreground window: the real action, which
    /// grants `activeTab`.
    ///
    /// # Errors
    /// As [`Firefox::show_action`].
    pub fn click_action(&mut self, extension: &str) -> Result<()> {
        self.show_action(extension)?;
        let body = "const w = Services.wm.getMostRecentWindow('navigator:browser');\
                    const id = arguments[0].toLowerCase().replace(/[^a-z0-9_-]/g, '_') + '-browser-action';\
                    w.document.getElementById(id).querySelector('.unified-extensions-item-action-button').click();";
        self.chrome(body, &json!([extension])).map(drop)
    }

    /// Runs a script's body in the action's open panel, and awaits a promise that it returns.
    /// `window` and `document` are the panel's, without any changes by its own scripts.
    ///
    /// # Errors
    /// [`DriverError::Refused`] with the exception's text, or when there is no open panel.
    pub fn popup(&mut self, body: &str, arguments: &Value) -> Result<Value> {
        self.answers += 1;
        let answer = format!("cachette-tests:{}", self.answers);
        let script = format!(
            "(async () => {{ const window = content, document = content.document, args = {arguments}; {body} }})()\
             .then(value => sendAsyncMessage('{answer}', {{value}}), \
             error => sendAsyncMessage('{answer}', {{error: String(error)}}))"
        );
        // The panel's page is in another process, where Marionette finds no frame to switch to; a
        // frame script does.
        let body = "const w = Services.wm.getMostRecentWindow('navigator:browser');\
                    const b = [...w.document.querySelectorAll('.webextension-popup-browser')]\
                      .find(b => b.closest('panel')?.state == 'open');\
                    if (!b) throw new Error('no panel is open');\
                    return new Promise((resolve, reject) => {\
                      b.messageManager.addMessageListener(arguments[1], ({data}) => \
                        'error' in data ? reject(new Error(data.error)) : resolve(data.value));\
                      b.messageManager.loadFrameScript(\
                        'data:application/javascript;charset=utf-8,' + encodeURIComponent(arguments[0]), false);\
                    })";
        self.chrome(body, &json!([script, answer]))
    }

    /// Runs a script as [`Firefox::until`] does, in the action's panel.
    ///
    /// # Errors
    /// [`DriverError::Timeout`].
    pub fn popup_until(&mut self, body: &str, arguments: &Value) -> Result<Value> {
        until(body, || some_truth(self.popup(body, arguments)))
    }

    /// Presses keys in the action's panel, one after the other: single characters or names
    /// (`Enter`, `ArrowDown`).
    ///
    /// # Errors
    /// As [`Firefox::popup`].
    pub fn popup_keys(&mut self, keys: &[&str]) -> Result<()> {
        let body = "const tip = Components.classes['@mozilla.org/text-input-processor;1']\
                      .createInstance(Components.interfaces.nsITextInputProcessor);\
                    for (const key of args) {\
                      tip.beginInputTransactionForTests(window);\
                      const event = new window.KeyboardEvent('', {key, code: key.length > 1 ? key : ''});\
                      tip.keydown(event); tip.keyup(event); }";
        self.popup(body, &json!(keys)).map(drop)
    }

    /// Closes the action's panel.
    ///
    /// # Errors
    /// As [`Firefox::chrome`].
    pub fn close_popup(&mut self) -> Result<()> {
        let body = "const w = Services.wm.getMostRecentWindow('navigator:browser');\
                    for (const b of w.document.querySelectorAll('.webextension-popup-browser')) \
                    b.closest('panel').hidePopup();";
        self.chrome(body, &json!([])).map(drop)
    }

    /// Right-clicks the element that a CSS selector finds in the foreground page.
    ///
    /// # Errors
    /// [`DriverError::Refused`] if it finds no element.
    pub fn right_click(&mut self, selector: &str) -> Result<()> {
        let element =
            self.marionette.call("WebDriver:FindElement", json!({"using": "css selector", "value": selector}))?;
        let id = element.get(ELEMENT).cloned().unwrap_or_else(|| element.clone());
        let actions = json!({"actions": [{"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"},
        "actions": [
            {"type": "pointerMove", "duration": 0, "x": 0, "y": 0, "origin": {ELEMENT: id}},
            {"type": "pointerDown", "button": 2},
            {"type": "pointerUp", "button": 2},
        ]}]});
        self.marionette.call("WebDriver:PerformActions", actions).map(drop)
    }

    /// Chooses the page's context menu item with this label, once the menu is open. If there is no
    /// such item, closes the menu and returns false.
    ///
    /// # Errors
    /// [`DriverError::Timeout`] if no menu opens.
    pub fn choose_menu_item(&mut self, label: &str) -> Result<bool> {
        let body = "const w = Services.wm.getMostRecentWindow('navigator:browser');\
                    const menu = w.document.getElementById('contentAreaContextMenu');\
                    if (menu.state != 'open') return '';\
                    const item = [...menu.querySelectorAll('menuitem')].find(item => item.label == arguments[0]);\
                    if (!item) { menu.hidePopup(); return 'none'; }\
                    menu.activateItem(item); return 'chosen'";
        Ok(self.chrome_until(body, &json!([label]))? == "chosen")
    }

    /// Returns a picture of the foreground page as PNG; of the browser's whole window if `window`.
    ///
    /// # Errors
    /// [`DriverError::Unexpected`] if the answer is not base64.
    pub fn screenshot(&mut self, window: bool) -> Result<Vec<u8>> {
        let context = if window { "chrome" } else { "content" };
        self.marionette.call("Marionette:SetContext", json!({"value": context}))?;
        let picture = self.marionette.call("WebDriver:TakeScreenshot", json!({"full": false}));
        self.marionette.call("Marionette:SetContext", json!({"value": "content"}))?;
        data_encoding::BASE64
            .decode(picture?.as_str().unwrap_or_default().as_bytes())
            .map_err(|error| DriverError::Unexpected(format!("the screenshot is no base64: {error}")))
    }

    fn script(&mut self, body: &str, arguments: &Value, sandbox: Option<&str>) -> Result<Value> {
        let parameters = json!({"script": body, "args": arguments, "sandbox": sandbox, "newSandbox": false});
        self.marionette.call("WebDriver:ExecuteScript", parameters)
    }
}

fn some_truth(answer: Result<Value>) -> Result<Option<Value>> {
    match answer {
        Ok(Value::Null | Value::Bool(false)) | Err(DriverError::Refused { .. }) => Ok(None),
        Ok(Value::String(text)) if text.is_empty() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(error) => Err(error),
    }
}
