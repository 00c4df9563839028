//! Stores and removes the files that pages share, named by their content. A file is complete and
//! durable before a page that names it is committed, and it is removed only while nobody changes
//! anything.

use std::collections::HashSet;
use std::time::Duration;

use cachette_page::Asset;

use crate::error::StoreError;
use crate::folder::EntryKind;
use crate::layout::{ASSETS, FORMAT, LOCKS, WORK, is_temp_name, temp_name};
use crate::read::format::Format;
use crate::read::store::Store;
use crate::write::claim::{Claim, lock_alone};
use crate::write::references::{NamedHashes, hash_in};

/// From this number on, new files are synced together.
const TOGETHER: usize = 4;
/// How long a collection waits for a moment when nobody changes anything.
const PATIENCE: Duration = Duration::from_secs(30);
/// How many folders deep below the home files are searched for names of shared files.
const DEPTH: u32 = 16;

/// The result of a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Collected {
    /// How many files were removed.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

impl Claim {
    /// Stores shared files, except existing ones. They are durable when this returns.
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
            // Existing files too: the process that stored them may not have synced them.
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
    /// Removes the shared files that nothing below the home names any more. Versions, the trash and
    /// people's notes may name them. Saves go on meanwhile, except during the removal itself.
    ///
    /// # Errors
    /// The home is read-only or newer, a file is unreadable, or others keep changing things.
    /// Nothing was removed then.
    pub fn collect(&self) -> Result<Collected, StoreError> {
        let Some(root) = self.root()? else { return Ok(Collected::default()) };
        let Some(assets) = root.child(ASSETS)? else { return Ok(Collected::default()) };
        let mut names = NamedHashes::default();
        names.below(&root, &[ASSETS, WORK], DEPTH)?;
        // Every claim holds this lock in shared mode, so no claim exists now.
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

    /// Removes the partial shared files of interrupted saves, and those of the format's number,
    /// unless a process is changing something. Returns how many files it removed.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn sweep_assets(&self) -> Result<u64, StoreError> {
        let Some(root) = self.root()? else { return Ok(0) };
        let Some(locks) = root.child(WORK)?.map_or(Ok(None), |work| work.child(LOCKS))? else { return Ok(0) };
        let _alone = match lock_alone(&locks, Duration::ZERO) {
            Err(StoreError::Busy) => return Ok(0),
            lock => lock?,
        };
        let mut swept = if root.has(FORMAT)? { Format::sweep(&root)? } else { 0 };
        let Some(assets) = root.child(ASSETS)? else { return Ok(swept) };
        for name in assets.names()? {
            let Ok(Some(shard)) = assets.child(&name) else { continue };
            for file in shard.names()?.iter().filter(|file| is_temp_name(file)) {
                shard.remove(file)?;
                swept += 1;
            }
        }
        Ok(swept)
    }

    /// Reads a shared file by its name; `None` if it is missing.
    ///
    /// # Errors
    /// An error of the disk, a link in the file's place, or a file that exceeds the limit.
    pub fn shared_file(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(assets) = self.root()?.map_or(Ok(None), |root| root.child(ASSETS))? else { return Ok(None) };
        let Some(shard) = assets.child(name.get(..2).unwrap_or(""))? else { return Ok(None) };
        shard.read(name)
    }
}
