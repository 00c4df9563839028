//! Runs the search box and shows its results. It sends one request a keystroke from the second
//! character, over a port of its own; the newest answer wins. While the host compares the files
//! after its answer, the last request is repeated now and then.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use cachette_protocol::{Found, Hit, Search as Query};
use cachette_webext::{
    api, elements,
    host::Host,
    kit::{self, KeyedList, Missing, listen},
    task,
};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Event, HtmlElement, KeyboardEvent, MouseEvent};

use crate::{
    card::Card,
    hits::{Choice, opens_live, option_at, option_id, target},
    keys::{Action, KEYS},
    open,
    question::{Answer, Repetition, as_typed, is_question, is_same, summary},
    row::draw_hit,
};

/// How many hits the popup shows.
const SHOWN: u32 = 30;

elements! {
    struct Elements {
        query: HtmlInputElement = "query",
        list: HtmlElement = "hits",
        found: HtmlElement = "found",
        as_typed: HtmlElement = "as-typed",
    }
}

/// The search: its elements, its port, the hits.
pub struct Search {
    elements: Elements,
    body: Option<HtmlElement>,
    card: Rc<Card>,
    is_popup: bool,
    host: RefCell<Option<Host>>,
    hits: KeyedList<(usize, Hit)>,
    choice: RefCell<Choice>,
    shown: RefCell<Option<Found>>,
    /// How often something was typed. Only the newest question is repeated.
    asked: Cell<u32>,
}

impl Search {
    /// The elements' ids and types.
    #[cfg(test)]
    pub const IDS: &'static [(&'static str, &'static str)] = Elements::IDS;

    /// Starts the search box, which works as long as the page lives.
    ///
    /// # Errors
    /// The element that the page lacks.
    pub fn start(document: &Document, card: Rc<Card>, is_popup: bool) -> Result<(), Missing> {
        let elements = Elements::find(document)?;
        let search = Rc::new(Search {
            hits: KeyedList::new(&elements.list),
            elements,
            body: document.body(),
            card,
            is_popup,
            host: RefCell::default(),
            choice: RefCell::default(),
            shown: RefCell::default(),
            asked: Cell::default(),
        });
        let typed = Rc::clone(&search);
        listen(&search.elements.query, "input", move |_: Event| typed.typed());
        let pressed = Rc::clone(&search);
        listen(&search.elements.query, "keydown", move |event: KeyboardEvent| pressed.pressed(&event));
        for click in ["click", "auxclick"] {
            let clicked = Rc::clone(&search);
            listen(&search.elements.list, click, move |event: MouseEvent| clicked.clicked(&event));
        }
        let undone = Rc::clone(&search);
        listen(&search.elements.as_typed, "click", move |_: Event| {
            undone.search_as_typed();
            undone.elements.query.focus().ok();
        });
        search.elements.query.focus().ok();
        // Characters that were typed while the module was loading count too.
        search.typed();
        Ok(())
    }

    fn typed(self: &Rc<Self>) {
        let query = self.elements.query.value();
        let asked = self.asked.get().wrapping_add(1);
        self.asked.set(asked);
        if !is_question(&query) {
            self.card.show_search(None);
            return self.draw(None, None);
        }
        let search = Rc::clone(self);
        task::spawn(async move {
            let mut repetition = Repetition::default();
            while let Some(pause) = search.ask(&query, &mut repetition).await {
                api::sleep(pause).await;
                if search.asked.get() != asked {
                    return;
                }
            }
        });
    }

    /// Asks, and shows the answer. Returns the pause before the question is to be asked again: the
    /// host compares the files only after the first answer.
    async fn ask(self: &Rc<Self>, query: &str, repetition: &mut Repetition) -> Option<f64> {
        let result = self.host().ask(&Query { query: query.to_owned(), limit: SHOWN, offset: 0 }).await;
        match Answer::of(result, query, &self.elements.query.value()) {
            Answer::Found(found) => {
                self.card.show_search(None);
                let is_repeated = repetition.is_repeated();
                let pause = repetition.pause_ms(&found);
                if is_repeated {
                    self.draw_again(found)
                } else {
                    self.draw(Some(found), None)
                }
                pause
            }
            // The answer that is shown is as good as before.
            Answer::Failed(_) if repetition.is_repeated() => None,
            Answer::Failed(error) => {
                self.draw(None, None);
                self.card.show_search(Some(error));
                None
            }
            Answer::Stale => None,
        }
    }

    /// Returns the search's own port. It is the open one, otherwise a new one, which is greeted
    /// without waiting for the answer.
    fn host(self: &Rc<Self>) -> Host {
        if let Some(host) = self.host.borrow().as_ref().filter(|host| host.is_open()) {
            return host.clone();
        }
        let host = Host::connect();
        *self.host.borrow_mut() = Some(host.clone());
        let (search, greeted) = (Rc::clone(self), host.clone());
        task::spawn(async move {
            match greeted.greet().await {
                Ok(()) => search.card.show_notices(greeted.notices()),
                Err(error) => search.card.show_search(Some(error)),
            }
        });
        host
    }

    /// Shows an answer to a question that was answered before, if it is another one. The selected
    /// page stays selected.
    fn draw_again(&self, found: Found) {
        let chosen = self.choice.borrow().chosen;
        if !self.shown.borrow().as_ref().is_some_and(|shown| is_same(shown, &found)) {
            self.draw(Some(found), chosen.and_then(|at| self.hits.item(at)).map(|(_, hit)| hit));
        }
    }

    /// Shows an answer; clears the list if there was no question. The page `chosen` is selected if
    /// it is there.
    fn draw(&self, found: Option<Found>, chosen: Option<Hit>) {
        let words = found.as_ref().map(summary).unwrap_or_default();
        if let Some(body) = &self.body {
            body.class_list().toggle_with_force("searching", found.is_some()).ok();
        }
        let hits = found.as_ref().map(|found| found.hits.clone()).unwrap_or_default();
        let is_corrected = found.as_ref().is_some_and(|found| found.corrected.is_some());
        kit::show(&self.elements.as_typed, is_corrected, None);
        self.shown.replace(found);
        let choice = Choice::kept(chosen.as_ref(), &hits);
        let hits: Vec<_> = hits.into_iter().enumerate().collect();
        self.choose(Choice::among(0));
        self.hits.show(&hits, |(_, hit)| hit.hash_url.clone(), |(at, hit)| draw_hit(*at, hit));
        // The query that the rows answer. The rows themselves may be the same as before.
        api::set_attribute(&self.elements.list, "data-query", &self.elements.query.value());
        kit::show(&self.elements.list, !hits.is_empty(), None);
        kit::say(&self.elements.found, &words);
        kit::show(&self.elements.found, !words.is_empty(), None);
        self.choose(choice);
    }

    fn choose(&self, choice: Choice) {
        let before = self.choice.replace(choice);
        for (at, chosen) in [(before.chosen, false), (choice.chosen, true)] {
            let Some(row) = at.and_then(|at| self.hits.row(at)) else { continue };
            row.set_attribute("aria-selected", if chosen { "true" } else { "false" }).ok();
            if chosen {
                row.scroll_into_view_with_bool(false);
            }
        }
        let query = &self.elements.query;
        match choice.chosen {
            Some(at) => query.set_attribute("aria-activedescendant", &option_id(at)).ok(),
            None => query.remove_attribute("aria-activedescendant").ok(),
        };
    }

    fn pressed(self: &Rc<Self>, event: &KeyboardEvent) {
        let choice = *self.choice.borrow();
        match KEYS.action(event) {
            Some(Action::Down) => self.choose(choice.down()),
            Some(Action::Up) => self.choose(choice.up()),
            Some(action @ (Action::OpenCopy | Action::OpenLive)) => {
                if let Some(at) = choice.to_open() {
                    self.open(at, action == Action::OpenLive);
                }
            }
            // The first press undoes a correction, the second one clears the box.
            Some(Action::Clear) if self.search_as_typed() => {}
            // In an empty box the key keeps the browser's meaning: it closes the popup.
            Some(Action::Clear) if !self.elements.query.value().is_empty() => {
                self.elements.query.set_value("");
                self.typed();
            }
            Some(Action::Clear) | None => return,
        }
        event.prevent_default();
    }

    /// Searches for the typed words without correcting them. Returns whether they were corrected.
    fn search_as_typed(self: &Rc<Self>) -> bool {
        let is_corrected = self.shown.borrow().as_ref().is_some_and(|found| found.corrected.is_some());
        if is_corrected {
            self.elements.query.set_value(&as_typed(&self.elements.query.value()));
            self.typed();
        }
        is_corrected
    }

    fn clicked(&self, event: &MouseEvent) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let option = target.and_then(|target| target.closest("[role=option]").ok().flatten());
        let at = option.and_then(|option| option_at(&option.id()));
        if let Some(at) = at
            && let Some(live) = opens_live(event.button(), event.ctrl_key() || event.meta_key())
        {
            self.open(at, live);
        }
    }

    /// Opens the saved copy or the live page.
    fn open(&self, at: usize, live: bool) {
        if let Some((_, hit)) = self.hits.item(at)
            && let Some(url) = target(&hit, live)
        {
            open(url, self.is_popup);
        }
    }
}
