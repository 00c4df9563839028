//! Tests what an answer of `capture.js` becomes, and which pages are refused.

use super::*;

#[test]
fn what_a_capture_lacks_has_a_code_and_a_sentence() {
    let codes = [
        ("components", Code::ComponentsMissing),
        ("behind", Code::BackgroundsMissing),
        ("frames", Code::FramesMissing),
    ];
    for (name, code) in codes {
        let notice = notice(name).expect(name);
        assert_eq!(notice.code, code);
        assert!(notice.message.ends_with('.'), "{}", notice.message);
    }
    assert_eq!(notice("something else"), None);
}

#[test]
fn a_page_is_described_by_what_the_script_of_any_release_says() {
    let about: About = serde_json::from_str(r#"{"url":"https://a.org/","captured_at":"2026-11-22T18:24:05.123Z"}"#)
        .expect("the oldest form");
    assert_eq!((about.title.as_str(), about.content_type.as_str(), about.status), ("", "", 0));
    assert!(about.warnings.is_empty());
    let newer = r#"{"url":"u","title":"T","captured_at":"c","status":404,"warnings":["frames"],"more":1}"#;
    let about: About = serde_json::from_str(newer).expect("fields of later ones are ignored");
    assert_eq!((about.title.as_str(), about.status, about.warnings.len()), ("T", 404, 1));
    assert!(serde_json::from_str::<About>(r#"{"title":"T"}"#).is_err(), "without an address it is no page");
}

fn about(url: &str) -> About {
    About {
        url: url.into(),
        title: "Bread".into(),
        captured_at: "2026-11-22T18:24:05.123Z".into(),
        content_type: "text/html".into(),
        status: 200,
        warnings: Vec::new(),
    }
}

fn announced_page(about: About) -> Result<SaveBegin, Error> {
    announced(about, "save-00001".into(), SaveSource::Page, false)
}

#[test]
fn a_page_is_announced_as_the_script_describes_it() {
    let begin = announced_page(about("https://example.org/bread#crumb")).unwrap();
    assert_eq!((begin.save.as_str(), begin.url.as_str()), ("save-00001", "https://example.org/bread#crumb"));
    assert_eq!((begin.title.as_deref(), begin.captured_at.as_str()), (Some("Bread"), "2026-11-22T18:24:05.123Z"));
    assert_eq!((begin.source, begin.private, begin.content_type), (SaveSource::Page, false, None));
    assert_eq!((begin.notices.len(), begin.warnings.len()), (0, 0));
    let link = announced(about("https://example.org/"), "save-00002".into(), SaveSource::Link, true).unwrap();
    assert_eq!((link.source, link.private), (SaveSource::Link, true), "the host refuses it too");
}

#[test]
fn a_page_without_a_title_has_none() {
    let begin = announced_page(About { title: String::new(), ..about("https://example.org/") }).unwrap();
    assert_eq!(begin.title, None);
}

#[test]
fn a_tab_that_has_moved_on_to_a_page_that_may_not_be_read_is_refused() {
    for (url, reason) in [
        ("about:config", Unreadable::Browser),
        ("chrome-extension://abc/popup.html", Unreadable::Browser),
        ("view-source:https://example.org/", Unreadable::Source),
        ("https://chromewebstore.google.com/detail/x", Unreadable::Store),
        ("data:text/html,x", Unreadable::Browser),
    ] {
        assert_eq!(announced_page(about(url)).err(), Some(Error::Unreadable(reason)), "{url}");
    }
    let viewer = About { content_type: "application/pdf".into(), ..about("https://example.org/a") };
    assert_eq!(announced_page(viewer).err(), Some(Error::Unreadable(Unreadable::Pdf)));
}

#[test]
fn what_the_script_could_not_capture_is_noted_in_its_order_and_what_is_unknown_is_left_out() {
    let warnings = ["frames", "of a newer script", "", "components"].map(str::to_owned).to_vec();
    let begin = announced_page(About { warnings, ..about("https://example.org/") }).unwrap();
    let codes: Vec<Code> = begin.notices.iter().map(|notice| notice.code).collect();
    assert_eq!(codes, [Code::FramesMissing, Code::ComponentsMissing]);
}

#[test]
fn the_names_of_what_is_missing_are_those_that_the_script_writes() {
    let script = include_str!("../../../static/capture.js");
    for name in ["components", "behind", "frames"] {
        assert!(script.contains(&format!("'{name}'")), "capture.js does not name {name}");
    }
}
