//! Files an existing version with its own bytes: one from the trash, or one that gets another
//! address. It takes the same steps as a new version, so no crash can tear it and nothing is
//! overwritten.

use jiff::Timestamp;

use crate::digest::sha256_hex;
use crate::error::StoreError;
use crate::folder::Folder;
use crate::layout::{ARTICLE, VERSIONS};
use crate::read::article::{Article, HTML_HASH};
use crate::read::companion::Companion;
use crate::relink::Way;
use crate::version::versions_in;
use crate::write::claim::Claim;
use crate::write::filing::{Filing, Sync};
use crate::write::moved::{kept_of, moved};
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
    fn companions(&self) -> Vec<Companion> {
        Companion::ALL.into_iter().filter(|kind| self.companion(*kind).is_some()).collect()
    }

    fn companion(&self, kind: Companion) -> Option<&[u8]> {
        match kind {
            Companion::Dom => self.html.as_deref(),
            Companion::Dropped => self.dropped.as_deref(),
        }
    }

    fn stage(&self, staged: &mut Staged, stem: &str) -> Result<(), StoreError> {
        for kind in self.companions() {
            staged.put(&kind.of_stem(stem), self.companion(kind).unwrap_or_default(), true)?;
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
        let article = Article::of_bytes(own.article.clone());
        let moved = match older {
            true => moved(&article, own.html.as_deref(), Way::Higher).map(|moved| (Some(moved.file), moved.html)),
            false => Some(kept_of(&article, own.html.as_deref())).map(|kept| (kept.file, kept.html)),
        };
        let mut other = own.clone();
        let (file, html) = moved.unwrap_or_default();
        other.article = file.map_or(other.article, String::into_bytes);
        other.html = html.or(other.html);
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

    /// Returns the form whose article a file is, byte for byte; `otherwise` if none is.
    fn like<'a>(&'a self, file: &[u8], otherwise: &'a Files) -> &'a Files {
        [otherwise, &self.as_newest, &self.as_older].into_iter().find(|own| own.article == file).unwrap_or(otherwise)
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
    /// filed twice, but gets back what it has lost. Returns which of the files beside the article
    /// are in place; the caller must keep the others where they are.
    pub(crate) fn put_back(&self, hash_url: &str, removed: &Removed, tie: Tie) -> Result<Vec<Companion>, StoreError> {
        let mut staged = self.stage_for(hash_url)?;
        let captured_at = removed.captured_at;
        let written = (|| {
            let current = Article::read(&staged.page, ARTICLE)?;
            staged.versions = staged.page.child(VERSIONS)?;
            if let Some(current) = current.as_ref().filter(|current| removed.is(current.file.as_bytes())) {
                let own = removed.like(current.file.as_bytes(), &removed.as_newest);
                let in_place = self.put_back_lost(hash_url, own, current, &staged.page, "index")?;
                return self.make_durable(&staged).map(|()| in_place);
            }
            if let Some(versions) = &staged.versions {
                for version in versions_in(versions)?.iter().filter(|version| version.captured_at == captured_at) {
                    let stem = version.stem();
                    let Some(file) = versions.read(&format!("{stem}.md"))?.filter(|file| removed.is(file)) else {
                        continue;
                    };
                    let own = removed.like(&file, &removed.as_older);
                    let in_place = self.put_back_lost(hash_url, own, &Article::of_bytes(file), versions, &stem)?;
                    return self.make_durable(&staged).map(|()| in_place);
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
            self.place(&mut staged).map(|()| removed.as_newest.companions())
        })();
        match written {
            Ok(in_place) => self.finish(&staged).map(|()| in_place),
            Err(error) => {
                self.undo(&staged);
                Err(error)
            }
        }
    }

    /// Gives a filed version the files back that its article names and that it has lost. What is in
    /// their place, because it is damaged, goes to the trash. Returns which files are in place.
    fn put_back_lost(
        &self,
        hash_url: &str,
        own: &Files,
        filed: &Article,
        folder: &Folder,
        stem: &str,
    ) -> Result<Vec<Companion>, StoreError> {
        let mut in_place = Vec::new();
        for kind in own.companions() {
            let (name, bytes) = (kind.of_stem(stem), own.companion(kind).unwrap_or_default());
            let there = kind.read(folder, &name)?;
            if there.as_deref() == Some(bytes) {
                in_place.push(kind);
                continue;
            }
            let named = kind.named_by(filed);
            let is_sound = |bytes: &[u8]| named.as_ref().is_some_and(|named| *named == sha256_hex(bytes));
            if there.as_deref().is_some_and(is_sound) || !is_sound(bytes) {
                continue;
            }
            if folder.has(&name)? {
                self.put_aside(hash_url, folder, &[&name])?;
            }
            folder.replace(&name, bytes, true)?;
            in_place.push(kind);
        }
        Ok(in_place)
    }

    /// Makes the names of a version durable that is already filed. An interrupted run may not have
    /// done so, and the caller removes the version elsewhere.
    fn make_durable(&self, staged: &Staged) -> Result<(), StoreError> {
        staged.versions.as_ref().map_or(Ok(()), Folder::sync)?;
        staged.page.sync()?;
        self.pages.sync()
    }
}
