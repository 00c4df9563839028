//! Reads when a post was written. The visible date counts if it is complete, else the one in the
//! markup.

use dom_query::NodeRef;
use jiff::Timestamp;

use cachette_dom::text::{short_text, single_line, visible_text};
use cachette_dom::word_list::WordList;

const MAX_DATE: usize = 60;
/// Attributes with a time for machines or, as a tool tip, for people, the most trustworthy first.
const MACHINE: [&str; 9] = [
    "datetime",
    "date",
    "content",
    "data-time",
    "data-timestamp",
    "data-created",
    "timestamp",
    "ts",
    "data-tippy-content",
];

/// Words before a date that only announce it.
static ANNOUNCEMENTS: WordList = WordList::of(include_str!("date/announcements.txt"));

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
    let title = attribute("title").map(|title| single_line(&title, MAX_DATE)).filter(|title| is_whole(title));
    let machine = || MACHINE.iter().find_map(|name| plain(&attribute(name)?));
    let title = title.map(|title| plain(&title).unwrap_or(title));
    let anything = || Some(shown).filter(|shown| shown.chars().any(char::is_numeric));
    machine().or(title).or_else(anything)
}

/// Whether a text is a date and hardly anything else.
pub(super) fn is_only(text: &str) -> bool {
    let text = bare(&single_line(text, 2 * MAX_DATE));
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 2 && word.chars().all(char::is_alphabetic));
    text.chars().count() <= MAX_DATE && is_whole(&text) && words.count() <= 4
}

/// Whether an element has a date in an attribute and shows almost nothing else.
pub(super) fn is_carried(node: &NodeRef<'_>) -> bool {
    let says = node.attr("datetime").is_some_and(|value| plain(&value).is_some())
        || node.attr("title").is_some_and(|title| title.len() <= MAX_DATE && is_only(&title));
    says && short_text(node, MAX_DATE).is_some_and(|text| text.trim().chars().count() <= MAX_DATE)
}

/// Returns a date without the words around it. Examples are `by Ada » 3 May 2024`, `« Reply #1 on:
/// 3 May 2024 »`, `3 May 2024 (edited: 4 May 2024)`.
fn bare(shown: &str) -> String {
    let marks = |c: char| {
        c.is_whitespace() || matches!(c, '«' | '»' | ',' | '·' | '•' | '|' | '-' | '–' | '—' | '\u{200E}' | '\u{200F}')
    };
    let whole = |text: &str| is_whole(text).then(|| text.to_owned());
    let before_edit = shown.split_once(" (").and_then(|(date, _)| whole(date)).unwrap_or_else(|| shown.to_owned());
    let after_mark = before_edit.trim_matches(marks).rsplit(['»', '«', '•']).next().unwrap_or("");
    let after_label =
        after_mark.rsplit_once(": ").map(|(_, date)| date).filter(|date| is_whole(date)).unwrap_or(after_mark);
    let date = after_label.trim_matches(marks);
    let announced = ANNOUNCEMENTS.longest_start(&date.to_lowercase()).and_then(|end| date.get(end..));
    announced.unwrap_or(date).trim_matches(marks).to_owned()
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
    let zone = match offset {
        _ if zone.ends_with(['Z', 'z']) => " UTC",
        Some("+00:00" | "-00:00") => " UTC",
        _ if zone.ends_with("+0000") => " UTC",
        Some(offset) if is_like(offset, "+00:00") || is_like(offset, "-00:00") => offset,
        _ => "",
    };
    Some(format!("{date} {time}{zone}"))
}

/// Whether a text gives the day and the year, in any language. Texts like `3 hours ago` and `May
/// '24` do not.
fn is_whole(text: &str) -> bool {
    let runs: Vec<&str> = text.split(|c: char| !c.is_numeric()).filter(|run| !run.is_empty()).collect();
    let has_year = runs
        .iter()
        .any(|run| run.chars().count() == 4 && run.parse::<u16>().is_ok_and(|year| (1980..2100).contains(&year)))
        || runs.iter().any(|run| run.chars().count() == 4 && !run.is_ascii());
    let short = text.split_whitespace().any(|word| {
        let parts: Vec<&str> = word.trim_matches(',').split(['/', '.', '-']).collect();
        parts.len() == 3
            && parts.iter().all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
    });
    (has_year && runs.len() >= 2) || short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(html: &str) -> Option<String> {
        let document = cachette_dom::parse(html).document;
        let node = *document.select_single("body > *").nodes().first()?;
        of(&node)
    }

    #[test]
    fn a_whole_date_is_taken_as_it_is_shown() {
        for shown in [
            "May 3, 2024, 8:45am",
            "11. Sep 2024, 18:36",
            "11-29-2024, 09:03 AM",
            "07/03/24 03:30 PM",
            "2024年5月3日 08:45",
            "٣ مايو ٢٠٢٤",
            "3 мая 2024 г. в 8:45",
        ] {
            assert_eq!(date(&format!("<time datetime=2020-01-01>{shown}</time>")).as_deref(), Some(shown));
        }
    }

    #[test]
    fn what_is_short_or_relative_is_replaced_by_what_the_markup_knows() {
        for (html, expected) in [
            ("<time datetime=2024-05-03T08:45:44Z>3 days ago</time>", "2024-05-03 08:45 UTC"),
            ("<time datetime='2024-05-03T08:45:44+02:00'>May ’24</time>", "2024-05-03 08:45+02:00"),
            ("<span title='May 3, 2024 8:45 am'>1y</span>", "May 3, 2024 8:45 am"),
            ("<span title='2024-05-03 08:45:44Z'>May 3 at 8:45</span>", "2024-05-03 08:45 UTC"),
            ("<span data-time=1714725944000>3日前</span>", "2024-05-03 08:45 UTC"),
            ("<a title=link><time datetime=2024-05-03>yesterday</time></a>", "2024-05-03"),
            ("<span>vor 3 Tagen</span>", "vor 3 Tagen"),
        ] {
            assert_eq!(date(html).as_deref(), Some(expected), "{html}");
        }
        assert_eq!(date("<span>reply</span>"), None);
    }
}
