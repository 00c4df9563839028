//! Tests which pages hear of which tab, and what a loading popup hears.

use proptest::prelude::*;

use super::*;

#[test]
fn a_page_hears_of_the_tab_that_it_was_opened_over_and_of_no_other() {
    let mut popups = Popups::default();
    assert!(popups.register(&"popup", Some(1)) && popups.register(&"settings", None));
    assert!(popups.register(&"other window", Some(2)) && popups.register(&"same tab", Some(1)));
    assert_eq!(popups.over(1), ["popup", "same tab"]);
    assert_eq!(popups.over(2), ["other window"]);
    assert_eq!(popups.over(3), [""; 0]);
    assert_eq!(popups.all(), ["popup", "settings", "other window", "same tab"]);
}

#[test]
fn a_page_that_speaks_again_is_not_new_and_keeps_its_tab() {
    let mut popups = Popups::default();
    assert!(popups.register(&"popup", Some(1)));
    assert!(!popups.register(&"popup", None), "a command that names no tab");
    assert_eq!(popups.over(1), ["popup"]);
    assert!(!popups.register(&"popup", Some(2)));
    assert_eq!((popups.over(1).len(), popups.over(2)), (0, vec!["popup"]));
}

#[test]
fn a_page_that_was_closed_hears_nothing_more() {
    let mut popups = Popups::default();
    popups.register(&"popup", Some(1));
    popups.register(&"settings", None);
    popups.forget(&"popup");
    popups.forget(&"never seen");
    assert_eq!((popups.over(1).len(), popups.all()), (0, vec!["settings"]));
    assert!(popups.register(&"popup", Some(1)), "opened anew it is new");
}

#[test]
fn a_popup_that_was_loading_gets_the_outcome_of_its_own_job() {
    let opening = || LoadingPopup { tab: 1, at: 1000.0, state: PageState::Undone };
    for (tab, now, expected) in [
        (1, 1000.0, true),
        (1, 1000.0 + LOADING_MS - 1.0, true),
        (1, 1000.0 + LOADING_MS, false),
        (2, 1000.0, false),
        // The clock was set back meanwhile.
        (1, 0.0, true),
    ] {
        assert_eq!(opening().answer(tab, now), expected.then_some(PageState::Undone), "{tab} at {now}");
    }
}

proptest! {
    #[test]
    fn every_open_page_is_there_once(
        steps in prop::collection::vec((0u8..5, prop::option::of(0i32..3), any::<bool>()), 0..40),
    ) {
        let (mut popups, mut open) = (Popups::default(), std::collections::BTreeMap::new());
        for (port, tab, closes) in steps {
            if closes {
                popups.forget(&port);
                open.remove(&port);
            } else {
                let known: Option<Option<i32>> = open.get(&port).copied();
                prop_assert_eq!(popups.register(&port, tab), known.is_none());
                open.insert(port, tab.or(known.flatten()));
            }
            let mut all = popups.all();
            all.sort_unstable();
            prop_assert_eq!(all, open.keys().copied().collect::<Vec<_>>());
            for tab in 0..3 {
                let over = open.values().filter(|own| **own == Some(tab)).count();
                prop_assert_eq!(popups.over(tab).len(), over);
            }
        }
    }
}
