//! Describes the posts of Discourse: the page built by its script, and the plain one in
//! `<noscript>` for crawlers.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Shape};

pub(super) static APP: Extractor = Extractor {
    name: "discourse",
    signature: Signature { any: &[&[".topic-post", ".cooked"]], never: &[] },
    hosts: &[],
    posts: Shape {
        post: ".topic-post",
        author: ".names .username a, .names .username, .names .full-name",
        date: ".post-date .relative-date, .post-date",
        body: ".cooked",
        accepted: ".accepted-text, .accepted-label",
        drop: ".embedded-posts, .small-action, .lightbox .meta, .codeblock-button-wrapper, .quote-controls, \
                aside.accepted-answer, .post-menu-area, .user-signature",
        ..BLANK
    },
};

pub(super) static PLAIN: Extractor = Extractor {
    name: "discourse",
    signature: Signature { any: &[&[".crawler-post"]], never: &[] },
    hosts: &[],
    posts: Shape {
        post: ".crawler-post",
        author: ".creator [itemprop=name], .creator",
        date: ".post-time",
        body: ".post",
        votes: ".post-likes",
        accepted: "[itemprop~=acceptedAnswer]",
        drop: ".crawler-linkback-list, .lightbox .meta, aside.accepted-answer, .user-signature",
        ..BLANK
    },
};
