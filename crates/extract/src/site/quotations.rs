//! Finds quotations at the beginning of a post whose text an earlier post has. Their source stays,
//! such as "Ada wrote:"; a quotation that differs from the post stays whole. Mails are not
//! examined, because their answers are written between the quoted lines.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use dom_query::{Document, NodeData, NodeId, NodeRef};

use super::post::Post;
use super::thread::is_face;
use crate::fold::fold;
use cachette_dom::text::visible_text;
use cachette_dom::visibility::is_block;
use cachette_dom::{Step, Walk, name_of};

/// How many equal letters in a row prove the same text.
const WINDOW: usize = 16;
/// A quotation of fewer letters stays; it is shorter than a reference to the post would be.
const LEAST: usize = 12;
/// A quotation of fewer letters stays if nothing names its source, because it shows what is
/// answered.
const UNNAMED: usize = 200;
/// The longest line that names the source, in letters.
const SOURCE: usize = 80;
/// The longest line behind the quoted text, such as one that unfolds it.
const BEHIND: usize = 30;
/// How many letters of posts are remembered.
const MEMORY: usize = 1 << 18;

/// Notes, for each post, the parts of its text that repeat an earlier one.
pub(super) fn find_repeated(document: &Document, posts: &mut [Post]) {
    let node = |id: &NodeId| NodeRef { id: *id, tree: &document.tree };
    let outermost = outermost(document, posts);
    let bodies =
        |post: &Post| -> Vec<NodeId> { post.body.iter().copied().filter(|body| outermost.contains(body)).collect() };
    let found: Vec<Option<Quotation>> =
        posts.iter().map(|post| Quotation::of(&bodies(post), document).filter(|_| !post.answers_between)).collect();
    if found.iter().skip(1).all(Option::is_none) {
        return;
    }
    let mut known = Known::default();
    for (post, quotation) in posts.iter_mut().zip(found) {
        let bodies = bodies(post);
        let repeated = quotation.map(|quotation| repeated(node(&quotation.node), quotation.is_named, &known));
        let repeated = repeated.unwrap_or_default();
        let letters = |ids: &[NodeId]| ids.iter().map(|id| line(node(id)).letters.len()).sum::<usize>();
        // A post that only quotes would vanish.
        if !repeated.is_empty() && letters(&repeated) < letters(&bodies) {
            post.repeated = repeated;
        }
        bodies.iter().for_each(|id| known.add(&visible_text(node(id))));
    }
}

/// Returns the bodies that are in no other post's body. A post in another one is a part of its
/// text.
fn outermost(document: &Document, posts: &[Post]) -> HashSet<NodeId> {
    let all: HashSet<NodeId> = posts.iter().flat_map(|post| &post.body).copied().collect();
    let mut outermost = HashSet::new();
    let mut walk = Walk::new(document.root());
    while let Some(step) = walk.next() {
        if let Step::Enter(node) = step
            && all.contains(&node.id)
        {
            outermost.insert(node.id);
            walk.skip_children();
        }
    }
    outermost
}

/// The only quotation of a post, at its beginning.
struct Quotation {
    node: NodeId,
    /// Whether a line before it names its source.
    is_named: bool,
}

impl Quotation {
    /// Finds the quotation. A post with several, or with text before it, answers each of them in
    /// its place, and would make no sense without them.
    fn of(bodies: &[NodeId], document: &Document) -> Option<Quotation> {
        let mut found = None;
        let mut before = 0;
        for body in bodies {
            let mut walk = Walk::new(NodeRef { id: *body, tree: &document.tree });
            while let Some(step) = walk.next() {
                let Step::Enter(node) = step else { continue };
                if node.id != *body && (*name_of(&node) == *"blockquote" || node.has_class("bbcode_quote")) {
                    if found.is_some() || before > SOURCE {
                        return None;
                    }
                    found = Some(Quotation { node: node.id, is_named: before > 0 });
                    walk.skip_children();
                } else if found.is_none() && node.is_text() {
                    before += line(node).letters.len();
                }
            }
        }
        found
    }
}

/// The letters of the posts so far.
#[derive(Default)]
struct Known {
    windows: HashSet<u64>,
    lines: HashSet<u64>,
    letters: usize,
}

impl Known {
    fn add(&mut self, text: &str) {
        let letters: Vec<char> = fold(text).chars().take(MEMORY.saturating_sub(self.letters)).collect();
        self.letters += letters.len();
        self.windows.extend(letters.windows(WINDOW).map(hash));
        self.lines.extend(text.lines().map(|line| hash(&fold(line).chars().collect::<Vec<_>>())));
    }

    fn has(&self, letters: &[char]) -> bool {
        let has = |window: &[char]| self.windows.contains(&hash(window));
        match letters.last_chunk::<WINDOW>() {
            Some(last) => has(last) && letters.chunks_exact(WINDOW).all(has),
            None => self.lines.contains(&hash(letters)),
        }
    }
}

fn hash(letters: &[char]) -> u64 {
    let mut hasher = DefaultHasher::new();
    letters.hash(&mut hasher);
    hasher.finish()
}

/// Returns the nodes of a quotation to leave out: none if it says something new, and the quotation
/// itself if it names no source.
fn repeated(quote: NodeRef<'_>, is_named: bool, known: &Known) -> Vec<NodeId> {
    let shows_picture = |node: NodeRef<'_>| *name_of(&node) == *"img" && !is_face(&node);
    if Walk::new(quote).any(|step| matches!(step, Step::Enter(node) if shows_picture(node))) {
        return Vec::new();
    }
    let lines = lines(quote);
    let is_known: Vec<bool> = lines.iter().map(|line| known.has(&line.letters)).collect();
    let Some(first) = is_known.iter().position(|is| *is) else { return Vec::new() };
    let (source, rest) = lines.split_at(first);
    let letters = |lines: &[Line]| lines.iter().map(|line| line.letters.len()).sum::<usize>();
    let repeats = rest.iter().zip(is_known.iter().skip(first)).filter(|(_, is)| **is);
    let is_repeated = repeats.map(|(line, _)| line.letters.len()).sum::<usize>() >= LEAST
        && letters(source) <= SOURCE
        && rest.iter().zip(is_known.iter().skip(first)).all(|(line, is)| *is || line.letters.len() <= BEHIND)
        && is_known.last().zip(is_known.get(first..)).is_some_and(|(last, all)| {
            // Only the very last line may be another one.
            all.iter().filter(|is| !**is).count() <= usize::from(!last)
        });
    if !is_repeated || source.is_empty() && !is_named && letters(rest) < UNNAMED {
        Vec::new()
    } else if source.is_empty() {
        vec![quote.id]
    } else {
        rest.iter().flat_map(|line| line.nodes.iter().copied()).collect()
    }
}

/// A part of a quotation on lines of its own.
#[derive(Default)]
struct Line {
    nodes: Vec<NodeId>,
    letters: Vec<char>,
}

/// Splits a quotation into its blocks, and the inline parts between them.
fn lines(quote: NodeRef<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut run = Line::default();
    let mut end = |run: &mut Line| {
        let line = std::mem::take(run);
        if !line.letters.is_empty() {
            lines.push(line);
        }
    };
    let mut walk = Walk::new(quote);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(node) if node.id == quote.id => {}
            Step::Enter(node) if is_block(&node) && node.children_it(false).any(|inner| is_block(&inner)) => {
                end(&mut run);
            }
            Step::Enter(node) if is_block(&node) => {
                end(&mut run);
                run = line(node);
                end(&mut run);
                walk.skip_children();
            }
            Step::Enter(node) => {
                let is_apart = matches!(&*name_of(&node), "br" | "cite");
                if is_apart {
                    end(&mut run);
                }
                let Line { nodes, letters } = line(node);
                run.nodes.extend(nodes);
                run.letters.extend(letters);
                if is_apart {
                    end(&mut run);
                }
                walk.skip_children();
            }
            Step::Leave(node) if is_block(&node) => end(&mut run),
            Step::Leave(_) => {}
        }
    }
    end(&mut run);
    lines
}

fn line(node: NodeRef<'_>) -> Line {
    let text = node.query_or(None, |inner| match &inner.data {
        NodeData::Text { contents } => Some(contents.to_string()),
        _ => None,
    });
    let text = text.unwrap_or_else(|| visible_text(node));
    Line { nodes: vec![node.id], letters: fold(&text).chars().collect() }
}

#[cfg(test)]
mod tests;
