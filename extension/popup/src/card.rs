//! The card on top of the popup: what happens to the page in front of the user, in words, with the buttons that fit.
//! A trouble of the search takes its place while it lasts.

use std::cell::RefCell;

use cachette_protocol::SaveOutcome;
use cachette_webext::{
    address, api, dom,
    error::Error,
    i18n::{self, Text, fill, kept_words, text},
    messages::{Copy, Done, Failed, PageState, Step},
    task,
};
use web_sys::{Document, HtmlElement, HtmlProgressElement};

/// The command that looks into a trouble that the host has told of itself.
const DOCTOR: &str = "cachette doctor";

/// What the card says, worked out before it is drawn.
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

/// The card's elements.
pub struct Card {
    page: RefCell<Option<PageState>>,
    search: RefCell<Option<Error>>,
    troubles: RefCell<Vec<String>>,
    kept_count: RefCell<u32>,
    card: HtmlElement,
    status: HtmlElement,
    title: HtmlElement,
    detail: HtmlElement,
    progress: HtmlProgressElement,
    remedy: HtmlElement,
    command: HtmlElement,
    save: HtmlElement,
    open: HtmlElement,
    undo: HtmlElement,
    retry: HtmlElement,
    kept: HtmlElement,
    kept_text: HtmlElement,
}

impl Card {
    /// Finds the elements; `None` where one is missing.
    pub fn new(document: &Document) -> Option<Card> {
        let find = |id: &str| dom::by_id::<HtmlElement>(document, id);
        let card = Card {
            page: RefCell::default(),
            search: RefCell::default(),
            troubles: RefCell::default(),
            kept_count: RefCell::default(),
            card: find("card")?,
            status: find("status")?,
            title: find("page-title")?,
            detail: find("detail")?,
            progress: dom::by_id(document, "progress")?,
            remedy: find("remedy")?,
            command: find("command")?,
            save: find("save")?,
            open: find("open")?,
            undo: find("undo")?,
            retry: find("retry")?,
            kept: find("kept")?,
            kept_text: find("kept-text")?,
        };
        copies(&find("copy")?, &card.command);
        Some(card)
    }

    /// Shows how the page is doing.
    pub fn show_page(&self, state: PageState) {
        if matches!(state, PageState::Saved(_)) {
            self.troubles.borrow_mut().clear();
        }
        *self.page.borrow_mut() = Some(state);
        self.draw();
    }

    /// Shows a trouble of the search, or that it has passed.
    pub fn show_search(&self, error: Option<Error>) {
        if *self.search.borrow() != error {
            *self.search.borrow_mut() = error;
            self.draw();
        }
    }

    /// Shows why nothing can be saved now, or that it has passed.
    pub fn show_troubles(&self, troubles: Vec<String>) {
        if *self.troubles.borrow() != troubles {
            *self.troubles.borrow_mut() = troubles;
            self.draw();
        }
    }

    /// Shows how many captures wait in the browser, unless the card says so itself.
    pub fn show_kept(&self, count: u32) {
        *self.kept_count.borrow_mut() = count;
        self.draw();
    }

    /// Where the copy that the card speaks of is shown.
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
                let said = state.as_ref().is_some_and(is_of_a_save);
                match self.troubles.borrow().first().filter(|_| !said) {
                    Some(error) => forewarned(face, fill(Text::CannotSave, &[error])),
                    None => face,
                }
            }
        };
        let put = |element: &HtmlElement, text: &str| {
            // A live region that is set to the same words again would be read again.
            if element.text_content().as_deref() != Some(text) {
                element.set_text_content(Some(text));
            }
            dom::show(element, !text.is_empty());
        };
        self.card.set_class_name(&format!("card {}", face.look));
        if self.status.text_content().as_deref() != Some(&face.status) {
            self.status.set_text_content(Some(&face.status));
        }
        put(&self.title, &face.title);
        put(&self.detail, &face.detail.join(" · "));
        put(&self.save, &face.save.map(text).unwrap_or_default());
        put(&self.command, face.command.unwrap_or_default());
        dom::show(&self.remedy, face.command.is_some());
        dom::show(&self.open, face.open);
        dom::show(&self.undo, face.undo);
        dom::show(&self.retry, face.retry);
        dom::show(&self.progress, face.progress.is_some());
        match face.progress {
            Some((value, true)) => self.progress.set_value(value as f64),
            // Without a value it is one that only moves.
            _ => drop(self.progress.remove_attribute("value")),
        }
        let count = *self.kept_count.borrow();
        // The card says it itself where the page is one of them; its button sends all.
        let said = matches!(&*self.page.borrow(), Some(PageState::Failed(Failed { kept: true, .. })));
        self.kept_text.set_text_content(Some(&kept_words(count)));
        dom::show(&self.kept, count > 0 && !said);
    }
}

/// Makes `button` copy the words of `from`, and say so.
fn copies(button: &HtmlElement, from: &HtmlElement) {
    let (from, shown) = (from.clone(), button.clone());
    dom::listen(button, "click", move |_: web_sys::Event| {
        let (words, shown) = (from.text_content().unwrap_or_default(), shown.clone());
        task::spawn(async move {
            if api::copy_text(&words).await.is_ok() {
                shown.set_text_content(Some(&text(Text::Copied)));
            }
        });
    });
}

fn face(state: &PageState) -> Face {
    match state {
        PageState::Looking => Face { look: "quiet", status: text(Text::Looking), ..Face::default() },
        PageState::Unsaved => {
            Face { look: "quiet", status: text(Text::Unsaved), save: Some(Text::SavePage), ..Face::default() }
        }
        PageState::Known(copy, undo) => Face {
            look: "good",
            status: fill(Text::SavedOn, &[&api::date_text(&copy.captured_at)]),
            title: copy.title.clone(),
            detail: history(copy),
            save: Some(Text::SaveVersion),
            open: true,
            undo: *undo,
            ..Face::default()
        },
        PageState::Saving(step) => {
            let (words, progress) = match *step {
                Step::Reading => (text(Text::Reading), (0, false)),
                Step::Sending(sent, of) => {
                    let percent = u64::from(sent) * 100 / u64::from(of.max(1));
                    (fill(Text::Sending, &[&percent.to_string()]), (percent, of > 1))
                }
                Step::Filing => (text(Text::Filing), (100, false)),
            };
            Face { look: "busy", status: words, progress: Some(progress), ..Face::default() }
        }
        PageState::Saved(Done { copy, outcome, warnings }) => Face {
            look: "good",
            status: text(match outcome {
                SaveOutcome::NewPage => Text::Saved,
                SaveOutcome::NewVersion => Text::SavedVersion,
                SaveOutcome::Unchanged => Text::SavedUnchanged,
            }),
            title: copy.title.clone(),
            detail: warnings.clone(),
            open: true,
            undo: *outcome != SaveOutcome::Unchanged,
            ..Face::default()
        },
        PageState::Undone => {
            Face { look: "quiet", status: text(Text::Undone), save: Some(Text::SaveAgain), ..Face::default() }
        }
        PageState::Failed(Failed { error, kept }) => failed(error, *kept, true),
    }
}

/// Whether the page's state tells itself whether saving works.
fn is_of_a_save(state: &PageState) -> bool {
    matches!(state, PageState::Looking | PageState::Saving(_) | PageState::Saved(_) | PageState::Failed(_))
}

/// A face that says first that nothing can be saved now, and why; what it said itself comes after.
fn forewarned(face: Face, warning: String) -> Face {
    let own = [face.title, face.status].into_iter().filter(|words| !words.is_empty());
    let detail = own.chain(face.detail).collect();
    Face { look: "bad", status: warning, title: String::new(), detail, command: Some(DOCTOR), ..face }
}

fn failed(error: &Error, kept: bool, may_retry: bool) -> Face {
    Face {
        look: "bad",
        status: i18n::error(error),
        detail: if kept { vec![text(Text::Kept)] } else { Vec::new() },
        command: error.remedy(),
        // What cannot be read now cannot be read a second later either.
        retry: may_retry && !matches!(error, Error::Unreadable(_)),
        ..Face::default()
    }
}

fn history(copy: &Copy) -> Vec<String> {
    let mut said = Vec::new();
    if copy.versions > 1 {
        said.push(fill(Text::Versions, &[&copy.versions.to_string()]));
    }
    if let Some(seen) = &copy.seen_at {
        said.push(fill(Text::SeenOn, &[&api::date_text(seen)]));
    }
    said
}
