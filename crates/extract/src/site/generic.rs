//! Recognises discussions of unknown software. Their posts are repeated blocks, each with a date, a
//! name beside it, and text. They count only if the page presents itself as a discussion and the
//! posts are most of its text.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use dom_query::{Document, NodeId, NodeRef};

use super::date;
use super::post::Post;
use super::reading::name;
use cachette_dom::steps;
use cachette_dom::visibility::is_hidden;
use cachette_dom::{Step, Walk, name_of};

mod parts;
mod presentation;

use self::parts::{author, beside, furniture, is_control};
use self::presentation::{is_declared, is_place};

pub(super) use self::presentation::is_article;

/// How many dates of one kind a discussion may have.
const MAX_POSTS: usize = 20_000;
const MAX_DATE: usize = 60;
/// The least average length of a post, in characters. In scripts that write words with one or two
/// characters, each counts twice.
const MEAN_POST: usize = 30;
/// How many steps reading all posts may take, in walks over the page, plus a constant. A page that
/// needs more has no posts.
const WALKS: u64 = 32;
const FREE_STEPS: u64 = 8_192;

/// The text below an element: its amount, the linked part, and the element's place.
#[derive(Clone, Copy, Default)]
struct Text {
    all: usize,
    linked: usize,
    /// How many elements were entered before its start, and before its end.
    from: usize,
    to: usize,
    depth: usize,
}

impl Text {
    fn plain(self) -> usize {
        self.all.saturating_sub(self.linked)
    }

    /// Whether another element is inside it.
    fn holds(self, inner: Text) -> bool {
        self.from < inner.from && inner.from < self.to
    }
}

fn weight(c: char) -> usize {
    match c {
        _ if c.is_whitespace() => 0,
        '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7FF}' => 2,
        _ => 1,
    }
}

/// Reads the posts of a page of unknown software.
pub(super) fn read(document: &Document, url: Option<&str>) -> Option<Vec<Post>> {
    if !(is_declared(document) || is_place(url) && !is_article(document)) {
        return None;
    }
    let body = document.body()?;
    let before = steps::left();
    let survey = Survey::of(body);
    let walk = before.saturating_sub(steps::left());
    let until = steps::left().saturating_sub(WALKS * walk + FREE_STEPS);
    let groups = survey.groups.iter().filter(|(_, dates)| dates.len() >= 2 && dates.len() <= MAX_POSTS);
    let mut groups: Vec<(&String, &Vec<NodeRef<'_>>)> = groups.collect();
    groups.sort_by_key(|(key, dates)| (Reverse(dates.len()), *key));
    let best = groups.into_iter().filter_map(|(_, dates)| thread(&survey, dates, until));
    let thread = best.max_by_key(|thread| thread.text)?;
    let total = survey.plain(&body).saturating_sub(thread.heads);
    let is_most = thread.text >= MEAN_POST * thread.posts.len() && 2 * thread.text >= total;
    (thread.posts.len() >= 2 && is_most).then_some(thread.posts)
}

/// The findings of one walk.
struct Survey<'t> {
    text: HashMap<NodeId, Text>,
    /// Elements that show only a date, by kind of element.
    groups: HashMap<String, Vec<NodeRef<'t>>>,
}

impl<'t> Survey<'t> {
    fn of(body: NodeRef<'t>) -> Self {
        let mut survey = Self { text: HashMap::new(), groups: HashMap::new() };
        let mut open: Vec<(Text, bool)> = Vec::new();
        let mut entered = 0;
        let mut walk = Walk::new(body);
        while let Some(step) = walk.next() {
            match step {
                Step::Enter(node) if node.is_text() => {
                    let Some((text, linked)) = open.last_mut() else { continue };
                    let length = node.query_or(0, |inner| match &inner.data {
                        dom_query::NodeData::Text { contents } => contents.chars().map(weight).sum(),
                        _ => 0,
                    });
                    text.all += length;
                    if *linked {
                        text.linked += length;
                    }
                    if (6..MAX_DATE).contains(&length)
                        && let Some(parent) = node.parent()
                        && crate::shown_date::is_only(&node.text())
                    {
                        survey.note(parent);
                    }
                }
                Step::Enter(node) if !node.is_element() => {}
                Step::Enter(node) => {
                    let linked = open.last().is_some_and(|(_, linked)| *linked) || name_of(&node) == *"a";
                    open.push((Text { from: entered, depth: open.len(), ..Text::default() }, linked));
                    entered += 1;
                    if is_hidden(&node) {
                        walk.skip_children();
                    } else if date::is_carried(&node) {
                        survey.note(node);
                    }
                }
                Step::Leave(node) if node.is_element() => {
                    let Some((mut text, _)) = open.pop() else { continue };
                    text.to = entered;
                    survey.text.insert(node.id, text);
                    if let Some((outer, _)) = open.last_mut() {
                        outer.all += text.all;
                        outer.linked += text.linked;
                    }
                }
                Step::Leave(_) => {}
            }
        }
        survey
    }

    fn note(&mut self, date: NodeRef<'t>) {
        let classes = date.class().unwrap_or_default();
        let class = |classes: &str| {
            let plain = |class: &&str| !class.bytes().any(|byte| byte.is_ascii_digit());
            classes.split_ascii_whitespace().find(plain).unwrap_or("").to_owned()
        };
        let own = class(&classes);
        let around = date.parent().filter(|_| own.is_empty());
        let around =
            around.map(|parent| format!("{}.{}", name_of(&parent), class(&parent.class().unwrap_or_default())));
        let key = format!("{} {}.{own}", around.unwrap_or_default(), name_of(&date));
        let group = self.groups.entry(key).or_default();
        if group.last().is_none_or(|last| last.id != date.id) {
            group.push(date);
        }
    }

    fn plain(&self, node: &NodeRef<'_>) -> usize {
        self.known(node.id).plain()
    }

    /// Returns the counts of an element; the default if it is hidden.
    fn known(&self, node: NodeId) -> Text {
        self.text.get(&node).copied().unwrap_or_default()
    }
}

/// Posts that belong together.
struct Thread {
    posts: Vec<Post>,
    /// How much text they have, and how much of it is their authors and dates.
    text: usize,
    heads: usize,
}

/// Finds the posts around dates of one kind. Returns `None` if most of them have no author or no
/// text, or are entries of a list, or if at most `until` steps are left.
fn thread(survey: &Survey<'_>, dates: &[NodeRef<'_>], until: u64) -> Option<Thread> {
    let mut places: Vec<usize> = dates.iter().map(|date| survey.known(date.id).from).collect();
    places.sort_unstable();
    // Counts the dates within an element.
    let holding = |node: &NodeRef<'_>| {
        let text = survey.known(node.id);
        let (first, last) = (text.from + 1, text.to.max(text.from + 1));
        places.partition_point(|place| *place < last) - places.partition_point(|place| *place < first)
    };
    let own_dates: HashSet<NodeId> = dates.iter().map(|date| date.id).collect();
    let mut thread = Thread { posts: Vec::new(), text: 0, heads: 0 };
    let mut entries = 0;
    // The posts on the path to the last one. Each has its depth, and the smallest element that
    // contains more than the post.
    let mut outer: Vec<(usize, NodeId)> = Vec::new();
    for date in dates {
        // The largest element around the date that contains no other date of its kind.
        let mut block = *date;
        let mut holder = date.parent();
        while let Some(node) = holder.filter(|node| holding(node) == 1 && name_of(node) != *"body") {
            steps::take(1);
            block = node;
            holder = node.parent();
        }
        if steps::left() <= until {
            return None;
        }
        let place = survey.known(date.id);
        let depth = place.depth;
        let mut parts = vec![block];
        if survey.plain(&block) < MEAN_POST + survey.plain(date) {
            // The post's text follows it, side by side.
            let mut next = block.next_sibling();
            while let Some(part) = next.filter(|part| holding(part) == 0 && !own_dates.contains(&part.id)) {
                steps::take(1);
                if part.is_element() {
                    parts.push(part);
                }
                next = part.next_sibling();
            }
        }
        let author = parts.iter().find_map(author).or_else(|| beside(date));
        let mut post = Post { date: date::of(date), ..Post::default() };
        let author_node = author.as_ref().map(|(node, _)| node.id);
        post.author = author.map(|(_, name)| name);
        let own = [Some(date.id), author_node];
        let text: Vec<NodeRef<'_>> = parts.iter().filter_map(|part| densest(survey, *part, own)).collect();
        let plain: usize = text.iter().map(|part| survey.plain(part)).sum();
        let linked: usize = text.iter().map(|part| survey.text.get(&part.id).map_or(0, |text| text.linked)).sum();
        if post.author.is_none() || plain == 0 {
            continue;
        }
        entries += usize::from(parts.iter().any(is_entry) || 2 * linked > plain);
        for part in &text {
            furniture(*part, own, &mut post.dropped);
        }
        post.body = text.iter().map(|part| part.id).collect();
        // A reply is deeper than its parent post, and in the same element. The opening post's place
        // says nothing about nesting.
        while outer.last().is_some_and(|(before, holder)| depth < before + 2 || !survey.known(*holder).holds(place)) {
            outer.pop();
        }
        post.level = outer.len();
        if let Some(holder) = holder.filter(|_| !thread.posts.is_empty()) {
            outer.push((depth, holder.id));
        }
        thread.text += plain;
        thread.heads +=
            survey.plain(date) + author_node.map_or(0, |id| survey.text.get(&id).map_or(0, |text| text.all));
        thread.posts.push(post);
    }
    let count = thread.posts.len();
    (10 * count >= 7 * dates.len() && 2 * entries < count).then_some(thread)
}

/// Returns the smallest element of a block that still has most of its text. It is `None` if the
/// block has no text. The text of `own`, the date and the author, does not count.
fn densest<'t>(survey: &Survey<'_>, block: NodeRef<'t>, own: [Option<NodeId>; 2]) -> Option<NodeRef<'t>> {
    let own_text = |node: &NodeRef<'_>| -> usize {
        steps::take(1);
        let around = survey.known(node.id);
        let inside = own.iter().flatten().filter(|id| **id == node.id || around.holds(survey.known(**id)));
        inside.map(|id| survey.known(*id).plain()).sum()
    };
    let weigh =
        |node: &NodeRef<'_>| if is_control(node) { 0 } else { survey.plain(node).saturating_sub(own_text(node)) };
    let mut node = block;
    loop {
        let all = weigh(&node);
        let best = node.children_it(false).filter(NodeRef::is_element).max_by_key(weigh);
        match best {
            Some(child) if 10 * weigh(&child) >= 6 * all && !is_paragraph(&child) => node = child,
            _ => break,
        }
    }
    (weigh(&node) > 0).then_some(node)
}

fn is_paragraph(node: &NodeRef<'_>) -> bool {
    matches!(
        &*name_of(node),
        "p" | "blockquote" | "pre" | "ul" | "ol" | "table" | "span" | "b" | "strong" | "i" | "em" | "a" | "font"
    )
}

/// Whether a block is an entry of a list: its heading leads elsewhere.
fn is_entry(block: &NodeRef<'_>) -> bool {
    Walk::new(*block).any(|step| {
        let Step::Enter(node) = step else { return false };
        let is_heading = |node: &NodeRef<'_>| matches!(&*name_of(node), "h1" | "h2" | "h3" | "h4");
        let holds_link = || node.children_it(false).any(|child| name_of(&child) == *"a" && child.has_attr("href"));
        let in_link = || node.parent().is_some_and(|parent| name_of(&parent) == *"a");
        is_heading(&node)
            && (holds_link() || in_link())
            && name(&node).is_some_and(|text| text.split_whitespace().count() > 3)
    })
}

#[cfg(test)]
mod tests;
