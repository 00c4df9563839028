//! Describes the posts of HyperKitty, the archive of Mailman 3.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Nesting, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "hyperkitty",
    signature: Signature { any: &[&[".email-body", ".email-header"]], never: &[] },
    hosts: &[],
    posts: Shape {
        post: ".email",
        author: ".email-author .name, .email-author",
        date: ".email-date span, .email-date",
        body: ".email-body",
        drop: ".email-info, .quoted-switch, .reply-form",
        nesting: Nesting::Flat,
        ..BLANK
    },
};
