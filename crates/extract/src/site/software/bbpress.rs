//! Describes the posts of bbPress.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Extent, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "bbpress",
    signature: Signature { any: &[&[".bbp-reply-content"], &[".bbp-topic-content"]], never: &[] },
    hosts: &[],
    posts: Shape {
        post: ".bbp-topic-header:not(li), .bbp-reply-header",
        extent: Extent::Next,
        author: ".bbp-author-name, .bbp-reply-author, .bbp-topic-author",
        date: ".bbp-reply-post-date, .bbp-topic-post-date",
        body: ".bbp-reply-content, .bbp-topic-content",
        drop: ".bbp-admin-links, .bbp-reply-revision-log, .bbp-topic-revision-log, .bbp-author-role, .bbp-footer",
        ..BLANK
    },
};
