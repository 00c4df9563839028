//! Tests where the parts of shadow roots go.

use crate::parse;

fn flattened(html: &str) -> String {
    let parsed = parse(html);
    parsed.flatten_shadow_roots();
    parsed.document.select("body").html().to_string()
}

/// Makes a host with a shadow root and light children.
fn host(shadow: &str, light: &str) -> String {
    format!("<x-a><template shadowrootmode=open>{shadow}</template>{light}</x-a>")
}

#[test]
fn only_templates_with_a_mode_are_shadow_roots() {
    for (mode, is_root) in [("open", true), ("CLOSED", true), ("", false), ("none", false)] {
        let parsed = parse(&format!("<x-a><template shadowrootmode='{mode}'><p>x</template></x-a>"));
        let templates = parsed.document.select("template");
        let template = *templates.nodes().first().unwrap();
        assert_eq!(super::is_shadow_root(&template).is_some(), is_root, "{mode}");
        assert_eq!(super::is_shadow_mode(&template.element_ref().unwrap()), is_root, "{mode}");
    }
}

#[test]
fn a_slot_shows_its_own_children_until_it_is_given_others() {
    let shadow = "<slot>none</slot>";
    assert_eq!(flattened(&host(shadow, "")), "<body><x-a><slot>none</slot></x-a></body>");
    assert_eq!(flattened(&host(shadow, "<p>x")), "<body><x-a><slot><p>x</p></slot></x-a></body>");
    let blank = flattened(&host(shadow, " \n "));
    assert!(blank.contains("<slot>none</slot>"), "white space is no content: {blank}");
}

#[test]
fn the_first_slot_of_a_name_takes_all() {
    let shadow = "<slot name=a></slot><slot name=a>second</slot><slot></slot>";
    let light = "<i slot=a>1</i>text<i slot=a>2</i>";
    let expected = "<slot name=\"a\"><i slot=\"a\">1</i><i slot=\"a\">2</i></slot><slot name=\"a\">second</slot>\
                    <slot>text</slot>";
    assert_eq!(flattened(&host(shadow, light)), format!("<body><x-a>{expected}</x-a></body>"));
}

#[test]
fn what_no_slot_takes_follows_the_shadow_tree() {
    assert_eq!(flattened(&host("<b>s</b>", "<p>x</p>")), "<body><x-a><b>s</b><p>x</p></x-a></body>");
}

#[test]
fn a_second_root_of_a_host_is_shown_in_its_place() {
    let html = "<x-a><template shadowrootmode=open>1</template><template shadowrootmode=open>2</template>3</x-a>";
    let shown = flattened(html);
    assert!(!shown.contains("<template"), "{shown}");
    for part in ["1", "2", "3"] {
        assert_eq!(shown.matches(part).count(), 1, "{shown}");
    }
}

#[test]
fn a_page_without_shadow_roots_stays_as_it_is() {
    for html in ["<body><p>a</p></body>", "<body><template><p>a</p></template></body>"] {
        assert_eq!(flattened(html), html);
    }
}

#[test]
fn slots_take_elements_and_text_by_their_names() {
    for (shadow, light, expected) in [
        ("<slot></slot>", "a<b>c</b>d", "<slot>a<b>c</b>d</slot>"),
        ("<slot name=x></slot>", "a", "<slot name=\"x\"></slot>a"),
        (
            "<slot name=x>none</slot><slot></slot>",
            "<i slot=x>a</i><i slot=y>b</i>",
            "<slot name=\"x\"><i slot=\"x\">a</i></slot><slot></slot><i slot=\"y\">b</i>",
        ),
        ("<p><slot name=''>none</slot></p>", "<i slot=''>a</i>", "<p><slot name=\"\"><i slot=\"\">a</i></slot></p>"),
        ("<slot>none</slot>", "<!-- a -->", "<slot>none</slot><!-- a -->"),
        ("<slot>none</slot>", " <i>a</i> b", "<slot><i>a</i> b</slot> "),
        (
            "<div><slot name=日></slot></div>",
            "<i slot=日>a</i>",
            "<div><slot name=\"日\"><i slot=\"日\">a</i></slot></div>",
        ),
        ("", "a", "a"),
        ("<b>s</b>", "", "<b>s</b>"),
    ] {
        assert_eq!(flattened(&host(shadow, light)), format!("<body><x-a>{expected}</x-a></body>"), "{shadow} {light}");
    }
}

#[test]
fn no_light_word_is_lost_or_doubled_by_roots_within_roots() {
    let inner = host("<slot></slot>!", "<slot></slot>");
    let html = host(&format!("<div>{inner}</div>"), "light");
    let shown = flattened(&html);
    assert_eq!(shown, "<body><x-a><div><x-a><slot><slot>light</slot></slot>!</x-a></div></x-a></body>");
    let twice = host("<slot></slot><slot></slot>", "once");
    assert_eq!(flattened(&twice).matches("once").count(), 1);
    let deep = (0..50).fold("core".to_owned(), |inner, level| host(&format!("{level}<slot></slot>"), &inner));
    let shown = flattened(&deep);
    assert_eq!(shown.matches("core").count(), 1);
    assert!((0..50).all(|level| shown.contains(&format!("{level}<slot>"))), "{shown}");
}

#[test]
fn a_root_without_a_host_of_its_own_belongs_to_its_parent() {
    let shown = flattened("<p>z</p><template shadowrootmode=open><p>a</p></template>b");
    assert_eq!(shown, "<body><p>a</p><p>z</p>b</body>");
    let in_table = flattened("<table><tr><td><template shadowrootmode=open>a</template>b</table>");
    assert!(in_table.contains("<td>ab</td>"), "{in_table}");
}
