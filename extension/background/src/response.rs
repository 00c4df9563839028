//! Judges the response to a fetched link, and finds its charset. The response may be a page,
//! something that a tab should render, or not a page. This is pure: bytes and headers in, decisions
//! out.

use cachette_webext::error::Error;

use crate::markup::{Piece, end_of, end_of_script, piece, text};

/// A response as the browser describes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
pub struct Response {
    /// The address after all redirects, without a fragment.
    pub url: String,
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type` header; empty if there is none.
    pub content_type: String,
    /// The `Content-Disposition` header; empty if there is none.
    pub disposition: String,
}

/// The decision about a response.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is HTML: read it.
    Read,
    /// A tab may render it as a page: an error, plain text, XML.
    Render,
    /// It is not a page; opening it would start a download or a viewer.
    Refuse(Error),
}

impl Response {
    /// Returns the media type in lower case, without parameters.
    pub fn media_type(&self) -> String {
        self.content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// Decides what to do with the response.
    pub fn verdict(&self) -> Verdict {
        let media = self.media_type();
        if self.disposition.trim_start().to_ascii_lowercase().starts_with("attachment") {
            return Verdict::Refuse(Error::NotAPage(media));
        }
        let is_html = matches!(media.as_str(), "text/html" | "application/xhtml+xml");
        // Sites send errors in any type; an HTML error may be a barrier that only a visit opens.
        if self.status >= 400 && (is_html || media.is_empty() || is_text(&media)) {
            return Verdict::Render;
        }
        if is_html {
            Verdict::Read
        } else if media.is_empty() || is_text(&media) {
            Verdict::Render
        } else {
            Verdict::Refuse(Error::NotAPage(media))
        }
    }
}

fn is_text(media: &str) -> bool {
    media.starts_with("text/")
        || matches!(media, "application/json" | "application/xml" | "application/ld+json")
        || (media.ends_with("+xml") && !media.starts_with("image/"))
        || media.ends_with("+json")
}

/// How many bytes are searched for a `meta` that names the charset. The HTML standard says 1024,
/// but not all pages comply.
pub const SNIFFED_BYTES: usize = 4096;

/// Returns the charset that the byte order mark, the header or a `meta` names, in that order;
/// `None` if none of them names one. The name is as written: the browser knows all aliases.
pub fn charset(content_type: &str, head: &[u8]) -> Option<String> {
    let mark = match head {
        [0xef, 0xbb, 0xbf, ..] => Some("utf-8"),
        [0xfe, 0xff, ..] => Some("utf-16be"),
        [0xff, 0xfe, ..] => Some("utf-16le"),
        _ => None,
    };
    if let Some(mark) = mark {
        return Some(mark.to_owned());
    }
    parameter(&content_type.to_ascii_lowercase()).or_else(|| {
        // Charset names are ASCII; the meaning of other bytes does not matter.
        let head: String = head.iter().take(SNIFFED_BYTES).map(|&byte| char::from(byte).to_ascii_lowercase()).collect();
        let named = head.split("<meta").skip(1).find_map(|tag| parameter(tag.split('>').next().unwrap_or_default()))?;
        // A page that was readable up to here is not in UTF-16, whatever it claims.
        Some(if named.starts_with("utf-16") { "utf-8".to_owned() } else { named })
    })
}

/// Returns the value after `charset=`, quoted or not.
fn parameter(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("charset")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).take(40).collect();
    (!name.is_empty()).then_some(name)
}

/// A page with scripts and fewer visible characters than this counts as empty.
const SHELL_CHARACTERS: usize = 280;

/// Elements whose content nobody sees until scripts have run.
const UNSEEN: [&str; 6] = ["noscript", "script", "style", "svg", "template", "title"];

/// Whether this HTML is only the shell of a page that scripts fill. One that sends the visitor on
/// by `meta refresh` counts too. Reads to the first `SHELL_CHARACTERS` visible characters, or to
/// the end.
pub fn is_shell(html: &str) -> bool {
    let lower = html.to_ascii_lowercase();
    if lower.contains("http-equiv=\"refresh\"") || lower.contains("http-equiv=refresh") {
        return true;
    }
    let (mut visible, mut scripts, mut at) = (0, false, 0);
    while visible < SHELL_CHARACTERS {
        let rest = html.get(at..).unwrap_or_default();
        let Some(found) = rest.find('<') else {
            visible += letters(rest);
            break;
        };
        visible += letters(text(html, &(at..at + found)));
        let tag = match piece(html, at + found, false) {
            Piece::Tag(tag) => tag,
            Piece::Other(end) => {
                at = end;
                continue;
            }
            Piece::Unfinished => break,
        };
        at = tag.end;
        let Some(name) = UNSEEN.iter().find(|name| !tag.closes && tag.is(html, name)) else { continue };
        scripts |= *name == "script";
        let end = if *name == "script" { end_of_script(html, at) } else { end_of(html, at, name) };
        at = end.unwrap_or(html.len());
    }
    scripts && visible < SHELL_CHARACTERS
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// Returns the address to file. It is that of the response, with the link's fragment, which no
/// response carries and which may be a route.
pub fn final_address(link: &str, answered: &str) -> String {
    match link.split_once('#') {
        Some((_, fragment)) if !answered.contains('#') => format!("{answered}#{fragment}"),
        _ => answered.to_owned(),
    }
}

#[cfg(test)]
mod tests;
