//! Describes the posts of Khoros, formerly Lithium.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "khoros",
    signature: Signature { any: &[&[".lia-message-body-content"]], never: &[] },
    hosts: &[],
    posts: Shape {
        post: ".lia-message-view-wrapper, .lia-linear-display-message-view, .lia-threaded-detail-display-message-view",
        author: ".lia-user-name-link, .lia-user-name",
        date: ".DateTime .local-date, .DateTime, .lia-message-post-date",
        body: ".lia-message-body-content",
        votes: ".lia-component-kudos-widget-message-kudos-count, .kudos-count-widget",
        accepted: ".lia-message-view-accepted-solution, .lia-accepted-solution",
        drop: ".lia-message-signature, .lia-message-signature-in-message",
        ..BLANK
    },
};
