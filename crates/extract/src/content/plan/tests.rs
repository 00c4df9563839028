//! Tests which elements a plan keeps, and how carrying it out changes a page.

use super::*;

const PAGE: &str = "<body><header>h</header><main><p id=a>one</p><div><p id=b>two</p><p id=c>three</p></div>\
                    <p id=d>four</p></main><footer>f</footer></body>";

fn id(outline: &Outline<'_>, name: &str) -> At {
    let is = |at: At| outline.node(at).and_then(|node| node.id_attr()).is_some_and(|id| &*id == name);
    (0..outline.len()).find(|at| is(*at)).expect(name)
}

/// Plans on the outline of [`PAGE`], and returns the text that is left below the plan's root.
fn left(plan: impl FnOnce(&Outline<'_>, &mut Plan)) -> String {
    let document = cachette_dom::parse(PAGE).document;
    let cut = {
        let outline = Outline::of(&document);
        let mut own = Plan::new(&outline, outline.first("main").unwrap());
        plan(&outline, &mut own);
        own.resolve(&outline).unwrap()
    };
    cut.carry_out(&document);
    NodeRef { id: cut.root, tree: &document.tree }.text().to_string()
}

#[test]
fn a_plan_keeps_its_root_without_what_is_dropped() {
    assert_eq!(left(|_, _| {}), "onetwothreefour");
    assert_eq!(left(|outline, plan| plan.drop(id(outline, "b"), Reason::Unlike)), "onethreefour");
    assert_eq!(left(|outline, plan| plan.drop(outline.first("div").unwrap(), Reason::Unlike)), "onefour");
    assert_eq!(left(|_, plan| plan.drop(10_000, Reason::Unlike)), "onetwothreefour", "there is no such element");
}

#[test]
fn a_dropped_element_is_restored_without_its_siblings() {
    let restored = left(|outline, plan| {
        plan.drop(outline.first("div").unwrap(), Reason::Unlike);
        plan.restore(outline, id(outline, "c"));
        assert!(plan.is_dropped(id(outline, "b")));
    });
    assert_eq!(restored, "onethreefour");
    let untouched = left(|outline, plan| {
        plan.drop(id(outline, "a"), Reason::Unlike);
        plan.restore(outline, id(outline, "b"));
        plan.restore(outline, outline.first("header").unwrap());
    });
    assert_eq!(untouched, "twothreefour", "what was not dropped, or is outside, is not restored");
}

#[test]
fn another_element_is_included_without_what_lies_between() {
    let document = cachette_dom::parse(PAGE).document;
    let outline = Outline::of(&document);
    let mut plan = Plan::new(&outline, id(&outline, "b"));
    plan.include(&outline, id(&outline, "d"));
    assert_eq!(plan.root, outline.first("main").unwrap());
    assert!(plan.is_dropped(id(&outline, "a")) && plan.is_dropped(id(&outline, "c")));
    let cut = plan.resolve(&outline).unwrap();
    cut.carry_out(&document);
    assert_eq!(NodeRef { id: cut.root, tree: &document.tree }.text().as_ref(), "twofour");
}

#[test]
fn the_weight_of_an_element_is_the_text_that_is_kept() {
    let document = cachette_dom::parse(PAGE).document;
    let outline = Outline::of(&document);
    let (main, div) = (outline.first("main").unwrap(), outline.first("div").unwrap());
    let mut plan = Plan::new(&outline, main);
    plan.drop(id(&outline, "c"), Reason::Unlike);
    let weights = plan.weights(&outline);
    assert_eq!((weights[main], weights[div], weights[id(&outline, "c")]), (10, 3, 0));
    assert_eq!(weights[outline.first("footer").unwrap()], 0, "outside of the root");
    assert_eq!(plan.left(&outline).len(), 5, "main, a, div, b, d");
}

#[test]
fn frames_go_except_films() {
    let html = "<main><iframe src=https://www.youtube.com/embed/abcdefghijk></iframe><iframe src=https://ads.example/x>\
                </iframe><object data=/y></object><p>x</p></main>";
    let document = cachette_dom::parse(html).document;
    let outline = Outline::of(&document);
    let cut = Plan::new(&outline, outline.first("main").unwrap()).resolve(&outline).unwrap();
    cut.carry_out(&document);
    assert_eq!(document.select("iframe").length(), 1);
    assert!(document.select("iframe").attr("src").unwrap().contains("youtube"));
    assert!(!document.select("object").exists());
}
