//! Takes the commands of the extension's pages, and registers their ports. It does no work itself;
//! each command starts its job (`updates.rs` sends the jobs' states back).

use cachette_webext::{
    api,
    host::Host,
    messages::{self, Command, PageState, Update},
    search_shortcut,
    tab::Tab,
    task, value,
};
use wasm_bindgen::JsValue;

use crate::{
    browser, delivery, page,
    popup::LoadingPopup,
    state::with,
    updates::{send, send_kept, send_links},
};

/// Whether a port comes from a page of this extension.
fn is_own(sender: &JsValue) -> bool {
    let part = |name| value::property(sender, name).as_string().unwrap_or_default();
    messages::is_own_page(&part("id"), &part("url"), &api::extension_id(), &api::extension_url(""))
}

/// Takes a message from a page of the extension.
pub fn on_message(port: JsValue, text: &str) {
    if !is_own(&browser::port_sender(&port)) {
        return;
    }
    let Some(command) = value::parse::<Command>(text) else { return };
    if with(|state| state.popups.register(&port, command.tab())) {
        send(&port, &Update::Links(with(|state| state.session.links.clone())));
        // The popup's job may have greeted the host while the popup was loading.
        let notices = with(|state| state.host.as_ref().map(Host::notices));
        send(&port, &Update::Notices(notices.unwrap_or_default()));
        task::spawn(send_kept());
    }
    match command {
        Command::Open(tab) => match state_while_loading(tab) {
            Some(state) => send(&port, &Update::Page(state)),
            None => task::spawn(page::open(tab, true)),
        },
        Command::Show(tab) => task::spawn(page::open(tab, false)),
        Command::Save(tab) => task::spawn(page::save(tab)),
        Command::Undo(tab) => task::spawn(page::undo(tab)),
        Command::Retry(tab) => task::spawn(page::retry(tab)),
        Command::Watch => {}
        Command::ClearLinks => {
            with(|state| state.session.clear_links());
            send_links();
        }
        Command::DropKept => task::spawn(delivery::drop_kept()),
        Command::RetryAside(save) => task::spawn(delivery::retry_aside(save)),
        Command::DropAside(save) => task::spawn(delivery::drop_aside(save)),
    }
}

/// Begins the save while the popup's own module is still loading. The popup's command then finds
/// the job under way. If anything is unclear, nothing begins: the popup will ask.
pub async fn on_opening(port: JsValue) {
    let sender = browser::port_sender(&port);
    let in_tab = !value::property(&sender, "tab").is_undefined();
    if !is_own(&sender) || in_tab || search_shortcut::is_recent().await {
        return;
    }
    let tab = browser::front_tab().await.ok().and_then(value::read::<Tab>);
    // The browsers reveal only the address of the tab whose button was clicked.
    if let Some(tab) = tab.filter(|tab| tab.url.is_some()) {
        let opening = LoadingPopup { tab: tab.id, at: api::now(), state: PageState::Looking };
        with(|state| state.opening = Some(opening));
        page::open(tab.id, true).await;
    }
}

/// Returns, once, the last state of a tab's job that began while the popup was loading. The page's
/// address may have changed since then, but the user clicked on the job's page.
fn state_while_loading(tab: i32) -> Option<PageState> {
    with(|state| state.opening.take())?.answer(tab, api::now())
}

/// Forgets a page that was closed. Its job goes on.
pub fn on_disconnect(port: &JsValue) {
    with(|state| state.popups.forget(port));
}
