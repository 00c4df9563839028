//! Describes the posts of Stack Exchange: question, answers, and the comments on each.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Nesting, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "stack-exchange",
    signature: Signature {
        any: &[&[".question", ".answer", ".post-layout"], &[".question", ".js-post-body"]],
        never: &[],
    },
    hosts: &[
        "stackoverflow.com",
        "stackexchange.com",
        "superuser.com",
        "serverfault.com",
        "askubuntu.com",
        "mathoverflow.net",
    ],
    posts: Shape {
        post: ".question, .answer, .comments .comment, .comments-list .comment",
        author: ".user-details[itemprop=author] a, .user-details[itemprop=author] span, .owner .user-details a, \
                .comment-user",
        date: ".user-action-time > .relativetime, .comment-date .relativetime-clean, .comment-date",
        body: ".js-post-body, .comment-copy",
        votes: ".js-vote-count, .comment-score",
        accepted: ".accepted-answer",
        drop: ".js-post-notice, .snippet-code-control, .snippet-result",
        nesting: Nesting::Inside,
        ..BLANK
    },
};
