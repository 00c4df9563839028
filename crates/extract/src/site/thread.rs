//! Builds a discussion's own tree from the posts that were read. Each post has a line with author
//! and date, then its text; replies are list items below the post that they answer.

use std::collections::HashSet;

use dom_query::{Document, NodeId, NodeRef};

use super::Discussion;
use super::mail;
use super::post::Post;
use super::typed_lines;
use cachette_dom::text::{beginning, solid_chars, visible_text};
use cachette_dom::visibility::{is_block, is_hidden};
use cachette_dom::{Step, Walk, name_of};

/// How deep replies are nested; deeper ones stay at this level, in order.
const MAX_LEVEL: usize = 24;
/// How many bytes of a class are read. Many texts may look at the class of the same element.
const MAX_CLASS: usize = 1000;

/// Builds the tree, and leaves the posts' document unchanged.
pub(super) fn build(document: &Document, posts: &[Post], kind: &'static str) -> Discussion {
    let document = document.clone();
    let root = document.tree.new_element("div").id;
    {
        let node = |id: &NodeId| NodeRef { id: *id, tree: &document.tree };
        posts.iter().flat_map(|post| &post.labels).for_each(|label| label.declare(&document));
        let dropped: Vec<NodeRef<'_>> =
            posts.iter().flat_map(|post| post.dropped.iter().chain(&post.repeated)).map(node).collect();
        dropped.iter().for_each(NodeRef::remove_from_parent);
        // What is left out of one post may hold the text of another.
        let shown = shown(std::iter::once(document.root()).chain(dropped), posts);
        // A text may hold that of another post. Apart, each is gone through once.
        for id in posts.iter().flat_map(|post| &post.body) {
            node(id).remove_from_parent();
        }
        // The element that contains the posts of each level: the root, then lists.
        let mut holders: Vec<NodeRef<'_>> = vec![node(&root)];
        let mut last: Vec<NodeRef<'_>> = Vec::new();
        for post in posts {
            let body: Vec<NodeRef<'_>> = post.body.iter().filter(|id| shown.contains(id)).map(node).collect();
            if body.is_empty() {
                continue;
            }
            let level = post.level.min(MAX_LEVEL).min(last.len());
            last.truncate(level);
            holders.truncate(level + 1);
            if holders.len() == level
                && let Some(parent) = last.last()
            {
                let list = document.tree.new_element("ul");
                parent.append_child(&list);
                holders.push(list);
            }
            let Some(holder) = holders.last() else { continue };
            if level == 0 && holder.first_child().is_some() {
                holder.append_child(&document.tree.new_element("hr"));
            }
            let place = document.tree.new_element(if level == 0 { "div" } else { "li" });
            holder.append_child(&place);
            head(&place, post);
            for part in body {
                if post.mail {
                    mail::write(&place, part);
                } else {
                    append(&place, part);
                }
            }
            last.push(place);
        }
    }
    let begun = posts.first().and_then(|post| post.date.clone());
    Discussion { begun, ..Discussion::new(document, root, "discussion", kind) }
}

/// Writes the post's first line: `**author** · date · votes`.
fn head(place: &NodeRef<'_>, post: &Post) {
    let tree = place.tree;
    let line = tree.new_element("p");
    if let Some(author) = &post.author {
        let name = tree.new_element("strong");
        name.append_child(&tree.new_text(author.as_str()));
        line.append_child(&name);
    }
    for detail in post.date.iter().chain(&post.notes) {
        let separator = if line.first_child().is_some() { " · " } else { "" };
        line.append_child(&tree.new_text(format!("{separator}{detail}")));
    }
    if line.first_child().is_some() {
        place.append_child(&line);
    }
}

/// Moves a part of a post's text to `place`, on lines of its own.
fn append(place: &NodeRef<'_>, part: NodeRef<'_>) {
    pictures_to_text(part);
    sources_apart(part);
    lines_apart(part);
    match &*name_of(&part) {
        "h1" | "td" | "th" | "li" | "dd" | "dt" | "span" | "font" | "body" | "blockquote" | "section" => {
            part.rename("div")
        }
        _ => {}
    }
    if is_block(&part) {
        place.append_child(&part);
    } else {
        let block = place.tree.new_element("div");
        place.append_child(&block);
        block.append_child(&part);
    }
}

/// Puts the author of a quotation on a separate line, and turns quotation boxes into quotations.
fn sources_apart(part: NodeRef<'_>) {
    for step in Walk::new(part) {
        let Step::Enter(node) = step else { continue };
        if node.has_class("bbcode_quote") && name_of(&node) == *"div" {
            node.rename("blockquote");
        } else if name_of(&node) == *"cite"
            && node.parent().is_some_and(|parent| matches!(&*name_of(&parent), "blockquote" | "div"))
        {
            node.rename("div");
        }
    }
}

/// Keeps the lines of typed text where the page shows them as they are.
fn lines_apart(part: NodeRef<'_>) {
    let is_typed = |text: &NodeRef<'_>| {
        text.parent().is_some_and(|parent| {
            let class = parent.attr("class").unwrap_or_default();
            beginning(&class, MAX_CLASS).split_ascii_whitespace().any(|class| class == "whitespace-pre-wrap")
                && name_of(&parent) != *"code"
        })
    };
    typed_lines::split(part, is_typed);
}

/// Replaces emoticons and small pictures among the words by their text.
fn pictures_to_text(part: NodeRef<'_>) {
    let faces: Vec<NodeRef<'_>> = Walk::new(part)
        .filter_map(|step| match step {
            Step::Enter(node) if name_of(&node) == *"img" && is_face(&node) => Some(node),
            _ => None,
        })
        .collect();
    for face in faces {
        let text = [face.attr("alt"), face.attr("title")].into_iter().flatten().find(|text| !text.trim().is_empty());
        if let Some(text) = text.filter(|_| face.id != part.id) {
            face.insert_before(&part.tree.new_text(text));
            face.remove_from_parent();
        }
    }
}

pub(super) fn is_face(image: &NodeRef<'_>) -> bool {
    image.class().is_some_and(|classes| {
        classes.split_ascii_whitespace().any(|class| {
            [
                "emoji",
                "smilie",
                "smiley",
                "smilies",
                "emoticon",
                "ipsEmoji",
                "bbc_emoticon",
                "inlineimg",
                "wp-smiley",
                "lia-deferred-emoji",
            ]
            .contains(&class)
        })
    })
}

/// Whether the posts are most of a page's text.
pub(super) fn is_most(document: &Document, posts: &[Post]) -> bool {
    let length = |node: NodeRef<'_>| solid_chars(&visible_text(node));
    let all = document.body().map_or(0, length);
    let outer: HashSet<NodeId> = posts.iter().filter(|post| post.level == 0).filter_map(|post| post.element).collect();
    let mut own = 0;
    let mut walk = Walk::new(document.root());
    while let Some(step) = walk.next() {
        let Step::Enter(node) = step else { continue };
        if outer.contains(&node.id) {
            own += length(node);
            walk.skip_children();
        }
    }
    4 * own >= 3 * all
}

/// Whether the page says something in paragraphs before its posts: they then comment on that text,
/// however long they are.
pub(super) fn has_subject(document: &Document, posts: &[Post]) -> bool {
    const SUBJECT: usize = 200;
    let outer: HashSet<NodeId> = posts.iter().filter_map(|post| post.element).collect();
    let mut chars = 0;
    let mut walk = Walk::new(document.root());
    while let Some(step) = walk.next() {
        let Step::Enter(node) = step else { continue };
        if outer.contains(&node.id) {
            return false;
        }
        let name = name_of(&node);
        if matches!(&*name, "nav" | "header" | "footer" | "aside" | "form") || is_hidden(&node) {
            walk.skip_children();
        } else if *name == *"p" {
            let text = visible_text(node);
            chars += if text.contains(['.', '!', '?', '。', '…']) { solid_chars(&text) } else { 0 };
            if chars >= SUBJECT {
                return true;
            }
            walk.skip_children();
        }
    }
    false
}

/// Whether a single post is less than half of the element that would contain its answers. The
/// answers are then written in a way that was not recognised.
pub(super) fn is_hollow(document: &Document, posts: &[Post]) -> bool {
    let length = |id: &NodeId| solid_chars(&visible_text(NodeRef { id: *id, tree: &document.tree }));
    match posts {
        [post] => 2 * post.body.iter().map(length).sum::<usize>() < post.element.as_ref().map_or(0, length),
        _ => false,
    }
}

/// Returns the posts' texts that show a word or a picture, be it in the text of a post within them.
fn shown<'t>(roots: impl Iterator<Item = NodeRef<'t>>, posts: &[Post]) -> HashSet<NodeId> {
    let texts: HashSet<NodeId> = posts.iter().flat_map(|post| post.body.iter().copied()).collect();
    let mut shown = HashSet::new();
    let mut open: Vec<(NodeId, bool)> = Vec::new();
    for step in roots.flat_map(Walk::new) {
        match step {
            Step::Enter(node) => {
                if texts.contains(&node.id) {
                    open.push((node.id, false));
                }
                if let Some((_, shows)) = open.last_mut() {
                    *shows |= shows_something(node);
                }
            }
            Step::Leave(node) if open.last().is_some_and(|(text, _)| *text == node.id) => {
                if let Some((text, true)) = open.pop() {
                    shown.insert(text);
                    if let Some((_, shows)) = open.last_mut() {
                        *shows = true;
                    }
                }
            }
            Step::Leave(_) => {}
        }
    }
    shown
}

/// Whether a node itself is a word or a picture.
fn shows_something(node: NodeRef<'_>) -> bool {
    if node.is_text() {
        return node.query_or(false, |inner| match &inner.data {
            dom_query::NodeData::Text { contents } => contents.chars().any(|c| !c.is_whitespace() && c != '\u{200B}'),
            _ => false,
        });
    }
    matches!(&*name_of(&node), "img" | "picture" | "video" | "math")
}

#[cfg(test)]
mod tests;
