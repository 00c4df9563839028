//! Tests which parts of a drawing are kept. Nothing in it runs, loads or leads elsewhere.

use super::*;
use proptest::prelude::*;

const MAX: usize = 64 << 10;

/// Returns a drawing's content, rewritten.
fn inner(text: &str) -> String {
    let drawing =
        format!("<svg xmlns='{SVG}' xmlns:xlink='{XLINK}' xmlns:x='http://www.w3.org/1999/xhtml'>{text}</svg>");
    let written = picture(drawing.as_bytes(), MAX).unwrap_or_else(|| panic!("{drawing}"));
    assert_eq!(picture(written.as_bytes(), MAX).as_ref(), Some(&written), "it is written alike again");
    let written = written.strip_prefix(&format!("<svg xmlns=\"{SVG}\"")).unwrap();
    written.strip_prefix('>').map_or("", |rest| rest.strip_suffix("</svg>").unwrap()).to_owned()
}

#[test]
fn the_lists_can_be_searched() {
    assert!(ELEMENTS.is_sorted() && ATTRIBUTES.is_sorted());
    assert!(NAMES.iter().all(|name| ATTRIBUTES.contains(name)));
    assert!(ATTRIBUTES.iter().all(|name| !name.starts_with("on") && !name.contains("href")));
}

#[test]
fn what_draws_is_kept() {
    for kept in [
        "<path d=\"M0 0\" fill=\"#fff\" class=\"a\" id=\"b\"/>",
        "<linearGradient id=\"g\" x1=\"0\"><stop offset=\"1\" stop-color=\"red\"/></linearGradient>",
        "<rect fill=\"url(&quot;#g&quot;)\" transform=\"scale(2)\" style=\"mask:url(&quot;#m&quot;)\"/>",
        "<style>.a&gt;.b{fill:url(&quot;#g&quot;)}</style>",
        "<text x=\"1\" xml:space=\"preserve\">On = off, a &lt;b&gt; <tspan>c</tspan></text>",
        "<use href=\"#b\"/><a><title>t</title></a>",
        "<image href=\"data:image/png;base64,AA==\" width=\"1\"/>",
        "<animate attributeName=\"opacity\" values=\"0;1\" dur=\"1s\"/>",
        "<style>@font-face{src:url(&quot;data:font/woff2;base64,AA&quot;)}</style>",
    ] {
        assert_eq!(inner(kept), kept);
    }
    for (drawing, kept) in [
        ("<use xlink:href='#b'/>", "<use href=\"#b\"/>"),
        ("<a xlink:href='http://t.example/'><g/></a>", "<a><g/></a>"),
        ("<style><![CDATA[.a{fill:url( '#g' )}]]></style>", "<style>.a{fill:url(&quot;#g&quot;)}</style>"),
        ("<!-- token --><metadata>who</metadata><?p x?><g/>", "<g/>"),
        (
            "<foreignObject x='1' y='2'><x:p>a <x:b>b</x:b><x:style>c</x:style></x:p></foreignObject>",
            "<text x=\"1\" y=\"2\" dy=\"1em\">a b</text>",
        ),
        (
            "<switch><foreignObject><x:p>a</x:p></foreignObject><text>b</text></switch>",
            "<switch><text>b</text></switch>",
        ),
    ] {
        assert_eq!(inner(drawing), kept, "{drawing}");
    }
    let prefixed = format!("<?xml version='1.0'?><!DOCTYPE svg PUBLIC 'x' 'y'><s:svg xmlns:s='{SVG}'><s:g/></s:svg>");
    assert_eq!(picture(prefixed.as_bytes(), MAX), Some(format!("<svg xmlns=\"{SVG}\"><g/></svg>")));
    assert_eq!(picture(b"<svg viewBox='0 0 1 1'/>", MAX), Some(format!("<svg xmlns=\"{SVG}\" viewBox=\"0 0 1 1\"/>")));
}

#[test]
fn nothing_runs_loads_or_leads_elsewhere() {
    for evil in [
        "<script>evil</script>",
        "<x:script>evil</x:script>",
        "<x:img src='evil'/>",
        "<x:meta http-equiv='refresh' content='0;url=evil'/>",
        "<x:iframe src='evil'/>",
        "<g onclick='evil'/>",
        "<g x:onclick='evil' xml:base='evil'/>",
        "<a href = 'evil:x'/>",
        "<use href='evil.svg#a'/>",
        "<use href='data:image/svg+xml,evil#a'/>",
        "<image href = \"http://evil/\"/>",
        "<image href='data:image/svg+xml,evil'/>",
        "<feImage xlink:href='//evil/'/>",
        "<set attributeName='href' to='evil'/>",
        "<animate attributeName='xlink:href' values='evil'/>",
        "<set attributeName='onclick' to='evil'/>",
        "<set attributeName='fill' to='url(evil)'/>",
        "<animate attributeName='fill' values='red;http://evil'/>",
        "<set to='evil:x'/>",
        "<style>a{b:url(//evil/)} @import 'evil'; c{d:image-set('evil' 1x)} e{--f:'http://evil'}</style>",
        "<style>a{b:u\\72l(evil)}</style>",
        "<style type='text/evil'>evil</style>",
        "<path fill='url(evil)' style='mask:url(evil)' cursor='image-set(\"evil\" 1x)'/>",
        "<foreignObject><x:iframe src='evil'/><x:script>evil</x:script></foreignObject>",
        "<evil/><x:g>evil</x:g><handler>evil</handler>",
        "<?xml-stylesheet href='evil'?><!-- evil -->",
        "<cursor href='evil'/><audio href='evil'/>",
        "<g data-x='evil' evil='1'/>",
    ] {
        let written = inner(evil);
        assert!(!written.contains("evil"), "{evil}\n{written}");
    }
    let declared = "<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'evil()'>]><svg><g/></svg>";
    assert_eq!(picture(declared.as_bytes(), MAX), Some(format!("<svg xmlns=\"{SVG}\"><g/></svg>")));
}

#[test]
fn what_cannot_be_read_or_has_no_bounds_is_not_kept() {
    let attributes: String = (0..=MAX_ATTRIBUTES).map(|n| format!(" a{n}=''")).collect();
    for none in [
        "",
        "text about <svg",
        "<html><p>",
        "<svg onload=x>",
        "<svg><g></svg>",
        "<svg><!-- not closed </svg>",
        "<svg xmlns='http://www.w3.org/1999/xhtml'/>",
        "<!DOCTYPE svg [<!ENTITY x 'y'>]><svg>&x;</svg>",
        "<svg>&nbsp;</svg>",
        &format!("<svg{attributes}/>"),
        &format!("<svg>{}</svg>", "<g xmlns='x'/>".repeat(MAX_NAMESPACES + 1)),
        &format!("<svg>{}</svg>", " ".repeat(MAX)),
    ] {
        assert_eq!(picture(none.as_bytes(), MAX), None, "{none}");
    }
    assert_eq!(picture(b"<svg>\xff</svg>", MAX), None);
}

#[test]
fn depth_is_no_danger() {
    let deep = format!("<svg>{}{}</svg>", "<g>".repeat(5_000), "</g>".repeat(5_000));
    assert!(picture(deep.as_bytes(), MAX).is_some_and(|drawing| drawing.contains("<g/></g>")));
}

proptest! {
    #[test]
    fn every_drawing_is_written_alike_again_and_from_the_lists(parts in proptest::collection::vec(prop_oneof![
        Just("<g>"), Just("</g>"), Just("<path fill='url(http://t.example/)'/>"), Just("<script>x</script>"),
        Just("<set attributeName='fill' to='red'/>"),
        Just("<style>a{b:url(http://t.example/);c:'</style>\
              '}"), Just("<style>"), Just("</style>"), Just("text"), Just("&lt;"), Just("&#60;"),
        Just("<![CDATA[<x>]]>"), Just("<use href='http://t.example/'/>"), Just("<a href='#x'>"), Just("</a>"),
        Just("<foreignObject>"),
        Just("</foreignObject>"), Just("<b xmlns='http://www.w3.org/1999/xhtml' \
                                        onclick='x'>"), Just("</b>"), Just("<!-- x -->"), Just("<?x y?>"),
    ], 0..12)) {
        if let Some(written) = picture(format!("<svg>{}</svg>", parts.concat()).as_bytes(), MAX) {
            let again = picture(written.as_bytes(), MAX);
            prop_assert_eq!(again.as_ref(), Some(&written));
            let document = Document::parse(&written).unwrap();
            for node in document.descendants().filter(Node::is_element) {
                prop_assert!(ELEMENTS.contains(&node.tag_name().name()), "{written}");
                prop_assert_eq!(node.tag_name().namespace(), Some(SVG));
                for attribute in node.attributes() {
                    prop_assert!(!attribute.name().starts_with("on") && !attribute.value().contains("//"), "{written}");
                }
            }
        }
    }

    #[test]
    fn no_drawing_upsets_the_reading(text in any::<String>(), tail in "[<>/a-z:=\"' %&#(]{0,60}") {
        picture(text.as_bytes(), MAX);
        picture(format!("<svg {tail}").as_bytes(), MAX);
    }
}
