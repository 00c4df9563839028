//! Describes a mailing list's message, as Pipermail and MHonArc show it.

use crate::site::shape::{BLANK, Shape};

pub(super) static PIPERMAIL: Shape = Shape {
    name: "pipermail",
    signs: &[&["<!--beginarticle-->"]],
    post: "body",
    author: "body > b",
    date: "body > i",
    body: "body > pre",
    mail: true,
    ..BLANK
};

pub(super) static MHONARC: Shape = Shape {
    name: "mhonarc",
    signs: &[&["<!--X-Body-of-Message-->"]],
    post: "body",
    author: "li:contains(\"From\"), td:contains(\"From\")",
    date: "li:contains(\"Date\"), td:contains(\"Date\")",
    body: "pre, .msgBody, tt",
    mail: true,
    ..BLANK
};
