//! Reads the dates that people type, as spans of time. Pure: the caller passes the current time.
//! Days are in UTC, as captures' times are.

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// The farthest time from 1970 that counts, whatever a clock claims: about 140,000 years.
const FARTHEST: i64 = 1 << 52;

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
    let now_ms = now_ms.clamp(-FARTHEST, FARTHEST);
    let text = text.to_lowercase();
    let parts: Vec<&str> = text.split(['-', '/', '.', ' ', '_', ',']).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        ["today"] => Some(days(now_ms.div_euclid(DAY), 1)),
        ["yesterday"] => Some(days(now_ms.div_euclid(DAY) - 1, 1)),
        ["last" | "past" | "previous", unit] => calendar(unit, -1, now_ms),
        ["this", unit] => calendar(unit, 0, now_ms),
        [one] => lone(one, now_ms),
        [month, year] if month_of(month).is_some() => of_month(whole_year(year)?, month_of(month)?),
        [year, month] => of_month(whole_year(year)?, number(month, 2)?),
        [year, month, day] if year.len() == 4 => of_day(number(year, 4)?, number(month, 2)?, number(day, 2)?),
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

fn lone(text: &str, now_ms: i64) -> Option<Span> {
    if let Some(month) = month_of(text) {
        // The latest month of this name that has begun.
        let (year, this, _) = civil(now_ms.div_euclid(DAY));
        return of_month(if month <= this { year } else { year - 1 }, month);
    }
    if text.len() == 4
        && let Some(year) = number(text, 4)
    {
        return Some(Span { start: midnight(year, 1, 1)?, end: midnight(year + 1, 1, 1)? });
    }
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let count = number(text.get(..text.len() - unit.len())?, 5)?;
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

/// Returns a day, week, month or year of the calendar. It is the current one, or so many steps
/// before or after it.
fn calendar(unit: &str, steps: i64, now_ms: i64) -> Option<Span> {
    let today = now_ms.div_euclid(DAY);
    let (year, month, _) = civil(today);
    match unit {
        "day" => Some(days(today + steps, 1)),
        // 1 January 1970 was a Thursday; weeks begin on Monday.
        "week" => Some(days(today - (today + 3).rem_euclid(7) + 7 * steps, 7)),
        "month" => {
            let months = year * 12 + month - 1 + steps;
            of_month(months.div_euclid(12), months.rem_euclid(12) + 1)
        }
        "year" => Some(Span { start: midnight(year + steps, 1, 1)?, end: midnight(year + steps + 1, 1, 1)? }),
        _ => None,
    }
}

fn of_month(year: i64, month: i64) -> Option<Span> {
    let next = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    Some(Span { start: midnight(year, month, 1)?, end: midnight(next.0, next.1, 1)? })
}

fn of_day(year: i64, month: i64, day: i64) -> Option<Span> {
    let start = midnight(year, month, day)?;
    // 31 April is 1 May.
    Some(Span { start, end: start + DAY })
}

fn days(first: i64, count: i64) -> Span {
    Span { start: first * DAY, end: (first + count) * DAY }
}

fn month_of(text: &str) -> Option<i64> {
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
    let at = MONTHS.iter().position(|month| text.len() >= 3 && month.starts_with(text))?;
    i64::try_from(at + 1).ok()
}

/// Reads a number of one to `digits` digits.
fn number(text: &str, digits: usize) -> Option<i64> {
    let right = (1..=digits).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if right { text.parse().ok() } else { None }
}

fn whole_year(text: &str) -> Option<i64> {
    if text.len() == 4 { number(text, 4) } else { None }
}

/// Returns the first millisecond of a day; `None` if there is no such month or day.
fn midnight(year: i64, month: i64, day: i64) -> Option<i64> {
    if !((1..=12).contains(&month) && (1..=31).contains(&day)) {
        return None;
    }
    // Days since 1970 in the Gregorian calendar, counted in years that begin in March.
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let of_era = shifted.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some((era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468) * DAY)
}

/// Returns the year, month and day of a day since 1970.
fn civil(day: i64) -> (i64, i64, i64) {
    let shifted = day + 719_468;
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + shifted.div_euclid(146_097) * 400 + i64::from(month <= 2), month, date)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Sunday 22 November 2026, 18:24.
    const NOW: i64 = 1_795_371_840_000;

    fn shown(text: &str) -> Option<(String, String)> {
        let written = |ms: i64| {
            let (year, month, day) = civil(ms.div_euclid(DAY));
            format!("{year}-{month:02}-{day:02}")
        };
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
    fn what_is_no_date_is_none() {
        for text in ["", "d", "7", "soon", "2024-13", "2024-00-01", "1-2", "last", "last moon", "123456d", "99999", "-"]
        {
            assert_eq!(span(text, NOW), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_day_is_found_again(day in -200_000i64..2_000_000) {
            let (year, month, date) = civil(day);
            prop_assert_eq!(midnight(year, month, date), Some(day * DAY));
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
