//! Describes the posts of FluxBB and PunBB.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "fluxbb",
    signature: Signature { any: &[&[".blockpost", ".postmsg"]], never: &[] },
    hosts: &[],
    posts: Shape {
        post: ".blockpost",
        author: ".postleft dt strong, .postleft dt",
        date: "h2 a",
        body: ".postmsg",
        drop: ".postsignature, .postedit, .postfootleft, .postfootright",
        ..BLANK
    },
};
