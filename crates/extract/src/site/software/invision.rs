//! Describes the posts of Invision Community, 4 and 5.

use crate::site::shape::{BLANK, Shape};

pub(super) static FOUR: Shape = Shape {
    name: "invision",
    signs: &[&[".ipsComment"], &[".cPost"]],
    post: ".ipsComment, .cPost",
    author: ".cAuthorPane_author, .ipsComment_author h3, .ipsComment_header h3",
    date: "time",
    body: "[data-role=commentContent]",
    votes: ".ipsAnswers_votes",
    accepted: ".ipsComment_solved, .cSolvedPost",
    drop: "[data-role=memberSignature], .ipsComment_controls, .ipsReact, .ipsMenu, .ipsType_editedText",
    ..BLANK
};

pub(super) static FIVE: Shape = Shape {
    name: "invision",
    signs: &[&[".ipsEntry", ".ipsEntry__content"]],
    post: ".ipsEntry",
    author: ".ipsEntry__username, .ipsEntry__author",
    date: "time",
    body: ".ipsEntry__content [data-role=commentContent], .ipsEntry__content .ipsRichText",
    drop: "[data-role=memberSignature], .ipsEntry__controls, .ipsMenu, i-dropdown",
    ..BLANK
};
