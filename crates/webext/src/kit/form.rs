//! Draws a form whose controls are bound to settings by name. It follows the settings' definitions
//! and contains no setting's name itself.

use wasm_bindgen::JsValue;
use web_sys::{Element, Event};

use super::part::Part;
use crate::{
    api,
    i18n::{Text, text},
    setting::{ALL, Control, Definition},
    task,
};

/// The event that bubbles up from a control once its setting is stored.
pub const STORED: &str = "stored";

/// The settings' form. Writes a setting as soon as its control changes.
pub struct SettingsForm {
    _sections: Vec<Part>,
}

impl SettingsForm {
    /// Draws the form into `root`, a section with a heading for each group of settings.
    pub async fn draw(root: &Element) -> SettingsForm {
        let mut sections = Vec::new();
        for group in ALL.chunk_by(|one, next| one.section == next.section) {
            let mut section = Part::new("section");
            for (at, setting) in group.iter().enumerate() {
                if at == 0 {
                    section = section.with(Part::new("h2").text(&text(setting.section)));
                }
                section = section.with(row(setting).await);
            }
            api::append(root, section.element());
            sections.push(section);
        }
        SettingsForm { _sections: sections }
    }
}

/// Draws a setting's words and its control, which shows the stored value.
async fn row(setting: &'static Definition) -> Part {
    let label = Part::new("span").text(&text(setting.label));
    let stored = api::read_storage("local", setting.name).await.unwrap_or(JsValue::NULL);
    let (control, parts) = match (setting.control)() {
        Control::Switch(default) => {
            let control = Part::new("input").set("type", "checkbox");
            api::set_checked(control.element(), stored.as_bool().unwrap_or(default));
            (control, true)
        }
        Control::Choice(default, choices) => {
            let chosen = chosen(stored.as_string().as_deref(), default, choices);
            let mut control = Part::new("select");
            for (name, words) in choices {
                control = control.with(Part::new("option").set("value", name).text(&text(*words)));
            }
            api::set_value(control.element(), chosen);
            (control, false)
        }
    };
    let control = bound(control.set("id", setting.name).set("name", setting.name), setting);
    let row = Part::new("label");
    // A box comes before its label, a choice after it.
    Part::new("p").with(if parts { row.with(control).with(label) } else { row.with(label).with(control) })
}

/// Makes a control write its setting. If the browser's storage fails, the control returns to the
/// stored value.
fn bound(control: Part, setting: &'static Definition) -> Part {
    let element = control.element().clone();
    control.on("change", move |_: Event| {
        let element = element.clone();
        task::spawn(async move {
            let switch = matches!((setting.control)(), Control::Switch(_));
            let value = if switch { api::is_checked(&element).into() } else { api::value_of(&element).into() };
            if api::write_storage("local", setting.name, value).await.is_ok() {
                return api::dispatch(&element, STORED);
            }
            let stored = api::read_storage("local", setting.name).await.unwrap_or(JsValue::NULL);
            match (setting.control)() {
                Control::Switch(default) => api::set_checked(&element, stored.as_bool().unwrap_or(default)),
                Control::Choice(default, choices) => {
                    api::set_value(&element, chosen(stored.as_string().as_deref(), default, choices));
                }
            }
        });
    })
}

/// Returns the choice that a control shows: the stored one, or the default if this build does not
/// know it.
fn chosen(stored: Option<&str>, default: &'static str, choices: &[(&'static str, Text)]) -> &'static str {
    let known = choices.iter().map(|(name, _)| *name).find(|name| stored == Some(*name));
    known.unwrap_or(default)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices() -> (&'static str, &'static [(&'static str, Text)]) {
        let control = ALL.iter().find_map(|setting| match (setting.control)() {
            Control::Choice(default, choices) => Some((default, choices)),
            Control::Switch(_) => None,
        });
        control.expect("a setting with choices")
    }

    #[test]
    fn a_control_never_shows_a_value_that_it_does_not_have() {
        let (default, choices) = choices();
        for stored in [None, Some(""), Some("purple"), Some("Dark"), Some(" dark"), Some("dark\0")] {
            assert_eq!(chosen(stored, default, choices), default, "{stored:?}");
        }
    }

    #[test]
    fn a_stored_choice_is_shown() {
        let (default, choices) = choices();
        for (name, _) in choices {
            assert_eq!(chosen(Some(name), default, choices), *name);
        }
        assert_eq!(chosen(Some("dark"), default, choices), "dark");
    }
}
