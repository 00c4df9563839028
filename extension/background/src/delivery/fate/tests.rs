//! Tests which captures stay, which are sent again at once, and when a round ends.

use cachette_protocol::{Call, Code, Failure, SaveCommit};

use super::*;

type Attempt = Option<Result<Saved, Unanswered>>;

fn refused(code: Code) -> Error {
    Error::Refused(Failure::new(code, "x"))
}

fn unanswered(error: Error, blamed: bool) -> Unanswered {
    Unanswered { error, blamed }
}

fn filed() -> Attempt {
    Some(Ok(SaveCommit::example().1))
}

fn lost(error: Error, blamed: bool) -> Attempt {
    Some(Err(unanswered(error, blamed)))
}

#[test]
fn a_capture_stays_as_long_as_sending_it_again_may_help() {
    assert!(!stays(&Ok(SaveCommit::example().1)), "it is filed");
    for (error, expected) in [
        (Error::HostMissing, true),
        (Error::HostCrashed, true),
        (Error::HostTooOld, true),
        (Error::Interrupted, true),
        (refused(Code::DiskFull), true),
        (refused(Code::Internal), true),
        (refused(Code::TooLarge), false),
        (refused(Code::UnsupportedAddress), false),
        (Error::QueueFull, false),
    ] {
        assert_eq!(stays(&Err(error.clone())), expected, "{error:?}");
    }
}

#[test]
fn a_capture_is_sent_again_at_once_where_the_connection_was_at_fault() {
    for (error, blamed, expected) in [
        (Error::HostCrashed, false, true),
        (Error::HostCrashed, true, true),
        (Error::HostGarbled, false, true),
        // Another page kept the program busy until the browser gave up; a new program may answer.
        (Error::HostSilent, false, true),
        // This very page did: the user would wait for two minutes more.
        (Error::HostSilent, true, false),
        (Error::HostMissing, false, false),
        (Error::Interrupted, false, false),
        (refused(Code::Internal), true, false),
        (refused(Code::DiskFull), false, false),
    ] {
        assert_eq!(is_sent_again(&unanswered(error.clone(), blamed)), expected, "{error:?} {blamed}");
    }
}

/// Returns how many of these attempts a round makes.
fn made(attempts: &[Attempt]) -> usize {
    let mut round = Round::default();
    let goes_on = attempts.iter().take_while(|attempt| round.goes_on(attempt.as_ref())).count();
    attempts.len().min(goes_on + 1)
}

#[test]
fn a_round_goes_through_all_captures_of_a_host_that_works() {
    assert_eq!(made(&[filed(), filed(), None, filed()]), 4);
    assert_eq!(made(&[]), 0);
    assert_eq!(made(&[lost(refused(Code::TooLarge), false), lost(refused(Code::DiskFull), false), filed()]), 3);
}

#[test]
fn one_capture_that_breaks_the_host_holds_up_no_other() {
    let breaks = || lost(Error::HostCrashed, true);
    assert_eq!(made(&[breaks(), breaks(), breaks(), filed()]), 4);
    assert_eq!(made(&[lost(Error::HostSilent, true), filed()]), 2);
    assert_eq!(made(&[lost(refused(Code::Internal), true), filed()]), 2);
}

#[test]
fn a_host_that_breaks_every_time_ends_the_round() {
    let broken = || lost(Error::HostCrashed, false);
    assert_eq!(made(&[broken(), broken(), filed()]), 2);
    assert_eq!(made(&[broken(), filed(), broken(), filed()]), 4, "once may be chance");
    assert_eq!(made(&[broken(), None, broken(), filed()]), 4, "nothing was tried in between");
    assert_eq!(made(&[broken(), lost(Error::HostCrashed, true), broken(), filed()]), 4);
}

#[test]
fn a_host_that_is_not_there_is_not_asked_for_every_capture() {
    for error in [Error::HostMissing, Error::HostForbidden, Error::HostSilent, Error::HostTooOld, Error::Interrupted] {
        assert_eq!(made(&[filed(), lost(error.clone(), false), filed(), filed()]), 2, "{error:?}");
    }
}
