//! Describes the posts of Invision Community, 4 and 5.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Shape};

pub(super) static FOUR: Extractor = Extractor {
    name: "invision",
    signature: Signature { any: &[&[".ipsComment"], &[".cPost"]], never: &[] },
    hosts: &[],
    posts: Shape {
        post: ".ipsComment, .cPost",
        author: ".cAuthorPane_author, .ipsComment_author h3, .ipsComment_header h3",
        date: "time",
        body: "[data-role=commentContent]",
        votes: ".ipsAnswers_votes",
        accepted: ".ipsComment_solved, .cSolvedPost",
        drop: "[data-role=memberSignature], .ipsComment_controls, .ipsReact, .ipsMenu, .ipsType_editedText",
        ..BLANK
    },
};

pub(super) static FIVE: Extractor = Extractor {
    name: "invision",
    signature: Signature { any: &[&[".ipsEntry", ".ipsEntry__content"]], never: &[] },
    hosts: &[],
    posts: Shape {
        post: ".ipsEntry",
        author: ".ipsEntry__username, .ipsEntry__author",
        date: "time",
        body: ".ipsEntry__content [data-role=commentContent], .ipsEntry__content .ipsRichText",
        drop: "[data-role=memberSignature], .ipsEntry__controls, .ipsMenu, i-dropdown",
        ..BLANK
    },
};
