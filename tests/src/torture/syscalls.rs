//! Injects a fault at every system call. The process is killed at it, or the call is refused, once
//! or from then on (`strace --inject`). This proves nothing about power cuts: data that the kernel
//! has taken stay. More than 300 lines: the faults, their points and the judgement of a run belong
//! together.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
    sync::atomic::AtomicUsize,
    sync::atomic::Ordering,
};

use fastrand::Rng;
use tempfile::TempDir;

use super::{
    bystander::no_tracer,
    run::{self, Ran, copy, folder, home, prepare},
    script::Script,
    tally::Tally,
    workers,
};
use crate::Result;

/// The fault at a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strike {
    Kill,
    Refuse { error: &'static str, lasting: bool },
}

/// The place of a fault, and its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Fault {
    call: String,
    nth: u32,
    strike: Strike,
}

/// One run with one fault.
struct Point {
    stage: Arc<Stage>,
    fault: Fault,
}

/// A script with the home on which it begins.
struct Stage {
    script: Script,
    dir: TempDir,
}

/// Calls that cannot be refused, or whose refusal means nothing. A kill at one equals a kill at the
/// previous call.
const UNTOUCHABLE: &[&str] = &["execve", "exit", "exit_group", "rt_sigreturn", "restart_syscall"];

/// The calls that ask the disk or the system for something, and may therefore be refused.
const REFUSABLE: &[&str] = &[
    "open",
    "openat",
    "openat2",
    "read",
    "pread64",
    "readv",
    "write",
    "pwrite64",
    "writev",
    "fsync",
    "fdatasync",
    "ftruncate",
    "fallocate",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "unlink",
    "unlinkat",
    "rmdir",
    "mkdir",
    "mkdirat",
    "copy_file_range",
    "sendfile",
    "stat",
    "fstat",
    "newfstatat",
    "statx",
    "lstat",
    "lseek",
    "getdents64",
    "flock",
    "fcntl",
    "chmod",
    "fchmod",
    "fchown",
    "utimensat",
    "futimens",
    "readlink",
    "readlinkat",
    "getcwd",
    "mmap",
    "mremap",
    "brk",
    "getrandom",
    "dup",
    "access",
    "faccessat2",
    "ioctl",
];

/// The errors with which a call can be refused, from the manual pages of the calls above.
const ERRORS: &[&str] = &["EIO", "ENOSPC", "EDQUOT", "EACCES", "EMFILE", "EINTR", "ENOMEM"];

/// The calls by which a process asks for memory.
const MEMORY: &[&str] = &["mmap", "mremap", "brk"];

/// Returns the errors that a call may return, from its manual page. A call that does not touch the
/// disk cannot report a full one.
fn errors_of(call: &str) -> &'static [&'static str] {
    match call {
        "getrandom" => &["EINTR"],
        memory if MEMORY.contains(&memory) => &["ENOMEM"],
        _ => ERRORS,
    }
}

/// Kills the binary at system calls until `points` kills have struck. It covers every call of every
/// script from `seed` on.
pub fn kills(binary: &Path, seed: u64, points: u64) -> Tally {
    strike(binary, "killed at a system call", seed, points, |call, nth, _| {
        let known = !UNTOUCHABLE.contains(&call);
        known.then(|| Fault { call: call.to_owned(), nth, strike: Strike::Kill }).into_iter().collect()
    })
}

/// Refuses system calls until `points` of them have been refused, once each and permanently, with
/// every error.
pub fn errors(binary: &Path, seed: u64, points: u64) -> Tally {
    strike(binary, "refused a system call", seed, points, |call, nth, rng| {
        if !REFUSABLE.contains(&call) {
            return Vec::new();
        }
        // Each call gets two of its errors; over all scripts, every pair occurs.
        let mut chosen = errors_of(call).to_vec();
        rng.shuffle(&mut chosen);
        let fault = |error, lasting| Fault { call: call.to_owned(), nth, strike: Strike::Refuse { error, lasting } };
        // No system interrupts a call every time, so `EINTR` is never permanent. The call would
        // rightly be retried for ever.
        let both = |error| [Some(fault(error, false)), (error != "EINTR").then(|| fault(error, true))];
        chosen.into_iter().take(2).flat_map(both).flatten().collect()
    })
}

fn strike(
    binary: &Path,
    name: &'static str,
    seed: u64,
    points: u64,
    faults: impl Fn(&str, u32, &mut Rng) -> Vec<Fault> + Send + Sync,
) -> Tally {
    if let Some(why) = no_tracer() {
        return Tally::skipped(name, why);
    }
    let struck = AtomicUsize::new(0);
    let wanted = usize::try_from(points).unwrap_or(usize::MAX);
    let kinds = super::script::KINDS.len() as u64;
    // A short run sees every kind of script, a long one every call of each.
    let share = usize::try_from((points / kinds).max(1)).unwrap_or(usize::MAX);
    let numbers = (seed..).take_while(|_| struck.load(Ordering::Relaxed) < wanted);
    let jobs = numbers.flat_map(|number| match points_of(binary, number, share, &faults) {
        Ok(points) => points.into_iter().map(Ok).collect::<Vec<_>>(),
        Err(error) => vec![Err(error)],
    });
    let jobs = jobs.take_while(|_| struck.load(Ordering::Relaxed) < wanted);
    workers::all(name, jobs, |point| {
        let point = point?;
        let found = visit(binary, &point)?;
        struck.fetch_add(usize::try_from(found.struck).unwrap_or_default(), Ordering::Relaxed);
        Ok(found)
    })
}

/// Returns all faults for one script, in an order drawn from its seed.
fn points_of(
    binary: &Path,
    number: u64,
    share: usize,
    faults: &impl Fn(&str, u32, &mut Rng) -> Vec<Fault>,
) -> Result<Vec<Point>> {
    let stage = Stage { script: Script::of(number), dir: folder()? };
    prepare(binary, &stage.script, stage.dir.path())?;
    let trial = folder()?;
    copy(&home(stage.dir.path()), &home(trial.path()))?;
    let counts =
        calls(&run::run(binary, &stage.script, trial.path(), &["-e".to_owned(), "trace=all".to_owned()])?.trace);
    let stage = Arc::new(stage);
    let mut rng = Rng::with_seed(number);
    let mut points: Vec<Point> = Vec::new();
    for (call, count) in counts {
        for nth in 1..=count {
            points.extend(faults(&call, nth, &mut rng).into_iter().map(|fault| Point { stage: stage.clone(), fault }));
        }
    }
    rng.shuffle(&mut points);
    points.truncate(share);
    Ok(points)
}

/// Returns how often each call was made, by the thread that made it most often. The tracer counts
/// by thread.
fn calls(trace: &str) -> BTreeMap<String, u32> {
    let mut by_thread: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for line in trace.lines() {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        let Some((call, _)) = rest.trim_start().split_once('(') else { continue };
        if call.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            *by_thread.entry((thread, call)).or_default() += 1;
        }
    }
    let mut most: BTreeMap<String, u32> = BTreeMap::new();
    for ((_, call), count) in by_thread {
        let entry = most.entry(call.to_owned()).or_default();
        *entry = count.max(*entry);
    }
    most
}

fn visit(binary: &Path, point: &Point) -> Result<Tally> {
    let script = &point.stage.script;
    let dir = folder()?;
    copy(&home(point.stage.dir.path()), &home(dir.path()))?;
    let ran = run::run(binary, script, dir.path(), &arguments(&point.fault))?;
    let mut tally = Tally { acknowledged: ran.ledger.acknowledged() - script.before.len() as u64, ..Tally::default() };
    let struck = match point.fault.strike {
        Strike::Kill => ran.was_killed(),
        Strike::Refuse { .. } => ran.trace.contains("(INJECTED)"),
    };
    tally.struck = u64::from(struck);
    tally.note(&format!("{} {}", script.kind, if struck { "struck" } else { "missed" }));
    let mut wrong = ran.ledger.compare(&home(dir.path()));
    let short_of_memory = MEMORY.contains(&point.fault.call.as_str()) && ran.ended_by_the_runtime();
    if ran.panicked() && !short_of_memory {
        wrong.push(format!("it ended with {}: {}", ran.status, ran.stderr.trim()));
    }
    if ran.hung() {
        wrong.push(format!("it had not ended after {} s", run::PATIENCE_SECONDS));
    }
    if ran.out_of_memory() || short_of_memory {
        tally.note("ended by the loader, the runtime or the allocator, for want of memory");
    }
    wrong.extend(false_acknowledgement(&ran, &point.fault));
    let reproduce = format!("seed {}, {:?}", script.seed, point.fault);
    tally.violations.extend(wrong.into_iter().map(|what| format!("{reproduce}: {what}")));
    Ok(tally)
}

fn arguments(fault: &Fault) -> Vec<String> {
    let Fault { call, nth, strike } = fault;
    let how = match strike {
        Strike::Kill => format!("signal=KILL:when={nth}"),
        Strike::Refuse { error, lasting } => format!("error={error}:when={nth}{}", if *lasting { "+" } else { "" }),
    };
    // `--seccomp-bpf` is left out, because strace 6.1 loses count of the calls with it. If the
    // disk's own failure is simulated, renames are traced as well: they reveal a file that counts
    // as synced although it is not.
    let traced =
        if call == "fsync" || call == "fdatasync" { format!("{call},rename,renameat,renameat2") } else { call.clone() };
    ["-y", "-e", &format!("trace={traced}"), "-e", &format!("inject={call}:{how}")].map(str::to_owned).into()
}

/// Finds a file that was put in place after its fsync failed. The kernel may then have lost the
/// data that it could not write.
fn false_acknowledgement(ran: &Ran, fault: &Fault) -> Option<String> {
    if !matches!(fault.strike, Strike::Refuse { .. }) || !fault.call.contains("sync") {
        return None;
    }
    let lines: Vec<&str> = ran.trace.lines().collect();
    for (place, line) in lines.iter().enumerate().filter(|(_, line)| line.contains("(INJECTED)")) {
        let Some(path) =
            line.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(path, _)| PathBuf::from(path))
        else {
            continue;
        };
        let Some(name) = path.file_name().map(|name| name.to_string_lossy().into_owned()) else { continue };
        let temporary = name.starts_with(".tmp-");
        // An interrupted fsync has reported nothing, and is rightly called again.
        let synced =
            |line: &&&str| line.contains("sync(") && line.contains(&format!("/{name}>")) && line.ends_with("= 0");
        if line.contains("EINTR") && lines.iter().skip(place + 1).any(|line| synced(&line)) {
            continue;
        }
        let renamed =
            |line: &&&str| line.contains("rename") && line.contains(&format!("\"{name}\", ")) && line.ends_with("= 0");
        if temporary && lines.iter().skip(place + 1).any(|line| renamed(&line)) {
            return Some(format!("{name} could not be synced and was put in place all the same"));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_counted_by_the_busiest_thread() {
        let trace = "10 openat(AT_FDCWD, \"a\") = 3\n10 read(3) = 1\n11 read(3) = 1\n11 read(3) = 0\n11 +++ exited \
                     with 0 +++\n11 <... read resumed>) = 1\n";
        let counted = calls(trace);
        assert_eq!(counted.get("openat"), Some(&1));
        assert_eq!(counted.get("read"), Some(&2));
        assert_eq!(counted.len(), 2);
    }

    fn sync_refused(error: &'static str, then: &str) -> Option<String> {
        use std::os::unix::process::ExitStatusExt;
        let ran = Ran {
            ledger: super::super::ledger::Ledger::default(),
            status: std::process::ExitStatus::from_raw(0),
            stderr: String::new(),
            trace: format!(
                "10 fsync(5</h/.tmp-1-2.md>) = -1 {error} (Words) (INJECTED)\n{then}10 renameat(4</h>, \
                 \".tmp-1-2.md\", 4</h>, \"index.md\") = 0\n"
            ),
        };
        let fault = Fault { call: "fsync".to_owned(), nth: 1, strike: Strike::Refuse { error, lasting: false } };
        false_acknowledgement(&ran, &fault)
    }

    #[test]
    fn a_file_whose_sync_failed_must_not_be_put_in_place_but_an_interrupted_sync_may_be_asked_again() {
        let again = "10 fsync(5</h/.tmp-1-2.md>) = 0\n";
        assert!(sync_refused("EIO", "").is_some());
        assert!(sync_refused("EIO", again).is_some());
        assert!(sync_refused("EINTR", "").is_some());
        assert_eq!(sync_refused("EINTR", again), None);
    }
}
