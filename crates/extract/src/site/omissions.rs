//! Lists the text of a page that its discussion or film leaves out. Around the posts' texts this is
//! everything; within them, it is the parts that are not text. Text repeated from a post's first
//! line does not count as omitted.

use std::collections::HashSet;

use dom_query::{Document, NodeId, NodeRef};

use super::mail;
use super::post::Post;
use crate::content::{Omissions, Reason};
use cachette_dom::text::{single_line, visible_text};
use cachette_dom::visibility::{is_block, is_hidden};
use cachette_dom::{Step, Walk, name_of};

/// The longest text that can be a post's author, date or votes, in characters.
const MAX_DETAIL: usize = 100;

/// The facts known about a page's nodes before the walk.
struct Known<'p> {
    /// The texts of posts.
    texts: HashSet<NodeId>,
    /// Those texts that are mails.
    mails: HashSet<NodeId>,
    /// The elements of posts.
    posts: HashSet<NodeId>,
    /// The nodes that are skipped within the texts.
    skipped: HashSet<NodeId>,
    /// The nodes within the texts that repeat an earlier one.
    repeated: HashSet<NodeId>,
    /// Everything around the texts.
    around: HashSet<NodeId>,
    /// Authors, dates and votes.
    details: HashSet<&'p str>,
}

/// Lists the omissions of a page with these posts. Every node is looked at a bounded number of
/// times.
pub(super) fn of(document: &Document, posts: &[Post]) -> Omissions {
    list(document, &Known::of(document, posts))
}

/// Lists the text left in a page after an extractor has moved its own parts out. `places` are the
/// elements that held those parts; each block next to one of them gets an entry of its own.
pub(super) fn beside(document: &Document, places: &[NodeId]) -> Omissions {
    let mut known = Known::of(document, &[]);
    for place in places {
        known.surround(Some(NodeRef { id: *place, tree: &document.tree }));
    }
    list(document, &known)
}

fn list(document: &Document, known: &Known<'_>) -> Omissions {
    let mut omissions = Omissions::default();
    let Some(body) = document.body() else { return omissions };
    // Text and inline elements side by side are one omission.
    let mut run = String::new();
    let (mut open_posts, mut open_texts) = (0_usize, 0_usize);
    let mut walk = Walk::new(body);
    while let Some(step) = walk.next() {
        let node = match step {
            Step::Enter(node) => node,
            Step::Leave(node) => {
                if known.around.contains(&node.id) {
                    known.flush(&mut run, open_posts > 0, &mut omissions);
                }
                open_posts -= usize::from(known.posts.contains(&node.id) && open_posts > 0);
                open_texts -= usize::from(known.texts.contains(&node.id) && open_texts > 0);
                continue;
            }
        };
        let is_text = known.texts.contains(&node.id);
        if is_text || known.around.contains(&node.id) {
            known.flush(&mut run, open_posts > 0, &mut omissions);
        }
        open_posts += usize::from(known.posts.contains(&node.id));
        open_texts += usize::from(is_text);
        if is_hidden(&node) {
            walk.skip_children();
            continue;
        }
        if is_text && known.mails.contains(&node.id) {
            omissions.push(mail::footer(&node.text()), Reason::Boilerplate);
        }
        if open_texts > 0 {
            if known.repeated.contains(&node.id) {
                omissions.push(&visible_text(node), Reason::Repeated);
                walk.skip_children();
            } else if known.skipped.contains(&node.id) {
                let reason = if is_control(&node) { Reason::Controls } else { Reason::Boilerplate };
                omissions.push(&visible_text(node), reason);
                walk.skip_children();
            }
        } else if !known.around.contains(&node.id) {
            walk.skip_children();
            if is_block(&node) || is_control(&node) {
                known.flush(&mut run, open_posts > 0, &mut omissions);
                let reason = if is_control(&node) { Reason::Controls } else { around(open_posts > 0) };
                known.add(&visible_text(node), reason, &mut omissions);
            } else {
                run.push(' ');
                run.push_str(&visible_text(node));
            }
        }
    }
    omissions
}

/// Whether a node is something to press or to fill in.
fn is_control(node: &NodeRef<'_>) -> bool {
    matches!(&*name_of(node), "button" | "form" | "input" | "select" | "textarea")
}

/// Returns the reason for text that is around a post's text.
fn around(is_in_post: bool) -> Reason {
    if is_in_post { Reason::About } else { Reason::Outside }
}

impl<'p> Known<'p> {
    fn of(document: &Document, posts: &'p [Post]) -> Known<'p> {
        let texts: HashSet<NodeId> = posts.iter().flat_map(|post| &post.body).copied().collect();
        let details = posts.iter().flat_map(|post| post.author.iter().chain(&post.date).chain(&post.notes));
        let mut known = Known {
            mails: posts.iter().filter(|post| post.mail).flat_map(|post| &post.body).copied().collect(),
            posts: posts.iter().filter_map(|post| post.element).collect(),
            skipped: posts.iter().flat_map(|post| &post.dropped).copied().collect(),
            repeated: posts.iter().flat_map(|post| &post.repeated).copied().collect(),
            details: details.map(String::as_str).collect(),
            around: HashSet::new(),
            texts,
        };
        for text in known.texts.clone() {
            known.surround(NodeRef { id: text, tree: &document.tree }.parent());
        }
        known
    }

    /// Notes an element and those around it.
    fn surround(&mut self, mut element: Option<NodeRef<'_>>) {
        while let Some(node) = element.filter(|node| self.around.insert(node.id)) {
            element = node.parent();
        }
    }

    /// Adds the text of blocks side by side, and begins anew.
    fn flush(&self, run: &mut String, is_in_post: bool, omissions: &mut Omissions) {
        self.add(run, around(is_in_post), omissions);
        run.clear();
    }

    /// Adds a text, unless a post's first line repeats it.
    fn add(&self, text: &str, reason: Reason, omissions: &mut Omissions) {
        let is_repeated = text.len() <= 4 * MAX_DETAIL && self.details.contains(single_line(text, MAX_DETAIL).as_str());
        if !is_repeated {
            omissions.push(text, reason);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::{extract, shape::BLANK, shape::Shape};
    use cachette_dom::parse;

    const FORUM: Shape = Shape { post: ".post", author: ".who", body: ".text", drop: ".sign", ..BLANK };

    fn listed(html: &str, shape: &Shape) -> Vec<(&'static str, String, usize)> {
        let document = parse(html).document;
        let posts = shape.read(&document);
        assert!(!posts.is_empty());
        of(&document, &posts).list.into_iter().map(|one| (one.reason.code(), one.begins, one.words)).collect()
    }

    fn named(expected: &[(&'static str, &str, usize)]) -> Vec<(&'static str, String, usize)> {
        expected.iter().map(|(reason, begins, words)| (*reason, (*begins).to_owned(), *words)).collect()
    }

    #[test]
    fn what_surrounds_the_posts_and_what_their_texts_lack_is_listed_in_the_page_s_order() {
        let html = "<nav>All boards</nav><main>Page 1 <b>of 2</b><div class=post><div><span class=who>Ada</span></div>\
                    <div>Member since 2003</div><div class=text>Kept words.<p class=sign>My car is red</p>\
                    <button>Like it</button> Kept.</div><button>Reply now</button></div>\
                    <div class=post><i class=who>Bo</i> wrote<div class=text>Kept too.</div></div></main>\
                    <footer>© 2026</footer>";
        let expected = [
            ("outside", "All boards", 2),
            ("outside", "Page 1 of 2", 4),
            ("about", "Member since 2003", 3),
            ("boilerplate", "My car is red", 4),
            ("controls", "Like it", 2),
            ("controls", "Reply now", 2),
            ("about", "Bo wrote", 2),
            ("outside", "© 2026", 1),
        ];
        assert_eq!(listed(html, &FORUM), named(&expected));
    }

    #[test]
    fn what_posts_say_and_what_nobody_sees_is_no_omission() {
        let html = "<main><p hidden>Secret</p><script>run()</script><div class=post><p class=who>Ada</p>\
                    <div class=text>All of it, <b>each</b> word.<div class=post><p class=who>Bo</p>\
                    <div class=text>And the reply.</div></div></div></div></main>";
        assert_eq!(listed(html, &FORUM), []);
    }

    #[test]
    fn the_signature_of_a_mail_is_listed() {
        let html = "<pre class=post>\n<b class=who>Ada</b><span class=text>Dear all\n-- \nAda, Paris\n</span></pre>";
        let shape = Shape { mail: true, ..FORUM };
        assert_eq!(listed(html, &shape), named(&[("boilerplate", "Ada, Paris", 2)]));
        assert_eq!(listed(&html.replace("-- ", "---"), &shape), []);
    }

    #[test]
    fn a_discussion_has_its_omissions() {
        let post = |text: &str| {
            format!(
                "<li component=post><p class=timeago title=2026-11-01></p><div component=\"post/content\">{text}</div>"
            )
        };
        let html = format!("<nav>All boards</nav><ul>{}{}</ul>", post("One."), post("Two."));
        let discussion = extract(&parse(&html).document, None).unwrap();
        assert_eq!(discussion.omissions.list.first().unwrap().begins, "All boards");
    }
}
