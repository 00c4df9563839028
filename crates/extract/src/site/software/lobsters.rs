//! Describes the posts of Lobsters.

use crate::site::shape::{BLANK, Nesting, Shape, Unit};

pub(super) static SHAPE: Shape = Shape {
    name: "lobsters",
    signs: &[&[".comments_subtree", ".story"]],
    post: ".story, .story_content, .comments_subtree",
    author: ".u-author",
    date: ".byline time, .byline span[title]",
    body: ".link a.u-url, .comment_text, .story_text",
    votes: ".score, .upvoter",
    unit: Unit::Points,
    drop: ".tags, .domain, .comment_folder",
    nesting: Nesting::Inside,
    ..BLANK
};
