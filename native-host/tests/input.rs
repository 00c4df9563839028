//! What the command line is given: queries with words that begin with a dash.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by a panic")]

mod rig;

use rig::{Place, page};

const URL: &str = "https://example.org/a";
const AT: &str = "2026-11-22T18:24:05.123Z";

#[test]
fn a_query_may_exclude_words_as_the_readme_shows() {
    let place = Place::new();
    place.add(URL, &page("Broken links", "A link leads nowhere."), AT);
    place.add("https://example.org/b", &page("Link rot", "A link leads nowhere, says rot."), AT);
    for args in [
        &["search", "link", "-rot"][..],
        &["search", "-rot", "link"],
        &["search", "link", "-rot", "--limit", "5"],
        &["search", "link", "-rot", "--json"],
        &["search", "link", "--", "-rot"],
        &["search", "link -rot"],
        &["search", "link", "-title:rot", "-\"says rot\""],
    ] {
        let ran = place.run(args);
        assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
        assert!(ran.out.contains("Broken links") && !ran.out.contains("Link rot"), "{args:?}: {}", ran.out);
    }
    assert!(place.run(&["search", "link", "-h"]).out.contains("Usage: cachette search"));
    for args in
        [&["search", "link", "-rot", "--jsno"][..], &["search", "link", "--rot"], &["search", "-rot", "--limit"]]
    {
        let ran = place.run(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        let told: Vec<_> = ran.err.lines().filter(|line| line.starts_with("error: ")).collect();
        assert_eq!(told.len(), 1, "{args:?}: {}", ran.err);
    }
    let dry = place.run(&["reconvert", "--dry-run", "-rot"]);
    assert_eq!(dry.code, 0, "{}", dry.err);
}
