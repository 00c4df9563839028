//! Lets buttons copy the text of another element. It decides nothing else.

use web_sys::{Event, HtmlElement};

use super::listen;
use crate::{
    api,
    i18n::{Text, text},
    task,
};

/// Makes `button` copy the text of `from` to the clipboard, and confirm it.
pub fn copies(button: &HtmlElement, from: &HtmlElement) {
    let (from, shown) = (from.clone(), button.clone());
    listen(button, "click", move |_: Event| {
        let (words, shown) = (from.text_content().unwrap_or_default(), shown.clone());
        task::spawn(async move {
            if api::copy_text(&words).await.is_ok() {
                shown.set_text_content(Some(&text(Text::COPIED)));
            }
        });
    });
}
