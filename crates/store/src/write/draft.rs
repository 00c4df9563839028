//! Describes a version before it is filed, and makes its front matter. The front matter has the
//! version's own keys, and those that people added to the previous version.

use cachette_address::Address;
use cachette_page::Asset;
use jiff::Timestamp;

use crate::digest::{Hasher, sha256_hex};
use crate::front_matter::FrontMatter;
use crate::layout::{format_moment, to_the_millisecond};
use crate::read::article::{
    Article, CONVERTED_AT, CONVERTER as CONVERTER_KEY, DROPPED_HASH, EDITED_HASH, HASH_CONVERTER, HTML_HASH,
};

/// A version to be filed.
#[derive(Debug, Clone)]
pub struct Draft<'a> {
    /// The page's address.
    pub address: &'a Address,
    /// When it was captured, to the millisecond.
    pub captured_at: Timestamp,
    /// The origin of the capture: `page`, `link`, `import`, …
    pub source: &'a str,
    /// The title; if empty, the address is used.
    pub title: &'a str,
    /// The article's Markdown.
    pub markdown: &'a str,
    /// The hash that identifies an unchanged article: [`cachette_page::article_hash`] of
    /// `markdown`.
    pub article_hash: &'a str,
    /// The captured DOM, made inert; `None` if there is none.
    pub html: Option<&'a str>,
    /// The list of what the article leaves out, as its file has it; `None` if there is nothing.
    pub dropped: Option<&'a str>,
    /// Other metadata, with the keys `canonical`, `site`, `author`, `published`, `modified`,
    /// `lang`, `dir`, `kind`, `description`, `image`, `license`. Other keys are ignored.
    pub metadata: Vec<(&'a str, &'a str)>,
    /// Tags to add.
    pub tags: &'a [String],
    /// The shared files that `markdown` and `html` show.
    pub assets: &'a [Asset],
    /// [`cachette_page::CONVERTER`] if the article was converted; `None` if it came as Markdown.
    pub converter: Option<u32>,
    /// Decides whether an article by an earlier converter is of the same page. Without it, the
    /// article counts as different.
    pub same_page: Option<&'a dyn SamePage>,
    /// The current time, by the clock of the filing process. It is set if the capture was handed
    /// over right after it was made. A newest version from the future then gives way to the draft.
    pub fresh_at: Option<Timestamp>,
    /// Keys of other formats, which stay with the page like those that people add. Keys that the
    /// page already has are ignored.
    pub added: Vec<(&'a str, &'a str)>,
}

/// Decides whether a page is the same as a version, although the converter has changed in between.
pub trait SamePage: std::fmt::Debug {
    /// Whether the draft is of the same page as `former`. `body` is the article of `former` and
    /// `html` its captured DOM, if it has one, both with the links of a page's folder.
    fn is_same_page(&self, former: &Article, body: &str, html: Option<&[u8]>) -> bool;
}

/// The keys that a commit writes, in the file's order. All other keys are people's and stay.
const KEYS: [&str; 28] = [
    "title",
    "url",
    "hash_url",
    "captured_at",
    "seen_at",
    "source",
    "content_hash",
    HTML_HASH,
    DROPPED_HASH,
    "article_hash",
    // The converter that made the article; without it, the first converter. The second key names
    // the converter of the article's hash, if that is another.
    CONVERTER_KEY,
    HASH_CONVERTER,
    // When the article was converted again from the DOM.
    CONVERTED_AT,
    EDITED_HASH,
    // The hash of the title as captured. A title with another hash was corrected by a person and
    // stays.
    "title_hash",
    "captured_url",
    "canonical",
    "site",
    "author",
    "published",
    "modified",
    "lang",
    "dir",
    "kind",
    "description",
    "image",
    // The key's name is that of schema.org and `rel`.
    "license",
    "tags",
];

impl Draft<'_> {
    /// The part after the closing `---` line, in pieces. It is a blank line and the article, ending
    /// in one line break.
    pub(crate) fn body(&self) -> [&str; 3] {
        body_parts(self.markdown)
    }

    /// Returns the file as the successor of `former`. It has the keys and tags that people added to
    /// that one, and the title that they corrected.
    pub(crate) fn file(&self, former: Option<&Article>) -> String {
        let former = former.filter(|article| article.trouble.is_none());
        let front = self.front(former.map(|article| &article.front));
        let mut added = former.map(|former| former.front.clone()).unwrap_or_default();
        for key in KEYS {
            added.remove(key);
        }
        set_new(&mut added, &self.added);
        let (front, added) = (front.lines(), added.lines());
        let [before, article, after] = self.body();
        [FENCE, &front, &added, FENCE, before, article, after].concat()
    }

    /// The title that is filed unless a person has corrected it.
    fn own_title(&self) -> &str {
        if self.title.trim().is_empty() { self.address.url() } else { self.title }
    }

    fn front(&self, former: Option<&FrontMatter>) -> FrontMatter {
        let corrected = former.and_then(corrected_title);
        let tags = together(former.map(|front| front.list("tags")).unwrap_or_default(), self.tags);
        let mut front = FrontMatter::new();
        for key in KEYS {
            let hash = |text: &str| Some(sha256_hex(text.as_bytes()));
            let value = match key {
                "title" => Some(corrected.clone().unwrap_or_else(|| self.own_title().to_owned())),
                "url" => Some(self.address.url().to_owned()),
                "hash_url" => Some(self.address.hash_url().to_owned()),
                "captured_at" => Some(format_moment(self.captured_at)),
                "source" => Some(self.source.to_owned()),
                "content_hash" => {
                    let mut hasher = Hasher::new();
                    self.body().iter().for_each(|part| hasher.update(part.as_bytes()));
                    Some(hasher.finish())
                }
                HTML_HASH => self.html.and_then(hash),
                DROPPED_HASH => self.dropped.and_then(hash),
                "article_hash" => Some(self.article_hash.to_owned()),
                "title_hash" => hash(self.own_title()),
                "captured_url" => {
                    Some(self.address.captured_url()).filter(|url| *url != self.address.url()).map(str::to_owned)
                }
                CONVERTER_KEY => self.converter.map(|number| number.to_string()),
                "seen_at" | EDITED_HASH | HASH_CONVERTER | CONVERTED_AT => None,
                "tags" => {
                    if !tags.is_empty() {
                        front.set_list(key, &tags);
                    }
                    None
                }
                known => {
                    let named = self.metadata.iter().find(|(name, value)| *name == known && !value.is_empty());
                    named.map(|(_, value)| (*value).to_owned())
                }
            };
            if let Some(value) = value {
                front.set(key, &value);
            }
        }
        front
    }
}

/// Returns the part after the closing `---` line of a file with this article.
pub(crate) fn body_of(markdown: &str) -> String {
    body_parts(markdown).concat()
}

/// Returns the same in pieces, because an article may be as long as a page.
fn body_parts(markdown: &str) -> [&str; 3] {
    ["\n", markdown.trim_end_matches(['\n', '\r']), "\n"]
}

const FENCE: &str = "---\n";

/// Returns the title if it is not the captured one. If the file does not say what was captured, a
/// person wrote it.
fn corrected_title(front: &FrontMatter) -> Option<String> {
    let title = front.get("title").filter(|title| !title.trim().is_empty())?;
    let captured = front.get("title_hash").is_some_and(|hash| hash == sha256_hex(title.as_bytes()));
    (!captured).then_some(title)
}

/// Merges two lists of tags, each tag once, in order.
pub(crate) fn together(mut tags: Vec<String>, more: &[String]) -> Vec<String> {
    for tag in more.iter().map(|tag| tag.trim()).filter(|tag| !tag.is_empty()) {
        if !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    tags
}

/// Sets keys that are missing and that no commit writes.
fn set_new(front: &mut FrontMatter, added: &[(&str, &str)]) {
    for (key, value) in added {
        if front.get(key).is_none() && !KEYS.contains(key) {
            front.set(key, value);
        }
    }
}

/// Returns the front matter of an article that was seen again, unchanged. `seen_at` moves on, tags
/// are added, all else stays. If another converter made the draft, its hash replaces the former
/// one, so that next time the hashes alone are compared.
pub(crate) fn seen_again(article: &Article, draft: &Draft<'_>) -> FrontMatter {
    let mut front = article.front.clone();
    set_new(&mut front, &draft.added);
    let seen_at = to_the_millisecond(draft.captured_at);
    if seen_at > article.seen_at().unwrap_or(article.captured_at) {
        front.set("seen_at", &format_moment(seen_at));
    }
    let known = front.list("tags");
    let all = together(known.clone(), draft.tags);
    if all != known {
        front.set_list("tags", &all);
    }
    if !article.holds(draft.article_hash)
        && let Some(number) = draft.converter
    {
        front.set("article_hash", draft.article_hash);
        if article.converter() == number {
            front.remove(HASH_CONVERTER);
        } else {
            front.set(HASH_CONVERTER, &number.to_string());
        }
    }
    front
}
