//! Describes a mailing list's message, as Pipermail and MHonArc show it.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Shape};

pub(super) static PIPERMAIL: Extractor = Extractor {
    name: "pipermail",
    signature: Signature { any: &[&["<!--beginarticle-->"]], never: &[] },
    hosts: &[],
    posts: Shape { post: "body", author: "body > b", date: "body > i", body: "body > pre", mail: true, ..BLANK },
};

pub(super) static MHONARC: Extractor = Extractor {
    name: "mhonarc",
    signature: Signature { any: &[&["<!--X-Body-of-Message-->"]], never: &[] },
    hosts: &[],
    posts: Shape {
        post: "body",
        author: "li:contains(\"From\"), td:contains(\"From\")",
        date: "li:contains(\"Date\"), td:contains(\"Date\")",
        body: "pre, .msgBody, tt",
        mail: true,
        ..BLANK
    },
};
