//! Finds the name of a page's site, and removes it from titles.

use super::scan::Scan;
use super::words::ADDED_TO_SITES;
use crate::fold::fold;
use cachette_dom::text::single_line;

/// Signs that separate a title from the site's name if blanks surround them.
const SEPARATORS: [char; 15] = ['|', '-', '–', '—', '·', '•', '»', '«', '›', '‹', '/', '\\', ':', '~', '>'];
/// The separators that need no blanks around them.
const BROAD: [char; 5] = ['|', '｜', '»', '丨', '•'];

/// The names of a site.
#[derive(Debug, Default)]
pub(super) struct Site {
    pub(super) name: Option<(&'static str, String)>,
    /// All its possible names, reduced to letters and digits in lower case.
    folded: Vec<String>,
    /// The host without dots, reduced likewise.
    host: String,
}

impl Site {
    pub(super) fn of(scan: &Scan, address: Option<&str>) -> Self {
        let mut names: Vec<(&'static str, String)> = Vec::new();
        let publishers = scan.structured.writings();
        let publisher = publishers.iter().find_map(|item| {
            // Whoever publishes their own blog is its author.
            let is_person = item.items("publisher").next().is_some_and(|publisher| publisher.is(&["Person"]));
            let name = item.names("publisher").first().copied().filter(|_| !is_person)?;
            Some((item.origin().name(), name.to_owned()))
        });
        let website = scan
            .structured
            .of_type(&["WebSite"])
            .iter()
            .find_map(|item| Some((item.origin().name(), item.text("name")?.to_owned())));
        names.extend(publisher);
        names.extend(scan.meta(&["og:site_name"]).map(|name| ("og", name.to_owned())));
        names.extend(website);
        names.extend(
            scan.meta(&[
                "application-name",
                "dc.publisher",
                "dcterms.publisher",
                "apple-mobile-web-app-title",
                "twitter:app:name:iphone",
            ])
            .map(|name| ("meta", name.to_owned())),
        );
        for (_, name) in &mut names {
            *name = single_line(&html_escape::decode_html_entities(name.as_str()), 200);
        }
        names.retain(|(_, name)| !name.is_empty() && !name.starts_with("http") && !name.starts_with('@'));
        let folded = names.iter().map(|(_, name)| fold(name)).filter(|name| name.chars().count() > 1).collect();
        let host = address
            .and_then(|address| url::Url::parse(address).ok())
            .and_then(|url| url.host_str().map(|host| fold(host.strip_prefix("www.").unwrap_or(host))))
            .unwrap_or_default();
        Self { name: names.into_iter().next(), folded, host }
    }

    /// Whether a text is only the site's name.
    pub(super) fn is(&self, text: &str) -> bool {
        self.is_named(text) || self.is_made_of_host(text)
    }

    /// Whether all words of a text occur in the host's name, apart from words that any site may
    /// add.
    fn is_made_of_host(&self, text: &str) -> bool {
        let mut own = 0;
        for word in text.split(|c: char| c.is_whitespace() || c == '-' || c == '.') {
            let word = fold(word.trim_end_matches("'s").trim_end_matches("’s"));
            if word.is_empty() || ADDED_TO_SITES.has(&word) {
                continue;
            }
            if word.len() < 3 || !self.host.contains(&word) {
                return false;
            }
            own += word.len();
        }
        own >= 4
    }

    fn is_named(&self, text: &str) -> bool {
        // `Weekly shows its moss` is a sentence about the site.
        let words = text.split_whitespace().count();
        let text = fold(text);
        if text.is_empty() {
            return false;
        }
        let long = text.chars().count() >= 4;
        self.folded.iter().any(|name| {
            let begins = text.starts_with(name.as_str()) && (words <= 4 || text.len() <= 4 * name.len());
            *name == text
                || long && name.chars().count() >= 4 && (begins || name.starts_with(&text) || name.ends_with(&text))
        }) || self.is_host(&text)
    }

    fn is_host(&self, folded: &str) -> bool {
        folded.len() >= 3 && self.host.starts_with(folded) || folded.len() >= 5 && self.host.contains(folded)
    }

    /// Returns a title without the site's name at its beginning or end.
    pub(super) fn strip<'t>(&self, title: &'t str) -> &'t str {
        let mut title = title.trim();
        for _ in 0..3 {
            let parts = parts(title);
            let [first, .., last] = parts.as_slice() else { break };
            let whole = title.len();
            if self.is(last.1) {
                title = title
                    .get(..last.0)
                    .unwrap_or(title)
                    .trim_end_matches(|c: char| c.is_whitespace() || is_separator(c));
            } else if self.is(first.1) {
                let next = parts.get(1).map_or(0, |part| part.0);
                title = title
                    .get(next..)
                    .unwrap_or(title)
                    .trim_start_matches(|c: char| c.is_whitespace() || is_separator(c));
            }
            if title.len() == whole {
                break;
            }
        }
        self.without_last(title)
    }

    /// Returns a title without the part after its last bar. It is used if the site's name is
    /// unknown, because only that name comes after a bar.
    fn without_last<'t>(&self, title: &'t str) -> &'t str {
        let known = !self.folded.is_empty();
        let Some((before, last)) = title.rsplit_once(" | ").filter(|_| !known) else { return title };
        let words = |text: &str| text.split_whitespace().count();
        if words(before) >= 3 && words(last) <= 5 { before.trim_end() } else { title }
    }
}

fn is_separator(c: char) -> bool {
    SEPARATORS.contains(&c) || BROAD.contains(&c)
}

/// Returns a title's parts, each with its start.
pub(super) fn parts(title: &str) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    let mut signs = title.char_indices().peekable();
    while let Some((at, c)) = signs.next() {
        let blank_after = signs.peek().is_none_or(|(_, next)| next.is_whitespace());
        let colon = c == ':' && blank_after;
        if BROAD.contains(&c) || colon || SEPARATORS.contains(&c) && before.is_whitespace() && blank_after {
            parts.push((start, title.get(start..at).unwrap_or("").trim()));
            start = at + c.len_utf8();
        }
        before = c;
    }
    parts.push((start, title.get(start..).unwrap_or("").trim()));
    parts.retain(|(_, part)| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests;
