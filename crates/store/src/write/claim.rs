//! Defines a claim, the right to change some pages. It consists of locks, which the system releases
//! when a process dies, and of a record of each page whose commit has begun. By the records the
//! next process finds the remains of a crash.

use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::io;
use std::time::{Duration, Instant};

use cachette_address::is_hash_url;

use crate::error::StoreError;
use crate::folder::Folder;
use crate::io_hook::IoStep;
use crate::layout::{LOCKS, PAGES, SHARED_LOCK, TRASH, UNSETTLED, WORK};
use crate::read::format::Format;
use crate::read::store::{Store, write_ignored};

/// Exclusive access to pages, as long as this value lives. All changes of the pages go through it.
///
/// A page's lock is shared by all pages whose hash begins with the same two digits. The lock files
/// are never removed: otherwise two processes could lock two different files of the same name.
#[derive(Debug)]
pub struct Claim {
    pub(crate) root: Folder,
    pub(crate) pages: Folder,
    unsettled: Folder,
    /// The pages; `None` if all are claimed.
    held: Option<BTreeSet<String>>,
    _locks: Vec<Lock>,
}

/// A lock that is held as long as this value lives.
#[derive(Debug)]
pub(crate) struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file also releases the lock, unless a child process, just being started, has
        // inherited it.
        let _ = self.0.unlock();
    }
}

impl Store {
    /// Claims pages of a home of the program's own format, and creates the home if it is missing.
    ///
    /// # Errors
    /// The home is read-only or newer; [`StoreError::Busy`] when the time is up.
    pub(crate) fn claim_pages(&self, held: BTreeSet<String>, patience: Duration) -> Result<Claim, StoreError> {
        if let Some(wrong) = held.iter().find(|hash| !is_hash_url(hash)) {
            return Err(StoreError::NotAHash(wrong.chars().take(80).collect()));
        }
        let root = self.made_root()?;
        Format::write_if_missing(&root)?;
        self.remember(&root);
        let (pages, unsettled, folder) = work_folders(&root)?;
        // All processes take the locks in the same order, so no two wait for each other.
        let stripes: BTreeSet<&str> = held.iter().filter_map(|hash| hash.get(..2)).collect();
        let until = Instant::now() + patience;
        let shared = lock(&folder, SHARED_LOCK, until, File::try_lock_shared);
        let locks = stripes.into_iter().map(|stripe| lock(&folder, stripe, until, File::try_lock));
        let locks = std::iter::once(shared).chain(locks).collect::<Result<_, _>>()?;
        Ok(Claim { root, pages, unsettled, held: Some(held), _locks: locks })
    }

    /// Claims all pages of a home, even of an older format. No other process gets a claim
    /// meanwhile.
    ///
    /// # Errors
    /// As [`Store::claim_pages`].
    pub(crate) fn claim_alone(&self, patience: Duration) -> Result<Claim, StoreError> {
        let root = self.made_root()?;
        let (pages, unsettled, folder) = work_folders(&root)?;
        let alone = lock_alone(&folder, patience)?;
        Ok(Claim { root, pages, unsettled, held: None, _locks: vec![alone] })
    }

    /// Opens the home's folder, created if missing, if its format may be written.
    fn made_root(&self) -> Result<Folder, StoreError> {
        let as_write_error = |error| StoreError::writing(&self.dir, error);
        // The same opened folder is examined and then written to, because its drive may disappear
        // meanwhile.
        let root = self.root()?;
        self.must_be_here_in(root.as_ref())?;
        let root = match root {
            Some(root) => root,
            None => {
                self.io_hook
                    .before(IoStep::MakeFolder, &self.dir, "")
                    .and_then(|()| cachette_folder::make_private(&self.dir))
                    .map_err(as_write_error)?;
                let root = self.root()?.ok_or_else(|| as_write_error(io::Error::from(io::ErrorKind::NotFound)))?;
                if let Some(above) =
                    self.dir.parent().map(|above| Folder::open(above, &self.io_hook)).transpose()?.flatten()
                {
                    above.sync()?;
                }
                root
            }
        };
        match Format::of(&root)? {
            Format::Newer => Err(StoreError::NewerFormat { path: self.dir.clone() }),
            Format::Own | Format::Older => Ok(root),
        }
    }
}

impl Claim {
    /// Records that a change of the page begins. The record stays until [`Claim::settle`], and
    /// survives a crash. Returns whether it is new.
    pub(crate) fn begin(&self, hash_url: &str) -> Result<bool, StoreError> {
        if self.held.as_ref().is_some_and(|held| !held.contains(hash_url)) {
            return Err(StoreError::Busy);
        }
        if self.unsettled.has(hash_url)? {
            return Ok(false);
        }
        // The record is not synced: after a power cut, comparing the files finds everything that it
        // would have shown.
        self.unsettled.create(hash_url, b"", false).map(|()| true).inspect_err(|_| {
            let _ = self.unsettled.remove(hash_url);
        })
    }

    /// Removes the record of a change, once everything about the page is up to date, including the
    /// index.
    ///
    /// # Errors
    /// An error of the disk. The record then stays and the page is checked again, which does no
    /// harm.
    pub fn settle(&self, hash_url: &str) -> Result<(), StoreError> {
        self.unsettled.remove(hash_url)
    }

    /// Opens the page's folder, created if missing, and returns whether it was.
    pub(crate) fn made_page(&self, hash_url: &str) -> Result<(Folder, bool), StoreError> {
        self.pages.make_child(hash_url)
    }

    /// Opens the trash, created if missing.
    pub(crate) fn trash(&self) -> Result<Folder, StoreError> {
        made_durably(&self.root, TRASH)
    }
}

/// Opens the folders of a home that a claim needs, created if missing: the pages, the records of
/// changes, and the locks.
fn work_folders(root: &Folder) -> Result<(Folder, Folder, Folder), StoreError> {
    let pages = made_durably(root, PAGES)?;
    let work = root.own_child(WORK)?;
    // A save is not refused because git or Syncthing may copy too much of a home.
    let _ = write_ignored(root, &work);
    Ok((pages, work.own_child(UNSETTLED)?, work.own_child(LOCKS)?))
}

fn made_durably(folder: &Folder, name: &str) -> Result<Folder, StoreError> {
    let (child, made) = folder.make_child(name)?;
    if made {
        folder.sync()?;
    }
    Ok(child)
}

/// Waits until nobody holds a claim. Nobody gets one while this lock is held.
pub(crate) fn lock_alone(locks: &Folder, patience: Duration) -> Result<Lock, StoreError> {
    lock(locks, SHARED_LOCK, Instant::now() + patience, File::try_lock)
}

fn lock(
    folder: &Folder,
    stripe: &str,
    until: Instant,
    attempt: fn(&File) -> Result<(), TryLockError>,
) -> Result<Lock, StoreError> {
    let file = folder.open_to_lock(stripe)?;
    let mut pause = Duration::from_micros(200);
    loop {
        match attempt(&file) {
            Ok(()) => return Ok(Lock(file)),
            Err(TryLockError::WouldBlock) if Instant::now() >= until => return Err(StoreError::Busy),
            Err(TryLockError::WouldBlock) => {
                std::thread::sleep(pause);
                pause = (pause * 2).min(Duration::from_millis(10));
            }
            // A file system without locks has one user at a time. Refusing to save there would
            // protect nobody.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => return Ok(Lock(file)),
            Err(TryLockError::Error(error)) => return Err(StoreError::writing(&folder.path_of(stripe), error)),
        }
    }
}
