//! Shows changes to people. It writes them into the state, sets the badge and sends them to the
//! extension's pages. It starts no job.

use cachette_webext::{
    api, json,
    messages::{Link, PageState, Step, Update},
};
use wasm_bindgen::JsValue;

use crate::{
    badge::Badge,
    pending, session,
    state::{remember, with},
};

/// Records a page's state: memory, badge, popup.
pub fn set_page(tab: i32, url: &str, state: PageState, save: Option<String>) {
    let is_step = matches!(state, PageState::Saving(Step::Sending(..)));
    let page = session::Page { tab, url: url.to_owned(), at: api::clock(), state: state.clone(), save };
    let badge = Badge::of_page(&state);
    with(|state| state.session.set_page(page));
    if !is_step {
        if let Some(badge) = badge {
            badge.show(tab);
        }
        remember();
    }
    send_page(tab, state);
}

/// Changes a link: memory, badge, popup.
pub fn set_link(id: u32, change: impl FnOnce(&mut Link)) {
    let changed = with(|state| {
        state.session.link(id).map(|link| {
            change(link);
            (link.tab, Badge::of_link(&link.state))
        })
    });
    if let Some((tab, badge)) = changed {
        badge.show(tab);
        send_links();
    }
}

/// Sends a tab's page state to the popups over that tab.
pub fn send_page(tab: i32, page: PageState) {
    let ports: Vec<JsValue> = with(|state| {
        if let Some(opening) = state.opening.as_mut().filter(|opening| opening.tab == tab) {
            opening.state = page.clone();
        }
        state.popups.over(tab)
    });
    let update = Update::Page(page);
    ports.iter().for_each(|port| send(port, &update));
}

/// Sends the links to all pages, and stores them.
pub fn send_links() {
    remember();
    send_all(&Update::Links(with(|state| state.session.links.clone())));
}

/// Sends all pages the numbers and notes of the captures that the browser keeps or has set aside.
pub async fn send_kept() {
    let all = pending::all().await;
    let (waiting, aside) = with(|state| pending::summary(all, &state.sending));
    send_all(&Update::Kept(waiting));
    send_all(&Update::Aside(aside));
}

/// Sends an update to all pages.
pub fn send_all(update: &Update) {
    let ports = with(|state| state.popups.all());
    ports.iter().for_each(|port| send(port, update));
}

/// Sends an update to one page.
pub fn send(port: &JsValue, update: &Update) {
    // A page that was closed just now misses the update; that is not an error.
    api::post_text(port, &json::write(update)).ok();
}
