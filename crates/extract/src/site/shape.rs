//! Describes by CSS selectors how a forum's software writes posts, and reads them in one walk.

use dom_query::{Document, Matcher, NodeRef};

use super::code_label;
use super::date;
use super::post::Post;
use cachette_dom::text::{short_text, single_line, visible_text};
use cachette_dom::{Step, Walk, name_of};

const MAX_NAME: usize = 100;
const MAX_NOTE: usize = 40;
/// Attributes of a post with its author and its date.
const AUTHORS: [&str; 5] = ["data-author", "data-username", "data-author-username", "author", "data-user-name"];
const DATES: [&str; 4] = ["created-timestamp", "data-timestamp", "data-time", "data-created"];
const SCORES: [&str; 2] = ["score", "data-score"];
/// Elements that are never text of a post.
const CONTROLS: &str = "button, script, style, noscript, input, select, textarea, svg";

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
    /// The author of a post whose attributes say who wrote it; asked last.
    pub(super) named: fn(&NodeRef<'_>) -> Option<&'static str>,
    /// The date, likewise.
    pub(super) date: &'static str,
    /// The text; all matches count.
    pub(super) body: &'static str,
    /// Votes.
    pub(super) votes: &'static str,
    /// The word for votes, if the page shows only a number.
    pub(super) unit: Unit,
    /// The post, or an element in it, that marks an accepted answer.
    pub(super) accepted: &'static str,
    /// Elements that are skipped, even in the text.
    pub(super) drop: &'static str,
    /// What shows the language of the listing that follows or contains it.
    pub(super) code_label: &'static str,
    /// How posts answer each other.
    pub(super) nesting: Nesting,
    /// Whether posts of this software often follow another subject on the page. They then count
    /// only if they are most of the page.
    pub(super) guest: bool,
    /// Whether the text is that of a mail. A mail has lines of a fixed width, and quotations marked
    /// by `>`.
    pub(super) mail: bool,
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
    Told(fn(&NodeRef<'_>) -> usize),
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
    votes: "",
    unit: Unit::Votes,
    accepted: "",
    drop: "",
    code_label: "",
    nesting: Nesting::Flat,
    guest: false,
    mail: false,
};

struct Matchers {
    post: Option<Matcher>,
    /// The matchers in order of preference.
    author: Vec<Matcher>,
    date: Vec<Matcher>,
    body: Option<Matcher>,
    handle: Option<Matcher>,
    votes: Option<Matcher>,
    accepted: Option<Matcher>,
    drop: Option<Matcher>,
    controls: Option<Matcher>,
}

impl Matchers {
    fn new(shape: &Shape) -> Self {
        let matcher = |selector: &str| Some(selector).filter(|it| !it.is_empty()).and_then(|it| Matcher::new(it).ok());
        Self {
            post: matcher(shape.post),
            author: shape.author.split(", ").filter_map(matcher).collect(),
            date: shape.date.split(", ").filter_map(matcher).collect(),
            body: matcher(shape.body),
            handle: matcher(shape.handle),
            votes: matcher(shape.votes),
            accepted: matcher(shape.accepted),
            drop: matcher(shape.drop),
            controls: matcher(CONTROLS),
        }
    }
}

/// A post whose element the walk is in.
struct Open<'t> {
    element: NodeRef<'t>,
    at: usize,
    body: Option<NodeRef<'t>>,
    /// The ranks of the selectors that found its author and its date.
    ranks: (usize, usize),
}

/// Returns the rank of the selector that matches an element, if it is below `rank`.
fn better(node: &NodeRef<'_>, matchers: &[Matcher], rank: usize) -> Option<usize> {
    matchers.iter().take(rank).position(|matcher| node.is_match(matcher))
}

impl Shape {
    /// Reads all posts that are not empty, in order.
    pub(super) fn read(&self, document: &Document) -> Vec<Post> {
        let matchers = Matchers::new(self);
        let is = |node: &NodeRef<'_>, matcher: &Option<Matcher>| {
            matcher.as_ref().is_some_and(|matcher| node.is_match(matcher))
        };
        let mut posts: Vec<Post> = Vec::new();
        let mut open: Vec<Open<'_>> = Vec::new();
        let mut walk = Walk::new(document.root());
        while let Some(step) = walk.next() {
            let node = match step {
                Step::Enter(node) if node.is_element() => node,
                Step::Enter(_) => continue,
                Step::Leave(node) => {
                    if self.extent == Extent::Element && open.last().is_some_and(|post| post.element.id == node.id) {
                        if let Some(post) = open.pop().and_then(|open| posts.get_mut(open.at)) {
                            complete(post, &node, self);
                        }
                    } else if let Some(post) = open.last_mut()
                        && post.body.is_some_and(|body| body.id == node.id)
                    {
                        post.body = None;
                    }
                    continue;
                }
            };
            if is(&node, &matchers.post) {
                if self.extent == Extent::Next
                    && let Some(before) = open.pop()
                    && let Some(post) = posts.get_mut(before.at)
                {
                    complete(post, &before.element, self);
                }
                let holds = |outer: &&Open<'_>| posts.get(outer.at).is_some_and(|post| !post.body.is_empty());
                let level = match self.nesting {
                    Nesting::Flat => 0,
                    Nesting::Inside => open.iter().filter(holds).count(),
                    Nesting::InsideFirst => open.iter().filter(|outer| outer.at > 0).filter(holds).count(),
                    Nesting::Told(level) => level(&node),
                };
                let mut post = Post { element: Some(node.id), level, mail: self.mail, ..Post::default() };
                if is(&node, &matchers.accepted) {
                    post.notes.push(ACCEPTED.to_owned());
                }
                let at = posts.len();
                posts.push(post);
                let body = is(&node, &matchers.body).then_some(node);
                if body.is_some()
                    && let Some(post) = posts.last_mut()
                {
                    post.body.push(node.id);
                }
                open.push(Open { element: node, at, body, ranks: (usize::MAX, usize::MAX) });
                continue;
            }
            let Some(Open { element: _, at, body, ranks }) = open.last_mut() else { continue };
            let Some(post) = posts.get_mut(*at) else { continue };
            if is(&node, &matchers.drop) {
                post.dropped.push(node.id);
                walk.skip_children();
            } else if body.is_some() {
                if is(&node, &matchers.controls) {
                    post.dropped.push(node.id);
                    walk.skip_children();
                }
            } else if is(&node, &matchers.body) {
                post.body.push(node.id);
                *body = Some(node);
            } else if let Some(rank) = better(&node, &matchers.author, ranks.0) {
                if let Some(name) = name(&node) {
                    post.author = Some(name);
                    ranks.0 = rank;
                }
            } else if let Some(rank) = better(&node, &matchers.date, ranks.1) {
                if let Some(date) = date::of(&node) {
                    post.date = Some(date);
                    ranks.1 = rank;
                }
            } else if is(&node, &matchers.handle) {
                let known = post.author.as_mut().zip(name(&node));
                if let Some((author, handle)) = known.filter(|(author, handle)| !author.contains(handle.as_str())) {
                    *author = format!("{author} {handle}");
                }
            } else if is(&node, &matchers.votes) {
                let shown =
                    node.attr("data-value").map(|value| value.to_string()).unwrap_or_else(|| visible_text(node));
                post.notes.extend(votes(&shown, self.unit));
                walk.skip_children();
            } else if is(&node, &matchers.accepted) && !post.notes.iter().any(|note| note == ACCEPTED) {
                post.notes.push(ACCEPTED.to_owned());
            }
        }
        code_label::read(document, &mut posts, self.code_label);
        posts
    }
}

/// Fills in everything that only the post's own attributes provide.
fn complete(post: &mut Post, element: &NodeRef<'_>, shape: &Shape) {
    let attribute =
        |names: &[&str]| names.iter().find_map(|name| element.attr(name).filter(|value| !value.trim().is_empty()));
    if post.author.is_none() {
        let named = || (shape.named)(element).map(str::to_owned);
        post.author = attribute(&AUTHORS).map(|name| single_line(&name, MAX_NAME)).or_else(named);
    }
    if post.date.is_none() {
        post.date = attribute(&DATES).and_then(|value| date::plain(&value));
    }
    if post.notes.iter().all(|note| note == ACCEPTED) {
        post.notes.extend(attribute(&SCORES).and_then(|value| votes(&value, shape.unit)));
    }
}

/// Returns the name that an element shows, or has in an attribute.
pub(super) fn name(node: &NodeRef<'_>) -> Option<String> {
    // A longer text is not a name, and must not be read again for each element around it.
    short_text(node, 8 * MAX_NAME)?;
    let text = match &*name_of(node) {
        "meta" => node.attr_or("content", "").to_string(),
        "img" => node.attr_or("alt", "").to_string(),
        _ => visible_text(*node),
    };
    let line = single_line(&text, MAX_NAME);
    // The line may be `From: Ada Lovelace <ada@example.org>`.
    let label = line.split_once(": ").filter(|(label, _)| label.len() <= 8 && label.chars().all(char::is_alphabetic));
    let line = label.map_or(line.as_str(), |(_, name)| name);
    let line = line.split_once(" <").map_or(line, |(name, _)| name);
    let name = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | '·' | '•' | '|' | '»'));
    (!name.is_empty()).then(|| name.to_owned())
}

fn votes(shown: &str, unit: Unit) -> Option<String> {
    let shown = single_line(shown, MAX_NOTE);
    let (one, many) = match unit {
        Unit::Votes => ("vote", "votes"),
        Unit::Points => ("point", "points"),
    };
    match shown.parse::<i64>() {
        Ok(0) => None,
        Ok(1) => Some(format!("1 {one}")),
        Ok(_) => Some(format!("{shown} {many}")),
        Err(_) => shown.chars().any(char::is_numeric).then_some(shown),
    }
}

const ACCEPTED: &str = "accepted answer";

#[cfg(test)]
mod tests;
