//! Tests the trees that come from hostile and odd input.

use super::*;
use proptest::prelude::*;

fn html_of(html: &str) -> String {
    parse(html).document.select("body").html().to_string()
}

/// Returns how deep a tree is, and checks that every node that is entered is also left.
pub(crate) fn depth_of(document: &Document) -> u32 {
    let (mut depth, mut deepest) = (0, 0);
    for step in Walk::new(document.root()) {
        match step {
            Step::Enter(_) => depth += 1,
            Step::Leave(_) => depth -= 1,
        }
        deepest = deepest.max(depth);
    }
    assert_eq!(depth, 0, "what is entered is left");
    deepest
}

#[test]
fn an_ordinary_page_is_parsed_as_dom_query_does() {
    for html in [
        "<!DOCTYPE html><title>a</title><p>b<p>c<table><tr><td>d</table><script>if (a<b && c>d) {}</script>e",
        "<svg><title>a</title><style>b</style></svg><math><mi>x</mi></math><textarea><p>a</textarea>",
        "<b><p>a</b>c</p><a>x<a>y</a><ul><li>1<li>2</ul><select><option>a<option>b</select><plaintext></p>",
        "<noscript><img src=a></noscript><style>a > b {}</style><!-- <p a b c --><![CDATA[x]]><?php echo '<p>' ?>",
        "<table><div>a</div><tr><b>c<td>d</table>e",
        "\u{FEFF}<p title='a<b' alt=\"<\">a</p>\r\nb\0c",
    ] {
        assert_eq!(parse(html).document.html(), Document::from(html).html(), "{html}");
        assert_eq!(parse_fragment(html).document.html(), Document::fragment(html).html(), "{html}");
    }
}

#[test]
fn line_ends_and_marks_are_where_the_standard_has_them() {
    for (html, body) in [
        ("<pre>\r\na\r\rb\n</pre>", "<pre>a\n\nb\n</pre>"),
        ("<pre></>\r\na</pre>", "<pre>a</pre>"),
        ("\u{FEFF}<p>\u{FEFF}a<script></script>\u{FEFF}b</p>", "<p>\u{FEFF}a<script></script>\u{FEFF}b</p>"),
    ] {
        assert_eq!(html_of(html), format!("<body>{body}</body>"), "{html:?}");
    }
}

#[test]
fn deep_nesting_is_flattened_and_keeps_its_text_in_order() {
    for open in
        ["<div>", "<ul><li>", "<blockquote>", "<table><tr><td>", "<b>", "<svg><g>", "<span>", "<section><template>"]
    {
        let html = format!("<body>first {}deep{}last", open.repeat(5_000), "</x>".repeat(5_000));
        let parsed = parse(&html);
        assert!(depth_of(&parsed.document) <= 2 * MAX_DEPTH + 2, "{open}");
        assert!(parsed.warnings.contains(&Warning::DepthCapped), "{open}");
        let mut text = String::new();
        let mut stack = vec![parsed.document.root()];
        while let Some(node) = stack.pop() {
            for step in Walk::new(node) {
                if let Step::Enter(inner) = step {
                    if let Some(contents) = inner.element_ref().and_then(|element| element.template_contents) {
                        stack.push(NodeRef { id: contents, tree: inner.tree });
                    }
                    if inner.is_text() {
                        text.push_str(&inner.text());
                    }
                }
            }
        }
        assert!(text.contains("first") && text.contains("deep") && text.contains("last"), "{open}");
    }
}

#[test]
fn words_of_dropped_blocks_stay_apart_and_what_follows_is_in_its_place() {
    let open = "<div>".repeat(600);
    let close = "</div>".repeat(600);
    let html = format!(
        "<main>{open}<p>one</p><p>two <b>bo</b>ld</p><script>secret()</script><img src=x>{close}</main><p id=after>\
         after</p>"
    );
    let document = parse(&html).document;
    let text = document.select("main").text();
    assert!(text.contains("one two bold"), "{text}");
    assert_eq!(document.select("main script").text().as_ref(), "secret()");
    assert_eq!(document.select("main img").length(), 1);
    assert_eq!(document.select("body > #after").length(), 1);
}

#[test]
fn svg_scripts_below_the_cap_do_not_become_text() {
    let html = format!("<svg>{}<style>a{{}}</style><script>x()</script>seen", "<g>".repeat(600));
    let text = parse(&html).document.text();
    assert!(text.contains("seen") && !text.contains("x()") && !text.contains("a{}"), "{text}");
}

#[test]
fn surplus_attributes_are_dropped_and_the_tag_stays_whole() {
    let many: String = (0..20_000).map(|n| format!(" a{n}='>{n}<p '")).collect();
    let parsed = parse(&format!("<p{many} id=late>text</p><p id=next>next"));
    assert_eq!(parsed.warnings, [Warning::AttributesCapped]);
    assert_eq!(parsed.document.select("p").first().nodes()[0].attrs().len(), attributes::MAX_ATTRIBUTES as usize);
    assert_eq!(parsed.document.select("body").text().as_ref(), "textnext");
    assert_eq!(parsed.document.select("#next").length(), 1);
}

#[test]
fn long_text_that_only_looks_like_a_tag_is_kept() {
    let words = "word ".repeat(3_000);
    for html in [
        format!("<script><b {words}</script>"),
        format!("<!-- <b {words} --><p>a"),
        format!("<title><b {words}</title>"),
    ] {
        let parsed = parse(&html);
        assert!(parsed.warnings.is_empty());
        assert_eq!(parsed.document.html(), Document::from(html.as_str()).html());
    }
}

#[test]
fn formatting_that_multiplies_is_given_up() {
    let html: String = (0..3_000).map(|n| format!("<p><b id={n}>x{n} ")).collect();
    let parsed = parse(&html);
    assert!(parsed.warnings.contains(&Warning::FormattingCapped));
    assert!(parsed.document.tree.len() < 100_000, "{}", parsed.document.tree.len());
    assert!(parsed.document.text().contains("x2999"));
}

#[test]
fn attributes_of_unclosed_formatting_are_not_repeated_without_end() {
    let long = "x".repeat(50_000);
    let link = format!("<a href='/{long}'>");
    let closed = format!("<a href='/{}'>{}</a>", "x".repeat(2_000), "<p>a".repeat(500));
    for html in [
        format!("{link}{0}{link}{0}", "<p>a".repeat(3_000)),
        format!("<p><b class='{long}'>{}", "<p>a".repeat(3_000)),
        format!("<p><font color='{long}'>{0}<p><font face='{long}'>{0}", "<p>a".repeat(3_000)),
        closed.repeat(400),
    ] {
        let parsed = parse(&html);
        let copied = parsed.document.html().len();
        assert!(parsed.warnings.contains(&Warning::FormattingCapped), "{} became {copied}", html.len());
        assert!(copied <= 3 * html.len() + (2 << 20), "{} became {copied}", html.len());
        let (count, warnings) = pass(&html, false, AttributeCount::default());
        assert!(warnings.contains(&Warning::FormattingCapped));
        assert!(count.0 <= 3 * html.len() + (2 << 20), "{} became {}", html.len(), count.0);
    }
}

/// Counts the bytes of the attributes that pass.
#[derive(Default)]
struct AttributeCount(usize);

impl Passage for AttributeCount {
    fn fate(&self, _element: &dom_query::Element) -> Fate {
        Fate::default()
    }

    fn open(&mut self, element: &dom_query::Element, _around: Fate) -> Fate {
        self.0 += element.attrs.iter().map(|attribute| attribute.value.len()).sum::<usize>();
        Fate::default()
    }

    fn reopen(&mut self) {}

    fn close(&mut self, _fate: Fate) {}

    fn text(&mut self, _text: &str, _fate: Fate) {}
}

#[test]
fn shadow_roots_take_their_hosts_place_with_slots_filled() {
    let parsed = parse(
        "<x-card><template shadowrootmode=open><style>p{}</style><h2><slot name=t>No title</slot></h2><slot>empty\
         </slot>\
         <x-in><template shadowrootmode=closed><i>deep</i><slot></slot></template>light</x-in></template>\
         <span slot=t>Title</span><p>Body</p><b slot=none>stray</b></x-card><template><p>never</p></template>",
    );
    shadow::flatten(&parsed.document);
    let html = parsed.document.select("x-card").html().to_string();
    assert_eq!(
        html,
        "<x-card><style>p{}</style><h2><slot name=\"t\"><span slot=\"t\">Title</span></slot></h2><slot><p>Body</p>\
         </slot>\
         <x-in><i>deep</i><slot>light</slot></x-in><b slot=\"none\">stray</b></x-card>"
    );
    assert!(parsed.document.select("body > template").exists());
}

#[test]
fn nested_shadow_roots_cannot_outgrow_the_depth_cap() {
    let light = format!("{}x", "<div>".repeat(400));
    let html = "<x-a><template shadowrootmode=open><div><div><slot></slot></div></div></template>".repeat(100) + &light;
    let parsed = parse(&html);
    shadow::flatten(&parsed.document);
    assert!(depth_of(&parsed.document) <= 2 * MAX_DEPTH + 2);
    assert!(html_of(&html).contains('x'));
}

proptest! {
    #[test]
    fn markup_in_any_order_is_parsed_as_dom_query_does(parts in proptest::collection::vec(
        prop_oneof![
            Just("<div a=b c='<'>"), Just("</div>"), Just("<script>"), Just("</script>"), Just("<p"), Just(">"),
            Just("<!--"), Just("-->"), Just("<svg>"), Just("</svg>"), Just("<style>"), Just("<"), Just("text"),
            Just("\""), Just("'"), Just("<table>"), Just("<td>"), Just("<b>"), Just("</b>"), Just("<template>"),
            Just("</template>"), Just("<textarea>"), Just("=&amp;"), Just("\r\n"), Just("\0é"),
            Just("<a href=\"?b&c=d&amp;e&lt;\" title='&copy;&notin;&#x41;&#0;' \
                  data-x>"), Just("<A HREF=x/ HREF=y z/>"), Just("</A >"),
            Just("&"), Just("&am"), Just("p;"), Just("&notit;"), Just("&#xD800;"), Just("&#128;"), Just("&nbsp;"),
            Just("&ngE;"), Just("x&=&;& "), Just("<![CDATA["), Just("]"), Just("]]>"), Just("<!DOCTYPE html>"),
            Just("<?x"), Just("</>"), Just("<br/ >"), Just("<p\0>"), Just("\r"), Just("\n"),
            Just(" a=\"b\"c='d'e=f&amp"), Just("=>"), Just("<math>"), Just("<mi>"), Just("<title>"),
            Just("</title\n>"), Just("</script x='>'>"), Just("<plaintext>"), Just("<noscript>"), Just("<select>"),
            Just("<xmp>"), Just("</br a>"), Just("<ä b>"), Just("<b ä=ö ü>"), Just("<a b = c"),
        ], 0..40)) {
        let html = parts.concat();
        // The parts contain no byte order mark, because html5ever drops one after each script. They
        // contain no `<pre>`, because a parse error after it keeps html5ever from dropping the line
        // end.
        prop_assert_eq!(parse(&html).document.html(), Document::from(html.as_str()).html());
        prop_assert_eq!(parse_fragment(&html).document.html(), Document::fragment(html.as_str()).html());
        shadow::flatten(&parse(&html).document);
    }

    #[test]
    fn any_text_is_parsed(html in any::<String>()) {
        prop_assert!(parse(&html).warnings.is_empty());
        parse_fragment(&html);
    }
}

#[test]
fn a_page_that_has_no_room_is_no_tree() {
    let html = "<p a=b>x".repeat(100);
    assert!(parse_within(&html, 10_000).is_some());
    assert!(parse_within(&html, 100).is_none());
    assert!(parse_fragment_within(&html, 10_000).is_some());
    assert!(parse_fragment_within(&html, 100).is_none());
    let (few, all) = (nodes_within(&html, 100), nodes_within(&html, usize::MAX));
    assert!(few < all && few < 200, "{few} of {all}");
}

#[test]
fn attributes_take_room_as_nodes_do() {
    let attributes: String = (0..300).map(|n| format!(" a{n}=b")).collect();
    assert!(parse_within(&format!("<p{attributes}>x"), 200).is_none());
    assert!(parse_within("<p>x", 200).is_some());
}

#[test]
fn a_fallback_that_says_something_is_opened() {
    let long = "A page for readers without scripts, in words. ".repeat(8);
    for (html, opened) in [
        (format!("<body><noscript><p>{long}</p></noscript>"), true),
        ("<body><noscript>Please enable JavaScript.</noscript>".to_owned(), false),
        (format!("<body><p>{long}</p>"), false),
        (format!("<body><noscript><p>x<noscript><p>{long}"), true),
    ] {
        let document = parse(&html).document;
        assert_eq!(open_fallbacks(&document), opened, "{html}");
        assert_eq!(
            text::visible_text(document.root()).contains("without scripts"),
            opened || !html.contains("noscript")
        );
    }
    assert!(!open_fallbacks(&parse("<frameset><frame></frameset>").document), "it has no body");
}

#[test]
fn names_are_lower_case_and_those_of_elements_alone() {
    let document = parse("<BODY>a<MAIN><!-- c -->").document;
    let names: Vec<String> = document.root().descendants_it().map(|node| name_of(&node).to_string()).collect();
    assert_eq!(names, ["html", "head", "body", "", "main", ""]);
}

#[test]
fn the_same_text_is_the_same_tree_however_it_is_cut() {
    // Longer than the tokenizer ever sees at once.
    let text = "word é ".repeat(copied::PIECE_BYTES / 8 + 1_000);
    let document = parse(&format!("<p>{text}</p>")).document;
    assert!(document.select("p").text().as_ref() == text);
    let paragraphs = document.select("p");
    assert_eq!(paragraphs.nodes().first().unwrap().children_it(false).count(), 1, "its parts are joined again");
}
