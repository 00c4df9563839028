//! Describes the posts of V2EX.

use crate::site::shape::{BLANK, Shape};

pub(super) static SHAPE: Shape = Shape {
    name: "v2ex",
    signs: &[&[".reply_content", ".topic_content"], &[".reply_content", ".cell"]],
    post: "#Main > .box:first-child, #Wrapper .box:has(> .header), .cell[id^=r_]",
    author: ".header small a[href^=\"/member/\"], strong a[href^=\"/member/\"]",
    date: ".header small span[title], .ago",
    body: ".topic_content, .reply_content",
    votes: ".small.fade",
    drop: ".thank_area, .no, .votes, .topic_buttons",
    ..BLANK
};
