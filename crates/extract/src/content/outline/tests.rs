//! Tests the measures that the outline takes of each element.

use super::*;
use crate::content::roles::Roles;

/// Calls `look` with the outline of a page.
fn outlined<T>(html: &str, look: impl FnOnce(&mut Outline<'_>) -> T) -> T {
    let document = cachette_dom::parse(html).document;
    look(&mut Outline::of(&document))
}

/// Returns the result of `measure` for the first element with a name.
fn measured<T>(html: &str, name: &str, measure: impl FnOnce(&Item) -> T) -> T {
    outlined(html, |outline| {
        let at = outline.first(name).expect(name);
        measure(outline.get(at).unwrap())
    })
}

#[test]
fn text_is_counted_without_white_space_and_with_all_that_lies_below() {
    let html = "<main><p>Ab c. <a href=/x>de</a></p><p>f!</p></main>";
    let counts = |name: &str| measured(html, name, |item| (item.chars, item.linked, item.paragraphs, item.links));
    assert_eq!(counts("main"), (8, 2, 2, 1));
    assert_eq!(counts("p"), (6, 2, 1, 1));
    assert_eq!(counts("a"), (2, 2, 0, 1));
    assert_eq!(measured(html, "p", |item| item.own), 6, "a link is in the line");
    assert_eq!(measured(html, "main", |item| item.own), 0, "a paragraph is a block of its own");
    assert!(measured(html, "p", Item::link_density) > 0.3);
}

#[test]
fn a_sign_of_chinese_counts_twice_and_each_script_has_its_ends_of_sentences() {
    for (text, chars, stops) in [
        ("One. Two! Three?", 14, 3),
        ("He said \u{201C}no.\u{201D} She left", 18, 1),
        ("3.5 m", 4, 0),
        ("wait…", 5, 1),
        ("雨が降る。風も。", 16, 2),
        ("मैं यहाँ हूँ।", 11, 1),
        ("هل هذا صحيح؟ نعم۔", 14, 2),
        ("\u{A0} \n", 0, 0),
    ] {
        let html = format!("<main><p>{text}</p></main>");
        assert_eq!(measured(&html, "p", |item| (item.chars, item.stops)), (chars, stops), "{text}");
    }
}

#[test]
fn hidden_elements_are_no_part_of_it() {
    let html = "<main><p hidden>secret</p><script>x</script><p>seen</p></main>";
    assert_eq!(measured(html, "main", |item| (item.chars, item.paragraphs)), (4, 1));
    outlined(html, |outline| assert_eq!(outline.first("script"), None));
}

#[test]
fn fields_and_buttons_are_counted_and_hidden_ones_are_not() {
    let html = "<main><input><input type=hidden><select></select><textarea></textarea><button>b</button></main>";
    assert_eq!(measured(html, "main", |item| item.fields), 4);
}

#[test]
fn a_link_in_a_heading_to_its_own_place_is_none() {
    let links = |html: &str| measured(html, "h2", |item| (item.links, item.linked));
    assert_eq!(links("<h2 id=s1><a href=#s1>1.</a> <a href=#tolls>Tolls</a></h2>"), (0, 0));
    assert_eq!(links("<h2><a href=/tolls>Tolls</a></h2>"), (1, 5));
    assert_eq!(links("<h2><span><a href=#tolls>Tolls</a></span></h2>"), (1, 5));
}

#[test]
fn headings_that_are_links_count_as_titles() {
    let html = "<main><h2><a href=/a>One</a></h2><h2>Two</h2><a href=/c><h3>Three</h3></a></main>";
    let (headings, titles) = measured(html, "main", |item| (item.headings, item.titles));
    assert_eq!(headings, 3);
    assert!(titles >= 2, "{titles}");
    assert_eq!(measured("<main><h2>Two <a href=/a>x</a></h2></main>", "main", |item| item.titles), 0);
}

#[test]
fn elements_know_their_parents_children_and_what_surrounds_them() {
    let html = "<main><ul><li>a<li>b</ul><table><tr><td>c</table></main>";
    outlined(html, |outline| {
        let list = outline.first("ul").unwrap();
        let children: Vec<String> = outline.children(list).map(|(_, item)| item.name.to_string()).collect();
        assert_eq!(children, ["li", "li"]);
        let around: Vec<String> = outline.around(list).map(|(_, item)| item.name.to_string()).collect();
        assert_eq!(around, ["main", "body", "html"]);
        assert_eq!(outline.below(list).count(), 3, "the list and both items");
        let cell = outline.first("td").unwrap();
        assert!(outline.get(cell).unwrap().setting.any(Setting::TABLE));
        assert!(!outline.get(cell).unwrap().setting.any(Setting::LIST));
        assert!(outline.is_leaf(outline.first("li").unwrap()) && !outline.is_leaf(list));
    });
}

#[test]
fn siblings_that_look_alike_have_one_shape() {
    let html = "<main><div class='card a'>x</div><div class='card a'>y</div><div class=other>z</div></main>";
    outlined(html, |outline| {
        let main = outline.first("main").unwrap();
        let shapes: Vec<u64> = outline.children(main).map(|(_, item)| item.shape).collect();
        assert!(shapes[0] == shapes[1] && shapes[1] != shapes[2], "{shapes:?}");
    });
}

#[test]
fn names_in_code_are_the_highlighter_s() {
    let html = "<main><div class=comments>x</div><pre><span class=comments>// y</span></pre></main>";
    assert!(measured(html, "div", |item| item.roles.any(Roles::COMMENTS)));
    assert_eq!(measured(html, "span", |item| item.roles), Roles::default());
}

#[test]
fn a_line_is_short_and_a_title_is_the_nearest_heading_before() {
    outlined("<main><h1>T</h1><p>Some  words</p></main>", |outline| {
        let (heading, paragraph) = (outline.first("h1").unwrap(), outline.first("p").unwrap());
        assert_eq!(outline.line(paragraph, 40).as_deref(), Some("Some words"));
        assert_eq!(outline.line(paragraph, 4), None);
        assert_eq!(outline.title(outline.first("main").unwrap()), Some(heading));
        assert!(outline.get(heading).unwrap().is_heading() && outline.get(paragraph).unwrap().is("p"));
    });
}

#[test]
fn kept_text_is_added_up_to_the_root() {
    outlined("<main><p>abc</p><p>de</p></main>", |outline| {
        let (main, first) = (outline.first("main").unwrap(), outline.first("p").unwrap());
        outline.keep_only(&[first]);
        assert_eq!((outline.get(main).unwrap().kept, outline.get(first).unwrap().kept), (3, 3));
        let all: HashSet<NodeId> = outline.node(main).unwrap().descendants_it().map(|node| node.id).collect();
        outline.keep(&all);
        assert_eq!(outline.get(first).unwrap().kept, 6, "it adds to what was kept before");
    });
}

#[test]
fn an_id_that_repeats_its_heading_says_nothing_unless_the_box_is_what_it_says() {
    let roles = |html: &str| {
        outlined(html, |outline| outline.first("section").and_then(|at| outline.get(at)).map(|item| item.roles))
    };
    let none = Some(Roles::default());
    assert_eq!(roles("<section id=cookies><h2>Cookies</h2><p>They are baked.</p></section>"), none);
    assert_eq!(roles("<section id=comments><h2>Comments</h2><p>They begin with two slashes.</p></section>"), none);
    let reader = "<div><span class=author>Ada</span><p>So it is.</p></div>";
    let read = format!("<section id=comments><h2>Comments</h2>{reader}{reader}</section>");
    assert!(roles(&read).unwrap().any(Roles::COMMENTS));
    let asks = "<section id=newsletter><h3>Newsletter</h3><p>We write once a month.</p><input></section>";
    assert!(roles(asks).unwrap().any(Roles::NEWSLETTER));
}

#[test]
fn the_names_of_an_element_around_many_headings_are_read_again_once() {
    let page = |count: usize| {
        let class = "x".repeat(100 * count);
        format!("<section id=cookies class={class}>{}</section>", "<h2>Cookies</h2>".repeat(count))
    };
    let steps = |count: usize| {
        let html = page(count);
        let before = steps::taken();
        outlined(&html, |_| ());
        steps::taken() - before
    };
    let (few, many) = (steps(200), steps(400));
    assert!(many < 3 * few, "{few} {many}");
}
