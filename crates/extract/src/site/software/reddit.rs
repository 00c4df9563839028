//! Describes the posts of Reddit: the current custom elements, and the old page.

use dom_query::NodeRef;

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Nesting, Shape, Unit};

pub(super) static ELEMENTS: Extractor = Extractor {
    name: "reddit",
    signature: Signature {
        any: &[&["shreddit-post", "shreddit-comment"], &["shreddit-post", "shreddit-comment-tree"]],
        never: &[],
    },
    hosts: &["reddit.com"],
    posts: Shape {
        post: "shreddit-post, shreddit-comment",
        date: "[slot=commentMeta] time, time",
        body: "[slot=text-body], [slot=comment], [slot=post-media-container] a[href^=\"http\"], \
                [slot=title] + a.post-link",
        unit: Unit::Points,
        drop: "[slot=credit-bar], [slot=actionRow], shreddit-comment-action-row, faceplate-hovercard, \
                [slot=commentAvatar], shreddit-post-flair",
        nesting: Nesting::Derived(depth),
        ..BLANK
    },
};

pub(super) static OLD: Extractor = Extractor {
    name: "reddit",
    signature: Signature { any: &[&[".commentarea", ".thing"]], never: &[] },
    hosts: &["reddit.com"],
    posts: Shape {
        post: ".thing.link, .thing.comment",
        author: ".tagline .author",
        date: ".tagline time",
        body: ".usertext-body, .thing.link:not(.self) .entry a.title",
        votes: ".score.unvoted",
        unit: Unit::Points,
        drop: ".flat-list, .reportform, .gilded-icon, .expand, .midcol .likes, .midcol .dislikes, .parent",
        nesting: Nesting::Inside,
        ..BLANK
    },
};

fn depth(comment: &NodeRef<'_>) -> usize {
    comment.attr("depth").and_then(|depth| depth.trim().parse().ok()).unwrap_or(0)
}
