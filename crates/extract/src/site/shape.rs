//! Describes by CSS selectors how a forum's software writes posts. `reading.rs` reads them.

use dom_query::NodeRef;

/// The form in which a software writes posts. Selectors may be empty; all except `post` match only
/// inside a post.
pub(super) struct Shape {
    /// A post, with everything that belongs to it.
    pub(super) post: &'static str,
    /// Where a post ends.
    pub(super) extent: Extent,
    /// The author. Better selectors come first; of a selector's matches, the first counts.
    pub(super) author: &'static str,
    /// The name by which the author is addressed, if it is shown beside the author.
    pub(super) handle: &'static str,
    /// Returns the author that the attributes of a post's element give; it is asked last.
    pub(super) named: fn(&NodeRef<'_>) -> Option<&'static str>,
    /// The date; better selectors come first, as for the author.
    pub(super) date: &'static str,
    /// The text; all matches count.
    pub(super) body: &'static str,
    /// Further elements of the text, chosen by what they contain.
    pub(super) holders: &'static [Holder],
    /// Votes.
    pub(super) votes: &'static str,
    /// The word for votes, if the page shows only a number.
    pub(super) unit: Unit,
    /// The post, or an element in it, that marks an accepted answer.
    pub(super) accepted: &'static str,
    /// Elements that are skipped, even in the text.
    pub(super) drop: &'static str,
    /// The element that names the language of the listing that follows or contains it.
    pub(super) code_label: &'static str,
    /// How posts answer each other.
    pub(super) nesting: Nesting,
    /// Whether posts of this software often follow another subject on the page. They then count
    /// only if they are most of the page.
    pub(super) guest: bool,
    /// Whether the text is that of a mail. A mail has lines of a fixed width, and quotations marked
    /// by `>`.
    pub(super) mail: bool,
    /// Whether posts are letters, whose answers are written between the quoted lines.
    pub(super) answers_between: bool,
}

/// Elements that count as a post's text depending on what they contain. A selector with `:has()`
/// would search nested elements again at each level, so the content is looked up once for the whole
/// page.
pub(super) struct Holder {
    /// The elements.
    pub(super) element: &'static str,
    /// The content that is searched for in them.
    pub(super) inner: &'static str,
    /// Whether they must contain it, or must not.
    pub(super) holds: bool,
}

/// Where a post ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// The post ends with its element.
    Element,
    /// The post ends where the next one begins, because its element is only the first of several.
    Next,
}

/// The word for votes.
#[derive(Clone, Copy)]
pub(super) enum Unit {
    Votes,
    Points,
}

/// How posts answer each other.
#[derive(Clone, Copy)]
pub(super) enum Nesting {
    /// Posts follow each other without nesting.
    Flat,
    /// A reply is an element inside the post that it answers.
    Inside,
    /// A reply is inside its post, but the opening post contains the whole discussion.
    InsideFirst,
    /// The function derives the level from the post's element.
    Derived(fn(&NodeRef<'_>) -> usize),
}

/// An empty shape, to be filled in.
pub(super) const BLANK: Shape = Shape {
    post: "",
    extent: Extent::Element,
    author: "",
    handle: "",
    named: |_| None,
    date: "",
    body: "",
    holders: &[],
    votes: "",
    unit: Unit::Votes,
    accepted: "",
    drop: "",
    code_label: "",
    nesting: Nesting::Flat,
    guest: false,
    mail: false,
    answers_between: false,
};
