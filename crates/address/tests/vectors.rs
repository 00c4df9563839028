//! Tests the vectors of `vectors.json` natively. Chromium's and Firefox's `URL` give the same
//! results; their tests read the same file.
#![cfg(feature = "parser")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by a panic")]

use std::collections::BTreeSet;

use cachette_address::{Address, AddressError, is_hash_url};
use serde_json::Value;

fn vectors() -> Vec<Value> {
    serde_json::from_str(include_str!("../vectors.json")).unwrap()
}

fn text<'a>(vector: &'a Value, key: &str) -> &'a str {
    vector[key].as_str().unwrap_or_else(|| panic!("{key} of {vector}"))
}

fn check(vector: &Value, address: &Address) {
    let why = text(vector, "why");
    assert_eq!(address.captured_url(), text(vector, "captured_url"), "{why}");
    assert_eq!(address.url(), text(vector, "url"), "{why}");
    assert_eq!(address.hash_url(), text(vector, "hash_url"), "{why}");
    assert!(is_hash_url(address.hash_url()), "{why}");
}

#[test]
fn every_vector_holds() {
    let vectors = vectors();
    assert!(vectors.len() >= 80);
    for vector in &vectors {
        let (why, parsed) = (text(vector, "why"), Address::parse(text(vector, "input")));
        match vector.get("error").and_then(Value::as_str) {
            None => check(vector, &parsed.unwrap_or_else(|error| panic!("{why}: {error}"))),
            Some("invalid") => assert_eq!(parsed, Err(AddressError::Invalid), "{why}"),
            Some(_) => assert!(matches!(parsed, Err(AddressError::Unsupported { .. })), "{why}: {parsed:?}"),
        }
    }
}

#[test]
fn what_a_parser_has_serialised_needs_none() {
    for vector in vectors().iter().filter(|vector| vector.get("error").is_none()) {
        let href = url::Url::parse(text(vector, "input")).unwrap();
        check(vector, &Address::from_href(href.as_str()).unwrap());
        let canonical = Address::from_href(text(vector, "url")).unwrap();
        assert_eq!((canonical.url(), canonical.captured_url()), (text(vector, "url"), text(vector, "url")));
        assert_eq!(Address::from_href(text(vector, "captured_url")).unwrap().url(), text(vector, "url"));
    }
}

#[test]
fn no_vector_occurs_twice() {
    let vectors = vectors();
    for key in ["why", "input"] {
        let distinct: BTreeSet<&str> = vectors.iter().map(|vector| text(vector, key)).collect();
        assert_eq!(distinct.len(), vectors.len(), "{key}");
    }
}
