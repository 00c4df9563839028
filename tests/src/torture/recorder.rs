//! Records a disk: one file in a separate folder (FUSE), under a loop device. Every write and every
//! flush that reaches the “disk” is kept in order, from which the state after a power cut at any
//! moment can be rebuilt. It decides nothing.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, UNIX_EPOCH},
};

use fuser::{
    BackgroundSession, Config, Errno, FileAttr, FileHandle, FileType, Filesystem, Generation, INodeNo, LockOwner,
    MountOption, OpenFlags, ReplyAttr, ReplyData, ReplyEmpty, ReplyEntry, ReplyWrite, Request, WriteFlags,
};

use crate::{DriverError, Result};

/// An event of the disk, or an acknowledgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// These bytes at this offset.
    Write(u64, Vec<u8>),
    /// All writes before it are durable.
    Flush,
    /// This many acts were acknowledged by now.
    Acknowledged(usize),
}

#[derive(Debug, Default)]
struct Disk {
    content: Vec<u8>,
    events: Vec<Event>,
}

/// The mounted file; unmounted when dropped.
#[derive(Debug)]
pub struct Recorder {
    disk: Arc<Mutex<Disk>>,
    file: PathBuf,
    session: Option<BackgroundSession>,
}

const NAME: &str = "disk";
const BLOCK: usize = 4096;
const FILE: INodeNo = INodeNo(2);
/// The kernel may cache names and sizes: neither changes.
const FOREVER: Duration = Duration::from_secs(3600);

impl Recorder {
    /// Makes a disk of zeros, as a file in the folder `at`.
    ///
    /// # Errors
    /// [`DriverError::Io`] if FUSE is not available.
    pub fn mount(at: &Path, bytes: u64) -> Result<Recorder> {
        std::fs::create_dir_all(at).map_err(DriverError::io("making a mount point"))?;
        let size = usize::try_from(bytes).map_err(|_| DriverError::Unexpected("a disk beyond memory".to_owned()))?;
        let disk = Arc::new(Mutex::new(Disk { content: vec![0; size], events: Vec::new() }));
        let mut config = Config::default();
        config.mount_options.push(MountOption::FSName("cachette-recorder".to_owned()));
        let served = Served { disk: disk.clone(), bytes };
        let session = fuser::spawn_mount(served, at, &config).map_err(DriverError::io("mounting the recorder"))?;
        Ok(Recorder { disk, file: at.join(NAME), session: Some(session) })
    }

    /// Returns the file that is the disk.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Forgets all events until now, and returns the blocks that are not all zeros, with their
    /// offsets. They are the state before all later events.
    pub fn ground(&self) -> Vec<(u64, Vec<u8>)> {
        let mut disk = lock(&self.disk);
        disk.events.clear();
        let blocks = disk.content.chunks(BLOCK).enumerate();
        let used = blocks.filter(|(_, block)| block.iter().any(|byte| *byte != 0));
        used.map(|(number, block)| ((number * BLOCK) as u64, block.to_vec())).collect()
    }

    /// Records that `acts` acts are acknowledged.
    pub fn acknowledge(&self, acts: usize) {
        lock(&self.disk).events.push(Event::Acknowledged(acts));
    }

    /// Returns all events since [`Recorder::ground`].
    pub fn events(&self) -> Vec<Event> {
        lock(&self.disk).events.clone()
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        if let Some(session) = self.session.take() {
            let _ = session.umount_and_join();
        }
    }
}

fn lock(disk: &Mutex<Disk>) -> MutexGuard<'_, Disk> {
    disk.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Served {
    disk: Arc<Mutex<Disk>>,
    bytes: u64,
}

impl Served {
    fn attributes(&self, node: INodeNo) -> Option<FileAttr> {
        let (kind, perm, size) = match node {
            INodeNo::ROOT => (FileType::Directory, 0o700, 0),
            FILE => (FileType::RegularFile, 0o600, self.bytes),
            _ => return None,
        };
        Some(FileAttr {
            ino: node,
            size,
            blocks: size / 512,
            atime: UNIX_EPOCH,
            mtime: UNIX_EPOCH,
            ctime: UNIX_EPOCH,
            crtime: UNIX_EPOCH,
            kind,
            perm,
            nlink: 1,
            uid: 0,
            gid: 0,
            rdev: 0,
            flags: 0,
            blksize: 4096,
        })
    }
}

impl Filesystem for Served {
    fn lookup(&self, _request: &Request, parent: INodeNo, name: &OsStr, reply: ReplyEntry) {
        match self.attributes(FILE).filter(|_| parent == INodeNo::ROOT && name == NAME) {
            Some(attributes) => reply.entry(&FOREVER, &attributes, Generation(0)),
            None => reply.error(Errno::ENOENT),
        }
    }

    fn getattr(&self, _request: &Request, node: INodeNo, _handle: Option<FileHandle>, reply: ReplyAttr) {
        match self.attributes(node) {
            Some(attributes) => reply.attr(&FOREVER, &attributes),
            None => reply.error(Errno::ENOENT),
        }
    }

    fn read(
        &self,
        _request: &Request,
        _node: INodeNo,
        _handle: FileHandle,
        offset: u64,
        size: u32,
        _flags: OpenFlags,
        _lock: Option<LockOwner>,
        reply: ReplyData,
    ) {
        let disk = lock(&self.disk);
        let start = usize::try_from(offset).unwrap_or(usize::MAX).min(disk.content.len());
        let end = start.saturating_add(usize::try_from(size).unwrap_or_default()).min(disk.content.len());
        reply.data(disk.content.get(start..end).unwrap_or_default());
    }

    fn write(
        &self,
        _request: &Request,
        _node: INodeNo,
        _handle: FileHandle,
        offset: u64,
        data: &[u8],
        _write: WriteFlags,
        _flags: OpenFlags,
        _lock: Option<LockOwner>,
        reply: ReplyWrite,
    ) {
        let mut disk = lock(&self.disk);
        let start = usize::try_from(offset).unwrap_or(usize::MAX);
        let Some(place) = start.checked_add(data.len()).and_then(|end| disk.content.get_mut(start..end)) else {
            return reply.error(Errno::ENOSPC);
        };
        place.copy_from_slice(data);
        disk.events.push(Event::Write(offset, data.to_vec()));
        reply.written(u32::try_from(data.len()).unwrap_or(u32::MAX));
    }

    fn fsync(&self, _request: &Request, _node: INodeNo, _handle: FileHandle, _data_only: bool, reply: ReplyEmpty) {
        lock(&self.disk).events.push(Event::Flush);
        reply.ok();
    }

    fn flush(&self, _request: &Request, _node: INodeNo, _handle: FileHandle, _lock: LockOwner, reply: ReplyEmpty) {
        reply.ok();
    }

    // A loop device discards by punching holes. This is refused, because every change must arrive
    // as a write.
}
