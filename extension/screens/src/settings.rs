//! The settings page: two switches, the access to sites, how the program is doing, what waits in the browser.

use std::rc::Rc;

use cachette_protocol::Status;
use cachette_webext::{
    api, dom,
    error::Error,
    host::Host,
    i18n::{self, Text, fill, kept_words, text},
    messages::{self, Command, Update},
    setting::Setting,
    task, value,
};
use wasm_bindgen::{JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Event, HtmlElement, HtmlInputElement};

/// Runs the page.
pub async fn run() {
    let Some(document) = dom::document() else { return };
    i18n::translate(&document);
    for setting in Setting::ALL {
        switch(&document, setting).await;
    }
    kept(&document);
    sites(&document).await;
    report(&document).await;
}

async fn switch(document: &Document, setting: Setting) {
    let Some(input) = dom::by_id::<HtmlInputElement>(document, setting.key()) else { return };
    input.set_checked(setting.get().await);
    let changed = input.clone();
    dom::listen(&input, "change", move |_: Event| {
        let changed = changed.clone();
        task::spawn(async move {
            if setting.set(changed.checked()).await.is_err() {
                // The box shows what is stored.
                changed.set_checked(setting.get().await);
            }
        });
    });
}

/// The access to all sites: given and taken back here too.
async fn sites(document: &Document) {
    let find = |id: &str| dom::by_id::<HtmlElement>(document, id);
    let (Some(words), Some(allow), Some(withdraw)) = (find("sites"), find("allow"), find("withdraw")) else { return };
    let buttons = Rc::new((words, allow, withdraw));
    show_sites(&buttons).await;
    let shown = Rc::clone(&buttons);
    dom::listen(&buttons.1, "click", move |_: Event| {
        let asked = api::ask_for_all_sites();
        let shown = Rc::clone(&shown);
        task::spawn(async move {
            // Refused or granted, the page shows what holds.
            JsFuture::from(asked).await.ok();
            show_sites(&shown).await;
        });
    });
    let shown = Rc::clone(&buttons);
    dom::listen(&buttons.2, "click", move |_: Event| {
        let shown = Rc::clone(&shown);
        task::spawn(async move {
            api::drop_all_sites().await.ok();
            show_sites(&shown).await;
        });
    });
}

async fn show_sites((words, allow, withdraw): &(HtmlElement, HtmlElement, HtmlElement)) {
    let allowed = api::may_read_all_sites().await.is_ok_and(|answer| answer.is_truthy());
    words.set_text_content(Some(&text(if allowed { Text::SitesAllowed } else { Text::SitesAsked })));
    dom::show(allow, !allowed);
    dom::show(withdraw, allowed);
}

/// What waits in the browser for the host.
fn kept(document: &Document) {
    let find = |id: &str| dom::by_id::<HtmlElement>(document, id);
    let (Some(section), Some(words)) = (find("kept"), find("kept-text")) else { return };
    let on_message = Closure::<dyn FnMut(String)>::new(move |message: String| {
        if let Some(Update::Kept(count)) = value::parse(&message) {
            words.set_text_content(Some(&kept_words(count)));
            dom::show(&section, count > 0);
        }
    });
    // A background that is stopped meanwhile is called again with the next press.
    let on_disconnect = Closure::<dyn FnMut()>::new(|| {});
    let port = Rc::new(api::connect_background(on_message.as_ref(), on_disconnect.as_ref()).unwrap_or(JsValue::NULL));
    on_message.forget();
    on_disconnect.forget();
    let ask = |port: &JsValue, command: &Command| api::post_text(port, &messages::write(command)).ok();
    ask(&port, &Command::Watch);
    for (id, what) in [("retry-kept", Command::Retry(None)), ("drop-kept", Command::DropKept)] {
        let port = Rc::clone(&port);
        if let Some(button) = find(id) {
            dom::listen(&button, "click", move |_: Event| drop(ask(&port, &what)));
        }
    }
}

async fn report(document: &Document) {
    let find = |id: &str| dom::by_id::<HtmlElement>(document, id);
    let (Some(status), Some(command)) = (find("status"), find("command")) else { return };
    let host = Host::connect();
    match ask(&host).await {
        Ok(words) => status.set_text_content(Some(&words)),
        Err(error) => {
            status.set_text_content(Some(&i18n::error(&error)));
            command.set_text_content(error.remedy());
            dom::show(&command, error.remedy().is_some());
        }
    }
    host.close();
}

async fn ask(host: &Host) -> Result<String, Error> {
    host.greet().await?;
    let report = host.ask(&Status {}).await?;
    let figures = [report.pages.to_string(), report.versions.to_string(), report.home];
    let mut words = vec![fill(Text::HostReport, &figures.each_ref().map(String::as_str))];
    words.extend(report.troubles);
    Ok(words.join(" "))
}
