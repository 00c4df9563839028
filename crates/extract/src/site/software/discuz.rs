//! Describes the posts of Discuz!, the board of most Chinese forums.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "discuz",
    signature: Signature { any: &[&[".t_f", ".authi"]], never: &[] },
    hosts: &[],
    posts: Shape {
        post: "table[id^=pid], div[id^=post_]",
        author: ".authi a.xw1, .authi .xw1, .authi a",
        date: "em[id^=authorposton] span[title], em[id^=authorposton]",
        body: ".t_f",
        drop: ".pstatus, .sign, .plc .po, .jammer, .tip, .pcb .rate, .cm",
        ..BLANK
    },
};
