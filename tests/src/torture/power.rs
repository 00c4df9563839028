//! Simulates power cuts. A host saves on a file system whose disk records its writes. Then the disk
//! is rebuilt as a cut at a random moment would have left it, with a random part of the unflushed
//! writes, and mounted. Pages acknowledged before the cut must be there.

use std::path::Path;

use super::tally::Tally;

/// Makes `states` disks after a cut, in turn for each file system that can be created here. In the
/// negative control the host's syncs are suppressed, and it must lose pages; otherwise the rig
/// proves nothing.
pub fn power_cuts(binary: &Path, seed: u64, states: u64) -> Tally {
    #[cfg(target_os = "linux")]
    return linux::power_cuts(binary, seed, states);
    #[cfg(not(target_os = "linux"))]
    return Tally::skipped(
        "power cut",
        format!("there is no recorder for this system: {states} cuts of {} from {seed}", binary.display()),
    );
}

#[cfg(target_os = "linux")]
mod linux {
    use std::{
        fs,
        io::{Seek, SeekFrom, Write},
        path::Path,
    };

    use fastrand::Rng;

    use super::super::{
        bystander::{has, no_loop_devices, no_tracer},
        image::{FileSystem, Mounted, blank},
        ledger::{Answer, Ledger},
        recorder::{Event, Recorder},
        run::{Session, folder},
        script::{Act, Script, requests},
        tally::Tally,
    };
    use crate::{DriverError, Result};

    const NAME: &str = "power cut";
    /// How many disks are made from one recording.
    const CUTS: u64 = 100;
    /// How many disks are made from the negative control of one file system.
    const CONTROL: u64 = 24;
    const SECTOR: usize = 512;
    const SWALLOW: &[&str] = &[
        "strace",
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        "-e",
        "signal=none",
        "-e",
        "trace=fsync,fdatasync",
        "-e",
        "inject=fsync,fdatasync:retval=0",
        "--",
    ];

    pub(super) fn power_cuts(binary: &Path, seed: u64, states: u64) -> Tally {
        let makers = [FileSystem::Ext4, FileSystem::Xfs];
        let systems: Vec<FileSystem> = makers.into_iter().filter(|system| has(system.maker())).collect();
        let missing = ["fusermount3", "losetup"].into_iter().find(|program| !has(program));
        let missing = missing.map(|program| format!("{program} is not installed"));
        if let Some(why) = missing.or_else(no_loop_devices).or_else(no_tracer).or_else(no_recorder) {
            return Tally::skipped(NAME, why);
        }
        let mut total = Tally::of(NAME);
        let mut number = seed;
        while total.struck < states && total.violations.len() < 100 {
            for system in &systems {
                let wanted = CUTS.min(states - total.struck.min(states));
                let found = recording(binary, number, *system, &[], wanted);
                total.add(found.unwrap_or_else(|error| broken(&error)));
            }
            number += 1;
        }
        for system in systems {
            total.add(control(binary, seed, system).unwrap_or_else(|error| broken(&error)));
        }
        total
    }

    /// Returns why the recorder cannot be mounted here; `None` if it can.
    fn no_recorder() -> Option<String> {
        let tried = folder().and_then(|dir| Recorder::mount(&dir.path().join("recorder"), 1 << 20).map(drop));
        tried.err().map(|error| format!("the recorder cannot be mounted: {error}"))
    }

    fn broken(error: &DriverError) -> Tally {
        let mut tally = Tally::of(NAME);
        tally.violations.push(format!("the rig broke: {error}"));
        tally
    }

    fn control(binary: &Path, seed: u64, system: FileSystem) -> Result<Tally> {
        let found = recording(binary, seed, system, SWALLOW, CONTROL)?;
        let mut tally = Tally::of(NAME);
        if found.violations.is_empty() {
            tally
                .violations
                .push(format!("the negative control on {} lost nothing: the rig proves nothing", system.name()));
        } else {
            tally.note(&format!("{}: the negative control loses pages, as it must", system.name()));
        }
        Ok(tally)
    }

    /// The writes of a host to a disk.
    struct Recording {
        acts: Vec<Act>,
        ground: Vec<(u64, Vec<u8>)>,
        events: Vec<Event>,
    }

    fn recording(binary: &Path, seed: u64, system: FileSystem, tracer: &[&str], cuts: u64) -> Result<Tally> {
        let dir = folder()?;
        let recording = record(binary, seed, system, tracer, dir.path())?;
        let mut rng = Rng::with_seed(seed);
        let mut tally = Tally::of(NAME);
        for cut in 0..cuts {
            // Cuts soon after an acknowledgement are the most likely to reveal a false one.
            let place = if rng.bool() {
                after_an_acknowledgement(&recording.events, &mut rng)
            } else {
                rng.usize(0..=recording.events.len())
            };
            let image = dir.path().join("cut");
            let acknowledged = recording.restore(place, system, &image, &mut rng)?;
            let mounted = Mounted::new(&image, &dir.path().join("seen"), system)?;
            let wrong = recording.ledger(acknowledged).compare(&dir.path().join("seen/home"));
            mounted.unmount()?;
            tally.struck += 1;
            tally.acknowledged += acknowledged as u64;
            tally.note(&format!("{} disk after a cut", system.name()));
            let reproduce =
                format!("{} seed {seed}, cut {cut} at event {place} of {}", system.name(), recording.events.len());
            tally.violations.extend(wrong.into_iter().map(|what| format!("{reproduce}: {what}")));
        }
        Ok(tally)
    }

    fn after_an_acknowledgement(events: &[Event], rng: &mut Rng) -> usize {
        let places: Vec<usize> =
            (0..events.len()).filter(|place| matches!(events.get(*place), Some(Event::Acknowledged(_)))).collect();
        let chosen = rng.choice(&places).copied().unwrap_or(events.len());
        (chosen + 1 + rng.usize(0..4)).min(events.len())
    }

    fn record(binary: &Path, seed: u64, system: FileSystem, tracer: &[&str], dir: &Path) -> Result<Recording> {
        let script = Script::long(seed);
        let recorder = Recorder::mount(&dir.join("recorder"), system.bytes())?;
        system.make(recorder.file())?;
        let mounted = Mounted::new(recorder.file(), &dir.join("disk"), system)?;
        fs::create_dir_all(dir.join("disk/home")).map_err(DriverError::io("making a home"))?;
        rustix::fs::sync();
        let ground = recorder.ground();
        let mut host = Session::start(binary, &dir.join("disk"), tracer)?;
        let mut acts = Vec::new();
        for asked in requests(script.acts())? {
            let answer = host.ask(&asked)?;
            // A page that was never saved cannot be removed, so this does not count as an act.
            if answer.is_ok() {
                acts.push(asked.act);
                recorder.acknowledge(acts.len());
            }
        }
        let events = recorder.events();
        host.end()?;
        mounted.unmount()?;
        Ok(Recording { acts, ground, events })
    }

    impl Recording {
        fn ledger(&self, acknowledged: usize) -> Ledger {
            let mut ledger = Ledger::default();
            for (number, act) in self.acts.iter().enumerate() {
                ledger.push(*act, if number < acknowledged { Answer::Done } else { Answer::Open });
            }
            ledger
        }

        /// Restores the disk as a cut before event `place` leaves it. It returns how many acts were
        /// acknowledged by then.
        fn restore(&self, place: usize, system: FileSystem, image: &Path, rng: &mut Rng) -> Result<usize> {
            blank(image, system.bytes())?;
            let mut disk =
                fs::OpenOptions::new().write(true).open(image).map_err(DriverError::io("opening an image"))?;
            let mut write = |offset: u64, bytes: &[u8]| -> Result<()> {
                let written = disk.seek(SeekFrom::Start(offset)).and_then(|_| disk.write_all(bytes));
                written.map_err(DriverError::io("writing an image"))
            };
            for (offset, block) in &self.ground {
                write(*offset, block)?;
            }
            let events = self.events.get(..place).unwrap_or(&self.events);
            let flushed = events.iter().rposition(|event| *event == Event::Flush).unwrap_or(0);
            let mut acknowledged = 0;
            for (number, event) in events.iter().enumerate() {
                match event {
                    Event::Flush => {}
                    Event::Acknowledged(acts) => acknowledged = *acts,
                    Event::Write(offset, bytes) if number < flushed => write(*offset, bytes)?,
                    Event::Write(offset, bytes) => match rng.u8(0..8) {
                        0..4 => write(*offset, bytes)?,
                        // The write is torn: only the sectors up to some point are there.
                        4 => write(
                            *offset,
                            bytes.get(..rng.usize(0..=bytes.len() / SECTOR) * SECTOR).unwrap_or_default(),
                        )?,
                        _ => {}
                    },
                }
            }
            Ok(acknowledged)
        }
    }
}
