//! The search box and its results: one request a keystroke from the second character, over a port of its own; the
//! newest answer wins.

use std::{cell::RefCell, rc::Rc};

use cachette_protocol::{Found, Hit, Search as Query};
use cachette_webext::{
    address, api, dom,
    host::Host,
    i18n::{Text, fill, text},
    task,
};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent, MouseEvent};

use crate::{
    card::Card,
    hits::{Choice, pieces},
    open,
};

/// How many hits the popup shows.
const SHOWN: u32 = 30;
/// From how many characters on it searches.
const SHORTEST: usize = 2;

/// The search: its elements, its port, what it found.
pub struct Search {
    document: Document,
    card: Rc<Card>,
    is_popup: bool,
    query: HtmlInputElement,
    list: HtmlElement,
    found: HtmlElement,
    host: RefCell<Option<Host>>,
    hits: RefCell<Vec<Hit>>,
    choice: RefCell<Choice>,
}

impl Search {
    /// Makes the search box work; it lives as long as the page.
    pub fn start(document: &Document, card: Rc<Card>, is_popup: bool) -> Option<()> {
        let search = Rc::new(Search {
            document: document.clone(),
            card,
            is_popup,
            query: dom::by_id(document, "query")?,
            list: dom::by_id(document, "hits")?,
            found: dom::by_id(document, "found")?,
            host: RefCell::default(),
            hits: RefCell::default(),
            choice: RefCell::default(),
        });
        let typed = Rc::clone(&search);
        dom::listen(&search.query, "input", move |_: Event| typed.typed());
        let pressed = Rc::clone(&search);
        dom::listen(&search.query, "keydown", move |event: KeyboardEvent| pressed.pressed(&event));
        for click in ["click", "auxclick"] {
            let clicked = Rc::clone(&search);
            dom::listen(&search.list, click, move |event: MouseEvent| clicked.clicked(&event));
        }
        search.query.focus().ok();
        // What was typed while the module was loading counts too.
        search.typed();
        Some(())
    }

    fn typed(self: &Rc<Self>) {
        let query = self.query.value();
        if query.trim().chars().count() < SHORTEST {
            self.card.show_search(None);
            return self.draw(&Found { query, hits: Vec::new(), total: 0, corrected: None }, false);
        }
        let search = Rc::clone(self);
        task::spawn(async move {
            let host = search.host();
            let result = host.ask(&Query { query: query.clone(), limit: SHOWN, offset: 0 }).await;
            // Meanwhile more was typed: that answer is on its way.
            if search.query.value() != query {
                return;
            }
            match result {
                Ok(found) if found.query == query => {
                    search.card.show_search(None);
                    search.draw(&found, true);
                }
                Ok(_) => {}
                Err(error) => {
                    search.draw(&Found { query, hits: Vec::new(), total: 0, corrected: None }, false);
                    search.card.show_search(Some(error));
                }
            }
        });
    }

    /// The search's own port: the open one, else a new one, greeted without waiting for the answer.
    fn host(self: &Rc<Self>) -> Host {
        if let Some(host) = self.host.borrow().as_ref().filter(|host| host.is_open()) {
            return host.clone();
        }
        let host = Host::connect();
        *self.host.borrow_mut() = Some(host.clone());
        let (search, greeted) = (Rc::clone(self), host.clone());
        task::spawn(async move {
            match greeted.greet().await {
                Ok(()) => search.card.show_troubles(greeted.troubles()),
                Err(error) => search.card.show_search(Some(error)),
            }
        });
        host
    }

    fn draw(&self, found: &Found, searched: bool) {
        self.list.set_text_content(None);
        for (at, hit) in found.hits.iter().enumerate() {
            draw_hit(&self.list, at, hit);
        }
        dom::show(&self.list, !found.hits.is_empty());
        let shown = found.hits.len() as u64;
        let mut words = match (searched, found.total) {
            (false, _) => String::new(),
            (true, 0) => text(Text::NoHits),
            (true, 1) => text(Text::OneHit),
            (true, total) if total > shown => fill(Text::FirstHits, &[&shown.to_string(), &total.to_string()]),
            (true, total) => fill(Text::ManyHits, &[&total.to_string()]),
        };
        if let Some(corrected) = &found.corrected {
            words = format!("{} {words}", fill(Text::Corrected, &[corrected]));
        }
        self.found.set_text_content(Some(&words));
        dom::show(&self.found, !words.is_empty());
        if let Some(body) = self.document.body() {
            body.class_list().toggle_with_force("searching", searched).ok();
        }
        self.hits.replace(found.hits.clone());
        self.choose(Choice::among(found.hits.len()));
    }

    fn choose(&self, choice: Choice) {
        let before = self.choice.replace(choice);
        for (at, chosen) in [(before.chosen, false), (choice.chosen, true)] {
            let option = at.and_then(|at| self.document.get_element_by_id(&option_id(at)));
            if let Some(option) = option {
                dom::set(&option, "aria-selected", if chosen { "true" } else { "false" });
                if chosen {
                    option.scroll_into_view_with_bool(false);
                }
            }
        }
        match choice.chosen {
            Some(at) => dom::set(&self.query, "aria-activedescendant", &option_id(at)),
            None => drop(self.query.remove_attribute("aria-activedescendant")),
        }
    }

    fn pressed(self: &Rc<Self>, event: &KeyboardEvent) {
        // Enter that ends a composition is part of the word.
        if event.is_composing() {
            return;
        }
        let choice = *self.choice.borrow();
        match event.key().as_str() {
            "ArrowDown" => self.choose(choice.down()),
            "ArrowUp" => self.choose(choice.up()),
            "Enter" => {
                if let Some(at) = choice.to_open() {
                    self.open(at, event.ctrl_key() || event.meta_key());
                }
            }
            "Escape" if !self.query.value().is_empty() => {
                self.query.set_value("");
                self.typed();
            }
            _ => return,
        }
        event.prevent_default();
    }

    fn clicked(&self, event: &MouseEvent) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let option = target.and_then(|target| target.closest("[role=option]").ok().flatten());
        let at = option.and_then(|option| option.id().strip_prefix(OPTION)?.parse().ok());
        if let Some(at) = at
            && event.button() < 2
        {
            self.open(at, event.ctrl_key() || event.meta_key() || event.button() == 1);
        }
    }

    /// Opens the copy, or the live page.
    fn open(&self, at: usize, live: bool) {
        let hits = self.hits.borrow();
        let Some(hit) = hits.get(at) else { return };
        if !live {
            open(address::of_copy(&hit.hash_url, ""), self.is_popup);
        } else if address::is_live(&hit.url) {
            open(hit.url.clone(), self.is_popup);
        }
    }
}

const OPTION: &str = "hit-";

fn option_id(at: usize) -> String {
    format!("{OPTION}{at}")
}

fn draw_hit(list: &HtmlElement, at: usize, hit: &Hit) -> Option<()> {
    let option = dom::add(list, "li", "hit", "")?;
    option.set_id(&option_id(at));
    dom::set(&option, "role", "option");
    dom::set(&option, "aria-selected", "false");
    let title = if hit.title.trim().is_empty() { &hit.url } else { &hit.title };
    dom::add(&option, "div", "hit-title", title)?;
    let snippet = dom::add(&option, "div", "hit-snippet", "")?;
    for (piece, marked) in pieces(&hit.snippet, &hit.ranges) {
        dom::add(&snippet, if marked { "mark" } else { "span" }, "", &piece)?;
    }
    let place = dom::add(&option, "div", "hit-place", "")?;
    dom::add(&place, "span", "hit-address", &address::short(&hit.url))?;
    dom::add(&place, "span", "hit-date", &api::date_text(&hit.captured_at))?;
    Some(())
}
