//! Tests the order of walks, what ends them, and the cap on depth.

use super::*;
use crate::tests::depth_of;
use crate::{name_of, parse_fragment};
use dom_query::NodeId;
use proptest::prelude::*;

/// Writes a walk's steps: a name where an element is entered, `/name` where it is left, and texts
/// in quotes.
fn steps_of(walk: Walk<'_>) -> String {
    let name =
        |node: &NodeRef<'_>| if node.is_text() { format!("'{}'", node.text()) } else { name_of(node).to_string() };
    let steps = walk.map(|step| match step {
        Step::Enter(node) => name(&node),
        Step::Leave(node) => format!("/{}", name(&node)),
    });
    steps.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_walk_enters_and_leaves_every_node_in_the_page_s_order() {
    let parsed = parse_fragment("<ul><li>a<li>b</ul>");
    let list = parsed.document.select("ul");
    let root = *list.nodes().first().unwrap();
    assert_eq!(steps_of(Walk::new(root)), "ul li 'a' /'a' /li li 'b' /'b' /li /ul");
    let leaf = root.descendants_it().find(NodeRef::is_text).unwrap();
    assert_eq!(steps_of(Walk::new(leaf)), "'a' /'a'", "it does not leave its root upwards");
}

#[test]
fn skipped_children_are_not_entered_and_their_parent_is_left() {
    let parsed = parse_fragment("<ul><li>a<li>b</ul>");
    let list = parsed.document.select("ul");
    let mut walk = Walk::new(*list.nodes().first().unwrap());
    let mut seen = Vec::new();
    while let Some(step) = walk.next() {
        if let Step::Enter(node) = step {
            seen.push(name_of(&node).to_string());
            if name_of(&node) == *"li" {
                walk.skip_children();
            }
        }
    }
    assert_eq!(seen, ["ul", "li", "li"]);
}

#[test]
fn the_content_of_a_template_is_not_below_it() {
    let parsed = parse_fragment("<template><p>a</template><p>b");
    assert_eq!(parsed.document.text().as_ref(), "b");
    let texts = Walk::new(parsed.document.root()).filter(|step| matches!(step, Step::Enter(node) if node.is_text()));
    assert_eq!(texts.count(), 1);
}

#[test]
fn all_kinds_of_walk_visit_the_same_nodes() {
    for html in ["", "a", "<p>a<b>c</b>d<p><i></i>", "<table><tr><td>x<td><ul><li>y</ul></table>z<!-- c -->"] {
        let parsed = parse_fragment(html);
        let root = parsed.document.root();
        let walked: Vec<NodeId> = Walk::new(root)
            .filter_map(|step| match step {
                Step::Enter(node) if node.id != root.id => Some(node.id),
                _ => None,
            })
            .collect();
        let mut state = (Vec::new(), 0);
        let enter = |state: &mut (Vec<NodeId>, i32), node: NodeRef<'_>, _: &TreeNode| {
            state.0.push(node.id);
            true
        };
        traverse(root, &mut state, enter, |state| state.1 += 1);
        assert_eq!(state.0, walked, "{html}");
        assert_eq!(state.1, i32::try_from(walked.len()).unwrap() + 1, "each is left, and the root: {html}");
        let mut visited = Vec::new();
        visit_all(root, |_| true, |node| visited.push(node.id));
        assert_eq!(visited, walked, "{html}");
    }
}

#[test]
fn only_nodes_that_are_asked_for_are_visited() {
    let parsed = parse_fragment("<p>a<b>c</b><p><i>d<b>e</b></i>f");
    let mut seen = Vec::new();
    let is_bold = |node: &TreeNode| node.as_element().is_some_and(|element| &*element.name.local == "b");
    visit_all(parsed.document.root(), is_bold, |node| seen.push(node.text().to_string()));
    assert_eq!(seen, ["c", "e"], "whatever is around them");
    let leaf = parsed.document.root().descendants_it().find(NodeRef::is_text).unwrap();
    visit_all(leaf, |_| true, |_| panic!("it does not go on beside its root"));
}

#[test]
fn walks_end_where_the_allowance_does() {
    let parsed = parse_fragment(&"<p>a".repeat(100));
    let root = parsed.document.root();
    let allowance = steps::Allowance::new(10);
    assert!(Walk::new(root).count() < 10);
    assert!(steps::is_spent());
    let mut entered = 0;
    traverse(
        root,
        &mut entered,
        |entered, _, _| {
            *entered += 1;
            true
        },
        |_| {},
    );
    assert_eq!(entered, 0, "nothing is left for another");
    drop(allowance);
    assert_eq!(Walk::new(root).count(), 2 * 202, "the root, its element, and all below");
}

#[test]
fn what_lies_too_deep_moves_up_in_its_order() {
    let parsed = parse_fragment("<div><p>a<b>b<i>c</i></b>d</p></div>e");
    enforce_depth(&parsed.document, 3);
    assert_eq!(parsed.document.text().as_ref(), "abcde");
    assert!(!parsed.document.select("b, i").exists(), "{}", parsed.document.html());
    let flat = parse_fragment("<p>a<b>b</b>");
    let before = flat.document.html();
    enforce_depth(&flat.document, 10);
    assert_eq!(flat.document.html(), before);
}

/// Returns how deep a tree is, and its text.
fn depth_and_text(document: &Document) -> (u32, String) {
    (depth_of(document), document.text().to_string())
}

proptest! {
    #[test]
    fn no_tree_stays_deeper_than_the_cap_and_none_loses_a_word(
        parts in proptest::collection::vec(
            proptest::sample::select(vec!["<div>", "<b>", "</b>", "<ul><li>", "</div>", "a", "b", "<!-- c -->", "i"]),
            0..40,
        ),
        cap in 2_u32..12,
    ) {
        let document = parse_fragment(&parts.concat()).document;
        let (deepest, text) = depth_and_text(&document);
        let html = document.html();
        enforce_depth(&document, cap);
        let (capped, kept) = depth_and_text(&document);
        prop_assert_eq!(kept, text);
        prop_assert!(capped <= cap + 2, "{} over {}", capped, cap);
        if deepest <= cap {
            prop_assert_eq!(document.html(), html, "a flat tree stays as it is");
        }
    }
}

#[test]
fn leaves_that_are_no_text_move_up_too() {
    let parsed = parse_fragment("<div><p><b><img src=a><i><br>x<img src=b></i></b></p></div>");
    enforce_depth(&parsed.document, 3);
    assert_eq!(parsed.document.select("div").html().as_ref(), "<div><p><img src=\"a\"><br>x<img src=\"b\"></p></div>",);
}
