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
        // Beside the time of day, the date lacks the year; the tool tip of the time has all.
        date: ".email-date .time span, .email-date span, .email-date",
        body: ".email-body, .email > .attachments",
        drop: ".email-info, .quoted-switch, .reply-form",
        nesting: Nesting::Flat,
        answers_between: true,
        ..BLANK
    },
};
