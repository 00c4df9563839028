//! Describes the posts of MyBB.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "mybb",
    signature: Signature { any: &[&[".post_body", ".post_author"]], never: &[] },
    hosts: &[],
    posts: Shape {
        post: ".post",
        author: ".author_information .largetext a, .author_information .largetext, .post_author strong a",
        date: ".post_date",
        body: ".post_body",
        drop: ".post_date .post_edit, .signature, .post_edit",
        ..BLANK
    },
};
