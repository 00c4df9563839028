//! Tests that tags are found where browsers find them.

use super::*;

#[test]
fn comments_and_declarations_end_where_browsers_end_them() {
    for (html, left) in [
        ("<!-->a", "a"),
        ("<!--->a", "a"),
        ("<!---->a", "a"),
        ("<!-- > -- --!>a", "a"),
        ("<!-- <!-- -->a", "a"),
        ("<!doctype html \">a", "a"),
        ("<?x?>a", "a"),
        ("</ p>a", "a"),
        ("< p>a", " p>a"),
    ] {
        assert_eq!(piece(html, 0, false), Piece::Other(html.len() - left.len()), "{html}");
    }
    assert_eq!(piece("<![CDATA[>]]>", 0, false), Piece::Other(10));
    assert_eq!(piece("<![CDATA[a]]>", 0, true), Piece::Other(13));
    assert_eq!(piece("<![CDATA[>]]>", 0, true), Piece::Unfinished);
    for html in ["<", "</", "<p", "<p a", "<p a='", "<p a=\"x>", "<!-- -", "<!x"] {
        assert_eq!(piece(html, 0, false), Piece::Unfinished, "{html}");
    }
}

#[test]
fn attributes_are_read_as_browsers_read_them() {
    let html = "<P a='>' B = \"x\"c=d/e / =f/ g>h";
    let Piece::Tag(tag) = piece(html, 0, false) else { panic!("{html}") };
    let found: Vec<_> = tag.attributes.iter().map(|own| (text(html, &own.name), text(html, &own.value))).collect();
    assert_eq!(found, [("a", ">"), ("B", "x"), ("c", "d/e"), ("=f", ""), ("g", "")]);
    assert!(tag.is(html, "p") && !tag.closes && !tag.is_empty && html.get(tag.end..) == Some("h"));
    assert_eq!(tag.value(html, "b"), Some("x"));
    let Piece::Tag(tag) = piece("</p/>", 0, false) else { panic!() };
    assert!(tag.closes && tag.is_empty && tag.attributes.is_empty());
}

#[test]
fn a_text_ends_at_the_end_tag_of_its_own_element() {
    let end = |html: &str| end_of(html, 0, "style").map(|at| html.get(at..).unwrap().to_owned());
    assert_eq!(end("a</styles></b></STYLE\n>c").as_deref(), Some("</STYLE\n>c"));
    assert_eq!(end("a</style"), None);
    let end = |html: &str| end_of_script(html, 0).map(|at| html.get(at..).unwrap().to_owned());
    for (html, rest) in [
        ("a</script>b", "</script>b"),
        ("<!-- a</script>b", "</script>b"),
        ("<!-- <script>a</script> --></script>b", "</script>b"),
        ("<!-- <script>a</script></SCRIPT >b</script>", "</SCRIPT >b</script>"),
        ("<!--> <script>a</script>b</script>", "</script>b</script>"),
        ("<!-- <scripts>a</script>b</script>", "</script>b</script>"),
    ] {
        assert_eq!(end(html).as_deref(), Some(rest), "{html}");
    }
    assert_eq!(end("<!-- <script></script>"), None);
}

/// Returns the pieces of a page, one after the other: tags by their names, all else as `#`.
fn names(html: &str) -> Vec<String> {
    let (mut at, mut names) = (0, Vec::new());
    while let Some(found) = html.get(at..).and_then(|rest| rest.find('<')) {
        match piece(html, at + found, false) {
            Piece::Tag(tag) => {
                names.push(format!("{}{}", if tag.closes { "/" } else { "" }, text(html, &tag.name)));
                at = tag.end;
            }
            Piece::Other(end) => {
                names.push("#".to_owned());
                at = end;
            }
            Piece::Unfinished => {
                names.push("…".to_owned());
                break;
            }
        }
    }
    names
}

#[test]
fn odd_markup_is_cut_where_browsers_cut_it() {
    for (html, expected) in [
        ("<p><b>x</b></p>", &["p", "b", "/b", "/p"][..]),
        ("a < b <3 <é <p>", &["#", "#", "#", "p"]),
        ("<p<b>x", &["p<b"]),
        ("<p title=<b>x", &["p"]),
        ("<p title='<b>'><i>", &["p", "i"]),
        ("<p title=\"a'b>\"><i title='\">'>", &["p", "i"]),
        ("<p title = '>' ><i>", &["p", "i"]),
        ("<p =><i>", &["p", "i"]),
        ("<my-element.x:y><i>", &["my-element.x:y", "i"]),
        ("<p/><br / ><i/ a>", &["p", "br", "i"]),
        ("<!-- <p> --><i>", &["#", "i"]),
        ("<!-->\n<p>--><i>", &["#", "p", "i"]),
        ("<!--a--!><p>", &["#", "p"]),
        ("<!--a--!b><p>--><i>", &["#", "i"]),
        ("<!doctype html><?xml ?><p>", &["#", "#", "p"]),
        ("</><p></ ><i>", &["#", "p", "#", "i"]),
        ("<p\n\tclass=a\r\n><i>", &["p", "i"]),
        ("<面><p>", &["#", "p"]),
        ("<p面><i>", &["p面", "i"]),
        ("<p title='", &["…"]),
        ("<i><!-- <p>", &["i", "…"]),
    ] {
        assert_eq!(names(html), expected, "{html}");
    }
}

#[test]
fn an_attribute_is_read_with_its_ends() {
    for (html, name, value, whole) in [
        ("<p a=b>", "a", "b", "a=b"),
        ("<p a='b c'>", "a", "b c", "a='b c'"),
        ("<p a=\"\">", "a", "", "a=\"\""),
        ("<p a>", "a", "", "a"),
        ("<p a = b>", "a", "b", "a = b"),
        ("<p a=b'c\"d>", "a", "b'c\"d", "a=b'c\"d"),
        ("<p é='ü'>", "é", "ü", "é='ü'"),
        ("<p data-x:y.z=1>", "data-x:y.z", "1", "data-x:y.z=1"),
    ] {
        let Piece::Tag(tag) = piece(html, 0, false) else { panic!("{html}") };
        let own = &tag.attributes[0];
        assert_eq!((text(html, &own.name), text(html, &own.value)), (name, value), "{html}");
        assert_eq!(text(html, &(own.name.start..own.end)), whole, "{html}");
    }
}

#[test]
fn the_first_of_two_attributes_counts_and_their_case_does_not() {
    let html = "<INPUT Type=a TYPE=b value>";
    let Piece::Tag(tag) = piece(html, 0, false) else { panic!("{html}") };
    assert_eq!(
        (tag.value(html, "type"), tag.value(html, "value"), tag.value(html, "name")),
        (Some("a"), Some(""), None)
    );
    assert!(tag.is(html, "input") && !tag.is(html, "inpu") && !tag.is(html, "input "));
}

#[test]
fn a_range_beyond_the_page_or_inside_a_character_is_empty() {
    for range in [0..9, 9..12, 1..2, 3..3] {
        assert_eq!(text("é面", &range), "", "{range:?}");
    }
    assert_eq!(text("é面", &(0..2)), "é");
    assert_eq!(piece("é<", 1, false), piece("", 0, false), "an offset that is none");
}

/// Makes any text, and texts that are almost markup.
fn pages() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    let almost = "(<|</|<!--|-->|--!>|<!|>|/|=|'|\"| |\n|a|p|script|style|é|面|<!\\[CDATA\\[|]]>){0,40}";
    prop_oneof![almost.boxed(), any::<String>().boxed()]
}

proptest::proptest! {
    #[test]
    fn every_piece_moves_on_and_ends_between_characters(html in pages(), is_drawing in proptest::bool::ANY) {
        for (at, _) in html.match_indices('<') {
            match piece(&html, at, is_drawing) {
                Piece::Tag(tag) => {
                    proptest::prop_assert!(tag.end > at + 1 && html.is_char_boundary(tag.end));
                    proptest::prop_assert_eq!(html.get(tag.end - 1..tag.end), Some(">"));
                    let mut last = tag.name.end;
                    for own in &tag.attributes {
                        let parts = [own.name.start, own.name.end, own.value.start, own.value.end, own.end];
                        proptest::prop_assert!(last <= own.name.start && own.end < tag.end);
                        let is_whole = [&own.name, &own.value].iter().all(|range| html.get((*range).clone()).is_some());
                        proptest::prop_assert!(is_whole);
                        proptest::prop_assert!(own.name.start < own.name.end, "{:?}", parts);
                        last = own.end;
                    }
                }
                Piece::Other(end) => proptest::prop_assert!(end > at && html.is_char_boundary(end)),
                Piece::Unfinished => {}
            }
        }
    }

    #[test]
    fn what_comes_behind_a_finished_piece_does_not_change_it(html in pages(), more in pages()) {
        if let Some(at) = html.find('<') {
            let whole = piece(&html, at, false);
            // A lone `<` at the end may become a tag.
            if !matches!(whole, Piece::Unfinished) {
                proptest::prop_assert_eq!(piece(&format!("{html}{more}"), at, false), whole);
            }
        }
    }

    #[test]
    fn the_end_of_a_text_is_an_end_tag_behind_its_beginning(html in pages(), from in 0usize..20) {
        for (end, name) in [(end_of(&html, from, "style"), "style"), (end_of_script(&html, from), "script")] {
            if let Some(at) = end {
                proptest::prop_assert!(at >= from);
                let tag = html.get(at..).unwrap().to_ascii_lowercase();
                let start = format!("</{name}");
                proptest::prop_assert!(tag.starts_with(&start), "{}", tag);
            }
        }
    }
}
