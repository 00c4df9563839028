//! Runs the settings page. It has the settings' form, the access to sites, the state of the
//! program, and the captures that wait in the browser.

use std::rc::Rc;

use cachette_protocol::{Status, StatusReport};
use cachette_webext::{
    api, elements,
    error::Error,
    host::Host,
    i18n::{Plural, Text, fill, plural, text},
    kit::{self, BackgroundPort, Missing, SettingsForm, listen},
    messages::{Command, Update},
    task, wording,
};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Event};

elements! {
    /// The page's elements.
    pub struct Elements {
        settings: HtmlElement = "settings",
        sites: HtmlElement = "sites",
        allow: HtmlElement = "allow",
        withdraw: HtmlElement = "withdraw",
        status: HtmlElement = "status",
        version: HtmlElement = "version",
        command: HtmlElement = "command",
        kept: HtmlElement = "kept",
        kept_text: HtmlElement = "kept-text",
        retry_kept: HtmlElement = "retry-kept",
        drop_kept: HtmlElement = "drop-kept",
    }
}

/// Runs the page.
///
/// # Errors
/// The element that the page lacks.
pub async fn run(document: Document) -> Result<(), Missing> {
    let elements = Rc::new(Elements::find(&document)?);
    let form = SettingsForm::draw(&elements.settings).await;
    // The controls live as long as the page.
    std::mem::forget(form);
    kit::say(&elements.version, &fill(Text::EXTENSION_VERSION, &[&api::extension_version()]));
    kept(&elements);
    sites(&elements).await;
    report(&elements).await;
    Ok(())
}

/// The access to all sites, which can also be given and taken back here.
async fn sites(elements: &Rc<Elements>) {
    show_sites(elements).await;
    let shown = Rc::clone(elements);
    listen(&elements.allow, "click", move |_: Event| {
        let asked = api::ask_for_all_sites();
        let shown = Rc::clone(&shown);
        task::spawn(async move {
            // Whether it was refused or granted, the page shows the current state.
            JsFuture::from(asked).await.ok();
            show_sites(&shown).await;
        });
    });
    let shown = Rc::clone(elements);
    listen(&elements.withdraw, "click", move |_: Event| {
        let shown = Rc::clone(&shown);
        task::spawn(async move {
            api::drop_all_sites().await.ok();
            show_sites(&shown).await;
        });
    });
}

async fn show_sites(elements: &Elements) {
    let allowed = api::may_read_all_sites().await.is_ok_and(|answer| answer.is_truthy());
    kit::say(&elements.sites, &text(if allowed { Text::SITES_ALLOWED } else { Text::SITES_ASKED }));
    // The button that appears takes the keyboard's focus from the one that disappears.
    let (comes, goes) =
        if allowed { (&elements.withdraw, &elements.allow) } else { (&elements.allow, &elements.withdraw) };
    kit::show(comes, true, None);
    kit::show(goes, false, Some(comes));
}

/// The captures that wait in the browser for the host.
fn kept(elements: &Rc<Elements>) {
    let shown = Rc::clone(elements);
    let on_update = move |update| {
        if let Update::Kept(count) = update {
            let words = kept_words(count);
            if let Some(words) = &words {
                kit::say(&shown.kept_text, words);
            }
            kit::show(&shown.kept, words.is_some(), None);
        }
    };
    // If the background is stopped meanwhile, the next press starts it again.
    let Ok(port) = BackgroundPort::open(on_update, || {}) else { return };
    port.send(&Command::Watch);
    let port = Rc::new(port);
    for (button, command) in [(&elements.retry_kept, Command::Retry(None)), (&elements.drop_kept, Command::DropKept)] {
        let port = Rc::clone(&port);
        listen(button, "click", move |_: Event| port.send(&command));
    }
}

async fn report(elements: &Elements) {
    let host = Host::connect();
    match ask(&host).await {
        Ok(words) => kit::say(&elements.status, &words),
        Err(error) => {
            kit::say(&elements.status, &wording::error(&error));
            kit::say(&elements.command, error.remedy().unwrap_or_default());
            kit::show(&elements.command, error.remedy().is_some(), None);
        }
    }
    host.close();
}

async fn ask(host: &Host) -> Result<String, Error> {
    host.greet().await?;
    let report = host.ask(&Status {}).await?;
    Ok(words_of(&report))
}

/// Returns the state of the program: how much is saved, where, and what is wrong.
fn words_of(report: &StatusReport) -> String {
    let (pages, versions) = (plural(Plural::PAGES, report.pages, &[]), plural(Plural::VERSIONS, report.versions, &[]));
    let mut words = vec![fill(Text::HOST_REPORT, &[&pages, &versions, &report.home])];
    words.extend(report.all_notices().iter().map(wording::notice_within));
    words.join(" ")
}

/// Returns how many captures wait in the browser, in words; `None` if none does.
fn kept_words(count: u32) -> Option<String> {
    (count > 0).then(|| plural(Plural::KEPT_PAGES, count.into(), &[]))
}

#[cfg(test)]
mod tests;
