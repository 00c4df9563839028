//! Describes the posts of Flarum: the page built by its script, and the plain one in `<noscript>`.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "flarum",
    signature: Signature {
        any: &[&[".PostStream-item", ".Post-body"], &["#flarum-content", ".Post-body"]],
        never: &[],
    },
    hosts: &[],
    posts: Shape {
        post: "article.Post, #flarum-content article",
        author: ".PostUser-name .username, .PostUser .username, .PostUser-name",
        date: ".PostMeta time, .PostMeta, time",
        body: ".Post-body",
        drop: ".Post-actions, .Post-footer, .Dropdown-menu, .UserCard, .Post-likedBy",
        ..BLANK
    },
};
