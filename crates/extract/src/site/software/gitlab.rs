//! Describes the posts of GitLab: issues and merge requests.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Nesting, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "gitlab",
    signature: Signature {
        any: &[&[".note-body", ".note"], &[".note-text", ".timeline-entry"], &[".detail-page-description"]],
        never: &[],
    },
    hosts: &["gitlab.com"],
    posts: Shape {
        post: ".detail-page-description, .work-item-view, .issue-details, .note:not(.system-note)",
        author: ".author-name-link, .note-header-author-name, .author, .js-user-link",
        date: ".note-timestamp time, time, .js-timeago",
        body: ".description .md, [data-testid=work-item-description] .md, .note-body .md, .note-text",
        drop: ".system-note, .note-actions, .note-awards, .edited-text, .js-task-list-field",
        nesting: Nesting::Flat,
        ..BLANK
    },
};
