//! Finds the page's title in its heading, JSON-LD, `<meta>` and `<title>`, without the site's name.

use std::collections::HashSet;

use super::byline::begins_like_byline;
use super::hints::Hints;
use super::scan::{Heading, Scan};
use super::site::{Site, parts};
use super::words::{GENERIC_TITLES, LABELS};
use crate::fold::fold;
use cachette_dom::text::single_line;

const MAX_TITLE: usize = 500;

/// Returns the title and its source. `heading` is the one that [`heading`] found.
pub(super) fn title(scan: &Scan, site: &Site, heading: Option<&Heading>) -> Option<(&'static str, String)> {
    let declared = declared(scan, site);
    let own = heading.map(|heading| (if heading.level == 1 { "h1" } else { "h2" }, as_written(&heading.text, site)));
    if let Some((_, own)) = &own
        && let Some(both) = tab(scan, site).filter(|tab| is_of_two_headings(tab, own, scan))
    {
        return Some(("title", both));
    }
    if let Some((_, own)) = &own
        && let Some(better) = instead(own, &declared, scan, site)
    {
        return Some(better);
    }
    own.filter(|(_, title)| !title.is_empty()).or(declared).or_else(|| tab(scan, site).map(|title| ("title", title)))
}

/// Returns the declared title if it is better than the page's heading.
fn instead(
    heading: &str,
    declared: &Option<(&'static str, String)>,
    scan: &Scan,
    site: &Site,
) -> Option<(&'static str, String)> {
    let (source, title) = declared.as_ref()?;
    let card = scan.meta(&["og:title"]).map(|title| ("og", cleaned(title, site)));
    let tab = tab(scan, site).map(|title| ("title", title));
    if is_heading_with_more(heading, title)
        || goes_on_with_byline(heading, title)
        || *source != "og"
            && card.as_ref().is_some_and(|(_, card)| is_with_kicker(title, heading) && fold(card) == fold(title))
    {
        return Some((*source, title.clone()));
    }
    let others = || card.iter().chain(&tab);
    // A kicker that only the layout separates from the title is part of the heading's text.
    let is_run_together = |other: &str| {
        let kicker = heading.strip_suffix(other).filter(|_| is_heading_with_more(heading, other));
        kicker.is_some_and(|kicker| ![": ", "- ", "– ", "— ", "| "].iter().any(|sign| kicker.ends_with(sign)))
    };
    let last = others().find(|(_, other)| is_run_together(other));
    // In a heading, only the layout may separate two words.
    let words = |text: &str| text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count();
    let same = |(_, other): &&(&str, String)| fold(other) == fold(heading) && words(other) > words(heading);
    last.or_else(|| declared.iter().chain(others()).find(same)).cloned()
}

/// Whether a title consists of a heading and another main heading. An example is the number and the
/// name of a standard.
fn is_of_two_headings(title: &str, heading: &str, scan: &Scan) -> bool {
    let rest = title.strip_prefix(heading).and_then(|rest| rest.strip_prefix(": ")).map(fold);
    rest.is_some_and(|rest| scan.headings.iter().any(|other| other.level == 1 && fold(&other.text) == rest))
}

/// Whether a heading begins like the declared title and continues with the author's line.
fn goes_on_with_byline(heading: &str, declared: &str) -> bool {
    let known = fold(declared);
    let is_byline = |rest: &str| {
        let mut words = rest.split_whitespace();
        begins_like_byline(rest)
            || words.next().is_some_and(|word| LABELS.has(&word.to_lowercase())) && (1..=3).contains(&words.count())
    };
    let mut ends = heading.match_indices(' ').filter_map(|(at, _)| heading.split_at_checked(at));
    ends.any(|(title, rest)| {
        title.chars().count() >= 15 && is_byline(rest.trim_start()) && known.starts_with(&fold(title))
    })
}

/// Whether a title is a heading after a kicker, such as `Gardens: Moss on walls`.
fn is_with_kicker(title: &str, heading: &str) -> bool {
    title.strip_suffix(heading).is_some_and(|kicker| kicker.ends_with(": "))
}

/// Whether a heading contains the whole declared title, plus a kicker, a subtitle or a date.
fn is_heading_with_more(heading: &str, declared: &str) -> bool {
    let (heading, declared) = (fold(heading), fold(declared));
    declared.chars().count() >= 15
        && heading.len() > declared.len()
        && (heading.starts_with(&declared) || heading.ends_with(&declared))
}

fn tab(scan: &Scan, site: &Site) -> Option<String> {
    let title = scan.title.as_deref().map(|title| cleaned(title, site)).filter(|title| !title.is_empty())?;
    let rest = without_counter(&title).map(fold).filter(|rest| !rest.is_empty());
    let Some(rest) = rest else { return Some(title) };
    // `(500) Days of Summer` has a number of its own; a number of unread messages is only in the
    // tab.
    let headings = scan.headings.iter().map(|heading| heading.text.as_str());
    let metas = scan.metas.iter().filter(|meta| meta.key.ends_with("title")).map(|meta| meta.content.as_str());
    let writings = scan.structured.writings();
    let named = writings.iter().filter_map(|item| item.text("headline").or_else(|| item.text("name")));
    let mut others = headings.chain(metas).chain(named).map(|other| fold(&cleaned(other, site)));
    let is_counted = others.any(|other| !other.is_empty() && (rest.starts_with(&other) || other.starts_with(&rest)));
    Some(if is_counted { without_counter(&title).unwrap_or(&title).to_owned() } else { title })
}

/// Returns a title without a number of unread messages before it.
fn without_counter(title: &str) -> Option<&str> {
    let (number, rest) = title.strip_prefix('(')?.split_once(')')?;
    let digits = number.strip_suffix('+').unwrap_or(number);
    let is_number = (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    rest.strip_prefix(char::is_whitespace).map(str::trim_start).filter(|_| is_number)
}

/// Returns the title that the page declares to machines.
fn declared(scan: &Scan, site: &Site) -> Option<(&'static str, String)> {
    let writings = scan.structured.writings();
    let named = writings
        .iter()
        .filter(|item| item.is_main())
        .find_map(|item| Some((item.origin().name(), item.text("headline").or_else(|| item.text("name"))?)));
    let meta = |source: &'static str, keys: &[&str]| scan.meta(keys).map(|title| (source, title));
    let all = [
        named,
        meta("og", &["og:title"]),
        meta("dc", &["dc:title", "dc.title", "dcterms.title", "citation_title"]),
        meta("meta", &["parsely-title", "sailthru.title", "twitter:title", "headline", "title"]),
    ];
    all.into_iter()
        .flatten()
        .map(|(source, title)| (source, cleaned(title, site)))
        .find(|(_, title)| !title.is_empty() && !site.is(title) && !is_generic(title))
}

/// Returns the heading that is the page's title. It is one that is also declared, else the
/// article's only one.
pub(super) fn heading<'s>(scan: &'s Scan, site: &Site, address: Option<&str>) -> Option<&'s Heading> {
    let usable = |heading: &&Heading| {
        let is_brand = heading.hints.has(Hints::BRAND) && !heading.hints.has(Hints::ENTRY);
        let elsewhere = heading.place.in_comments || is_brand;
        !elsewhere && !site.is(&heading.text) && !is_generic(&heading.text)
    };
    let declared = declared(scan, site).map(|(_, title)| title);
    let tab = tab(scan, site);
    let known: Vec<&str> = [declared.as_deref(), tab.as_deref()].into_iter().flatten().collect();
    let headings: Vec<&Heading> = scan.headings.iter().filter(usable).collect();
    let mut best: Option<(u32, &Heading)> = None;
    for heading in &headings {
        let likeness = known.iter().map(|title| likeness(title, &heading.text, heading.level)).max().unwrap_or(0);
        let handicap = if heading.place.aside { 15 } else { 0 } + if heading.level == 1 { 0 } else { 5 };
        let score = likeness.saturating_sub(handicap);
        // Many second-level headings share the title's words.
        let enough = if heading.level == 1 { 55 } else { 85 };
        let is_better = |(known, other): (u32, &Heading)| {
            score > known || score == known && heading.text.len() > other.text.len() && heading.level == other.level
        };
        if likeness >= enough && best.is_none_or(is_better) {
            best = Some((score, heading));
        }
    }
    if let Some((_, heading)) = best {
        return Some(heading);
    }
    // The heading of a site's entry page is a greeting.
    if address.is_some_and(is_entry) && !known.is_empty() {
        return None;
    }
    let mut firsts = headings.iter().filter(|heading| heading.level == 1 && !heading.place.aside);
    match (firsts.next(), firsts.next()) {
        (Some(only), None) if known.is_empty() || only.hints.has(Hints::TITLE) || only.place.in_article => Some(*only),
        (Some(first), _) if known.is_empty() => Some(*first),
        _ => None,
    }
}

/// Returns the similarity of two titles, in percent. It is 100 for equal titles, and less if one
/// contains the other or most of its words.
fn likeness(title: &str, heading: &str, level: u8) -> u32 {
    let (a, b) = (fold(title), fold(heading));
    let (long, short) = if a.len() >= b.len() { (&a, &b) } else { (&b, &a) };
    if short.is_empty() {
        return 0;
    }
    if long == short {
        return 100;
    }
    let parts: Vec<(usize, &str)> = parts(title);
    if b.chars().count() >= 3
        && let Some(place) = parts.iter().position(|(_, part)| fold(part) == b)
    {
        let mut others = parts.iter().map(|(_, part)| fold(part)).filter(|part| *part != b);
        let is_longest = others.all(|part| part.chars().count() < b.chars().count());
        // A short first part is a kicker if a colon follows, otherwise the site's name follows.
        let rest = parts.get(place).and_then(|(start, part)| title.get(start + part.len()..)).unwrap_or("");
        let is_kicker = level != 1 && !is_longest && rest.trim_start().starts_with(':');
        match place {
            0 => return if is_kicker { 80 } else { 95 },
            _ if is_longest && level != 1 => return 90,
            _ => {}
        }
    }
    if short.chars().count() >= 8 && long.starts_with(short.as_str()) {
        return 85;
    }
    if short.chars().count() >= 8 && long.contains(short.as_str()) {
        return 75;
    }
    let words = |text: &str| -> HashSet<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let (a, b) = (words(title), words(heading));
    let shared = a.intersection(&b).count();
    let all = a.len() + b.len();
    if shared < 3 || all == 0 { 0 } else { u32::try_from(200 * shared / all).unwrap_or(0).min(80) }
}

/// Whether an address is that of a site's entry page.
fn is_entry(address: &str) -> bool {
    url::Url::parse(address).is_ok_and(|url| url.path().trim_matches('/').is_empty() && url.query().is_none())
}

/// Whether a title would fit any page.
fn is_generic(title: &str) -> bool {
    GENERIC_TITLES.has(&title.trim().to_lowercase())
}

/// Cleans a declared title or the tab's title. Such titles are often encoded twice, and some
/// contain tags.
fn cleaned(title: &str, site: &Site) -> String {
    let decoded = html_escape::decode_html_entities(title);
    as_written(&without_tags(&decoded), site)
}

/// Returns a title as the page shows it.
fn as_written(title: &str, site: &Site) -> String {
    let visible: String = title.chars().filter(|c| !is_unseen(*c)).collect();
    let line = single_line(&visible, MAX_TITLE);
    site.strip(&line)
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '»' | '·' | '•' | '#' | '¶'))
        .to_owned()
}

/// Whether a character is an invisible hyphen, or changes the direction of text.
pub(super) fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}'
    )
}

/// Returns a text without the few tags that occur in titles.
pub(super) fn without_tags(text: &str) -> String {
    // A page about `<b>` has it in its title.
    if !text.contains("</") && !text.contains("<br") {
        return text.to_owned();
    }
    let mut plain = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at_checked(start).unwrap_or((rest, ""));
        plain.push_str(before);
        let is_tag = tag.get(1..).unwrap_or("").trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
        match tag.bytes().take(80).position(|byte| byte == b'>').filter(|_| is_tag) {
            Some(end) => rest = tag.get(end + 1..).unwrap_or(""),
            None => {
                plain.push('<');
                rest = tag.get(1..).unwrap_or("");
            }
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests;
