//! Moves to another file system, for example if `.trash` or `pages` is a mount point. The whole
//! source is copied, synced and compared; then the copy gets its name, and only then is the source
//! removed. A crash leaves the source, or both.

use std::fs::File;
use std::io::{self, Read};

use super::Folder;
use crate::error::StoreError;
use crate::folder::EntryKind;
use crate::io_hook::IoStep;
use crate::layout::temp_name;

/// How deep folders may be nested in one that is moved.
const DEPTH: u32 = 16;

impl Folder {
    /// Moves `name` to the free name `new` in `to`, on another file system. After an error nothing
    /// is changed, except that a partial copy may remain under a temporary name.
    pub(super) fn move_across_devices(&self, name: &str, to: &Folder, new: &str) -> Result<(), StoreError> {
        let temp = temp_name("moved");
        let copied = self.copy(name, to, &temp, DEPTH).and_then(|()| to.rename(&temp, to, new));
        if let Err(error) = copied.and_then(|()| to.sync()) {
            let _ = to.discard(&temp, DEPTH);
            return Err(error);
        }
        // It is renamed at once, so a half-deleted folder never looks complete.
        let gone = temp_name("gone");
        self.rename(name, self, &gone)?;
        self.sync()?;
        self.discard(&gone, DEPTH)
    }

    fn copy(&self, name: &str, to: &Folder, new: &str, depth: u32) -> Result<(), StoreError> {
        let foreign = || StoreError::Foreign { path: self.path_of(name) };
        match self.facts(name)?.ok_or_else(|| StoreError::reading(&self.path_of(name), super::missing()))?.kind {
            EntryKind::File => self.copy_file(name, to, new),
            EntryKind::Folder if depth > 0 => {
                let from = self.child(name)?.ok_or_else(foreign)?;
                let copy = to.make_child(new)?.0;
                for name in from.all_names()? {
                    from.copy(&name, &copy, &name, depth - 1)?;
                }
                copy.sync()
            }
            EntryKind::Folder | EntryKind::Other => Err(foreign()),
        }
    }

    fn copy_file(&self, name: &str, to: &Folder, new: &str) -> Result<(), StoreError> {
        let open = || self.at(name, self.handle.open_to_read(name), StoreError::reading);
        let mut source = open()?;
        let write = |source: &mut File| -> io::Result<()> {
            to.io_hook.before(IoStep::Create, to.path(), new)?;
            let mut file = to.handle.create(new)?;
            to.io_hook.before(IoStep::Write, to.path(), new)?;
            io::copy(source, &mut file)?;
            // If a file does not say when it was captured, its time does.
            file.set_modified(source.metadata()?.modified()?)?;
            to.io_hook.before(IoStep::SyncFile, to.path(), new)?;
            file.sync_all()
        };
        to.at(new, write(&mut source), StoreError::writing)?;
        let alike = to.handle.open_to_read(new).and_then(|copy| are_alike(open_again(self, name)?, copy));
        match to.at(new, alike, StoreError::reading)? {
            true => Ok(()),
            false => Err(StoreError::writing(&to.path_of(new), io::Error::other("the copy differs from the original"))),
        }
    }

    /// Removes a file, or a folder with its content. A missing one counts as removed.
    pub fn discard(&self, name: &str, depth: u32) -> Result<(), StoreError> {
        match self.facts(name)?.map(|facts| facts.kind) {
            Some(EntryKind::Folder) => {
                if let Some(folder) = self.child(name)?.filter(|_| depth > 0) {
                    for name in folder.all_names()? {
                        folder.discard(&name, depth - 1)?;
                    }
                }
                self.remove_if_empty(name).map(drop)
            }
            Some(_) => self.remove(name),
            None => Ok(()),
        }
    }

    /// Whether this folder holds each file of another one, byte for byte. With `partial`, files may
    /// be cut off, and count as far as they go.
    pub fn holds_all_of(&self, left: &Folder, partial: bool, depth: u32) -> Result<bool, StoreError> {
        for name in left.all_names()? {
            let Some(facts) = left.facts(&name)? else { continue };
            let Some(held) = self.facts(&name)?.filter(|held| held.kind == facts.kind) else { return Ok(false) };
            let alike = match facts.kind {
                EntryKind::File if facts.bytes == held.bytes || partial && facts.bytes < held.bytes => {
                    let one = left.at(&name, left.handle.open_to_read(&name), StoreError::reading)?;
                    let other = self.at(&name, self.handle.open_to_read(&name), StoreError::reading)?;
                    self.at(&name, have_the_same_bytes(one, other.take(facts.bytes)), StoreError::reading)?
                }
                EntryKind::Folder if depth > 0 => match (self.child(&name)?, left.child(&name)?) {
                    (Some(held), Some(left)) => held.holds_all_of(&left, partial, depth - 1)?,
                    _ => false,
                },
                EntryKind::File | EntryKind::Folder | EntryKind::Other => false,
            };
            if !alike {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Returns the names as the file system has them.
    pub fn all_names(&self) -> Result<Vec<String>, StoreError> {
        self.handle.names().map_err(|error| StoreError::reading(self.path(), error))
    }
}

fn open_again(folder: &Folder, name: &str) -> io::Result<File> {
    folder.handle.open_to_read(name)
}

fn are_alike(one: File, other: File) -> io::Result<bool> {
    if one.metadata()?.len() != other.metadata()?.len() {
        return Ok(false);
    }
    have_the_same_bytes(one, other)
}

fn have_the_same_bytes(one: impl Read, other: impl Read) -> io::Result<bool> {
    let (mut one, mut other) = (io::BufReader::new(one), io::BufReader::new(other));
    loop {
        let (mut a, mut b) = (Vec::new(), Vec::new());
        Read::by_ref(&mut one).take(1 << 16).read_to_end(&mut a)?;
        Read::by_ref(&mut other).take(1 << 16).read_to_end(&mut b)?;
        if a != b || a.is_empty() {
            return Ok(a == b);
        }
    }
}
