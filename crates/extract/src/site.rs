//! Discussions: every post in its order and nesting, with its author and its date, and nothing of
//! the software around it. The software is recognised by the structure it writes, never by the
//! host; what no file of `discussion/` knows is left to a detector of repeated posts. An article
//! with comments below it is an article.

mod date;
mod generic;
mod mail;
mod post;
mod shape;
mod signatures;
mod software;
mod thread;

use dom_query::{Document, NodeId};

use post::Post;
use signatures::Signatures;

/// A discussion, made ready for conversion: a tree that holds its posts and nothing else.
pub struct Discussion {
    /// The tree. Only what is below `root` is meant to be read.
    pub document: Document,
    /// Holds the posts: for each a line with author, date and votes, and the text; replies are
    /// lists below the post they answer.
    pub root: NodeId,
    /// What was recognised: the software's name, or how the posts were told.
    pub kind: &'static str,
    /// The date of the first post, as it is written there.
    pub begun: Option<String>,
}

/// Reads a page's discussion; `None` where it has none, or has it below something else. The tree
/// itself is not changed.
pub fn extract(document: &Document, url: Option<&str>) -> Option<Discussion> {
    let signatures = Signatures::of(document, software::signs());
    let known = software::ALL.iter().filter(|shape| shape.fits(&signatures)).find_map(|shape| {
        let posts = shape.read(document);
        let is_host = !shape.guest || (!generic::is_article(document) && thread::is_most(document, &posts));
        (is_discussion(&posts) && is_host).then_some((posts, shape.name))
    });
    let (posts, kind) = known.or_else(|| Some((generic::read(document, url)?, "posts")))?;
    Some(thread::build(document, &posts, kind))
}

fn is_discussion(posts: &[Post]) -> bool {
    posts.iter().any(|post| !post.body.is_empty() && (post.author.is_some() || post.date.is_some()))
}

#[cfg(test)]
mod tests;
