//! Describes the posts of Lemmy.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Nesting, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "lemmy",
    signature: Signature { any: &[&[".comment-node", ".person-listing"]], never: &[] },
    hosts: &[],
    posts: Shape {
        post: ".post-listing, .comment",
        author: ".person-listing",
        date: ".moment-time",
        body: ".comment-content, #postContent .md-div",
        drop: ".comment-bottom-btns, .comment-form",
        nesting: Nesting::Inside,
        ..BLANK
    },
};
