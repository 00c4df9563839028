//! Describes the posts of MyBB.

use crate::site::shape::{BLANK, Shape};

pub(super) static SHAPE: Shape = Shape {
    name: "mybb",
    signs: &[&[".post_body", ".post_author"]],
    post: ".post",
    author: ".author_information .largetext a, .author_information .largetext, .post_author strong a",
    date: ".post_date",
    body: ".post_body",
    drop: ".post_date .post_edit, .signature, .post_edit",
    ..BLANK
};
