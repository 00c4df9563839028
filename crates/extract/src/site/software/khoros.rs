//! Describes the posts of Khoros, formerly Lithium.

use crate::site::shape::{BLANK, Shape};

pub(super) static SHAPE: Shape = Shape {
    name: "khoros",
    signs: &[&[".lia-message-body-content"]],
    post: ".lia-message-view-wrapper, .lia-linear-display-message-view, .lia-threaded-detail-display-message-view",
    author: ".lia-user-name-link, .lia-user-name",
    date: ".DateTime .local-date, .DateTime, .lia-message-post-date",
    body: ".lia-message-body-content",
    votes: ".lia-component-kudos-widget-message-kudos-count, .kudos-count-widget",
    accepted: ".lia-message-view-accepted-solution, .lia-accepted-solution",
    drop: ".lia-message-signature, .lia-message-signature-in-message",
    ..BLANK
};
