//! Describes the questions and answers of a thread of Perplexity.

use dom_query::NodeRef;

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "perplexity",
    signature: Signature { any: &[&[".group/query", "#markdown-content-0"]], never: &[] },
    hosts: &["perplexity.ai"],
    posts: Shape {
        post: ".group\\/query, [id^=markdown-content-]",
        named: speaker,
        body: ".group\\/query, [id^=markdown-content-]",
        ..BLANK
    },
};

fn speaker(turn: &NodeRef<'_>) -> Option<&'static str> {
    Some(if turn.has_class("group/query") { "You" } else { "Perplexity" })
}
