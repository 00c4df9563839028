//! Files an existing version with its own bytes: one from the trash, or one that gets another
//! address. It takes the same steps as a new version, so no crash can tear it and nothing is
//! overwritten.

use jiff::Timestamp;

use crate::error::StoreError;
use crate::folder::Folder;
use crate::layout::{ARTICLE, VERSIONS};
use crate::read::article::{Article, HTML_HASH};
use crate::read::companion::Companion;
use crate::relink::Way;
use crate::version::versions_in;
use crate::write::claim::Claim;
use crate::write::filing::{Filing, Sync};
use crate::write::moved::moved;
use crate::write::staged::Staged;

/// The bytes of a version's files.
#[derive(Clone)]
pub(crate) struct Files {
    article: Vec<u8>,
    html: Option<Vec<u8>>,
    dropped: Option<Vec<u8>>,
}

impl Files {
    /// Reads the files beside an article, as far as they are plain ones.
    pub(crate) fn read(article: Vec<u8>, name: &str, folder: &Folder) -> Result<Files, StoreError> {
        let read = |kind: Companion| kind.read(folder, &kind.beside(name));
        Ok(Files { html: read(Companion::Dom)?, dropped: read(Companion::Dropped)?, article })
    }

    /// Which files were read beside the article.
    pub(crate) fn companions(&self) -> Vec<Companion> {
        let read = |kind: &Companion| match kind {
            Companion::Dom => self.html.is_some(),
            Companion::Dropped => self.dropped.is_some(),
        };
        Companion::ALL.into_iter().filter(read).collect()
    }

    fn stage(&self, staged: &mut Staged, stem: &str) -> Result<(), StoreError> {
        for (kind, bytes) in [(Companion::Dom, &self.html), (Companion::Dropped, &self.dropped)] {
            if let Some(bytes) = bytes {
                staged.put(&kind.of_stem(stem), bytes, true)?;
            }
        }
        staged.put(&format!("{stem}.md"), &self.article, true)
    }
}

/// Removes the files beside the article `name`.
pub(crate) fn remove_files(folder: &Folder, name: &str, companions: &[Companion]) -> Result<(), StoreError> {
    companions.iter().try_for_each(|kind| folder.remove(&kind.beside(name)))
}

/// The place of a version whose time is that of the newest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tie {
    /// It becomes the newest.
    Newest,
    /// It becomes an older one.
    Older,
}

/// A removed version in both forms, newest and older, whose links to pictures differ.
pub(crate) struct Removed {
    captured_at: Timestamp,
    as_newest: Files,
    as_older: Files,
}

impl Removed {
    /// Creates it from the bytes of a version's files; `older` means that they come from
    /// `versions/`.
    pub(crate) fn of(captured_at: Timestamp, own: Files, older: bool) -> Removed {
        let way = if older { Way::Higher } else { Way::Deeper };
        let mut other = own.clone();
        if let Some(moved) = moved(&Article::of_bytes(own.article.clone()), own.html.as_deref(), way) {
            other.article = moved.file.into_bytes();
            other.html = moved.html.or(other.html);
        }
        let (as_newest, as_older) = if older { (other, own) } else { (own, other) };
        Removed { captured_at, as_newest, as_older }
    }

    /// Whether a filed version's article is this one. An interrupted restoration has filed the
    /// version with its DOM, and may have removed only that from the trash. The hash of the DOM
    /// then says nothing, because it differs in the other folder.
    fn is(&self, file: &[u8]) -> bool {
        [&self.as_newest, &self.as_older]
            .iter()
            .any(|own| own.article == file || own.html.is_none() && without_dom(&own.article) == without_dom(file))
    }
}

/// Returns an article's file without the name of its DOM.
fn without_dom(file: &[u8]) -> String {
    let article = Article::of_bytes(file.to_owned());
    let mut front = article.front.clone();
    front.remove(HTML_HASH);
    article.with_front(&front)
}

impl Claim {
    /// Files a version unchanged, in its place by time. A version that the page already has is not
    /// filed twice.
    pub(crate) fn put_back(&self, hash_url: &str, removed: &Removed, tie: Tie) -> Result<(), StoreError> {
        let mut staged = self.stage_for(hash_url)?;
        let captured_at = removed.captured_at;
        let written = (|| {
            let current = Article::read(&staged.page, ARTICLE)?;
            staged.versions = staged.page.child(VERSIONS)?;
            if current.as_ref().is_some_and(|current| removed.is(current.file.as_bytes())) {
                return self.make_durable(&staged);
            }
            if let Some(versions) = &staged.versions {
                for version in versions_in(versions)?.iter().filter(|version| version.captured_at == captured_at) {
                    if versions.read(&format!("{}.md", version.stem()))?.is_some_and(|file| removed.is(&file)) {
                        return self.make_durable(&staged);
                    }
                }
            }
            let newest = |former| captured_at > former || captured_at == former && tie == Tie::Newest;
            if current.as_ref().is_none_or(|current| newest(current.captured_at)) {
                removed.as_newest.stage(&mut staged, "index")?;
                self.keep_former(&mut staged, current.as_ref(), Sync::Each)?;
                staged.retire_others();
            } else {
                staged.filed.filing = Filing::OlderVersion;
                staged.older = true;
                let stem = staged.free_stem(captured_at)?;
                removed.as_older.stage(&mut staged, &stem)?;
            }
            self.place(&mut staged)
        })();
        if let Err(error) = written {
            self.undo(&staged);
            return Err(error);
        }
        self.finish(&staged)
    }

    /// Makes the names of a version durable that is already filed. An interrupted run may not have
    /// done so, and the caller removes the version elsewhere.
    fn make_durable(&self, staged: &Staged) -> Result<(), StoreError> {
        staged.versions.as_ref().map_or(Ok(()), Folder::sync)?;
        staged.page.sync()?;
        self.pages.sync()
    }
}
