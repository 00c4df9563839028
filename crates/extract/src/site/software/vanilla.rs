//! Describes the posts of Vanilla Forums.

use crate::site::shape::{BLANK, Shape};

pub(super) static SHAPE: Shape = Shape {
    name: "vanilla",
    signs: &[&[".ItemComment"], &[".ItemDiscussion", ".userContent"]],
    post: ".ItemDiscussion, .ItemComment",
    author: ".Author .Username, .Author",
    date: ".DateCreated time, .DateCreated",
    body: ".userContent, .Message",
    accepted: ".Item-Accepted, .QnA-Item-Accepted",
    drop: ".Signature, .Reactions, .UserSignature",
    ..BLANK
};
