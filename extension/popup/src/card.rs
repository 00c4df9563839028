//! Draws the card on top of the popup. The card says what happens to the page in front of the user,
//! in words, with the buttons that fit. An error of the search takes its place while it lasts.

use std::cell::RefCell;

use cachette_protocol::Notice;
use cachette_webext::{
    elements,
    error::Error,
    i18n::text,
    kit::{self, Missing},
    messages::PageState,
};
use web_sys::{Document, HtmlElement};

use crate::face::Shown;

elements! {
    struct Elements {
        card: HtmlElement = "card",
        status: HtmlElement = "status",
        title: HtmlElement = "page-title",
        detail: HtmlElement = "detail",
        progress: HtmlProgressElement = "progress",
        remedy: HtmlElement = "remedy",
        command: HtmlElement = "command",
        copy: HtmlElement = "copy",
        save: HtmlElement = "save",
        open: HtmlElement = "open",
        undo: HtmlElement = "undo",
        retry: HtmlElement = "retry",
        kept: HtmlElement = "kept",
        kept_text: HtmlElement = "kept-text",
        query: HtmlElement = "query",
    }
}

/// The card and what it shows.
pub struct Card {
    shown: RefCell<Shown>,
    elements: Elements,
}

impl Card {
    /// The elements' ids and types.
    #[cfg(test)]
    pub const IDS: &'static [(&'static str, &'static str)] = Elements::IDS;

    /// Makes the card, empty so far.
    ///
    /// # Errors
    /// The element that the page lacks.
    pub fn new(document: &Document) -> Result<Card, Missing> {
        let elements = Elements::find(document)?;
        kit::copies(&elements.copy, &elements.command);
        Ok(Card { shown: RefCell::default(), elements })
    }

    /// Shows how the page is doing.
    pub fn show_page(&self, state: PageState) {
        self.update(|shown| shown.page(state));
    }

    /// Shows an error of the search, or clears it.
    pub fn show_search(&self, error: Option<Error>) {
        self.update(|shown| shown.search(error));
    }

    /// Shows why nothing can be saved now, or clears that.
    pub fn show_notices(&self, notices: Vec<Notice>) {
        self.update(|shown| shown.notices(notices));
    }

    /// Shows how many captures wait in the browser, unless the card mentions it itself.
    pub fn show_kept(&self, count: u32) {
        self.update(|shown| shown.kept(count));
    }

    /// Returns the address of the saved copy that the card mentions.
    pub fn copy_address(&self) -> Option<String> {
        self.shown.borrow().copy_address()
    }

    /// Draws the card, if a change is to be seen.
    fn update(&self, change: impl FnOnce(&mut Shown) -> bool) {
        let is_changed = change(&mut self.shown.borrow_mut());
        if is_changed {
            self.draw();
        }
    }

    fn draw(&self) {
        let (face, kept) = {
            let shown = self.shown.borrow();
            (shown.face(), shown.kept_words())
        };
        let elements = &self.elements;
        // A button that disappears passes the keyboard's focus to the search box.
        let show = |element: &HtmlElement, visible| kit::show(element, visible, Some(&elements.query));
        let put = |element: &HtmlElement, words: &str| {
            kit::say(element, words);
            show(element, !words.is_empty());
        };
        elements.card.set_class_name(&format!("card {}", face.look));
        kit::say(&elements.status, &face.status);
        put(&elements.title, &face.title);
        put(&elements.detail, &face.detail.join(" · "));
        put(&elements.save, &face.save.map(text).unwrap_or_default());
        put(&elements.command, face.command.unwrap_or_default());
        show(&elements.remedy, face.command.is_some());
        show(&elements.open, face.open);
        show(&elements.undo, face.undo);
        show(&elements.retry, face.retry);
        show(&elements.progress, face.progress.is_some());
        match face.progress {
            Some((value, true)) => elements.progress.set_value(value as f64),
            // Without a value the bar only shows movement.
            _ => drop(elements.progress.remove_attribute("value")),
        }
        if let Some(words) = &kept {
            kit::say(&elements.kept_text, words);
        }
        show(&elements.kept, kept.is_some());
    }
}
