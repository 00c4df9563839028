//! Recognises dates as pages show them to people. It does not interpret them; `dates.rs` does that
//! for the metadata.

use cachette_dom::text::single_line;
use cachette_dom::word_list::WordList;

/// The longest date, in characters.
pub(crate) const MAX_DATE: usize = 60;

/// The words before a date that only announce it.
static ANNOUNCEMENTS: WordList = WordList::of(include_str!("shown_date/announcements.txt"));

/// Whether a text is a date and hardly anything else.
pub(crate) fn is_only(text: &str) -> bool {
    let text = bare(&single_line(text, 2 * MAX_DATE));
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 2 && word.chars().all(char::is_alphabetic));
    text.chars().count() <= MAX_DATE && is_whole(&text) && words.count() <= 4
}

/// Returns a date without the words around it. Examples are `by Ada » 3 May 2024`, `« Reply #1 on:
/// 3 May 2024 »`, `3 May 2024 (edited: 4 May 2024)`.
pub(crate) fn bare(shown: &str) -> String {
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

/// Whether a text gives the day and the year, in any language. Texts like `3 hours ago` and `May
/// '24` do not.
pub(crate) fn is_whole(text: &str) -> bool {
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
