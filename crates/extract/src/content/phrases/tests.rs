//! Tests lines of boilerplate in the languages of the web, and lines that resemble them.

use super::*;

#[test]
fn boilerplate_is_known_by_what_it_says() {
    for (line, phrase) in [
        ("Advertisement", Phrase::Label),
        ("— Publicité —", Phrase::Label),
        ("Published 4:00 am CST, Wednesday, November 20, 2019", Phrase::Date),
        ("02 Ago 2017", Phrase::Date),
        ("2019年11月20日 10:30", Phrase::Date),
        ("3 hours ago", Phrase::Date),
        ("Lire aussi : la suite", Phrase::LeadsAway),
        ("اقرأ أيضا: خبر", Phrase::LeadsAway),
        ("By Ann Lee and Bo Chen", Phrase::Byline),
        ("© 2020 Example", Phrase::Rights),
        ("Photo: Ann Lee", Phrase::Credit),
        ("Sign up for our newsletter and never miss a thing.", Phrase::Asks),
    ] {
        assert_eq!(read(line), Some(phrase), "{line}");
    }
}

#[test]
fn what_an_article_says_is_left_alone() {
    for line in [
        "By 2019 the bridge had carried a million cars, and nobody counted them any more.",
        "In May 2019 three ships left the harbour.",
        "She wrote a comment on the margin.",
        "Sharing is caring, said the fox to the hedgehog.",
        "12 eggs",
    ] {
        assert_eq!(read(line), None, "{line}");
    }
}

#[test]
fn labels_are_whole_lines_whatever_signs_are_around_them() {
    for line in
        ["SHARE", "» Share «", "share…", "Comments:", "Teilen", "シェア", "공유", "شارك", "Don’t miss", "(Werbung)"]
    {
        assert_eq!(read(line), Some(Phrase::Label), "{line}");
    }
    for line in ["Shared", "Share the wall", "Moss share", "…", "", "  "] {
        assert_eq!(read(line), None, "{line}");
    }
}

#[test]
fn a_date_alone_is_recognised_in_many_languages() {
    for line in [
        "4 May 2026",
        "May 4, 2026 at 10:00 am EST",
        "Posted on Monday, 4 May 2026",
        "2026-05-04 10:30",
        "04.05.2026, 10:30 Uhr",
        "Publié le 4 mai 2026 à 10h30",
        "4 мая 2026 г.",
        "2026年5月4日",
        "2026년 5월 4일",
        "4 hours ago",
        "Updated 2 days ago",
    ] {
        assert_eq!(read(line), Some(Phrase::Date), "{line}");
    }
    for line in ["May", "2026", "4 eggs", "10:30", "In May 2026 the old wall fell", "Long ago", "Room 4, floor 2"] {
        assert_ne!(read(line), Some(Phrase::Date), "{line}");
    }
}

#[test]
fn each_phrase_has_a_length_beyond_which_it_is_a_paragraph() {
    for (begins, phrase, limit) in [
        ("Photo: ", Phrase::Credit, 160),
        ("By ", Phrase::Byline, 100),
        ("Read more ", Phrase::LeadsAway, 220),
        ("© ", Phrase::Rights, 320),
        ("Subscribe to ", Phrase::Asks, 280),
    ] {
        let of_length = |length: usize| {
            let words = "xy ".repeat(length).chars().take(length - begins.chars().count() - 1).collect::<String>();
            read(&format!("{begins}{words}x"))
        };
        assert_eq!(of_length(limit), Some(phrase), "{begins}");
        assert_eq!(of_length(limit + 1), None, "{begins}");
    }
}

#[test]
fn a_byline_ends_no_sentence() {
    for (line, is) in [
        ("By Ada Byron", true),
        ("Von Ada Byron", true),
        ("作者：王小明", true),
        ("By then it rained.", false),
        ("By whom?", false),
        ("By the numbers:", false),
        ("Bypass the wall", false),
    ] {
        assert_eq!(read(line) == Some(Phrase::Byline), is, "{line}");
    }
}

#[test]
fn a_heading_of_an_appendix_is_known_by_its_beginning() {
    for (line, is) in [
        ("Customer reviews (12)", true),
        ("★★★ Reviews", true),
        ("YOU MAY ALSO LIKE", true),
        ("You’ll also love", true),
        ("Ähnliche Produkte", true),
        ("レビュー", true),
        ("My reviews", false),
        ("Materials", false),
        ("", false),
    ] {
        assert_eq!(heads_appendix(line), is, "{line}");
    }
}

proptest::proptest! {
    #[test]
    fn any_line_is_boilerplate_or_not(line in "\\PC{0,60}") {
        let _ = (read(&line), heads_appendix(&line));
        proptest::prop_assert_eq!(read(&line), read(&format!("  {line} ")));
    }
}
