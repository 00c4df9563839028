//! Normalises dates as pages write them to `YYYY-MM-DD` or RFC 3339. Ambiguous dates and dates
//! relative to today are rejected.

mod months;
mod weekdays;
mod words;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::temporal::{DateTimeParser, PiecesOffset};
use jiff::tz::TimeZone;

pub(crate) use months::{is_month, is_plain_month};
pub(crate) use weekdays::{is_plain_weekday, is_weekday};
pub(crate) use words::find;

/// Which number in `3/4/2026` is the month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Order {
    /// Unknown: such dates are rejected.
    #[default]
    Unknown,
    /// The day comes first, as nearly everywhere.
    DayFirst,
    /// The month comes first, as in the United States.
    MonthFirst,
}

/// Normalises a date. The result is RFC 3339 if the text has a time and an offset, otherwise only
/// the day.
pub(crate) fn normalize(text: &str, order: Order) -> Option<String> {
    let text = text.trim().trim_matches(['"', '\'']);
    if text.len() > 100 {
        return None;
    }
    iso(text).or_else(|| mail(text)).or_else(|| number(text)).or_else(|| find(text, order).map(|date| date.to_string()))
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

/// Reads a date in the style of RFC 2822: `Tue, 22 Nov 2026 18:24:05 GMT`.
fn mail(text: &str) -> Option<String> {
    instant(jiff::fmt::rfc2822::parse(text).ok()?.timestamp())
}

/// Reads seconds or milliseconds since 1970.
fn number(text: &str) -> Option<String> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value: i64 = text.parse().ok()?;
    let timestamp = match text.len() {
        10 => Timestamp::from_second(value).ok()?,
        13 => Timestamp::from_millisecond(value).ok()?,
        _ => return None,
    };
    instant(timestamp)
}

/// Writes a point in time in UTC if its day is plausible.
fn instant(time: Timestamp) -> Option<String> {
    in_range(time.to_zoned(TimeZone::UTC).date())?;
    Some(time.to_string())
}

/// Returns the date if its year is plausible for a declared date.
fn in_range(date: Date) -> Option<Date> {
    (1000..=2200).contains(&date.year()).then_some(date)
}

#[cfg(test)]
mod tests;
