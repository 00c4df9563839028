//! Calls a hook before every access to the disk. The program sets no hook. Tests make it refuse the
//! n-th access, once or from then on: to the store this looks like a full disk, a failing one, or a
//! crash.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// An access to the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IoStep {
    /// A folder is created.
    MakeFolder,
    /// A file is created, empty.
    Create,
    /// A new file's bytes are written.
    Write,
    /// A new file's bytes are made durable.
    SyncFile,
    /// A folder's names are made durable.
    SyncFolder,
    /// A file gets a hard link.
    Link,
    /// A file or folder gets another name.
    Rename,
    /// A file or an empty folder is removed.
    Remove,
    /// A file is read.
    Read,
    /// The facts about the articles of all pages are read.
    Survey,
}

type Hook = dyn Fn(IoStep, &Path) -> io::Result<()> + Send + Sync;

/// A function that is called before every access to the disk. If it returns an error, the access
/// fails with it.
#[derive(Clone, Default)]
pub struct IoHook(Option<Arc<Hook>>);

impl IoHook {
    /// Creates a hook that calls `hook`.
    pub fn new(hook: impl Fn(IoStep, &Path) -> io::Result<()> + Send + Sync + 'static) -> IoHook {
        IoHook(Some(Arc::new(hook)))
    }

    /// Calls the hook before `step` on `name` in `folder`.
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
