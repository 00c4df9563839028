//! Describes the posts of Mastodon and similar software: one post, those that it answers, and its
//! answers.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "mastodon",
    signature: Signature { any: &[&[".detailed-status", ".status__content"]], never: &[] },
    hosts: &[],
    posts: Shape {
        post: ".detailed-status, .status",
        author: ".display-name",
        date: ".status__relative-time time, .detailed-status__datetime",
        body: ".content-warning, .status__content, .media-gallery, .status-card, .poll",
        drop: ".status__action-bar, .detailed-status__meta .detailed-status__link",
        ..BLANK
    },
};
