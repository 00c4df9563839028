//! Describes the questions and answers of Zhihu.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "zhihu",
    signature: Signature { any: &[&[".AnswerItem", ".RichContent-inner"]], never: &[] },
    hosts: &["zhihu.com"],
    posts: Shape {
        post: ".QuestionHeader-detail, .AnswerItem",
        author: ".AuthorInfo-name",
        date: ".ContentItem-time",
        body: ".QuestionRichText, .RichContent-inner",
        drop: ".RichContent-actions",
        ..BLANK
    },
};
