//! Describes the place of one of our folders, and opens it. A place is a base, which people chose
//! and to which links may lead, and a name in it, which must not be a link.

use std::io;
use std::path::{Path, PathBuf};

use crate::Folder;

/// A folder whose content may be deleted at any time, before it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    base: PathBuf,
    below: Option<&'static str>,
    /// Whether opening creates the base.
    makes_base: bool,
}

impl Place {
    /// The folder `base` itself: links on the path to it are its owner's choice.
    pub fn at(base: &Path) -> Place {
        Place { base: base.to_owned(), below: None, makes_base: true }
    }

    /// The folder `name` in `base`, which must not be a link.
    pub fn below(base: &Path, name: &'static str) -> Place {
        Place { base: base.to_owned(), below: Some(name), makes_base: true }
    }

    /// The folder `name` in `base`, which must not be a link. The base is never created here: it
    /// may be on a drive that has just gone, and nothing may be made in its place.
    pub fn inside(base: &Path, name: &'static str) -> Place {
        Place { makes_base: false, ..Place::below(base, name) }
    }

    /// The same folder; its base is created when it is opened.
    #[must_use]
    pub fn made_with_base(&self) -> Place {
        Place { makes_base: true, ..self.clone() }
    }

    /// The folder's path, as it was given.
    pub fn path(&self) -> PathBuf {
        self.below.map_or_else(|| self.base.clone(), |name| self.base.join(name))
    }

    /// Opens the folder, created if missing and private. Resolves its base, so the folder's path
    /// then leads through no link.
    ///
    /// # Errors
    /// An error of the system. A missing base is also an error unless it is created here.
    pub fn open(&self) -> io::Result<Folder> {
        let base = if self.makes_base { Folder::open_made(&self.base) } else { Folder::open(&self.base) };
        let base = base?.resolved()?;
        let folder = self.below.map_or(Ok(None), |name| base.own_child(name).map(Some))?.unwrap_or(base);
        // If that is not allowed, the folder belongs to somebody else.
        let _ = folder.make_private();
        Ok(folder)
    }

    /// Opens the folder as [`Place::open`] does, but creates and removes nothing.
    ///
    /// # Errors
    /// An error of the system. A missing folder is also an error.
    pub fn open_if_there(&self) -> io::Result<Folder> {
        let base = Folder::open(&self.base)?;
        self.below.map_or(Ok(None), |name| base.child(name).map(Some)).map(|child| child.unwrap_or(base))
    }
}
