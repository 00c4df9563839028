//! Tests that messages are written as any JSON reader expects them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::*;

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Unit,
    Newtype(i32),
    Tuple(bool, Option<u64>),
    Struct { name: &'static str },
}

#[derive(Serialize)]
struct Whole {
    text: String,
    none: Option<u8>,
    kinds: Vec<Kind>,
    pair: (char, ()),
    map: BTreeMap<&'static str, i64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<u8>,
}

#[test]
fn it_writes_what_the_general_writer_writes() {
    let every: String = (0..0x300u32).filter_map(char::from_u32).chain("🦀\u{2028}".chars()).collect();
    let whole = Whole {
        text: every,
        none: None,
        kinds: vec![Kind::Unit, Kind::Newtype(-7), Kind::Tuple(true, Some(u64::MAX)), Kind::Struct { name: "\"" }],
        pair: ('é', ()),
        map: BTreeMap::from([("a", i64::MIN), ("b", 0)]),
        left_out: Vec::new(),
    };
    let ours: serde_json::Value = serde_json::from_str(&write(&whole)).unwrap();
    assert_eq!(ours, serde_json::to_value(&whole).unwrap());
}

#[test]
fn texts_are_escaped_as_json_asks() {
    for (text, written) in
        [("", "\"\""), ("a\"b\\c", "\"a\\\"b\\\\c\""), ("\n\r\t", "\"\\u000a\\u000d\\u0009\""), ("é🦀", "\"é🦀\"")]
    {
        assert_eq!(write(text), written, "{text:?}");
    }
    assert!(write("\u{1}").contains("\\u0001"));
}

#[test]
fn lists_and_maps_have_no_stray_commas() {
    assert_eq!(write(&Vec::<u8>::new()), "[]");
    assert_eq!(write(&[1, 2]), "[1,2]");
    assert_eq!(write(&BTreeMap::<&str, u8>::new()), "{}");
    assert_eq!(write(&BTreeMap::from([("a", vec![Some(true), None])])), "{\"a\":[true,null]}");
    assert_eq!(write(&((), (1, "x"))), "[null,[1,\"x\"]]");
}

/// Returns a sequence of numbers that looks random and is the same in every run.
fn numbers(seed: u64) -> impl FnMut(u64) -> u64 {
    let mut state = seed.wrapping_mul(2).wrapping_add(1);
    move |below| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    }
}

/// Makes a value of any form, not too deep.
fn any(next: &mut impl FnMut(u64) -> u64, depth: u64) -> serde_json::Value {
    let text = |next: &mut dyn FnMut(u64) -> u64| -> String {
        const SIGNS: [char; 12] = ['a', '"', '\\', '\n', '\0', '\u{1f}', '\u{7f}', 'é', '🦀', '\u{2028}', '/', ','];
        (0..next(6)).map(|_| SIGNS[next(12) as usize]).collect()
    };
    match next(if depth == 0 { 5 } else { 7 }) {
        0 => serde_json::Value::Null,
        1 => (next(2) == 0).into(),
        2 => i64::MIN.wrapping_add(next(u64::MAX) as i64).into(),
        3 => next(u64::MAX).into(),
        4 => text(next).into(),
        5 => (0..next(4)).map(|_| any(next, depth - 1)).collect(),
        _ => (0..next(4)).map(|_| (text(next), any(next, depth - 1))).collect::<serde_json::Map<_, _>>().into(),
    }
}

#[test]
fn every_value_is_read_back_as_it_was() {
    for seed in 0..2_000 {
        let value = any(&mut numbers(seed), 4);
        let text = write(&value);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).ok(), Some(value), "{text}");
    }
}

#[test]
fn no_written_value_holds_a_raw_control_character() {
    let every: String = (0..0x20u32).filter_map(char::from_u32).collect();
    let text = write(&every);
    assert!(text.chars().all(|c| !c.is_control()), "a line of the host's log, or of a message, would break: {text}");
    assert_eq!(serde_json::from_str::<String>(&text).unwrap(), every);
}

#[test]
fn values_at_the_ends_of_their_types_are_written_in_full() {
    assert_eq!(write(&u64::MAX), "18446744073709551615");
    assert_eq!(write(&i64::MIN), "-9223372036854775808");
    assert_eq!(write(&(i8::MIN, u8::MAX, i16::MIN, u16::MAX)), "[-128,255,-32768,65535]");
    assert_eq!(write(&(i32::MIN, u32::MAX)), "[-2147483648,4294967295]");
    assert_eq!(write(&'\u{10ffff}'), "\"\u{10ffff}\"");
}

#[test]
fn variants_are_written_by_their_names() {
    for (kind, written) in [
        (Kind::Unit, r#""unit""#),
        (Kind::Newtype(-7), r#"{"newtype":-7}"#),
        (Kind::Tuple(false, None), r#"{"tuple":[false,null]}"#),
        (Kind::Struct { name: "a" }, r#"{"struct":{"name":"a"}}"#),
    ] {
        assert_eq!(write(&kind), written);
    }
}

#[test]
fn a_text_of_a_million_signs_is_written_once() {
    let long = "\"é".repeat(500_000);
    let text = write(&long);
    assert_eq!(text.len(), long.len() + 500_000 + 2, "a backslash for each quotation mark, and two around it");
}
