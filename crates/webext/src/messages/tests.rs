//! Tests the messages between pages and background: their form, and what follows from states.

use super::*;
use cachette_protocol::Code;
use serde::de::DeserializeOwned;

use crate::{json::write, value::tests::parse_natively};

fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    parse_natively(text)
}

#[test]
fn messages_come_back_as_they_went() {
    let asks = [
        Command::Open(3),
        Command::Watch,
        Command::Retry(None),
        Command::Retry(Some(4)),
        Command::ClearLinks,
        Command::DropAside("s".into()),
    ];
    for ask in asks {
        assert_eq!(read(&write(&ask)), Some(ask));
    }
    let failed = PageState::Failed(Failed { error: Error::NotAPage("image/png".into()), kept: false });
    let saving = PageState::Saving(Step::Sending(1, 9));
    let notices = Update::Notices(vec![Notice::new(Code::DiskFull, "Full.")]);
    let aside = Aside { save: "s".into(), title: "T".into(), url: "u".into(), error: Error::HostSilent };
    let updates = [Update::Page(failed), Update::Page(saving), Update::Kept(2), notices, Update::Aside(vec![aside])];
    for update in updates {
        assert_eq!(read(&write(&update)), Some(update));
    }
    assert_eq!(read::<Command>(r#"{"erase_everything":{}}"#), None);
}

#[test]
fn only_pages_of_the_extension_are_listened_to() {
    let base = "chrome-extension://abc/";
    assert!(is_own_page("abc", "chrome-extension://abc/popup.html", "abc", base));
    assert!(!is_own_page("abc", "https://example.org/", "abc", base));
    assert!(!is_own_page("xyz", "chrome-extension://abc/popup.html", "abc", base));
    assert!(!is_own_page("", "", "", ""));
}

/// Returns every command with the text that travels. Pages and background are of one build, but a
/// page may be older than a background that was just updated.
fn commands() -> Vec<(Command, &'static str)> {
    vec![
        (Command::Open(3), r#"{"open":3}"#),
        (Command::Show(-1), r#"{"show":-1}"#),
        (Command::Watch, r#""watch""#),
        (Command::Save(i32::MAX), r#"{"save":2147483647}"#),
        (Command::Retry(None), r#"{"retry":null}"#),
        (Command::Retry(Some(4)), r#"{"retry":4}"#),
        (Command::Undo(5), r#"{"undo":5}"#),
        (Command::DropKept, r#""drop_kept""#),
        (Command::ClearLinks, r#""clear_links""#),
        (Command::RetryAside("m1".into()), r#"{"retry_aside":"m1"}"#),
        (Command::DropAside("m\"1".into()), r#"{"drop_aside":"m\"1"}"#),
    ]
}

fn copy() -> Copy {
    Copy {
        hash_url: "ab".into(),
        title: "Bread".into(),
        captured_at: "2026-11-22T18:24:05.123Z".into(),
        seen_at: None,
        versions: 2,
    }
}

fn failed(error: Error, kept: bool) -> Failed {
    Failed { error, kept }
}

/// Returns every state of a page.
fn page_states() -> Vec<PageState> {
    vec![
        PageState::Looking,
        PageState::Unsaved,
        PageState::Known(copy(), true),
        PageState::Saving(Step::Reading),
        PageState::Saving(Step::Sending(1, 9)),
        PageState::Saving(Step::Filing),
        PageState::Saved(Done { copy: copy(), outcome: SaveOutcome::NewVersion, notices: Vec::new() }),
        PageState::Undone,
        PageState::Failed(failed(Error::BadStatus(404), false)),
    ]
}

/// Returns every state of a link, whether it is done, and whether it is under way.
fn link_states() -> Vec<(LinkState, bool, bool)> {
    vec![
        (LinkState::Waiting, false, true),
        (LinkState::Fetching, false, true),
        (LinkState::Rendering, false, true),
        (LinkState::Saving, false, true),
        (LinkState::Saved(copy(), SaveOutcome::NewPage), true, false),
        (LinkState::Failed(failed(Error::Unreachable, false)), true, false),
        // It waits in the browser, so it is neither.
        (LinkState::Failed(failed(Error::HostMissing, true)), false, false),
    ]
}

#[test]
fn every_command_is_written_as_it_always_was() {
    for (command, text) in commands() {
        assert_eq!(write(&command), text);
        assert_eq!(read(text), Some(command));
    }
}

#[test]
fn a_text_that_is_no_command_does_nothing() {
    for text in [
        "",
        "null",
        "[]",
        "{}",
        "\"open\"",
        r#"{"open":"3"}"#,
        r#"{"open":1.5}"#,
        r#"{"open":2147483648}"#,
        r#"{"Open":3}"#,
        r#"{"retry_aside":null}"#,
        r#"{"drop_aside":["m1"]}"#,
        "{\"open\":3",
    ] {
        assert_eq!(read::<Command>(text), None, "{text}");
    }
}

#[test]
fn a_command_names_its_tab_so_that_its_page_hears_of_the_outcome() {
    for (command, _) in commands() {
        let named = match &command {
            Command::Open(tab) | Command::Show(tab) | Command::Save(tab) | Command::Undo(tab) => Some(*tab),
            Command::Retry(tab) => *tab,
            _ => None,
        };
        assert_eq!(command.tab(), named, "{command:?}");
    }
}

#[test]
fn every_state_comes_back_as_it_went() {
    for state in page_states() {
        let update = Update::Page(state);
        assert_eq!(read(&write(&update)), Some(update));
    }
    for (id, (state, ..)) in (1..).zip(link_states()) {
        let (url, title) = ("https://example.org/".into(), "\"<b>\u{202e}é🦀\0".into());
        let link = Link { id, tab: -1, url, title, state, save: Some("m1".into()), quiet_tab: Some(7) };
        let update = Update::Links(vec![link.clone(), Link { save: None, quiet_tab: None, ..link }]);
        assert_eq!(read(&write(&update)), Some(update));
    }
    for update in [Update::Links(Vec::new()), Update::Aside(Vec::new()), Update::Notices(Vec::new()), Update::Kept(0)] {
        assert_eq!(read(&write(&update)), Some(update));
    }
}

#[test]
fn a_record_that_lacks_a_field_or_mixes_them_up_is_none() {
    let text = write(&copy());
    assert_eq!(text, r#"["ab","Bread","2026-11-22T18:24:05.123Z",null,2]"#);
    assert_eq!(read::<Copy>(&text.replace(",2]", "]")), None);
    assert_eq!(read::<Copy>(&text.replace(",2]", ",2,3]")), Some(copy()), "a newer build may add fields at the end");
    assert_eq!(read::<Copy>(&text.replace("null,2", "2,null")), None, "the order is the meaning");
}

#[test]
fn a_link_is_done_or_under_way_or_waits_but_never_two_of_these() {
    for (state, done, busy) in link_states() {
        assert_eq!((state.is_done(), state.is_busy()), (done, busy), "{state:?}");
    }
}

#[test]
fn a_saved_page_is_summed_up_by_its_newest_version() {
    let version = |time: &str| cachette_protocol::KnownVersion { captured_at: time.into() };
    let page = |versions| SavedPage {
        hash_url: "ab".into(),
        url: "https://example.org/".into(),
        title: "Bread".into(),
        path: "/home/me/cachette/bread/index.md".into(),
        seen_at: Some("2026-11-24T00:00:00.000Z".into()),
        versions,
    };
    let newest = Copy::from(page(vec![version("2026-11-23T00:00:00.000Z"), version("2026-11-22T00:00:00.000Z")]));
    assert_eq!((newest.captured_at.as_str(), newest.versions), ("2026-11-23T00:00:00.000Z", 2));
    assert_eq!(newest.seen_at.as_deref(), Some("2026-11-24T00:00:00.000Z"));
    // The protocol forbids it, but another program may write it.
    let none = Copy::from(page(Vec::new()));
    assert_eq!((none.captured_at.as_str(), none.versions), ("", 0));
}

#[test]
fn a_save_that_was_just_filed_carries_the_host_s_notices_in_either_form() {
    let mut saved = <cachette_protocol::SaveCommit as cachette_protocol::Call>::example().1;
    let noticed = |saved: &Saved| match PageState::from(saved) {
        PageState::Saved(done) => (done.copy, done.outcome, done.notices),
        other => panic!("{other:?}"),
    };
    let (copy, outcome, notices) = noticed(&saved);
    assert_eq!(
        (copy.hash_url.as_str(), copy.captured_at.as_str()),
        (saved.hash_url.as_str(), saved.captured_at.as_str())
    );
    assert_eq!((copy.versions, copy.seen_at), (0, None), "nobody asked");
    assert_eq!((outcome, notices.len()), (SaveOutcome::NewVersion, 1));
    saved.notices.clear();
    assert_eq!(noticed(&saved).2, [Notice::new(Code::Other, saved.warnings[0].as_str())], "an older program");
}

#[test]
fn a_script_in_a_web_page_cannot_pass_for_a_page_of_the_extension() {
    let base = "chrome-extension://abc/";
    for (id, url) in [
        ("abc", ""),
        ("abc", "chrome-extension://abcd/popup.html"),
        ("abc", "chrome-extension://abc"),
        ("abc", "https://example.org/chrome-extension://abc/"),
        ("abc", " chrome-extension://abc/popup.html"),
        ("abc", "chrome-extension://ABC/popup.html"),
        ("ABC", "chrome-extension://abc/popup.html"),
        ("", "chrome-extension://abc/popup.html"),
    ] {
        assert!(!is_own_page(id, url, "abc", base), "{id} {url}");
    }
    assert!(!is_own_page("abc", "chrome-extension://abc/popup.html", "abc", ""), "without a base nobody is known");
    assert!(!is_own_page("", "chrome-extension://abc/popup.html", "", base), "without an id nobody is known");
}
