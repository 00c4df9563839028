//! Tests the rigs in short: every kind of run under some of the faults. `cargo xtask torture` runs
//! them in full.
#![cfg(unix)]
#![allow(clippy::panic, reason = "a test fails by panicking")]

use std::path::PathBuf;

use cachette_tests::{
    home,
    torture::{Tally, crowd, errors, folding, kills, links, power_cuts},
};

/// The notes are shown with `--nocapture`; a violation fails the test.
#[allow(clippy::print_stderr, reason = "a rig that skips must say so")]
fn hold(tally: &Tally) {
    eprintln!("{tally}");
    assert!(tally.is_clean(), "{tally}");
}

fn binary() -> PathBuf {
    home::binary().unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn killed_at_any_system_call_nothing_acknowledged_is_lost() {
    hold(&kills(&binary(), 0, 140));
}

#[test]
fn whatever_call_is_refused_no_save_is_acknowledged_falsely() {
    hold(&errors(&binary(), 100, 112));
}

#[test]
fn a_power_cut_takes_nothing_that_was_acknowledged() {
    hold(&power_cuts(&binary(), 0, 40));
}

#[test]
fn many_hosts_at_once_lose_nothing_and_do_not_disturb_each_other() {
    hold(&crowd(&binary(), 0, 12, 8));
}

#[test]
fn links_that_appear_in_the_home_lead_nothing_out_of_it() {
    hold(&links(300));
}

#[test]
fn a_file_system_that_folds_case_keeps_everything() {
    hold(&folding(&binary(), 0));
}
