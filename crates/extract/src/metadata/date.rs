//! Finds when the page was published and last changed. Of all its dates, the most trustworthy ones
//! count.

use self::address::in_address;
use self::agreement::{as_shown, outvoted, without_copies};
use super::hints::Hints;
use super::scan::{Moment, Scan, has_year};
use super::words::{MODIFIED_WORDS, PUBLISHED_WORDS};
use crate::dates::{Order, find, normalize};
use cachette_dom::word_list::WordList;

mod address;
mod agreement;

/// A date and its source.
pub(super) type Dated = Option<(&'static str, String)>;

/// Returns the dates of publication and of the last change. `title_order` is the position of the
/// page's heading.
pub(super) fn dates(
    scan: &Scan,
    address: Option<&str>,
    lang: Option<&str>,
    title_order: Option<u32>,
) -> (Dated, Dated) {
    let order = order(lang);
    let in_address = address.and_then(in_address).filter(|date| scan.is_past(date)).map(|date| ("address", date));
    let (marked, is_close) = moments(scan, order, false, title_order);
    let in_data = structured(scan, order, &["datePublished", "dateCreated", "uploadDate"]);
    let in_meta = meta(scan, order, PUBLISHED);
    let data_modified = structured(scan, order, &["dateModified", "dateUpdated"]);
    let meta_modified = meta(scan, order, MODIFIED);
    let has_data = in_data.is_some();
    let (in_data, in_meta) = without_copies((in_data, &data_modified), (in_meta, &meta_modified));
    let shown = marked.clone().filter(|_| is_close);
    let others = [&in_meta, &meta(scan, order, ANY_DATE), &in_address].map(Clone::clone);
    let month = address.and_then(address::month);
    let published = outvoted(&in_data, &in_meta, &shown, &others, has_data)
        .or(in_data)
        .or(in_meta)
        .map(|found| as_shown(found, [&in_address, &marked]))
        .or_else(|| marked.clone().filter(|_| is_close))
        .or_else(|| meta(scan, order, ANY_DATE))
        .or(marked)
        .or(in_address)
        .or_else(|| lines(scan, order, false, title_order, month.as_deref()));
    let modified = data_modified
        .or(meta_modified)
        .or_else(|| moments(scan, order, true, title_order).0)
        .or_else(|| lines(scan, order, true, title_order, None));
    (published, modified)
}

/// Reads the date of a post. The language of the page decides the order of day and month.
pub(super) fn of_post(text: &str, lang: Option<&str>) -> Option<String> {
    normalize(text, order(lang))
}

/// Returns the order of day and month in this language.
fn order(lang: Option<&str>) -> Order {
    match lang.map(str::to_ascii_lowercase).as_deref() {
        None => Order::Unknown,
        Some("en" | "en-us") => Order::MonthFirst,
        Some(_) => Order::DayFirst,
    }
}

/// Reads a date that is not later than the page.
fn past(scan: &Scan, text: &str, order: Order) -> Option<String> {
    normalize(text, order).filter(|date| scan.is_past(date))
}

fn structured(scan: &Scan, order: Order, properties: &[&str]) -> Dated {
    let main = scan.structured.items().filter(|item| item.is_main() || item.types().is_empty());
    let mut all = scan.structured.writings().into_iter().chain(main);
    all.find_map(|item| {
        let date = properties.iter().find_map(|name| item.texts(name).find_map(|text| past(scan, text, order)))?;
        Some((item.origin().name(), date))
    })
}

const PUBLISHED: &[(&str, &str)] = &[
    ("og", "article:published_time"),
    ("og", "og:article:published_time"),
    ("og", "og:published_time"),
    ("og", "article:published"),
    ("dc", "dc.date.issued"),
    ("dc", "dcterms.issued"),
    ("dc", "dcterms.created"),
    ("dc", "dc.date.created"),
    ("dc", "dc.created"),
    ("meta", "citation_publication_date"),
    ("meta", "citation_online_date"),
    ("meta", "citation_date"),
    ("meta", "parsely-pub-date"),
    ("meta", "sailthru.date"),
    ("meta", "datepublished"),
    ("meta", "date_published"),
    ("meta", "datecreated"),
    ("meta", "article_date_original"),
    ("meta", "article.published"),
    ("meta", "published_time"),
    ("meta", "publication_date"),
    ("meta", "publish-date"),
    ("meta", "publish_date"),
    ("meta", "publishdate"),
    ("meta", "pubdate"),
    ("meta", "originalpublicationdate"),
    ("meta", "cxenseparse:recs:publishtime"),
    ("meta", "rnews:datepublished"),
    ("meta", "dcterms.available"),
];

/// The keys that do not say which date they mean.
const ANY_DATE: &[(&str, &str)] = &[
    ("dc", "dcterms.date"),
    ("dc", "dc.date"),
    ("dc", "dc:date"),
    ("meta", "created"),
    ("meta", "timestamp"),
    ("meta", "date"),
];

const MODIFIED: &[(&str, &str)] = &[
    ("og", "article:modified_time"),
    ("og", "og:updated_time"),
    ("og", "article:updated_time"),
    ("dc", "dcterms.modified"),
    ("dc", "dc.date.modified"),
    ("meta", "datemodified"),
    ("meta", "lastmod"),
    ("meta", "last-modified"),
    ("meta", "lastmodified"),
    ("meta", "modified_time"),
    ("meta", "revised"),
];

fn meta(scan: &Scan, order: Order, keys: &[(&'static str, &str)]) -> Dated {
    keys.iter().find_map(|(source, key)| Some((*source, scan.metas_of(key).find_map(|text| past(scan, text, order))?)))
}

/// Finds the best date among elements that mark one. Also returns whether it is where the page's
/// own date would be.
fn moments(scan: &Scan, order: Order, modified: bool, title_order: Option<u32>) -> (Dated, bool) {
    let mut best: Option<(u32, &'static str, String)> = None;
    for moment in scan.moments.iter().filter(|moment| moment.place.is_of_page() && !is_legal(&moment.text)) {
        if says_modified(moment) != modified {
            continue;
        }
        let rank = rank(moment, title_order);
        if best.as_ref().is_some_and(|(known, ..)| *known <= rank) {
            continue;
        }
        let value = moment.value.as_deref().and_then(|value| past(scan, value, order));
        let date = value.or_else(|| recent(&moment.text, order).filter(|date| scan.is_past(date)));
        if let Some(date) = date {
            best = Some((rank, if moment.is_time { "time" } else { "text" }, date));
        }
    }
    let is_close = best.as_ref().is_some_and(|(rank, ..)| *rank < 4);
    (best.map(|(_, source, date)| (source, date)), is_close)
}

/// Ranks a date: the lower, the more likely it is the page's own.
fn rank(moment: &Moment, title_order: Option<u32>) -> u32 {
    let far = title_order.map_or(moment.place.after_headings == 0, |title| !moment.place.is_near(title));
    u32::from(moment.place.aside) * 8
        + u32::from(far) * 4
        + u32::from(!is_published(moment)) * 2
        + u32::from(!moment.is_time && moment.value.is_none())
}

fn is_published(moment: &Moment) -> bool {
    moment.hints.has(Hints::PUBLISHED) || says(before_date(&moment.text), &PUBLISHED_WORDS)
}

fn says_modified(moment: &Moment) -> bool {
    let said = before_date(&moment.text);
    says(said, &MODIFIED_WORDS) || !is_published(moment) && moment.hints.has(Hints::MODIFIED)
}

/// Returns the text before the first date in it.
fn before_date(text: &str) -> &str {
    let year = text
        .char_indices()
        .find(|(at, c)| c.is_numeric() && text.get(*at..).is_some_and(|rest| has_year(rest.get(..4).unwrap_or(rest))));
    text.get(..year.map_or(text.len(), |(at, _)| at)).unwrap_or(text)
}

/// Finds a date in running text. A date labelled as publication comes first, then a date alone on
/// its line, then one in a sentence; among equals, the one closest to the title. If the address
/// gives a month, a date in another month most likely belongs to something else.
fn lines(scan: &Scan, order: Order, modified: bool, title_order: Option<u32>, month: Option<&str>) -> Dated {
    let mut best: Option<(u32, String)> = None;
    for (text, place) in scan.dated.iter().filter(|(text, place)| place.is_of_page() && !is_legal(text)) {
        let said = before_date(text);
        let (publication, change) = (says(said, &PUBLISHED_WORDS), says(said, &MODIFIED_WORDS));
        let surplus = text.chars().filter(|c| c.is_alphabetic()).count();
        // A date in a sentence does not describe the page, unless the text begins with it.
        let opens = said.chars().filter(|c| c.is_alphabetic()).count() <= 12;
        let below_title = title_order.map_or(place.after_headings > 0, |title| place.order >= title);
        let eligible = publication || change || surplus <= 60 || opens && below_title;
        if modified != change || !eligible {
            continue;
        }
        let far = title_order.map_or(place.after_headings == 0, |title| !place.is_near(title));
        let rank = u32::from(!publication && !change) * 3
            + u32::from(place.aside) * 8
            + u32::from(far) * 4
            + u32::from(surplus > 14)
            + u32::from(surplus > 30) * 2
            + u32::from(surplus > 60) * 2;
        if best.as_ref().is_some_and(|(known, _)| *known <= rank) {
            continue;
        }
        if let Some(date) = recent(text, order).filter(|date| scan.is_past(date)) {
            let is_elsewhen = month.is_some_and(|month| !date.starts_with(month));
            let rank = rank + 8 * u32::from(is_elsewhen);
            if best.as_ref().is_none_or(|(known, _)| *known > rank) {
                best = Some((rank, date));
            }
        }
    }
    let in_head = || {
        let texts = [scan.title.as_deref(), scan.meta(&["og:title"]), scan.meta(&["description", "og:description"])];
        texts.into_iter().flatten().find_map(|text| recent(text, order).filter(|date| scan.is_past(date)))
    };
    let best = best.map(|(_, date)| date);
    if modified { best } else { best.or_else(in_head) }.map(|date| ("text", date))
}

/// Reads a date that is not older than the web.
fn recent(text: &str, order: Order) -> Option<String> {
    find(text, order).filter(|date| (1990..=2100).contains(&date.year())).map(|date| date.to_string())
}

fn is_legal(text: &str) -> bool {
    let lower = text.to_lowercase();
    text.contains('©') || lower.contains("copyright") || lower.contains("(c)") || lower.contains("all rights")
}

fn says(text: &str, words: &WordList) -> bool {
    words.is_within(&text.to_lowercase())
}

#[cfg(test)]
mod tests;
