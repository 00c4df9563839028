//! Tests that values of the browser are read as the types that were written.

use cachette_protocol::{Call, Request, Visit};
use serde::Deserialize;
use serde_json::json;

use super::*;

/// A value as a browser's `JSON.parse` makes it; `None` is `undefined`.
struct Parsed(Option<serde_json::Value>);

impl Tree for Parsed {
    fn is_missing(&self) -> bool {
        self.0.is_none()
    }

    fn is_nothing(&self) -> bool {
        self.0.as_ref().is_none_or(serde_json::Value::is_null)
    }

    fn is_branch(&self) -> bool {
        self.0.as_ref().is_some_and(|value| value.is_object() || value.is_array())
    }

    fn boolean(&self) -> Option<bool> {
        self.0.as_ref()?.as_bool()
    }

    fn number(&self) -> Option<f64> {
        self.0.as_ref()?.as_f64()
    }

    fn text(&self) -> Option<String> {
        self.0.as_ref()?.as_str().map(str::to_owned)
    }

    fn first_name(&self) -> Option<String> {
        match self.0.as_ref()? {
            // JavaScript names the items of a list by their places.
            serde_json::Value::Array(list) => (!list.is_empty()).then(|| "0".to_owned()),
            value => value.as_object()?.keys().next().cloned(),
        }
    }

    fn property(&self, name: &str) -> Parsed {
        Parsed(self.0.as_ref().and_then(|value| value.get(name)).cloned())
    }

    fn length(&self) -> Option<u32> {
        Some(self.0.as_ref()?.as_array()?.len() as u32)
    }

    fn item(&self, at: u32) -> Parsed {
        Parsed(self.0.as_ref().and_then(|value| value.get(at as usize)).cloned())
    }
}

/// Reads a JSON text as [`parse`] does in a browser.
pub(crate) fn parse_natively<T: DeserializeOwned>(text: &str) -> Option<T> {
    read_tree(tree(text)?)
}

/// Returns the value that a JSON text represents.
pub(crate) fn tree(text: &str) -> Option<impl Tree + use<>> {
    Some(Parsed(Some(serde_json::from_str(text).ok()?)))
}

#[test]
fn only_exact_integers_are_read() {
    const LIMIT: f64 = 9_007_199_254_740_992.0;
    for (number, expected) in [
        (0.0, Some(0)),
        (-0.0, Some(0)),
        (7.0, Some(7)),
        (-7.0, Some(-7)),
        (LIMIT - 1.0, Some(9_007_199_254_740_991)),
        (1.0 - LIMIT, Some(-9_007_199_254_740_991)),
        (LIMIT, None),
        (-LIMIT, None),
        (1e300, None),
        (0.5, None),
        (-1.25, None),
        (f64::NAN, None),
        (f64::INFINITY, None),
        (f64::NEG_INFINITY, None),
    ] {
        assert_eq!(exact(number), expected, "{number}");
    }
}

#[test]
fn a_variant_of_a_newer_release_has_a_number_beyond_all_known_ones() {
    let names = ["looking", "saved", "undone"];
    for (name, expected) in [("looking", 0), ("undone", 2), ("Saved", 3), ("", 3), ("newer", 3)] {
        assert_eq!(number_of(name, &names), expected, "{name}");
    }
    assert_eq!(number_of("any", &[]), 0);
}

#[test]
fn a_code_of_a_newer_release_is_read_as_other() {
    use serde::{Deserialize, de::value::StrDeserializer};

    let read = |name: &str| cachette_protocol::Code::deserialize(StrDeserializer::<Mismatch>::new(name)).ok();
    assert_eq!(read("disk_full"), Some(cachette_protocol::Code::DiskFull));
    assert_eq!(read("written_by_a_newer_release"), Some(cachette_protocol::Code::Other));
}

/// Reads a value as [`read`] does in a browser.
fn of<T: DeserializeOwned>(value: serde_json::Value) -> Option<T> {
    read_tree(Parsed(Some(value)))
}

#[test]
fn every_request_and_reply_of_the_protocol_is_read_as_the_host_writes_it() {
    struct Each(usize);
    impl Visit for Each {
        fn visit<C: Call>(&mut self) {
            let (call, reply) = C::example();
            let call_text = serde_json::to_string(&call).unwrap();
            let reply_text = serde_json::to_string(&reply).unwrap();
            let call_read = parse_natively::<C>(&call_text).map(|read| serde_json::to_string(&read).unwrap());
            let reply_read = parse_natively::<C::Reply>(&reply_text).map(|read| serde_json::to_string(&read).unwrap());
            assert_eq!((call_read, reply_read), (Some(call_text), Some(reply_text)), "{}", C::ASK);
            self.0 += 1;
        }
    }
    let mut each = Each(0);
    Request::each(&mut each);
    assert!(each.0 > 8, "{} kinds of requests", each.0);
}

#[derive(Debug, PartialEq, Deserialize)]
struct Form {
    name: String,
    #[serde(default)]
    count: u32,
    tab: Option<i32>,
    #[serde(default)]
    list: Vec<u16>,
}

fn form(name: &str, count: u32, tab: Option<i32>, list: &[u16]) -> Option<Form> {
    Some(Form { name: name.into(), count, tab, list: list.to_vec() })
}

#[test]
fn a_field_that_is_missing_is_its_default_and_one_that_is_unknown_is_ignored() {
    for (value, expected) in [
        (json!({"name": "a", "count": 2, "tab": 3, "list": [1, 2]}), form("a", 2, Some(3), &[1, 2])),
        (json!({"name": "a"}), form("a", 0, None, &[])),
        // Defaults leave the fields behind them in their places.
        (json!({"list": [7], "name": "a"}), form("a", 0, None, &[7])),
        (json!({"name": "a", "tab": null}), form("a", 0, None, &[])),
        (json!({"name": "a", "newer": {"x": [1]}, "tab": -1}), form("a", 0, Some(-1), &[])),
        (json!({"count": 1}), None),
        (json!({"name": null}), None),
        (json!({"name": "a", "count": null}), None),
    ] {
        assert_eq!(of::<Form>(value.clone()), expected, "{value}");
    }
}

#[test]
fn a_value_of_another_type_is_none_and_never_a_default() {
    for value in [
        json!({"name": 1}),
        json!({"name": ["a"]}),
        json!({"name": "a", "count": "2"}),
        json!({"name": "a", "count": -1}),
        json!({"name": "a", "count": 4_294_967_296_u64}),
        json!({"name": "a", "count": 0.5}),
        json!({"name": "a", "tab": 2_147_483_648_u64}),
        json!({"name": "a", "tab": true}),
        json!({"name": "a", "list": {"0": 1}}),
        json!({"name": "a", "list": "12"}),
        json!({"name": "a", "list": [65_536]}),
        json!({"name": "a", "list": [1, null]}),
        json!(null),
        json!("a"),
        json!(7),
    ] {
        assert_eq!(of::<Form>(value.clone()), None, "{value}");
    }
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Plain,
    One(i32),
    Two(bool, String),
    Named { name: String },
    Maybe(Option<i32>),
}

#[test]
fn variants_are_read_by_their_names() {
    for (value, expected) in [
        (json!("plain"), Some(Kind::Plain)),
        (json!({"plain": null}), Some(Kind::Plain)),
        (json!({"one": -7}), Some(Kind::One(-7))),
        (json!({"two": [true, "x"]}), Some(Kind::Two(true, "x".into()))),
        (json!({"named": {"name": "x"}}), Some(Kind::Named { name: "x".into() })),
        (json!({"maybe": null}), Some(Kind::Maybe(None))),
        (json!({"maybe": 1}), Some(Kind::Maybe(Some(1)))),
        // A name without the content that it needs.
        (json!("one"), None),
        (json!("two"), None),
        (json!("named"), None),
        (json!({"two": [true]}), None),
        (json!({"two": {"0": true, "1": "x"}}), None),
        (json!({"named": "x"}), None),
        (json!("newer"), None),
        (json!({"newer": 1}), None),
        (json!({}), None),
        (json!([]), None),
        (json!(["plain"]), None),
        (json!(0), None),
        (json!(null), None),
    ] {
        assert_eq!(of::<Kind>(value.clone()), expected, "{value}");
    }
}

#[test]
fn lists_in_lists_are_read_to_their_ends() {
    assert_eq!(of::<Vec<(u32, u32)>>(json!([[1, 2], [3, 4]])), Some(vec![(1, 2), (3, 4)]));
    assert_eq!(of::<Vec<Vec<bool>>>(json!([[], [true], []])), Some(vec![vec![], vec![true], vec![]]));
    assert_eq!(of::<Vec<(u32, u32)>>(json!([[1]])), None);
    assert_eq!(of::<Vec<u64>>(json!([1, -1])), None, "a negative number is no huge one");
    let long: Vec<u64> = (0..10_000).collect();
    assert_eq!(of::<Vec<u64>>(json!(long)), Some(long));
}
