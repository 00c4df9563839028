//! Describes the posts of NodeBB.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "nodebb",
    signature: Signature { any: &[&["[component=post/content]"]], never: &[] },
    hosts: &[],
    posts: Shape {
        post: "[component=\"post\"]",
        author: "[itemprop=author] meta[itemprop=name]",
        date: "meta[itemprop=datePublished], .timeago",
        body: "[component=\"post/content\"]",
        votes: "[component=\"post/vote-count\"]",
        drop: "[component=\"post/signature\"], [component=\"post/actions\"], [component=\"post/replies/container\"]",
        ..BLANK
    },
};
