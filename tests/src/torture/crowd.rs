//! Runs many hosts on one home, and kills some of them at any moment. Meanwhile command lines check
//! and rebuild. Acknowledged saves must be there, and no host may be refused because another is
//! working.

use std::{
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use cachette_cache::{At, Cache, Home};
use fastrand::Rng;
use tempfile::TempDir;

use super::{
    ledger::{Answer, Ledger},
    run::{Session, command_line, folder, home},
    script::{Act, article_of, requests, url},
    tally::Tally,
};
use crate::{DriverError, Result};

const NAME: &str = "crowd";
/// The page that every host saves.
const SHARED: u32 = 7;

/// Runs `hosts` hosts, each over `saves` saves. One host in eight is repeatedly killed in the
/// middle of a save and restarted.
pub fn crowd(binary: &Path, seed: u64, hosts: u32, saves: u32) -> Tally {
    run(binary, seed, hosts, saves).unwrap_or_else(|error| {
        let mut tally = Tally::of(NAME);
        tally.violations.push(format!("the rig broke: {error}"));
        tally
    })
}

fn run(binary: &Path, seed: u64, hosts: u32, saves: u32) -> Result<Tally> {
    let dir = folder()?;
    let busy = AtomicBool::new(true);
    let mut tally = Tally::of(NAME);
    let (mut ledger, mut shared) = (Ledger::default(), Vec::new());
    thread::scope(|scope| -> Result<()> {
        let onlookers: Vec<_> = ["check", "rebuild"]
            .into_iter()
            .map(|command| scope.spawn(|| onlook(binary, &dir, command, &busy)))
            .collect();
        let members: Vec<_> = (0..hosts)
            .map(|number| {
                scope.spawn({
                    let dir = &dir;
                    move || member(binary, dir, seed, number, saves)
                })
            })
            .collect();
        for member in members {
            let told =
                member.join().map_err(|_| DriverError::Unexpected("a member of the crowd panicked".to_owned()))??;
            tally.add(told.tally);
            for (act, answer) in told.acts {
                match act {
                    Act::Save { page: SHARED, article, .. } if answer == Answer::Done => shared.push(article),
                    Act::Save { page: SHARED, .. } => {}
                    act => ledger.push(act, answer),
                }
            }
        }
        busy.store(false, Ordering::Relaxed);
        for onlooker in onlookers {
            let told = onlooker.join().map_err(|_| DriverError::Unexpected("an onlooker panicked".to_owned()))??;
            tally.add(told);
        }
        Ok(())
    })?;
    tally.acknowledged = ledger.acknowledged() + shared.len() as u64;
    tally.violations.extend(missing(&dir, &shared)?);
    tally.violations.extend(ledger.compare(&home(dir.path())));
    Ok(tally)
}

/// The results of one member.
struct Told {
    acts: Vec<(Act, Answer)>,
    tally: Tally,
}

fn member(binary: &Path, dir: &TempDir, seed: u64, number: u32, saves: u32) -> Result<Told> {
    let mut rng = Rng::with_seed(seed ^ (u64::from(number) << 32));
    let acts: Vec<Act> = (0..saves)
        .map(|save| {
            let page = if save % 4 == 3 { SHARED } else { 1000 + number * 1000 + save % 5 };
            let article = 1 + number * 1000 + save;
            Act::Save { page, article, second: i64::from(save * hosts_apart() + number), paragraphs: rng.u32(1..30) }
        })
        .collect();
    let mut told = Told { acts: Vec::new(), tally: Tally::of(NAME) };
    let mut host = Session::start(binary, dir.path(), &[])?;
    for asked in requests(&acts)? {
        let doomed = number.is_multiple_of(8) && rng.u8(0..4) == 0;
        if doomed {
            // It is killed while it works on the save, or before it has read all of it.
            let part = asked.bytes.get(..rng.usize(0..=asked.bytes.len())).unwrap_or_default();
            let bytes = if rng.bool() { part } else { asked.bytes.as_slice() };
            host.send(bytes)?;
            thread::sleep(std::time::Duration::from_micros(rng.u64(0..30_000)));
            drop(host);
            told.tally.struck += 1;
            told.acts.push((asked.act, Answer::Open));
            host = Session::start(binary, dir.path(), &[])?;
            continue;
        }
        match host.ask(&asked)? {
            Ok(()) => told.acts.push((asked.act, Answer::Done)),
            Err(said) => {
                told.tally.violations.push(format!("host {number} was refused {:?}: {said}", asked.act));
                told.acts.push((asked.act, Answer::Open));
            }
        }
    }
    host.end()?;
    Ok(told)
}

/// Returns the seconds between one host's saves. They are more than there are hosts, so that no two
/// saves have the same moment.
fn hosts_apart() -> u32 {
    1000
}

/// Runs a command repeatedly. It may find leftovers of killed hosts, but never the disk or the
/// index locked.
fn onlook(binary: &Path, dir: &TempDir, command: &str, busy: &AtomicBool) -> Result<Tally> {
    let mut tally = Tally::of(NAME);
    while busy.load(Ordering::Relaxed) {
        let (status, said) = command_line(binary, dir.path(), &[command])?;
        tally.note(&format!("`{command}` meanwhile"));
        if !matches!(status.code(), Some(0 | 1)) || said.contains("busy") || said.contains("locked") {
            tally.violations.push(format!("`{command}` ended with {status}: {}", said.trim()));
        }
    }
    Ok(tally)
}

/// Returns the acknowledged articles of the shared page that none of its versions has.
fn missing(dir: &TempDir, acknowledged: &[u32]) -> Result<Vec<String>> {
    let wrong = |error: cachette_cache::CacheError| DriverError::Unexpected(error.to_string());
    let mut cache = Cache::open(&Home::at(&home(dir.path()))).map_err(wrong)?;
    let mut there = Vec::new();
    if let Some(page) = cache.lookup(&url(SHARED)).map_err(wrong)? {
        for version in &page.versions {
            let document = cache.read(&page.hash_url, At::Captured(*version)).map_err(wrong)?;
            there.extend(article_of(document.markdown()));
        }
    }
    let lost = acknowledged.iter().filter(|article| !there.contains(article));
    Ok(lost
        .map(|article| format!("article {article} of the shared page was acknowledged and is in no version"))
        .collect())
}
