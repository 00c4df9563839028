//! Finds one page by its address or hash, and reads its versions. It uses the files, whatever the
//! state of the index.

use cachette_store::address::{Address, is_hash_url};
use cachette_store::{Article, format_moment, to_the_millisecond};
use jiff::Timestamp;

use crate::cache::Cache;
use crate::error::CacheError;
use crate::left_out::{self, Amount};
use crate::types::{At, Document, SavedPage};

impl Cache {
    /// Finds the page under an address, a hash, or a unique prefix of a hash. A prefix has at least
    /// 8 digits. Answered from the files.
    ///
    /// # Errors
    /// The text is none of these, the hashes of several pages begin with it, or the disk fails.
    pub fn lookup(&mut self, url_or_hash: &str) -> Result<Option<SavedPage>, CacheError> {
        self.store.must_be_here()?;
        match self.hash_of(url_or_hash)? {
            Some(hash) => self.saved_page(&hash),
            None => Ok(None),
        }
    }

    fn hash_of(&self, url_or_hash: &str) -> Result<Option<String>, CacheError> {
        let prefix = url_or_hash.trim().to_ascii_lowercase();
        if is_hash_url(&prefix) {
            return Ok(Some(prefix));
        }
        if !(8..64).contains(&prefix.len()) || !prefix.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(Some(Address::parse(url_or_hash)?.hash_url().to_owned()));
        }
        let mut found = self.store.pages()?.into_iter().filter(|hash| hash.starts_with(&prefix));
        match (found.next(), found.next()) {
            (Some(_), Some(_)) => Err(CacheError::Ambiguous { prefix }),
            (one, _) => Ok(one),
        }
    }

    fn saved_page(&self, hash_url: &str) -> Result<Option<SavedPage>, CacheError> {
        let Some(newest) = self.store.newest(hash_url)? else { return Ok(None) };
        let older = self.store.versions(hash_url)?;
        Ok(Some(SavedPage {
            hash_url: hash_url.to_owned(),
            url: newest.front.get("url").unwrap_or_default(),
            title: newest.title(),
            path: self.store.path(hash_url),
            seen_at: newest.seen_at(),
            converted_at: newest.converted_at(),
            versions: std::iter::once(newest.captured_at).chain(older.iter().map(|older| older.captured_at)).collect(),
        }))
    }

    /// Returns how much each version's article leaves out, newest first. It is `None` if it leaves
    /// out nothing, if it was filed before that was recorded, or if the version or its list is
    /// unreadable.
    ///
    /// # Errors
    /// The versions cannot be listed.
    pub fn amounts_left_out(&mut self, hash_url: &str) -> Result<Vec<Option<Amount>>, CacheError> {
        let older = self.store.versions(hash_url)?;
        let all = std::iter::once(None).chain(older.iter().map(Some));
        let list = |version| self.store.dropped(hash_url, version).ok().flatten();
        Ok(all.map(|version| list(version).and_then(|file| left_out::amount(&file))).collect())
    }

    /// Reads one version of a page.
    ///
    /// # Errors
    /// There is no such page or version, or its file is unreadable.
    pub fn read(&mut self, hash_url: &str, at: At) -> Result<Document, CacheError> {
        let no_page = || CacheError::NoSuchPage { asked: hash_url.chars().take(80).collect() };
        if !is_hash_url(hash_url) {
            return Err(no_page());
        }
        self.store.must_be_here()?;
        let newest = self.store.newest(hash_url)?.ok_or_else(no_page)?;
        let is_it: Box<dyn Fn(Timestamp) -> bool> = match at {
            At::Newest => return Ok(document(newest)),
            At::Captured(asked) => Box::new(move |captured_at| captured_at == to_the_millisecond(asked)),
            At::ValidAt(asked) => Box::new(move |captured_at| captured_at <= asked),
        };
        // A version that was filed while the clock was fast is among the older ones, and may be the
        // later one.
        let older = self.store.versions(hash_url)?.into_iter().find(|version| is_it(version.captured_at));
        match older.filter(|older| !is_it(newest.captured_at) || older.captured_at > newest.captured_at) {
            Some(version) => self.store.version(hash_url, &version)?.map(document).ok_or_else(no_page),
            None if is_it(newest.captured_at) => Ok(document(newest)),
            None => {
                let (At::Captured(asked) | At::ValidAt(asked)) = at else { return Err(no_page()) };
                Err(CacheError::NoSuchVersion { asked: format_moment(asked) })
            }
        }
    }

    /// Reads the version that another one replaced.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn read_before(&mut self, hash_url: &str, document: &Document) -> Result<Option<Document>, CacheError> {
        let mut older = self.store.versions(hash_url)?.into_iter();
        if document.path != self.store.path(hash_url) {
            older.by_ref().find(|version| document.path == self.store.path_of_version(hash_url, version));
        }
        let Some(before) = older.next() else { return Ok(None) };
        Ok(self.store.version(hash_url, &before)?.map(self::document))
    }
}

fn document(article: Article) -> Document {
    Document {
        url: article.front.get("url").unwrap_or_default(),
        title: article.title(),
        captured_at: article.captured_at,
        body: article.body_as_newest().into_owned(),
        path: article.path,
        file: article.file,
    }
}
