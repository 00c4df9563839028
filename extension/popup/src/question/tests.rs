//! Tests what is searched, which answer counts, and how a count of pages reads.

use cachette_protocol::Hit;
use proptest::prelude::*;

use super::*;

fn hit(at: usize) -> Hit {
    Hit {
        hash_url: format!("{at:064x}"),
        url: format!("https://example.org/{at}"),
        title: String::new(),
        snippet: String::new(),
        ranges: Vec::new(),
        captured_at: "2026-11-22T18:24:05.123Z".into(),
        path: String::new(),
    }
}

fn found(query: &str, shown: usize, total: u64, corrected: Option<&str>) -> Found {
    Found {
        query: query.into(),
        hits: (0..shown).map(hit).collect(),
        total,
        corrected: corrected.map(str::to_owned),
        comparing: false,
        no_dates: Vec::new(),
    }
}

#[test]
fn words_as_typed_are_in_quotation_marks_and_the_rest_stays() {
    for (query, expected) in [
        ("recieve", "\"recieve\""),
        ("recieve  letter ", "\"recieve\" \"letter\""),
        ("site:example.org recieve -letter", "site:example.org \"recieve\" -letter"),
        ("\"link rot\" recieve", "\"link rot\" \"recieve\""),
        ("", ""),
    ] {
        assert_eq!(as_typed(query), expected, "{query}");
    }
}

#[test]
fn what_is_no_date_is_named() {
    let found = Found { no_dates: vec!["after:2024-13".into()], ..found("moss after:2024-13", 0, 0, None) };
    let summary = summary(&found);
    assert!(summary.starts_with(&fill(Text::NO_DATE, &["after:2024-13"])), "{summary}");
}

#[test]
fn two_characters_make_a_question_in_any_script() {
    for (query, expected) in [
        ("", false),
        (" ", false),
        ("a", false),
        (" a \t", false),
        ("\u{3000}\u{3000}\u{3000}", false),
        ("é", false),
        ("🦀", false),
        ("ab", true),
        (" ab", true),
        ("a b", true),
        ("面包", true),
        ("خب", true),
        ("\"a\"", true),
    ] {
        assert_eq!(is_question(query), expected, "{query:?}");
    }
}

#[test]
fn only_the_answer_to_what_the_box_holds_is_shown() {
    let ok = |query: &str| Ok(found(query, 1, 1, None));
    for (result, asked, current, expected) in [
        (ok("bre"), "bre", "bre", Answer::Found(found("bre", 1, 1, None))),
        (ok("bre"), "bre", "brea", Answer::Stale),
        (ok("bre"), "bre", "", Answer::Stale),
        // Another release might answer an older question over the same port.
        (ok("br"), "bre", "bre", Answer::Stale),
        (Err(Error::HostMissing), "bre", "bre", Answer::Failed(Error::HostMissing)),
        (Err(Error::HostMissing), "bre", "brea", Answer::Stale),
        (ok("bre"), "bre", "bre ", Answer::Stale),
    ] {
        assert_eq!(Answer::of(result, asked, current), expected, "{asked:?} while the box holds {current:?}");
    }
}

#[test]
fn a_search_is_repeated_only_while_the_host_compares_the_files_and_not_for_ever() {
    let comparing = Found { comparing: true, ..found("q", 1, 1, None) };
    let mut repetition = Repetition::default();
    assert!(!repetition.is_repeated());
    let first = repetition.pause_ms(&comparing).unwrap();
    assert!(repetition.is_repeated() && repetition.pause_ms(&comparing).unwrap() > first);
    assert_eq!(repetition.pause_ms(&found("q", 2, 2, None)), None, "that was the last answer");
    let mut repetition = Repetition::default();
    assert_eq!(repetition.pause_ms(&found("q", 1, 1, None)), None);
    let mut repetition = Repetition::default();
    let pauses: Vec<f64> = std::iter::from_fn(|| repetition.pause_ms(&comparing)).collect();
    assert!((25_000.0..60_000.0).contains(&pauses.iter().sum()), "{pauses:?}");
}

#[test]
fn an_answer_is_drawn_again_only_if_something_in_it_is_new() {
    let before = Found { comparing: true, ..found("q", 2, 2, None) };
    assert!(is_same(&before, &found("q", 2, 2, None)), "that the host is done changes nothing");
    for other in [found("q", 3, 3, None), found("q", 2, 3, None), found("q", 2, 2, Some("k")), found("k", 2, 2, None)] {
        assert!(!is_same(&before, &other), "{other:?}");
    }
    let mut edited = found("q", 2, 2, None);
    edited.hits[1].snippet = "as it is now".into();
    assert!(!is_same(&before, &edited));
}

#[test]
fn a_list_says_how_many_pages_it_is_of() {
    for (shown, total, expected) in [
        (0, 0, "No saved page has these words."),
        (1, 1, "1 page"),
        (2, 2, "2 pages"),
        (30, 30, "30 pages"),
        (30, 31, "The best 30 of about 31 pages"),
        (30, 2000, "The best 30 of about 2,000 pages"),
        (0, 1, "The best 0 of about 1 page"),
    ] {
        assert_eq!(summary(&found("q", shown, total, None)), expected, "{shown} of {total}");
    }
}

#[test]
fn a_corrected_question_is_named_before_the_count_and_as_it_is() {
    for (corrected, expected) in [
        ("bread", "Showing results for “bread”. 1 page"),
        // A gap of the sentence must not be filled twice.
        ("$1 bread $2", "Showing results for “$1 bread $2”. 1 page"),
        ("<b>", "Showing results for “<b>”. 1 page"),
        ("خبز", "Showing results for “خبز”. 1 page"),
    ] {
        assert_eq!(summary(&found("q", 1, 1, Some(corrected))), expected);
    }
    assert_eq!(
        summary(&found("q", 0, 0, Some("bread"))),
        "Showing results for “bread”. No saved page has these words.",
        "a correction that finds nothing either says so"
    );
}

/// The steps of a search: the user types, or the oldest question that is open is answered.
#[derive(Debug, Clone)]
enum Step {
    Type(String),
    Answered(bool),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof!["[ab ]{0,3}".prop_map(Step::Type), any::<bool>().prop_map(Step::Answered)];
    prop::collection::vec(step, 0..40)
}

proptest! {
    #[test]
    fn however_fast_one_types_the_list_never_shows_an_older_question(steps in steps()) {
        let (mut current, mut asked, mut shown) = (String::new(), Vec::new(), None);
        for step in steps {
            match step {
                Step::Type(query) => {
                    if is_question(&query) {
                        asked.push(query.clone());
                    } else {
                        shown = None;
                    }
                    current = query;
                }
                Step::Answered(is_ok) if !asked.is_empty() => {
                    let query = asked.remove(0);
                    let result = if is_ok { Ok(found(&query, 0, 0, None)) } else { Err(Error::HostSilent) };
                    match Answer::of(result, &query, &current) {
                        Answer::Found(found) => shown = Some(found.query),
                        Answer::Failed(_) => shown = None,
                        Answer::Stale => prop_assert!(query != current, "the newest answer is shown"),
                    }
                    prop_assert!(shown.as_ref().is_none_or(|shown| *shown == current) || query != current);
                }
                Step::Answered(_) => {}
            }
        }
        if asked.is_empty() && is_question(&current) {
            prop_assert!(shown.is_none_or(|shown| shown == current), "the last answer is that of the last question");
        }
    }
}
