//! Reads the names of people from a byline or a declared value. It removes "by", roles, dates,
//! addresses and everything else that is not a name.

use super::byline::{BOUNDARY, after_by};
use super::site::Site;
use super::title::{is_unseen, without_tags};
use super::words::{CONNECTORS, NO_NAME_WORDS, NO_NAMES, ORGANISATIONS, PARTICLES};
use crate::dates::{is_month, is_plain_weekday};
use cachette_dom::text::single_line;

const MAX_NAME: usize = 70;
const MAX_WORDS: usize = 6;

/// Where the text that holds the names comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameSource {
    /// A value declared to be an author's name.
    Declared,
    /// A line for readers.
    Byline,
}

/// Returns the names in a text. The name of `site` does not count.
pub(super) fn names_in(text: &str, site: Option<&Site>, source: NameSource) -> Vec<String> {
    if text.contains("://") || text.starts_with("www.") || text.starts_with("mailto:") || begins_with_host(text) {
        return Vec::new();
    }
    let decoded = html_escape::decode_html_entities(text);
    let visible: String = without_tags(&decoded).chars().filter(|c| !is_unseen(*c)).collect();
    let line = single_line(&visible, 300);
    let mut names: Vec<String> = Vec::new();
    let mut joined = true;
    for piece in line.split(BOUNDARY).map(str::trim).filter(|piece| !piece.is_empty()) {
        let rest = freed(piece, source);
        if rest.is_empty() || rest.split_whitespace().all(is_connector) {
            // The part is "By", with the name in the next element, or only a comma.
            joined = true;
            continue;
        }
        let begins = is_connector(piece.split_whitespace().next().unwrap_or("")) || piece.starts_with([',', '&', '/']);
        if !(joined || begins || rest.len() < piece.len()) {
            // If a part follows a name without a word between them, it is a role or the date.
            break;
        }
        joined = piece.ends_with([',', '&', '/', ':']) || piece.split_whitespace().last().is_some_and(is_connector);
        let dated = rest.contains(char::is_numeric);
        for (index, (part, is_place)) in split(rest, source).into_iter().enumerate() {
            if is_place && !names.is_empty() {
                continue;
            }
            let Some(found) = name(part, site, source, dated) else { if names.is_empty() { continue } else { break } };
            let words = found.split(' ').count();
            let more = index > 0 && !names.is_empty();
            if more && source == NameSource::Byline && !(2..=4).contains(&words) {
                break;
            }
            names.push(found);
        }
    }
    names
}

/// Whether a name is more likely a login: one word in lower case.
pub(super) fn looks_like_login(name: &str) -> bool {
    !name.contains([' ', ',']) && name.is_ascii() && !name.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Whether a text looks like a person's name by its letters alone. It then consists of a few
/// capitalised words, or of a few signs of a script without capitals.
pub(super) fn looks_like_name(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let has_case = name.chars().any(|c| c.is_lowercase() || c.is_uppercase());
    if !has_case {
        return name.chars().count() <= 24;
    }
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let shouted = |word: &str| word.chars().count() > 3 && !word.chars().any(char::is_lowercase);
    let all_shouted = words.iter().all(|word| !word.chars().any(char::is_lowercase));
    words.len() <= 5
        && words.first().is_some_and(|word| capital(word))
        && words.iter().all(|word| capital(word) || PARTICLES.has(word))
        && (!words.iter().any(|word| shouted(word)) || all_shouted && words.len() > 1 || words.len() == 2)
        && !name.contains('_')
        && (words.len() > 1 || name.chars().count() >= 4)
}

/// Words for "by" that also begin names: `Per Olsen`, `Di Zhang`, `De Vries`.
const ALSO_NAMES: [&str; 4] = ["Per ", "Di ", "Da ", "De "];

/// Returns a text without the words before the name. A declared name hardly ever has any.
fn freed(text: &str, source: NameSource) -> &str {
    let text = text.trim_start();
    let is_name = source == NameSource::Declared && ALSO_NAMES.iter().any(|word| text.starts_with(word));
    if is_name { text } else { after_by(text) }
}

fn is_connector(word: &str) -> bool {
    CONNECTORS.has(&word.to_lowercase())
}

/// Whether a text is an address without its scheme, such as `example.org/ada`.
fn begins_with_host(text: &str) -> bool {
    text.trim().split_once('/').is_some_and(|(host, _)| {
        host.contains('.') && host.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'.' | b'-'))
    })
}

/// Whether a name is a template's variable, such as `page.author.name`.
fn is_variable(name: &str) -> bool {
    name.contains('.') && name.split('.').any(|part| matches!(part, "author" | "page" | "post" | "user"))
}

/// Splits a line after each name. The flag of a part says that it names a place or a paper instead
/// of a person.
fn split(line: &str, source: NameSource) -> Vec<(&str, bool)> {
    let signs = ['|', ',', ';', '•', '·', '∙', '&', '/', '，', '、', '；', '→', '–', '—', '»', '(', '[', '@', '<', '+'];
    let mut parts: Vec<&str> = line.split(signs).collect();
    for word in [" and ", " und ", " et ", " y ", " e ", " en ", " och ", " og ", " i ", " и ", " with ", " - "] {
        parts = parts.into_iter().flat_map(|part| part.split(word)).collect();
    }
    // In French, `le` precedes a date; elsewhere it is a part of names.
    let dated = |part: &&str| part.split_once(" le ").is_some_and(|(_, rest)| rest.contains(char::is_numeric));
    let split = |part| if dated(&part) { part.splitn(2, " le ").collect() } else { vec![part] };
    parts.into_iter().flat_map(split).flat_map(|part| before_place(part, source)).collect()
}

/// Separates a name from the place, the paper or the day after it.
fn before_place(part: &str, source: NameSource) -> Vec<(&str, bool)> {
    const BEFORE: [&str; 6] = [" on ", " in ", " for ", " from ", " at ", " am "];
    let first = BEFORE.iter().filter_map(|word| part.split_once(word)).min_by_key(|(head, _)| head.len());
    let Some((head, tail)) = first else { return vec![(part, false)] };
    // `Women in Space` and `National Centre for Moss` are whole names.
    let is_name = |word: &str| !ORGANISATIONS.has(&word.to_lowercase());
    let is_whole = source == NameSource::Declared
        && !tail.contains(char::is_numeric)
        && !(head.trim().contains(' ') && head.split_whitespace().all(is_name));
    if is_whole { vec![(part, false)] } else { vec![(head, false), (tail, true)] }
}

/// Returns a part of a byline if it is a name. `dated` means that its line contains a number.
fn name(part: &str, site: Option<&Site>, source: NameSource, dated: bool) -> Option<String> {
    let part = freed(part, source);
    let part = part.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '\'' | '’'));
    // People are called May, August and Tue too, unless the word is alone or beside a number.
    let is_byline = source == NameSource::Byline;
    let may_be_date = part.contains(char::is_numeric) || !part.contains(' ') && (is_byline || dated);
    let mut words: Vec<&str> = Vec::new();
    let mut rest = part.split_whitespace().peekable();
    while let Some(word) = rest.next() {
        let plain = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        // In `Mary Friday` the day is the family name; in `Ada Byron Friday` it is the day.
        let is_family_name = !dated && rest.peek().is_none() && (!is_byline || words.len() == 1);
        let ends = word.starts_with(|c: char| c.is_numeric())
            || (may_be_date || !words.is_empty() && !is_family_name) && is_plain_weekday(&plain)
            || may_be_date && is_month(&plain)
            || plain == "reviewed"
            || plain == "updated";
        if ends {
            break;
        }
        words.push(word);
    }
    let name = words.join(" ");
    let name = name.trim_end_matches([' ', '.', ':', '-', ',']).to_owned();
    let name = if name.ends_with(|c: char| c.is_uppercase()) && words.last().is_some_and(|last| last.ends_with('.')) {
        name + "."
    } else {
        name
    };
    let lower = name.to_lowercase();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let shouted = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    // `Min Lee` is a person, `5 min` and `Min` are not.
    let is_alone = words.len() < 2;
    let fits = letters >= 2
        && name.chars().count() <= MAX_NAME
        && words.len() <= MAX_WORDS
        && !lower.contains("www.")
        && !is_variable(&name)
        && !lower.ends_with(" by")
        && !name.contains(['{', '}', '=', '?', '!', '…', '"', '`', '$', '#'])
        && !site.is_some_and(|site| site.is(&name))
        && !NO_NAMES.has(&lower)
        && !name.split(' ').any(|word| NO_NAME_WORDS.has(&shouted(word).to_lowercase()) && (is_alone || word != "Min"));
    fits.then_some(name)
}

#[cfg(test)]
mod tests;
