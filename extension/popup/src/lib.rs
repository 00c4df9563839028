//! The popup, as a WebAssembly module of its own: how the page in front of the user is doing, search, the links. Opened
//! as an ordinary tab it saves nothing and searches. Owns no job: it asks the background, which goes on when it closes.

mod aside;
mod card;
mod hits;
mod links;
mod search;

use std::{cell::Cell, rc::Rc};

use cachette_webext::{
    api, dom, i18n,
    messages::{self, Command, Update},
    search_shortcut,
    tab::Tab,
    task, value,
};
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::{Document, HtmlElement};

use self::{aside::Asides, card::Card, links::Links, search::Search};

/// How often and after how long the popup calls a background that was stopped.
const CALLS_MOST: u32 = 5;
const CALL_AGAIN_MS: f64 = 300.0;

/// Runs the popup page.
#[wasm_bindgen]
pub fn run() -> Promise {
    task::promise(popup())
}

/// Runs the popup. An element that is missing from the page leaves its part out.
async fn popup() {
    let Some(document) = dom::document() else { return };
    i18n::translate(&document);
    let in_tab = api::is_ordinary_tab().await.is_ok_and(|answer| answer.is_truthy());
    let tab = if in_tab { None } else { active_tab().await };
    if let (true, Some(body)) = (in_tab, document.body()) {
        body.set_class_name("tab");
    }
    let Some(popup) = Popup::new(&document, tab) else { return };
    Popup::connect(&popup);
    match popup.tab {
        Some(tab) if search_shortcut::take().await => popup.ask(&Command::Show(tab)),
        Some(tab) => popup.ask(&Command::Open(tab)),
        None => popup.ask(&Command::Watch),
    }
}

async fn active_tab() -> Option<i32> {
    value::read::<Tab>(api::active_tab().await.ok()?).map(|tab| tab.id)
}

/// The popup's parts and its port to the background.
struct Popup {
    tab: Option<i32>,
    port: std::cell::RefCell<JsValue>,
    calls: Cell<u32>,
    card: Rc<Card>,
    links: Links,
    asides: Asides,
}

impl Popup {
    fn new(document: &Document, tab: Option<i32>) -> Option<Rc<Popup>> {
        let card = Rc::new(Card::new(document)?);
        let popup = Rc::new(Popup {
            tab,
            port: JsValue::NULL.into(),
            calls: Cell::new(0),
            links: Links::new(document, tab.is_some())?,
            asides: Asides::new(document)?,
            card: Rc::clone(&card),
        });
        popup.bind(document);
        Search::start(document, card, tab.is_some());
        Some(popup)
    }

    /// What the buttons do.
    fn bind(self: &Rc<Self>, document: &Document) {
        let on = |id: &str, command: fn(&Popup) -> Option<Command>| {
            let popup = Rc::clone(self);
            if let Some(button) = dom::by_id::<HtmlElement>(document, id) {
                dom::listen(&button, "click", move |_: web_sys::Event| {
                    if let Some(command) = command(&popup) {
                        popup.ask(&command);
                    }
                });
            }
        };
        on("save", |popup| popup.tab.map(Command::Save));
        on("undo", |popup| popup.tab.map(Command::Undo));
        on("retry", |popup| Some(Command::Retry(popup.tab)));
        on("retry-kept", |_| Some(Command::Retry(None)));
        on("clear-links", |_| Some(Command::ClearLinks));
        let card = Rc::clone(&self.card);
        if let Some(button) = dom::by_id::<HtmlElement>(document, "open") {
            let is_popup = self.tab.is_some();
            dom::listen(&button, "click", move |_: web_sys::Event| {
                if let Some(copy) = card.copy_address() {
                    open(copy, is_popup);
                }
            });
        }
    }

    fn ask(&self, command: &Command) {
        api::post_text(&self.port.borrow(), &messages::write(command)).ok();
    }

    /// Opens the port to the background. It is stopped now and then, and comes back when it is called.
    fn connect(self: &Rc<Self>) {
        let popup = Rc::clone(self);
        let on_message = Closure::<dyn FnMut(String)>::new(move |text: String| {
            if let Some(update) = value::parse(&text) {
                popup.calls.set(0);
                popup.show(update);
            }
        });
        let popup = Rc::clone(self);
        let on_disconnect = Closure::<dyn FnMut()>::new(move || {
            let popup = Rc::clone(&popup);
            popup.calls.set(popup.calls.get() + 1);
            if popup.calls.get() > CALLS_MOST {
                return;
            }
            task::spawn(async move {
                api::sleep(CALL_AGAIN_MS).await;
                Popup::connect(&popup);
                // It shows what became of the page, and saves nothing of itself.
                popup.ask(&popup.tab.map_or(Command::Watch, Command::Show));
            });
        });
        if let Ok(port) = api::connect_background(on_message.as_ref(), on_disconnect.as_ref()) {
            *self.port.borrow_mut() = port;
        }
        on_message.forget();
        on_disconnect.forget();
    }

    fn show(self: &Rc<Self>, update: Update) {
        match update {
            Update::Page(state) => self.card.show_page(state),
            Update::Links(links) => self.links.show(&links),
            Update::Aside(asides) => {
                let popup = Rc::clone(self);
                self.asides.show(&asides, &Rc::new(move |command: Command| popup.ask(&command)));
            }
            Update::Kept(count) => self.card.show_kept(count),
            Update::Troubles(troubles) => self.card.show_troubles(troubles),
        }
    }
}

/// Opens an address in a new tab; the popup is done with then, a tab stays.
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
