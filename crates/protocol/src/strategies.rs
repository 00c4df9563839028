//! Makes any message of each kind for the property tests, from the kind's example. A field that is
//! added to the example is varied here without further code.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::document::source;
use crate::*;

/// A change of one value in an example's JSON.
#[derive(Debug, Clone)]
enum Change {
    /// The value is replaced by this one.
    Put(Value),
    /// The list gets its first entry this many times.
    Repeat(usize),
}

/// The spellings of all values of the messages' enums, codes among them.
static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let types = source::types();
    let enums = types.iter().filter(|each| each.is_enum).flat_map(|each| &each.members);
    enums.map(|member| member.name.clone()).chain(Code::ALL.iter().map(|code| code.as_str().to_owned())).collect()
});

/// Any text: empty, hostile, long.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![4 => any::<String>(), 1 => "[\u{0}-\u{7f}]{0,200}", 1 => Just("\"\n---\nevil: true\u{2028}".to_owned())]
}

fn change() -> impl Strategy<Value = Change> {
    let number = prop_oneof![any::<u64>(), any::<u32>().prop_map(u64::from), select(vec![0, u64::MAX])];
    let value = prop_oneof![
        4 => text().prop_map(Value::from),
        2 => select(WORDS.as_slice()).prop_map(Value::from),
        3 => number.prop_map(Value::from),
        1 => any::<i32>().prop_map(Value::from),
        2 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::Null),
    ];
    prop_oneof![6 => value.prop_map(Change::Put), 1 => (0usize..4).prop_map(Change::Repeat)]
}

/// The JSON pointers of all places below the root.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, inner)| (format!("{at}/{name}"), inner)).collect(),
        Value::Array(entries) => entries.iter().zip(0..).map(|(inner, n)| (format!("{at}/{n}"), inner)).collect(),
        _ => Vec::new(),
    };
    for (at, inner) in inner {
        places(inner, &at, found);
        found.push(at);
    }
}

fn changed(mut value: Value, at: Index, change: Change) -> Option<Value> {
    let mut found = Vec::new();
    places(&value, "", &mut found);
    let place = value.pointer_mut(found.get(at.index(found.len().max(1)))?)?;
    match change {
        Change::Put(value) => *place = value,
        Change::Repeat(times) => *place = vec![place.get(0)?.clone(); times].into(),
    }
    Some(value)
}

/// Generates values of an example's type. A change that the type does not accept is left out.
pub(crate) fn like<T>(example: &T) -> impl Strategy<Value = T> + use<T>
where
    T: Serialize + DeserializeOwned + std::fmt::Debug,
{
    let example = serde_json::to_value(example).unwrap();
    vec((any::<Index>(), change()), 0..24).prop_map(move |changes| {
        let taken = |value: &Value| serde_json::from_value::<T>(value.clone()).is_ok();
        let value = changes.into_iter().fold(example.clone(), |value, (at, change)| {
            changed(value.clone(), at, change).filter(taken).unwrap_or(value)
        });
        serde_json::from_value(value).unwrap()
    })
}

/// Any failure.
pub(crate) fn failure() -> impl Strategy<Value = Failure> {
    let params = Params {
        path: Some(String::new()),
        limit_bytes: Some(1),
        time: Some(String::new()),
        scheme: Some(String::new()),
        os_error: Some(1),
        cause: Some(Code::Disk),
    };
    like(&Failure::new(Code::DiskFull, "The disk is full.").with(params))
}

/// Every field needs a value in some example; otherwise it would never be varied.
#[test]
fn no_field_is_empty_in_all_examples() {
    #[derive(Default)]
    struct Fields(BTreeMap<String, bool>);
    impl Fields {
        fn note(&mut self, value: &Value) {
            match value {
                Value::Object(fields) => {
                    for (name, value) in fields {
                        let filled = !value.is_null() && value.as_array().is_none_or(|entries| !entries.is_empty());
                        *self.0.entry(name.clone()).or_default() |= filled;
                        self.note(value);
                    }
                }
                Value::Array(entries) => entries.iter().for_each(|entry| self.note(entry)),
                _ => {}
            }
        }
    }
    impl Visit for Fields {
        fn visit<C: Call>(&mut self) {
            let (call, reply) = C::example();
            self.note(&serde_json::to_value(call).unwrap());
            self.note(&serde_json::to_value(reply).unwrap());
        }
    }
    let mut fields = Fields::default();
    Request::each(&mut fields);
    let empty: Vec<_> = fields.0.iter().filter(|(_, filled)| !**filled).collect();
    assert!(empty.is_empty() && fields.0.len() > 30, "{empty:?}");
}

#[test]
fn an_example_is_varied_in_every_field() {
    let (example, _) = SaveBegin::example();
    let plain = serde_json::to_value(&example).unwrap();
    let mut kept: BTreeSet<String> = plain.as_object().unwrap().keys().cloned().collect();
    let (mut runner, values) = (TestRunner::deterministic(), like(&example));
    let mut sources = BTreeSet::new();
    for _ in 0..400 {
        let varied = values.new_tree(&mut runner).unwrap().current();
        sources.insert(format!("{:?}", varied.source));
        let varied = serde_json::to_value(varied).unwrap();
        kept.retain(|field| varied.get(field) == plain.get(field));
    }
    assert!(kept.is_empty(), "{kept:?} never vary");
    assert_eq!(sources.len(), 2, "both sources are tried");
}
