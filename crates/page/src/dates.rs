//! Dates as pages write them, made `YYYY-MM-DD` or RFC 3339. What cannot be told for certain is no date.

use jiff::civil::Date;
use jiff::fmt::temporal::{DateTimeParser, PiecesOffset};

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads a date; RFC 3339 where it has a time and an offset, else the day alone.
pub(crate) fn normalize(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > 64 {
        return None;
    }
    iso(text).or_else(|| mail(text)).or_else(|| number(text)).or_else(|| words(text))
}

fn iso(text: &str) -> Option<String> {
    let upper = text.to_ascii_uppercase();
    let pieces = DateTimeParser::new().parse_pieces(&upper).ok()?;
    let date = in_range(pieces.date())?;
    let (Some(time), Some(offset)) = (pieces.time(), pieces.offset()) else { return Some(date.to_string()) };
    let seconds = match offset {
        PiecesOffset::Zulu => return Some(format!("{date}T{time}Z")),
        PiecesOffset::Numeric(offset) => offset.offset().seconds(),
        _ => return Some(date.to_string()),
    };
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    Some(format!("{date}T{time}{sign}{:02}:{:02}", minutes / 60, minutes % 60))
}

/// RFC 2822 and its kin: `Tue, 22 Nov 2026 18:24:05 GMT`.
fn mail(text: &str) -> Option<String> {
    let zoned = jiff::fmt::rfc2822::parse(text).ok()?;
    in_range(zoned.date())?;
    Some(zoned.timestamp().to_string())
}

/// `20261122`, and seconds or milliseconds since 1970.
fn number(text: &str) -> Option<String> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value: i64 = text.parse().ok()?;
    let timestamp = match text.len() {
        10 => jiff::Timestamp::from_second(value).ok()?,
        13 => jiff::Timestamp::from_millisecond(value).ok()?,
        _ => return None,
    };
    Some(timestamp.to_string())
}

/// `22 November 2026`, `Nov. 22nd, 2026`, `2026/11/22`, `22.11.2026`, and `11/22/2026` where only one reading is a date.
fn words(text: &str) -> Option<String> {
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty() && !is_weekday(part)).collect();
    let [first, second, third, ..] = parts.as_slice() else { return None };
    let month_of = |part: &str| {
        let start = part.get(..3)?.to_ascii_lowercase();
        let index = MONTHS.iter().position(|month| *month == start)?;
        i8::try_from(index + 1).ok()
    };
    let day_of = |part: &str| {
        let digits = part.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        digits.parse::<i8>().ok()
    };
    let year_of = |part: &str| (part.len() == 4).then(|| part.parse::<i16>().ok()).flatten();
    let day = |year: i16, month: i8, day: i8| {
        Date::new(year, month, day).ok().and_then(in_range).map(|date| date.to_string())
    };
    if let (Some(month), Some(number), Some(year)) = (month_of(first), day_of(second), year_of(third)) {
        return day(year, month, number);
    }
    if let (Some(number), Some(month), Some(year)) = (day_of(first), month_of(second), year_of(third)) {
        return day(year, month, number);
    }
    if let (Some(year), Ok(month), Ok(number)) = (year_of(first), second.parse(), third.parse()) {
        return day(year, month, number);
    }
    let (Ok(a), Ok(b), Some(year)) = (first.parse::<i8>(), second.parse::<i8>(), year_of(third)) else { return None };
    if text.contains('.') || a > 12 {
        day(year, b, a)
    } else if b > 12 || a == b {
        day(year, a, b)
    } else {
        None
    }
}

fn is_weekday(part: &str) -> bool {
    let start = part.get(..3).unwrap_or("").to_ascii_lowercase();
    part.chars().all(char::is_alphabetic)
        && matches!(start.as_str(), "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")
}

fn in_range(date: Date) -> Option<Date> {
    (1000..=2200).contains(&date.year()).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::normalize;
    use proptest::prelude::*;

    #[test]
    fn dates_are_read_in_the_forms_that_pages_use() {
        for (text, date) in [
            ("2026-11-22", "2026-11-22"),
            ("2026-11-22T18:24:05Z", "2026-11-22T18:24:05Z"),
            ("2026-11-22T18:24:05.5+0530", "2026-11-22T18:24:05.5+05:30"),
            ("2026-11-22 18:24:05-08:00", "2026-11-22T18:24:05-08:00"),
            ("2026-11-22T18:24", "2026-11-22"),
            ("20261122", "2026-11-22"),
            ("Sun, 22 Nov 2026 18:24:05 +0100", "2026-11-22T17:24:05Z"),
            ("1795372445", "2026-11-22T18:34:05Z"),
            ("22 November 2026", "2026-11-22"),
            ("Sunday, Nov. 22nd, 2026", "2026-11-22"),
            ("2026/11/22", "2026-11-22"),
            ("03.04.2026", "2026-04-03"),
            ("11/22/2026", "2026-11-22"),
        ] {
            assert_eq!(normalize(text).as_deref(), Some(date), "{text}");
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
        ] {
            assert_eq!(normalize(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_date_or_not(text in any::<String>()) {
            if let Some(date) = normalize(&text) {
                prop_assert!(normalize(&date).is_some());
            }
        }
    }
}
