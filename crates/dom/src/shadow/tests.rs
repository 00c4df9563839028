//! Tests where the parts of shadow roots go.

use crate::parse;

fn flattened(html: &str) -> String {
    let parsed = parse(html);
    parsed.flatten_shadow_roots();
    parsed.document.select("body").html().to_string()
}

/// A host with a shadow root and light children.
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
