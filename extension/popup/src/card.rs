//! The card on top of the popup. It says what happens to the page in front of the user, in words,
//! with the buttons that fit. An error of the search takes its place while it lasts.

use std::cell::RefCell;

use cachette_protocol::{Notice, SaveOutcome};
use cachette_webext::{
    address, api, elements,
    error::Error,
    i18n::{Plural, Text, date, fill, plural, share, text},
    kit::{self, Missing, listen},
    messages::{Copy, Done, Failed, PageState, Step},
    task, wording,
};
use web_sys::{Document, Event, HtmlElement};

/// The command that examines the problems that the host has reported.
const DOCTOR: &str = "cachette doctor";

/// The card's content, computed before it is drawn.
#[derive(Debug, Default, PartialEq)]
struct Face {
    look: &'static str,
    status: String,
    title: String,
    detail: Vec<String>,
    progress: Option<(u64, bool)>,
    command: Option<&'static str>,
    save: Option<Text>,
    open: bool,
    undo: bool,
    retry: bool,
}

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

/// The card and its current content.
pub struct Card {
    page: RefCell<Option<PageState>>,
    search: RefCell<Option<Error>>,
    notices: RefCell<Vec<Notice>>,
    kept_count: RefCell<u32>,
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
        copies(&elements.copy, &elements.command);
        Ok(Card {
            page: RefCell::default(),
            search: RefCell::default(),
            notices: RefCell::default(),
            kept_count: RefCell::default(),
            elements,
        })
    }

    /// Shows how the page is doing.
    pub fn show_page(&self, state: PageState) {
        if matches!(state, PageState::Saved(_)) {
            self.notices.borrow_mut().clear();
        }
        *self.page.borrow_mut() = Some(state);
        self.draw();
    }

    /// Shows an error of the search, or clears it.
    pub fn show_search(&self, error: Option<Error>) {
        if *self.search.borrow() != error {
            *self.search.borrow_mut() = error;
            self.draw();
        }
    }

    /// Shows why nothing can be saved now, or clears that.
    pub fn show_notices(&self, notices: Vec<Notice>) {
        if *self.notices.borrow() != notices {
            *self.notices.borrow_mut() = notices;
            self.draw();
        }
    }

    /// Shows how many captures wait in the browser, unless the card mentions it itself.
    pub fn show_kept(&self, count: u32) {
        *self.kept_count.borrow_mut() = count;
        self.draw();
    }

    /// The address of the saved copy that the card mentions.
    pub fn copy_address(&self) -> Option<String> {
        match &*self.page.borrow() {
            Some(PageState::Known(copy, _)) => Some(address::of_copy(&copy.hash_url, "")),
            Some(PageState::Saved(Done { copy, .. })) => Some(address::of_copy(&copy.hash_url, &copy.captured_at)),
            _ => None,
        }
    }

    fn draw(&self) {
        let face = match (&*self.search.borrow(), &*self.page.borrow()) {
            (Some(error), _) => failed(error, false, false),
            (None, state) => {
                let face = state.as_ref().map(face).unwrap_or_default();
                let is_said = state.as_ref().is_some_and(is_of_a_save);
                match self.notices.borrow().first().filter(|_| !is_said) {
                    Some(notice) => forewarned(face, fill(Text::CANNOT_SAVE, &[&wording::notice_within(notice)])),
                    None => face,
                }
            }
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
        let count = *self.kept_count.borrow();
        // If the page is one of them, the card mentions it already; its button sends all.
        let is_said = matches!(&*self.page.borrow(), Some(PageState::Failed(Failed { kept: true, .. })));
        if count > 0 {
            kit::say(&elements.kept_text, &plural(Plural::KEPT_PAGES, count.into(), &[]));
        }
        show(&elements.kept, count > 0 && !is_said);
    }
}

/// Makes `button` copy the text of `from`, and confirm it.
fn copies(button: &HtmlElement, from: &HtmlElement) {
    let (from, shown) = (from.clone(), button.clone());
    listen(button, "click", move |_: Event| {
        let (words, shown) = (from.text_content().unwrap_or_default(), shown.clone());
        task::spawn(async move {
            if api::copy_text(&words).await.is_ok() {
                shown.set_text_content(Some(&text(Text::COPIED)));
            }
        });
    });
}

fn face(state: &PageState) -> Face {
    match state {
        PageState::Looking => Face { look: "quiet", status: text(Text::LOOKING), ..Face::default() },
        PageState::Unsaved => {
            Face { look: "quiet", status: text(Text::UNSAVED), save: Some(Text::SAVE_PAGE), ..Face::default() }
        }
        PageState::Known(copy, undo) => Face {
            look: "good",
            status: fill(Text::SAVED_ON, &[&date(&copy.captured_at)]),
            title: copy.title.clone(),
            detail: history(copy),
            save: Some(Text::SAVE_VERSION),
            open: true,
            undo: *undo,
            ..Face::default()
        },
        PageState::Saving(step) => {
            let (words, progress) = match *step {
                Step::Reading => (text(Text::READING), (0, false)),
                Step::Sending(sent, of) => {
                    let (sent, of) = (u64::from(sent), u64::from(of.max(1)));
                    (fill(Text::SENDING, &[&share(sent, of)]), (sent * 100 / of, of > 1))
                }
                Step::Filing => (text(Text::FILING), (100, false)),
            };
            Face { look: "busy", status: words, progress: Some(progress), ..Face::default() }
        }
        PageState::Saved(Done { copy, outcome, notices }) => Face {
            look: "good",
            status: text(match outcome {
                SaveOutcome::NewPage => Text::SAVED,
                SaveOutcome::NewVersion => Text::SAVED_VERSION,
                SaveOutcome::Unchanged => Text::SAVED_UNCHANGED,
            }),
            title: copy.title.clone(),
            detail: notices.iter().map(wording::notice_within).collect(),
            open: true,
            undo: *outcome != SaveOutcome::Unchanged,
            ..Face::default()
        },
        PageState::Undone => {
            Face { look: "quiet", status: text(Text::UNDONE), save: Some(Text::SAVE_AGAIN), ..Face::default() }
        }
        PageState::Failed(Failed { error, kept }) => failed(error, *kept, true),
    }
}

/// Whether the page's state already shows whether saving works.
fn is_of_a_save(state: &PageState) -> bool {
    matches!(state, PageState::Looking | PageState::Saving(_) | PageState::Saved(_) | PageState::Failed(_))
}

/// A face that says first that nothing can be saved now, and why. What it said itself comes after.
fn forewarned(face: Face, warning: String) -> Face {
    let own = [face.title, face.status].into_iter().filter(|words| !words.is_empty());
    let detail = own.chain(face.detail).collect();
    Face { look: "bad", status: warning, title: String::new(), detail, command: Some(DOCTOR), ..face }
}

fn failed(error: &Error, kept: bool, may_retry: bool) -> Face {
    Face {
        look: "bad",
        status: wording::error(error),
        detail: if kept { vec![text(Text::KEPT)] } else { Vec::new() },
        command: error.remedy(),
        // A page that cannot be read now cannot be read a second later either.
        retry: may_retry && !matches!(error, Error::Unreadable(_)),
        ..Face::default()
    }
}

fn history(copy: &Copy) -> Vec<String> {
    let mut said = Vec::new();
    if copy.versions > 1 {
        said.push(plural(Plural::VERSIONS, copy.versions.into(), &[]));
    }
    if let Some(seen) = &copy.seen_at {
        said.push(fill(Text::SEEN_ON, &[&date(seen)]));
    }
    said
}
