//! Links to shared files in a page's files. An older version lies one folder deeper than the newest: opened by itself, in
//! whatever shows Markdown or HTML, it finds its pictures by one `../` more. Moved one way and back, a text is what it was.

use std::borrow::Cow;

use cachette_page::digest::sha256_hex;
use memchr::memmem;

use crate::read::article::{Article, EDITED_HASH};

/// In which direction a file moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// From the page's folder into `versions/`.
    Deeper,
    /// Back.
    Higher,
}

/// A version's files as they stand in the other folder.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Moved {
    /// The article with its front matter, whose hashes are those of what it and the DOM now hold.
    pub file: String,
    /// The DOM, where it is another one than before.
    pub html: Option<Vec<u8>>,
}

/// What moves: an article, and the bytes of its DOM where it has one. `None` where both stay as they are. A file that cannot be read is never
/// rewritten, nor is a DOM that is not the one that its article names: damage must stay to be seen.
pub(crate) fn moved(article: &Article, html: Option<&[u8]>, way: Way) -> Option<Moved> {
    if article.trouble.is_some() {
        return None;
    }
    let body = relinked(article.body().as_bytes(), way).and_then(|body| String::from_utf8(body).ok());
    let named = article.front.get("html_hash");
    let html =
        html.and_then(|html| relinked(html, way).filter(|_| named.is_some_and(|named| named == sha256_hex(html))));
    if body.is_none() && html.is_none() {
        return None;
    }
    let mut front = article.front.clone();
    if let Some(body) = &body {
        let hash = sha256_hex(body.as_bytes());
        if article.is_as_captured() == Some(true) {
            front.set("content_hash", &hash);
        } else if article.is_as_kept() {
            front.set(EDITED_HASH, &hash);
        }
    }
    if let Some(html) = &html {
        front.set("html_hash", &sha256_hex(html));
    }
    let body = body.map_or(Cow::Borrowed(article.body()), Cow::Owned);
    Some(Moved { file: format!("{front}{body}"), html })
}

/// What a version's files become when it gets its second names in `versions/`; nothing where they stay byte for byte as they are.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Kept {
    /// The article: with its links from there, and a note of a person's edit.
    pub file: Option<String>,
    /// The DOM.
    pub html: Option<Vec<u8>>,
}

/// What the newest version's files become in `versions/`.
pub(crate) fn kept_of(current: &Article, html: Option<&[u8]>) -> Kept {
    let told = current.with_edit_told();
    let with_edit = told.clone().map(|file| Article::of_bytes(file.into_bytes()));
    match moved(with_edit.as_ref().unwrap_or(current), html, Way::Deeper) {
        Some(moved) => Kept { file: Some(moved.file), html: moved.html },
        None => Kept { file: told, html: None },
    }
}

/// What stands in an address before the folder of shared files.
const UP: &str = "../";
const BELOW: &str = "assets/";

/// A text with its links to shared files leading from the other folder; `None` where it has none that do.
pub(crate) fn relinked(text: &[u8], way: Way) -> Option<Vec<u8>> {
    let (mut out, mut done, mut at) = (Vec::new(), 0, 0);
    let below = memmem::Finder::new(BELOW);
    while let Some(found) = below.find(text.get(at..)?) {
        let folder = at + found;
        at = folder + BELOW.len();
        let Some(start) = start_of_link(text, folder).filter(|_| names_a_file(text.get(at..).unwrap_or(&[]))) else {
            continue;
        };
        // A page's own link is two folders up; from deeper it is three.
        let folders = (folder - start) / UP.len();
        match way {
            Way::Deeper if folders >= 2 => {
                out.extend_from_slice(text.get(done..start)?);
                out.extend_from_slice(UP.as_bytes());
                done = start;
            }
            Way::Higher if folders >= 3 => {
                out.extend_from_slice(text.get(done..start)?);
                done = start + UP.len();
            }
            _ => {}
        }
    }
    if done == 0 && out.is_empty() {
        return None;
    }
    out.extend_from_slice(text.get(done..)?);
    Some(out)
}

/// Where the row of `../` before `folder` begins, if a link begins there: what stands in the midst of a path or between backticks is text.
fn start_of_link(text: &[u8], folder: usize) -> Option<usize> {
    let mut start = folder;
    while let Some(before) = start.checked_sub(UP.len())
        && text.get(before..start) == Some(UP.as_bytes())
    {
        start = before;
    }
    let before = start.checked_sub(1).and_then(|at| text.get(at)).copied().unwrap_or(b' ');
    let begins = before.is_ascii_whitespace() || matches!(before, b'(' | b'<' | b'[' | b'"' | b'\'' | b'=' | b';');
    (begins && start < folder).then_some(start)
}

/// Whether a text begins as shared files are named: two digits, a slash, and a hash that begins with them.
fn names_a_file(text: &[u8]) -> bool {
    let (Some(shard), Some(b'/'), Some(hash), Some(b'.')) = (text.get(..2), text.get(2), text.get(3..67), text.get(67))
    else {
        return false;
    };
    hash.starts_with(shard) && hash.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name() -> String {
        format!("assets/ab/{}.png", "ab".repeat(32))
    }

    fn told(text: &str, way: Way) -> Option<String> {
        relinked(text.as_bytes(), way).map(|text| String::from_utf8(text).unwrap())
    }

    #[test]
    fn links_to_shared_files_lead_from_one_folder_deeper() {
        let name = name();
        for (newest, older) in [
            ("![x](../../@)", "![x](../../../@)"),
            ("a <img src=\"../../@\"> b", "a <img src=\"../../../@\"> b"),
            ("style=\"background:url(&quot;../../@&quot;)\"", "style=\"background:url(&quot;../../../@&quot;)\""),
            ("[x]: ../../@\n![[../../@]]", "[x]: ../../../@\n![[../../../@]]"),
            ("../../@ (../../../@)", "../../../@ (../../../../@)"),
        ] {
            let (newest, older) = (newest.replace('@', &name), older.replace('@', &name));
            assert_eq!(told(&newest, Way::Deeper).as_ref(), Some(&older));
            assert_eq!(told(&older, Way::Higher), Some(newest));
        }
    }

    #[test]
    fn what_is_no_link_to_a_shared_file_stays() {
        let name = name();
        for text in [
            "",
            "(../../assets/)",
            "(../../assets/ab/short.png)",
            &format!("(../../{})", name.replace("/ab/", "/cd/")),
            &format!("(../../{})", name.replace(".png", "")),
            &format!("`../../{name}`"),
            &format!("(notes/../../{name})"),
            &format!("({name})"),
            &format!("(../{name})"),
        ] {
            assert_eq!(told(text, Way::Deeper), None, "{text}");
        }
        assert_eq!(
            told(&format!("(../../{name})"), Way::Higher),
            None,
            "that of a version written before is as the newest's"
        );
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_same(pieces in prop::collection::vec("\\.\\./|@|assets/|[(<\"` a/.é\n]", 0..30)) {
            let text = pieces.concat().replace('@', &name());
            let deeper = told(&text, Way::Deeper).unwrap_or_else(|| text.clone());
            let back = told(&deeper, Way::Higher).unwrap_or_else(|| deeper.clone());
            prop_assert_eq!(back, text);
        }
    }
}
