//! Keeps captures in the browser until the host acknowledges them. Their number is limited. A
//! capture's note is stored apart from its text, so listing loads no page. Others decide when to
//! send again.

use cachette_protocol::SaveBegin;
use cachette_webext::{error::Error, json, messages::Aside, value};
use js_sys::{Array, JsString};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;

use crate::{browser, capture::Capture};

/// The limits for kept captures: their number, and their UTF-16 units together.
const MOST: usize = 60;
const MOST_UNITS: u64 = 200 * 1024 * 1024;

/// A note of a kept capture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Its announcement.
    pub begin: SaveBegin,
    /// The length of its texts.
    pub units: u32,
    /// How often it failed in a way that may be its own fault.
    #[serde(default)]
    pub failures: u32,
    /// Why it was set aside, if it was. It is then sent again only on request.
    #[serde(default)]
    pub aside: Option<Error>,
}

/// The number of failures that sets a capture aside. A single one may be the program's or the
/// computer's fault.
const FAILURES_MOST: u32 = 2;

impl Kept {
    /// Counts a failure that the capture itself may have caused.
    pub fn fail(&mut self, error: &Error) {
        self.failures = self.failures.saturating_add(1);
        if self.failures >= FAILURES_MOST {
            self.aside = Some(error.clone());
        }
    }

    /// Returns it to the queue for one more attempt.
    pub fn take_back(&mut self) {
        if self.aside.take().is_some() {
            self.failures = FAILURES_MOST - 1;
        }
    }
}

/// Keeps a capture.
///
/// # Errors
/// [`Error::QueueFull`] if the queue or the browser's disk has no room.
pub async fn keep(begin: SaveBegin, html: JsString, more: JsString) -> Result<(), Error> {
    let kept = Kept { units: html.length().saturating_add(more.length()), begin, failures: 0, aside: None };
    if !has_room(&all().await, kept.units) {
        return Err(Error::QueueFull);
    }
    let about = json::write(&kept);
    browser::keep_save(&kept.begin.save, &about, &html, &more).await.map(drop).map_err(|_| Error::QueueFull)
}

fn has_room(all: &[Kept], units: u32) -> bool {
    let together: u64 = all.iter().map(|kept| u64::from(kept.units)).sum();
    // A capture that was set aside takes up disk space, but no place in the queue.
    all.iter().filter(|kept| kept.aside.is_none()).count() < MOST && together + u64::from(units) <= MOST_UNITS
}

/// Returns all kept captures, oldest first; none if the browser's database fails.
pub async fn all() -> Vec<Kept> {
    let Ok(list) = browser::kept_saves().await else { return Vec::new() };
    let texts = list.dyn_into::<Array>().unwrap_or_default();
    // The database sorts by the saves' names, which begin with the time.
    texts.iter().filter_map(|text| value::parse(&text.as_string()?)).collect()
}

/// Returns the kept captures as people see them: how many wait, and those that were set aside. One
/// that is on its way is neither.
pub fn summary(all: Vec<Kept>, sending: &[String]) -> (u32, Vec<Aside>) {
    let mut asides = Vec::new();
    let mut waiting = 0;
    for kept in all.into_iter().filter(|kept| !sending.contains(&kept.begin.save)) {
        let begin = kept.begin;
        match kept.aside {
            Some(error) => {
                let title = begin.title.unwrap_or_default();
                asides.push(Aside { save: begin.save, title, url: begin.url, error });
            }
            None => waiting += 1,
        }
    }
    (waiting, asides)
}

/// Loads a kept capture with its text; `None` if it is no longer there.
pub async fn load(kept: Kept) -> Option<Capture> {
    let html = browser::kept_html(&kept.begin.save).await.ok()?.dyn_into().ok()?;
    let more = browser::kept_more(&kept.begin.save).await.ok().and_then(|more| more.dyn_into().ok());
    Some(Capture { begin: kept.begin, html, more: more.unwrap_or_else(|| "".into()) })
}

/// Records how often a capture has failed, perhaps through its own fault. Returns whether it is now
/// set aside.
pub async fn note_failures(save: &str, failures: u32, error: &Error) -> bool {
    let noted = change(save, |kept| (0..failures).for_each(|_| kept.fail(error))).await;
    noted.is_some_and(|kept| kept.aside.is_some())
}

/// Returns a set-aside capture to the queue.
pub async fn take_back(save: &str) -> Option<Kept> {
    change(save, Kept::take_back).await
}

/// Changes the note of a kept capture; `None` if it is not kept. If the browser's disk refuses, the
/// change holds only for this call.
async fn change(save: &str, change: impl FnOnce(&mut Kept)) -> Option<Kept> {
    let mut kept = all().await.into_iter().find(|kept| kept.begin.save == save)?;
    change(&mut kept);
    browser::note_save(save, &json::write(&kept)).await.ok();
    Some(kept)
}

/// Forgets a capture, whether or not it is kept.
pub async fn forget(save: &str) {
    browser::drop_save(save).await.ok();
}

#[cfg(test)]
mod tests;
