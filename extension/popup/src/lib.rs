//! Runs the popup, as a WebAssembly module of its own. It shows the state of the page in front of
//! the user, search, and the links. In an ordinary tab it only searches, and saves nothing. It owns
//! no job: it asks the background, which goes on when it closes.

mod aside;
mod calls;
mod card;
mod face;
mod hits;
mod keys;
mod links;
mod question;
mod row;
mod search;

use std::{cell::RefCell, rc::Rc};

use cachette_webext::{
    api, elements,
    kit::{self, BackgroundPort, Missing, listen},
    messages::{Command, Update},
    search_shortcut,
    tab::Tab,
    task, value,
};
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Event, HtmlElement};

use self::{aside::Asides, calls::Calls, card::Card, links::Links, search::Search};

/// The pause after which the popup calls a stopped background again.
const CALL_AGAIN_MS: f64 = 300.0;

/// Runs the popup page.
#[wasm_bindgen]
pub fn run() -> Promise {
    kit::start(popup)
}

async fn popup(document: Document) -> Result<(), Missing> {
    let in_tab = api::is_ordinary_tab().await.is_ok_and(|answer| answer.is_truthy());
    let tab = if in_tab { None } else { active_tab().await };
    if let (true, Some(body)) = (in_tab, document.body()) {
        body.set_class_name("tab");
    }
    let popup = Popup::new(&document, tab)?;
    popup.connect();
    let only_searches = tab.is_some() && search_shortcut::take().await;
    popup.send(&calls::greeting(tab, !only_searches));
    Ok(())
}

async fn active_tab() -> Option<i32> {
    value::read::<Tab>(api::active_tab().await.ok()?).map(|tab| tab.id)
}

elements! {
    /// The buttons that send a command.
    struct Buttons {
        save: HtmlElement = "save",
        open: HtmlElement = "open",
        undo: HtmlElement = "undo",
        retry: HtmlElement = "retry",
        retry_kept: HtmlElement = "retry-kept",
        clear_links: HtmlElement = "clear-links",
    }
}

/// The port to the background, while it is open.
type Port = Rc<RefCell<Option<BackgroundPort>>>;

fn send_over(port: &Port, command: &Command) {
    if let Some(port) = &*port.borrow() {
        port.send(command);
    }
}

/// The popup's parts and its port to the background.
struct Popup {
    tab: Option<i32>,
    port: Port,
    calls: RefCell<Calls>,
    card: Rc<Card>,
    links: Links,
    asides: Asides,
}

impl Popup {
    fn new(document: &Document, tab: Option<i32>) -> Result<Rc<Popup>, Missing> {
        let card = Rc::new(Card::new(document)?);
        let port: Port = Rc::default();
        let sending = Rc::clone(&port);
        let send = Rc::new(move |command: Command| send_over(&sending, &command));
        let (links, asides) = (Links::new(document, tab.is_some())?, Asides::new(document, send)?);
        let popup = Rc::new(Popup { tab, port, calls: RefCell::default(), card: Rc::clone(&card), links, asides });
        popup.bind(&Buttons::find(document)?);
        Search::start(document, card, tab.is_some())?;
        Ok(popup)
    }

    /// Gives the buttons their commands.
    fn bind(self: &Rc<Self>, buttons: &Buttons) {
        let on = |button: &HtmlElement, command: fn(&Popup) -> Option<Command>| {
            let popup = Rc::clone(self);
            listen(button, "click", move |_: Event| {
                if let Some(command) = command(&popup) {
                    popup.send(&command);
                }
            });
        };
        on(&buttons.save, |popup| popup.tab.map(Command::Save));
        on(&buttons.undo, |popup| popup.tab.map(Command::Undo));
        on(&buttons.retry, |popup| Some(Command::Retry(popup.tab)));
        on(&buttons.retry_kept, |_| Some(Command::Retry(None)));
        on(&buttons.clear_links, |_| Some(Command::ClearLinks));
        let (card, is_popup) = (Rc::clone(&self.card), self.tab.is_some());
        listen(&buttons.open, "click", move |_: Event| {
            if let Some(copy) = card.copy_address() {
                open(copy, is_popup);
            }
        });
    }

    fn send(&self, command: &Command) {
        send_over(&self.port, command);
    }

    /// Opens the port to the background. The browser stops the background now and then, and starts
    /// it when the popup calls.
    fn connect(self: &Rc<Self>) {
        let popup = Rc::clone(self);
        let on_update = move |update| {
            popup.calls.borrow_mut().answered();
            popup.show(update);
        };
        let popup = Rc::clone(self);
        let on_disconnect = move || {
            let popup = Rc::clone(&popup);
            if !popup.calls.borrow_mut().may_call() {
                return;
            }
            task::spawn(async move {
                api::sleep(CALL_AGAIN_MS).await;
                popup.connect();
                popup.send(&calls::greeting(popup.tab, false));
            });
        };
        if let Ok(port) = BackgroundPort::open(on_update, on_disconnect) {
            self.port.replace(Some(port));
        }
    }

    fn show(&self, update: Update) {
        match update {
            Update::Page(state) => self.card.show_page(state),
            Update::Links(links) => self.links.show(&links),
            Update::Aside(asides) => self.asides.show(&asides),
            Update::Kept(count) => self.card.show_kept(count),
            Update::Notices(notices) => self.card.show_notices(notices),
        }
    }
}

/// Opens an address in a new tab. A popup closes after that; a tab stays.
fn open(url: String, and_close: bool) {
    task::spawn(async move {
        let opened = api::open_tab(&url).await.is_ok();
        if opened
            && and_close
            && let Some(window) = web_sys::window()
        {
            window.close().ok();
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_every_element_that_the_code_looks_up() {
        let html = include_str!("../../static/popup.html");
        for ids in [Buttons::IDS, Card::IDS, Links::IDS, Asides::IDS, Search::IDS] {
            assert_eq!(kit::misfits(html, ids), [""; 0]);
        }
    }

    #[test]
    fn the_caret_is_in_the_search_box_from_the_first_paint() {
        let html = include_str!("../../static/popup.html");
        let tag = html.split('<').find(|tag| tag.contains(" id=\"query\"")).unwrap();
        assert!(tag.contains("autofocus"), "{tag}");
    }
}
