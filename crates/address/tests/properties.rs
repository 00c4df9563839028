//! Tests properties of every address, with generated ones of people and of adversaries.
#![cfg(feature = "parser")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by a panic")]

use cachette_address::{Address, AddressError, is_hash_url};
use proptest::prelude::*;

fn names(list: &'static str) -> Vec<&'static str> {
    let lines = list.lines().map(|line| line.split_once('#').map_or(line, |(name, _)| name).trim());
    lines.filter(|name| !name.is_empty()).collect()
}

fn secrets() -> Vec<&'static str> {
    names(include_str!("../src/secrets.txt"))
}

fn trackers() -> Vec<&'static str> {
    names(include_str!("../src/trackers.txt"))
}

/// A name as it may be written: some letters are capitals, some percent-encoded.
fn disguised(names: Vec<&'static str>) -> impl Strategy<Value = String> {
    (proptest::sample::select(names), any::<u64>()).prop_map(|(name, bits)| {
        let write = |(at, c): (usize, char)| match bits >> (at * 2 % 64) & 3 {
            0 => c.to_ascii_uppercase().to_string(),
            1 => format!("%{:02x}", u32::from(c)),
            2 if !c.is_ascii_alphanumeric() => format!("%{:02X}", u32::from(c)),
            _ => c.to_string(),
        };
        name.chars().enumerate().map(write).collect()
    })
}

/// A `&` piece. It is harmless, empty, a tracker with the value `TRACKED`, or a secret with the
/// value `SECRET`.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-c]{0,2}(=[a-z0-9%+/!;=]{0,4})?",
        disguised(trackers()).prop_map(|name| format!("{name}=TRACKED")),
        disguised(secrets()).prop_map(|name| format!("{name}=SECRET")),
    ]
}

fn pieces() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..6).prop_map(|pieces| pieces.join("&"))
}

fn address() -> impl Strategy<Value = String> {
    let user = prop_oneof![Just(""), Just("SECRET@"), Just("me:SECRET@"), Just("a@SECRET:@")];
    let host = prop_oneof![Just("example.org"), Just("WWW.bücher.example:8080"), Just("[::1]:443"), Just("10.1")];
    let path = "(/[a-zé %.:@|^;=]{0,6}){0,3}";
    let query = proptest::option::of(pieces());
    let fragment = proptest::option::of((
        prop_oneof![Just(""), Just("/"), Just("!"), Just("!/"), Just("//!"), Just("inbox/"), Just("inbox/7/")],
        pieces(),
        proptest::option::of(pieces()),
    ));
    (prop_oneof![Just("http"), Just("https")], user, host, path, query, fragment).prop_map(
        |(scheme, user, host, path, query, fragment)| {
            let query = query.map(|query| format!("?{query}")).unwrap_or_default();
            let fragment = fragment.map(|(marks, head, query)| {
                // A named route has no assignments.
                let plain = || head.replace('=', "-").replace("SECRET", "x").replace("TRACKED", "x");
                let head = if marks.starts_with(['/', '!']) || marks.is_empty() { head.clone() } else { plain() };
                format!("#{marks}{head}{}", query.map(|query| format!("?{query}")).unwrap_or_default())
            });
            format!("{scheme}://{user}{host}{}{query}{}", path.replace('?', ""), fragment.unwrap_or_default())
        },
    )
}

fn holds(address: &Address) -> Result<(), TestCaseError> {
    for (form, why) in [(address.url(), "canonical"), (address.captured_url(), "captured")] {
        for again in [Address::parse(form), Address::from_href(form)] {
            let again = again.map_err(|error| TestCaseError::fail(format!("{why} {form}: {error}")))?;
            prop_assert_eq!(again.url(), address.url(), "{}", why);
            prop_assert_eq!(again.hash_url(), address.hash_url());
            prop_assert_eq!(again.captured_url(), form, "{}", why);
            prop_assert_eq!(again.site(), address.site());
        }
    }
    prop_assert!(is_hash_url(address.hash_url()));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn both_forms_are_stable_and_lead_to_the_same_page(input in address()) {
        let address = Address::parse(&input).map_err(|error| TestCaseError::fail(format!("{input}: {error}")))?;
        holds(&address)?;
    }

    #[test]
    fn no_secret_is_in_either_form_and_no_tracker_in_the_canonical_one(input in address()) {
        let address = Address::parse(&input).map_err(|error| TestCaseError::fail(format!("{input}: {error}")))?;
        prop_assert!(!address.url().contains("SECRET"), "{}", address.url());
        prop_assert!(!address.captured_url().contains("SECRET"), "{}", address.captured_url());
        prop_assert!(!address.url().contains("TRACKED"), "{}", address.url());
    }

    #[test]
    fn what_is_harmless_stays_as_it_was_written(
        query in "[a-c]=[a-z0-9%+/!?;=]{0,9}(&[a-c]?=?[0-9]{0,2}){0,4}",
        route in "([/!][a-c/]{0,6}|[g-m]{5}/[a-c0-9][A-C0-9%+:/]{0,3})(\\?[a-c]=[0-9]&?)?",
    ) {
        let whole = format!("https://example.org/?{query}#{route}");
        let address = Address::parse(&whole).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(address.url(), &whole);
        prop_assert_eq!(address.captured_url(), &whole);
    }

    #[test]
    fn no_text_makes_it_panic(
        start in prop_oneof![Just(""), Just("https://h"), Just("http://h/?"), Just("https://h/#/"), Just("file:///")],
        text in any::<String>(),
    ) {
        let input = format!("{start}{text}");
        if let Ok(address) = Address::parse(&input) {
            holds(&address)?;
        }
        if let Ok(address) = Address::from_href(&input) {
            let again = Address::from_href(address.url()).map(|again| again.url().to_owned());
            prop_assert_eq!(again, Ok(address.url().to_owned()));
        }
    }
}

#[test]
fn every_listed_name_goes() {
    for name in trackers() {
        let address = Address::parse(&format!("https://example.org/?a=1&{name}=x&b=2")).unwrap();
        assert_eq!(address.url(), "https://example.org/?a=1&b=2", "{name}");
    }
    for name in secrets() {
        let address = Address::parse(&format!("https://example.org/?a=1&{name}=x#{name}=x&c")).unwrap();
        assert_eq!(address.captured_url(), "https://example.org/?a=1#c", "{name}");
    }
}

#[test]
fn a_huge_address_is_read_as_a_small_one_is() {
    let address = format!("https://example.org/?{}#/{}", "a=1&gclid=2&".repeat(50_000), "b&token=3&".repeat(50_000));
    let address = Address::parse(&address).unwrap();
    assert_eq!(address.url().matches("gclid").count() + address.url().matches("token").count(), 0);
    assert_eq!(address.url().matches("a=1").count(), 50_000);
    assert_eq!(address.captured_url().matches("gclid").count(), 50_000);
}

#[test]
fn an_error_holds_no_part_of_the_address_but_a_bounded_scheme() {
    let error = Address::parse(&format!("{}:secret", "x".repeat(1_000))).unwrap_err();
    assert_eq!(error, AddressError::Unsupported { scheme: "x".repeat(32) });
    assert!(!Address::parse("javascript:secret").unwrap_err().to_string().contains("secret"));
    assert!(!Address::parse("https://secret secret/").unwrap_err().to_string().contains("secret"));
}

#[test]
fn the_site_is_the_host_without_www_and_port() {
    for (input, site) in [
        ("https://www.example.org:8080/", "example.org"),
        ("https://wwwexample.org/", "wwwexample.org"),
        ("https://me:pw@example.org/", "example.org"),
        ("http://[::1]:3000/", "[::1]"),
        ("http://[2001:db8::1]/", "[2001:db8::1]"),
        ("file:///a", ""),
    ] {
        assert_eq!(Address::parse(input).unwrap().site(), site);
    }
}

#[test]
fn only_what_a_parser_serialises_is_taken_without_one() {
    for text in [
        "",
        "example.org",
        "HTTPS://example.org/",
        "https://example.org",
        "https:/a/b",
        "https:///a",
        "https://example.org/a b",
        "https://example.org/\n",
        "//example.org/",
        ":",
        "1http://a/",
    ] {
        assert_eq!(Address::from_href(text), Err(AddressError::Invalid), "{text}");
    }
}

#[test]
fn a_hash_has_64_digits_in_lower_case() {
    let hash = "0123456789abcdef".repeat(4);
    assert!(is_hash_url(&hash));
    for wrong in [&"0".repeat(63), &hash.to_uppercase(), &format!("{hash}0"), "", &hash.replace('0', "g")] {
        assert!(!is_hash_url(wrong), "{wrong}");
    }
}
