//! Describes the posts of phpBB 3 and of its older theme with tables.

use crate::site::shape::{BLANK, Shape};

pub(super) static SHAPE: Shape = Shape {
    name: "phpbb",
    signs: &[&[".postbody", ".postprofile"], &[".postbody", ".post", "#phpbb"]],
    post: ".post",
    author: ".username, .username-coloured, .author strong",
    date: ".author time, .author, .postdate",
    body: ".content, .attachbox",
    drop: ".postprofile dd, .signature, .notice, .post-buttons, .back2top",
    ..BLANK
};
