//! Describes the posts of HyperKitty, the archive of Mailman 3.

use crate::site::shape::{BLANK, Nesting, Shape};

pub(super) static SHAPE: Shape = Shape {
    name: "hyperkitty",
    signs: &[&[".email-body", ".email-header"]],
    post: ".email",
    author: ".email-author .name, .email-author",
    date: ".email-date span, .email-date",
    body: ".email-body",
    drop: ".email-info, .quoted-switch, .reply-form",
    nesting: Nesting::Flat,
    ..BLANK
};
