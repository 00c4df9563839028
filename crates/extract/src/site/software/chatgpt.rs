//! Describes the turns of a conversation with ChatGPT, in the application and on shared pages.

use dom_query::NodeRef;

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "chatgpt",
    // An answer that was pasted into an article has the first name of each set too.
    signature: Signature {
        any: &[
            &["[data-message-author-role]", "[data-turn]"],
            &["[data-message-author-role]", "[data-testid=conversation-turn-2]"],
        ],
        never: &[],
    },
    hosts: &["chatgpt.com", "chat.openai.com"],
    posts: Shape {
        post: "[data-message-author-role]",
        named: speaker,
        body: ".whitespace-pre-wrap, .markdown",
        // The buttons above code.
        drop: "pre .sticky",
        code_label: "pre .text-token-text-secondary, pre .sticky .cursor-default",
        ..BLANK
    },
};

/// Returns the speaker as the page names them aloud: “You said”, “ChatGPT said”.
fn speaker(turn: &NodeRef<'_>) -> Option<&'static str> {
    match &*turn.attr("data-message-author-role")? {
        "user" => Some("You"),
        "assistant" => Some("ChatGPT"),
        _ => None,
    }
}
