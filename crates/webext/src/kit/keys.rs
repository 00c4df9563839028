//! Maps keys, with their modifiers, to actions. It is pure except for reading the event.

use web_sys::KeyboardEvent;

/// A key by its name (`KeyboardEvent.key`), and whether Ctrl or Cmd is held with it. `None` means
/// either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(pub &'static str, pub Option<bool>);

/// The actions of one part of the page, by key. The first matching line counts.
pub struct KeyMap<A: 'static>(pub &'static [(Key, A)]);

impl<A: Copy> KeyMap<A> {
    /// Returns the action of a key press. It is `None` for a key that is not in the map, or that
    /// belongs to a composition: the Enter that ends one is part of the word.
    pub fn action(&self, event: &KeyboardEvent) -> Option<A> {
        if event.is_composing() { None } else { self.lookup(&event.key(), event.ctrl_key() || event.meta_key()) }
    }

    fn lookup(&self, name: &str, with_control: bool) -> Option<A> {
        let fits = |key: &Key| key.0 == name && key.1.is_none_or(|control| control == with_control);
        self.0.iter().find(|(key, _)| fits(key)).map(|&(_, action)| action)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_means_what_the_first_fitting_line_says() {
        let map = KeyMap(&[(Key("Enter", Some(true)), 1), (Key("Enter", None), 2), (Key("a", Some(false)), 3)]);
        assert_eq!(map.lookup("Enter", true), Some(1));
        assert_eq!(map.lookup("Enter", false), Some(2));
        assert_eq!(map.lookup("a", false), Some(3));
        assert_eq!(map.lookup("a", true), None);
        assert_eq!(map.lookup("b", false), None);
    }

    #[test]
    fn a_key_is_known_by_its_exact_name() {
        let map = KeyMap(&[(Key("Enter", None), ()), (Key(" ", None), ()), (Key("é", None), ())]);
        for (name, expected) in [
            ("Enter", true),
            ("enter", false),
            ("ENTER", false),
            ("Enter ", false),
            (" ", true),
            ("", false),
            ("é", true),
        ] {
            for with_control in [false, true] {
                assert_eq!(map.lookup(name, with_control).is_some(), expected, "{name:?}");
            }
        }
        // Browsers report these for keys that they do not know, or that compose.
        for name in ["Unidentified", "Dead", "Process"] {
            assert_eq!(map.lookup(name, false), None);
        }
    }

    #[test]
    fn an_earlier_line_hides_a_later_one() {
        let map = KeyMap(&[(Key("a", None), 1), (Key("a", Some(true)), 2), (Key("a", Some(false)), 3)]);
        assert_eq!([true, false].map(|control| map.lookup("a", control)), [Some(1), Some(1)]);
        assert_eq!(KeyMap::<u8>(&[]).lookup("a", false), None);
    }
}
