//! Tests the elements of the settings page, and what it says about the program.

use cachette_protocol::{Code, Notice, Params};

use super::*;

const HOME: &str = "/home/me/.local/share/cachette";

fn report(pages: u64, versions: u64, notices: Vec<Notice>) -> StatusReport {
    StatusReport { home: HOME.into(), pages, versions, writable: notices.is_empty(), notices, troubles: Vec::new() }
}

#[test]
fn the_page_has_every_element_that_the_code_looks_up() {
    assert_eq!(kit::misfits(include_str!("../../../static/settings.html"), Elements::IDS), [""; 0]);
}

#[test]
fn the_report_counts_pages_and_versions_each_in_its_own_plural() {
    for (pages, versions, expected) in [
        (0, 0, "0 pages in 0 versions, in /home/me/.local/share/cachette."),
        (1, 1, "1 page in 1 version, in /home/me/.local/share/cachette."),
        (1, 2, "1 page in 2 versions, in /home/me/.local/share/cachette."),
        (1200, 131_000, "1,200 pages in 131,000 versions, in /home/me/.local/share/cachette."),
    ] {
        assert_eq!(words_of(&report(pages, versions, Vec::new())), expected);
    }
}

#[test]
fn every_problem_follows_the_report_as_a_sentence_of_its_own() {
    let params = Params { path: Some(HOME.into()), ..Params::default() };
    let notices = vec![
        Notice { code: Code::ReadOnly, params, message: "No.".into() },
        Notice::new(Code::Other, "A newer program says this."),
    ];
    assert_eq!(
        words_of(&report(1, 1, notices)),
        "1 page in 1 version, in /home/me/.local/share/cachette. The folder of saved pages cannot be written to. \
         Check its permissions, then try again. A newer program says this."
    );
}

#[test]
fn problems_of_a_program_that_knows_no_codes_are_shown_too() {
    let troubles = vec!["The disk is on fire.".to_owned()];
    let old = StatusReport { troubles, ..report(2, 2, Vec::new()) };
    assert!(words_of(&old).ends_with("cachette. The disk is on fire."), "{}", words_of(&old));
}

#[test]
fn a_folder_s_name_is_never_read_as_a_gap() {
    let odd = StatusReport { home: "/home/$1/$2 <b>".into(), ..report(1, 1, Vec::new()) };
    assert_eq!(words_of(&odd), "1 page in 1 version, in /home/$1/$2 <b>.");
}

#[test]
fn only_captures_that_wait_are_counted() {
    assert_eq!(kept_words(0), None);
    assert_eq!(kept_words(1).as_deref(), Some("1 page waits in the browser to be saved."));
    assert_eq!(kept_words(60).as_deref(), Some("60 pages wait in the browser to be saved."));
}

#[test]
fn no_button_of_the_page_submits_a_form() {
    let html = include_str!("../../../static/settings.html");
    for tag in html.split('<').filter(|tag| tag.starts_with("button")) {
        assert!(tag.contains("type=\"button\""), "{tag}");
    }
}
