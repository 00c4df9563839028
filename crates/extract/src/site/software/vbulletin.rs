//! Describes the posts of vBulletin. Version 3 has tables, 4 has lists, 5 and 6 have nodes.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Holder, Shape};

pub(super) static TABLES: Extractor = Extractor {
    name: "vbulletin",
    signature: Signature { any: &[&[".bigusername"]], never: &[] },
    hosts: &[],
    posts: Shape {
        post: "table[id^=post]",
        author: ".bigusername",
        date: "td.thead, .tcat",
        body: "[id^=post_message_]",
        drop: ".vbmenu_popup, a[rel=nofollow] > img.inlineimg",
        ..BLANK
    },
};

pub(super) static LISTS: Extractor = Extractor {
    name: "vbulletin",
    signature: Signature {
        any: &[
            &[".postcontainer", ".postdetails"],
            &[".postbit", ".postbody"],
            &[".postbitlegacy"],
            &[".postcontainer", ".postbody"],
        ],
        never: &[],
    },
    hosts: &[],
    posts: Shape {
        post: ".postcontainer, .postbit, .postbitlegacy",
        author: ".username_container .username, .username_container .guest, .username",
        date: ".postdate .date, .postdate",
        body: ".postcontent",
        holders: &[Holder { element: "[id^=post_message_]", inner: ".postcontent", holds: false }],
        drop: ".bbcode_postedby img, .memberaction_body, .lastedited, .signaturecontainer",
        ..BLANK
    },
};

pub(super) static NODES: Extractor = Extractor {
    name: "vbulletin",
    signature: Signature { any: &[&[".b-post", ".js-post__content-text"], &[".b-post__content"]], never: &[] },
    hosts: &[],
    posts: Shape {
        post: ".b-post",
        author: ".author, .b-post__author",
        date: ".b-post__timestamp",
        body: ".js-post__content-text, .b-post__content-text",
        drop: ".b-post__edited, .b-post__signature, .post-signature",
        ..BLANK
    },
};
