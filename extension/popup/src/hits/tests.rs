//! Tests which hit is chosen, what it opens, and how marks fall into a snippet.

use proptest::prelude::*;

use super::*;

fn hit(url: &str) -> Hit {
    Hit {
        hash_url: "ab".repeat(32),
        url: url.into(),
        title: "Bread".into(),
        snippet: String::new(),
        ranges: Vec::new(),
        captured_at: "2026-11-22T18:24:05.123Z".into(),
        path: String::new(),
    }
}

#[test]
fn arrows_move_between_the_search_box_and_the_last_hit() {
    let none = Choice::among(2);
    assert_eq!((none.chosen, none.to_open()), (None, Some(0)));
    assert_eq!(none.down().chosen, Some(0));
    assert_eq!(none.down().down().down().chosen, Some(1));
    assert_eq!(none.down().up().chosen, None);
    assert_eq!(none.up().chosen, None);
    assert_eq!((Choice::among(0).down().chosen, Choice::among(0).to_open()), (None, None));
}

#[test]
fn marks_count_in_utf16_units() {
    for (snippet, ranges, expected) in [
        ("a 🦀 crab", &[(2, 4), (5, 9)][..], &[("a ", false), ("🦀", true), (" ", false), ("crab", true)][..]),
        ("bread", &[(0, 5)], &[("bread", true)]),
        ("bread", &[], &[("bread", false)]),
        ("bread", &[(0, 2), (2, 5)], &[("br", true), ("ead", true)]),
        ("面包店", &[(0, 2)], &[("面包", true), ("店", false)]),
        ("خبز طازج", &[(4, 8)], &[("خبز ", false), ("طازج", true)]),
        ("cafe\u{301}s", &[(0, 5)], &[("cafe\u{301}", true), ("s", false)]),
        ("<b>&amp;", &[(3, 8)], &[("<b>", false), ("&amp;", true)]),
    ] {
        let found = pieces(snippet, ranges);
        let found: Vec<_> = found.iter().map(|(text, marked)| (text.as_str(), *marked)).collect();
        assert_eq!(found, expected, "{snippet}");
    }
}

#[test]
fn marks_that_make_no_sense_are_left_out() {
    let no_sense: &[&[(u32, u32)]] = &[&[(2, 1)], &[(1, 99)], &[(1, 1)], &[(3, 4)], &[(u32::MAX, u32::MAX)]];
    for ranges in no_sense {
        assert_eq!(pieces("abc", ranges), [("abc".to_owned(), false)], "{ranges:?}");
    }
    let after = pieces("abc", &[(1, 2), (0, 1), (1, 3)]);
    assert_eq!(concat(&after), "abc", "a mark before the last one is left out");
    assert_eq!(after.iter().filter(|(_, marked)| *marked).count(), 1);
    assert_eq!(pieces("", &[(0, 1)]), []);
}

#[test]
fn a_mark_in_the_middle_of_a_character_upsets_nothing() {
    let pieces = pieces("a🦀b", &[(2, 3)]);
    assert_eq!(pieces.iter().filter(|(_, marked)| *marked).count(), 1);
    assert!(concat(&pieces).starts_with('a') && concat(&pieces).ends_with('b'));
}

#[test]
fn a_hit_opens_its_copy_whatever_its_address_and_the_live_page_only_on_the_web() {
    for (url, live) in [
        ("https://example.org/a", true),
        ("http://example.org/a", true),
        ("file:///home/me/a.html", false),
        ("javascript:alert(1)", false),
        ("data:text/html,<script>1</script>", false),
        ("", false),
    ] {
        let copy = target(&hit(url), false);
        let expected = format!("extension://cachette/view.html?page={}", "ab".repeat(32));
        assert_eq!(copy, Some(expected), "{url}");
        assert_eq!(target(&hit(url), true), live.then(|| url.to_owned()), "{url}");
    }
}

#[test]
fn the_middle_button_and_control_open_the_live_page_and_the_right_button_nothing() {
    for (button, with_control, expected) in [
        (0, false, Some(false)),
        (0, true, Some(true)),
        (1, false, Some(true)),
        (1, true, Some(true)),
        (2, false, None),
        (2, true, None),
        (3, false, None),
        (-1, false, None),
    ] {
        assert_eq!(opens_live(button, with_control), expected, "{button}, {with_control}");
    }
}

#[test]
fn only_the_id_of_a_row_names_a_hit() {
    for id in ["", "hit-", "hit-x", "hit--1", "hits", "query", "hit-99999999999999999999999", "hit-1 2", "HIT-1"] {
        assert_eq!(option_at(id), None, "{id}");
    }
}

fn concat(pieces: &[(String, bool)]) -> String {
    pieces.iter().map(|(text, _)| text.as_str()).collect()
}

#[test]
fn the_selected_page_stays_selected_among_other_hits() {
    let hits: Vec<Hit> =
        ["a", "b", "c"].map(|hash| Hit { hash_url: hash.into(), ..hit("https://example.org/") }).into();
    for (before, expected) in [(None, None), (Some(&hits[2]), Some(2)), (Some(&hit("https://gone.example/")), None)] {
        assert_eq!(Choice::kept(before, &hits), Choice { count: 3, chosen: expected });
    }
}

proptest! {
    #[test]
    fn no_range_loses_a_letter_of_plain_text(
        text in "[a-zé ]{0,40}",
        ranges in prop::collection::vec((0u32..50, 0u32..50), 0..6),
    ) {
        prop_assert_eq!(concat(&pieces(&text, &ranges)), text);
    }

    #[test]
    fn marks_between_characters_are_exactly_the_marked_text(text in "[a-c面🦀 ]{1,20}", cuts in any::<[u8; 2]>()) {
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut at = cuts.map(|cut| usize::from(cut) % starts.len());
        at.sort_unstable();
        let [start, end] = at.map(|at| starts[at]);
        let units = |end: usize| text.get(..end).unwrap().encode_utf16().count() as u32;
        let pieces = pieces(&text, &[(units(start), units(end))]);
        let marked: String = pieces.iter().filter(|(_, marked)| *marked).map(|(text, _)| text.as_str()).collect();
        prop_assert_eq!(marked.as_str(), text.get(start..end).unwrap());
        prop_assert_eq!(concat(&pieces), text);
    }

    #[test]
    fn the_choice_is_always_a_hit_that_is_there(
        count in 0usize..5,
        moves in prop::collection::vec(any::<bool>(), 0..30),
    ) {
        let mut choice = Choice::among(count);
        for down in moves {
            let before = choice.chosen.map_or(-1, |at| at as i64);
            choice = if down { choice.down() } else { choice.up() };
            let after = choice.chosen.map_or(-1, |at| at as i64);
            prop_assert!(after < count as i64);
            let expected = if down { (before + 1).min(count as i64 - 1) } else { (before - 1).max(-1) };
            prop_assert_eq!(after, expected, "one key moves one row, and none beyond an end");
            prop_assert_eq!(choice.to_open().is_some(), count > 0);
        }
    }

    #[test]
    fn a_row_s_id_leads_back_to_its_hit(at in any::<usize>()) {
        prop_assert_eq!(option_at(&option_id(at)), Some(at));
    }
}
