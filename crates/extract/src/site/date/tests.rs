//! Tests the dates of posts, as pages show them and as their markup has them. Other texts are not
//! dates.

use super::*;
use proptest::prelude::*;

fn date(html: &str) -> Option<String> {
    let document = cachette_dom::parse(html).document;
    let node = *document.select_single("body > *").nodes().first()?;
    of(&node)
}

#[test]
fn a_whole_date_is_taken_as_it_is_shown() {
    for shown in [
        "May 3, 2024, 8:45am",
        "11. Sep 2024, 18:36",
        "11-29-2024, 09:03 AM",
        "07/03/24 03:30 PM",
        "3.5.24",
        "2024年5月3日 08:45",
        "٣ مايو ٢٠٢٤",
        "३ मई २०२४",
        "3 мая 2024 г. в 8:45",
    ] {
        assert_eq!(date(&format!("<time datetime=2020-01-01>{shown}</time>")).as_deref(), Some(shown));
    }
}

#[test]
fn what_is_short_or_relative_is_replaced_by_what_the_markup_knows() {
    for (html, expected) in [
        ("<time datetime=2024-05-03T08:45:44Z>3 days ago</time>", "2024-05-03 08:45 UTC"),
        ("<time datetime='2024-05-03T08:45:44+02:00'>May ’24</time>", "2024-05-03 08:45+02:00"),
        ("<span title='May 3, 2024 8:45 am'>1y</span>", "May 3, 2024 8:45 am"),
        ("<span title='2024-05-03 08:45:44Z'>May 3 at 8:45</span>", "2024-05-03 08:45 UTC"),
        ("<span data-time=1714725944000>3日前</span>", "2024-05-03 08:45 UTC"),
        ("<a title=link><time datetime=2024-05-03>yesterday</time></a>", "2024-05-03"),
        ("<span>vor 3 Tagen</span>", "vor 3 Tagen"),
        ("<x-time date=2024-05-03T08:45:00Z></x-time>", "2024-05-03 08:45 UTC"),
        ("<span timestamp=1714725944>1y</span>", "2024-05-03 08:45 UTC"),
        ("<span data-tippy-content='Friday, May 3, 2024 8:45 AM'>1y</span>", "Friday, May 3, 2024 8:45 AM"),
        ("<time datetime=soon data-time=1714725944>1y</time>", "2024-05-03 08:45 UTC"),
        ("<time datetime=2024-05-03 title='May 9, 2024'>1y</time>", "2024-05-03"),
        ("<p><b>posted</b> <time title='May 9, 2024'>1y</time></p>", "May 9, 2024"),
    ] {
        assert_eq!(date(html).as_deref(), Some(expected), "{html}");
    }
}

#[test]
fn what_names_no_time_is_no_date() {
    let long = format!("<p>3 May 2024 {}</p>", "word ".repeat(400));
    for html in ["<span>reply</span>", "<span title=link></span>", "<time datetime=soon>soon</time>", "<p></p>", &long]
    {
        assert_eq!(date(html), None, "{html}");
    }
    let sentence = "3 May 2024, in the long afternoon after which nobody ever came back to the mill";
    assert_eq!(date(&format!("<p>{sentence}</p>")).as_deref(), Some(sentence), "for want of anything better");
}

#[test]
fn the_words_around_a_date_go() {
    for (shown, expected) in [
        ("by Ada » 3 May 2024", "3 May 2024"),
        ("« Reply #1 on: 3 May 2024 »", "3 May 2024"),
        ("3 May 2024 (edited: 4 May 2024)", "3 May 2024"),
        ("Posted on 3 May 2024", "3 May 2024"),
        ("POSTED 3 May 2024", "3 May 2024"),
        ("Publié le 3 mai 2024", "3 mai 2024"),
        ("发表于 2024-5-3 08:45", "2024-5-3 08:45"),
        ("投稿日時：2024年5月3日", "：2024年5月3日"),
        ("commented on 3 May 2024", "on 3 May 2024"),
        ("asked May 3, 2024 at 8:45", "May 3, 2024 at 8:45"),
        ("  — 3 May 2024 |", "3 May 2024"),
        ("Ada • 3 May 2024", "3 May 2024"),
        ("Sent: 3 May 2024 08:45", "3 May 2024 08:45"),
        ("3 May 2024 8: 45", "3 May 2024 8: 45"),
        ("postedité", "ité"),
        ("3 hours ago", "3 hours ago"),
        ("", ""),
        ("»»»", ""),
    ] {
        assert_eq!(bare(shown), expected, "{shown}");
    }
}

#[test]
fn a_value_for_machines_is_read_in_each_of_its_forms() {
    for (value, expected) in [
        ("1714725944", Some("2024-05-03 08:45 UTC")),
        ("1714725944000", Some("2024-05-03 08:45 UTC")),
        ("999999999", Some("2001-09-09 01:46 UTC")),
        ("999999999000", Some("2001-09-09 01:46 UTC")),
        ("12345678901", None),
        ("20240503", None),
        ("2024-05-03", Some("2024-05-03")),
        ("2024-05-03T08:45", Some("2024-05-03 08:45")),
        ("2024-05-03 08:45:44.123Z", Some("2024-05-03 08:45 UTC")),
        ("2024-05-03t08:45:44z", Some("2024-05-03 08:45 UTC")),
        ("2024-05-03T08:45:44+0000", Some("2024-05-03 08:45 UTC")),
        ("2024-05-03 08:45:44Z, License: CC BY", Some("2024-05-03 08:45 UTC")),
        ("2024-05-03 08:45 Zulu", Some("2024-05-03 08:45")),
        ("2024-05-03 08:45 in Linz", Some("2024-05-03 08:45")),
        ("2024-05-03T08:45:44-00:00", Some("2024-05-03 08:45 UTC")),
        ("2024-05-03T08:45:44-07:00", Some("2024-05-03 08:45-07:00")),
        ("2024-05-03T08:45:44-0700", Some("2024-05-03 08:45")),
        ("2024-05-03Tnoon", Some("2024-05-03")),
        (" 3 May 2024 ", Some("3 May 2024")),
        ("May 3", None),
        ("", None),
        ("٢٠٢٤-٠٥-٠٣", Some("٢٠٢٤-٠٥-٠٣")),
        ("2024-05-0é", Some("2024-05-0é")),
    ] {
        assert_eq!(plain(value).as_deref(), expected, "{value}");
    }
    assert_eq!(plain(&format!("3 May 2024{}", "!".repeat(MAX_DATE))), None);
}

#[test]
fn a_date_gives_day_and_year() {
    for (text, is) in [
        ("3 May 2024", true),
        ("2024-05-03", true),
        ("5/3/24", true),
        ("05-03-24,", true),
        ("1402/02/13", false),
        ("May 2024", false),
        ("2024", false),
        ("May ’24", false),
        ("3 hours ago", false),
        ("1979-05-03", false),
        ("2100-05-03", false),
        ("1.2.3.4", false),
        ("555-1234", false),
        ("1/2/345", false),
        ("", false),
    ] {
        assert_eq!(is_whole(text), is, "{text}");
    }
}

#[test]
fn a_line_is_only_a_date_with_hardly_any_other_word() {
    for (line, is) in [
        ("3 May 2024", true),
        ("Posted on Friday, 3 May 2024 at 08:45", true),
        ("» 3 May 2024 «", true),
        ("Moss was found on 3 May 2024 near the old mill", false),
        ("3 hours ago", false),
        ("May 2024", false),
    ] {
        assert_eq!(is_only(line), is, "{line}");
    }
}

#[test]
fn an_element_carries_a_date_if_it_shows_little_else() {
    for (html, is) in [
        ("<time datetime=2024-05-03T08:45:00Z>3 days ago</time>", true),
        ("<span title='May 3, 2024 8:45 am'>1y</span>", true),
        ("<time datetime=soon>3 days ago</time>", false),
        ("<time datetime=2024-05-03>in the long afternoon after which nobody ever came back to the mill</time>", false),
        ("<a title='All that was said on 3 May 2024 about the old wall'>1y</a>", false),
        ("<span>3 May 2024</span>", false),
    ] {
        let document = cachette_dom::parse(html).document;
        assert_eq!(is_carried(document.select_single("body > *").nodes().first().unwrap()), is, "{html}");
    }
}

proptest! {
    #[test]
    fn any_text_is_a_date_or_not(text in any::<String>(), attribute in "[0-9TZ:+. -]{0,30}") {
        if let Some(found) = plain(&text) {
            prop_assert!(found.chars().count() <= MAX_DATE + 20 && !found.contains('\n'), "{found}");
        }
        let _ = (bare(&text), is_only(&text), plain(&attribute));
    }

    #[test]
    fn every_minute_is_written_as_it_was(seconds in 315_532_800_i64..4_000_000_000) {
        let time = Timestamp::from_second(seconds).unwrap().to_string();
        let expected = format!("{} {} UTC", time.get(..10).unwrap(), time.get(11..16).unwrap());
        prop_assert_eq!(plain(&time), Some(expected.clone()));
        if seconds >= 1_000_000_000 {
            prop_assert_eq!(plain(&seconds.to_string()), Some(expected.clone()));
            prop_assert_eq!(plain(&(seconds * 1000 + 999).to_string()), Some(expected));
        }
    }
}
