//! Extracts discussions: every post in its order and nesting, with author and date. The rest of the
//! page is left out. The software is recognised by the structure that it writes; the host decides
//! only between extractors whose structure fits (`extractor.rs`). A detector of repeated posts
//! handles software that has no file in `software/`. An article with comments below it counts as an
//! article. Pages with one text whose software is known are read by `pages.rs`.

mod code_label;
mod date;
mod extractor;
mod generic;
mod mail;
mod matchers;
mod omissions;
mod pages;
mod post;
mod public_inbox;
mod quotations;
mod reading;
mod shape;
mod signatures;
mod software;
mod thread;
mod typed_lines;
mod watch;

use dom_query::{Document, NodeId, NodeRef};

use crate::content::Omissions;
use post::Post;
use signatures::Signatures;

/// A discussion ready for conversion: a tree that contains only its posts, or the page's one text.
pub struct Discussion {
    /// The tree. Only the nodes below `root` are meant to be read.
    pub document: Document,
    /// The node that contains the posts. Each has a line with author, date and votes, and the text.
    /// Replies are lists below the post they answer.
    pub root: NodeId,
    /// The kind of page in the front matter, such as `discussion`, `video` or `article`.
    pub page: &'static str,
    /// The software's name, or how the posts were recognised.
    pub kind: &'static str,
    /// The authors that the page's software names in a place of its own; empty if the page has no
    /// author. Discussions have none of this.
    pub author: Option<String>,
    /// The date of the first post, or of the page, as written there.
    pub begun: Option<String>,
    /// The first paragraph of a page's one text.
    pub excerpt: Option<String>,
    /// The blocks of the page that it leaves out.
    pub omissions: Omissions,
}

/// Extracts a page's discussion, and leaves the tree unchanged. Returns `None` if the page has
/// none, or has it below some other content.
pub fn extract(document: &Document, url: Option<&str>) -> Option<Discussion> {
    let signs = software::ALL.iter().flat_map(|extractor| extractor.signature.names());
    let signs = signs.chain([watch::SIGN]).chain(pages::signs()).chain(public_inbox::signs());
    let names = Signatures::of(document, signs);
    if names.has(watch::SIGN)
        && let Some(film) = watch::extract(document)
    {
        return Some(film);
    }
    let whole = pages::extract(document, &names).or_else(|| public_inbox::extract(document, &names));
    if whole.is_some() {
        return whole;
    }
    let known = extractor::fitting(software::ALL, &names, url).find_map(|extractor| {
        let shape = &extractor.posts;
        let posts = shape.read(document);
        let is_guest = || generic::is_article(document) || thread::has_subject(document, &posts);
        let is_host = !shape.guest || (!is_guest() && thread::is_most(document, &posts));
        let is_whole = !matches!(shape.nesting, shape::Nesting::InsideFirst) || !thread::is_hollow(document, &posts);
        (is_discussion(&posts) && is_host && is_whole).then_some((posts, extractor.name))
    });
    let (mut posts, kind) = known.or_else(|| Some((generic::read(document, url)?, "posts")))?;
    quotations::find_repeated(document, &mut posts);
    // Posts that show nothing would hide everything else on the page.
    let discussion = Some(thread::build(document, &posts, kind)).filter(Discussion::has_posts)?;
    Some(Discussion { omissions: omissions::of(document, &posts), ..discussion })
}

impl Discussion {
    /// Makes a discussion of which nothing but the tree is known.
    fn new(document: Document, root: NodeId, page: &'static str, kind: &'static str) -> Self {
        let (author, begun, excerpt) = (None, None, None);
        Self { document, root, page, kind, author, begun, excerpt, omissions: Omissions::default() }
    }

    fn has_posts(&self) -> bool {
        NodeRef { id: self.root, tree: &self.document.tree }.first_child().is_some()
    }
}

fn is_discussion(posts: &[Post]) -> bool {
    posts.iter().any(|post| !post.body.is_empty() && (post.author.is_some() || post.date.is_some()))
}

#[cfg(test)]
mod tests;
