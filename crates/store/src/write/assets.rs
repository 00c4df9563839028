//! The files that pages share, by content: how one gets onto the disk, which are no longer named by anything, whether they hold what their names
//! say. A file is whole and durable before a page that names it is committed, and goes only while nobody changes anything.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::time::Duration;

use crate::digest::sha256_hex;
use cachette_address::is_hash_url;
use cachette_page::Asset;

use crate::error::StoreError;
use crate::folder::{EntryKind, FILE_BYTES, Facts, Folder};
use crate::layout::{ASSETS, LOCKS, TRASH, WORK, is_temp_name, temp_name};
use crate::read::store::Store;
use crate::verify::page::{Discrepancy, Verdict};
use crate::write::claim::{Claim, lock_alone};

/// From so many new files on, they are made durable together.
const TOGETHER: usize = 4;
/// How long a collection waits until nobody changes anything.
const PATIENCE: Duration = Duration::from_secs(30);
/// How deep below the home files that name others may lie.
const DEPTH: u32 = 16;

/// What a collection has removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Collected {
    /// How many files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

impl Claim {
    /// Puts files into the shared folder, those that are there already excepted. When this returns, they are durable.
    pub(crate) fn store_assets(&self, assets: &[Asset]) -> Result<(), StoreError> {
        if assets.is_empty() {
            return Ok(());
        }
        let (folder, made) = self.root.make_child(ASSETS)?;
        if made {
            self.root.sync()?;
        }
        let each = assets.len() < TOGETHER;
        let mut written = Vec::new();
        let result = (|| {
            let mut made = false;
            for asset in assets {
                let (shard, new) = folder.make_child(asset.shard())?;
                made |= new;
                let length = u64::try_from(asset.bytes.len()).unwrap_or(u64::MAX);
                if shard.facts(&asset.name)?.is_some_and(|facts| facts.kind == EntryKind::File && facts.bytes == length)
                {
                    continue;
                }
                let temp = temp_name("asset");
                written.push((shard, temp, &asset.name));
                if let Some((shard, temp, _)) = written.last() {
                    shard.create(temp, &asset.bytes, each)?;
                }
            }
            if !each && !written.is_empty() && !self.root.sync_all()? {
                for (shard, temp, _) in &written {
                    shard.sync_file(temp)?;
                }
            }
            for (shard, temp, name) in &written {
                shard.rename(temp, shard, name)?;
            }
            if made {
                folder.sync()?;
            }
            // Those that were there already, too: who put them there may not have got so far.
            let shards: HashSet<&str> = assets.iter().map(Asset::shard).collect();
            if !each && self.root.sync_all()? {
                return Ok(());
            }
            for shard in shards {
                folder.child(shard)?.map_or(Ok(()), |shard| shard.sync())?;
            }
            Ok(())
        })();
        if result.is_err() {
            for (shard, temp, _) in &written {
                let _ = shard.remove(temp);
            }
        }
        result
    }
}

impl Store {
    /// Removes the shared files that nothing below the home names any more: no version, nothing in the trash, no note of a person's. Saves go on
    /// meanwhile, but for the moment of the removal itself.
    ///
    /// # Errors
    /// The home is read-only or newer, a file cannot be read, or others do not stop changing things; then nothing was removed.
    pub fn collect(&self) -> Result<Collected, StoreError> {
        let Some(root) = self.root()? else { return Ok(Collected::default()) };
        let Some(assets) = root.child(ASSETS)? else { return Ok(Collected::default()) };
        let mut names = NamedHashes::default();
        names.below(&root, &[ASSETS, WORK], DEPTH)?;
        // Whoever changes a page holds a claim, and every claim this lock with others: now there is none.
        drop(self.claim(std::iter::empty())?);
        let locks = root.child(WORK)?.map_or(Ok(None), |work| work.child(LOCKS))?;
        let _alone = locks.map(|locks| lock_alone(&locks, PATIENCE)).transpose()?;
        names.below(&root, &[ASSETS, WORK], DEPTH)?;
        names.through_sheets(&assets)?;
        let mut collected = Collected::default();
        for name in assets.names()? {
            let Ok(Some(shard)) = assets.child(&name) else { continue };
            for file in shard.names()? {
                let facts = shard.facts(&file)?.filter(|facts| facts.kind == EntryKind::File);
                let Some(facts) =
                    facts.filter(|_| is_temp_name(&file) || hash_in(&file).is_some_and(|hash| !names.hold(hash)))
                else {
                    continue;
                };
                shard.remove(&file)?;
                collected.files += 1;
                collected.bytes += facts.bytes;
            }
            assets.remove_if_empty(&name)?;
        }
        Ok(collected)
    }

    /// Removes what saves that were cut off had begun to put among the shared files, unless some process changes something just now. Answers
    /// how many files.
    ///
    /// # Errors
    /// The disk.
    pub fn sweep_assets(&self) -> Result<u64, StoreError> {
        let Some(root) = self.root()? else { return Ok(0) };
        let Some(assets) = root.child(ASSETS)? else { return Ok(0) };
        let Some(locks) = root.child(WORK)?.map_or(Ok(None), |work| work.child(LOCKS))? else { return Ok(0) };
        let _alone = match lock_alone(&locks, Duration::ZERO) {
            Err(StoreError::Busy) => return Ok(0),
            lock => lock?,
        };
        let mut swept = 0;
        for name in assets.names()? {
            let Ok(Some(shard)) = assets.child(&name) else { continue };
            for file in shard.names()?.iter().filter(|file| is_temp_name(file)) {
                shard.remove(file)?;
                swept += 1;
            }
        }
        Ok(swept)
    }

    /// A shared file by its name; `None` where there is none.
    ///
    /// # Errors
    /// The disk, a link in the file's place, or one that is longer than any of its kind.
    pub fn shared_file(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(assets) = self.root()?.map_or(Ok(None), |root| root.child(ASSETS))? else { return Ok(None) };
        let Some(shard) = assets.child(name.get(..2).unwrap_or(""))? else { return Ok(None) };
        shard.read(name)
    }

    /// Reads every shared file and compares it with its name. Answers how many there are, and what is wrong.
    ///
    /// # Errors
    /// The disk. What is wrong with the files is the answer, not an error.
    pub fn verify_assets(&self) -> Result<(u64, Vec<Discrepancy>), StoreError> {
        let (mut files, mut findings) = (0, Vec::new());
        let assets = match self.root()?.map_or(Ok(None), |root| root.child(ASSETS)) {
            Ok(None) | Err(StoreError::Foreign { .. }) => return Ok((0, findings)),
            assets => assets?,
        };
        let Some(assets) = assets else { return Ok((0, findings)) };
        let mut found =
            |verdict, path: PathBuf, what: &str| findings.push(Discrepancy { verdict, path, what: what.to_owned() });
        let mut shards = assets.names()?;
        shards.sort();
        for name in shards {
            let Ok(Some(shard)) = assets.child(&name) else { continue };
            let mut names = shard.names()?;
            names.sort();
            for file in names {
                let path = shard.path_of(&file);
                if is_temp_name(&file) {
                    found(
                        Verdict::Leftover,
                        path,
                        "was left over by a save that was cut off; `cachette collect` removes it.",
                    );
                    continue;
                }
                let Some(hash) = hash_in(&file) else { continue };
                files += 1;
                match shard.read(&file) {
                    Ok(Some(bytes)) if sha256_hex(&bytes) != hash || !hash.starts_with(&name) => {
                        found(Verdict::Damaged, path, "does not have the bytes that its name says.");
                    }
                    Ok(_) => {}
                    Err(error) => found(Verdict::Damaged, path, &format!("cannot be read: {error}.")),
                }
            }
        }
        Ok((files, findings))
    }
}

/// The hash in a shared file's name; `None` where it is no name of ours.
fn hash_in(name: &str) -> Option<&str> {
    let (hash, kind) = name.split_once('.')?;
    let ours = is_hash_url(hash) && !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_lowercase());
    ours.then_some(hash)
}

/// The hashes that stand anywhere in the texts of a home, and in which state each text was when it was read.
#[derive(Default)]
struct NamedHashes {
    hashes: HashSet<[u8; 32]>,
    read: HashMap<PathBuf, Facts>,
}

impl NamedHashes {
    fn hold(&self, hash: &str) -> bool {
        bytes_of(hash.as_bytes()).is_some_and(|hash| self.hashes.contains(&hash))
    }

    /// Reads what has changed since it was read before.
    fn below(&mut self, folder: &Folder, but: &[&str], depth: u32) -> Result<(), StoreError> {
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
                // A person's film: no text that could name a file is so long.
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

    /// What the sheets show that are shown themselves, or imported by one that is.
    fn through_sheets(&mut self, assets: &Folder) -> Result<(), StoreError> {
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

/// Whether a file is called as a version or a note is. One that is too long to be read may name any shared file.
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
