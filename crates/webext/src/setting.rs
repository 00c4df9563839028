//! Defines the user's settings, each once, with its type, its default and its words. They are kept
//! in the browser's local storage. The settings page draws its form from these definitions; it has
//! no line for any single setting.

use wasm_bindgen::JsValue;

use crate::{api, i18n::Text};

/// A setting of type `T`, by the name under which it is stored.
#[derive(Debug, Clone, Copy)]
pub struct Setting<T> {
    name: &'static str,
    default: T,
}

impl<T: Value> Setting<T> {
    /// Returns its value. It is the default if the storage does not answer or contains a value that
    /// this build does not know.
    pub async fn get(self) -> T {
        api::read_storage("local", self.name).await.ok().and_then(|value| T::read(&value)).unwrap_or(self.default)
    }
}

/// A type that settings can have.
pub trait Value: Copy + 'static {
    /// Reads a stored value; `None` if it is not valid.
    fn read(stored: &JsValue) -> Option<Self>;
    /// Returns the control for it in a form, with this value as the default.
    fn control(self) -> Control;
}

/// The control of a form for a setting, with the setting's default.
#[derive(Debug, Clone, Copy)]
pub enum Control {
    /// A box to tick.
    Switch(bool),
    /// One of several values, each with its stored name and its words.
    Choice(&'static str, &'static [(&'static str, Text)]),
}

/// A setting as the form sees it.
#[derive(Debug, Clone, Copy)]
pub struct Definition {
    /// The name under which it is stored, and that of its control.
    pub name: &'static str,
    /// The heading that it is shown under.
    pub section: Text,
    /// Its words.
    pub label: Text,
    /// Its control.
    pub control: fn() -> Control,
}

macro_rules! settings {
    ($($(#[$about:meta])* $id:ident: $type:ty = $name:literal, $default:expr, $section:expr, $label:expr;)+) => {
        $($(#[$about])* pub const $id: Setting<$type> = Setting { name: $name, default: $default };)+

        /// All settings, in the order of the form; settings of one section are adjacent.
        pub const ALL: &[Definition] = &[$(
            Definition { name: $name, section: $section, label: $label, control: || $id.default.control() },
        )+];
    };
}

settings! {
    /// The colours of the extension's pages.
    THEME: Theme = "theme", Theme::System, Text::SETTINGS_LOOKS, Text::SETTING_THEME;
    /// Whether opening the popup saves the page.
    SAVE_ON_OPEN: bool = "save_on_open", true, Text::SETTINGS_SAVING, Text::SETTING_SAVE_ON_OPEN;
    /// Whether a link that cannot be fetched is rendered in a quiet tab.
    RENDER_LINKS: bool = "render_links", true, Text::SETTINGS_SAVING, Text::SETTING_RENDER_LINKS;
}

/// Defines a setting's type that is one of several. Each variant has the name under which it is
/// stored, and its words.
macro_rules! choices {
    ($(#[$about:meta])* $type:ident { $($(#[$doc:meta])* $variant:ident = $name:literal, $words:expr;)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $type { $($(#[$doc])* $variant,)+ }

        impl Value for $type {
            fn read(stored: &JsValue) -> Option<$type> {
                match stored.as_string()?.as_str() {
                    $($name => Some($type::$variant),)+
                    _ => None,
                }
            }

            fn control(self) -> Control {
                let name = match self { $($type::$variant => $name,)+ };
                Control::Choice(name, &[$(($name, $words),)+])
            }
        }
    };
}

choices! {
    /// The colours of a page.
    Theme {
        /// The colours of the system.
        System = "system", Text::THEME_SYSTEM;
        /// Dark on light.
        Light = "light", Text::THEME_LIGHT;
        /// Light on dark.
        Dark = "dark", Text::THEME_DARK;
    }
}

impl Value for bool {
    fn read(stored: &JsValue) -> Option<bool> {
        stored.as_bool()
    }

    fn control(self) -> Control {
        Control::Switch(self)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::i18n::text;

    #[test]
    fn every_setting_has_a_name_of_its_own_and_a_default_that_can_be_chosen() {
        let names: BTreeSet<_> = ALL.iter().map(|setting| setting.name).collect();
        assert_eq!(names.len(), ALL.len());
        for setting in ALL {
            if let Control::Choice(default, choices) = (setting.control)() {
                assert!(choices.iter().any(|(name, _)| *name == default), "{}", setting.name);
            }
        }
    }

    #[test]
    fn the_settings_of_a_section_come_together() {
        let mut sections: Vec<_> = ALL.iter().map(|setting| setting.section.key()).collect();
        sections.dedup();
        assert_eq!(sections.len(), sections.iter().collect::<BTreeSet<_>>().len());
    }

    #[test]
    fn a_new_user_gets_the_colours_of_the_system_and_pages_saved_at_once() {
        assert_eq!((THEME.default, SAVE_ON_OPEN.default, RENDER_LINKS.default), (Theme::System, true, true));
    }

    #[test]
    fn the_names_of_settings_and_choices_are_kept_since_they_are_stored() {
        let names: Vec<&str> = ALL.iter().map(|setting| setting.name).collect();
        assert_eq!(names, ["theme", "save_on_open", "render_links"]);
        let Control::Choice(default, choices) = THEME.default.control() else { panic!("a choice of colours") };
        let choices: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        assert_eq!((default, choices), ("system", vec!["system", "light", "dark"]));
    }

    #[test]
    fn every_setting_and_choice_has_words_of_its_own() {
        let mut words = BTreeSet::new();
        for setting in ALL {
            assert!(!text(setting.section).is_empty());
            assert!(words.insert(text(setting.label)), "{}", setting.name);
            if let Control::Choice(_, choices) = (setting.control)() {
                for (name, label) in choices {
                    assert!(words.insert(text(*label)), "{name}");
                }
            }
        }
        assert!(!words.contains(""));
    }
}
