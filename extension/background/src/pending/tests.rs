//! Tests the limits of the kept captures, and what their failures lead to.

use super::*;
use cachette_protocol::SaveSource;

#[test]
fn room_is_bounded_in_number_and_size() {
    let kept = |units| kept("12345678", units, None);
    assert!(has_room(&[], 5));
    assert!(has_room(&vec![kept(1); MOST - 1], 5));
    assert!(!has_room(&vec![kept(1); MOST], 5));
    assert!(!has_room(&[kept(MOST_UNITS as u32)], 5));
    let aside = Kept { failures: 2, aside: Some(Error::HostSilent), ..kept(7) };
    assert!(has_room(&vec![aside.clone(); MOST], 5), "what is set aside blocks nothing");
    for kept in [kept(7), aside] {
        assert_eq!(serde_json::from_str::<Kept>(&json::write(&kept)).unwrap(), kept);
    }
    // The form that previous releases wrote.
    let begin = json::write(&kept(7).begin);
    assert_eq!(serde_json::from_str::<Kept>(&format!(r#"{{"begin":{begin},"units":7}}"#)).unwrap(), kept(7));
}

#[test]
fn a_second_failure_sets_aside_and_one_attempt_is_given_back() {
    let begin =
        r#"{"save":"12345678","url":"https://a.org/","captured_at":"2026-11-22T18:24:05.123Z","source":"page"}"#;
    let mut kept: Kept = serde_json::from_str(&format!(r#"{{"begin":{begin},"units":7}}"#)).unwrap();
    kept.fail(&Error::HostCrashed);
    assert_eq!(kept.aside, None);
    kept.fail(&Error::HostSilent);
    assert_eq!(kept.aside, Some(Error::HostSilent));
    kept.take_back();
    assert_eq!(kept.aside, None);
    kept.fail(&Error::HostCrashed);
    assert_eq!(kept.aside, Some(Error::HostCrashed));
}

fn kept(save: &str, units: u32, aside: Option<Error>) -> Kept {
    let begin = SaveBegin {
        save: save.into(),
        url: format!("https://example.org/{save}"),
        captured_at: "2026-11-22T18:24:05.123Z".into(),
        source: SaveSource::Page,
        title: None,
        private: false,
        content_type: None,
        notices: Vec::new(),
        warnings: Vec::new(),
    };
    Kept { begin, units, failures: 0, aside }
}

#[test]
fn the_queue_takes_exactly_what_fits() {
    let half = (MOST_UNITS / 2) as u32;
    assert!(has_room(&[kept("a", half, None)], half), "to the last unit");
    assert!(!has_room(&[kept("a", half, None)], half + 1));
    assert!(has_room(&[], MOST_UNITS as u32) && !has_room(&[], MOST_UNITS as u32 + 1));
    // One that was set aside is still on the disk.
    assert!(!has_room(&[kept("a", half, Some(Error::HostCrashed))], half + 1));
    assert!(has_room(&vec![kept("a", 0, None); MOST - 1], 0) && !has_room(&vec![kept("a", 0, None); MOST], 0));
    assert!(!has_room(&vec![kept("a", u32::MAX, None); 3], 0), "sums do not overflow");
}

#[test]
fn each_kept_capture_is_shown_once_by_where_it_is() {
    let crashed = || Some(Error::HostCrashed);
    let all = vec![kept("a", 1, None), kept("b", 1, crashed()), kept("c", 1, None), kept("d", 1, crashed())];
    let names = |asides: &[Aside]| asides.iter().map(|aside| aside.save.clone()).collect::<Vec<_>>();
    for (sending, waiting, aside) in [
        (&[][..], 2, &["b", "d"][..]),
        (&["a"], 1, &["b", "d"]),
        (&["b"], 2, &["d"]),
        (&["a", "b", "c", "d"], 0, &[]),
        (&["x"], 2, &["b", "d"]),
    ] {
        let sending: Vec<String> = sending.iter().map(|&save| save.to_owned()).collect();
        let (count, asides) = summary(all.clone(), &sending);
        assert_eq!((count, names(&asides).iter().map(String::as_str).collect::<Vec<_>>().as_slice()), (waiting, aside));
    }
    assert_eq!(summary(Vec::new(), &[]), (0, Vec::new()));
}

#[test]
fn a_capture_that_was_set_aside_is_shown_with_its_page_and_its_reason() {
    let mut titled = kept("a", 1, Some(Error::HostSilent));
    titled.begin.title = Some("<b>Bread</b> \u{202e}".into());
    let (_, asides) = summary(vec![titled, kept("b", 1, Some(Error::HostGarbled))], &[]);
    let expected = [
        Aside {
            save: "a".into(),
            title: "<b>Bread</b> \u{202e}".into(),
            url: "https://example.org/a".into(),
            error: Error::HostSilent,
        },
        Aside {
            save: "b".into(),
            title: String::new(),
            url: "https://example.org/b".into(),
            error: Error::HostGarbled,
        },
    ];
    assert_eq!(asides, expected);
}

#[test]
fn a_capture_is_given_one_attempt_back_and_no_more() {
    let mut one = kept("a", 1, None);
    one.take_back();
    assert_eq!((one.failures, &one.aside), (0, &None), "one that was not set aside stays as it is");
    for _ in 0..3 {
        while one.aside.is_none() {
            one.fail(&Error::HostCrashed);
        }
        assert!(one.failures >= FAILURES_MOST);
        one.take_back();
        assert_eq!((one.failures, &one.aside), (FAILURES_MOST - 1, &None), "its next failure sets it aside again");
    }
}

#[test]
fn failures_without_end_do_not_begin_anew() {
    let mut one = Kept { failures: u32::MAX, ..kept("a", 1, None) };
    one.fail(&Error::HostCrashed);
    assert_eq!((one.failures, one.aside), (u32::MAX, Some(Error::HostCrashed)));
}
