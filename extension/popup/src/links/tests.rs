//! Tests how the list names a link, and what its row says in each state.

use cachette_protocol::{Code, Failure};
use cachette_webext::{error::Error, messages::Copy};

use super::*;

const URL: &str = "https://www.example.org/recipes/bread?from=list#top";

fn copy() -> Copy {
    Copy {
        hash_url: "ab".into(),
        title: "Bread".into(),
        captured_at: "2026-11-22T18:24:05.123Z".into(),
        seen_at: None,
        versions: 0,
    }
}

fn link(title: &str, state: LinkState) -> Link {
    Link { id: 1, tab: 2, url: URL.into(), title: title.into(), state, save: None, quiet_tab: None }
}

fn failed(error: Error, kept: bool) -> LinkState {
    LinkState::Failed(Failed { error, kept })
}

#[test]
fn a_link_is_named_by_its_words_and_else_by_where_it_leads() {
    let saved = || LinkState::Saved(copy(), SaveOutcome::NewPage);
    for (title, state, expected) in [
        ("A recipe", LinkState::Waiting, "A recipe"),
        (URL, LinkState::Waiting, "example.org/recipes/bread"),
        ("", LinkState::Fetching, "example.org/recipes/bread"),
        (" \n", failed(Error::Unreachable, false), "example.org/recipes/bread"),
        ("Bread", saved(), "Bread"),
        (URL, saved(), URL),
        // The button that opens the copy would have no words.
        ("", saved(), "example.org/recipes/bread"),
        ("\u{a0}", saved(), "example.org/recipes/bread"),
    ] {
        assert_eq!(name(&link(title, state.clone())), expected, "{title:?} {state:?}");
    }
}

#[test]
fn every_state_has_a_mark_and_words() {
    for (state, look, mark, words) in [
        (LinkState::Waiting, "busy", "…", "Waiting"),
        (LinkState::Fetching, "busy", "…", "Fetching…"),
        (LinkState::Rendering, "busy", "…", "Rendering in a background tab…"),
        (LinkState::Saving, "busy", "…", "Saving…"),
        (LinkState::Saved(copy(), SaveOutcome::NewPage), "good", "✓", "Saved"),
        (LinkState::Saved(copy(), SaveOutcome::NewVersion), "good", "✓", "Saved as a new version"),
        (LinkState::Saved(copy(), SaveOutcome::Unchanged), "good", "✓", "Unchanged since it was last saved"),
        (failed(Error::BadStatus(404), false), "bad", "!", "The site answered with error 404; nothing was saved."),
        (
            failed(Error::NotAPage("image/png".into()), false),
            "bad",
            "!",
            "This is not a web page (image/png); only web pages can be saved.",
        ),
    ] {
        assert_eq!(face(&state), (look, mark, words.to_owned()), "{state:?}");
    }
}

#[test]
fn a_link_that_waits_in_the_browser_says_that_nothing_is_lost() {
    let full = || Error::Refused(Failure::new(Code::DiskFull, "Full."));
    let (_, _, lost) = face(&failed(full(), false));
    let (look, mark, kept) = face(&failed(full(), true));
    assert_eq!((look, mark), ("bad", "!"));
    assert_eq!(lost, "The disk is full. Make room, then try again.");
    assert_eq!(kept, format!("{lost} Nothing is lost: the page waits in the browser until it can be saved."));
}

#[test]
fn colour_is_never_the_only_difference_between_two_outcomes() {
    let states =
        [LinkState::Waiting, LinkState::Saved(copy(), SaveOutcome::NewPage), failed(Error::Unreachable, false)];
    let faces = states.each_ref().map(face);
    for (at, (look, mark, words)) in faces.iter().enumerate() {
        for (other_look, other_mark, other_words) in &faces[at + 1..] {
            assert!(look != other_look && mark != other_mark && words != other_words, "{words} and {other_words}");
        }
    }
}
