//! Keeps hidden text that the parser may still move to where it is shown. An example is
//! `<b><span hidden><p>text</b>`, which shows its text once `</b>` has come. This module decides
//! which texts are shown after a move; it does not decide which elements hide them.

use std::rc::Rc;

use super::node::Handle;

/// How many texts are kept. Few pages hide much text in formatting that they close at the wrong
/// place.
const MAX_TEXTS: usize = 50_000;
/// How often texts are examined in all. Otherwise, a page whose every tag moves something would
/// take hours.
const MAX_LOOKS: usize = 5_000_000;

/// The kept texts, each with its parent.
#[derive(Default)]
pub(super) struct Hold {
    texts: Vec<(String, Handle)>,
    looks: usize,
}

impl Hold {
    /// Keeps a text inside `parent`.
    pub(super) fn push(&mut self, text: &str, parent: &Handle) {
        let has_room = self.texts.len() < MAX_TEXTS && self.looks < MAX_LOOKS;
        match self.texts.last_mut() {
            Some((last, last_parent)) if Rc::ptr_eq(last_parent, parent) => last.push_str(text),
            _ if has_room => self.texts.push((text.to_owned(), parent.clone())),
            _ => {}
        }
    }

    /// Forgets all texts, because the node that hides them has ended.
    pub(super) fn clear(&mut self) {
        if !self.texts.is_empty() {
            self.texts.clear();
        }
    }

    /// Records that the texts in `from` are now in `to`.
    pub(super) fn reparent(&mut self, from: &Handle, to: &Handle) {
        self.looks += self.texts.len();
        for (_, parent) in &mut self.texts {
            if Rc::ptr_eq(parent, from) {
                *parent = to.clone();
            }
        }
    }

    /// Removes and returns the texts that are shown, in their order.
    pub(super) fn take_shown(&mut self, is_shown: impl Fn(&Handle) -> bool) -> Vec<(String, Handle)> {
        self.looks += self.texts.len();
        let (shown, kept) = std::mem::take(&mut self.texts).into_iter().partition(|(_, parent)| is_shown(parent));
        self.texts = kept;
        shown
    }
}
