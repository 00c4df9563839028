//! Tests valid JSON against another reader, and the repair of broken JSON.

use super::*;
use proptest::prelude::*;

fn text(text: &str) -> Json {
    Json::Text(text.to_owned())
}

fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

#[test]
fn valid_json_is_read_as_it_is() {
    let read = read(r#" {"a": ["b\n\"\u00e9\ud83d\ude00", 1.5, true, null, {}], "c": {"d": ""}} "#);
    let list = vec![text("b\n\"é😀"), Json::Bare("1.5".into()), Json::Bare("true".into()), Json::Null, object([])];
    assert_eq!(read, [object([("a", Json::List(list)), ("c", object([("d", text(""))]))])]);
}

#[test]
fn what_is_broken_in_a_known_way_is_mended() {
    let meant = [object([("a", text("b")), ("c", text("d"))])];
    for broken in [
        "<!-- {\"a\": \"b\", \"c\": \"d\"} -->",
        "//<![CDATA[\n{\"a\": \"b\", \"c\": \"d\"}\n//]]>",
        "{\"a\": \"b\", /* x */ \"c\": \"d\", // y\n}",
        "{,\"a\": \"b\",, \"c\": \"d\",}",
        "{\"a\": \"b\", /* \"x\": \"y\", } ] */ \"c\": \"d\"}",
        "{\"a\": \"b\", // \"x\": \"y\" }\n \"c\": \"d\"}",
        "{\"a\": \"b\"\n \"c\": \"d\"};",
        "var x = {a: 'b', c: 'd'};",
        "{\"a\": \"b\", \"c\": \"d\"",
        "{\"a\": \"b\", \"c\": \"d",
        "{&quot;a&quot;: &quot;b&quot;, &quot;c&quot;: &quot;d&quot;}",
        "\u{FEFF}{\"a\": \"b\", \"c\": \"d\"}",
    ] {
        assert_eq!(read(broken), meant, "{broken}");
    }
}

#[test]
fn quotes_and_line_ends_within_a_string_stay_in_it() {
    for (broken, value) in [
        (r#"{"a": "he said "no" to it", "c": 1}"#, "he said \"no\" to it"),
        (r#"{"a": "a "b", then c", "c": 1}"#, "a \"b\", then c"),
        (r#"{"a": "it\'s", "c": 1}"#, "it's"),
        ("{\"a\": \"one\ntwo\", \"c\": 1}", "one\ntwo"),
        (r#"{"a": "she: "well"", "c": 1}"#, "she: \"well\""),
    ] {
        assert_eq!(read(broken), [object([("a", text(value)), ("c", Json::Bare("1".into()))])], "{broken}");
    }
}

#[test]
fn depth_and_number_are_bounded() {
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(read(&deep).len(), 1);
    let many = format!("[{}]", "1,".repeat(200_000));
    let Some(Json::List(items)) = read(&many).pop() else { panic!("no list") };
    assert!(items.len() <= MAX_VALUES as usize);
    assert_eq!(read(&format!("[{}1{},\"a\"]", "[".repeat(60), "]".repeat(60))).len(), 1);
}

#[test]
fn escapes_mean_what_they_mean_and_unknown_ones_their_sign() {
    for (written, value) in [
        (r"\n\t\r\b\f", "\n\t\r\u{8}\u{C}"),
        (r#"\"\\\/"#, "\"\\/"),
        (r"\u00e9\u4e2d", "é中"),
        (r"\ud83d\ude00", "😀"),
        (r"\ud83d", "\u{FFFD}"),
        (r"\ud83dx", "\u{FFFD}x"),
        (r"\ud83d\u0041", "\u{FFFD}A"),
        (r"\ude00", "\u{FFFD}"),
        (r"\u12", "12"),
        (r"\x\'", "x'"),
        (r"a\", "a\"]"),
    ] {
        let Some(Json::List(items)) = read(&format!("[\"{written}\"]")).pop() else { panic!("{written}") };
        assert_eq!(items.first(), Some(&text(value)), "{written}");
    }
}

#[test]
fn a_list_or_an_object_that_is_not_closed_ends_with_the_one_around_it() {
    let list = |items: &[&str]| Json::List(items.iter().map(|item| text(item)).collect());
    for (broken, expected) in [
        (r#"{"a": ["b", "c"}"#, object([("a", list(&["b", "c"]))])),
        (r#"[{"a": "b"]"#, Json::List(vec![object([("a", text("b"))])])),
        (
            r#"{"x": [{"a": "b"], "y": "c"}"#,
            object([("x", Json::List(vec![object([("a", text("b"))])])), ("y", text("c"))]),
        ),
        (r#"{"a": {"b": "c"}"#, object([("a", object([("b", text("c"))]))])),
        (r#"{"a": , "c": "d"}"#, object([("a", Json::Null), ("c", text("d"))])),
        (r#"{"a": undefined, "b": null}"#, object([("a", Json::Null), ("b", Json::Null)])),
        (r#"{"a": -1.5e3, "b": NaN}"#, object([("a", Json::Bare("-1.5e3".into())), ("b", Json::Bare("NaN".into()))])),
        (r#"{"a": "b", "a": "c"}"#, object([("a", text("b")), ("a", text("c"))])),
    ] {
        assert_eq!(read(broken), [expected], "{broken}");
    }
    assert_eq!(read(r#"{"a": "b"} {"c": "d"}; ["e"]"#).len(), 3, "several one after the other");
    assert_eq!(read("no JSON at all"), []);
    assert_eq!(read("]}"), []);
}

#[test]
fn what_is_too_deep_is_left_out_and_what_follows_is_read() {
    let deep =
        |signs: usize| format!("{{\"a\": {}\"]}}{{\\\"\"{}, \"b\": \"c\"}}", "[".repeat(signs), "]".repeat(signs));
    for signs in [5, MAX_DEPTH as usize + 20] {
        let Some(Json::Object(members)) = read(&deep(signs)).pop() else { panic!("{signs}") };
        assert_eq!(members.last(), Some(&("b".to_owned(), text("c"))), "{signs}");
    }
}

#[test]
fn a_quote_ends_its_string_if_what_follows_says_so() {
    for (rest, is_name, ends) in [
        ("", false, true),
        (" }", false, true),
        ("]", false, true),
        (": x", true, true),
        (": x", false, false),
        (", \"b\": 1", false, true),
        (", 'b': 1", false, true),
        (", b: 1", false, true),
        (", {", false, true),
        (", 5]", false, true),
        (", true", false, true),
        (", and so on", false, false),
        (", x", true, false),
        (", \"b\": 1", true, false),
        (" said he", false, false),
        ("\n \"b\": 1", false, true),
        (" \"b\": 1", false, false),
        ("// comment", false, true),
    ] {
        assert_eq!(ends_string(rest, is_name), ends, "{rest}");
    }
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i32>().prop_map(Into::into),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            proptest::collection::vec((any::<String>(), inner), 0..6)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

fn same(ours: &Json, theirs: &serde_json::Value) -> bool {
    use serde_json::Value;
    match (ours, theirs) {
        (Json::Null, Value::Null) => true,
        (Json::Bare(word), Value::Bool(theirs)) => (word == "true") == *theirs,
        (Json::Bare(word), Value::Number(theirs)) => word.parse() == Ok(theirs.as_i64().unwrap()),
        (Json::Text(ours), Value::String(theirs)) => ours == theirs,
        (Json::List(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| same(ours, theirs))
        }
        (Json::Object(ours), Value::Object(theirs)) => {
            ours.len() == theirs.len()
                && ours.iter().all(|(name, value)| theirs.get(name).is_some_and(|theirs| same(value, theirs)))
        }
        _ => false,
    }
}

proptest! {
    #[test]
    fn valid_json_means_the_same_to_others(value in any_json(), pretty in any::<bool>()) {
        let value = serde_json::Value::Array(vec![value]);
        let written = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
        let written = written.unwrap();
        prop_assume!(written.contains('"') || !written.contains("&quot;"));
        let read = read(&written);
        prop_assert!(read.len() == 1 && same(&read[0], &value), "{written} {read:?}");
    }

    #[test]
    fn any_text_is_read_without_end(text in any::<String>()) {
        let _ = read(&text);
    }

    #[test]
    fn signs_of_all_kinds_are_read_without_end(text in "[\\[\\]{}\"',:/*\\\\u0-9a ]{0,60}") {
        let _ = read(&text);
    }
}
