//! Reads the posts of a page in one walk. A [`Shape`] describes how the page writes them.

use dom_query::{Document, NodeRef};

use super::code_label;
use super::date;
use super::matchers::{Matchers, better, is};
use super::post::Post;
use super::shape::{Extent, Nesting, Shape, Unit};
use cachette_dom::text::{short_text, single_line, visible_text};
use cachette_dom::{Step, Walk, name_of};

const MAX_NAME: usize = 100;
const MAX_NOTE: usize = 40;
/// Attributes of a post that give its author.
const AUTHORS: [&str; 5] = ["data-author", "data-username", "data-author-username", "author", "data-user-name"];
/// Attributes of a post that give its date.
const DATES: [&str; 4] = ["created-timestamp", "data-timestamp", "data-time", "data-created"];
const SCORES: [&str; 2] = ["score", "data-score"];

/// A post that the walk is inside.
struct Open<'t> {
    element: NodeRef<'t>,
    at: usize,
    body: Option<NodeRef<'t>>,
    /// The ranks of the selectors that found its author and its date.
    ranks: (usize, usize),
    /// Whether its author's handle is known.
    handled: bool,
}

impl Shape {
    fn post(&self, element: &NodeRef<'_>, level: usize) -> Post {
        let answers_between = self.mail || self.answers_between;
        Post { element: Some(element.id), level, mail: self.mail, answers_between, ..Post::default() }
    }

    /// Reads all posts in order, also those without a text.
    pub(super) fn read(&self, document: &Document) -> Vec<Post> {
        let matchers = Matchers::new(self, document);
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
                    Nesting::Derived(level) => level(&node),
                };
                let mut post = self.post(&node, level);
                if is(&node, &matchers.accepted) {
                    post.notes.push(ACCEPTED.to_owned());
                }
                let at = posts.len();
                posts.push(post);
                let body = matchers.is_body(&node).then_some(node);
                if body.is_some()
                    && let Some(post) = posts.last_mut()
                {
                    post.body.push(node.id);
                }
                open.push(Open { element: node, at, body, ranks: (usize::MAX, usize::MAX), handled: false });
                continue;
            }
            let Some(Open { element: _, at, body, ranks, handled }) = open.last_mut() else { continue };
            let Some(post) = posts.get_mut(*at) else { continue };
            if is(&node, &matchers.drop) {
                post.dropped.push(node.id);
                walk.skip_children();
            } else if body.is_some() {
                if is(&node, &matchers.controls) {
                    post.dropped.push(node.id);
                    walk.skip_children();
                }
            } else if matchers.is_body(&node) {
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
            } else if !*handled && is(&node, &matchers.handle) {
                let known = post.author.as_mut().zip(name(&node));
                if let Some((author, handle)) = known.filter(|(author, handle)| !author.contains(handle.as_str())) {
                    *author = format!("{author} {handle}");
                    *handled = true;
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
        // Nothing ends the last post of those that reach to the next one.
        for before in open {
            if let Some(post) = posts.get_mut(before.at) {
                complete(post, &before.element, self);
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
