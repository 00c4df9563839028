//! Reads the dates that people type, as spans of time. Pure: the caller passes the current time.
//! Days are in UTC, as captures' times are.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// The day from which times are counted.
const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// The months' names. A query may shorten one to three letters. They are English like the other
/// words of queries, so the extractor's table of many languages is of no use here.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A span of time in milliseconds since 1970: includes its start, excludes its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    /// Its first millisecond.
    pub(crate) start: i64,
    /// The millisecond after its last.
    pub(crate) end: i64,
}

/// Reads a date or a span of time, in any of the usual forms: `2024`, `2024-05`, `2024-05-07`,
/// `7.5.2024`, `today`, `yesterday`, `7d`, `2w`, `3m`, `1y`, `12h`, `last year`, `this month`,
/// `may`, `may 2024`. Ignores case and the separators between the parts. `None` for everything
/// else.
pub(crate) fn span(text: &str, now_ms: i64) -> Option<Span> {
    let now = Timestamp::from_millisecond(now_ms).unwrap_or(if now_ms < 0 { Timestamp::MIN } else { Timestamp::MAX });
    let today = now.to_zoned(TimeZone::UTC).date();
    let text = text.to_lowercase();
    let parts: Vec<&str> = text.split(['-', '/', '.', ' ', '_', ',']).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        ["today"] => Some(days(today, 1)),
        ["yesterday"] => Some(days(today.yesterday().ok()?, 1)),
        ["last" | "past" | "previous", unit] => calendar(unit, -1, today),
        ["this", unit] => calendar(unit, 0, today),
        [month] if month_of(month).is_some() => {
            // The latest month of this name that has begun.
            let month = month_of(month)?;
            of_month(if month <= today.month() { today.year() } else { today.year() - 1 }, month)
        }
        [year] if whole_year(year).is_some() => Some(of_year(Date::new(whole_year(year)?, 1, 1).ok()?)),
        [one] => ago(one, now.as_millisecond()),
        [month, year] if month_of(month).is_some() => of_month(whole_year(year)?, month_of(month)?),
        [year, month] => of_month(whole_year(year)?, number(month, 2)?),
        [year, month, day] if year.len() == 4 => of_day(whole_year(year)?, number(month, 2)?, number(day, 2)?),
        [day, month, year] => {
            let month = month_of(month).or_else(|| number(month, 2))?;
            of_day(whole_year(year)?, month, number(day, 2)?)
        }
        _ => None,
    }
}

/// Whether a word is the first of two that form a date.
pub(crate) fn begins(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "last" | "past" | "previous" | "this")
        || month_of(&word.to_lowercase()).is_some()
}

/// Reads a length of time that ends now, such as `7d`.
fn ago(text: &str, now_ms: i64) -> Option<Span> {
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let count: i64 = number(text.get(..text.len() - unit.len())?, 5)?;
    let length = match unit {
        "h" | "hour" | "hours" => DAY / 24,
        "d" | "day" | "days" => DAY,
        "w" | "week" | "weeks" => 7 * DAY,
        "m" | "mo" | "month" | "months" => 30 * DAY,
        "y" | "year" | "years" => 365 * DAY,
        _ => return None,
    };
    Some(Span { start: now_ms.saturating_sub(count.saturating_mul(length)), end: now_ms.saturating_add(1) })
}

/// Returns a day, week, month or year of the calendar, counted in steps from the current one. Weeks
/// begin on Monday.
fn calendar(unit: &str, steps: i64, today: Date) -> Option<Span> {
    let monday = i64::from(today.weekday().to_monday_zero_offset());
    Some(match unit {
        "day" => days(today.checked_add(steps.days()).ok()?, 1),
        "week" => days(today.checked_add((7 * steps - monday).days()).ok()?, 7),
        "month" => month_with(today.first_of_month().checked_add(steps.months()).ok()?),
        "year" => of_year(today.first_of_year().checked_add(steps.years()).ok()?),
        _ => return None,
    })
}

fn of_year(first: Date) -> Span {
    days(first, i64::from(first.days_in_year()))
}

fn of_month(year: i16, month: i8) -> Option<Span> {
    Date::new(year, month, 1).ok().map(month_with)
}

fn month_with(first: Date) -> Span {
    days(first, i64::from(first.days_in_month()))
}

fn of_day(year: i16, month: i8, day: i64) -> Option<Span> {
    // 31 April is 1 May.
    let first = Date::new(year, month, 1).ok().filter(|_| (1..=31).contains(&day))?;
    Some(days(first.checked_add((day - 1).days()).ok()?, 1))
}

fn days(first: Date, count: i64) -> Span {
    let start = i64::from((first - EPOCH).get_days());
    Span { start: DAY * start, end: DAY * (start + count) }
}

fn month_of(text: &str) -> Option<i8> {
    let at = MONTHS.iter().position(|month| text.len() >= 3 && month.starts_with(text))?;
    i8::try_from(at + 1).ok()
}

/// Reads a number of one to `digits` digits.
fn number<N: std::str::FromStr>(text: &str, digits: usize) -> Option<N> {
    let right = (1..=digits).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if right { text.parse().ok() } else { None }
}

fn whole_year(text: &str) -> Option<i16> {
    if text.len() == 4 { number(text, 4) } else { None }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Sunday 22 November 2026, 18:24.
    const NOW: i64 = 1_795_371_840_000;

    fn shown(text: &str) -> Option<(String, String)> {
        let written = |ms: i64| EPOCH.checked_add(ms.div_euclid(DAY).days()).unwrap().to_string();
        span(text, NOW).map(|span| (written(span.start), written(span.end)))
    }

    #[test]
    fn dates_are_spans() {
        for (text, start, end) in [
            ("2024", "2024-01-01", "2025-01-01"),
            ("2024-02", "2024-02-01", "2024-03-01"),
            ("2024-12", "2024-12-01", "2025-01-01"),
            ("2024-02-29", "2024-02-29", "2024-03-01"),
            ("2024/2/9", "2024-02-09", "2024-02-10"),
            ("9.2.2024", "2024-02-09", "2024-02-10"),
            ("9 feb 2024", "2024-02-09", "2024-02-10"),
            ("today", "2026-11-22", "2026-11-23"),
            ("Yesterday", "2026-11-21", "2026-11-22"),
            ("last year", "2025-01-01", "2026-01-01"),
            ("last-month", "2026-10-01", "2026-11-01"),
            ("last_week", "2026-11-09", "2026-11-16"),
            ("this week", "2026-11-16", "2026-11-23"),
            ("march", "2026-03-01", "2026-04-01"),
            ("Dec", "2025-12-01", "2026-01-01"),
            ("may 2024", "2024-05-01", "2024-06-01"),
            ("31.4.2024", "2024-05-01", "2024-05-02"),
            ("0000-02-29", "0000-02-29", "0000-03-01"),
            ("1969", "1969-01-01", "1970-01-01"),
        ] {
            assert_eq!(shown(text), Some((start.to_owned(), end.to_owned())), "{text}");
        }
    }

    #[test]
    fn times_ago_end_now() {
        assert_eq!(span("7d", NOW), Some(Span { start: NOW - 7 * DAY, end: NOW + 1 }));
        assert_eq!(span("2weeks", NOW).map(|span| span.start), Some(NOW - 14 * DAY));
        assert_eq!(span("99999y", NOW).map(|span| span.end), Some(NOW + 1));
    }

    #[test]
    fn a_clock_may_be_anywhere() {
        for now in [i64::MIN, -1, 0, i64::MAX] {
            assert!(span("today", now).is_some_and(|span| span.end - span.start == DAY));
            assert!(span("3w", now).is_some());
        }
        let last = span("9999", NOW).unwrap();
        assert_eq!(last.end - last.start, 365 * DAY);
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "d", "7", "soon", "2024-13", "2024-00-01", "1-2", "last", "last moon", "123456d", "99999", "-"]
        {
            assert_eq!(span(text, NOW), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_days_of_a_month_are_its_span(year in 0i16..=9999, month in 1i8..=12) {
            let whole = span(&format!("{year:04}-{month:02}"), NOW).unwrap();
            let mut end = whole.start;
            for day in 1..=i64::from(Date::new(year, month, 1).unwrap().days_in_month()) {
                let one = span(&format!("{year:04}-{month}-{day}"), NOW).unwrap();
                prop_assert_eq!(one, Span { start: end, end: end + DAY });
                end = one.end;
            }
            prop_assert_eq!(end, whole.end);
            let all = span(&format!("{year:04}"), NOW).unwrap();
            prop_assert!(all.start <= whole.start && end <= all.end);
        }

        #[test]
        fn any_text_is_a_span_or_none(text in any::<String>(), now in any::<i64>()) {
            if let Some(span) = span(&text, now) {
                prop_assert!(span.start <= span.end);
            }
        }

        #[test]
        fn any_words_of_dates_are_a_span_or_none(
            text in "(last|this|year|week|may|7d|[0-9]{1,5}|[-/. ]){1,5}", now in any::<i64>(),
        ) {
            if let Some(span) = span(&text, now) {
                prop_assert!(span.start <= span.end);
            }
        }
    }
}
