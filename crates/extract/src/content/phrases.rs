//! Recognises boilerplate by its phrases, in the languages of the web. Lines are compared with the
//! lists in `phrases/`. A phrase alone is not enough: the block must be short too.

use crate::dates::{is_plain_month, is_weekday};
use cachette_dom::word_list::WordList;

/// Labels of boilerplate: lines that contain nothing else, apart from punctuation.
static LINES: WordList = WordList::of(include_str!("phrases/labels.txt"));

/// The beginnings of short blocks that link elsewhere.
static LEADS_AWAY: WordList = WordList::of(include_str!("phrases/leads_away.txt"));

/// The phrases in short blocks that ask for something.
static ASKS: WordList = WordList::of(include_str!("phrases/asks.txt"));

/// The beginnings of short blocks that state rights.
static RIGHTS: WordList = WordList::of(include_str!("phrases/rights.txt"));

/// The beginnings of short blocks that credit a picture.
static CREDITS: WordList = WordList::of(include_str!("phrases/credits.txt"));

/// Words around a date or a name without meaning of their own.
static AROUND_DATES: WordList = WordList::of(include_str!("phrases/around_dates.txt"));

/// Words before an author's name.
static BEFORE_NAMES: WordList = WordList::of(include_str!("phrases/before_names.txt"));

/// The meaning of a line of boilerplate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phrase {
    /// A label of boilerplate: "Advertisement", "Share".
    Label,
    /// A link to another page.
    LeadsAway,
    /// A request to subscribe, follow or register.
    Asks,
    /// A copyright notice.
    Rights,
    /// The credit of a picture.
    Credit,
    /// A date and nothing else.
    Date,
    /// An author's line.
    Byline,
}

/// Returns the meaning of a short line if it is boilerplate.
pub(crate) fn read(line: &str) -> Option<Phrase> {
    let lower = line.trim().to_lowercase().replace('’', "'");
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let count = lower.chars().count();
    if bare.is_empty() {
        return None;
    }
    if count <= 60 && LINES.has(bare) {
        return Some(Phrase::Label);
    }
    if count <= 90 && is_date(&lower) {
        return Some(Phrase::Date);
    }
    if count <= 160 && CREDITS.begins(&lower) {
        return Some(Phrase::Credit);
    }
    if count <= 100 && BEFORE_NAMES.begins(&lower) && !lower.ends_with(['.', '。', '!', '?', ':']) {
        return Some(Phrase::Byline);
    }
    if count <= 220 && LEADS_AWAY.begins(&lower) {
        return Some(Phrase::LeadsAway);
    }
    if count <= 320 && RIGHTS.begins(&lower) {
        return Some(Phrase::Rights);
    }
    if count <= 280 && ASKS.is_within(&lower) {
        return Some(Phrase::Asks);
    }
    None
}

/// Headings of the sections that follow the content of a shop's or site's pages. They show what
/// others said, bought, viewed or shared.
static APPENDICES: WordList = WordList::of(include_str!("phrases/appendices.txt"));

/// Whether a line is the heading of such a section.
pub(crate) fn heads_appendix(line: &str) -> bool {
    let lower = line.trim().to_lowercase().replace('’', "'");
    let bare = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    APPENDICES.begins(bare)
}

/// Whether a line in lower case is a date, or a date and a time, and hardly anything else.
fn is_date(line: &str) -> bool {
    let (mut digits, mut months, mut others, mut roles) = (0, 0, 0, 0);
    for word in line
        .split(|c: char| !c.is_alphanumeric() && c != '.')
        .map(|word| word.trim_matches('.'))
        .filter(|word| !word.is_empty())
    {
        if word.chars().any(|c| c.is_ascii_digit()) {
            digits += 1;
            roles += word.chars().filter(|c| matches!(c, '年' | '月' | '日' | '년' | '월' | '일')).count();
        } else if is_plain_month(word) {
            months += 1;
        } else if !AROUND_DATES.has(word) && !is_weekday(word) {
            others += 1;
        }
    }
    let numeric = digits >= 3 || roles >= 2;
    digits > 0 && (months > 0 || numeric) && others <= 1 || line.ends_with(" ago") && digits > 0 && others == 0
}

#[cfg(test)]
mod tests;
