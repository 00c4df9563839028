//! Offers the parts that the extension's pages are made of. They are elements of the page's HTML as
//! types, new elements, keyed lists, the port to the background, forms of settings, live regions,
//! focus, keyboard maps, and buttons that copy. Text only ever becomes text nodes; nothing here can
//! read markup. The kit knows no page.

mod copy;
mod elements;
mod focus;
mod form;
mod keys;
mod list;
mod listener;
mod live;
mod page;
mod part;
mod port;

pub use self::{
    copy::copies,
    elements::{Missing, element, misfits},
    focus::show,
    form::SettingsForm,
    keys::{Key, KeyMap},
    list::KeyedList,
    listener::{Listener, listen},
    live::say,
    page::start,
    part::Part,
    port::BackgroundPort,
};
