//! Describes comments below another subject: WordPress, and Disqus in its frame. They are read only
//! on pages that contain hardly anything else.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Nesting, Shape};

pub(super) static WORDPRESS: Extractor = Extractor {
    name: "wordpress-comments",
    signature: Signature {
        any: &[
            &[".comment-list", ".comment-content"],
            &[".commentlist", ".comment-body"],
            &[".comment-list", ".comment-body"],
        ],
        never: &[],
    },
    hosts: &[],
    posts: Shape {
        post: "li.comment, li.pingback, li.trackback",
        author: ".comment-author .fn, .comment-author, .fn",
        date: ".comment-metadata time, .comment-meta time, .comment-meta a, .comment-date",
        body: ".comment-content, .comment-text, .comment-body > p",
        drop: ".reply, .comment-respond, .comment-awaiting-moderation, .edit-link, .says",
        nesting: Nesting::Inside,
        guest: true,
        ..BLANK
    },
};

pub(super) static DISQUS: Extractor = Extractor {
    name: "disqus",
    signature: Signature { any: &[&[".post-message", ".post-byline"]], never: &[] },
    hosts: &[],
    posts: Shape {
        post: "li.post",
        author: ".post-byline .author",
        date: ".post-meta .time-ago, .post-meta a",
        body: ".post-message",
        votes: ".vote-up .count",
        drop: ".post-footer, .comment__footer, .see-more",
        nesting: Nesting::Inside,
        guest: true,
        ..BLANK
    },
};
