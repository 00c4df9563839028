//! Defines a post of a discussion, as it was read. It has an author, a date, votes, and the nodes
//! of its text.

use dom_query::NodeId;

/// A post.
#[derive(Debug, Default)]
pub(super) struct Post {
    pub(super) author: Option<String>,
    pub(super) date: Option<String>,
    /// Votes and marks, in display order.
    pub(super) notes: Vec<String>,
    /// The element of the whole post, with everything around its text.
    pub(super) element: Option<NodeId>,
    /// How many posts are above it.
    pub(super) level: usize,
    /// The nodes that contain its text.
    pub(super) body: Vec<NodeId>,
    /// Whether the text is that of a mail.
    pub(super) mail: bool,
    /// Whether answers are written between the lines that they answer.
    pub(super) answers_between: bool,
    /// The nodes within its text that do not belong to it.
    pub(super) dropped: Vec<NodeId>,
    /// The nodes within its text that repeat an earlier post.
    pub(super) repeated: Vec<NodeId>,
    /// The languages named above its listings.
    pub(super) labels: Vec<CodeLabel>,
}

/// A listing and the language above it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct CodeLabel {
    pub(super) listing: NodeId,
    /// The language's name, if the label gives one. Other labels only say that code follows.
    pub(super) language: Option<String>,
}
