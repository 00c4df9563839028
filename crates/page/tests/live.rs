//! Tests that text never becomes HTML or a link in renderers that allow raw HTML. It tries cases in
//! which it once did, and random ones.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod attacks;
mod invariants;
#[allow(dead_code, reason = "the fuzzer's program also writes them")]
#[path = "../../../tests/fuzz/src/kept.rs"]
mod kept;
#[path = "../../../tests/fuzz/src/live.rs"]
mod live;

use cachette_page::convert_fragment;
use invariants::{harmless, is_a_fixed_point, stays_text};
use proptest::prelude::*;

/// Writes a text as HTML.
fn text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[test]
fn a_title_that_ends_in_a_backslash_ends_there() {
    let image = text("<img src=x onerror=alert(1)>");
    for html in [
        format!("<p><a href='/x' title='t\\'>x</a> \"{image}\"</p>"),
        format!("<p><img src='/x.png' title='t\\\\\\'> a \") {image}</p>"),
        format!("<table><tr><th><a href='/x' title='t\\'>x</a><th>\"{image}\"<tr><td>a<td>b</table>"),
    ] {
        assert_eq!(stays_text(&html), Ok(()));
    }
    assert_eq!(convert_fragment("<a href='/x' title='t\\'>x</a>").markdown, "[x](/x \"t&#92;\")\n");
}

#[test]
fn random_titles_and_what_follows_them_stay_text() {
    const SIGNS: [&str; 16] =
        ["\\", "\"", "'", "<", ">", "(", ")", "[", "]", "`", "|", "&", " ", "a", "<b onclick=x>", "\n"];
    let mut state = 1_u64;
    let mut next = |count: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % count
    };
    for _ in 0..8_000 {
        let mut title = String::new();
        for _ in 0..=next(8) {
            title.push_str(SIGNS[next(SIGNS.len())]);
        }
        let after = text("\"<img src=x onerror=alert(1)>");
        let html = format!("<p><a href='/x' title=\"{}\">x</a> {after}</p>", text(&title));
        assert_eq!(stays_text(&html), Ok(()));
    }
}

#[test]
fn an_image_without_an_address_takes_none_of_what_follows() {
    let html =
        "<p><img src='' alt=a><img src='y#' alt=b title=t> <img alt=c src='' title=t><img src='&#1;' title='\t'></p>";
    assert_eq!(convert_fragment(html).markdown, "![a](<>)![b](y# \"t\") ![c](<> \"t\")![](<>)\n");
    assert_eq!(is_a_fixed_point(html), Ok(()));
}

#[test]
fn brackets_in_a_link_do_not_set_its_title_free() {
    let title = text("<img src=x onerror=alert(1)>");
    for html in [
        format!("<p>a http <a href='https://ok.test/' title='{title}'>http://t/]</a></p>"),
        format!("<p><a href='https://ok.test/' title='{title}'>[x](y)</a></p>"),
    ] {
        let markdown = convert_fragment(&html).markdown;
        assert!(!markdown.contains("<img"), "{markdown}");
        assert_eq!(stays_text(&html), Ok(()));
    }
    // The address would be read up to the backslash and beyond.
    let markdown = convert_fragment("<a href='https://ok.test/'>http://t/]</a>").markdown;
    assert_eq!(markdown, "[http\\://t/\\]](https://ok.test/)\n");
}

#[test]
fn no_tag_of_the_text_is_written_with_a_backslash() {
    for (said, written) in [
        ("a <b>", "a &lt;b>"),
        ("</p> <!-- <?php <%= 1 %>", "&lt;/p> &lt;!-- &lt;?php &lt;%= 1 %>"),
        ("a < b and c <= d <3", "a < b and c <= d <3"),
        ("&lt;img>", "&amp;lt;img>"),
        ("<é@x.test>", "&lt;é\\@x.test>"),
        // showdown treats the backslash as the escape of a tag, which ends at the next `>`.
        ("C:\\< d <3 \\\\<<!--", "C:\\\\&lt; d <3 \\\\\\\\&lt;&lt;!--"),
    ] {
        let html = format!("<p>{}</p>", text(said));
        assert_eq!(convert_fragment(&html).markdown, format!("{written}\n"));
        assert_eq!(is_a_fixed_point(&html), Ok(()));
    }
    // The tag is split over several pieces of text.
    for html in ["<p>&lt;<b>img src=x onerror=y</b>&gt;</p>", "<p><i>&lt;</i>img src=x onerror=y&gt;</p>"] {
        let markdown = convert_fragment(html).markdown;
        assert!(markdown.contains("&lt;"), "{markdown}");
    }
}

#[test]
fn code_with_tags_is_written_so_that_no_renderer_shows_it() {
    let listing = "<pre><code class=language-html>&lt;img src=x>\n\n&lt;div>\n</code></pre>";
    assert_eq!(convert_fragment(listing).markdown, "```html\n<img src=x>\n\n<div>\n```\n");
    let nested = format!("<ul><li>{listing}</ul>");
    let html = "- <pre><code class=\"language-html\">&lt;img src=x&gt;\n  &#10;&lt;div&gt;\n  </code></pre>\n";
    assert_eq!(convert_fragment(&nested).markdown, html);
    assert_eq!(is_a_fixed_point(&nested), Ok(()));
    let quoted = "<blockquote><pre><code>&lt;b>*{}*{onclick=x}\n</code></pre></blockquote>";
    let html = "> <pre><code>&lt;b&gt;*&#123;}*&#123;onclick=x}\n> </code></pre>\n";
    assert_eq!(convert_fragment(quoted).markdown, html);
    let plain = "<ul><li>x<pre><code>a &lt; b\n</code></pre></ul>";
    assert_eq!(convert_fragment(plain).markdown, "- x\n  ```\n  a < b\n  ```\n");
}

#[test]
fn attacks_stay_text() {
    for html in attacks::pages() {
        assert_eq!(stays_text(&html), Ok(()), "{html}");
    }
}

#[test]
fn a_target_begins_with_what_is_seen() {
    let html = "<a href='\u{feff}javascript:alert(1)'>x</a> <a href='\u{200b}\u{a0}data:x'>y</a>";
    let written = "[x](%EF%BB%BFjavascript:alert\\(1\\)) [y](%E2%80%8B%C2%A0data:x)";
    assert_eq!(convert_fragment(html).markdown, format!("{written}\n").replace("\\", ""));
}

#[test]
fn brackets_in_a_target_begin_no_image() {
    for (href, written) in [
        ("/a![x](y)", "/a!%5Bx%5D(y)"),
        ("/?a[b][c]=d", "/?a[b][c]=d"),
        ("http://[::1]/x", "http://[::1]/x"),
        ("/a[^b]", "/a%5B^b%5D"),
    ] {
        assert_eq!(convert_fragment(&format!("<a href='{href}'>x</a>")).markdown, format!("[x]({written})\n"));
    }
}

#[test]
fn a_footnote_of_one_word_defines_no_link() {
    for word in
        ["javascript:alert(1)", "&lt;javascript:alert(1)>", "javascript:alert(1) \"t\"", "[x]: javascript:alert(1)"]
    {
        let html =
            format!("<p>a<sup><a href='#n'>1</a></sup></p><section class=footnotes><ol><li id=n>{word}</ol></section>");
        assert_eq!(stays_text(&html), Ok(()));
        assert!(convert_fragment(&html).markdown.contains("[^1]: "));
    }
    let html = "<p>a<sup><a href='#n'>1</a></sup></p><section class=footnotes><ol><li id=n>Ibid.</ol></section>";
    assert_eq!(convert_fragment(html).markdown, "a[^1]\n\n[^1]: Ibid. &#32;\n");
}

#[test]
fn what_renderers_read_in_html_means_nothing_there() {
    let html = "<details><summary>[x](javascript:alert(1)) `y`{=html}</summary>z</details>";
    let markdown = convert_fragment(html).markdown;
    assert!(
        markdown.contains("<summary>&#91;x&#93;(javascript:alert(1)) &#96;y&#96;&#123;=html}</summary>"),
        "{markdown}"
    );
}

#[test]
fn a_picture_is_no_frame() {
    for (source, written) in [
        ("https://ok.test/a.html", "https://ok.test/a.htm%6C"),
        ("https://ok.test/a.swf", "https://ok.test/a.sw%66"),
        ("https://ok.test/a.png", "https://ok.test/a.png"),
        ("https://ok.test/a.php?x", "https://ok.test/a.ph%70?x"),
        ("https://ok.test", "https://ok.test"),
    ] {
        let html = format!("<img src='{source}' alt=x>");
        assert_eq!(convert_fragment(&html).markdown, format!("![x]({written})\n"));
        assert_eq!(is_a_fixed_point(&html), Ok(()));
    }
}

#[test]
fn no_listing_is_run_by_a_note_program() {
    for (named, written) in [
        ("dataviewjs", "x-dataviewjs"),
        ("{r}", "r"),
        ("{python}", "python"),
        ("{=html}", ""),
        ("c++", "c++"),
        ("föö", "föö"),
        ("a\" b", "a"),
    ] {
        let html = format!("<pre><code class=\"language-{}\">x\n</code></pre>", text(named));
        assert_eq!(convert_fragment(&html).markdown, format!("```{written}\nx\n```\n"));
    }
    // Some renderers do not read this as a fence.
    let html = "<pre><code class=\"language-;\">x\n</code></pre>";
    assert_eq!(convert_fragment(html).markdown, format!("{html}\n"));
    for (code, written) in
        [("r 1+1", "<code>r 1\\+1</code>"), ("{python} x", "<code>\\{python\\} x</code>"), ("rm", "`rm`")]
    {
        assert_eq!(convert_fragment(&format!("<p><code>{code}</code></p>")).markdown, format!("{written}\n"));
    }
}

#[test]
fn attributes_and_commands_of_other_programs_are_text() {
    for (html, written) in [
        ("<p><code>x</code>{=html}</p>", "`x`\\{=html}"),
        ("<p><a href=y>x</a>{onclick=z}</p>", "[x](y)\\{onclick=z}"),
        ("<h2>x {onclick=z}</h2>", "## x \\{onclick=z&#125;"),
        ("<p>a x{onclick=z} ]{ a.b:c='d'} {#e} {.f} {=g}</p>", "a x\\{onclick=z} ]\\{ a.b:c='d'} \\{#e} \\{.f} \\{=g}"),
        ("<p>a {on<span>click</span>=z} b</p>", "a \\{onclick=z} b"),
        ("<p>a {b} { c } {...} {1: 2} {} f(x) { y = z }</p>", "a {b} { c } {...} {1: 2} {} f(x) { y = z }"),
        ("<p>{: onclick=z}</p>", "\\{: onclick=z}"),
        ("<p>::: {onclick=z}</p>", "\\::: \\{onclick=z}"),
        ("<p>a {b} {{c}} {% d %}</p>", "a {b} {\\{c}} &#123;% d %}"),
    ] {
        assert_eq!(convert_fragment(html).markdown, format!("{written}\n"));
        assert_eq!(is_a_fixed_point(html), Ok(()));
    }
}

#[test]
fn a_formula_draws_and_does_nothing_else() {
    let tex = "a\\href{javascript:alert(1)}{b}\\\\url{c}\\htmlData{x=y}{z}";
    let inert = "a\\backslash href{javascript:alert(1)}{b}\\\\ url{c}\\backslash htmlData{x=y}{z}";
    for html in [
        format!("<p><script type='math/tex'>{tex}</script></p>"),
        format!("<p><span class='math inline'>\\({tex}\\)</span></p>"),
        format!("<p><math alttext='{tex}'></math></p>"),
        format!("<p><img class=latex alt='{tex}'></p>"),
    ] {
        assert_eq!(convert_fragment(&html).markdown, format!("${inert}$\n"));
    }
    let listing = |tex: &str| format!("<pre><code class=language-math>{tex}\n</code></pre>");
    assert_eq!(convert_fragment(&listing(tex)).markdown, format!("```x-math\n{tex}\n```\n"));
    assert_eq!(convert_fragment(&listing("\\frac{a}{b}")).markdown, "```math\n\\frac{a}{b}\n```\n");
}

#[test]
fn what_the_fuzzer_kept_stays_text() {
    let mut count = 0;
    for bytes in kept::inputs(include_str!("../../../tests/fuzz/kept/live.txt")).step_by(2) {
        let html = live::of(&bytes);
        assert_eq!(stays_text(&html), Ok(()), "{html}");
        count += 1;
    }
    assert!(count > 1_000, "{count} inputs");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_looks_like_markup_stays_text(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
        let html = live::of(&bytes);
        prop_assert_eq!(stays_text(&html), Ok(()), "{}", html);
        prop_assert_eq!(harmless(&html), Ok(()), "{}", html);
    }
}
