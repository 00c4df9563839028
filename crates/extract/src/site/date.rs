//! Reads when a post was written. The visible date counts if it is complete, otherwise the date in
//! the markup.

use dom_query::NodeRef;
use jiff::Timestamp;

use crate::shown_date::{MAX_DATE, bare, is_only, is_whole};
use cachette_dom::text::{short_text, single_line, visible_text};

/// Attributes with a time for machines or, as a tool tip, for people, the most trustworthy first.
const MACHINE: [&str; 10] = [
    "datetime",
    "date",
    "content",
    "data-time",
    "data-timestamp",
    "data-created",
    "timestamp",
    "ts",
    "data-tippy-content",
    "data-tooltip",
];

/// Returns the date that an element shows or has in an attribute.
pub(super) fn of(node: &NodeRef<'_>) -> Option<String> {
    short_text(node, 16 * MAX_DATE)?;
    let shown = bare(&single_line(&visible_text(*node), 2 * MAX_DATE));
    if is_whole(&shown) && shown.chars().count() <= MAX_DATE {
        return Some(shown);
    }
    let inner = node.children_it(false).find(|child| child.has_attr("datetime") || child.has_attr("title"));
    let carriers = [Some(*node), inner];
    let attribute = |name: &str| carriers.iter().flatten().find_map(|carrier| carrier.attr(name));
    let title = attribute("title").map(|title| bare(&single_line(&title, MAX_DATE))).filter(|title| is_whole(title));
    let machine = || MACHINE.iter().find_map(|name| plain(&attribute(name)?));
    let title = title.map(|title| plain(&title).unwrap_or(title));
    let anything = || Some(shown).filter(|shown| shown.chars().any(char::is_numeric));
    machine().or(title).or_else(anything)
}

/// Whether an element has a date in an attribute and shows almost nothing else.
pub(super) fn is_carried(node: &NodeRef<'_>) -> bool {
    let says = node.attr("datetime").is_some_and(|value| plain(&value).is_some())
        || node.attr("title").is_some_and(|title| title.len() <= MAX_DATE && is_only(&title));
    says && short_text(node, MAX_DATE).is_some_and(|text| text.trim().chars().count() <= MAX_DATE)
}

/// Reads the date in an attribute of a post.
pub(super) fn plain(value: &str) -> Option<String> {
    let value = value.trim();
    if value.len() > MAX_DATE {
        return None;
    }
    seconds(value).or_else(|| iso(value)).or_else(|| Some(single_line(value, MAX_DATE)).filter(|value| is_whole(value)))
}

/// Reads seconds or milliseconds since 1970.
fn seconds(value: &str) -> Option<String> {
    if !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = value.parse().ok()?;
    let time = match value.len() {
        9 | 10 => Timestamp::from_second(number).ok()?,
        12 | 13 => Timestamp::from_millisecond(number).ok()?,
        _ => return None,
    };
    iso(&time.to_string())
}

/// Writes `2024-05-03T08:45:44.123Z` as people do, to the minute.
fn iso(value: &str) -> Option<String> {
    let (date, rest) = value.split_at_checked(10)?;
    let is_like = |text: &str, pattern: &str| {
        text.len() == pattern.len()
            && text
                .bytes()
                .zip(pattern.bytes())
                .all(|(byte, like)| if like == b'0' { byte.is_ascii_digit() } else { byte == like })
    };
    if !is_like(date, "0000-00-00") {
        return None;
    }
    let time = rest.trim_start_matches(['T', 't', ' ']).get(..5).filter(|time| is_like(time, "00:00"));
    let Some(time) = time else { return Some(date.to_owned()) };
    let zone = rest.trim_end();
    let offset = zone.len().checked_sub(6).and_then(|at| zone.get(at..));
    // After the time may come other words: `2024-05-03 08:45:44Z, License: CC BY-SA`.
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, 'T' | 't' | ' ' | ':' | '.'));
    let is_zulu = after.strip_prefix(['Z', 'z']).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    let zone = match offset {
        _ if is_zulu => " UTC",
        Some("+00:00" | "-00:00") => " UTC",
        _ if zone.ends_with("+0000") => " UTC",
        Some(offset) if is_like(offset, "+00:00") || is_like(offset, "-00:00") => offset,
        _ => "",
    };
    Some(format!("{date} {time}{zone}"))
}

#[cfg(test)]
mod tests;
