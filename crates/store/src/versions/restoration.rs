//! Files an existing version from the trash, with its own bytes. It takes the same steps as a new
//! version, so no crash can tear it and nothing is overwritten.

use jiff::Timestamp;

use crate::error::StoreError;
use crate::layout::{ARTICLE, CAPTURE, VERSIONS};
use crate::read::article::Article;
use crate::relink::Way;
use crate::version::versions_in;
use crate::write::claim::Claim;
use crate::write::filing::{Filing, Sync};
use crate::write::moved::moved;

/// An article's file, and its DOM.
type Files = (Vec<u8>, Option<Vec<u8>>);

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
    pub(crate) fn of(captured_at: Timestamp, file: Vec<u8>, html: Option<Vec<u8>>, older: bool) -> Removed {
        let way = if older { Way::Higher } else { Way::Deeper };
        let other = match moved(&Article::of_bytes(file.clone()), html.as_deref(), way) {
            Some(moved) => (moved.file.into_bytes(), moved.html.or_else(|| html.clone())),
            None => (file.clone(), html.clone()),
        };
        let own = (file, html);
        let (as_newest, as_older) = if older { (other, own) } else { (own, other) };
        Removed { captured_at, as_newest, as_older }
    }

    fn is(&self, file: &[u8]) -> bool {
        [&self.as_newest, &self.as_older].iter().any(|(own, _)| own == file)
    }
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
                return Ok(());
            }
            if let Some(versions) = &staged.versions {
                for version in versions_in(versions)?.iter().filter(|version| version.captured_at == captured_at) {
                    if versions.read(&format!("{}.md", version.stem()))?.is_some_and(|file| removed.is(&file)) {
                        return Ok(());
                    }
                }
            }
            let newest = |former| captured_at > former || captured_at == former && tie == Tie::Newest;
            if current.as_ref().is_none_or(|current| newest(current.captured_at)) {
                let (file, html) = &removed.as_newest;
                if let Some(html) = html {
                    staged.put(CAPTURE, html, true)?;
                }
                staged.put(ARTICLE, file, true)?;
                self.keep_former(&mut staged, current.as_ref(), Sync::Each)?;
                staged.retired = html.is_none();
            } else {
                staged.filed.filing = Filing::OlderVersion;
                staged.older = true;
                let stem = staged.free_stem(captured_at)?;
                let (file, html) = &removed.as_older;
                if let Some(html) = html {
                    staged.put(&format!("{stem}.html"), html, true)?;
                }
                staged.put(&format!("{stem}.md"), file, true)?;
            }
            self.place(&mut staged)
        })();
        if let Err(error) = written {
            self.undo(&staged);
            return Err(error);
        }
        self.finish(&staged)
    }
}
