//! Describes the posts of Discourse. There is the page that its script builds, and the plain one in
//! `<noscript>` for crawlers.

use crate::site::shape::{BLANK, Shape};

pub(super) static APP: Shape = Shape {
    name: "discourse",
    signs: &[&[".topic-post", ".cooked"]],
    post: ".topic-post",
    author: ".names .username a, .names .username, .names .full-name",
    date: ".post-date .relative-date, .post-date",
    body: ".cooked",
    accepted: ".accepted-text, .accepted-label",
    drop: ".embedded-posts, .small-action, .lightbox .meta, .codeblock-button-wrapper, .quote-controls, \
           aside.accepted-answer, .post-menu-area, .user-signature",
    ..BLANK
};

pub(super) static PLAIN: Shape = Shape {
    name: "discourse",
    signs: &[&[".crawler-post"]],
    post: ".crawler-post",
    author: ".creator [itemprop=name], .creator",
    date: ".post-time",
    body: ".post",
    votes: ".post-likes",
    accepted: "[itemprop~=acceptedAnswer]",
    drop: ".crawler-linkback-list, .lightbox .meta, aside.accepted-answer, .user-signature",
    ..BLANK
};
