//! The gate that every act on the disk passes. In the program it stands open; tests let it refuse the n-th act, once or from then on,
//! which is how a full disk, a failing one and a crash look from here.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// An act on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IoStep {
    /// A folder is made.
    MakeFolder,
    /// A file is made, empty.
    Create,
    /// A new file's bytes are written.
    Write,
    /// A new file's bytes are made durable.
    SyncFile,
    /// A folder's names are made durable.
    SyncFolder,
    /// A file gets a second name.
    Link,
    /// A file or folder gets another name.
    Rename,
    /// A file or an empty folder is removed.
    Remove,
    /// A file is read.
    Read,
}

type Hook = dyn Fn(IoStep, &Path) -> io::Result<()> + Send + Sync;

/// Asked before every act on the disk; an error is what the act then answers instead of being done.
#[derive(Clone, Default)]
pub struct IoHook(Option<Arc<Hook>>);

impl IoHook {
    /// A gate that asks `ask`.
    pub fn new(hook: impl Fn(IoStep, &Path) -> io::Result<()> + Send + Sync + 'static) -> IoHook {
        IoHook(Some(Arc::new(hook)))
    }

    /// Whether `step` on `name` in `folder` may be done.
    pub(crate) fn before(&self, step: IoStep, folder: &Path, name: &str) -> io::Result<()> {
        match &self.0 {
            None => Ok(()),
            Some(hook) => hook(step, &folder.join(name)),
        }
    }
}

impl fmt::Debug for IoHook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "IoHook(set)" } else { "IoHook(none)" })
    }
}
