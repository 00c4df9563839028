//! Runs scripts on a file system that folds case and refuses Windows' reserved names. Each must
//! work there as it does elsewhere.

use std::path::Path;

use super::{
    bystander::{has, no_loop_devices},
    image::{FileSystem, Mounted, blank},
    run::{folder, home, prepare, run},
    script::{KINDS, Script},
    tally::Tally,
};
use crate::Result;

const NAME: &str = "folding file system";

/// Runs a script of every kind, without faults, on such a file system.
pub fn folding(binary: &Path, seed: u64) -> Tally {
    let missing = ["mkfs.ntfs", "lowntfs-3g"].into_iter().find(|program| !has(program));
    if let Some(why) = no_loop_devices().or_else(|| missing.map(|program| format!("{program} is not installed"))) {
        return Tally::skipped(NAME, why);
    }
    let mut tally = Tally::of(NAME);
    for number in seed..seed + KINDS.len() as u64 {
        match visit(binary, number) {
            Ok(found) => tally.add(found),
            Err(error) => tally.violations.push(format!("seed {number}: {error}")),
        }
    }
    tally
}

fn visit(binary: &Path, number: u64) -> Result<Tally> {
    let dir = folder()?;
    let (image, place) = (dir.path().join("image"), dir.path().join("place"));
    blank(&image, FileSystem::Ntfs.bytes())?;
    FileSystem::Ntfs.make(&image)?;
    let mounted = Mounted::new(&image, &place, FileSystem::Ntfs)?;
    let script = Script::of(number);
    prepare(binary, &script, &place)?;
    let ran = run(binary, &script, &place, &[])?;
    let acts = (script.before.len() + script.acts().len()) as u64;
    let mut tally = Tally { acknowledged: ran.ledger.acknowledged(), ..Tally::of(NAME) };
    let mut wrong = ran.ledger.compare(&home(&place));
    if !ran.status.success() || ran.ledger.acknowledged() < acts {
        wrong.push(format!("{} of {acts} acts were acknowledged: {}", ran.ledger.acknowledged(), ran.stderr.trim()));
    }
    mounted.unmount()?;
    tally.violations.extend(wrong.into_iter().map(|what| format!("seed {number} ({}): {what}", script.kind)));
    Ok(tally)
}
