//! Computes the card's content before it is drawn: which words, which buttons, which command. It
//! touches no element; `card.rs` draws it.

use cachette_protocol::{Notice, SaveOutcome};
use cachette_webext::{
    address,
    error::Error,
    i18n::{Plural, Text, date, fill, plural, share, text},
    messages::{Copy, Done, Failed, PageState, Step},
    wording,
};

/// The command that examines the problems that the host has reported.
const DOCTOR: &str = "cachette doctor";

/// The content of the card's elements. An empty text hides its element.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Face {
    /// The card's class.
    pub look: &'static str,
    /// The sentence that says what happens.
    pub status: String,
    /// The page's title.
    pub title: String,
    /// More about it, to be joined.
    pub detail: Vec<String>,
    /// How far a save has come, of 100, and whether that is known.
    pub progress: Option<(u64, bool)>,
    /// A command that helps, to be copied.
    pub command: Option<&'static str>,
    /// The words of the button that saves.
    pub save: Option<Text>,
    /// Whether the saved copy can be opened.
    pub open: bool,
    /// Whether the last save can be undone.
    pub undo: bool,
    /// Whether a failed save can be tried again.
    pub retry: bool,
}

/// All that the card knows. Of each kind, the newest news counts.
#[derive(Debug, Default)]
pub struct Shown {
    page: Option<PageState>,
    search: Option<Error>,
    notices: Vec<Notice>,
    kept: u32,
}

/// The methods that take news return whether the card must be drawn again.
impl Shown {
    /// Takes the page's state. A page that was saved refutes every reason why nothing can be.
    pub fn page(&mut self, state: PageState) -> bool {
        if matches!(state, PageState::Saved(_)) {
            self.notices.clear();
        }
        self.page = Some(state);
        true
    }

    /// Takes an error of the search, or its end.
    pub fn search(&mut self, error: Option<Error>) -> bool {
        replace(&mut self.search, error)
    }

    /// Takes the reasons why nothing can be saved now.
    pub fn notices(&mut self, notices: Vec<Notice>) -> bool {
        replace(&mut self.notices, notices)
    }

    /// Takes the number of captures that wait in the browser.
    pub fn kept(&mut self, count: u32) -> bool {
        self.kept = count;
        true
    }

    /// Returns the address of the saved copy that the card mentions.
    pub fn copy_address(&self) -> Option<String> {
        match &self.page {
            Some(PageState::Known(copy, _)) => Some(address::of_copy(&copy.hash_url, "")),
            Some(PageState::Saved(Done { copy, .. })) => Some(address::of_copy(&copy.hash_url, &copy.captured_at)),
            _ => None,
        }
    }

    /// Returns the card's content.
    pub fn face(&self) -> Face {
        if let Some(error) = &self.search {
            return failed(error, false, false);
        }
        let face = self.page.as_ref().map(face).unwrap_or_default();
        let is_said = self.page.as_ref().is_some_and(is_of_a_save);
        match self.notices.first().filter(|_| !is_said) {
            Some(notice) => forewarned(face, fill(Text::CANNOT_SAVE, &[&wording::notice_within(notice)])),
            None => face,
        }
    }

    /// Returns how many captures wait in the browser, in words. `None` if none waits, or if the
    /// page is one of them: the card mentions it already, and its button sends all.
    pub fn kept_words(&self) -> Option<String> {
        let is_said = matches!(self.page, Some(PageState::Failed(Failed { kept: true, .. })));
        (self.kept > 0 && !is_said).then(|| plural(Plural::KEPT_PAGES, self.kept.into(), &[]))
    }
}

fn replace<T: PartialEq>(old: &mut T, new: T) -> bool {
    let is_new = *old != new;
    *old = new;
    is_new
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

/// Returns the face with a warning before its own words: nothing can be saved now, and why.
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

#[cfg(test)]
mod tests;
