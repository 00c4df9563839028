//! Describes the posts of GitHub: issues, pull requests and discussions, on current and older
//! pages.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Nesting, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "github",
    signature: Signature {
        any: &[
            &[".timeline-comment"],
            &[".react-issue-comment"],
            &[".react-issue-body"],
            &["[data-testid=issue-viewer-issue-container]"],
        ],
        never: &[".gist-content", ".gisthead"],
    },
    hosts: &["github.com"],
    posts: Shape {
        post: ".timeline-comment, .review-comment, .react-issue-body, .react-issue-comment, \
                [data-testid=issue-viewer-issue-container]",
        author: ".author, [data-testid=issue-body-header-author], [data-testid=avatar-link], \
                a[data-hovercard-url^=\"/users/\"]",
        date: "relative-time, time-ago, local-time",
        body: ".comment-body, [data-testid=markdown-body], .markdown-body",
        accepted: ".js-accepted-answer-badge, .discussion-answer-badge",
        drop: ".comment-reactions, .js-comment-edit-history, .timeline-comment-actions, details-menu, \
                task-lists .octicon, clipboard-copy, .zeroclipboard-container, \
                [data-testid=issue-body-header-edits], .email-hidden-toggle",
        nesting: Nesting::Inside,
        ..BLANK
    },
};
