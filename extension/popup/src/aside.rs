//! The popup's list of captures that failed twice, each with its reason and remedy. Nothing happens
//! to them without a request.

use std::rc::Rc;

use cachette_webext::{
    address, elements,
    i18n::{self, Text, fill, text},
    kit::{self, KeyedList, Missing, Part},
    messages::{Aside, Command},
    wording,
};
use web_sys::Document;

elements! {
    struct Elements {
        section: HtmlElement = "aside",
        title: HtmlElement = "aside-title",
        list: HtmlElement = "aside-list",
    }
}

/// Sends a command to the background.
type Send = Rc<dyn Fn(Command)>;

/// The list of captures that were set aside.
pub struct Asides {
    elements: Elements,
    list: KeyedList<Aside>,
    send: Send,
}

impl Asides {
    /// The elements' ids and types.
    #[cfg(test)]
    pub const IDS: &'static [(&'static str, &'static str)] = Elements::IDS;

    /// Makes the list, empty so far.
    ///
    /// # Errors
    /// The element that the page lacks.
    pub fn new(document: &Document, send: Send) -> Result<Asides, Missing> {
        let elements = Elements::find(document)?;
        Ok(Asides { list: KeyedList::new(&elements.list), elements, send })
    }

    /// Shows the captures, oldest first, and their number.
    pub fn show(&self, asides: &[Aside]) {
        let count = i18n::number(asides.len() as u64);
        kit::say(&self.elements.title, &fill(Text::ASIDE, &[&count]));
        self.list.show(asides, |aside| aside.save.clone(), |aside| self.draw(aside));
        kit::show(&self.elements.section, !asides.is_empty(), None);
    }

    fn draw(&self, aside: &Aside) -> Part {
        let words = if aside.title.is_empty() { address::short(&aside.url) } else { aside.title.clone() };
        let button = |name: Text, command: Command| {
            let (name, send) = (text(name), Rc::clone(&self.send));
            Part::new("button")
                .text(&name)
                .set("type", "button")
                .set("aria-label", &format!("{name}: {words}"))
                .on("click", move |_| send(command.clone()))
        };
        let body = Part::new("div")
            .class("link")
            .with(Part::new("span").class("link-title").text(&words).set("title", &aside.url))
            .with(Part::new("span").class("link-state").text(&wording::aside(&aside.error)))
            .with(
                Part::new("div")
                    .class("actions")
                    .with(button(Text::TRY_AGAIN, Command::RetryAside(aside.save.clone())))
                    .with(button(Text::DROP_KEPT, Command::DropAside(aside.save.clone()))),
            );
        // The words next to the mark say the same.
        let mark = Part::new("span").class("mark").text("!").set("aria-hidden", "true");
        Part::new("li").class("bad").with(mark).with(body)
    }
}
