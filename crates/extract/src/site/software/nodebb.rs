//! Describes the posts of NodeBB.

use crate::site::shape::{BLANK, Shape};

pub(super) static SHAPE: Shape = Shape {
    name: "nodebb",
    signs: &[&["[component=post/content]"]],
    post: "[component=\"post\"]",
    author: "[itemprop=author] meta[itemprop=name]",
    date: "meta[itemprop=datePublished], .timeago",
    body: "[component=\"post/content\"]",
    votes: "[component=\"post/vote-count\"]",
    drop: "[component=\"post/signature\"], [component=\"post/actions\"], [component=\"post/replies/container\"]",
    ..BLANK
};
