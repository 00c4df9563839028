//! Describes the posts of Vanilla Forums.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "vanilla",
    signature: Signature { any: &[&[".ItemComment"], &[".ItemDiscussion", ".userContent"]], never: &[] },
    hosts: &[],
    posts: Shape {
        post: ".ItemDiscussion, .ItemComment",
        author: ".Author .Username, .Author",
        date: ".DateCreated time, .DateCreated",
        body: ".userContent, .Message",
        accepted: ".Item-Accepted, .QnA-Item-Accepted",
        drop: ".Signature, .Reactions, .UserSignature",
        ..BLANK
    },
};
