//! Names and reads the files beside a version's article. These are its DOM, and the list of what
//! the article leaves out. The article names each of them by its hash, so the files of a version
//! are known to belong together.

use crate::digest::sha256_hex;
use crate::error::StoreError;
use crate::folder::{EntryKind, FILE_BYTES, Folder};
use crate::layout::{CAPTURE, DROPPED, DROPPED_BYTES, read_stem};
use crate::read::article::{Article, DROPPED_HASH, HTML_HASH};

/// A file beside a version's article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Companion {
    /// The captured DOM.
    Dom,
    /// The list of what the article leaves out.
    Dropped,
}

impl Companion {
    /// All of them, in the order in which a commit moves them.
    pub const ALL: [Companion; 2] = [Companion::Dom, Companion::Dropped];

    /// Its name beside the newest version's article.
    pub fn of_newest(self) -> &'static str {
        match self {
            Companion::Dom => CAPTURE,
            Companion::Dropped => DROPPED,
        }
    }

    /// Returns its name beside the article `<stem>.md`.
    pub fn of_stem(self, stem: &str) -> String {
        format!("{stem}{}", self.ending())
    }

    /// Returns its name beside an article's.
    pub fn beside(self, article: &str) -> String {
        self.of_stem(article.strip_suffix(".md").unwrap_or(article))
    }

    /// Returns the stem in its name beside an older version.
    pub fn older_stem(self, name: &str) -> Option<&str> {
        name.strip_suffix(self.ending()).filter(|stem| read_stem(stem).is_some())
    }

    /// Whether a name has its ending, as its passing names have too.
    pub fn has_ending(self, name: &str) -> bool {
        name.ends_with(&format!(".{}", self.passing_ending()))
    }

    /// The ending of its passing names.
    pub fn passing_ending(self) -> &'static str {
        match self {
            Companion::Dom => "html",
            Companion::Dropped => "json",
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Companion::Dom => ".html",
            Companion::Dropped => ".dropped.json",
        }
    }

    /// The length beyond which a file is not read, in bytes.
    pub fn limit(self) -> u64 {
        match self {
            Companion::Dom => FILE_BYTES,
            Companion::Dropped => DROPPED_BYTES,
        }
    }

    /// Returns the hash by which an article names it.
    pub fn named_by(self, article: &Article) -> Option<String> {
        article.front.get(match self {
            Companion::Dom => HTML_HASH,
            Companion::Dropped => DROPPED_HASH,
        })
    }

    /// Reads the file `name`. Returns `None` if it is not a plain file, or is a list that is too
    /// long.
    pub fn read(self, folder: &Folder, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        match folder.facts(name)? {
            Some(facts) if facts.kind != EntryKind::File => Ok(None),
            Some(facts) if self == Companion::Dropped && facts.bytes > self.limit() => Ok(None),
            Some(_) => folder.read_within(name, self.limit()),
            None => Ok(None),
        }
    }

    /// Returns the hash of the file `name`; `None` if it cannot be one of an article's.
    pub fn hash_of(self, folder: &Folder, name: &str) -> Result<Option<String>, StoreError> {
        Ok(self.read(folder, name)?.map(|bytes| sha256_hex(&bytes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_companion_is_named_after_its_article() {
        for kind in Companion::ALL {
            assert_eq!(kind.of_stem("index"), kind.of_newest());
            assert_eq!(kind.beside("index.md"), kind.of_newest());
            let name = kind.beside("20261122T182405123Z-2.md");
            assert_eq!(kind.older_stem(&name), Some("20261122T182405123Z-2"));
            assert!(kind.has_ending(&name));
        }
        let list = "20261122T182405123Z.dropped.json";
        assert_eq!(Companion::Dropped.of_stem("20261122T182405123Z"), list);
        assert_eq!(Companion::Dom.older_stem(list), None);
        for foreign in ["index.dropped.json", "20261122T182405123Z.json", "notes.dropped.json", ".dropped.json"] {
            assert_eq!(Companion::Dropped.older_stem(foreign), None, "{foreign}");
        }
    }
}
