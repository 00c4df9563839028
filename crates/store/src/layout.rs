//! Defines the layout of a home on disk: all names in it. No other file contains them.

use std::hash::{BuildHasher, RandomState};

use cachette_address::is_hash_url;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// The pages, one folder each, named by their hash.
pub(crate) const PAGES: &str = "pages";
/// Images and other files that pages share, named by content.
pub(crate) const ASSETS: &str = "assets";
/// Removed pages and versions.
pub(crate) const TRASH: &str = ".trash";
/// The work in progress: locks, and unsettled pages. It is meaningless when no process runs, and
/// may then be deleted.
pub(crate) const WORK: &str = ".work";
/// The files that claims lock.
pub(crate) const LOCKS: &str = "locks";
/// Held in shared mode by everyone who changes a page. Held exclusively for removing shared files
/// and the remains of interrupted moves, and for re-addressing.
pub(crate) const SHARED_LOCK: &str = "assets";
/// An empty file for each page whose commit has begun and is not yet settled.
pub(crate) const UNSETTLED: &str = "pending";
/// Records that the home has received its [`IGNORED`] files. A person who deletes them does not
/// want them.
pub(crate) const IGNORED_ONCE: &str = "ignored-once";
/// The home's format number: one line of plain text.
pub(crate) const FORMAT: &str = ".format";
/// Distinguishes the home from an empty folder in its place (`presence.rs`).
pub(crate) const MARKER: &str = ".cachette-home";
/// The settings that people may edit.
pub(crate) const SETTINGS: &str = "settings.txt";
/// The longest format file, in bytes.
pub(crate) const FORMAT_BYTES: u64 = 1 << 10;
/// The longest settings file, in bytes.
pub(crate) const SETTINGS_BYTES: u64 = 1 << 20;
/// The files that make git and Syncthing ignore parts of the home.
pub(crate) const IGNORED: [(&str, &str); 2] = [
    (
        ".gitignore",
        "# What Cachette can make anew, or needs on one computer only.\n/.index/\n/.log/\n/.trash/\n/.work/\n.tmp-*\n",
    ),
    (
        ".stignore",
        "// What Cachette can make anew, or needs on one computer only.\n/.index\n/.log\n/.trash\n/.work\n(?d).tmp-*\n",
    ),
];
/// A page's newest version.
pub(crate) const ARTICLE: &str = "index.md";
/// The newest version's DOM.
pub(crate) const CAPTURE: &str = "index.html";
/// The list of what the newest version's article leaves out.
pub(crate) const DROPPED: &str = "index.dropped.json";
/// The longest list of what an article leaves out, in bytes. Cachette writes none of more than 501
/// entries, each of at most 600 bytes.
pub(crate) const DROPPED_BYTES: u64 = 512 << 10;
/// A page's older versions.
pub(crate) const VERSIONS: &str = "versions";

const TEMP: &str = ".tmp-";

/// Returns a passing name for a file that is still being written. No two processes and no two calls
/// choose the same.
pub(crate) fn temp_name(ending: &str) -> String {
    // The standard library's hasher is seeded by the system: randomness without another dependency.
    let random = RandomState::new().hash_one(std::process::id());
    format!("{TEMP}{}-{random:016x}.{ending}", std::process::id())
}

/// Whether a name is a temporary one.
pub(crate) fn is_temp_name(name: &str) -> bool {
    name.starts_with(TEMP)
}

/// Formats a moment as in front matter: `2026-11-22T18:24:05.123Z`.
pub fn format_moment(moment: Timestamp) -> String {
    format!("{:.3}", to_the_millisecond(moment))
}

/// Reads the form that [`format_moment`] writes, and any other RFC 3339 time.
pub fn read_moment(text: &str) -> Option<Timestamp> {
    text.trim().parse().ok().map(to_the_millisecond)
}

/// Truncates a moment to the precision of the files. They keep whole milliseconds and years 0 to
/// 9999, so that names sort as the times do.
pub fn to_the_millisecond(moment: Timestamp) -> Timestamp {
    let first = Timestamp::from_second(YEAR_ZERO).unwrap_or(Timestamp::UNIX_EPOCH);
    Timestamp::from_millisecond(moment.max(first).as_millisecond()).unwrap_or(moment)
}

/// 0000-01-01T00:00:00Z.
const YEAR_ZERO: i64 = -62_167_219_200;

/// Returns the stem of a version's name: `20261122T182405123Z`.
pub(crate) fn stem(moment: Timestamp) -> String {
    let at = TimeZone::UTC.to_datetime(to_the_millisecond(moment));
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}{:03}Z",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second(),
        at.millisecond()
    )
}

/// Reads the moment from a version's stem, and its number among several. `…Z` is 1, `…Z-2` is 2.
pub(crate) fn read_stem(stem: &str) -> Option<(Timestamp, u32)> {
    let (time, number) = match stem.split_once('-') {
        None => (stem, 1),
        Some((time, number)) => (time, number.parse().ok().filter(|n| *n > 1 && !number.starts_with(['0', '+']))?),
    };
    let shape = |(at, byte): (usize, u8)| match at {
        8 => byte == b'T',
        18 => byte == b'Z',
        _ => byte.is_ascii_digit(),
    };
    if time.len() != STEM_BYTES || !time.bytes().enumerate().all(shape) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| time.get(range)?.parse::<i16>().ok();
    let small = |range| i8::try_from(part(range)?).ok();
    let nanosecond = i32::from(part(15..18)?) * 1_000_000;
    let at = DateTime::new(
        part(0..4)?,
        small(4..6)?,
        small(6..8)?,
        small(9..11)?,
        small(11..13)?,
        small(13..15)?,
        nanosecond,
    );
    Some((TimeZone::UTC.to_timestamp(at.ok()?).ok()?, number))
}

/// Reads the time, the number and the page from a name in the trash.
pub(crate) fn read_entry(name: &str) -> Option<(Timestamp, u32, &str)> {
    let (stem, hash_url) = name.rsplit_once('-').filter(|(_, hash)| is_hash_url(hash))?;
    let (removed_at, number) = read_stem(stem)?;
    Some((removed_at, number, hash_url))
}

/// Returns the name that `listed` was given, if it begins with a moment's stem in lower case. File
/// systems that fold case may list it so.
pub(crate) fn folded(listed: &str) -> Option<String> {
    let (time, rest) = listed.split_at_checked(STEM_BYTES)?;
    let upper = time.to_ascii_uppercase();
    (upper != time && read_stem(&upper).is_some()).then(|| upper + rest)
}

/// The bytes of a stem without a number.
const STEM_BYTES: usize = 19;

/// Returns the `n`-th name for a stem: itself, then `-2`, `-3`, …
pub(crate) fn numbered(stem: &str, n: u32) -> String {
    if n <= 1 { stem.to_owned() } else { format!("{stem}-{n}") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_moment_is_named_as_the_house_says() {
        let moment: Timestamp = "2026-11-22T18:24:05.123456Z".parse().unwrap();
        assert_eq!(format_moment(moment), "2026-11-22T18:24:05.123Z");
        assert_eq!(stem(moment), "20261122T182405123Z");
        assert_eq!(format_moment("2026-11-22T18:24:05Z".parse().unwrap()), "2026-11-22T18:24:05.000Z");
    }

    #[test]
    fn a_name_in_lower_case_is_known_again() {
        let given = |name| folded(name);
        assert_eq!(given("20261122t182405123z.md").as_deref(), Some("20261122T182405123Z.md"));
        assert_eq!(given("20261122t182405123z-2.html").as_deref(), Some("20261122T182405123Z-2.html"));
        for name in [
            "20261122T182405123Z.md",
            "index.md",
            "20261122t182405123.md",
            "é0261122t182405123z",
            "20261399t182405123z.md",
        ] {
            assert_eq!(given(name), None, "{name}");
        }
    }

    #[test]
    fn what_is_no_stem_is_not_read() {
        for name in
            ["", "x", "20261122T182405123", "20261322T182405123Z", "20261122T182405123Z-1", "20261122T182405123Z-02"]
        {
            assert_eq!(read_stem(name), None, "{name}");
        }
        for name in ["20261122T182405123Z-", "20261122T182405123Z-+2", "é0261122T18240512Z", "2026-1122T182405123Z"] {
            assert_eq!(read_stem(name), None, "{name}");
        }
    }

    #[test]
    fn a_name_in_the_trash_holds_the_moment_and_the_page() {
        let hash = "ab".repeat(32);
        let (at, number, page) =
            read_entry(&format!("20231114T223000000Z-2-{hash}")).map(|(at, n, page)| (at, n, page.to_owned())).unwrap();
        assert_eq!((at.to_string().as_str(), number, page), ("2023-11-14T22:30:00Z", 2, hash.clone()));
        for wrong in [
            hash.clone(),
            format!("x-{hash}"),
            format!("20231114T223000000Z-{}", hash.trim_start_matches('a')),
            "..".to_owned(),
        ] {
            assert!(read_entry(&wrong).is_none(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn every_moment_is_read_back_from_its_stem_and_its_text(
            second in -377_705_023_201i64..=253_402_207_200,
            nano in 0i32..1_000_000_000,
        ) {
            let moment = to_the_millisecond(Timestamp::new(second, nano).unwrap());
            prop_assert_eq!(read_stem(&stem(moment)), Some((moment, 1)));
            prop_assert_eq!(read_stem(&numbered(&stem(moment), 7)), Some((moment, 7)));
            prop_assert_eq!(read_moment(&format_moment(moment)), Some(moment));
        }

        #[test]
        fn stems_sort_as_their_moments_do(
            a in -62_167_219_200i64..=253_402_207_200,
            b in -62_167_219_200i64..=253_402_207_200,
        ) {
            let (x, y) = (Timestamp::from_second(a).unwrap(), Timestamp::from_second(b).unwrap());
            prop_assert_eq!(x.cmp(&y), stem(x).cmp(&stem(y)));
        }

        #[test]
        fn no_text_upsets_the_readers(text in any::<String>()) {
            let _ = read_stem(&text);
            let _ = read_moment(&text);
        }
    }
}
