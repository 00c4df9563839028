//! How many versions of a page are kept: the person's rule, and what it leaves of a list. Which versions go is decided here; moving them is not.

use std::fmt;
use std::num::NonZeroU32;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::read::store::Version;

/// The age from which [`Keep::Daily`] thins versions out.
const A_MONTH: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How many versions of a page are kept. The newest always is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keep {
    /// All of them.
    #[default]
    All,
    /// The newest ones, so many.
    Last(NonZeroU32),
    /// All of the last 30 days; of each earlier day (UTC) the last one.
    Daily,
}

impl Keep {
    /// Reads `all`, `last N` or `daily`, in any case.
    pub fn read(text: &str) -> Option<Keep> {
        let text = text.trim().to_ascii_lowercase();
        match text.split_whitespace().collect::<Vec<_>>().as_slice() {
            ["all"] => Some(Keep::All),
            ["daily"] => Some(Keep::Daily),
            ["last", number] => number.parse().ok().map(Keep::Last),
            _ => None,
        }
    }

    /// Of a page's older versions, newest first, those that go.
    pub(crate) fn leaves_out(self, older: &[Version], now: Timestamp) -> Vec<Version> {
        match self {
            Keep::All => Vec::new(),
            Keep::Last(number) => {
                let kept = usize::try_from(number.get()).unwrap_or(usize::MAX) - 1;
                older.get(kept..).unwrap_or(&[]).to_vec()
            }
            Keep::Daily => {
                let day = |version: &Version| TimeZone::UTC.to_datetime(version.captured_at).date();
                let month_ago = now.checked_sub(A_MONTH).unwrap_or(Timestamp::MIN);
                let old: Vec<&Version> = older.iter().filter(|version| version.captured_at < month_ago).collect();
                let pairs = old.iter().zip(old.iter().skip(1));
                pairs.filter(|(later, one)| day(later) == day(one)).map(|(_, one)| (*one).clone()).collect()
            }
        }
    }
}

impl fmt::Display for Keep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Keep::All => f.write_str("all"),
            Keep::Last(number) => write!(f, "last {number}"),
            Keep::Daily => f.write_str("daily"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn versions(times: &[&str]) -> Vec<Version> {
        times.iter().map(|time| Version { captured_at: time.parse().unwrap(), number: 1 }).collect()
    }

    fn left_out(keep: &str, times: &[&str]) -> Vec<String> {
        let now = "2026-11-22T12:00:00Z".parse().unwrap();
        let gone = Keep::read(keep).unwrap().leaves_out(&versions(times), now);
        gone.iter().map(|version| version.captured_at.to_string()).collect()
    }

    #[test]
    fn a_rule_is_written_as_it_is_read() {
        for rule in ["all", "daily", "last 1", "last 20"] {
            assert_eq!(Keep::read(rule).unwrap().to_string(), rule);
        }
        assert_eq!(Keep::read(" Last  3 ").unwrap().to_string(), "last 3");
        for wrong in ["", "last", "last 0", "last -1", "last 3 4", "none", "all 3"] {
            assert_eq!(Keep::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_last_ones_are_kept_the_newest_page_counted() {
        let times = ["2026-11-03T00:00:00Z", "2026-11-02T00:00:00Z", "2026-11-01T00:00:00Z"];
        assert_eq!(left_out("all", &times), [""; 0]);
        assert_eq!(left_out("last 3", &times), [times[2]]);
        assert_eq!(left_out("last 1", &times), times);
        assert_eq!(left_out("last 9", &times), [""; 0]);
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
        assert_eq!(left_out("daily", &times), [times[3], times[4]]);
    }
}
