//! Verifies that each shared file contains what its name says. Reports only; changes nothing.

use std::path::PathBuf;

use crate::digest::sha256_hex;
use crate::error::StoreError;
use crate::layout::{ASSETS, is_temp_name};
use crate::read::store::Store;
use crate::verify::discrepancy::{Discrepancy, Verdict};
use crate::write::references::hash_in;

impl Store {
    /// Reads every shared file and compares it with its name. Returns how many there are, and the
    /// discrepancies.
    ///
    /// # Errors
    /// An error of the disk. Damaged files are an answer, not an error.
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
                        "is left over from an interrupted save; `cachette collect` removes it.",
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
