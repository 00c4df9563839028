//! Describes the posts of XenForo, 1 and 2.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Nesting, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "xenforo",
    signature: Signature {
        any: &[&[".message-body", ".message-attribution"], &[".message", ".messageText"], &[".message--post"]],
        never: &[],
    },
    hosts: &[],
    posts: Shape {
        post: ".message, .comment.js-comment",
        author: ".message-name, .comment-user, .messageUserInfo .username, .userText .username",
        date: ".message-attribution time, .message-date time, .comment-actionBar time, .DateTime",
        body: ".message-body, .comment-body, .messageText",
        votes: ".contentVote-score",
        accepted: ".message--solution",
        drop: ".js-selectToQuoteEnd, .bbCodeBlock--unfurl .contentRow-snippet, \
                .bbCodeBlock--unfurl .contentRow-minor, .bbCodeBlock-expandLink, .bbCodeBlock-shrinkLink, \
                .message-signature, .message-lastEdit, .message-actionBar, .reactionsBar, .messageTextEndMarker, \
                .quoteExpand, .message-user .message-userExtras",
        nesting: Nesting::Inside,
        ..BLANK
    },
};

/// The theme of boards that belong to one large operator: one card for each post.
pub(super) static CARDS: Extractor = Extractor {
    name: "xenforo",
    signature: Signature { any: &[&[".MessageCard", ".message-content"]], never: &[] },
    hosts: &[],
    posts: Shape {
        post: ".MessageCard",
        author: ".MessageCard__user-info__name, .MessageCard__user-info a",
        date: ".MessageCard__date-created time, .MessageCard__date-created",
        body: ".message-body, .bbWrapper",
        drop: ".js-selectToQuoteEnd, .bbCodeBlock--unfurl .contentRow-snippet, \
                .bbCodeBlock--unfurl .contentRow-minor, .bbCodeBlock-expandLink, .bbCodeBlock-shrinkLink, \
                .message-signature, .message-lastEdit",
        ..BLANK
    },
};
