//! Tests content for some readers only: words for screen readers, and signs that they skip.

use super::super::tests::{check, check_page};
use crate::convert_fragment;

#[test]
fn words_for_screen_readers_are_dropped_beside_visible_ones() {
    for class in [
        "sr-only",
        "SR-Only",
        "visually-hidden",
        "VisuallyHidden",
        "u-visually_hidden",
        "screen-reader-text",
        "dropdown-screenReader",
        "block__sr-only",
        "is-sr-only",
        "a11y-hidden",
        "show-for-sr",
        "a-offscreen",
        "element-invisible",
    ] {
        check(&[(&format!("<p>Save <span class='{class}'>as a copy</span>"), "Save")]);
    }
}

#[test]
fn words_with_a_similar_class_stay() {
    for class in ["not-sr-only", "md-not-sr-only", "sr-onlyish", "news-reader", "offscreen", "hidden-xs", "invisible"] {
        check(&[(&format!("<p>Save <span class='{class}'>as a copy</span>"), "Save as a copy")]);
    }
}

#[test]
fn words_for_screen_readers_stay_if_they_are_the_only_ones() {
    check(&[
        ("<p><a href=/h><svg></svg><span class=sr-only>Home</span></a>", "[Home](/h)"),
        ("<p>→ <span class=sr-only>Next</span>", "→ Next"),
        ("<p><span class=sr-only>One</span><span class=sr-only>Two</span>", "OneTwo"),
    ]);
    check(&[("<p><a href=/h><img src=h.png alt=''><span class=sr-only>Home</span></a>", "[![](h.png)](/h)")]);
}

#[test]
fn a_block_for_screen_readers_is_dropped_in_any_case() {
    check(&[
        ("<h2 class=sr-only>Navigation</h2><p>a", "a"),
        ("<div class=visually-hidden>Choose a port:</div>", ""),
        ("<nav class=sr-only><a href=#m>Skip</a></nav><p>a", "a"),
    ]);
}

#[test]
fn a_style_that_clips_conceals_however_it_is_spelled() {
    for style in [
        "position:absolute;clip:rect(0,0,0,0)",
        "position: absolute; clip: rect(0 0 0 0)",
        "clip:rect(1px, 1px, 1px, 1px); position:absolute !important",
        "position:absolute;clip-path:inset(50%)",
        "position:absolute;left:-9999px",
        "position:absolute;CLIP:RECT(0,0,0,0)",
        "POSITION:ABSOLUTE;clip:rect(0,0,0,0)",
    ] {
        check(&[(&format!("<p>Save <span style='{style}'>as a copy</span>"), "Save")]);
    }
    for style in [
        "position:absolute;left:10px",
        "clip:rect(0,0,0,0)",
        "position:relative;left:-9999px",
        "position:absolute;clip:rect(0,10px,10px,0)",
    ] {
        check(&[(&format!("<p>Save <span style='{style}'>as a copy</span>"), "Save as a copy")]);
    }
}

#[test]
fn a_sign_that_screen_readers_skip_is_decoration_beside_words() {
    check(&[
        ("<p>a <span aria-hidden=true>→</span>", "a"),
        ("<p>a <span aria-hidden=TRUE>•</span> b", "a b"),
        ("<p>a <span aria-hidden=false>→</span>", "a →"),
        ("<p><span aria-hidden=true>• • •</span>", "• • •"),
        ("<p>a <span aria-hidden=true></span>b", "a b"),
    ]);
}

#[test]
fn what_is_skipped_stays_if_it_says_something() {
    check(&[
        ("<p>a <span aria-hidden=true>words</span>", "a words"),
        ("<p>a <span aria-hidden=true>5 €</span>", "a 5 €"),
        ("<p>a <span aria-hidden=true>言葉</span>", "a 言葉"),
        ("<p>a <span aria-hidden=true>★★☆</span>", "a ★★☆"),
        ("<p><span aria-hidden=true>✓</span><span class=sr-only>Yes</span>", "Yes"),
        ("<p>a <span aria-hidden=true><img src=b.png alt=c></span>", "a ![c](b.png)"),
        ("<p>a <b aria-hidden=true><code>!</code></b>", "a"),
    ]);
}

#[test]
fn the_name_of_an_icon_is_no_word() {
    check(&[
        ("<p><i class=material-icons>chevron_right</i> Next", "Next"),
        ("<p><span class='material-symbols-outlined big'>home</span>", ""),
        ("<p><i class=material-icons>Home</i>", "*Home*"),
        ("<p><i class=material>home</i>", "*home*"),
    ]);
}

#[test]
fn hostile_neighbours_are_looked_at_only_so_far() {
    let html = format!("<p>{}", "<span class=sr-only>.</span>".repeat(4_000));
    let before = cachette_dom::steps::taken();
    let fragment = convert_fragment(&html);
    assert_eq!(fragment.markdown.matches('.').count(), 4_000, "there are no other words");
    assert!(fragment.warnings.is_empty(), "{:?}", fragment.warnings);
    let taken = cachette_dom::steps::taken() - before;
    assert!(taken < 4_000 * 300, "{taken} steps");
}

#[test]
fn the_same_is_concealed_on_a_page() {
    check_page(&[
        ("<p>Save <span class=sr-only>as a copy</span>", "Save"),
        ("<p>a <span aria-hidden=true>→</span>", "a"),
    ]);
}
