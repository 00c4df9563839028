//! Describes the posts of FluxBB and PunBB.

use crate::site::shape::{BLANK, Shape};

pub(super) static SHAPE: Shape = Shape {
    name: "fluxbb",
    signs: &[&[".blockpost", ".postmsg"]],
    post: ".blockpost",
    author: ".postleft dt strong, .postleft dt",
    date: "h2 a",
    body: ".postmsg",
    drop: ".postsignature, .postedit, .postfootleft, .postfootright",
    ..BLANK
};
