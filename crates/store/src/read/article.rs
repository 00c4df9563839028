//! Reads a saved version: its front matter, its body, and whether anyone has changed it since.
//! Never fails because of the file's content: people edit these files, and disks damage them.

use std::borrow::Cow;
use std::path::PathBuf;

use jiff::Timestamp;

use crate::digest::sha256_hex;
use crate::error::StoreError;
use crate::folder::{EntryKind, Facts, Folder};
use crate::front_matter::FrontMatter;
use crate::layout::{ARTICLE, read_moment, to_the_millisecond};
use crate::read::stamp::Stamp;
use crate::relink::{Way, relinked};

/// The key of the hash of a body that a person had changed before its version became an older one.
pub(crate) const EDITED_HASH: &str = "edited_hash";

/// The key of the hash of the captured DOM.
pub(crate) const HTML_HASH: &str = "html_hash";
/// The key of the hash of the list of what the article leaves out.
pub(crate) const DROPPED_HASH: &str = "dropped_hash";
/// The key of the converter that made the article.
pub(crate) const CONVERTER: &str = "converter";
/// The key for the converter that `article_hash` belongs to, if it is not the article's own
/// converter.
pub(crate) const HASH_CONVERTER: &str = "hash_converter";
/// The key of the time when the article was converted again from its DOM.
pub(crate) const CONVERTED_AT: &str = "converted_at";

/// One version's file.
#[derive(Debug, Clone)]
pub struct Article {
    /// The whole file; invalid UTF-8 in it is replaced.
    pub file: String,
    /// The offset in `file` where the body begins, in bytes: right after the closing `---` line.
    pub body_start: usize,
    /// The front matter; empty if it is unreadable.
    pub front: FrontMatter,
    /// When it was captured, according to the front matter; otherwise when the file was last
    /// changed.
    pub captured_at: Timestamp,
    /// The file's state when it was read.
    pub stamp: Stamp,
    /// Why the file is not a valid saved version. It is then read as well as possible and never
    /// rewritten.
    pub trouble: Option<String>,
    /// The file.
    pub path: PathBuf,
}

impl Article {
    /// Reads a version's file; `None` if it is missing.
    pub(crate) fn read(folder: &Folder, name: &str) -> Result<Option<Article>, StoreError> {
        // The state is read first, so a change in between is noticed later rather than never.
        let Some(facts) = folder.facts(name)? else { return Ok(None) };
        let Some(bytes) = folder.read(name)? else { return Ok(None) };
        Ok(Some(Article::of(bytes, facts, folder.path_of(name))))
    }

    /// Reads a version's file from memory, before it is written.
    pub(crate) fn of_bytes(file: Vec<u8>) -> Article {
        let facts = Facts { kind: EntryKind::File, bytes: file.len() as u64, modified_ns: 0 };
        Article::of(file, facts, PathBuf::new())
    }

    fn of(bytes: Vec<u8>, facts: Facts, path: PathBuf) -> Article {
        let mut trouble = None;
        let other = utf_16(&bytes);
        if other.is_some() {
            trouble = Some("it is UTF-16 text; save it as UTF-8, which any editor can".to_owned());
        }
        let file = other.map_or_else(|| String::from_utf8(bytes), Ok).unwrap_or_else(|error| {
            trouble = Some("it is not UTF-8".to_owned());
            String::from_utf8_lossy(error.as_bytes()).into_owned()
        });
        let parsed = FrontMatter::parse(&file).map(|(front, body)| (front, file.len() - body.len()));
        let (front, body_start) = parsed.unwrap_or_else(|error| {
            trouble.get_or_insert_with(|| error.to_string());
            (FrontMatter::new(), 0)
        });
        let changed = || Timestamp::from_nanosecond(facts.modified_ns.into()).unwrap_or(Timestamp::UNIX_EPOCH);
        let captured_at = front.get("captured_at").as_deref().and_then(read_moment).unwrap_or_else(changed);
        let stamp = Stamp::of(&facts);
        Article { file, body_start, front, captured_at: to_the_millisecond(captured_at), stamp, trouble, path }
    }

    /// The text after the closing `---` line.
    pub fn body(&self) -> &str {
        self.file.get(self.body_start..).unwrap_or("")
    }

    /// The body with the links of `index.md`, for comparing versions. An older version is one
    /// folder deeper.
    pub fn body_as_newest(&self) -> Cow<'_, str> {
        let newest = self.path.file_name().is_some_and(|name| name == ARTICLE);
        let moved = if newest { None } else { relinked(self.body().as_bytes(), Way::Higher) };
        moved.and_then(|body| String::from_utf8(body).ok()).map_or(Cow::Borrowed(self.body()), Cow::Owned)
    }

    /// The title, or the address if there is none.
    pub fn title(&self) -> String {
        let title = self.front.get("title").filter(|title| !title.trim().is_empty());
        title.or_else(|| self.front.get("url")).unwrap_or_default()
    }

    /// The hash of the captured DOM; `None` if the version has none.
    pub fn html_hash(&self) -> Option<String> {
        self.front.get(HTML_HASH)
    }

    /// When the article was last seen unchanged.
    pub fn seen_at(&self) -> Option<Timestamp> {
        self.front.get("seen_at").as_deref().and_then(read_moment)
    }

    /// Whether the body is as captured; `None` if the file does not say.
    pub fn is_as_captured(&self) -> Option<bool> {
        self.front.get("content_hash").map(|hash| hash == sha256_hex(self.body().as_bytes()))
    }

    /// A hash of the whole file, made from the body's hash. If it changes while the time stamp does
    /// not, something other than a program wrote the file.
    pub fn fingerprint(&self) -> String {
        let front = self.file.get(..self.body_start).unwrap_or("");
        sha256_hex(format!("{front}{}", sha256_hex(self.body().as_bytes())).as_bytes())
    }

    /// Whether the body is the edit of a person that was recorded when the next version came.
    pub(crate) fn is_as_kept(&self) -> bool {
        self.front.get(EDITED_HASH).is_some_and(|hash| hash == sha256_hex(self.body().as_bytes()))
    }

    /// Returns the file with the hash of its edited body added. Later damage can then be
    /// recognised; `None` means that nobody edited it.
    pub(crate) fn with_edit_recorded(&self) -> Option<String> {
        if self.trouble.is_some() || self.is_as_captured() != Some(false) || self.is_as_kept() {
            return None;
        }
        let mut front = self.front.clone();
        front.set(EDITED_HASH, &sha256_hex(self.body().as_bytes()));
        Some(self.with_front(&front))
    }

    /// Whether its article, as captured, has this hash.
    pub(crate) fn holds(&self, article_hash: &str) -> bool {
        self.front.get("article_hash").is_some_and(|own| own == article_hash)
    }

    /// The number of the converter that made the article; 1 if the file has none.
    pub fn converter(&self) -> u32 {
        self.front.get(CONVERTER).and_then(|number| number.trim().parse().ok()).unwrap_or(1)
    }

    /// The number of the converter that `article_hash` belongs to.
    pub(crate) fn hash_converter(&self) -> u32 {
        let named = self.front.get(HASH_CONVERTER).and_then(|number| number.trim().parse().ok());
        named.unwrap_or_else(|| self.converter())
    }

    /// When the article was converted again from its DOM, if it was.
    pub fn converted_at(&self) -> Option<Timestamp> {
        self.front.get(CONVERTED_AT).as_deref().and_then(read_moment)
    }

    /// Returns the file with another front matter and the same body, byte for byte.
    pub(crate) fn with_front(&self, front: &FrontMatter) -> String {
        format!("{front}{}", self.body())
    }
}

/// Decodes UTF-16 text, as some editors save it, by its byte order mark.
fn utf_16(bytes: &[u8]) -> Option<String> {
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let (units, _) = bytes.get(2..).unwrap_or(&[]).as_chunks::<2>();
    let read = char::decode_utf16(units.iter().map(|pair| unit(*pair)));
    Some(read.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}
