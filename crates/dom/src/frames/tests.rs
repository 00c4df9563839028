//! Tests which frames are opened, and what of them is kept.

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
