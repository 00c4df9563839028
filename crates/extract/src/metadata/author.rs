//! Finds the page's authors in structured data, `<meta>`, links and bylines. `person_names.rs`
//! recognises names.

use std::collections::HashSet;

use super::byline::{after_by, begins_like_byline};
use super::hints::Hints;
use super::person_names::{NameSource, looks_like_login, looks_like_name, names_in};
use super::scan::{Byline, BylineKind, Scan};
use super::site::Site;
use super::structured::{Item, Origin};
use super::words::{AUTHOR_LABELS, LEADING};
use crate::dates::{is_month, is_weekday};
use crate::fold::fold;

const MAX_AUTHORS: usize = 10;

/// The source of the authors, and their names, joined by ", ".
type SourcedAuthors = Option<(&'static str, String)>;

/// Returns the authors, joined by ", ", and their source. `title_order` is the position of the
/// page's heading.
pub(super) fn author(scan: &Scan, site: &Site, title_order: Option<u32>) -> SourcedAuthors {
    let declared = |site| structured(scan, site).or_else(|| meta(scan, site));
    // People come first; if no person is named, the site's own name is accepted as its author.
    let person = declared(Some(site));
    let is_login = person.as_ref().is_some_and(|(_, name)| looks_like_login(name));
    let found = if person.is_some() && !is_login {
        person
    } else {
        let written = byline(scan, Some(site), title_order);
        // A name far from the title may be anybody's, so what the page declares outweighs it.
        let most = if is_login { CLOSE } else { LIKELY };
        let near = written.clone().filter(|(rank, (_, name))| *rank <= most && !(is_login && looks_like_login(name)));
        let near = near.map(|(_, found)| found);
        near.or(person).or_else(|| declared(None)).or_else(|| written.map(|(_, found)| found))
    };
    let found = found.or_else(|| byline(scan, None, title_order).map(|(_, found)| found));
    found.map(|(source, name)| (source, completed(scan, &name).unwrap_or(name)))
}

/// Completes a first name alone, if the page gives the full name elsewhere.
fn completed(scan: &Scan, name: &str) -> Option<String> {
    if name.contains([' ', ',']) || looks_like_login(name) {
        return None;
    }
    let main = scan.structured.items().filter(|item| item.is_main());
    let items = scan.structured.writings().into_iter().chain(main);
    let declared = items.flat_map(|item| item.names("author")).take(MAX_AUTHORS).map(str::to_owned);
    let metas = scan.metas_of("author").map(str::to_owned);
    let bylines = scan.bylines.iter().filter(|byline| byline.kind != BylineKind::User && byline.place.is_own());
    let written = bylines.map(|byline| byline.text.clone());
    let declared = declared.chain(metas).flat_map(|text| names_in(&text, None, NameSource::Declared));
    let written = written.flat_map(|text| names_in(&text, None, NameSource::Byline));
    declared.chain(written).find(|full| {
        let more = full.strip_prefix(name).and_then(|rest| rest.strip_prefix(' '));
        more.is_some_and(|more| more.split(' ').count() <= 3) && looks_like_name(full)
    })
}

/// The highest rank of a byline that outweighs the site's name.
const LIKELY: u32 = 4;

/// The highest rank of a byline that outweighs a login.
const CLOSE: u32 = 2;

fn structured(scan: &Scan, site: Option<&Site>) -> SourcedAuthors {
    let others = scan.structured.items().filter(|item| item.is_main() || item.types().is_empty());
    scan.structured.writings().into_iter().chain(others).find_map(|item| {
        let authors = ["author", "creator"].iter().find_map(|property| of_item(item, property, site))?;
        Some((item.origin().name(), authors))
    })
}

fn of_item(item: Item<'_>, property: &str, site: Option<&Site>) -> Option<String> {
    // In microdata, commenters are often authors of the same item.
    let most = if item.origin() == Origin::Microdata { 1 } else { MAX_AUTHORS };
    join(item.names(property).into_iter().take(most), site, NameSource::Declared)
}

fn meta(scan: &Scan, site: Option<&Site>) -> SourcedAuthors {
    const KEYS: &[(&str, &str)] = &[
        ("og", "article:author"),
        ("og", "og:article:author"),
        ("og", "og:author"),
        ("dc", "dc:creator"),
        ("dc", "dc.creator"),
        ("dc", "dc.creator.personalname"),
        ("dc", "dcterms.creator"),
        ("meta", "author"),
        ("meta", "citation_author"),
        ("meta", "parsely-author"),
        ("meta", "sailthru.author"),
        ("meta", "byl"),
        ("meta", "article.author"),
        ("meta", "article:author_name"),
        ("meta", "authors"),
        ("meta", "rbauthors"),
        ("meta", "twitter:data1"),
    ];
    let found = KEYS.iter().filter_map(|(source, key)| {
        let names_no_author = *key == "twitter:data1" && !scan.meta(&["twitter:label1"]).is_some_and(labels_author);
        if names_no_author {
            return None;
        }
        let turned: Vec<String> = scan
            .metas_of(key)
            .map(|name| if LAST_FIRST.contains(key) { first_last(name) } else { name.to_owned() })
            .collect();
        Some((*source, join(turned.iter().map(String::as_str), site, NameSource::Declared)?))
    });
    let found: Vec<(&str, String)> = found.collect();
    found.iter().find(|(_, name)| !looks_like_login(name)).or(found.first()).cloned()
}

/// Keys of library catalogues, where the family name comes first.
const LAST_FIRST: &[&str] =
    &["citation_author", "dc:creator", "dc.creator", "dc.creator.personalname", "dcterms.creator"];

/// Turns `Lovelace, Ada` into the spoken order.
fn first_last(name: &str) -> String {
    match name.split_once(',') {
        Some((last, first)) if !first.contains([',', ';']) && !first.trim().is_empty() => {
            format!("{} {}", first.trim(), last.trim())
        }
        _ => name.to_owned(),
    }
}

fn labels_author(label: &str) -> bool {
    AUTHOR_LABELS.begins(&label.to_lowercase())
}

/// Returns the most likely byline with its rank.
fn byline(scan: &Scan, site: Option<&Site>, title_order: Option<u32>) -> Option<(u32, (&'static str, String))> {
    let mut best: Option<(u32, (&'static str, String))> = None;
    for byline in scan.bylines.iter().filter(|byline| byline.place.is_of_page()) {
        let base = rank(byline, title_order);
        if best.as_ref().is_some_and(|(known, _)| *known <= base) {
            continue;
        }
        let Some(authors) = join(std::iter::once(byline.text.as_str()), site, NameSource::Byline) else { continue };
        // Text that is not marked as a name must look like one.
        if byline.kind == BylineKind::Text && !authors.split(", ").all(looks_like_name) {
            continue;
        }
        // A line with much text besides the name may mean something else.
        let surplus = fold(&byline.text).chars().count() > 12 + 2 * fold(&authors).chars().count();
        let rank = base + 2 * u32::from(surplus);
        if best.as_ref().is_none_or(|(known, _)| rank < *known) {
            best = Some((rank, (if byline.kind == BylineKind::Rel { "rel-author" } else { "byline" }, authors)));
        }
    }
    best
}

/// Returns the authors of comments.
pub(super) fn commenters(scan: &Scan) -> Vec<String> {
    let comments = scan.bylines.iter().filter(|byline| byline.place.in_comments);
    comments.flat_map(|byline| names_in(&byline.text, None, NameSource::Byline)).collect()
}

/// Returns the authors of the byline that extraction found, unless they are known commenters.
pub(super) fn of_article(byline: &str, commenters: &[String]) -> SourcedAuthors {
    let mut names = names_in(byline, None, NameSource::Byline);
    names.retain(|name| !commenters.contains(name));
    (!names.is_empty()).then(|| ("byline", names.join(", ")))
}

/// Whether a text only says who wrote the page, with a date or a role at most.
pub(super) fn is_only_byline(text: &str, author: Option<&str>) -> bool {
    if text.len() > MAX_BYLINE {
        return false;
    }
    let whole = fold(text);
    if author.is_some_and(|author| fold(author) == whole) {
        return true;
    }
    // `Written by` begins a byline too; `Interview with` does not.
    let first = text.split_whitespace().next().unwrap_or("");
    let rest = text.trim_start().strip_prefix(first).filter(|_| LEADING.has(&first.to_lowercase()));
    if !(begins_like_byline(text) || rest.is_some_and(begins_like_byline)) {
        return false;
    }
    let after = after_by(text);
    let names = names_in(text, None, NameSource::Byline);
    if !names.iter().all(|name| looks_like_name(name)) {
        return false;
    }
    // The names and the words around them are all there is, but for a day.
    let known: HashSet<&str> = names.iter().flat_map(|name| name.split(' ')).collect();
    let is_rest = |word: &&str| {
        let plain = word.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = plain.to_lowercase();
        !known.contains(plain) && !plain.contains(char::is_numeric) && !is_month(&lower) && !is_weekday(&lower)
    };
    !names.is_empty() && after.split_whitespace().filter(is_rest).count() <= 2
}

/// The greatest length of a text that may be only a byline.
const MAX_BYLINE: usize = 120;

/// Ranks a byline: the lower, the more likely it names the page's own author.
fn rank(byline: &Byline, title_order: Option<u32>) -> u32 {
    let kind = match byline.kind {
        BylineKind::Rel => 0,
        BylineKind::Class | BylineKind::Link => 1,
        BylineKind::Text => 2,
        BylineKind::Address => 4,
        BylineKind::User => 6,
    };
    let far = title_order.is_some_and(|title| !byline.place.is_near(title));
    kind + 5 * u32::from(byline.place.aside) + 2 * u32::from(byline.hints.has(Hints::ABOUT)) + 2 * u32::from(far)
}

/// Returns the names in some texts, each once.
fn join<'a>(texts: impl Iterator<Item = &'a str>, site: Option<&Site>, source: NameSource) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for text in texts.take(MAX_AUTHORS) {
        for name in names_in(text, site, source) {
            let folded = fold(&name);
            if names.len() < MAX_AUTHORS && !names.iter().any(|known| fold(known) == folded) {
                names.push(name);
            }
        }
    }
    (!names.is_empty()).then(|| names.join(", "))
}

#[cfg(test)]
mod tests;
