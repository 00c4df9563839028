//! Reads an entry of the original cache. It has three lines `key: rest of the line`, a blank line,
//! and the article as HTML. Not YAML: titles hold colons and quotes as they are. Writes nothing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use cachette_page::{FileFormat, decode};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{hash_of, is_hash};

/// How deep below the given folder entries are searched for: `repository/cache/<year>/<md5>`.
const DEPTH: u32 = 4;
/// A larger file is not an article.
const BYTES: u64 = 256 << 20;

/// One entry.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The literal address.
    pub url: String,
    pub title: String,
    pub body: Body,
    /// The year of its folder.
    pub year: Option<String>,
    pub captured_at: Timestamp,
    /// An irregularity, in one sentence.
    pub note: Option<String>,
}

/// The article.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Body {
    Html(String),
    /// The article was written by hand, without any tag.
    Markdown(String),
}

/// The folders of all entries at or below `dir`, in order. Links are not followed.
pub(super) fn folders(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let own = dir.canonicalize()?;
    if own.file_name().and_then(|name| name.to_str()).is_some_and(is_hash) {
        found.push(own);
        return Ok(found);
    }
    walk(dir, DEPTH, &mut found)?;
    found.sort();
    Ok(found)
}

fn walk(dir: &Path, depth: u32, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        if !entry.file_type()?.is_dir() {
            continue;
        }
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        if is_hash(name) {
            found.push(entry.path());
        } else if depth > 1 && !name.starts_with('.') {
            walk(&entry.path(), depth - 1, found)?;
        }
    }
    Ok(())
}

/// Reads one entry.
pub(super) fn entry(folder: &Path) -> Result<Entry, String> {
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or("");
    let above = folder.parent().and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or("");
    let year = (above.len() == 4 && above.bytes().all(|byte| byte.is_ascii_digit())).then(|| above.to_owned());
    let (article, page) = (folder.join("index.md"), folder.join("index.html"));
    if let Some(text) = text_of(&article)? {
        let (head, body) = header(&text);
        let field = |key| head.iter().find(|(name, _)| *name == key).map(|(_, value)| *value).unwrap_or("");
        let url = field("url").to_owned();
        if url.is_empty() {
            return Err("Its index.md has no line “url: …”.".to_owned());
        }
        let note = (hash_of(&url) != name)
            .then(|| "Its folder is not named by the MD5 of its address; it was imported anyway.".to_owned());
        let body = if has_tags(body) { Body::Html(body.to_owned()) } else { Body::Markdown(body.trim().to_owned()) };
        let captured_at = captured_at(&article, year.as_deref());
        return Ok(Entry { url, title: field("title").to_owned(), body, year, captured_at, note });
    }
    let Some(html) = text_of(&page)? else { return Err("It holds neither index.md nor index.html.".to_owned()) };
    // Later entries have only the page. The folder's name proves which link leads to its source.
    let url = addresses_in(&html).find(|url| hash_of(url) == name);
    let url = url.ok_or("It has no index.md, and no address in its index.html has the folder's name as its MD5.")?;
    let captured_at = captured_at(&page, year.as_deref());
    Ok(Entry { url, title: String::new(), body: Body::Html(html), year, captured_at, note: None })
}

fn text_of(path: &Path) -> Result<Option<String>, String> {
    let facts = match fs::symlink_metadata(path) {
        Ok(facts) if facts.is_file() => facts,
        _ => return Ok(None),
    };
    if facts.len() > BYTES {
        return Err("Its file is longer than 256 MiB.".to_owned());
    }
    let bytes = fs::read(path).map_err(|error| format!("Its file cannot be read: {error}."))?;
    match FileFormat::of(&bytes) {
        Some(format) => Err(format!("Its file is {format}, not HTML; {}.", format.advice())),
        None => Ok(Some(decode(&bytes, None).text)),
    }
}

/// Returns the lines `key: value` before the first blank line, and the text after it.
fn header(text: &str) -> (Vec<(&str, &str)>, &str) {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let (mut head, mut read) = (Vec::new(), 0);
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        let field = bare.split_once(':').filter(|(key, _)| !key.is_empty() && key.bytes().all(is_key));
        match field {
            Some((key, value)) => head.push((key, value.trim())),
            None => {
                read += if bare.is_empty() { line.len() } else { 0 };
                break;
            }
        }
        read += line.len();
    }
    (head, text.get(read..).unwrap_or(""))
}

fn is_key(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// Whether a text contains anything like a tag.
fn has_tags(text: &str) -> bool {
    let begins = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
    text.match_indices('<').any(|(at, _)| text.get(at + 1..).is_some_and(begins))
}

/// Returns the targets of the page's links.
fn addresses_in(html: &str) -> impl Iterator<Item = String> {
    html.match_indices("href=").filter_map(|(at, _)| {
        let rest = html.get(at + 5..)?;
        let value = match rest.chars().next()? {
            quote @ ('"' | '\'') => rest.get(1..)?.split(quote).next()?,
            _ => rest.split([' ', '>', '\n', '\t']).next()?,
        };
        Some(value.trim().replace("&#38;", "&").replace("&amp;", "&"))
    })
}

/// Returns when the file was last changed, or the start of the folder's year. The year wins where
/// the two disagree, because a copy has the time of copying.
fn captured_at(file: &Path, year: Option<&str>) -> Timestamp {
    let changed = fs::metadata(file).and_then(|facts| facts.modified()).ok();
    let changed = changed.and_then(|time| Timestamp::try_from(time).ok()).unwrap_or(Timestamp::UNIX_EPOCH);
    let Some(year) = year.and_then(|year| year.parse::<i16>().ok()) else { return changed };
    if TimeZone::UTC.to_datetime(changed).year() == year {
        return changed;
    }
    let first = Date::new(year, 1, 1).ok().and_then(|day| day.to_zoned(TimeZone::UTC).ok());
    first.map_or(changed, |day| day.timestamp())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn values_are_the_rest_of_their_lines() {
        let text =
            "title: UX: la \"nouvelle\" donne\nurl: http://example.org//a?b=c\nhash_url: 0d\n\n<p>Body: text</p>\n";
        let (head, body) = header(text);
        assert_eq!(head[0], ("title", "UX: la \"nouvelle\" donne"));
        assert_eq!(head[1], ("url", "http://example.org//a?b=c"));
        assert_eq!(body, "<p>Body: text</p>\n");
        assert_eq!(header("url: x\r\n\r\nBody").1, "Body");
        assert_eq!(header("url: x").1, "");
        assert_eq!(header("url: x\n<p>at once</p>").1, "<p>at once</p>");
    }

    #[test]
    fn the_hash_is_that_of_the_address_word_for_word() {
        for (url, hash) in [
            ("http://www.servicedenuages.fr/difficile-promesse-autohebergement", "0daebd620201f59850a9337aee48a511"),
            ("https://borisschapira.com//2018/02/site-statique-performance-web/", "ff210758520a85e3e8d4102ef925b6ea"),
            ("https://adactio.com/articles/14321", "22968d175d13a6693433c7c4732469da"),
        ] {
            assert_eq!(hash_of(url), hash);
        }
    }

    #[test]
    fn links_are_found_however_they_are_quoted() {
        let html = "<a href=\"https://a/?x&amp;y\">a</a><a class=b href='https://b/'>b</a><a href=https://c/>c</a>";
        let found: Vec<String> = addresses_in(html).collect();
        assert_eq!(found, ["https://a/?x&y", "https://b/", "https://c/"]);
    }

    proptest! {
        #[test]
        fn any_text_has_a_header_and_a_body(text in any::<String>()) {
            let (head, body) = header(&text);
            prop_assert!(text.ends_with(body));
            prop_assert!(head.iter().all(|(key, _)| text.contains(key)));
            let _ = has_tags(&text);
            prop_assert!(addresses_in(&text).count() <= text.len());
        }
    }
}
