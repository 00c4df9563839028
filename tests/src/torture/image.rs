//! Makes an image of a file system, mounted while the value lives.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use super::bystander::call;
use crate::{DriverError, Result, wait::until};

/// A file system that a rig can create on an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileSystem {
    /// Ext4 as Debian makes it.
    Ext4,
    /// Xfs as Debian makes it.
    Xfs,
    /// Ntfs that folds case and refuses Windows' reserved names.
    Ntfs,
}

impl FileSystem {
    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            FileSystem::Ext4 => "ext4",
            FileSystem::Xfs => "xfs",
            FileSystem::Ntfs => "ntfs, folding case",
        }
    }

    /// Returns the program that creates it.
    pub fn maker(self) -> &'static str {
        match self {
            FileSystem::Ext4 => "mkfs.ext4",
            FileSystem::Xfs => "mkfs.xfs",
            FileSystem::Ntfs => "mkfs.ntfs",
        }
    }

    /// Returns the size of an image in bytes; xfs needs 300 MB or more.
    pub fn bytes(self) -> u64 {
        match self {
            FileSystem::Ext4 | FileSystem::Ntfs => 64 << 20,
            FileSystem::Xfs => 304 << 20,
        }
    }

    /// Makes the file system on an image file.
    ///
    /// # Errors
    /// [`DriverError::Ended`].
    pub fn make(self, image: &Path) -> Result<()> {
        let image = image.to_string_lossy();
        match self {
            FileSystem::Ext4 => call("mkfs.ext4", &["-q", "-F", &image]),
            FileSystem::Xfs => call("mkfs.xfs", &["-q", "-f", &image]),
            FileSystem::Ntfs => call("mkfs.ntfs", &["-q", "-F", "-Q", &image]),
        }
        .map(drop)
    }
}

/// A mounted image; unmounted when dropped.
#[derive(Debug)]
pub struct Mounted {
    at: PathBuf,
    device: Option<String>,
}

impl Mounted {
    /// Mounts an image at a folder, which is created if necessary.
    ///
    /// # Errors
    /// [`DriverError`] if the image contains no such file system or cannot be mounted.
    pub fn new(image: &Path, at: &Path, system: FileSystem) -> Result<Mounted> {
        fs::create_dir_all(at).map_err(DriverError::io("making a mount point"))?;
        let device = call("losetup", &["--find", "--show", &image.to_string_lossy()])?;
        let mounted = Mounted { at: at.to_owned(), device: Some(device.clone()) };
        let place = at.to_string_lossy().into_owned();
        match system {
            FileSystem::Ext4 => call("mount", &["-t", "ext4", &device, &place])?,
            FileSystem::Xfs => call("mount", &["-t", "xfs", "-o", "nouuid", &device, &place])?,
            FileSystem::Ntfs => call("lowntfs-3g", &["-o", "ignore_case,windows_names", &device, &place])?,
        };
        Ok(mounted)
    }

    /// Unmounts the image, and waits for processes that still use it.
    ///
    /// # Errors
    /// [`DriverError::Timeout`] if it stays busy.
    pub fn unmount(mut self) -> Result<()> {
        self.release()
    }

    fn release(&mut self) -> Result<()> {
        let Some(device) = self.device.take() else { return Ok(()) };
        let place = self.at.to_string_lossy().into_owned();
        let gone = until("the image's unmounting", || match call("umount", &[&place]) {
            Ok(_) => Ok(Some(())),
            Err(error) if error.to_string().contains("not mounted") => Ok(Some(())),
            Err(_) => {
                std::thread::sleep(Duration::from_millis(10));
                Ok(None)
            }
        });
        let detached = call("losetup", &["--detach", &device]).map(drop);
        gone.and(detached)
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = self.release();
    }
}

/// Makes an empty image file, in place of the image of that name.
///
/// The former image is removed, and never emptied for use again. Any program that makes a mount
/// namespace, as sandboxes do, holds what is mounted then until it ends. The file system of the
/// former image lives on in there, and writes to the file it was mounted from.
///
/// # Errors
/// [`DriverError::Io`].
pub fn blank(image: &Path, bytes: u64) -> Result<()> {
    let removed = match fs::remove_file(image) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    };
    let made = removed.and_then(|()| fs::File::create_new(image)).and_then(|file| file.set_len(bytes));
    made.map_err(DriverError::io("making an image"))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_new_image_holds_nothing_that_a_former_mount_still_writes() {
        let dir = tempfile::tempdir().unwrap();
        let image = dir.path().join("cut");
        blank(&image, 512).unwrap();
        let mut former = fs::OpenOptions::new().write(true).open(&image).unwrap();
        blank(&image, 512).unwrap();
        former.write_all(b"a journal without entries").unwrap();
        assert_eq!(fs::read(&image).unwrap(), vec![0; 512]);
    }
}
