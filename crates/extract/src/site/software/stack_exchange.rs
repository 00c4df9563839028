//! Describes the posts of Stack Exchange: question, answers, and the comments on each.

use crate::site::shape::{BLANK, Nesting, Shape};

pub(super) static SHAPE: Shape = Shape {
    name: "stack-exchange",
    signs: &[&[".question", ".answer", ".post-layout"], &[".question", ".js-post-body"]],
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
};
