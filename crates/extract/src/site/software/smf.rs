//! Describes the posts of Simple Machines Forum.

use crate::site::shape::{BLANK, Shape};

pub(super) static SHAPE: Shape = Shape {
    name: "smf",
    signs: &[&[".post_wrapper", ".poster"], &[".post_wrapper", ".keyinfo"]],
    post: ".post_wrapper",
    author: ".poster h4 a, .poster h4",
    date: ".postinfo a.smalltext, .keyinfo .smalltext",
    body: ".post .inner, .inner",
    drop: ".signature, .moderatorbar, .quickbuttons, .under_message, .codeoperation, .modified",
    ..BLANK
};
