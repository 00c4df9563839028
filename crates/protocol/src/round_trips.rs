//! Tests that every message is read as it was written, also by other versions. Bytes that are not a
//! message get an answer.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::requests::SOURCES;
use crate::strategies::{failure, like};
use crate::*;

/// Adds an unknown field to every object in a message, as a newer peer would.
fn with_more(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.values_mut().for_each(with_more);
            fields.insert("made_up_later".into(), json!({"deeply": [1, {"so": null}]}));
        }
        Value::Array(values) => values.iter_mut().for_each(with_more),
        _ => {}
    }
}

/// Removes null fields, as a peer does that leaves out absent values.
fn with_less(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, value| !value.is_null());
            fields.values_mut().for_each(with_less);
        }
        Value::Array(values) => values.iter_mut().for_each(with_less),
        _ => {}
    }
}

/// Returns the message itself, and as an older and a newer peer would write it.
fn dialects(json: &[u8]) -> [Vec<u8>; 3] {
    let value: Value = serde_json::from_slice(json).unwrap();
    let (mut more, mut less) = (value.clone(), value);
    with_more(&mut more);
    with_less(&mut less);
    [json.to_vec(), serde_json::to_vec(&more).unwrap(), serde_json::to_vec(&less).unwrap()]
}

fn request_survives<C: Call>(id: u64, call: &C) -> Result<(), TestCaseError> {
    for json in dialects(&encode_request(id, call).unwrap()) {
        prop_assert_eq!(decode_request(&json), (id, Ok(call.clone().into())));
    }
    Ok(())
}

fn reply_survives<C: Call>(id: u64, result: Result<C::Reply, Failure>) -> Result<(), TestCaseError> {
    for json in dialects(&encode_reply(id, "0.1.0", result.as_ref()).unwrap()) {
        let reply = decode_reply::<C>(std::str::from_utf8(&json).unwrap());
        prop_assert_eq!(reply, Reply { id, host: "0.1.0".into(), result: result.clone() });
    }
    Ok(())
}

/// Checks a property of many values of a kind.
fn holds<S: Strategy>(ask: &str, values: S, property: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() };
    if let Err(error) = TestRunner::new(config).run(&values, property) {
        panic!("{ask}: {error}");
    }
}

#[test]
fn every_request_and_its_reply_are_read_as_they_were_written() {
    struct RoundTrips(Vec<&'static str>);
    impl Visit for RoundTrips {
        fn visit<C: Call>(&mut self) {
            let (call, reply) = C::example();
            holds(C::ASK, (any::<u64>(), like(&call)), |(id, call)| request_survives(id, &call));
            holds(C::ASK, (any::<u64>(), like(&reply)), |(id, reply)| reply_survives::<C>(id, Ok(reply)));
            holds(C::ASK, (any::<u64>(), failure()), |(id, failure)| reply_survives::<C>(id, Err(failure)));
            self.0.push(C::ASK);
        }
    }
    let mut tested = RoundTrips(Vec::new());
    Request::each(&mut tested);
    let files: Vec<_> = SOURCES.iter().map(|(file, _)| *file).collect();
    assert_eq!(tested.0, files, "a request is called on the wire as its file is");
}

/// Returns the code and the id with which a message is answered.
fn refused(json: &[u8]) -> (u64, Option<Code>) {
    let (id, request) = decode_request(json);
    (id, request.err().map(|failure| failure.code))
}

#[test]
fn a_request_that_is_not_known_is_answered_by_its_id() {
    let unknown = (7, Some(Code::UnknownRequest));
    assert_eq!(refused(br#"{"id":7,"ask":"make_coffee","with":{"sugar":2}}"#), unknown);
    assert_eq!(refused(br#"{"id":7,"ask":""}"#), unknown);
    assert_eq!(refused(br#"{"id":7,"ask":"Hello","with":{}}"#), unknown, "names are case-sensitive");
}

#[test]
fn a_request_without_a_body_is_one_with_an_empty_body() {
    for json in [r#"{"id":7,"ask":"status"}"#, r#"{"id":7,"ask":"status","with":null}"#] {
        assert_eq!(decode_request(json.as_bytes()), (7, Ok(Request::Status(Status {}))));
    }
    assert_eq!(refused(br#"{"id":7,"ask":"search"}"#), (7, Some(Code::BadRequest)));
}

#[test]
fn garbage_is_answered_by_its_id_where_that_can_be_read() {
    let bad = |id| (id, Some(Code::BadRequest));
    let cases: [(&[u8], u64); 16] = [
        (b"", 0),
        (b"\xff\xfe", 0),
        (b"null", 0),
        (b"7", 0),
        (br#"{"id":7"#, 0),
        (br#"{"id":"7","ask":"status"}"#, 0),
        (br#"{"id":-7,"ask":"status"}"#, 0),
        (br#"{"id":7,"id":8,"ask":"status"}"#, 0),
        (br#"{"id":7,"ask":"status"} and more"#, 0),
        (br#"{}"#, 0),
        (br#"{"id":7}"#, 7),
        (br#"{"id":7,"ask":5}"#, 7),
        (br#"{"id":7,"ask":"search","with":{"query":5,"limit":1}}"#, 7),
        (br#"{"id":7,"ask":"search","with":{"query":"x","limit":-1}}"#, 7),
        (br#"{"id":7,"ask":"search","with":{"query":"x","query":"y","limit":1}}"#, 7),
        (br#"{"ask":"save_chunk","with":{"save":"12345678","part":"video","seq":0,"data":""},"id":7}"#, 7),
    ];
    for (json, id) in cases {
        assert_eq!(refused(json), bad(id), "{}", String::from_utf8_lossy(json));
    }
}

#[test]
fn lone_surrogates_are_refused_by_id() {
    for escape in [r"\ud800", r"\udc00", r"a\ud83d b", r"\ud800\ud800", r"\ud800A"] {
        let json = format!(
            r#"{{"id":7,"ask":"save_chunk","with":{{"save":"12345678","part":"html","seq":0,"data":"{escape}"}}}}"#
        );
        assert_eq!(refused(json.as_bytes()), (7, Some(Code::BadRequest)), "{escape}");
        let json = format!(r#"{{"id":7,"ask":"{escape}"}}"#);
        assert_eq!(refused(json.as_bytes()), (7, Some(Code::BadRequest)), "{escape}");
    }
    let pair = br#"{"id":7,"ask":"lookup","with":{"url":"\ud83c\udf89"}}"#;
    assert_eq!(decode_request(pair), (7, Ok(Request::Lookup(Lookup { url: "🎉".into() }))));
}

#[test]
fn deep_nesting_is_ignored_or_refused_without_harm() {
    let deep = |open: &str, close: &str| open.repeat(1_000_000) + &close.repeat(1_000_000);
    for nested in [deep("[", "]"), deep("{\"a\":", "}").replace(":}", ":0}"), "[".repeat(2_000_000)] {
        refused(nested.as_bytes());
        refused(format!(r#"{{"id":7,"ask":"status","with":{nested}}}"#).as_bytes());
        refused(format!(r#"{{"id":7,"ask":{nested}}}"#).as_bytes());
        decode_reply::<Lookup>(&format!(r#"{{"id":7,"ok":{nested}}}"#));
    }
    let json = format!(r#"{{"id":7,"ask":"status","with":{{"later":{}}}}}"#, deep("[", "]"));
    assert_eq!(decode_request(json.as_bytes()), (7, Ok(Request::Status(Status {}))));
}

#[test]
fn a_failure_says_nothing_of_what_the_message_said() {
    let secret = "secret ".repeat(100_000);
    for with in [
        format!(r#"{{"query":"x","limit":"{secret}"}}"#),
        format!(r#"{{"save":"12345678","part":"{secret}","seq":0,"data":""}}"#),
    ] {
        for ask in ["search", "save_chunk"] {
            let (_, request) = decode_request(format!(r#"{{"id":7,"ask":"{ask}","with":{with}}}"#).as_bytes());
            let message = request.unwrap_err().message;
            assert!(message.len() < 200 && !message.contains("secret"), "{message}");
        }
    }
    let (_, request) = decode_request(format!(r#"{{"id":7,"ask":"{secret}"}}"#).as_bytes());
    assert!(request.unwrap_err().message.len() < 200);
}

#[test]
fn an_answer_that_cannot_be_read_still_says_whose_it_is() {
    let bad = |json: &str| {
        let reply = decode_reply::<Lookup>(json);
        (reply.id, reply.host, reply.result.unwrap_err().code)
    };
    let whose = |id, host: &str| (id, host.to_owned(), Code::BadRequest);
    assert_eq!(bad(r#"{"id":7,"host":"9.0","ok":5}"#), whose(7, "9.0"));
    assert_eq!(bad(r#"{"id":7,"host":"9.0","error":5}"#), whose(7, "9.0"));
    assert_eq!(bad(r#"{"id":7,"host":"9.0"}"#), whose(7, "9.0"));
    assert_eq!(bad("nonsense"), whose(0, ""));
}

/// A character that takes six bytes in JSON, like every control character.
const WORST: &str = "\u{1}";

#[test]
fn the_longest_chunk_fits_the_hosts_frame_however_it_is_escaped() {
    let chunk = SaveChunk { save: "z".repeat(64), part: Part::Html, seq: u32::MAX, data: WORST.repeat(CHUNK_BYTES) };
    let json = encode_request(u64::MAX, &chunk).unwrap();
    assert!(json.len() <= FRAME_BYTES_IN, "{}", json.len());
    assert!(matches!(decode_request(&json), (u64::MAX, Ok(Request::SaveChunk(read))) if read == chunk));
}

#[test]
fn the_longest_part_fits_the_browsers_frame_however_it_is_escaped() {
    let part = ReadPart {
        url: format!("https://example.org/{}", "x".repeat(8 * 1024)),
        title: WORST.repeat(4 * 1024),
        captured_at: "2026-11-22T18:24:05.123Z".into(),
        path: WORST.repeat(4 * 1024),
        markdown: WORST.repeat(READ_BYTES),
        next: Some(u64::MAX),
        total: u64::MAX,
    };
    let json = encode_reply(u64::MAX, "10.20.30-beta.40", Ok(&part)).unwrap();
    assert!(json.len() <= FRAME_BYTES_OUT, "{}", json.len());
}

proptest! {
    #[test]
    fn any_bytes_get_an_answer(json: Vec<u8>, text: String) {
        for json in [&json[..], text.as_bytes()] {
            let (_, request) = decode_request(json);
            prop_assert!(request.is_err());
            decode_reply::<Search>(&String::from_utf8_lossy(json));
        }
    }

    #[test]
    fn any_change_of_a_message_gets_an_answer(
        call in like(&SaveBegin::example().0),
        at: prop::sample::Index,
        byte: u8,
    ) {
        let mut json = encode_request(7, &call).unwrap();
        *at.get_mut(&mut json) = byte;
        let (_, request) = decode_request(&json);
        if let Err(failure) = request {
            prop_assert!(failure.message.len() < 300);
        }
        decode_reply::<SaveBegin>(&String::from_utf8_lossy(&json));
    }

    #[test]
    fn a_message_that_breaks_off_is_refused(call in like(&SaveBegin::example().0), at: prop::sample::Index) {
        let json = encode_request(7, &call).unwrap();
        let part = json.get(..at.index(json.len())).unwrap();
        prop_assert_eq!(refused(part), (0, Some(Code::BadRequest)));
    }
}
