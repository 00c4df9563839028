//! Where a folder of ours is: below one that people chose, which may lie behind links, and from there on behind none. Opens; decides
//! nothing else.

use std::io;
use std::path::{Path, PathBuf};

use crate::Folder;

/// A folder whose content may be deleted at any time, before it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    base: PathBuf,
    below: Option<&'static str>,
}

impl Place {
    /// The folder `base` itself: links on the way to it are its owner's choice.
    pub fn at(base: &Path) -> Place {
        Place { base: base.to_owned(), below: None }
    }

    /// The folder `name` in `base`, which is no link.
    pub fn below(base: &Path, name: &'static str) -> Place {
        Place { base: base.to_owned(), below: Some(name) }
    }

    /// The folder's path, as it was given.
    pub fn path(&self) -> PathBuf {
        self.below.map_or_else(|| self.base.clone(), |name| self.base.join(name))
    }

    /// Opens the folder, made if need be for nobody else to read. Its base is resolved here, so that the path that the folder then has
    /// leads through no link.
    ///
    /// # Errors
    /// The system's.
    pub fn open(&self) -> io::Result<Folder> {
        let base = Folder::open_made(&self.base)?.resolved()?;
        let folder = self.below.map_or(Ok(None), |name| base.own_child(name).map(Some))?.unwrap_or(base);
        // Where that is not allowed, the folder is somebody else's.
        let _ = folder.make_private();
        Ok(folder)
    }

    /// As [`Place::open`], but makes nothing and takes nothing away.
    ///
    /// # Errors
    /// The system's, also where there is none.
    pub fn open_if_there(&self) -> io::Result<Folder> {
        let base = Folder::open(&self.base)?;
        self.below.map_or(Ok(None), |name| base.child(name).map(Some)).map(|child| child.unwrap_or(base))
    }
}
