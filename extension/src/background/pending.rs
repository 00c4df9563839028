//! The captures that the host has not acknowledged, kept in the browser until it does. Bounded; what each one is stands
//! beside its text, so that listing loads no page. Decides nothing about when to send again.

use cachette_protocol::SaveBegin;
use js_sys::{Array, JsString};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;

use crate::{api, capture::Capture, talk, trouble::Trouble, value};

/// How many captures are kept, and how many UTF-16 units they may have together.
const MOST: usize = 60;
const MOST_UNITS: u64 = 200 * 1024 * 1024;

/// What a kept capture is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Its announcement.
    pub begin: SaveBegin,
    /// The length of its texts.
    pub units: u32,
}

/// Keeps a capture.
///
/// # Errors
/// [`Trouble::QueueFull`] where there is no room, or the browser's disk has none.
pub async fn keep(begin: SaveBegin, html: JsString, more: JsString) -> Result<(), Trouble> {
    let kept = Kept { units: html.length().saturating_add(more.length()), begin };
    if !has_room(&all().await, kept.units) {
        return Err(Trouble::QueueFull);
    }
    let about = talk::write(&kept);
    api::keep_save(&kept.begin.save, &about, &html, &more).await.map(drop).map_err(|_| Trouble::QueueFull)
}

fn has_room(all: &[Kept], units: u32) -> bool {
    let together: u64 = all.iter().map(|kept| u64::from(kept.units)).sum();
    all.len() < MOST && together + u64::from(units) <= MOST_UNITS
}

/// All that is kept, oldest first. Empty where the browser's database fails.
pub async fn all() -> Vec<Kept> {
    let Ok(list) = api::kept_saves().await else { return Vec::new() };
    let texts = list.dyn_into::<Array>().unwrap_or_default();
    // The database sorts by the saves' names, and these begin with the time.
    texts.iter().filter_map(|text| value::parse(&text.as_string()?)).collect()
}

/// A kept capture with its text; `None` where it is gone.
pub async fn load(kept: Kept) -> Option<Capture> {
    let html = api::kept_html(&kept.begin.save).await.ok()?.dyn_into().ok()?;
    let more = api::kept_more(&kept.begin.save).await.ok().and_then(|more| more.dyn_into().ok());
    Some(Capture { begin: kept.begin, html, more: more.unwrap_or_else(|| "".into()) })
}

/// Forgets a capture. One that is not kept is no error.
pub async fn forget(save: &str) {
    api::drop_save(save).await.ok();
}

#[cfg(test)]
mod tests {
    use super::*;
    use cachette_protocol::SaveSource;

    #[test]
    fn room_is_bounded_in_number_and_size() {
        let kept = |units| Kept {
            begin: SaveBegin {
                save: "12345678".into(),
                url: "https://a.org/".into(),
                captured_at: "2026-11-22T18:24:05.123Z".into(),
                source: SaveSource::Page,
                title: None,
                private: false,
                content_type: None,
                warnings: Vec::new(),
            },
            units,
        };
        assert!(has_room(&[], 5));
        assert!(has_room(&vec![kept(1); MOST - 1], 5));
        assert!(!has_room(&vec![kept(1); MOST], 5));
        assert!(!has_room(&[kept(MOST_UNITS as u32)], 5));
        assert_eq!(serde_json::from_str::<Kept>(&talk::write(&kept(7))).unwrap(), kept(7));
    }
}
