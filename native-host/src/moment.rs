//! Reads and writes points in time: the extension's, the cache's, people's. They are in UTC, to the
//! millisecond.

use jiff::{Timestamp, Unit, civil, tz::TimeZone};

/// Reads an RFC 3339 time, as the extension sends it, and drops fractions of a millisecond.
pub fn parse(text: &str) -> Option<Timestamp> {
    whole_milliseconds(text.parse().ok()?)
}

/// Reads a time as a person may write it. It is RFC 3339, the same without a zone (UTC), or a date,
/// which means its first millisecond, or its last one with `end_of_day`.
pub fn parse_human(text: &str, end_of_day: bool) -> Option<Timestamp> {
    if let Some(moment) = parse(text) {
        return Some(moment);
    }
    // A date would also parse as a date and time, so it is tried first.
    let date = text.len() == "2026-11-22".len();
    let civil = match text.parse::<civil::Date>() {
        Ok(day) if date && end_of_day => day.at(23, 59, 59, 999_000_000),
        Ok(day) if date => day.at(0, 0, 0, 0),
        _ => text.parse::<civil::DateTime>().ok()?,
    };
    whole_milliseconds(civil.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// Returns the current time, to the millisecond.
pub fn now() -> Timestamp {
    let now = Timestamp::now();
    whole_milliseconds(now).unwrap_or(now)
}

/// Writes a time as the files and the protocol do: `2026-11-22T18:24:05.123Z`.
pub fn written(moment: Timestamp) -> String {
    format!("{moment:.3}")
}

fn whole_milliseconds(moment: Timestamp) -> Option<Timestamp> {
    moment.round(jiff::TimestampRound::new().smallest(Unit::Millisecond).mode(jiff::RoundMode::Trunc)).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_time_is_written_as_it_was_read_down_to_the_millisecond() {
        for (read, expected) in [
            ("2026-11-22T18:24:05.123Z", "2026-11-22T18:24:05.123Z"),
            ("2026-11-22T18:24:05Z", "2026-11-22T18:24:05.000Z"),
            ("2026-11-22T18:24:05.123999Z", "2026-11-22T18:24:05.123Z"),
            ("2026-11-22T19:24:05.5+01:00", "2026-11-22T18:24:05.500Z"),
        ] {
            assert_eq!(parse(read).map(written).as_deref(), Some(expected), "{read}");
        }
    }

    #[test]
    fn people_may_leave_out_the_zone_and_the_hour() {
        for (read, end, expected) in [
            ("2026-11-22", false, "2026-11-22T00:00:00.000Z"),
            ("2026-11-22", true, "2026-11-22T23:59:59.999Z"),
            ("2026-11-22T18:24:05", true, "2026-11-22T18:24:05.000Z"),
            ("2026-11-22 18:24", false, "2026-11-22T18:24:00.000Z"),
            ("2026-11-22T18:24:05.123Z", true, "2026-11-22T18:24:05.123Z"),
        ] {
            assert_eq!(parse_human(read, end).map(written).as_deref(), Some(expected), "{read}");
        }
        for wrong in ["", "yesterday", "2026-13-01", "2026-02-30", "22.11.2026", "2026", "2026-11-22T25:00:00Z"] {
            assert_eq!(parse_human(wrong, false), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_time_or_none(text in "\\PC{0,40}") {
            if let Some(moment) = parse_human(&text, true) {
                prop_assert_eq!(parse(&written(moment)), Some(moment));
            }
        }
    }
}
