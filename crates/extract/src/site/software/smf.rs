//! Describes the posts of Simple Machines Forum.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "smf",
    signature: Signature { any: &[&[".post_wrapper", ".poster"], &[".post_wrapper", ".keyinfo"]], never: &[] },
    hosts: &[],
    posts: Shape {
        post: ".post_wrapper",
        author: ".poster h4 a, .poster h4",
        date: ".postinfo a.smalltext, .keyinfo .smalltext",
        body: ".post .inner, .inner",
        drop: ".signature, .moderatorbar, .quickbuttons, .under_message, .codeoperation, .modified",
        ..BLANK
    },
};
