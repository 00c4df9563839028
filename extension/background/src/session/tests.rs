//! Tests the rules of the memory. They say what a popup shows, what is undone, and what a stopped
//! background leaves.

mod traces;

use super::*;

fn saved(save: &str, outcome: SaveOutcome) -> Saved {
    Saved {
        save: save.into(),
        outcome,
        hash_url: "ab".into(),
        url: "https://a.org/".into(),
        title: "A".into(),
        path: "/x".into(),
        captured_at: "2026-11-22T18:24:05.123Z".into(),
        notices: Vec::new(),
        warnings: Vec::new(),
        codes: Vec::new(),
    }
}

fn page(tab: i32, state: PageState, save: Option<&str>) -> Page {
    Page { tab, url: "https://a.org/".into(), at: 0, state, save: save.map(str::to_owned) }
}

fn session(state: PageState) -> Session {
    let mut session = Session::default();
    session.set_page(page(1, state, Some("s1")));
    session
}

#[test]
fn what_was_undone_is_left_alone_for_a_while() {
    let session = session(PageState::Undone);
    assert_eq!(session.opening(1, "https://a.org/", 1000), Opening::Show(PageState::Undone));
    assert_eq!(session.opening(1, "https://a.org/", LEFT_ALONE_MS + 1), Opening::Look);
    assert_eq!(session.opening(1, "https://a.org/other", 1000), Opening::Look);
    assert_eq!(session.opening(2, "https://a.org/", 1000), Opening::Look);
}

#[test]
fn a_kept_capture_is_sent_again_and_a_running_one_is_shown() {
    let kept = PageState::Failed(Failed { error: Error::HostMissing, kept: true });
    assert_eq!(session(kept.clone()).opening(1, "https://a.org/", 9), Opening::SendAgain(kept));
    let saving = PageState::Saving(Step::Filing);
    assert_eq!(session(saving.clone()).opening(1, "https://a.org/", 1 << 60), Opening::Show(saving));
    let lost = PageState::Failed(Failed { error: Error::PageGone, kept: false });
    assert_eq!(session(lost).opening(1, "https://a.org/", 9), Opening::Look);
}

#[test]
fn the_hosts_answer_decides_between_showing_saving_and_offering() {
    let copy = Copy::from(&saved("s", SaveOutcome::NewPage));
    assert_eq!(after_lookup(Some(copy.clone()), None, true), PageState::Known(copy, false));
    assert_eq!(after_lookup(None, None, true), PageState::Saving(Step::Reading));
    assert_eq!(after_lookup(None, None, false), PageState::Unsaved);
}

#[test]
fn the_newest_version_can_be_undone_where_it_was_filed() {
    let mine = PageState::from(&saved("s", SaveOutcome::NewVersion));
    let copy = Copy::from(&saved("s", SaveOutcome::NewVersion));
    let known = after_lookup(Some(copy.clone()), Some(&mine), true);
    assert_eq!(known, PageState::Known(copy.clone(), true));
    assert!(matches!(after_lookup(Some(copy.clone()), Some(&known), true), PageState::Known(_, true)));
    let newer = Copy { captured_at: "2027-01-01T00:00:00.000Z".into(), ..copy };
    assert!(matches!(after_lookup(Some(newer), Some(&mine), true), PageState::Known(_, false)));
}

#[test]
fn only_what_a_save_filed_can_be_undone() {
    for (outcome, can) in
        [(SaveOutcome::NewPage, true), (SaveOutcome::NewVersion, true), (SaveOutcome::Unchanged, false)]
    {
        assert_eq!(undoable(&(&saved("s", outcome)).into()).is_some(), can);
    }
    assert_eq!(undoable(&PageState::Undone), None);
}

#[test]
fn the_outcome_reaches_the_tab_or_the_link_that_asked() {
    let mut session = session(PageState::Saving(Step::Filing));
    let id = session.add_link(1, "https://b.org/", "B");
    session.link(id).unwrap().save = Some("s2".into());
    assert_eq!(session.settle("s2", Ok(&saved("s2", SaveOutcome::NewPage)), 5), (None, Some(id)));
    assert!(matches!(session.link(id).unwrap().state, LinkState::Saved(..)));
    assert_eq!(session.settle("s1", Err((&Error::HostCrashed, true)), 5), (Some(1), None));
    assert_eq!(session.settle("s3", Err((&Error::HostCrashed, true)), 5), (None, None));
}

#[test]
fn after_a_stop_nothing_is_said_to_be_under_way() {
    let mut session = session(PageState::Saving(Step::Filing));
    session.set_page(page(2, PageState::Saving(Step::Reading), None));
    let first = session.add_link(1, "https://b.org/", "");
    let second = session.add_link(1, "https://c.org/", " C ");
    session.link(first).unwrap().quiet_tab = Some(77);
    session.link(second).unwrap().save = Some("s9".into());
    let (again, tabs) = session.recover(&["s1".into(), "s9".into()]);
    assert_eq!((again, tabs), (vec![first], vec![77]));
    let kept = |kept| PageState::Failed(Failed { error: Error::Interrupted, kept });
    assert_eq!(session.tab(1).unwrap().state, kept(true));
    assert_eq!(session.tab(2).unwrap().state, kept(false));
    assert_eq!(session.link(second).unwrap().title, "C");
}

#[test]
fn memory_is_bounded() {
    let mut session = Session::default();
    for tab in 0..200 {
        session.set_page(page(tab, PageState::Undone, None));
        let id = session.add_link(tab, "https://b.org/", "");
        session.link(id).unwrap().state = LinkState::Failed(Failed { error: Error::Unreachable, kept: false });
    }
    assert_eq!((session.pages.len(), session.links.len()), (PAGES_MOST, LINKS_MOST));
    session.clear_links();
    assert!(session.links.is_empty());
}

#[test]
fn a_tab_has_one_entry_the_newest() {
    let mut session = session(PageState::Undone);
    session.set_page(Page { url: "https://b.org/".into(), ..page(1, PageState::Unsaved, None) });
    assert_eq!(session.pages.len(), 1);
    assert_eq!(session.page(1, "https://a.org/"), None, "the tab has moved on");
    assert_eq!(session.page(1, "https://b.org/").map(|page| &page.state), Some(&PageState::Unsaved));
    assert_eq!(session.tab(1).map(|page| page.url.as_str()), Some("https://b.org/"));
    assert_eq!(session.tab(2), None);
}

#[test]
fn a_tab_is_saving_while_any_step_of_it_is_under_way() {
    for (step, expected) in [
        (PageState::Saving(Step::Reading), true),
        (PageState::Saving(Step::Sending(1, 3)), true),
        (PageState::Saving(Step::Filing), true),
        (PageState::Looking, false),
        (PageState::Undone, false),
    ] {
        let session = session(step.clone());
        assert_eq!(session.is_saving(1, "https://a.org/"), expected, "{step:?}");
        assert!(!session.is_saving(2, "https://a.org/"));
        assert!(!session.is_saving(1, "https://a.org/next"), "the tab has moved on");
    }
}

#[test]
fn a_link_is_named_by_its_words_or_its_address() {
    let mut session = Session::default();
    for (words, title) in [("  A page ", "A page"), ("", "https://b.org/"), (" \n", "https://b.org/")] {
        let id = session.add_link(1, "https://b.org/", words);
        assert_eq!(session.link(id).unwrap().title, title);
    }
    let long = session.add_link(1, "https://b.org/", &"é".repeat(500));
    assert_eq!(session.link(long).unwrap().title.chars().count(), 200);
    assert_eq!(session.links[0].id, long, "the newest comes first");
    assert_eq!(session.link(99), None);
}

#[test]
fn links_under_way_are_never_forgotten_for_newer_ones() {
    let mut session = Session::default();
    for _ in 0..LINKS_MOST {
        session.add_link(1, "https://b.org/", "");
    }
    let first = session.links.last().unwrap().id;
    session.add_link(1, "https://c.org/", "");
    assert_eq!(session.links.len(), LINKS_MOST + 1, "all wait");
    session.link(first + 1).unwrap().state = LinkState::Failed(Failed { error: Error::Unreachable, kept: false });
    session.add_link(1, "https://d.org/", "");
    assert!(session.link(first).is_some() && session.link(first + 1).is_none(), "the one that is done goes");
}

#[test]
fn clearing_leaves_what_is_under_way_or_kept() {
    let mut session = Session::default();
    let failed = |kept| LinkState::Failed(Failed { error: Error::HostMissing, kept });
    let saved = LinkState::Saved(Copy::from(&saved("s", SaveOutcome::NewPage)), SaveOutcome::NewPage);
    for state in [LinkState::Waiting, LinkState::Fetching, failed(true), failed(false), saved] {
        let id = session.add_link(1, "https://b.org/", "");
        session.link(id).unwrap().state = state;
    }
    session.clear_links();
    let left: Vec<&LinkState> = session.links.iter().map(|link| &link.state).collect();
    assert_eq!(left, [&failed(true), &LinkState::Fetching, &LinkState::Waiting]);
}

#[test]
fn a_saved_page_shows_its_copy_and_when_it_changed() {
    let mut session = session(PageState::Saving(Step::Filing));
    let (tab, link) = session.settle("s1", Ok(&saved("s1", SaveOutcome::NewPage)), 77);
    assert_eq!((tab, link), (Some(1), None));
    let page = session.tab(1).unwrap();
    assert_eq!(page.at, 77);
    assert!(matches!(&page.state, PageState::Saved(done) if done.copy.hash_url == "ab"), "{:?}", page.state);
}

#[test]
fn a_page_that_was_looked_for_is_looked_for_again_after_a_stop() {
    let mut session = session(PageState::Looking);
    let kept = PageState::Failed(Failed { error: Error::HostMissing, kept: true });
    session.set_page(page(2, kept, Some("gone")));
    session.recover(&[]);
    assert_eq!(session.tab(1).unwrap().state, PageState::Unsaved);
    let state = &session.tab(2).unwrap().state;
    assert!(matches!(state, PageState::Failed(Failed { kept: false, .. })), "nothing waits any more: {state:?}");
}

#[test]
fn the_memory_comes_back_as_it_was_written() {
    let mut session = session(PageState::Saving(Step::Sending(2, 5)));
    session.add_link(3, "https://b.org/", "B");
    let text = cachette_webext::json::write(&session);
    assert_eq!(serde_json::from_str::<Session>(&text).unwrap(), session);
}
