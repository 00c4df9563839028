//! Tests how a tag's attributes are counted and cut, in one piece or in many.

use proptest::prelude::*;

use super::*;

fn count(tag: &str) -> (u32, bool) {
    let mut scan = AttributeScan::default();
    let kept = scan.keep(tag);
    (scan.attributes, kept.ended)
}

#[test]
fn attributes_are_counted_as_the_tokenizer_does() {
    for (tag, attributes) in [
        ("<p>", 0),
        ("<p a b=c d='e f' g=\"h>i\"j k = l / m>", 7),
        ("<br/>", 0),
        ("<a =b c=>", 2),
        ("</p x>", 1),
        ("<p a=b/c>", 1),
        ("<p a\"b>", 1),
    ] {
        assert_eq!(count(tag), (attributes, true), "{tag}");
    }
    assert_eq!(count("<p a='>"), (1, false));
}

/// Reads a tag in pieces. Returns the text that is passed on, whether anything was left out, and
/// whether the tag ended.
fn kept(pieces: &[&str]) -> (String, bool, bool) {
    let mut scan = AttributeScan::default();
    let (mut passed, mut skipped) = (String::new(), false);
    for (number, piece) in pieces.iter().enumerate() {
        let kept = scan.keep(piece);
        passed.extend([kept.before, kept.after]);
        skipped |= kept.skipped;
        if kept.ended {
            passed.extend(pieces[number + 1..].iter().copied());
            return (passed, skipped, true);
        }
    }
    (passed, skipped, false)
}

/// Makes a tag with this many attributes, which are written in different ways.
fn tag(attributes: usize, end: &str) -> String {
    let one = |number: usize| match number % 5 {
        0 => format!(" a{number}"),
        1 => format!(" a{number}=b"),
        2 => format!(" a{number}='>{number}'"),
        3 => format!("\n\ta{number} = \">=\""),
        _ => format!("/a{number}=/b"),
    };
    format!("<p{}{end}", (0..attributes).map(one).collect::<String>())
}

#[test]
fn only_letters_begin_a_tag() {
    for (piece, begins) in [
        ("<p", true),
        ("</P>", true),
        ("<x-y", true),
        ("<", false),
        ("</", false),
        ("<1", false),
        ("< p", false),
        ("<é", false),
        ("<!--", false),
        ("</!", false),
        ("p", false),
        ("", false),
    ] {
        assert_eq!(AttributeScan::begins(piece), begins, "{piece}");
    }
}

#[test]
fn attributes_beyond_the_limit_go_and_what_follows_the_tag_stays() {
    let most = MAX_ATTRIBUTES as usize;
    let whole = tag(most, " >text<b c=d>");
    assert_eq!(kept(&[&whole]), (whole.clone(), false, true));
    let (passed, skipped, ended) = kept(&[&tag(most + 1, " >text")]);
    assert!(skipped && ended);
    // The cut is behind the first letter that begins the surplus attribute.
    assert!(passed.ends_with(">text") && passed.len() <= whole.len(), "{passed}");
    assert_eq!(kept(&[&tag(3 * most, " x='>'>")]).0, kept(&[&tag(most + 1, ">")]).0);
    assert!(!kept(&[&tag(most + 1, " x='")]).2, "the tag has not ended");
}

#[test]
fn odd_signs_in_tags_are_counted_as_the_standard_does() {
    for (tag, attributes, ended) in [
        ("<p//a//b/>", 2, true),
        ("<p a = = b>", 2, true),
        ("<p a==b>", 1, true),
        ("<p a='b''c'>", 2, true),
        ("<p a=b'c d\"e>", 2, true),
        ("<p \"a b\">", 2, true),
        ("<p a\u{c}b\rc>", 3, true),
        ("<p é=ö ü>", 2, true),
        ("<p a=\"b'>c\">", 1, true),
        ("<p a=>b", 1, true),
        ("<p a= \n'b'>", 1, true),
        ("<p\u{a0}a>", 0, true),
        ("<p a", 1, false),
        ("<p a=\"b>", 1, false),
        ("<p a='<p>", 1, false),
        ("<p", 0, false),
    ] {
        assert_eq!(count(tag), (attributes, ended), "{tag}");
    }
}

proptest! {
    #[test]
    fn a_tag_in_pieces_is_kept_as_in_one(
        attributes in 500_usize..530,
        cuts in proptest::collection::vec(3_usize..6_000, 0..6),
        end in "[a-c]{0,3}[>'\"]{0,2}",
    ) {
        let tag = tag(attributes, &format!(" {end}>rest"));
        let mut cuts: Vec<usize> = cuts.into_iter().filter(|cut| *cut < tag.len()).collect();
        cuts.extend([0, tag.len()]);
        cuts.sort_unstable();
        let pieces: Vec<&str> = cuts.windows(2).map(|cut| tag.get(cut[0]..cut[1]).unwrap()).collect();
        prop_assert_eq!(kept(&pieces), kept(&[&tag]));
    }
}
