//! Tests which frames are opened, and which of their content is kept.

use crate::parse;
use crate::text::visible_text;

fn opened(html: &str) -> String {
    let parsed = parse(html);
    assert!(parsed.open_frames(), "there is room");
    parsed.document.select("body").html().to_string()
}

/// Puts a page into a frame.
fn framed(page: &str) -> String {
    format!("<iframe srcdoc='{}'></iframe>", page.replace('&', "&amp;").replace('\'', "&#39;"))
}

#[test]
fn a_frame_s_page_is_shown_where_the_frame_was() {
    let html = format!("<p>a{}b", framed("<h1>T</h1><p class=c>x"));
    assert_eq!(opened(&html), "<body><p>a<div><h1>T</h1><p class=\"c\">x</p></div>b</p></body>");
    let parsed = parse(&html);
    parsed.open_frames();
    assert_eq!(visible_text(parsed.document.root()), "a\nT\nx\nb");
}

#[test]
fn the_frame_s_names_stay_and_its_other_attributes_go() {
    let html = "<iframe id=i class='c d' title=t hidden style='x:y' src=/a name=n sandbox srcdoc='x'></iframe>";
    let expected = "<div id=\"i\" class=\"c d\" title=\"t\" hidden=\"\" style=\"x:y\">x</div>";
    assert_eq!(opened(html), format!("<body>{expected}</body>"));
}

#[test]
fn what_is_about_the_frame_s_own_page_is_left_out() {
    let page = "<title>T</title><meta name=author content=A><link rel=canonical href=/x><base href=/y>\
                <style>p{}</style><script>s()</script><template>t</template><p>x<noscript>n</noscript>";
    assert_eq!(opened(&framed(page)), "<body><div><p>x</p></div></body>");
    let inside = "<p>x<script>s()</script>y<style>z</style></p>";
    assert_eq!(opened(&framed(inside)), "<body><div><p>xy</p></div></body>");
}

#[test]
fn frames_in_frames_are_opened_three_levels_deep() {
    let mut page = "deep".to_owned();
    for level in (1..=4).rev() {
        page = format!("<p>{level}{}", framed(&page));
    }
    let html = opened(&page);
    for level in 1..=4 {
        assert!(html.contains(&format!("<p>{level}")), "{level}: {html}");
    }
    assert_eq!(html.matches("<iframe").count(), 1, "the fourth stays closed: {html}");
}

#[test]
fn a_frame_in_a_shadow_root_is_opened_too() {
    let html = format!("<x-a><template shadowrootmode=open>{}</template></x-a>", framed("<p>x"));
    let parsed = parse(&html);
    assert!(parsed.open_frames());
    parsed.flatten_shadow_roots();
    assert_eq!(visible_text(parsed.document.root()), "x");
}

#[test]
fn frames_that_have_no_room_end_the_tree() {
    let html = framed(&"<p>x".repeat(1_000));
    assert!(crate::parse_within(&html, 500).is_none());
    assert!(crate::parse_within(&html, 5_000).is_some());
}

#[test]
fn a_frame_without_a_page_stays() {
    assert_eq!(opened("<iframe src=/a></iframe>"), "<body><iframe src=\"/a\"></iframe></body>");
    assert_eq!(opened("<iframe srcdoc=''></iframe>x"), "<body><div></div>x</body>");
}

#[test]
fn odd_pages_in_frames_are_pages() {
    for (page, expected) in [
        ("", "<div></div>"),
        ("a &lt; b &amp;amp; c", "<div>a &lt; b &amp;amp; c</div>"),
        ("</body></html>a", "<div>a</div>"),
        ("<frameset><frame></frameset>", "<iframe srcdoc=\"&lt;frameset&gt;&lt;frame&gt;&lt;/frameset&gt;\"></iframe>"),
        ("<!-- a --><p>b<!-- c -->", "<div><p>b</p></div>"),
        ("<p>日本 שלום", "<div><p>日本 שלום</p></div>"),
        ("<p onclick=\"a('b')\" id=c>d", "<div><p onclick=\"a('b')\" id=\"c\">d</p></div>"),
        (
            "<svg viewBox=\"0 0 1 1\"><path d=M0 /></svg>",
            "<div><svg viewBox=\"0 0 1 1\"><path d=\"M0\"></path></svg></div>",
        ),
        ("<b><p>a</b>b", "<div><b></b><p><b>a</b>b</p></div>"),
    ] {
        assert_eq!(opened(&framed(page)), format!("<body>{expected}</body>"), "{page}");
    }
}

#[test]
fn frames_side_by_side_stay_in_their_order() {
    let html = format!("<p>1</p>{}<p>3</p>{}<p>5</p>", framed("<p>2"), framed(&format!("<p>4{}", framed("<p>4b"))));
    let parsed = parse(&html);
    assert!(parsed.open_frames());
    assert_eq!(visible_text(parsed.document.root()), "1\n2\n3\n4\n4b\n5");
    assert!(parsed.open_frames(), "opened again, nothing changes");
    assert_eq!(visible_text(parsed.document.root()), "1\n2\n3\n4\n4b\n5");
}

#[test]
fn deep_frames_in_deep_places_stay_within_the_depth_of_a_page() {
    let deep = "<div>".repeat(400);
    let html = format!("{deep}{}", framed(&format!("{deep}inner{}", framed(&format!("{deep}innermost")))));
    let parsed = parse(&html);
    assert!(parsed.open_frames());
    let (mut depth, mut deepest) = (0_u32, 0);
    for step in crate::Walk::new(parsed.document.root()) {
        match step {
            crate::Step::Enter(_) => depth += 1,
            crate::Step::Leave(_) => depth -= 1,
        }
        deepest = deepest.max(depth);
    }
    assert!(deepest <= 2 * crate::MAX_DEPTH + 2, "{deepest}");
    assert!(visible_text(parsed.document.root()).contains("innermost"));
}

#[test]
fn shadow_roots_in_a_frame_are_shown_in_it() {
    let page = "<x-a><template shadowrootmode=open><b>s</b><slot></slot></template>light</x-a>";
    assert_eq!(opened(&framed(page)), "<body><div><x-a><b>s</b><slot>light</slot></x-a></div></body>");
}
