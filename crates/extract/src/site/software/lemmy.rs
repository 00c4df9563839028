//! Describes the posts of Lemmy.

use crate::site::shape::{BLANK, Nesting, Shape};

pub(super) static SHAPE: Shape = Shape {
    name: "lemmy",
    signs: &[&[".comment-node", ".person-listing"]],
    post: ".post-listing, .comment",
    author: ".person-listing",
    date: ".moment-time",
    body: ".comment-content, #postContent .md-div",
    drop: ".comment-bottom-btns, .comment-form",
    nesting: Nesting::Inside,
    ..BLANK
};
