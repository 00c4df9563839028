//! Describes the posts of WoltLab Suite Forum and of its predecessor, Burning Board 4.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "woltlab",
    signature: Signature { any: &[&[".wbbPost", ".messageText"]], never: &[] },
    hosts: &[],
    posts: Shape {
        post: ".wbbPost.message",
        author: ".messageAuthor .username, .messageSidebar .username, .username",
        date: ".messagePublicationTime woltlab-core-date-time, .messagePublicationTime time, \
               .messageHeader woltlab-core-date-time, .messageHeader time",
        body: ".messageText",
        drop: ".quoteBoxIcon, .codeBoxHeader, .messageSignature, .messageFooter, .messageStatus",
        ..BLANK
    },
};
