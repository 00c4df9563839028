//! Describes the messages of a conversation in Gmail. Newsletters are messages like others.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "gmail",
    signature: Signature { any: &[&[".adn", ".a3s", ".gD"]], never: &[] },
    hosts: &["mail.google.com"],
    posts: Shape {
        post: ".adn",
        author: ".gD",
        date: ".g3",
        body: ".hb, .a3s",
        // The buttons over a picture, and the one that shows quoted text.
        drop: ".a6S, .ajR",
        answers_between: true,
        ..BLANK
    },
};
