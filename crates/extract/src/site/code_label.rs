//! Moves the language that a chat shows above code onto the listing. A label outside a listing
//! counts only if the listing follows it at once; otherwise it is text and stays.

use std::collections::HashSet;

use dom_query::{Document, Matcher, NodeId, NodeRef};

use super::post::{CodeLabel, Post};
use cachette_dom::text::short_text;
use cachette_dom::{Step, Walk, name_of};

/// How long a language's name may be.
const MAX_LANGUAGE: usize = 24;
/// How far into a listing its own declaration is searched for.
const MAX_STEPS: usize = 24;

/// Notes the labels that `selector` matches in the posts' texts. They no longer count as text.
pub(super) fn read(document: &Document, posts: &mut [Post], selector: &str) {
    let Some(matcher) = Some(selector).filter(|it| !it.is_empty()).and_then(|it| Matcher::new(it).ok()) else { return };
    let bodies: HashSet<NodeId> = posts.iter().flat_map(|post| &post.body).copied().collect();
    for post in posts {
        for body in &post.body {
            let root = NodeRef { id: *body, tree: &document.tree };
            read_part(root, &bodies, &matcher, &mut post.dropped, &mut post.labels);
        }
    }
}

/// Reads one part, without those of other posts in it.
fn read_part(
    root: NodeRef<'_>,
    bodies: &HashSet<NodeId>,
    matcher: &Matcher,
    dropped: &mut Vec<NodeId>,
    labels: &mut Vec<CodeLabel>,
) {
    // The label that was just met, and the listing that the walk is in.
    let mut pending: Option<NodeRef<'_>> = None;
    let mut around: Option<NodeId> = None;
    let mut walk = Walk::new(root);
    while let Some(step) = walk.next() {
        let node = match step {
            Step::Enter(node) => node,
            Step::Leave(node) => {
                around = around.filter(|listing| *listing != node.id);
                continue;
            }
        };
        if node.id != root.id && bodies.contains(&node.id) {
            walk.skip_children();
            continue;
        }
        let name = name_of(&node);
        if *name == *"pre" {
            if let Some(label) = pending.take() {
                note(node.id, &label, dropped, labels);
            }
            around = Some(node.id);
        } else if node.is_match(matcher) {
            match around {
                Some(listing) => note(listing, &node, dropped, labels),
                None => pending = Some(node),
            }
            walk.skip_children();
        } else if matches!(&*name, "button" | "svg" | "style" | "script") {
            walk.skip_children();
        } else if node.is_text() && !node.text().trim().is_empty() {
            pending = None;
        }
    }
}

fn note(listing: NodeId, label: &NodeRef<'_>, dropped: &mut Vec<NodeId>, labels: &mut Vec<CodeLabel>) {
    let Some(text) = short_text(label, 2 * MAX_LANGUAGE) else { return };
    let text = text.trim();
    let is_name = (1..=MAX_LANGUAGE).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+#.-".contains(&byte));
    dropped.push(label.id);
    labels.push(CodeLabel { listing, language: is_name.then(|| text.to_ascii_lowercase()) });
}

impl CodeLabel {
    /// Declares the language on its listing, which may declare another one itself.
    pub(super) fn declare(&self, document: &Document) {
        let listing = NodeRef { id: self.listing, tree: &document.tree };
        let declared = Walk::new(listing).take(MAX_STEPS).any(|step| match step {
            Step::Enter(node) => node.class().is_some_and(|class| class.contains("language-")),
            Step::Leave(_) => false,
        });
        if let Some(language) = self.language.as_deref().filter(|_| !declared) {
            listing.set_attr("data-language", language);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cachette_dom::parse;

    /// Returns the languages, and the text that is left.
    fn labels(html: &str) -> (Vec<String>, String) {
        let document = parse(html).document;
        let body = document.body().unwrap().id;
        let mut posts = [Post { body: vec![body], ..Post::default() }];
        read(&document, &mut posts, ".label");
        let languages = posts[0].labels.iter().map(|label| label.language.clone().unwrap_or_default()).collect();
        for id in &posts[0].dropped {
            NodeRef { id: *id, tree: &document.tree }.remove_from_parent();
        }
        (languages, document.body().unwrap().text().to_string())
    }

    #[test]
    fn a_label_before_code_or_in_it_names_its_language() {
        for html in [
            "<div class=label>Python</div><button>Copy</button><div><pre><code>x = 1</code></pre></div>",
            "<pre><div class=label>python</div><button>Copy</button><code>x = 1</code></pre>",
        ] {
            let (languages, text) = labels(html);
            assert_eq!(languages, ["python"], "{html}");
            assert_eq!(text.replace("Copy", ""), "x = 1", "{html}");
        }
        assert_eq!(labels("<p class=label>Code snippet</p><pre>x</pre>"), (vec![String::new()], "x".to_owned()));
    }

    #[test]
    fn a_label_without_code_after_it_is_text() {
        for html in ["<p class=label>Python</p>", "<p class=label>Python</p><p>is old.</p><pre>x</pre>"] {
            let (languages, text) = labels(html);
            assert_eq!(languages, [""; 0], "{html}");
            assert!(text.starts_with("Python"), "{html}");
        }
    }

    #[test]
    fn what_a_listing_declares_itself_stands() {
        let document = parse("<pre><code class=language-ts>x</code></pre><pre>y</pre>").document;
        let listings = document.select("pre");
        for listing in listings.nodes() {
            CodeLabel { listing: listing.id, language: Some("js".to_owned()) }.declare(&document);
        }
        let attributes: Vec<_> = listings.nodes().iter().map(|listing| listing.attr("data-language")).collect();
        assert_eq!(attributes.iter().map(Option::as_deref).collect::<Vec<_>>(), [None, Some("js")]);
    }
}
