//! Describes the posts of Lobsters.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Nesting, Shape, Unit};

pub(super) static SHAPE: Extractor = Extractor {
    name: "lobsters",
    signature: Signature { any: &[&[".comments_subtree", ".story"]], never: &[] },
    hosts: &["lobste.rs"],
    posts: Shape {
        post: ".story, .story_content, .comments_subtree",
        author: ".u-author",
        date: ".byline time, .byline span[title]",
        body: ".link a.u-url, .comment_text, .story_text",
        votes: ".score, .upvoter",
        unit: Unit::Points,
        drop: ".tags, .domain, .comment_folder",
        nesting: Nesting::Inside,
        ..BLANK
    },
};
