//! The captures that failed twice, each with its reason and what to do about it. Nothing of them happens unasked.

use std::{cell::RefCell, rc::Rc};

use cachette_webext::{
    address, dom,
    i18n::{self, Text, fill, text},
    messages::{Aside, Command},
};
use web_sys::{Document, HtmlElement};

/// Says something to the background.
type Say = Rc<dyn Fn(Command)>;

/// The list's elements.
pub struct Asides {
    shown: RefCell<Vec<Aside>>,
    section: HtmlElement,
    title: HtmlElement,
    list: HtmlElement,
}

impl Asides {
    /// Finds the elements; `None` where one is missing.
    pub fn new(document: &Document) -> Option<Asides> {
        let find = |id: &str| dom::by_id::<HtmlElement>(document, id);
        let (section, title, list) = (find("aside")?, find("aside-title")?, find("aside-list")?);
        Some(Asides { shown: RefCell::default(), section, title, list })
    }

    /// Shows the captures, oldest first, with how many they are.
    pub fn show(&self, asides: &[Aside], say: &Rc<impl Fn(Command) + 'static>) {
        // The same again would take the keyboard's place away from whoever stands on a button.
        if *self.shown.borrow() == asides {
            return;
        }
        *self.shown.borrow_mut() = asides.to_vec();
        self.title.set_text_content(Some(&fill(Text::Aside, &[&asides.len().to_string()])));
        self.list.set_text_content(None);
        let say: Say = say.clone();
        for aside in asides {
            self.draw(aside, &say);
        }
        dom::show(&self.section, !asides.is_empty());
    }

    fn draw(&self, aside: &Aside, say: &Say) -> Option<()> {
        let item = dom::add(&self.list, "li", "bad", "")?;
        let icon = dom::add(&item, "span", "mark", "!")?;
        // The words beside it say the same.
        dom::set(&icon, "aria-hidden", "true");
        let body = dom::add(&item, "div", "link", "")?;
        let words = if aside.title.is_empty() { address::short(&aside.url) } else { aside.title.clone() };
        let title = dom::add(&body, "span", "link-title", &words)?;
        dom::set(&title, "title", &aside.url);
        dom::add(&body, "span", "link-state", &i18n::aside(&aside.error))?;
        let buttons = dom::add(&body, "div", "actions", "")?;
        let save = aside.save.clone();
        let asks = [(Text::TryAgain, Command::RetryAside(save.clone())), (Text::DropKept, Command::DropAside(save))];
        for (name, ask) in asks {
            let name = text(name);
            let button = dom::add(&buttons, "button", "", &name)?;
            dom::set(&button, "type", "button");
            dom::set(&button, "aria-label", &format!("{name}: {words}"));
            let say = Rc::clone(say);
            dom::listen(&button, "click", move |_: web_sys::Event| say(ask.clone()));
        }
        Some(())
    }
}
