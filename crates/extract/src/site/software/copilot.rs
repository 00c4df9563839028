//! Describes the turns of a conversation with Microsoft Copilot.

use dom_query::NodeRef;

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "copilot",
    signature: Signature { any: &[&[".group/user-message", ".group/ai-message"]], never: &[] },
    hosts: &["copilot.microsoft.com"],
    posts: Shape {
        post: ".group\\/user-message, .group\\/ai-message",
        named: speaker,
        body: "[data-content=user-message], .group\\/ai-message-item",
        code_label: ".capitalize",
        ..BLANK
    },
};

fn speaker(turn: &NodeRef<'_>) -> Option<&'static str> {
    Some(if turn.has_class("group/user-message") { "You" } else { "Copilot" })
}
