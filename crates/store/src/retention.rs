//! Decides which versions of a page the retention rule drops. `versions/removal.rs` moves them.

use std::fmt;
use std::num::NonZeroU32;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::version::Version;

/// The age from which [`Retention::Daily`] drops versions.
const A_MONTH: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How many versions of a page are kept. The newest always stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Retention {
    /// All of them.
    #[default]
    All,
    /// This many of the newest.
    Last(NonZeroU32),
    /// All of the last 30 days, and the last of each earlier day (UTC).
    Daily,
}

impl Retention {
    /// Reads `all`, `last N` or `daily`, in upper or lower case.
    pub fn read(text: &str) -> Option<Retention> {
        let text = text.trim().to_ascii_lowercase();
        match text.split_whitespace().collect::<Vec<_>>().as_slice() {
            ["all"] => Some(Retention::All),
            ["daily"] => Some(Retention::Daily),
            ["last", number] => number.parse().ok().map(Retention::Last),
            _ => None,
        }
    }

    /// Returns the versions to drop from a page's older versions, newest first.
    pub(crate) fn drops(self, older: &[Version], now: Timestamp) -> Vec<Version> {
        match self {
            Retention::All => Vec::new(),
            Retention::Last(number) => {
                let kept = usize::try_from(number.get()).unwrap_or(usize::MAX) - 1;
                older.get(kept..).unwrap_or(&[]).to_vec()
            }
            Retention::Daily => {
                let day = |version: &Version| TimeZone::UTC.to_datetime(version.captured_at).date();
                let month_ago = now.checked_sub(A_MONTH).unwrap_or(Timestamp::MIN);
                let old: Vec<&Version> = older.iter().filter(|version| version.captured_at < month_ago).collect();
                let pairs = old.iter().zip(old.iter().skip(1));
                pairs.filter(|(later, one)| day(later) == day(one)).map(|(_, one)| (*one).clone()).collect()
            }
        }
    }
}

impl fmt::Display for Retention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Retention::All => f.write_str("all"),
            Retention::Last(number) => write!(f, "last {number}"),
            Retention::Daily => f.write_str("daily"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn versions(times: &[&str]) -> Vec<Version> {
        times.iter().map(|time| Version { captured_at: time.parse().unwrap(), number: 1 }).collect()
    }

    fn count_dropped(keep: &str, times: &[&str]) -> Vec<String> {
        let now = "2026-11-22T12:00:00Z".parse().unwrap();
        let gone = Retention::read(keep).unwrap().drops(&versions(times), now);
        gone.iter().map(|version| version.captured_at.to_string()).collect()
    }

    #[test]
    fn a_rule_is_written_as_it_is_read() {
        for rule in ["all", "daily", "last 1", "last 20"] {
            assert_eq!(Retention::read(rule).unwrap().to_string(), rule);
        }
        assert_eq!(Retention::read(" Last  3 ").unwrap().to_string(), "last 3");
        for wrong in ["", "last", "last 0", "last -1", "last 3 4", "none", "all 3"] {
            assert_eq!(Retention::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_last_ones_are_kept_the_newest_page_counted() {
        let times = ["2026-11-03T00:00:00Z", "2026-11-02T00:00:00Z", "2026-11-01T00:00:00Z"];
        assert_eq!(count_dropped("all", &times), [""; 0]);
        assert_eq!(count_dropped("last 3", &times), [times[2]]);
        assert_eq!(count_dropped("last 1", &times), times);
        assert_eq!(count_dropped("last 9", &times), [""; 0]);
    }

    #[test]
    fn after_a_month_the_last_of_each_day_is_kept() {
        let times = [
            "2026-11-20T09:00:00Z",
            "2026-11-20T08:00:00Z",
            "2026-09-02T23:59:59Z",
            "2026-09-02T12:00:00Z",
            "2026-09-02T00:00:00Z",
            "2026-09-01T23:59:59Z",
        ];
        assert_eq!(count_dropped("daily", &times), [times[3], times[4]]);
    }
}
