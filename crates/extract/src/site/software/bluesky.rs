//! Describes the posts of Bluesky: one post, those that it answers, and its answers.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Holder, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "bluesky",
    signature: Signature { any: &[&["[data-testid=postThreadScreen]"]], never: &[] },
    hosts: &["bsky.app"],
    posts: Shape {
        post: "[data-testid^=\"postThreadItem-by-\"]",
        // An answer shows name and handle side by side, the opened post in one link.
        author: "div:has(> a[href^=\"/profile/\"]:not([href*=\"/post/\"]) + a[href^=\"/profile/\"]), \
                a[href^=\"/profile/\"]",
        date: "a[data-tooltip], div:has(+ [aria-label=\"Who can reply\"])",
        body: "[data-word-wrap], a[target=_blank]",
        holders: &[Holder { element: "button", inner: "[data-expoimage]", holds: true }],
        ..BLANK
    },
};
