//! Tests which date in a text is its first one. The numbers around it do not belong to a date.

use super::*;

fn found(text: &str) -> Option<String> {
    find(text, Order::Unknown).map(|date| date.to_string())
}

#[test]
fn the_first_whole_date_counts_whatever_is_around_it() {
    for (text, date) in [
        ("22 November 2026, changed on 23 November 2026", "2026-11-22"),
        ("Vol. 12, No. 3, 22 November 2026", "2026-11-22"),
        ("Issue 5 of November 22, 2026", "2026-11-22"),
        ("Room 12 2026-11-22", "2026-11-22"),
        ("18:24, 22 November 2026", "2026-11-22"),
        ("[22/11/2026]", "2026-11-22"),
        ("(c) 2019 Example. 22 November 2026", "2026-11-22"),
        ("moss-2026-11-22.html", "2026-11-22"),
        ("22.November.2026", "2026-11-22"),
        ("Nov.22,2026", "2026-11-22"),
        ("2026 November 22", "2026-11-22"),
        ("2026年 11月 22日（日）", "2026-11-22"),
        ("2026年11月22", "2026-11-22"),
        ("22 de noviembre del 2026", "2026-11-22"),
        ("le 1er novembre 2026", "2026-11-01"),
        ("3rd of May, 2026", "2026-05-03"),
        ("1ª de maio de 2026", "2026-05-01"),
    ] {
        assert_eq!(found(text).as_deref(), Some(date), "{text}");
    }
}

#[test]
fn parts_that_do_not_belong_together_are_no_date() {
    for text in [
        "22 or November 2026",
        "November 2026, 22",
        "22 -- November 2026",
        "22 November / - 2026",
        "2026:11:22",
        "2026-11/22",
        "22-11.2026",
        "November 22",
        "22 November",
        "22 November 26 eggs",
        "31 November 2026",
        "32 May 2026",
        "29 February 2026",
        "2026/13/01",
        "20261332",
        "12026-11-22",
        "2026-11-222",
        "22 11 2026",
        "0/0/2026",
        "年月日",
    ] {
        assert_eq!(found(text), None, "{text}");
    }
}

#[test]
fn short_years_occur_only_in_dates_that_are_clear() {
    for (text, order, date) in [
        ("31.12.99", Order::Unknown, Some("1999-12-31")),
        ("31.12.69", Order::Unknown, Some("2069-12-31")),
        ("31.12.70", Order::Unknown, Some("1970-12-31")),
        ("1.2.26", Order::Unknown, None),
        ("31.1.26", Order::Unknown, None),
        ("1.2.26", Order::DayFirst, Some("2026-02-01")),
        ("1.2.26", Order::MonthFirst, None),
        ("1/2/26", Order::Unknown, None),
        ("1/2/26", Order::DayFirst, Some("2026-02-01")),
        ("1/2/26", Order::MonthFirst, Some("2026-01-02")),
        ("1-2-26", Order::DayFirst, None),
        ("22-Nov-26", Order::Unknown, Some("2026-11-22")),
        ("22 Nov 26", Order::Unknown, None),
    ] {
        assert_eq!(find(text, order).map(|date| date.to_string()).as_deref(), date, "{text} {order:?}");
    }
}

#[test]
fn the_order_decides_only_between_two_readings() {
    for (text, unknown, day_first, month_first) in [
        ("5/5/2026", Some("2026-05-05"), Some("2026-05-05"), Some("2026-05-05")),
        ("13/5/2026", Some("2026-05-13"), Some("2026-05-13"), Some("2026-05-13")),
        ("5/13/2026", Some("2026-05-13"), Some("2026-05-13"), Some("2026-05-13")),
        ("4/5/2026", None, Some("2026-05-04"), Some("2026-04-05")),
        ("4-5-2026", None, Some("2026-05-04"), Some("2026-04-05")),
        ("4.5.2026", Some("2026-05-04"), Some("2026-05-04"), Some("2026-05-04")),
        ("13/13/2026", None, None, None),
    ] {
        let read = |order| find(text, order).map(|date| date.to_string());
        let all = [read(Order::Unknown), read(Order::DayFirst), read(Order::MonthFirst)];
        assert_eq!(all, [unknown, day_first, month_first].map(|date| date.map(str::to_owned)), "{text}");
    }
}

#[test]
fn digits_of_many_scripts_and_thai_years_are_read() {
    for text in ["२२ नवंबर २०२६", "２２.１１.２０２６", "۲۰۲۶/۱۱/۲۲", "٢٠٢٦-١١-٢٢", "๒๒ พฤศจิกายน ๒๕๖๙", "২২ নভেম্বর ২০২৬"]
    {
        assert_eq!(found(text).as_deref(), Some("2026-11-22"), "{text}");
    }
    assert_eq!((common_era(2569), common_era(2026), common_era(2449)), (2026, 2026, 2449));
    for (c, value) in
        [('7', Some(7)), ('٧', Some(7)), ('७', Some(7)), ('７', Some(7)), ('七', None), ('½', None), ('²', None)]
    {
        assert_eq!(digit(c), value, "{c}");
    }
}

#[test]
fn only_so_much_of_a_text_is_read() {
    assert_eq!(found(&format!("{}22 November 2026", "word ".repeat(MAX_TOKENS - 3))).as_deref(), Some("2026-11-22"));
    assert_eq!(found(&format!("{}22 November 2026", "word ".repeat(MAX_TOKENS))), None);
    assert_eq!(found(&format!("{} November 2026", "2".repeat(1_000))), None, "a number without end is no day");
    assert_eq!(found(&format!("22 {} 2026", "November".repeat(1_000))), None);
}
