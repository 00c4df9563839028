//! A post as it was read: what its software says of it, and which nodes of the page hold its text.

use dom_query::NodeId;

/// A post.
#[derive(Debug, Default)]
pub(super) struct Post {
    pub(super) author: Option<String>,
    pub(super) date: Option<String>,
    /// Votes and marks, in the order they are to be shown.
    pub(super) notes: Vec<String>,
    /// All of it, with what surrounds its text.
    pub(super) element: Option<NodeId>,
    /// How many posts it lies under.
    pub(super) level: usize,
    /// The nodes that hold its text.
    pub(super) body: Vec<NodeId>,
    /// The text is a mail's.
    pub(super) mail: bool,
    /// What of its text is none.
    pub(super) dropped: Vec<NodeId>,
}
