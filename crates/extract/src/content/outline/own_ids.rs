//! Forgets ids that only repeat the heading of their element. It is a part of building the outline,
//! and decides nothing about the text.

use std::collections::BTreeSet;

use super::At;
use super::Outline;
use crate::content::class_names;
use crate::content::roles::Roles;
use crate::fold::fold;
use cachette_dom::steps;

impl Outline<'_> {
    /// Reads the roles of an element again without its id, if the id repeats the words of a heading
    /// in it. Tools write such ids: `<section id="cookies"><h2>Cookies</h2>`. A box of comments or
    /// a form may have such a heading too, and stays what it is called.
    pub(super) fn forget_own_ids(&mut self) {
        const HEADING: usize = 80;
        const AROUND: usize = 3;
        // Each element is read once, however many headings are in it.
        let mut nameless = BTreeSet::new();
        for (at, _) in self.items().filter(|(_, item)| item.is_heading() && item.chars > 0) {
            let mut words = None;
            let around = std::iter::once(at).chain(self.around(at).take(AROUND).map(|(above, _)| above));
            for named in around.filter(|at| self.get(*at).is_some_and(|item| item.roles != Roles::default())) {
                let Some(id) = self.node(named).and_then(|node| node.attr("id")).filter(|id| id.len() <= 2 * HEADING)
                else {
                    continue;
                };
                let words = words.get_or_insert_with(|| self.line(at, HEADING).map(|line| fold(&line)));
                if words.as_ref().is_some_and(|words| *words == fold(id.trim_start_matches("user-content-"))) {
                    nameless.insert(named);
                }
            }
        }
        for at in nameless.into_iter().filter(|at| !self.is_what_it_is_called(*at)).collect::<Vec<_>>() {
            let roles = self.node(at).and_then(|node| {
                steps::take_text(node.attr("class").map_or(0, |class| class.len()));
                Some(class_names::roles_of(&*node.element_ref()?, true).0)
            });
            if let Some((item, roles)) = self.items.get_mut(at).zip(roles) {
                item.roles = roles;
            }
        }
    }

    /// Whether a box has what its name says: readers' entries, or a field for an address.
    fn is_what_it_is_called(&self, at: At) -> bool {
        const NEAR: usize = 400;
        const SMALL: u32 = 400;
        const ENTRY: Roles = Roles::AUTHOR.or(Roles::META).or(Roles::COMMENTS).or(Roles::REVIEWS);
        let Some(item) = self.get(at) else { return false };
        let has_fields = item.fields > 0;
        if item.roles.any(Roles::COMMENTS.or(Roles::REVIEWS)) {
            let entries = self.below(at).skip(1).take(NEAR).filter(|(_, part)| part.roles.any(ENTRY)).take(2).count();
            return entries + usize::from(has_fields) > 1;
        }
        item.roles.any(Roles::NEWSLETTER) && has_fields && item.chars < SMALL
    }
}
