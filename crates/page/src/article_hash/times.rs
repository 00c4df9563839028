//! Recognises relative times in the languages in which sites print them. Only the plain forms of
//! "NUMBER UNIT ago" are recognised; freer forms are left alone. The words are in `times.txt` and
//! `east_asian_units.txt`.

use std::{borrow::Cow, sync::LazyLock};

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

/// The words with which a relative time begins, unless it begins with digits, in order.
static BEGINNINGS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let of = |language: &Language| match language.before.first() {
        Some(before) => vec![*before],
        None => language.numbers.clone(),
    };
    let mut beginnings: Vec<_> = LANGUAGES.iter().flat_map(of).collect();
    beginnings.sort_unstable();
    beginnings
});

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

/// Counts the words of the relative time with which `words` begins; 0 if it begins with none.
pub(super) fn relative_time(words: &[&str]) -> usize {
    let Some(first) = words.first().map(|word| bare(word)) else { return 0 };
    // This test rejects nearly every word.
    if !first.starts_with(|c: char| c.is_ascii_digit()) && BEGINNINGS.binary_search(&&*first).is_err() {
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
        || language.numbers.contains(&&*number);
    let fits = if is_number { next().is_some_and(|unit| language.units.contains(&&*unit)) } else { joined() };
    let follows = fits && language.after.iter().all(|word| next().as_deref() == Some(word));
    if follows { place } else { 0 }
}

/// Returns a word in lower case without the marks around it.
fn bare(word: &str) -> Cow<'_, str> {
    // A longer word is not part of a relative time.
    if word.len() > 40 {
        return Cow::Borrowed("");
    }
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let is_lower = bare.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(bare) } else { Cow::Owned(bare.to_lowercase()) }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> usize {
        relative_time(&text.split_whitespace().collect::<Vec<_>>())
    }

    #[test]
    fn a_relative_time_is_recognised_in_every_language() {
        for (text, words) in [
            ("3 hours ago", 3),
            ("an hour ago", 3),
            ("Two weeks ago,", 3),
            ("(1 min ago)", 3),
            ("3h ago", 2),
            ("12mo ago", 2),
            ("vor 3 Stunden", 3),
            ("Vor einem Tag", 3),
            ("il y a 2 jours", 5),
            ("hace 1 semana", 3),
            ("há 5 meses", 3),
            ("2 giorni fa", 3),
            ("3 dagen geleden", 3),
            ("5 минут назад", 3),
            ("2 godziny temu", 3),
            ("för 3 timmar sedan", 4),
            ("3시간 전", 2),
            ("10 분 전", 3),
        ] {
            assert_eq!(count(text), words, "{text}");
            assert_eq!(count(&format!("{text} by somebody else")), words, "{text}");
        }
    }

    #[test]
    fn what_only_begins_like_a_relative_time_is_none() {
        for text in [
            "",
            "3",
            "3 hours",
            "3 hours later",
            "hours ago",
            "h ago",
            "3h",
            "3x ago",
            "12345 hours ago",
            "12345h ago",
            "-",
            "3.5 hours ago",
            "vor 3 Euro",
            "vor Stunden",
            "il y a deux",
            "il y 3 jours",
            "för 3 timmar",
            "3 Stunden ago",
            "3 стула назад",
            "３ hours ago",
            "several hours ago",
        ] {
            assert_eq!(count(text), 0, "{text}");
        }
        assert_eq!(count(&format!("{} hours ago", "3".repeat(1_000))), 0);
        assert_eq!(relative_time(&[]), 0);
    }

    #[test]
    fn every_language_of_the_file_is_read_whole() {
        let headings = include_str!("times.txt").lines().filter(|line| line.starts_with("# ")).count();
        // The file's own head has two such lines.
        assert_eq!(LANGUAGES.len(), headings - 2);
        for language in LANGUAGES.iter() {
            assert!(!language.before.is_empty() || !language.after.is_empty(), "{:?}", language.units);
            for unit in &language.units {
                let text = [&language.before[..], &["3", *unit], &language.after].concat();
                assert_eq!(relative_time(&text), text.len(), "{text:?}");
                assert!(text.len() <= super::super::LONGEST_TIME, "it is never seen whole: {text:?}");
            }
        }
    }

    #[test]
    fn east_asian_times_are_replaced_within_a_word() {
        for (text, expected) in [
            ("3時間前", "~"),
            ("投稿：3時間前に更新", "投稿：~に更新"),
            ("5分钟前发布，3天前修改", "~发布，~修改"),
            ("2か月前", "~"),
            ("10週間前", "~"),
            ("午前9時", "午前9時"),
            ("以前", "以前"),
            ("分前", "分前"),
            ("12345日前", "12345日前"),
            ("3月前", "3月前"),
            ("前3日前前", "前~前"),
            ("3日", "3日"),
            ("", ""),
        ] {
            let mut out = String::new();
            push_without_east_asian_times(text, "~", &mut out);
            assert_eq!(out, expected, "{text}");
        }
    }
}
