//! Reads the note that the search shortcut leaves for the popup that it opens. Such a popup
//! searches and saves nothing. The shim of the shortcut writes the note; it has no time to ask
//! anybody.

use crate::api;

/// When the shortcut was pressed, in the browser's session storage.
const PRESSED: &str = "search_only";
/// When a popup read the note.
const TAKEN: &str = "search_only_taken";

/// How old a press may be, in milliseconds.
const PRESSED_MS: f64 = 10_000.0;
/// How long a popup that has read the note may still be loading, in milliseconds.
const TAKEN_MS: f64 = 5_000.0;

/// Whether the shortcut opened this popup. The answer is yes once for each press.
pub async fn take() -> bool {
    let is_fresh = is_within(read(PRESSED).await, api::now(), PRESSED_MS);
    if is_fresh {
        // If the note cannot be deleted, it is too old the next time.
        api::write_storage("session", TAKEN, api::now().into()).await.ok();
        api::write_storage("session", PRESSED, 0.into()).await.ok();
    }
    is_fresh
}

/// Whether a popup that is loading may be the shortcut's, whether or not it has read the note. When
/// in doubt, yes.
pub async fn is_recent() -> bool {
    is_within(read(PRESSED).await, api::now(), PRESSED_MS) || is_within(read(TAKEN).await, api::now(), TAKEN_MS)
}

async fn read(key: &str) -> Option<f64> {
    api::read_storage("session", key).await.ok().and_then(|value| value.as_f64())
}

/// Whether a moment is less than `ms` ago; a missing one never is.
fn is_within(moment: Option<f64>, now: f64, ms: f64) -> bool {
    moment.is_some_and(|moment| now - moment < ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: f64 = 1_795_000_000_000.0;

    #[test]
    fn a_press_opens_a_search_as_long_as_a_popup_takes_to_load() {
        for (moment, expected) in [
            (Some(NOW), true),
            (Some(NOW - 1.0), true),
            (Some(NOW - PRESSED_MS + 1.0), true),
            (Some(NOW - PRESSED_MS), false),
            (Some(NOW - 86_400_000.0), false),
            // The note that `take` leaves, and a missing one.
            (Some(0.0), false),
            (None, false),
            (Some(f64::NAN), false),
        ] {
            assert_eq!(is_within(moment, NOW, PRESSED_MS), expected, "{moment:?}");
        }
    }

    #[test]
    fn a_clock_that_is_set_back_leaves_the_press_fresh() {
        assert!(is_within(Some(NOW), NOW - 3_600_000.0, PRESSED_MS), "when in doubt, nothing is saved unasked");
    }

    #[test]
    fn a_note_that_was_read_counts_for_less_long_than_one_that_was_not() {
        let moment = Some(NOW - TAKEN_MS);
        assert!(is_within(moment, NOW, PRESSED_MS) && !is_within(moment, NOW, TAKEN_MS));
    }

    #[test]
    fn the_shim_writes_the_note_that_is_read_here() {
        let shim = include_str!("../../../extension/static/background.js");
        assert!(shim.contains(PRESSED), "background.js writes another key");
    }
}
