//! Lists in the popup the captures that failed twice, each with its reason and remedy. Nothing
//! happens to them without a request.

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
        kit::say(&self.elements.title, &title(asides.len()));
        self.list.show(asides, |aside| aside.save.clone(), |aside| self.draw(aside));
        kit::show(&self.elements.section, !asides.is_empty(), None);
    }

    fn draw(&self, aside: &Aside) -> Part {
        let words = name(aside);
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

/// Returns the name of a capture: its title, or its address in short.
fn name(aside: &Aside) -> String {
    let short = address::short(&aside.url);
    address::named(&aside.title, &short).to_owned()
}

/// Returns the list's title, with how many captures it has.
fn title(count: usize) -> String {
    fill(Text::ASIDE, &[&i18n::number(count as u64)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use cachette_webext::error::Error;

    fn aside(title: &str, url: &str) -> Aside {
        Aside { save: "m1".into(), title: title.into(), url: url.into(), error: Error::HostSilent }
    }

    #[test]
    fn a_capture_without_a_title_is_named_by_where_it_lives() {
        for (title, url, expected) in [
            ("Bread", "https://www.example.org/bread?utm=x", "Bread"),
            ("", "https://www.example.org/bread?utm=x", "example.org/bread"),
            (" \n\t", "https://example.org/", "example.org"),
            ("\u{3000}", "https://example.org/パン/", "example.org/パン"),
            ("<b>bold</b>", "https://example.org/", "<b>bold</b>"),
            ("الخبز", "https://example.org/", "الخبز"),
        ] {
            assert_eq!(name(&aside(title, url)), expected, "{title:?}");
        }
    }

    #[test]
    fn no_capture_is_without_a_name_as_long_as_it_has_an_address() {
        for url in ["https://example.org/", "https://www.example.org/?q", "file:///home/me/a.html", "about:blank", "x"]
        {
            assert_ne!(name(&aside("", url)).trim(), "", "{url}");
        }
    }

    #[test]
    fn the_list_says_how_many_there_are_and_that_others_go_on() {
        assert_eq!(title(1), "Saving failed twice: 1. Other pages are saved meanwhile.");
        assert_eq!(title(1234), "Saving failed twice: 1,234. Other pages are saved meanwhile.");
    }
}
