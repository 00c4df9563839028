//! Finds the references to shared files. Any hash in any text of a home counts as one. It removes
//! nothing.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use cachette_address::is_hash_url;

use crate::error::StoreError;
use crate::folder::{EntryKind, FILE_BYTES, Facts, Folder};
use crate::layout::{TRASH, is_temp_name};

/// Returns the hash in a shared file's name; `None` if the name is foreign.
pub(crate) fn hash_in(name: &str) -> Option<&str> {
    let (hash, kind) = name.split_once('.')?;
    let ours = is_hash_url(hash) && !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_lowercase());
    ours.then_some(hash)
}

/// The hashes anywhere in the texts of a home, and the state of each text when it was read.
#[derive(Default)]
pub(crate) struct NamedHashes {
    hashes: HashSet<[u8; 32]>,
    read: HashMap<PathBuf, Facts>,
}

impl NamedHashes {
    /// Whether some text has this hash.
    pub(crate) fn hold(&self, hash: &str) -> bool {
        bytes_of(hash.as_bytes()).is_some_and(|hash| self.hashes.contains(&hash))
    }

    /// Reads the files that have changed since they were last read.
    pub(crate) fn below(&mut self, folder: &Folder, but: &[&str], depth: u32) -> Result<(), StoreError> {
        for name in folder.names()? {
            let ours = name == TRASH || !name.starts_with('.') || is_temp_name(&name);
            if but.contains(&name.as_str()) || !ours {
                continue;
            }
            let Some(facts) = folder.facts(&name)? else { continue };
            let path = folder.path_of(&name);
            match facts.kind {
                EntryKind::Folder if depth == 0 => return Err(StoreError::Foreign { path }),
                EntryKind::Folder => {
                    if let Some(child) = folder.child(&name)? {
                        self.below(&child, &[], depth - 1)?;
                    }
                }
                // This may be a person's film, for example; no text that could name a file is that
                // long.
                EntryKind::File if facts.bytes > FILE_BYTES && !is_text(&name) => {}
                EntryKind::File if self.read.get(&path) != Some(&facts) => {
                    if let Some(bytes) = folder.read(&name)? {
                        self.take(&bytes);
                    }
                    self.read.insert(path, facts);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Adds the hashes in style sheets that are named, or that a named one imports.
    pub(crate) fn through_sheets(&mut self, assets: &Folder) -> Result<(), StoreError> {
        let mut sheets = Vec::new();
        for name in assets.names()? {
            let Ok(Some(shard)) = assets.child(&name) else { continue };
            sheets.extend(
                shard.names()?.into_iter().filter(|file| file.ends_with(".css")).map(|file| (name.clone(), file)),
            );
        }
        loop {
            let before = sheets.len();
            let (shown, others) =
                sheets.into_iter().partition(|(_, file)| hash_in(file).is_some_and(|hash| self.hold(hash)));
            sheets = others;
            let shown: Vec<(String, String)> = shown;
            for (shard, file) in shown {
                let bytes = assets.child(&shard)?.map_or(Ok(None), |shard| shard.read(&file))?.unwrap_or_default();
                self.take(&bytes);
            }
            if sheets.len() == before {
                return Ok(());
            }
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        for word in bytes.split(|byte| !byte.is_ascii_hexdigit()).filter(|word| word.len() == 64) {
            self.hashes.extend(bytes_of(word));
        }
    }
}

/// Whether a file is named like a version or a note. If it is too long to be read, it may name any
/// shared file.
fn is_text(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".md", ".html", ".htm", ".txt"].iter().any(|ending| name.ends_with(ending))
}

fn bytes_of(hex: &[u8]) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(hex.chunks_exact(2)) {
        let digit = |at: usize| pair.get(at).and_then(|digit| char::from(*digit).to_digit(16));
        *byte = u8::try_from(digit(0)? * 16 + digit(1)?).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_text() {
        let mut names = NamedHashes::default();
        let hash = |digit: &str| digit.repeat(64);
        names.take(
            format!("![x](../../assets/aa/{}.png) ![[{}.jpg]] {}0 {}", hash("a"), hash("b"), hash("c"), hash("d"))
                .as_bytes(),
        );
        for (digit, there) in [("a", true), ("b", true), ("c", false), ("d", true), ("e", false)] {
            assert_eq!(names.hold(&hash(digit)), there, "{digit}");
        }
    }

    #[test]
    fn what_is_not_ours_is_left_alone() {
        let hash = "ab".repeat(32);
        assert_eq!(hash_in(&format!("{hash}.png")), Some(hash.as_str()));
        for name in ["notes.md", "x.png", &hash, &format!("{hash}."), &format!("{hash}.png.bak")] {
            assert_eq!(hash_in(name), None, "{name}");
        }
    }
}
