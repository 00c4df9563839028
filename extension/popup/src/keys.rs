//! Maps the keys of the search box to their effects. It touches no element; `search.rs` acts.

use cachette_webext::kit::{Key, KeyMap};

/// The effect of a key in the search box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Selects the next page.
    Down,
    /// Selects the page before.
    Up,
    /// Opens the saved copy.
    OpenCopy,
    /// Opens the live page.
    OpenLive,
    /// Undoes a correction, or clears the box.
    Clear,
}

/// The keys with an effect in the search box.
pub const KEYS: KeyMap<Action> = KeyMap(&[
    (Key("ArrowDown", None), Action::Down),
    (Key("ArrowUp", None), Action::Up),
    (Key("Enter", Some(true)), Action::OpenLive),
    (Key("Enter", Some(false)), Action::OpenCopy),
    (Key("Escape", None), Action::Clear),
]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_that_writes_a_character_is_taken_from_the_search_box() {
        for (Key(name, _), action) in KEYS.0 {
            assert!(name.chars().count() > 1 && name.is_ascii(), "{action:?} is on {name}");
        }
    }

    #[test]
    fn every_line_of_the_keyboard_map_can_be_reached_and_every_action_has_one() {
        for (at, (key, action)) in KEYS.0.iter().enumerate() {
            let hides = |earlier: &Key| earlier.0 == key.0 && (earlier.1.is_none() || earlier.1 == key.1);
            assert!(!KEYS.0[..at].iter().any(|(earlier, _)| hides(earlier)), "{key:?} never means {action:?}");
        }
        for action in [Action::Down, Action::Up, Action::OpenCopy, Action::OpenLive, Action::Clear] {
            assert!(KEYS.0.iter().any(|(_, known)| *known == action), "{action:?} has no key");
        }
    }

    #[test]
    fn the_live_page_opens_only_with_control_and_the_copy_only_without() {
        let enter: Vec<_> =
            KEYS.0.iter().filter(|(key, _)| key.0 == "Enter").map(|(key, action)| (key.1, *action)).collect();
        assert_eq!(enter, [(Some(true), Action::OpenLive), (Some(false), Action::OpenCopy)]);
    }
}
