//! Tests which dates of a page count as its publication and its last change.

use super::*;
use crate::metadata::tests::{data, page, read, read_at, source};

/// Returns the published date with its source, and the modified date, of a page.
fn found(head: &str, body: &str) -> (String, String, String) {
    let metadata = read(&page(head, body));
    let from = source(&metadata, "published").to_owned();
    (metadata.published.unwrap_or_default(), from, metadata.modified.unwrap_or_default())
}

fn dated(date: &str, source: &'static str) -> Dated {
    Some((source, date.to_owned()))
}

#[test]
fn a_day_is_read_from_the_path_of_an_address_only() {
    for (address, day) in [
        ("https://example.org/2026/11/22/moss", Some("2026-11-22")),
        ("https://example.org/2026/11/22", Some("2026-11-22")),
        ("https://example.org/2026-11-22-moss", Some("2026-11-22")),
        ("https://example.org/blog/2026_11_22/moss", Some("2026-11-22")),
        ("https://example.org/2026/nov/22/moss", Some("2026-11-22")),
        ("https://example.org/2026/1/2/moss", Some("2026-01-02")),
        ("https://example.org/20261122/moss", Some("2026-11-22")),
        ("https://example.org/moss-20261122.html", Some("2026-11-22")),
        ("https://example.org/2026/11/123/2026/10/05/", Some("2026-10-05")),
        ("https://example.org/news/22-11-2026", Some("2026-11-22")),
        ("https://example.org/news/11-22-2026/", Some("2026-11-22")),
        ("https://example.org/news/10-11-2026", None),
        ("https://example.org/news/22-11-1926", None),
        ("https://example.org/news/22-11-2026-moss", None),
        ("https://example.org/2026/13/22/moss", None),
        ("https://example.org/2026/11/31/moss", None),
        ("https://example.org/22/11/2026/moss", None),
        ("https://example.org/2026/11/moss", None),
        ("https://example.org/1994/11/22/moss", None),
        ("https://example.org/20269922/moss", None),
        ("https://example.org/120261122/moss", None),
        ("https://example.org/moss?day=2026/11/22", None),
        ("https://example.org/moss#2026/11/22", None),
        ("https://2026.11.22.example.org/", None),
        ("https://example.org", None),
        ("", None),
    ] {
        assert_eq!(in_address(address).as_deref(), day, "{address}");
    }
    assert_eq!(in_address(&format!("https://example.org/2026/11/22/{}", "m".repeat(600))), None);
}

#[test]
fn a_time_in_utc_becomes_the_neighbouring_day_that_readers_see() {
    for (exact, shown, expected) in [
        ("2026-05-03T22:30:00Z", "2026-05-04", "2026-05-04"),
        ("2026-05-03T22:30:00+00:00", "2026-05-04", "2026-05-04"),
        ("2026-05-03T11:00:00Z", "2026-05-04", "2026-05-04"),
        ("2026-05-03T10:59:00Z", "2026-05-04", "2026-05-03T10:59:00Z"),
        ("2026-05-03T11:59:00Z", "2026-05-02", "2026-05-02"),
        ("2026-05-03T12:00:00Z", "2026-05-02", "2026-05-03T12:00:00Z"),
        ("2026-05-03T22:30:00+02:00", "2026-05-04", "2026-05-03T22:30:00+02:00"),
        ("2026-05-03T22:30:00Z", "2026-05-05", "2026-05-03T22:30:00Z"),
        ("2026-05-03T22:30:00Z", "2026-05-03", "2026-05-03T22:30:00Z"),
        ("2026-12-31T23:00:00Z", "2027-01-01", "2027-01-01"),
        ("2026-05-03", "2026-05-04", "2026-05-03"),
    ] {
        let found = as_shown(("json-ld", exact.to_owned()), [&None, &dated(shown, "time")]);
        assert_eq!(found.1, expected, "{exact} {shown}");
        assert_eq!(found.0, if found.1 == exact { "json-ld" } else { "time" });
    }
    let address = dated("2026-05-03", "address");
    let same = as_shown(("og", "2026-05-03T22:30:00Z".to_owned()), [&address, &dated("2026-05-04", "time")]);
    assert_eq!(same.1, "2026-05-03T22:30:00Z", "the address confirms the day");
}

#[test]
fn the_data_are_outvoted_only_by_a_day_that_the_page_repeats() {
    let (first, seen) = (dated("2026-05-01", "json-ld"), dated("2026-05-04", "time"));
    let agreeing = dated("2026-05-04T08:00:00Z", "address");
    for (in_data, in_meta, shown, others, wins) in [
        (&first, &None, &seen, [None, None, agreeing.clone()], true),
        (&first, &None, &seen, [None, None, None], false),
        (&first, &None, &first, [None, None, first.clone()], false),
        (&None, &first, &seen, [first.clone(), None, None], true),
        (&None, &first, &seen, [first.clone(), None, first.clone()], false),
        (&None, &first, &dated("2026-05-04", "text"), [first.clone(), None, None], false),
        (&None, &first, &dated("2026-05-04", "text"), [first.clone(), None, agreeing.clone()], true),
        (&None, &None, &seen, [None, None, agreeing.clone()], false),
        (&first, &None, &None, [None, None, agreeing.clone()], false),
    ] {
        let found = outvoted(in_data, in_meta, shown, &others, in_data.is_some());
        assert_eq!(found.is_some(), wins, "{in_data:?} {in_meta:?} {shown:?} {others:?}");
        assert!(found.is_none() || found == *shown);
    }
}

#[test]
fn the_day_beside_the_title_and_in_the_address_outweighs_a_template_s_time() {
    let head = data(r#"{"@type":"Article","datePublished":"2026-01-01"}"#);
    let body = "<h1>T</h1><time datetime=2026-05-04>4 May</time>";
    let metadata = read_at(&page(&head, body), "https://example.org/2026/05/04/moss");
    assert_eq!((metadata.published.as_deref(), source(&metadata, "published")), (Some("2026-05-04"), "time"));
    let elsewhere = read_at(&page(&head, body), "https://example.org/moss");
    assert_eq!(elsewhere.published.as_deref(), Some("2026-01-01"));
}

#[test]
fn only_american_english_has_the_month_first() {
    for (lang, expected) in [
        (None, Order::Unknown),
        (Some("en"), Order::MonthFirst),
        (Some("EN-us"), Order::MonthFirst),
        (Some("en-GB"), Order::DayFirst),
        (Some("de"), Order::DayFirst),
        (Some("es-US"), Order::DayFirst),
    ] {
        assert_eq!(order(lang), expected, "{lang:?}");
    }
    assert_eq!(of_post("5/3/2024", Some("en")).as_deref(), Some("2024-05-03"));
    assert_eq!(of_post("5/3/2024", Some("fr")).as_deref(), Some("2024-03-05"));
    assert_eq!(of_post("5/3/2024", None), None);
}

#[test]
fn an_element_near_the_title_is_preferred_to_any_other() {
    let far = "<p>x</p>".repeat(80);
    for (body, expected) in [
        ("<time datetime=2026-01-01>x</time><h1>T</h1><time datetime=2026-05-04>x</time>", "2026-01-01"),
        ("<aside><time datetime=2026-01-01>x</time></aside><h1>T</h1><time datetime=2026-05-04>x</time>", "2026-05-04"),
        ("<h1>T</h1><p class=date>1 January 2026</p><time datetime=2026-05-04>x</time>", "2026-05-04"),
        (
            "<h1>T</h1><time datetime=2026-01-01>x</time><time class=published datetime=2026-05-04>x</time>",
            "2026-05-04",
        ),
        ("<h1>T</h1><p class=date>1 January 2026</p><p class=date>Published 4 May 2026</p>", "2026-05-04"),
        ("<h1>T</h1><p class=date>4 May 2026</p>{far}<time datetime=2026-01-01>x</time>", "2026-05-04"),
        (
            "<h1>T</h1><div class=comments><time datetime=2026-01-01>x</time></div><p class=date>4 May 2026</p>",
            "2026-05-04",
        ),
        ("<h1>T</h1><time datetime=1815-12-10>x</time><time datetime=2026-05-04>x</time>", "1815-12-10"),
        ("<h1>T</h1><p class=date>10 December 1815</p><p class=date>4 May 2026</p>", "2026-05-04"),
        ("<h1>T</h1><p class=date>© 1 January 2026</p><p class=date>4 May 2026</p>", "2026-05-04"),
        ("<h1>T</h1><abbr title=2026-05-04T08:00>May</abbr>", "2026-05-04"),
        ("<h1>T</h1><p class=date data-datetime=2026-05-04>yesterday</p>", "2026-05-04"),
    ] {
        let body = body.replace("{far}", &far);
        assert_eq!(found("", &body).0, expected, "{body}");
    }
}

#[test]
fn a_line_says_by_its_words_which_date_it_gives() {
    for (line, published, modified) in [
        ("Published 4 May 2026", "2026-05-04", ""),
        ("Posted on May 4, 2026 by Ada", "2026-05-04", ""),
        ("Publicado el 4 de mayo de 2026", "2026-05-04", ""),
        ("发布于 2026年5月4日", "2026-05-04", ""),
        ("Last updated: 4 May 2026", "", "2026-05-04"),
        ("Mis à jour le 4 mai 2026", "", "2026-05-04"),
        ("最后更新：2026年5月4日", "", "2026-05-04"),
        ("Обновлено 4 мая 2026", "", "2026-05-04"),
        ("4 May 2026", "2026-05-04", ""),
        ("Copyright 4 May 2026", "", ""),
        ("On the wall grew moss, as everybody had seen by 4 May 2026 and by no other day in that year.", "", ""),
    ] {
        let (date, _, change) = found("", &format!("<h1>T</h1><p>{line}</p>"));
        assert_eq!((date.as_str(), change.as_str()), (published, modified), "{line}");
    }
    let both = found("", "<h1>T</h1><p>Published 4 May 2026</p><p>Updated 1 June 2026</p>");
    assert_eq!((both.0.as_str(), both.2.as_str()), ("2026-05-04", "2026-06-01"));
    let labelled = found("", "<h1>T</h1><dl><dt>Published<dd>4 May 2026<dt>Updated<dd>1 June 2026</dl>");
    assert_eq!((labelled.0.as_str(), labelled.2.as_str()), ("2026-05-04", "2026-06-01"));
}

#[test]
fn the_words_before_a_date_end_at_its_year() {
    for (text, before) in [
        ("Updated 3 May 2026, published 1 May", "Updated 3 May "),
        ("Updated 2026-05-03", "Updated "),
        ("Updated", "Updated"),
        ("Version 12345", "Version 12345"),
        ("نشر ٣ مايو", "نشر "),
        ("", ""),
    ] {
        assert_eq!(before_date(text), before, "{text}");
    }
}

#[test]
fn keys_that_say_which_date_they_mean_come_before_those_that_do_not() {
    for (head, published, from, modified) in [
        ("<meta name=date content=2026-01-01><meta name=pubdate content=2026-05-04>", "2026-05-04", "meta", ""),
        ("<meta name=date content=2026-05-04>", "2026-05-04", "meta", ""),
        ("<meta name=dc.date content=2026-05-04><meta name=date content=2026-01-01>", "2026-05-04", "dc", ""),
        ("<meta property=og:updated_time content=2026-05-04>", "", "", "2026-05-04"),
        ("<meta name=last-modified content='Mon, 04 May 2026 08:00:00 GMT'>", "", "", "2026-05-04T08:00:00Z"),
        ("<meta name=pubdate content=soon><meta name=pubdate content=20260504>", "2026-05-04", "meta", ""),
        ("<title>Moss of 4 May 2026</title>", "2026-05-04", "text", ""),
        ("<meta name=description content='Seen on 4 May 2026.'>", "2026-05-04", "text", ""),
    ] {
        let (date, source, change) = found(head, "");
        assert_eq!((date.as_str(), source.as_str(), change.as_str()), (published, from, modified), "{head}");
    }
    let seen = "<h1>T</h1><time datetime=2026-05-04>x</time>";
    assert_eq!(found("<meta name=date content=2026-01-01>", seen).0, "2026-05-04", "an unclear key gives way to it");
}

#[test]
fn a_date_after_the_capture_is_another_page_s_or_a_mistake() {
    // The page was captured on 30 November; somewhere it was 1 December already.
    let date = |day: &str| found(&format!("<meta name=pubdate content={day}>"), "").0;
    assert_eq!(date("2026-12-01"), "2026-12-01");
    assert_eq!(date("2026-12-02"), "");
    assert_eq!(found("", "<h1>T</h1><p>4 May 2027</p><p>4 May 2026</p>").0, "2026-05-04");
    let ahead = read_at(&page("", "<p>x"), "https://example.org/2027/05/04/moss");
    assert_eq!(ahead.published, None);
}
