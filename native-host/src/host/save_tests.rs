//! Tests the steps of a save in every order that a lossy connection may cause. Files nothing.

use cachette_protocol::SaveOutcome;
use proptest::prelude::*;

use super::*;

const ID: &str = "save-0001";

fn begin(id: &str) -> SaveBegin {
    SaveBegin {
        save: id.into(),
        url: format!("https://example.org/{id}"),
        captured_at: "2026-11-22T18:24:05.123Z".into(),
        source: SaveSource::Page,
        title: None,
        private: false,
        content_type: None,
        notices: Vec::new(),
        warnings: Vec::new(),
    }
}

fn chunk(id: &str, seq: u32, data: &str) -> SaveChunk {
    SaveChunk { save: id.into(), part: Part::Html, seq, data: data.into() }
}

fn commit(id: &str, chunks: u32) -> SaveCommit {
    SaveCommit { save: id.into(), parts: vec![PartSum { part: Part::Html, chunks }] }
}

fn saved(id: &str) -> Saved {
    Saved {
        save: id.into(),
        outcome: SaveOutcome::NewPage,
        hash_url: "0".repeat(64),
        url: format!("https://example.org/{id}"),
        title: "T".into(),
        path: "/p".into(),
        captured_at: "2026-11-22T18:24:05.123Z".into(),
        notices: Vec::new(),
        warnings: Vec::new(),
        codes: Vec::new(),
    }
}

fn html(saves: &mut Saves, commit: &SaveCommit) -> Option<String> {
    match saves.commit(commit) {
        Ok(Committed::Complete(assembly)) => Some(assembly.html.clone()),
        _ => None,
    }
}

fn code<T>(result: Result<T, Failure>) -> Code {
    match result {
        Ok(_) => panic!("this should fail"),
        Err(failure) => failure.code,
    }
}

fn saves() -> Saves {
    Saves::new(Limits { save_bytes: 1_000, total_bytes: 1_500, saves: 3, answers: 2 })
}

#[test]
fn the_pieces_become_the_page() {
    let mut saves = saves();
    assert!(saves.begin(begin(ID)).unwrap().have.is_empty());
    assert_eq!(saves.chunk(chunk(ID, 0, "<p>")).unwrap().seq, 0);
    saves.chunk(chunk(ID, 1, "é")).unwrap();
    assert_eq!(html(&mut saves, &commit(ID, 2)).as_deref(), Some("<p>é"));
}

#[test]
fn a_step_that_is_sent_again_changes_nothing() {
    let mut saves = saves();
    saves.begin(begin(ID)).unwrap();
    saves.chunk(chunk(ID, 0, "a")).unwrap();
    assert_eq!(saves.chunk(chunk(ID, 0, "other")).unwrap().seq, 0);
    assert_eq!(saves.begin(begin(ID)).unwrap().have, [PartSum { part: Part::Html, chunks: 1 }]);
    saves.chunk(chunk(ID, 1, "b")).unwrap();
    assert_eq!(html(&mut saves, &commit(ID, 2)).as_deref(), Some("ab"));
    assert_eq!(html(&mut saves, &commit(ID, 2)).as_deref(), Some("ab"), "until it is answered");
    saves.answered(&saved(ID));
    assert!(matches!(saves.commit(&commit(ID, 2)), Ok(Committed::Before(before)) if *before == saved(ID)));
    assert_eq!(saves.begin(begin(ID)).unwrap().have, [PartSum { part: Part::Html, chunks: 2 }]);
    assert!(saves.chunk(chunk(ID, 0, "a")).is_ok());
    assert!(matches!(saves.commit(&commit(ID, 2)), Ok(Committed::Before(_))));
}

#[test]
fn an_id_that_names_another_page_begins_anew() {
    let mut saves = saves();
    saves.begin(begin(ID)).unwrap();
    saves.chunk(chunk(ID, 0, "a")).unwrap();
    let other = SaveBegin { url: "https://example.org/other".into(), ..begin(ID) };
    assert!(saves.begin(other.clone()).unwrap().have.is_empty());
    saves.chunk(chunk(ID, 0, "b")).unwrap();
    assert_eq!(html(&mut saves, &commit(ID, 1)).as_deref(), Some("b"));
    saves.answered(&saved(ID));
    let later = SaveBegin { captured_at: "2026-11-22T18:24:06.000Z".into(), ..other };
    assert!(saves.begin(later).unwrap().have.is_empty());
    assert_eq!(code(saves.commit(&commit(ID, 1))), Code::Incomplete);
}

#[test]
fn what_is_missing_is_named() {
    let mut saves = saves();
    assert_eq!(code(saves.chunk(chunk(ID, 0, "a"))), Code::NoSuchSave);
    assert_eq!(code(saves.commit(&commit(ID, 1))), Code::NoSuchSave);
    saves.begin(begin(ID)).unwrap();
    assert_eq!(code(saves.commit(&commit(ID, 0))), Code::Incomplete, "an empty save is none");
    assert_eq!(code(saves.chunk(chunk(ID, 1, "b"))), Code::Incomplete);
    saves.chunk(chunk(ID, 0, "a")).unwrap();
    for wrong in [commit(ID, 0), commit(ID, 2), SaveCommit { save: ID.into(), parts: Vec::new() }] {
        assert_eq!(code(saves.commit(&wrong)), Code::Incomplete);
    }
    saves.cancel(ID);
    saves.cancel("never-begun");
    assert_eq!(code(saves.commit(&commit(ID, 1))), Code::NoSuchSave);
}

#[test]
fn what_may_not_be_saved_is_refused_at_once() {
    let mut saves = saves();
    let refused = |saves: &mut Saves, begin: SaveBegin| code(saves.begin(begin));
    assert_eq!(refused(&mut saves, SaveBegin { private: true, ..begin(ID) }), Code::PrivateWindow);
    for url in ["javascript:alert(1)", "chrome://settings", "about:blank", "data:text/html,x", "no address", ""] {
        assert_eq!(refused(&mut saves, SaveBegin { url: url.into(), ..begin(ID) }), Code::UnsupportedAddress);
    }
    for at in ["", "now", "2026-11-22", "1e99", "2026-13-22T18:24:05Z"] {
        assert_eq!(refused(&mut saves, SaveBegin { captured_at: at.into(), ..begin(ID) }), Code::BadRequest);
    }
    for id in ["", "short", "with space", "../../../etc", &"x".repeat(65), "éééééééé"] {
        assert_eq!(refused(&mut saves, begin(id)), Code::BadRequest, "{id}");
    }
    assert!(saves.open.is_empty());
}

#[test]
fn a_page_over_the_limit_is_refused_and_its_memory_given_back() {
    let mut saves = saves();
    saves.begin(begin(ID)).unwrap();
    saves.chunk(chunk(ID, 0, &"a".repeat(1_000))).unwrap();
    assert_eq!(code(saves.chunk(chunk(ID, 1, "b"))), Code::TooLarge);
    assert_eq!(saves.held(), 0);
    assert_eq!(code(saves.commit(&commit(ID, 1))), Code::NoSuchSave);
}

#[test]
fn a_chunk_over_the_limit_is_refused() {
    let mut saves = Saves::new(Limits::default());
    saves.begin(begin(ID)).unwrap();
    assert_eq!(code(saves.chunk(chunk(ID, 0, &"a".repeat(CHUNK_BYTES + 1)))), Code::TooLarge);
    assert!(saves.chunk(chunk(ID, 0, &"a".repeat(CHUNK_BYTES))).is_ok());
}

#[test]
fn beyond_the_limits_the_save_longest_untouched_is_dropped() {
    let mut saves = saves();
    for n in 1..=3 {
        saves.begin(begin(&format!("save-000{n}"))).unwrap();
    }
    saves.chunk(chunk("save-0001", 0, &"a".repeat(700))).unwrap();
    saves.begin(begin("save-0004")).unwrap();
    assert_eq!(code(saves.chunk(chunk("save-0002", 0, "x"))), Code::NoSuchSave);
    saves.chunk(chunk("save-0003", 0, &"c".repeat(700))).unwrap();
    saves.chunk(chunk("save-0004", 0, &"d".repeat(700))).unwrap();
    assert_eq!(code(saves.commit(&commit("save-0001", 1))), Code::NoSuchSave);
    assert!(html(&mut saves, &commit("save-0003", 1)).is_some());
    assert!(html(&mut saves, &commit("save-0004", 1)).is_some());
}

#[test]
fn only_the_last_answers_are_remembered() {
    let mut saves = saves();
    for n in 1..=3 {
        let id = format!("save-000{n}");
        saves.begin(begin(&id)).unwrap();
        saves.chunk(chunk(&id, 0, "a")).unwrap();
        saves.answered(&saved(&id));
    }
    assert_eq!(code(saves.commit(&commit("save-0001", 1))), Code::NoSuchSave);
    assert!(matches!(saves.commit(&commit("save-0003", 1)), Ok(Committed::Before(_))));
}

proptest! {
    /// However steps are repeated and mixed, the result is the whole page or nothing.
    #[test]
    fn whatever_the_order_no_torn_page_is_handed_out(steps in prop::collection::vec((0u8..4, 0u32..4), 0..60)) {
        let mut saves = saves();
        let pieces = ["a", "bb", "ccc", "dddd"];
        for (step, seq) in steps {
            match step {
                0 => { saves.begin(begin(ID)).unwrap(); }
                1 => { let _ = saves.chunk(chunk(ID, seq, pieces[seq as usize])); }
                2 => if let Some(html) = html(&mut saves, &commit(ID, seq)) {
                    prop_assert_eq!(html, pieces[..seq as usize].concat());
                }
                _ => if seq == 0 { saves.cancel(ID) },
            }
        }
    }
}
