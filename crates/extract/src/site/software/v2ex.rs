//! Describes the posts of V2EX.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "v2ex",
    signature: Signature { any: &[&[".reply_content", ".topic_content"], &[".reply_content", ".cell"]], never: &[] },
    hosts: &["v2ex.com"],
    posts: Shape {
        post: "#Main > .box:first-child, #Wrapper .box:has(> .header), .cell[id^=r_]",
        author: ".header small a[href^=\"/member/\"], strong a[href^=\"/member/\"]",
        date: ".header small span[title], .ago",
        body: ".topic_content, .reply_content",
        votes: ".small.fade",
        drop: ".thank_area, .no, .votes, .topic_buttons",
        ..BLANK
    },
};
