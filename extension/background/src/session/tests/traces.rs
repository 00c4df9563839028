//! Tests the memory over sequences of events: links in their turn, saves that go on while their
//! tab moves on, a background that is stopped anywhere.

use cachette_protocol::Failure;
use proptest::prelude::*;

use super::*;

const AT_ONCE: usize = 3;

fn failed(error: Error, kept: bool) -> Failed {
    Failed { error, kept }
}

fn states(session: &Session) -> Vec<LinkState> {
    session.links.iter().rev().map(|link| link.state.clone()).collect()
}

#[test]
fn links_begin_in_the_order_of_their_clicks_and_a_few_at_a_time() {
    let mut session = Session::default();
    let ids: Vec<u32> = (0..5).map(|_| session.add_link(1, "https://b.org/", "")).collect();
    assert_eq!(session.begin_links(AT_ONCE), ids[..3]);
    assert_eq!(session.begin_links(AT_ONCE), [0; 0], "all places are taken");
    session.link(ids[1]).unwrap().state = LinkState::Failed(failed(Error::Unreachable, false));
    assert_eq!(session.begin_links(AT_ONCE), [ids[3]]);
    session.link(ids[0]).unwrap().state = LinkState::Saving;
    assert_eq!(session.begin_links(AT_ONCE), [0; 0], "one that is being saved still has its place");
    let lost = LinkState::Failed(failed(Error::Unreachable, false));
    let fetching = LinkState::Fetching;
    assert_eq!(states(&session), [LinkState::Saving, lost, fetching.clone(), fetching, LinkState::Waiting]);
}

#[test]
fn more_links_under_way_than_places_begin_none() {
    let mut session = Session::default();
    for _ in 0..4 {
        session.add_link(1, "https://b.org/", "");
    }
    session.begin_links(4);
    session.add_link(1, "https://b.org/", "");
    assert_eq!(session.begin_links(AT_ONCE), [0; 0]);
    assert_eq!(session.begin_links(0), [0; 0]);
}

#[test]
fn a_capture_on_its_way_again_is_shown_wherever_it_came_from() {
    let mut session = session(PageState::Failed(failed(Error::HostMissing, true)));
    let id = session.add_link(7, "https://b.org/", "");
    *session.link(id).unwrap() = Link {
        save: Some("s2".into()),
        state: LinkState::Failed(failed(Error::HostMissing, true)),
        ..session.link(id).unwrap().clone()
    };
    assert_eq!(session.resume("s1"), (Some(1), None));
    assert_eq!(session.tab(1).unwrap().state, PageState::Saving(Step::Filing));
    assert_eq!(session.resume("s2"), (None, Some(7)));
    assert_eq!(session.link(id).unwrap().state, LinkState::Saving);
    assert_eq!(session.resume("s3"), (None, None), "its tab was closed long ago");
}

#[test]
fn a_page_that_a_tab_left_does_not_speak_for_the_next_one() {
    let mut session = Session::default();
    session.set_page(page(1, PageState::Saving(Step::Reading), None));
    assert!(session.is_at(1, "https://a.org/", "s1"), "its save has no name yet");
    session.set_page(page(1, PageState::Saving(Step::Reading), Some("s1")));
    assert!(session.is_at(1, "https://a.org/", "s1") && !session.is_at(1, "https://a.org/", "s2"));
    // The user follows a link, and the next page is saved meanwhile.
    let next = Page { url: "https://a.org/next".into(), ..page(1, PageState::Saving(Step::Reading), Some("s2")) };
    assert!(!session.is_saving(1, &next.url), "the next page may be saved");
    session.set_page(next.clone());
    assert!(!session.is_at(1, "https://a.org/", "s1"), "the first one's steps are not shown over it");
    assert_eq!(session.settle("s1", Ok(&saved("s1", SaveOutcome::NewPage)), 5), (None, None));
    assert_eq!(session.tab(1), Some(&next));
    assert_eq!(session.settle("s2", Ok(&saved("s2", SaveOutcome::NewPage)), 6), (Some(1), None));
    assert!(!session.is_at(2, "https://a.org/", "s1"), "another tab");
}

#[test]
fn a_page_is_captured_again_unless_it_waits_or_is_under_way() {
    for (state, expected) in [
        (PageState::Failed(failed(Error::HostMissing, true)), false),
        (PageState::Saving(Step::Filing), false),
        (PageState::Failed(failed(Error::PageGone, false)), true),
        (PageState::Unsaved, true),
        (PageState::Undone, true),
    ] {
        let session = session(state.clone());
        assert_eq!(session.is_lost(1, Some("https://a.org/")), expected, "{state:?}");
        assert_eq!(session.is_lost(1, None), expected, "{state:?} at a hidden address");
        assert!(session.is_lost(1, Some("https://a.org/next")), "the capture of the page before is not this page's");
        assert!(session.is_lost(2, Some("https://a.org/")) && session.is_lost(2, None), "nothing is known of it");
    }
}

#[test]
fn a_link_says_that_it_waits_only_as_long_as_its_capture_does() {
    let mut session = Session::default();
    for (save, kept) in [("gone", true), ("there", true), ("set aside", true), ("came back", false)] {
        let id = session.add_link(1, "https://b.org/", "");
        let link = session.link(id).unwrap();
        (link.save, link.state) = (Some(save.into()), LinkState::Failed(failed(Error::HostMissing, kept)));
    }
    session.recover(&["there".into(), "came back".into()]);
    let kept: Vec<bool> = states(&session).iter().map(|state| !state.is_done()).collect();
    assert_eq!(kept, [false, true, false, true]);
    session.clear_links();
    assert_eq!(session.links.len(), 2, "those that wait for nothing can be cleared");
}

#[test]
fn what_the_host_cannot_say_is_shown_saved_or_reported() {
    let copy = Copy::from(&saved("s", SaveOutcome::NewPage));
    let known = PageState::Known(copy, true);
    let done = PageState::from(&saved("s", SaveOutcome::NewPage));
    let full = || Error::Refused(Failure::new(Code::DiskFull, "Full."));
    let final_one = || Error::Refused(Failure::new(Code::UnsupportedAddress, "No."));
    for (error, before, save_unasked, expected) in [
        (Error::HostMissing, Some(known.clone()), true, Unknown::Show(known)),
        (Error::HostMissing, Some(done.clone()), false, Unknown::Show(done)),
        (Error::HostMissing, None, true, Unknown::Save),
        (Error::HostMissing, Some(PageState::Undone), true, Unknown::Save),
        (full(), None, true, Unknown::Save),
        (Error::HostMissing, None, false, Unknown::Fail(Error::HostMissing)),
        (final_one(), None, true, Unknown::Fail(final_one())),
    ] {
        let case = format!("{error:?} {before:?} {save_unasked}");
        assert_eq!(after_failed_lookup(error, before, save_unasked), expected, "{case}");
    }
}

#[test]
fn a_version_that_is_gone_already_counts_as_undone() {
    for (code, undone) in [
        (Code::NoSuchPage, true),
        (Code::NoSuchVersion, true),
        (Code::ReadOnly, false),
        (Code::Busy, false),
        (Code::NoSuchSave, false),
    ] {
        let refused = Error::Refused(Failure::new(code, "x"));
        let expected = if undone { PageState::Undone } else { PageState::Failed(failed(refused.clone(), false)) };
        assert_eq!(after_removal(Err(refused)), expected, "{code:?}");
    }
    assert_eq!(after_removal(Ok(())), PageState::Undone);
    let crashed = after_removal(Err(Error::HostCrashed));
    assert_eq!(crashed, PageState::Failed(failed(Error::HostCrashed, false)), "nothing of it is kept");
}

#[test]
fn hostile_words_of_a_link_are_kept_as_words() {
    let mut session = Session::default();
    for words in ["<script>alert(1)</script>", "\u{202e}gpj.exe", "a\0b", "٣ خبز", "🦀"] {
        let id = session.add_link(1, "javascript:alert(1)", words);
        assert_eq!(session.link(id).unwrap().title, words);
    }
    let id = session.add_link(1, &"https://a.org/".repeat(10_000), "");
    assert_eq!(session.link(id).unwrap().title.chars().count(), 200, "an address that serves as a name is cut");
    assert_eq!(session.link(id).unwrap().url.len(), 140_000, "the address itself is not");
}

fn link_state() -> impl Strategy<Value = LinkState> {
    prop_oneof![
        Just(LinkState::Waiting),
        Just(LinkState::Fetching),
        Just(LinkState::Rendering),
        Just(LinkState::Saving),
        any::<bool>().prop_map(|kept| LinkState::Failed(failed(Error::HostMissing, kept))),
        Just(LinkState::Saved(Copy::from(&saved("s", SaveOutcome::NewPage)), SaveOutcome::NewPage)),
    ]
}

fn page_state() -> impl Strategy<Value = PageState> {
    prop_oneof![
        Just(PageState::Looking),
        Just(PageState::Unsaved),
        Just(PageState::Undone),
        Just(PageState::Saving(Step::Sending(1, 2))),
        any::<bool>().prop_map(|kept| PageState::Failed(failed(Error::HostMissing, kept))),
        any::<bool>().prop_map(|undo| PageState::Known(Copy::from(&saved("s", SaveOutcome::NewPage)), undo)),
    ]
}

/// Draws the name of a save, or none; some of them wait in the browser.
fn save() -> impl Strategy<Value = Option<String>> {
    prop::option::of("[a-d]")
}

proptest! {
    #[test]
    fn after_a_stop_all_that_is_said_to_wait_waits_and_nothing_is_under_way(
        pages in prop::collection::vec((0i32..6, page_state(), save()), 0..8),
        links in prop::collection::vec((link_state(), save(), prop::option::of(0i32..9)), 0..12),
        kept in prop::collection::vec("[a-d]", 0..3),
    ) {
        let mut session = Session::default();
        for (tab, state, save) in pages {
            session.set_page(page(tab, state, save.as_deref()));
        }
        for (state, save, quiet_tab) in links {
            let id = session.add_link(1, "https://b.org/", "");
            let link = session.link(id).unwrap();
            (link.state, link.save, link.quiet_tab) = (state, save, quiet_tab);
        }
        let before = session.clone();
        let (again, tabs) = session.recover(&kept);
        for link in &session.links {
            let waits = link.save.as_ref().is_some_and(|save| kept.contains(save));
            prop_assert_eq!(link.quiet_tab, None);
            match &link.state {
                LinkState::Waiting => prop_assert!(again.contains(&link.id) && !waits),
                LinkState::Failed(failed) => prop_assert_eq!(failed.kept, waits),
                LinkState::Saved(..) => {}
                busy => prop_assert!(false, "{:?}", busy),
            }
        }
        for page in &session.pages {
            let waits = page.save.as_ref().is_some_and(|save| kept.contains(save));
            match &page.state {
                PageState::Saving(_) | PageState::Looking => prop_assert!(false, "{:?}", page.state),
                PageState::Failed(failed) => prop_assert_eq!(failed.kept, waits),
                _ => {}
            }
        }
        let quiet = before.links.iter().filter_map(|link| link.quiet_tab);
        prop_assert_eq!(tabs, quiet.collect::<Vec<_>>(), "every quiet tab is closed");
        prop_assert_eq!(session.links.len(), before.links.len(), "no link is forgotten");
        let once = session.clone();
        session.recover(&kept);
        prop_assert_eq!(session, once, "a second stop changes nothing");
    }

    #[test]
    fn in_any_sequence_of_clicks_and_ends_every_link_gets_its_turn(
        steps in prop::collection::vec(prop::option::of(0usize..4), 0..80),
    ) {
        let (mut session, mut clicked, mut begun) = (Session::default(), 0, Vec::new());
        for step in steps {
            match step {
                None => {
                    session.add_link(1, "https://b.org/", "");
                    clicked += 1;
                }
                Some(at) => {
                    let under_way = session.links.iter_mut().filter(|link| link.state == LinkState::Fetching);
                    if let Some(link) = under_way.collect::<Vec<_>>().into_iter().nth(at) {
                        link.state = LinkState::Failed(failed(Error::Unreachable, false));
                    }
                }
            }
            begun.extend(session.begin_links(AT_ONCE));
            let count = |wanted: &LinkState| session.links.iter().filter(|link| link.state == *wanted).count();
            prop_assert!(count(&LinkState::Fetching) <= AT_ONCE);
            prop_assert!(count(&LinkState::Waiting) == 0 || count(&LinkState::Fetching) == AT_ONCE, "no place is idle");
        }
        let expected: Vec<u32> = (1..=begun.len() as u32).collect();
        prop_assert_eq!(&begun, &expected, "each once, in the order of the clicks");
        let waiting = session.links.iter().filter(|link| link.state == LinkState::Waiting).count();
        prop_assert_eq!(begun.len() + waiting, clicked);
    }
}
