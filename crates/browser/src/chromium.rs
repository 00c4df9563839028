//! Drives Chromium with an extension over DevTools: tabs, scripts, keys, the real toolbar action
//! and its popup. It knows nothing of Cachette's pages. More than 300 lines: one driver, a method
//! for each act of a person.

mod launch;

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use serde_json::{Value, json};

use crate::{
    DriverError, Result,
    cdp::Cdp,
    process::Group,
    wait::{until, until_for},
};

pub use launch::{Launch, window};

/// A running Chromium. When dropped, it ends with everything that it has started.
pub struct Chromium {
    cdp: Cdp,
    process: Group,
    opened: Vec<String>,
}

/// A page in which scripts can run: a tab, a popup, a service worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its name in DevTools.
    pub target: String,
    session: String,
}

/// DevTools' description of one target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its id.
    pub id: String,
    /// `page`, `tab`, `service_worker`, …
    pub kind: String,
    /// Its address.
    pub url: String,
}

impl Chromium {
    /// Starts the browser and connects to it.
    ///
    /// # Errors
    /// [`DriverError::Missing`] without Chromium; [`DriverError::Timeout`] if it does not come up.
    pub fn launch(launch: &Launch<'_>) -> Result<Chromium> {
        Chromium::launch_with(launch, &[])
    }

    /// Starts the browser as [`Chromium::launch`] does, with more switches.
    ///
    /// # Errors
    /// As [`Chromium::launch`].
    pub fn launch_with(launch: &Launch<'_>, switches: &[&str]) -> Result<Chromium> {
        let (process, port, path) = launch::driven(launch, switches)?;
        let mut cdp = Cdp::connect(port, &path)?;
        cdp.call(None, "Target.setDiscoverTargets", json!({"discover": false}))?;
        Ok(Chromium { cdp, process, opened: Vec::new() })
    }

    /// Sends a raw DevTools command, for actions without a method here. `page` is `None` for the
    /// browser itself.
    ///
    /// # Errors
    /// As [`Cdp::call`].
    pub fn command(&mut self, page: Option<&Page>, method: &str, params: Value) -> Result<Value> {
        self.cdp.call(page.map(|page| page.session.as_str()), method, params)
    }

    /// Returns all open targets of the given kind (`page`, `tab`, `service_worker`).
    ///
    /// # Errors
    /// As [`Cdp::call`].
    pub fn targets(&mut self, kind: &str) -> Result<Vec<Target>> {
        let answer = self.cdp.call(None, "Target.getTargets", json!({"filter": [{"type": kind}]}))?;
        let infos = answer.get("targetInfos").and_then(Value::as_array).cloned().unwrap_or_default();
        Ok(infos
            .iter()
            .map(|info| Target { id: text(info, "targetId"), kind: text(info, "type"), url: text(info, "url") })
            .collect())
    }

    /// Attaches to a target, in which scripts can then run.
    ///
    /// # Errors
    /// As [`Cdp::call`].
    pub fn attach(&mut self, target: &str) -> Result<Page> {
        let answer = self.cdp.call(None, "Target.attachToTarget", json!({"targetId": target, "flatten": true}))?;
        Ok(Page { target: target.to_owned(), session: text(&answer, "sessionId") })
    }

    /// Opens an address in a new foreground tab and waits until it has loaded.
    ///
    /// # Errors
    /// [`DriverError::Refused`] if the address cannot be shown; [`DriverError::Timeout`].
    pub fn open(&mut self, url: &str) -> Result<Page> {
        let answer = self.cdp.call(None, "Target.createTarget", json!({"url": "about:blank"}))?;
        let page = self.attach(&text(&answer, "targetId"))?;
        self.opened.push(page.target.clone());
        self.navigate(&page, url)?;
        Ok(page)
    }

    /// Navigates a tab to an address and waits until it has loaded.
    ///
    /// # Errors
    /// As [`Chromium::open`].
    pub fn navigate(&mut self, page: &Page, url: &str) -> Result<()> {
        let session = Some(page.session.as_str());
        self.cdp.call(session, "Page.enable", json!({}))?;
        self.cdp.forget_events();
        let answer = self.cdp.call(session, "Page.navigate", json!({"url": url}))?;
        if let Some(error) = answer.get("errorText").and_then(Value::as_str) {
            return Err(DriverError::Refused { command: format!("going to {url}"), message: error.to_owned() });
        }
        self.cdp.event(session, "Page.loadEventFired")?;
        Ok(())
    }

    /// Runs an expression, awaits it if it is a promise, and returns its value as JSON.
    ///
    /// # Errors
    /// [`DriverError::Refused`] with the exception's text.
    pub fn evaluate(&mut self, page: &Page, expression: &str) -> Result<Value> {
        let params =
            json!({"expression": expression, "awaitPromise": true, "returnByValue": true, "userGesture": true});
        let answer = self.cdp.call(Some(&page.session), "Runtime.evaluate", params)?;
        if let Some(exception) = answer.get("exceptionDetails") {
            let message = exception
                .pointer("/exception/description")
                .or_else(|| exception.get("text"))
                .and_then(Value::as_str)
                .unwrap_or("an exception without a text");
            return Err(DriverError::Refused { command: expression.to_owned(), message: message.to_owned() });
        }
        Ok(answer.pointer("/result/value").cloned().unwrap_or_default())
    }

    /// Runs an expression repeatedly until it returns something truthy.
    ///
    /// # Errors
    /// [`DriverError::Timeout`]. An exception counts as “not yet”.
    pub fn until(&mut self, page: &Page, expression: &str) -> Result<Value> {
        until(expression, || match self.evaluate(page, expression) {
            Ok(value) if truthy(&value) => Ok(Some(value)),
            Ok(_) | Err(DriverError::Refused { .. }) => Ok(None),
            Err(error) => Err(error),
        })
    }

    /// Returns the extension's service worker, once it runs.
    ///
    /// # Errors
    /// [`DriverError::Timeout`].
    pub fn service_worker(&mut self, extension: &str) -> Result<Page> {
        let prefix = format!("chrome-extension://{extension}/");
        let id = until("the extension's service worker", || {
            let targets = self.targets("service_worker")?;
            Ok(targets.into_iter().find(|target| target.url.starts_with(&prefix)).map(|target| target.id))
        })?;
        self.attach(&id)
    }

    /// Clicks the extension's toolbar button over `page`: the real action, which grants `activeTab`
    /// and opens the popup. The extension's service worker must run, or the click is lost. In a
    /// window where the extension is not allowed (for example a private one) this ends the browser:
    /// Chromium 156 does not check.
    ///
    /// # Errors
    /// [`DriverError::Refused`] if the page is in no tab.
    pub fn trigger_action(&mut self, extension: &str, page: &Page) -> Result<()> {
        let tab = self.tab_of(page)?;
        self.cdp.call(None, "Target.activateTarget", json!({"targetId": page.target}))?;
        self.trigger_action_on(extension, &tab)
    }

    /// Clicks as [`Chromium::trigger_action`] does, over the foreground tab that
    /// [`Chromium::tab_of`] has found. It is a single command, for stopwatches.
    ///
    /// # Errors
    /// As [`Chromium::trigger_action`].
    pub fn trigger_action_on(&mut self, extension: &str, tab: &str) -> Result<()> {
        self.cdp.call(None, "Extensions.triggerAction", json!({"id": extension, "targetId": tab})).map(drop)
    }

    /// Returns the action's popup, once it is there. It is the extension page of that name which
    /// [`Chromium::open`] did not open.
    ///
    /// # Errors
    /// [`DriverError::Timeout`].
    pub fn popup(&mut self, extension: &str, file: &str) -> Result<Page> {
        let url = format!("chrome-extension://{extension}/{file}");
        let id = until("the popup", || {
            let pages = self.targets("page")?;
            let popup = pages.into_iter().find(|page| page.url.starts_with(&url) && !self.opened.contains(&page.id));
            Ok(popup.map(|popup| popup.id))
        })?;
        self.attach(&id)
    }

    /// Allows the extension all sites, as a person does on the browser's page of extensions.
    /// Chromium uses this as the answer to the extension's question at the next click.
    ///
    /// # Errors
    /// [`DriverError::Refused`] if that page no longer works this way.
    pub fn allow_all_sites(&mut self, extension: &str) -> Result<()> {
        let page = self.open(&format!("chrome://extensions/?id={extension}"))?;
        let allow = format!(
            "(async () => {{ const id = '{extension}'; await chrome.developerPrivate.updateExtensionConfiguration(\
             {{extensionId: id, hostAccess: 'ON_SPECIFIC_SITES'}});\
             await chrome.developerPrivate.addHostPermission(id, '<all_urls>') }})()"
        );
        self.evaluate(&page, &allow)?;
        self.close(&page)
    }

    /// Returns an element's place on the screen, a few pixels inside it, for a real mouse. Needs a
    /// display.
    ///
    /// # Errors
    /// [`DriverError::Refused`] if the selector finds nothing.
    pub fn on_screen(&mut self, page: &Page, selector: &str) -> Result<(i64, i64)> {
        let place = format!(
            "(() => {{ const box = document.querySelector({}).getBoundingClientRect(); return [\
             Math.round(screenX + box.x + Math.min(20, box.width / 2)), \
             Math.round(screenY + outerHeight - innerHeight + box.y + box.height / 2)] }})()",
            json!(selector)
        );
        let place = self.evaluate(page, &place)?;
        let side = |at: usize| place.get(at).and_then(Value::as_i64).unwrap_or_default();
        Ok((side(0), side(1)))
    }

    /// Types text into the element that has the focus, one key at a time.
    ///
    /// # Errors
    /// As [`Cdp::call`].
    pub fn type_text(&mut self, page: &Page, text: &str) -> Result<()> {
        for character in text.chars() {
            let character = character.to_string();
            self.dispatch(page, "keyDown", json!({"key": character, "text": character}))?;
            self.dispatch(page, "keyUp", json!({"key": character}))?;
        }
        Ok(())
    }

    /// Presses a named key (`Enter`, `ArrowDown`, `Escape`, `Tab`, …); with Ctrl when `ctrl`.
    ///
    /// # Errors
    /// As [`Cdp::call`].
    pub fn press(&mut self, page: &Page, key: &str, ctrl: bool) -> Result<()> {
        let code = match key {
            "Enter" => 13,
            "Escape" => 27,
            "Tab" => 9,
            "ArrowUp" => 38,
            "ArrowDown" => 40,
            _ => 0,
        };
        let modifiers = if ctrl { 2 } else { 0 };
        let fields = json!({"key": key, "code": key, "windowsVirtualKeyCode": code, "modifiers": modifiers});
        let mut down = fields.clone();
        if let (true, Some(down)) = (key == "Enter", down.as_object_mut()) {
            down.insert("text".to_owned(), json!("\r"));
        }
        self.dispatch(page, "keyDown", down)?;
        self.dispatch(page, "keyUp", fields)
    }

    /// Returns a picture of the page as PNG, in the screen's own pixels.
    ///
    /// # Errors
    /// As [`Cdp::call`]; [`DriverError::Unexpected`] if the answer is not base64.
    pub fn screenshot(&mut self, page: &Page) -> Result<Vec<u8>> {
        let answer = self.cdp.call(Some(&page.session), "Page.captureScreenshot", json!({"format": "png"}))?;
        data_encoding::BASE64
            .decode(text(&answer, "data").as_bytes())
            .map_err(|error| DriverError::Unexpected(format!("the screenshot is no base64: {error}")))
    }

    /// Closes a tab or a popup and waits until it is gone.
    ///
    /// # Errors
    /// As [`Cdp::call`]; [`DriverError::Timeout`].
    pub fn close(&mut self, page: &Page) -> Result<()> {
        self.cdp.call(None, "Target.closeTarget", json!({"targetId": page.target}))?;
        until("the end of a closed page", || {
            let pages = self.targets("page")?;
            Ok(pages.iter().all(|other| other.id != page.target).then_some(()))
        })
    }

    /// Ends the browser as a person would, which writes its profile. Dropping it kills it instead.
    ///
    /// # Errors
    /// [`DriverError::Timeout`] if it does not end.
    pub fn quit(mut self) -> Result<()> {
        self.cdp.call(None, "Browser.close", json!({}))?;
        let process = &mut self.process;
        until_for(Duration::from_secs(30), "Chromium's end", || process.ended())?;
        Ok(())
    }

    /// Returns the tab target that contains a page. DevTools reports it only as the tab's
    /// auto-attached child.
    ///
    /// # Errors
    /// [`DriverError::Unexpected`] if no tab contains it.
    pub fn tab_of(&mut self, page: &Page) -> Result<String> {
        for tab in self.targets("tab")? {
            if self.page_in(&tab.id)?.as_deref() == Some(page.target.as_str()) {
                return Ok(tab.id);
            }
        }
        Err(DriverError::Unexpected(format!("no tab holds the page {}", page.target)))
    }

    fn page_in(&mut self, tab: &str) -> Result<Option<String>> {
        let session = match self.cdp.call(None, "Target.attachToTarget", json!({"targetId": tab, "flatten": true})) {
            Ok(answer) => text(&answer, "sessionId"),
            // The tab has closed meanwhile.
            Err(DriverError::Refused { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        let attach = json!({"autoAttach": true, "waitForDebuggerOnStart": false, "flatten": true,
            "filter": [{"type": "page"}]});
        self.cdp.call(Some(&session), "Target.setAutoAttach", attach)?;
        let event = self.cdp.event(Some(&session), "Target.attachedToTarget")?;
        self.cdp.call(None, "Target.detachFromTarget", json!({"sessionId": session}))?;
        Ok(event.params.pointer("/targetInfo/targetId").and_then(Value::as_str).map(str::to_owned))
    }

    fn dispatch(&mut self, page: &Page, kind: &str, mut fields: Value) -> Result<()> {
        if let Some(fields) = fields.as_object_mut() {
            fields.insert("type".to_owned(), json!(kind));
        }
        // If the key closes the popup, no answer arrives.
        self.cdp.send(Some(&page.session), "Input.dispatchKeyEvent", fields).map(drop)
    }
}

/// Returns the folder of host manifests of a profile.
pub fn host_manifests(profile: &Path) -> PathBuf {
    profile.join("NativeMessagingHosts")
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Whether JavaScript treats a value as true.
fn truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}
