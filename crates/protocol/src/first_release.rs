//! Tests that messages of the first release, without notices and comparisons, can still be read.

use crate::*;

#[test]
fn messages_of_the_first_release_are_read_with_their_sentences() {
    let sentence = [Notice::new(Code::Other, "The disk is full.")];
    let greeting = r#"{"id":1,"host":"0.1.0","ok":{"protocol":1,"home":"/h","troubles":["The disk is full."]}}"#;
    let greeting = decode_reply::<Hello>(greeting).result.unwrap();
    assert_eq!((greeting.all_notices(), greeting.notices), (sentence.to_vec(), Vec::new()));
    let report = r#"{"id":1,"host":"0.1.0","ok":{"home":"/h","pages":1,"versions":1,"writable":false,
        "troubles":["The disk is full."]}}"#;
    assert_eq!(decode_reply::<Status>(report).result.unwrap().all_notices(), sentence);
    let saved = r#"{"id":1,"host":"0.1.0","ok":{"save":"save-0001","outcome":"new_page","hash_url":"0","url":"u",
        "title":"t","path":"p","captured_at":"c","warnings":["The disk is full."],"codes":["clock_behind"]}}"#;
    let saved = decode_reply::<SaveCommit>(saved).result.unwrap();
    assert_eq!((saved.all_notices(), saved.codes), (sentence.to_vec(), vec![Code::ClockBehind]));
    let begin = br#"{"id":1,"ask":"save_begin","with":{"save":"save-0001","url":"u","captured_at":"c",
        "source":"page","warnings":["The disk is full."]}}"#;
    let (_, Ok(Request::SaveBegin(begin))) = decode_request(begin) else { panic!("this is a request") };
    assert_eq!(begin.all_notices(), sentence);
    let found = r#"{"id":1,"host":"0.1.0","ok":{"query":"q","hits":[],"total":0}}"#;
    let found = decode_reply::<Search>(found).result.unwrap();
    assert_eq!((found.corrected, found.comparing), (None, false), "a host that compares first says nothing of it");
    let failed = r#"{"id":1,"host":"0.1.0","error":{"code":"disk_full","message":"The disk is full."}}"#;
    let failure = decode_reply::<Lookup>(failed).result.unwrap_err();
    assert_eq!(failure, Failure::new(Code::DiskFull, "The disk is full."));
}
