//! Recognises relative times in the languages in which sites print them. Only the plain forms of
//! "NUMBER UNIT ago" are recognised; freer forms are left alone. The words are in `times.txt` and
//! `east_asian_units.txt`.

use std::sync::LazyLock;

use cachette_dom::word_list::sections;

/// The words of one language.
#[derive(Default)]
struct Language {
    /// The words before the number.
    before: Vec<&'static str>,
    numbers: Vec<&'static str>,
    units: Vec<&'static str>,
    /// The word after the unit.
    after: Vec<&'static str>,
}

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| languages(include_str!("times.txt")));

/// Reads the languages of a file; an empty line ends each.
fn languages(text: &'static str) -> Vec<Language> {
    let mut languages = vec![Language::default()];
    for line in text.lines() {
        if line.is_empty() {
            languages.push(Language::default());
        } else if let (Some((key, words)), Some(language)) = (line.split_once(':'), languages.last_mut()) {
            let list = match key {
                "before" => &mut language.before,
                "numbers" => &mut language.numbers,
                "units" => &mut language.units,
                "after" => &mut language.after,
                _ => continue,
            };
            list.extend(words.split_whitespace());
        }
    }
    languages.retain(|language| !language.units.is_empty());
    languages
}

/// Units that are joined to their number: `3h ago`.
const SHORT: [&str; 11] = ["s", "sec", "m", "min", "h", "hr", "d", "w", "mo", "y", "yr"];

/// Counts how many of the first words are a relative time; 0 if none is.
pub(super) fn relative_time(words: &[&str]) -> usize {
    // This test rejects nearly every word.
    let Some(first) = words.first().filter(|word| word.len() <= 40).map(|word| bare(word)) else { return 0 };
    let begins = |language: &Language| match language.before.first() {
        Some(before) => first == *before,
        None => language.numbers.contains(&first.as_str()),
    };
    if !first.starts_with(|c: char| c.is_ascii_digit()) && !LANGUAGES.iter().any(begins) {
        return 0;
    }
    LANGUAGES.iter().map(|language| in_language(words, language)).max().unwrap_or(0)
}

fn in_language(words: &[&str], language: &Language) -> usize {
    let mut place = 0;
    let mut next = || {
        let word = words.get(place).map(|word| bare(word));
        place += 1;
        word
    };
    let mut follow = |expected: &[&str]| expected.iter().all(|word| next().as_deref() == Some(word));
    if !follow(&language.before) {
        return 0;
    }
    let Some(number) = next() else { return 0 };
    let joined = || {
        let unit = number.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = number.len() - unit.len();
        (1..=4).contains(&digits)
            && (language.units.contains(&unit) || language.after == ["ago"] && SHORT.contains(&unit))
    };
    let is_number = (1..=4).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
        || language.numbers.contains(&number.as_str());
    let fits = if is_number { next().is_some_and(|unit| language.units.contains(&unit.as_str())) } else { joined() };
    let follows = fits && language.after.iter().all(|word| next().as_deref() == Some(word));
    if follows { place } else { 0 }
}

/// Returns a word in lower case without the marks around it.
fn bare(word: &str) -> String {
    // A longer word is no part of a relative time.
    if word.len() > 40 { String::new() } else { word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase() }
}

/// Writes `text`, replacing every East Asian relative time (`3時間前`) by `instead`. These have no
/// blanks around them.
pub(super) fn push_without_east_asian_times(text: &str, instead: &str, out: &mut String) {
    let units = || sections(include_str!("east_asian_units.txt")).map(|(_, unit)| unit);
    let mut rest = text;
    while let Some(at) = rest.find('前') {
        let (before, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let number = units().filter_map(|unit| before.strip_suffix(unit)).find_map(|number| {
            let text = number.trim_end_matches(|c: char| c.is_ascii_digit());
            (1..=4).contains(&(number.len() - text.len())).then_some(text)
        });
        match number {
            Some(text) => {
                out.push_str(text);
                out.push_str(instead);
            }
            None => {
                out.push_str(before);
                out.push('前');
            }
        }
        rest = after.strip_prefix('前').unwrap_or("");
    }
    out.push_str(rest);
}
