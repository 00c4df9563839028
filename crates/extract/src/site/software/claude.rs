//! Describes the turns of a conversation with Claude, in the application and on shared pages.

use dom_query::NodeRef;

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "claude",
    signature: Signature { any: &[&["[data-testid=user-message]", ".font-claude-response"]], never: &[] },
    hosts: &["claude.ai"],
    posts: Shape {
        post: "[data-testid=user-message], .font-claude-response",
        named: speaker,
        body: "[data-testid=user-message], .font-claude-response",
        code_label: ".text-text-500.font-small",
        ..BLANK
    },
};

fn speaker(turn: &NodeRef<'_>) -> Option<&'static str> {
    Some(if turn.has_attr("data-testid") { "You" } else { "Claude" })
}
