//! Describes the turns of a conversation with Gemini, and the reports beside it.

use dom_query::NodeRef;

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Shape};
use cachette_dom::name_of;

pub(super) static SHAPE: Extractor = Extractor {
    name: "gemini",
    signature: Signature { any: &[&["user-query", "model-response"]], never: &[] },
    hosts: &["gemini.google.com"],
    posts: Shape {
        post: "user-query, model-response, deep-research-immersive-panel",
        named: speaker,
        body: ".query-text, message-content, deep-research-source-lists",
        drop: ".cdk-visually-hidden",
        code_label: ".code-block-decoration > span",
        ..BLANK
    },
};

fn speaker(turn: &NodeRef<'_>) -> Option<&'static str> {
    Some(if *name_of(turn) == *"user-query" { "You" } else { "Gemini" })
}
