//! Tests what the card says and offers in every state, and which news cover others.

use cachette_protocol::{Code, Failure};
use cachette_webext::error::Unreadable;
use proptest::prelude::*;

use super::*;

const TIME: &str = "2026-11-22T18:24:05.123Z";

fn copy() -> Copy {
    Copy { hash_url: "ab".into(), title: "Bread".into(), captured_at: TIME.into(), seen_at: None, versions: 1 }
}

fn done(outcome: SaveOutcome, notices: Vec<Notice>) -> PageState {
    PageState::Saved(Done { copy: copy(), outcome, notices })
}

fn lost(error: Error) -> PageState {
    PageState::Failed(Failed { error, kept: false })
}

fn waiting(error: Error) -> PageState {
    PageState::Failed(Failed { error, kept: true })
}

fn full() -> Notice {
    Notice::new(Code::DiskFull, "Full.")
}

/// Returns what a card knows after this news.
fn shown(news: impl FnOnce(&mut Shown)) -> Shown {
    let mut shown = Shown::default();
    news(&mut shown);
    shown
}

fn of(state: PageState) -> Face {
    shown(|card| _ = card.page(state)).face()
}

#[test]
fn every_state_is_said_in_words() {
    for (state, look, status) in [
        (PageState::Looking, "quiet", "Looking it up…"),
        (PageState::Unsaved, "quiet", "Not saved"),
        (PageState::Known(copy(), false), "good", "Saved on 2026-11-22T18:24:05.123Z"),
        (PageState::Saving(Step::Reading), "busy", "Reading the page…"),
        (PageState::Saving(Step::Sending(1, 4)), "busy", "Saving… 25%"),
        (PageState::Saving(Step::Filing), "busy", "Saving…"),
        (done(SaveOutcome::NewPage, vec![]), "good", "Saved"),
        (done(SaveOutcome::NewVersion, vec![]), "good", "Saved as a new version"),
        (done(SaveOutcome::Unchanged, vec![]), "good", "Unchanged since it was last saved"),
        (PageState::Undone, "quiet", "Moved to the trash"),
        (lost(Error::PageGone), "bad", "The page was closed or changed before it was read."),
        (lost(Error::Unreadable(Unreadable::Private)), "bad", "Pages in private windows are never saved."),
    ] {
        let face = of(state.clone());
        assert_eq!((face.look, face.status.as_str()), (look, status), "{state:?}");
    }
}

#[test]
fn the_card_offers_what_can_be_done_and_nothing_else() {
    let known = |undo| PageState::Known(copy(), undo);
    // The save button's words, then: open the copy, undo, try again.
    for (state, save, open, undo, retry) in [
        (PageState::Looking, None, false, false, false),
        (PageState::Unsaved, Some(Text::SAVE_PAGE), false, false, false),
        (known(false), Some(Text::SAVE_VERSION), true, false, false),
        (known(true), Some(Text::SAVE_VERSION), true, true, false),
        (PageState::Saving(Step::Filing), None, false, false, false),
        (done(SaveOutcome::NewPage, vec![]), None, true, true, false),
        (done(SaveOutcome::NewVersion, vec![]), None, true, true, false),
        (done(SaveOutcome::Unchanged, vec![]), None, true, false, false),
        (PageState::Undone, Some(Text::SAVE_AGAIN), false, false, false),
        (lost(Error::PageGone), None, false, false, true),
        (waiting(Error::HostMissing), None, false, false, true),
        // A page that cannot be read now cannot be read a second later either.
        (lost(Error::Unreadable(Unreadable::Pdf)), None, false, false, false),
    ] {
        let face = of(state.clone());
        assert_eq!((face.save, face.open, face.undo, face.retry), (save, open, undo, retry), "{state:?}");
    }
}

#[test]
fn a_bar_shows_a_share_only_of_a_page_in_several_pieces() {
    for (step, expected) in [
        (Step::Reading, (0, false)),
        (Step::Sending(0, 1), (0, false)),
        (Step::Sending(1, 1), (100, false)),
        (Step::Sending(0, 2), (0, true)),
        (Step::Sending(1, 3), (33, true)),
        (Step::Sending(3, 3), (100, true)),
        (Step::Sending(0, 0), (0, false)),
        (Step::Sending(u32::MAX, u32::MAX), (100, true)),
        (Step::Filing, (100, false)),
    ] {
        assert_eq!(of(PageState::Saving(step)).progress, Some(expected), "{step:?}");
    }
    assert_eq!(of(PageState::Unsaved).progress, None);
}

#[test]
fn a_known_page_shows_its_history_as_far_as_it_has_one() {
    let known = |versions, seen_at: Option<&str>| {
        of(PageState::Known(Copy { versions, seen_at: seen_at.map(str::to_owned), ..copy() }, false)).detail
    };
    assert_eq!(known(1, None), [""; 0]);
    assert_eq!(known(0, None), [""; 0], "nobody counted");
    assert_eq!(known(2, None), ["2 versions"]);
    assert_eq!(known(1, Some(TIME)), ["unchanged on 2026-11-22T18:24:05.123Z"]);
    assert_eq!(known(1200, Some(TIME)), ["1,200 versions", "unchanged on 2026-11-22T18:24:05.123Z"]);
}

#[test]
fn what_a_saved_copy_lacks_is_listed_in_the_host_s_order() {
    let newer = Notice::new(Code::Other, "A sentence of a newer program.");
    let face = of(done(SaveOutcome::NewPage, vec![Notice::new(Code::FramesMissing, "x"), newer]));
    let frames = "The page shows other pages in frames; they are not part of this copy.";
    assert_eq!(face.detail, [frames, "A sentence of a newer program."]);
    assert_eq!((face.look, face.title.as_str()), ("good", "Bread"));
}

#[test]
fn a_failure_of_the_program_comes_with_the_command_that_helps() {
    for (error, command) in [
        (Error::HostMissing, Some("cachette install")),
        (Error::HostCrashed, Some("cachette doctor")),
        (Error::HostTooOld, None),
        (Error::Refused(Failure::new(Code::DiskFull, "Full.")), None),
    ] {
        assert_eq!(of(lost(error.clone())).command, command, "{error:?}");
    }
}

#[test]
fn a_capture_that_waits_is_said_not_to_be_lost() {
    let kept = "Nothing is lost: the page waits in the browser until it can be saved.";
    assert_eq!(of(waiting(Error::HostMissing)).detail, [kept]);
    assert_eq!(of(lost(Error::HostMissing)).detail, [""; 0]);
}

#[test]
fn an_error_of_the_search_covers_the_page_as_long_as_it_lasts() {
    let mut card = shown(|card| _ = card.page(done(SaveOutcome::NewPage, vec![])));
    assert!(card.search(Some(Error::HostMissing)));
    let face = card.face();
    assert_eq!((face.look, face.command), ("bad", Some("cachette install")));
    assert!(!face.retry && !face.open && face.save.is_none(), "no button of the page: {face:?}");
    assert!(!card.search(Some(Error::HostMissing)), "the same error is not drawn twice");
    assert!(card.search(None));
    assert_eq!(card.face().status, "Saved");
}

#[test]
fn a_reason_against_saving_comes_first_and_hides_nothing() {
    let mut card = shown(|card| _ = card.page(PageState::Known(Copy { versions: 3, ..copy() }, true)));
    assert!(card.notices(vec![full(), Notice::new(Code::ReadOnly, "x")]));
    let face = card.face();
    let warning = "Nothing can be saved now: The disk is full. Make room, then try again. This command shows more:";
    assert_eq!((face.look, face.status.as_str(), face.title.as_str()), ("bad", warning, ""));
    assert_eq!(face.detail, ["Bread", "Saved on 2026-11-22T18:24:05.123Z", "3 versions"]);
    assert_eq!(face.command, Some("cachette doctor"));
    assert!(face.open && face.undo && face.save == Some(Text::SAVE_VERSION), "the buttons stay: {face:?}");
}

#[test]
fn a_state_that_says_itself_whether_saving_works_is_not_covered_by_reasons() {
    for state in [PageState::Looking, PageState::Saving(Step::Reading), lost(Error::PageGone)] {
        let card = shown(|card| {
            card.notices(vec![full()]);
            card.page(state.clone());
        });
        assert_eq!(card.face(), of(state.clone()), "{state:?}");
    }
}

#[test]
fn reasons_are_said_before_anything_is_known_of_the_page() {
    let card = shown(|card| _ = card.notices(vec![full()]));
    assert!(card.face().status.starts_with("Nothing can be saved now: "));
    assert_eq!(card.face().detail, [""; 0]);
    assert_eq!(Shown::default().face(), Face::default());
}

#[test]
fn a_page_that_was_saved_refutes_the_reasons() {
    let mut card = shown(|card| {
        card.notices(vec![full()]);
        card.page(done(SaveOutcome::NewPage, vec![]));
        card.page(PageState::Unsaved);
    });
    assert_eq!(card.face().status, "Not saved");
    assert!(card.notices(vec![full()]), "until the host reports them again");
    assert!(!card.notices(vec![full()]));
}

#[test]
fn the_waiting_captures_are_counted_unless_the_card_speaks_of_them() {
    let words = |count, state: Option<PageState>| {
        let card = shown(|card| {
            card.kept(count);
            state.map(|state| card.page(state));
        });
        card.kept_words()
    };
    let said = |text: &str| Some(text.to_owned());
    assert_eq!(words(0, None), None);
    assert_eq!(words(1, None), said("1 page waits in the browser to be saved."));
    assert_eq!(words(60, Some(PageState::Unsaved)), said("60 pages wait in the browser to be saved."));
    assert_eq!(words(2, Some(lost(Error::PageGone))), said("2 pages wait in the browser to be saved."));
    assert_eq!(words(2, Some(waiting(Error::HostMissing))), None);
}

#[test]
fn the_button_opens_the_version_that_was_just_filed_and_else_the_newest() {
    let address = |state| shown(|card| _ = card.page(state)).copy_address();
    let newest = "extension://cachette/view.html?page=ab";
    assert_eq!(address(PageState::Known(copy(), false)).as_deref(), Some(newest));
    assert_eq!(address(done(SaveOutcome::NewPage, vec![])), Some(format!("{newest}&at={TIME}")));
    for state in [PageState::Unsaved, PageState::Undone, PageState::Looking, waiting(Error::HostMissing)] {
        assert_eq!(address(state), None);
    }
}

#[test]
fn hostile_titles_stay_plain_words() {
    for title in ["<script>alert(1)</script>", "$1 $2", "\u{202e}gnp.exe", "a\u{0}b", "", "  ", &"é".repeat(100_000)] {
        let state = PageState::Known(Copy { title: title.into(), ..copy() }, false);
        let face = of(state.clone());
        assert_eq!((face.title.as_str(), face.status.contains("$")), (title, false));
        let card = shown(|card| {
            card.page(state);
            card.notices(vec![full()]);
        });
        assert_eq!(card.face().detail.first().is_some_and(|first| first == title), !title.is_empty(), "{title:.20}");
    }
}

fn states() -> impl Strategy<Value = PageState> {
    let errors = prop_oneof![Just(Error::HostMissing), Just(Error::PageGone), Just(Error::QueueFull)];
    let failed = (errors, any::<bool>()).prop_map(|(error, kept)| PageState::Failed(Failed { error, kept }));
    prop_oneof![
        Just(PageState::Looking),
        Just(PageState::Unsaved),
        any::<bool>().prop_map(|undo| PageState::Known(copy(), undo)),
        (0u32..9, 0u32..9).prop_map(|(sent, of)| PageState::Saving(Step::Sending(sent, of))),
        Just(done(SaveOutcome::NewVersion, vec![])),
        Just(PageState::Undone),
        failed,
    ]
}

/// News for the card, in the order in which they happen to arrive.
#[derive(Debug, Clone)]
enum News {
    Page(PageState),
    Search(bool),
    Notices(bool),
    Kept(u32),
}

proptest! {
    #[test]
    fn whatever_the_order_of_news_the_card_always_says_something_and_never_too_much(
        news in prop::collection::vec(prop_oneof![
            states().prop_map(News::Page),
            any::<bool>().prop_map(News::Search),
            any::<bool>().prop_map(News::Notices),
            (0u32..3).prop_map(News::Kept),
        ], 1..30),
    ) {
        let (mut card, mut page) = (Shown::default(), None);
        for one in news {
            let before = (card.face(), card.kept_words());
            let is_new = match one {
                News::Page(state) => {
                    page = Some(state.clone());
                    card.page(state)
                }
                News::Search(fails) => card.search(fails.then_some(Error::HostSilent)),
                News::Notices(some) => card.notices(some.then(full).into_iter().collect()),
                News::Kept(count) => card.kept(count),
            };
            let face = card.face();
            prop_assert!(is_new || before == (face.clone(), card.kept_words()), "a change that is not drawn");
            let Some(page) = &page else { continue };
            prop_assert!(!face.status.is_empty());
            prop_assert!(!(face.progress.is_some() && (face.save.is_some() || face.retry || face.undo)));
            prop_assert!(!face.open || card.copy_address().is_some(), "a button that opens nothing");
            // A capture in the browser is never without words, unless an error covers all.
            if matches!(page, PageState::Failed(Failed { kept: true, .. })) && face.retry {
                prop_assert_eq!(face.detail.len(), 1);
            }
        }
    }
}
