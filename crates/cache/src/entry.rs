//! Makes a page's row in the index from its files. The row is the same whenever and by whomever it
//! is made.

use cachette_index::{Entry, Has, Prepared, Stamp};
use cachette_markdown::plain;
use cachette_page::full_text;
use cachette_store::address::Address;
use cachette_store::{Article, Indexed, Pages, Store, StoreError};

use crate::parallel;

/// Up to this number, rows are made faster than threads are started.
const SERIAL: usize = 4;

/// Makes the row of a page; `None` if it has no `index.md`. `known` is the full text, if it is
/// known; otherwise the newest DOM is read from disk.
///
/// # Errors
/// An error of the disk, or a file without an address.
pub(crate) fn entry_of(store: &Store, hash_url: &str, known: Option<String>) -> Result<Option<Entry>, StoreError> {
    let Some(article) = store.newest(hash_url)? else { return Ok(None) };
    let Some(url) = article.front.get("url") else {
        let reason = article.trouble.unwrap_or_else(|| "its front matter has no address".to_owned());
        return Err(StoreError::Unreadable { path: article.path, reason });
    };
    let shown = match known {
        Some(text) => text,
        None => store.capture(hash_url)?.map(|html| full_text(&String::from_utf8_lossy(&html))).unwrap_or_default(),
    };
    let versions = u32::try_from(store.versions(hash_url)?.len()).unwrap_or(u32::MAX).saturating_add(1);
    Ok(Some(row(hash_url, &article, url, shown, versions)))
}

/// Makes the rows of several pages on all cores, ready to be written. Reading a page's DOM takes
/// most of the time.
pub(crate) fn entries_of(store: &Store, hashes: &[String]) -> Vec<Result<Option<Prepared>, StoreError>> {
    let row = |hash: &String| Ok(entry_of(store, hash, None)?.map(Prepared::from));
    parallel::map(hashes, SERIAL, row, |hash| Err(StoreError::NoSuchPage(hash.clone())))
}

fn row(hash_url: &str, article: &Article, url: String, full_text: String, versions: u32) -> Entry {
    let front = &article.front;
    let text = |key| front.get(key).unwrap_or_default();
    let words = plain(article.body());
    Entry {
        hash_url: hash_url.to_owned(),
        site: Address::parse(&url).map(|address| address.site().to_owned()).unwrap_or_default(),
        title: article.title(),
        author: text("author"),
        lang: text("lang"),
        kind: text("kind"),
        tags: front.list("tags"),
        headings: words.headings,
        article: words.text,
        full_text,
        has: Has { image: words.holds.image, code: words.holds.code, table: words.holds.table },
        captured_at_ms: article.captured_at.as_millisecond(),
        seen_at_ms: article.seen_at().map(|seen_at| seen_at.as_millisecond()),
        versions,
        stamp: stamp(article.stamp),
        fingerprint: article.fingerprint(),
        url,
    }
}

/// Converts the store's stamp to the index's.
pub(crate) fn stamp(stamp: cachette_store::Stamp) -> Stamp {
    Stamp { modified_ns: stamp.modified_ns, bytes: stamp.bytes }
}

/// Converts the index's knowledge of a page's file for comparison by the store.
pub(crate) fn indexed(state: &cachette_index::State) -> Indexed {
    let stamp = cachette_store::Stamp { modified_ns: state.stamp.modified_ns, bytes: state.stamp.bytes };
    Indexed { stamp, fingerprint: state.fingerprint.clone() }
}

/// Reads the words of a page's article, for snippets, and the state of its file. It is `None` if it
/// is unreadable.
pub(crate) fn text_of(pages: &Pages, hash_url: &str) -> Option<(String, Stamp)> {
    let article = pages.newest(hash_url).ok().flatten()?;
    Some((plain(article.body()).text, stamp(article.stamp)))
}
