//! Tests dates in the forms that pages use, and texts that only look like dates.

use proptest::prelude::*;

use super::{Order, find, normalize};

#[test]
fn dates_are_read_in_the_forms_that_pages_use() {
    for (text, date) in [
        ("2026-11-22", "2026-11-22"),
        ("2026-11-22T18:24:05Z", "2026-11-22T18:24:05Z"),
        ("2026-11-22T18:24:05.5+0530", "2026-11-22T18:24:05.5+05:30"),
        ("2026-11-22 18:24:05-08:00", "2026-11-22T18:24:05-08:00"),
        ("2026-11-22T18:24", "2026-11-22"),
        ("2026-11-22 6:24 PM", "2026-11-22"),
        ("20261122", "2026-11-22"),
        ("Sun, 22 Nov 2026 18:24:05 +0100", "2026-11-22T17:24:05Z"),
        ("1795372445", "2026-11-22T18:34:05Z"),
        ("22 November 2026", "2026-11-22"),
        ("Sunday, Nov. 22nd, 2026", "2026-11-22"),
        ("2026/11/22", "2026-11-22"),
        ("03.04.2026", "2026-04-03"),
        ("11/22/2026", "2026-11-22"),
        ("22-Nov-26", "2026-11-22"),
        ("Sun Nov 22 2026 18:24:05 GMT+0100 (CET)", "2026-11-22"),
    ] {
        assert_eq!(normalize(text, Order::Unknown).as_deref(), Some(date), "{text}");
    }
}

#[test]
fn dates_are_read_in_many_languages() {
    for text in [
        "Published on November 22, 2026 at 10:00",
        "Veröffentlicht am 22. November 2026, 18:24 Uhr",
        "Publié le 22 novembre 2026 à 18h24",
        "le dimanche 22 nov. 2026",
        "Publicado el 22 de noviembre de 2026",
        "22 de novembro de 2026",
        "22 novembre 2026",
        "Zondag 22 november 2026",
        "22. marraskuuta 2026",
        "22 listopada 2026 r.",
        "22. listopadu 2026",
        "2026. november 22.",
        "22 noiembrie 2026",
        "22 Kasım 2026",
        "22 ноября 2026 г.",
        "22 листопада 2026",
        "22 Νοεμβρίου 2026",
        "发布于2026年11月22日",
        "发布时间：2026-11-22 18:24",
        "２０２６年１１月２２日",
        "2026년 11월 22일",
        "2026. 11. 22.",
        "22 نوفمبر 2026",
        "٢٢ نوفمبر ٢٠٢٦",
        "۲۲ نوامبر ۲۰۲۶",
        "22 בנובמבר 2026",
        "22 नवंबर 2026",
        "22 พฤศจิกายน 2569",
        "ngày 22 tháng 11 năm 2026",
        "22 tháng 11, 2026",
        "(22/11/2026)",
        "22.11.26",
    ] {
        assert_eq!(find(text, Order::Unknown).map(|date| date.to_string()).as_deref(), Some("2026-11-22"), "{text}");
    }
}

#[test]
fn what_is_uncertain_is_no_date() {
    for text in [
        "",
        "03/04/2026",
        "soon",
        "2026",
        "0000-00-00",
        "2026-13-01",
        "12345",
        "May you live",
        "9999-01-01",
        "1.2.3",
        "3 days ago",
        "il y a 3 jours",
        "vor 3 Stunden",
        "3小时前",
        "March 2026",
        "call 555-12-2026-11",
        "version 1.10.2 of 2026",
        "7300000022",
        "9999999999999",
    ] {
        assert_eq!(normalize(text, Order::Unknown), None, "{text}");
    }
}

#[test]
fn the_order_of_day_and_month_is_recognised() {
    for (order, date) in [(Order::DayFirst, "2026-04-03"), (Order::MonthFirst, "2026-03-04")] {
        assert_eq!(normalize("03/04/2026", order).as_deref(), Some(date));
        assert_eq!(normalize("3/4/26", order).as_deref(), Some(date));
    }
    assert_eq!(normalize("22/11/2026", Order::MonthFirst).as_deref(), Some("2026-11-22"));
    assert_eq!(normalize("11/22/2026", Order::DayFirst).as_deref(), Some("2026-11-22"));
}

proptest! {
    #[test]
    fn any_text_is_a_date_or_not(text in any::<String>()) {
        if let Some(date) = normalize(&text, Order::DayFirst) {
            prop_assert!(normalize(&date, Order::Unknown).is_some());
        }
    }

    #[test]
    fn pieces_of_dates_are_a_date_or_not(text in "([0-9]{1,8}|[./,年月日 -]|nov|22|of|T|Z|:|é){0,12}") {
        if let Some(date) = normalize(&text, Order::DayFirst) {
            prop_assert!(normalize(&date, Order::Unknown).is_some(), "{date}");
        }
    }

    #[test]
    fn every_day_is_found_again(year in 1900_i16..2100, month in 1_i8..=12, day in 1_i8..=28) {
        let date = jiff::civil::Date::new(year, month, day).unwrap();
        let name = [
            "January", "Februar", "mars", "abril", "maggio", "juni", "lipca", "août", "сентября", "Ekim", "נובמבר",
            "十二月",
        ];
        for text in [
            format!("x {date} y"),
            format!("{year}年{month}月{day}日"),
            format!("{day}.{month}.{year}"),
            format!("{year}{month:02}{day:02}"),
        ] {
            prop_assert_eq!(find(&text, Order::Unknown), Some(date), "{}", text);
        }
        if let Some(name) = name.get(usize::try_from(month).unwrap() - 1).filter(|_| month < 12) {
            prop_assert_eq!(find(&format!("{day} {name} {year}"), Order::Unknown), Some(date));
            prop_assert_eq!(find(&format!("{name} {day}, {year}"), Order::Unknown), Some(date));
        }
    }
}
