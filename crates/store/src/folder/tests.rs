//! Tests the store's own demands on a folder, beyond those of `crates/folder`.

use super::Folder;
use crate::{IoHook, IoStep, StoreError};

#[test]
fn a_file_that_does_not_hold_what_was_written_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    // A limit that cuts a write short leaves the file in this state.
    let path = dir.path().to_owned();
    let io_hook = IoHook::new(move |step, file| {
        if step == IoStep::Read && file.starts_with(&path) {
            let bytes = std::fs::read(file).unwrap();
            std::fs::write(file, &bytes[..bytes.len() - 1]).unwrap();
        }
        Ok(())
    });
    let folder = Folder::open(dir.path(), &io_hook).unwrap().unwrap();
    let refused = folder.create("a.md", &vec![b'x'; 100_000], true);
    assert!(matches!(refused, Err(StoreError::Disk { .. })), "{refused:?}");
}
