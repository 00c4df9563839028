//! Describes the posts of phpBB 3 and of its older theme with tables.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "phpbb",
    signature: Signature { any: &[&[".postbody", ".postprofile"], &[".postbody", ".post", "#phpbb"]], never: &[] },
    hosts: &[],
    posts: Shape {
        post: ".post",
        author: ".username, .username-coloured, .author strong",
        date: ".author time, .author, .postdate",
        body: ".content, .attachbox",
        drop: ".postprofile dd, .signature, .notice, .post-buttons, .back2top",
        ..BLANK
    },
};
