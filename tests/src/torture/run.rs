//! Runs the real binary over a script, perhaps with a fault, and collects its answers.
//! More than 300 lines: a run, its processes and its answers share their folder.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::{ChildStdin, ChildStdout, Command, ExitStatus, Output, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use serde_json::Value;
use tempfile::TempDir;

use super::{
    ledger::{Answer, Ledger},
    script::{Act, Asked, Run, Script, lines, requests},
};
use crate::{
    DriverError, Result,
    home::CHROMIUM_ID,
    pipes::read_frame,
    process::{Group, command},
};

/// How long a run may take before it counts as hung. This is generous, since machines are shared.
pub const PATIENCE_SECONDS: u32 = 90;

/// How long a host may be silent before its answer counts as lost to the fault.
const SILENCE: Duration = Duration::from_secs(15);

/// The fault's effect and the answers.
#[derive(Debug)]
pub struct Ran {
    /// All acts, including those before the fault.
    pub ledger: Ledger,
    /// How the binary ended.
    pub status: ExitStatus,
    /// Its output on stderr.
    pub stderr: String,
    /// The tracer's record; empty without one.
    pub trace: String,
}

impl Ran {
    /// Whether a kill struck.
    pub fn was_killed(&self) -> bool {
        self.status.signal() == Some(9) || self.status.code() == Some(137)
    }

    /// Whether it hung and had to be killed.
    pub fn hung(&self) -> bool {
        self.status.code() == Some(124)
    }

    /// Whether it panicked or was aborted for another reason than a refused allocation.
    pub fn panicked(&self) -> bool {
        let aborted = matches!(self.status.signal(), Some(4 | 6 | 7 | 8 | 11));
        self.stderr.contains("panicked at") || (aborted && !self.out_of_memory())
    }

    /// Whether the system's loader or the language's runtime ended it, if that is allowed. They
    /// cannot start a program or a thread without memory, and our code cannot prevent that. A panic
    /// in our own code names a place outside the standard library.
    pub fn ended_by_the_runtime(&self) -> bool {
        let places = self.stderr.match_indices("panicked at ").map(|(at, found)| self.stderr.get(at + found.len()..));
        places.flatten().all(|place| place.starts_with("/rustc/"))
    }

    /// Whether the allocator ended it. A process without memory may die; a cache may not.
    pub fn out_of_memory(&self) -> bool {
        self.stderr.contains("memory allocation of")
    }
}

/// Returns a folder for runs, in memory if possible. Kills and errors do not depend on the disk.
///
/// # Errors
/// [`DriverError::Io`].
pub fn folder() -> Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("cachette-torture-");
    let memory = Path::new("/dev/shm");
    let made =
        if memory.is_dir() { builder.tempdir_in(memory).or_else(|_| builder.tempdir()) } else { builder.tempdir() };
    made.map_err(DriverError::io("making a folder for a rig"))
}

/// Makes the home on which the script's run begins.
///
/// # Errors
/// [`DriverError::Unexpected`] if an act without faults is not acknowledged.
pub fn prepare(binary: &Path, script: &Script, dir: &Path) -> Result<()> {
    fs::create_dir_all(home(dir)).map_err(DriverError::io("making a home"))?;
    let before = Script { run: Run::Host(script.before.clone()), before: Vec::new(), ..script.clone() };
    let ran = run(binary, &before, dir, &[])?;
    if ran.ledger == Ledger::done(&script.before) && ran.status.success() {
        return Ok(());
    }
    Err(DriverError::Unexpected(format!(
        "without faults, {:?} ended with {}: {}",
        script.before, ran.status, ran.stderr
    )))
}

/// Runs the script's acts on the home below `dir`, under a tracer if its arguments are given.
///
/// # Errors
/// [`DriverError`] when the binary or the tracer cannot be started.
pub fn run(binary: &Path, script: &Script, dir: &Path, tracer: &[String]) -> Result<Ran> {
    fs::create_dir_all(dir.join("user")).map_err(DriverError::io("making a folder for a rig"))?;
    let trace = dir.join("trace");
    let mut words: Vec<String> = Vec::new();
    if !tracer.is_empty() {
        // `timeout` distinguishes a fault that makes the binary wait for ever from one that ends
        // it.
        words.extend(["timeout", "--signal=TERM", "--kill-after=5", &PATIENCE_SECONDS.to_string()].map(str::to_owned));
        words.extend(["strace", "-f", "-qq", "-e", "signal=none", "-o"].map(str::to_owned));
        words.push(trace.to_string_lossy().into_owned());
        words.extend_from_slice(tracer);
        words.push("--".to_owned());
    }
    words.push(binary.to_string_lossy().into_owned());
    let (arguments, input) = call(script, dir)?;
    words.extend(arguments);
    let Some((program, rest)) = words.split_first() else {
        return Err(DriverError::Unexpected("nothing to run".to_owned()));
    };
    let mut command = in_home(program, dir);
    command.args(rest).stdout(Stdio::piped()).stderr(Stdio::piped());
    let output = match input.ids.is_empty() {
        true => command.stdin(Stdio::from(input.open()?)).output(),
        false => attend(&mut command, input.open()?, &input.ids),
    }
    .map_err(DriverError::io(format!("running {program}")))?;
    let mut ledger = Ledger::done(&script.before);
    for (act, answer) in answers(script, &input.ids, &output.stdout, output.status) {
        ledger.push(act, answer);
    }
    Ok(Ran {
        ledger,
        status: output.status,
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        trace: fs::read(&trace).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default(),
    })
}

/// Runs a host and keeps its input open until every act is answered or it has ended. When its input
/// ends, a host abandons everything that it has not begun to file.
fn attend(command: &mut Command, mut input: File, ids: &[u64]) -> io::Result<Output> {
    let mut child = command.stdin(Stdio::piped()).spawn()?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (heard, answers) = mpsc::channel();
    let mut output = Vec::new();
    let errors = thread::scope(|scope| {
        let errors = scope.spawn(|| {
            let mut bytes = Vec::new();
            // The output that a killed host has written remains.
            let _ = stderr.map(|mut stderr| stderr.read_to_end(&mut bytes));
            bytes
        });
        scope.spawn(move || {
            let Some(mut stdin) = stdin else { return };
            // A host that ended before it had read everything is judged by its answers.
            let _ = io::copy(&mut input, &mut stdin);
            while answers.recv_timeout(SILENCE).is_ok() {}
        });
        let mut open = Some(heard);
        let mut stdout = stdout;
        let mut piece = [0; 8192];
        while let Some(length @ 1..) = stdout.as_mut().and_then(|stdout| stdout.read(&mut piece).ok()) {
            output.extend_from_slice(piece.get(..length).unwrap_or_default());
            let answered: Vec<u64> = replies(&output).filter_map(|reply| reply.get("id")?.as_u64()).collect();
            match &open {
                Some(heard) if !ids.iter().all(|id| answered.contains(id)) => drop(heard.send(())),
                _ => open = None,
            }
        }
        drop(open);
        errors.join().unwrap_or_default()
    });
    Ok(Output { status: child.wait()?, stdout: output, stderr: errors })
}

/// Returns a program's command in the environment of the home below `dir`.
fn in_home(program: &str, dir: &Path) -> Command {
    let mut command = command(program);
    command.current_dir(dir).env("CACHETTE_HOME", home(dir)).env("HOME", dir.join("user"));
    command.env_remove("XDG_STATE_HOME").env_remove("XDG_CACHE_HOME").env("RUST_BACKTRACE", "0");
    command
}

/// A host that gets one act after the other.
#[derive(Debug)]
pub struct Session {
    process: Group,
    stdin: ChildStdin,
    stdout: ChildStdout,
}

impl Session {
    /// Starts a host on the home below `dir`, after the words of a tracer if there are any.
    ///
    /// # Errors
    /// [`DriverError`] when it cannot be started.
    pub fn start(binary: &Path, dir: &Path, tracer: &[&str]) -> Result<Session> {
        fs::create_dir_all(dir.join("user")).map_err(DriverError::io("making a folder for a rig"))?;
        let program = binary.to_string_lossy().into_owned();
        let origin = format!("chrome-extension://{CHROMIUM_ID}/");
        let mut words: Vec<&str> = tracer.to_vec();
        words.extend([program.as_str(), origin.as_str()]);
        let (first, rest) = words.split_first().map_or((program.as_str(), &[][..]), |(first, rest)| (*first, rest));
        let mut host = in_home(first, dir);
        host.args(rest).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = Group::spawn(&mut host)?;
        let child = process.child();
        match (child.stdin.take(), child.stdout.take()) {
            (Some(stdin), Some(stdout)) => Ok(Session { process, stdin, stdout }),
            _ => Err(DriverError::Unexpected("the host has no pipes".to_owned())),
        }
    }

    /// Writes the request for an act, and nothing else.
    ///
    /// # Errors
    /// [`DriverError::Io`] if the host has gone.
    pub fn send(&mut self, bytes: &[u8]) -> Result<()> {
        self.stdin.write_all(bytes).and_then(|()| self.stdin.flush()).map_err(DriverError::io("writing to the host"))
    }

    /// Requests an act and waits for the answer. The result says whether the host acknowledged it,
    /// or contains the host's message.
    ///
    /// # Errors
    /// [`DriverError`] if the host has gone.
    pub fn ask(&mut self, asked: &Asked) -> Result<std::result::Result<(), String>> {
        self.send(&asked.bytes)?;
        loop {
            let Some(message) = read_frame(&mut self.stdout)? else {
                return Err(DriverError::Unexpected("the host ended instead of answering".to_owned()));
            };
            let reply: Value = serde_json::from_slice(&message).unwrap_or_default();
            if let Some(error) = reply.get("error").filter(|error| !error.is_null()) {
                return Ok(Err(error.to_string()));
            }
            if reply.get("id").and_then(Value::as_u64) == Some(asked.id) {
                return Ok(Ok(()));
            }
        }
    }

    /// Closes the host's input and waits for its end.
    ///
    /// # Errors
    /// [`DriverError::Timeout`] if it stays.
    pub fn end(self) -> Result<ExitStatus> {
        let Session { mut process, stdin, stdout } = self;
        drop(stdin);
        let status = crate::wait::until("the host's end", || process.ended());
        drop(stdout);
        status
    }
}

/// Runs a command of the product on the home below `dir`; returns its status and stderr.
///
/// # Errors
/// [`DriverError::Io`] if it cannot be started.
pub fn command_line(binary: &Path, dir: &Path, arguments: &[&str]) -> Result<(ExitStatus, String)> {
    let mut command = in_home(&binary.to_string_lossy(), dir);
    let output =
        command.args(arguments).stderr(Stdio::piped()).output().map_err(DriverError::io("starting cachette"))?;
    Ok((output.status, String::from_utf8_lossy(&output.stderr).into_owned()))
}

/// Returns the cache's home below a run's folder.
pub fn home(dir: &Path) -> PathBuf {
    dir.join("home")
}

/// The input of a run, and the requests that acknowledge an act.
struct Input {
    file: PathBuf,
    ids: Vec<u64>,
}

impl Input {
    fn open(&self) -> Result<File> {
        File::open(&self.file).map_err(DriverError::io("opening a run's input"))
    }
}

fn call(script: &Script, dir: &Path) -> Result<(Vec<String>, Input)> {
    let origin = format!("chrome-extension://{CHROMIUM_ID}/");
    let (arguments, bytes, ids) = match &script.run {
        Run::Host(acts) => {
            let asked = requests(acts)?;
            let ids = asked.iter().map(|asked| asked.id).collect();
            (vec![origin.as_str()], asked.into_iter().flat_map(|asked| asked.bytes).collect(), ids)
        }
        Run::Import(acts) => (vec!["import", "jsonl", "-"], lines(acts).into_bytes(), Vec::new()),
        Run::Rebuild => (vec!["rebuild"], Vec::new(), Vec::new()),
        Run::Collect => (vec!["collect"], Vec::new(), Vec::new()),
        Run::Empty => (vec!["trash", "empty"], Vec::new(), Vec::new()),
    };
    let file = dir.join("input");
    File::create(&file)
        .and_then(|mut file| file.write_all(&bytes))
        .map_err(DriverError::io("writing a run's input"))?;
    Ok((arguments.into_iter().map(str::to_owned).collect(), Input { file, ids }))
}

fn answers(script: &Script, ids: &[u64], stdout: &[u8], status: ExitStatus) -> Vec<(Act, Answer)> {
    let acknowledged: Vec<u64> = replies(stdout).filter_map(acknowledges).collect();
    let of_id = |id: Option<&u64>| match id {
        Some(id) if acknowledged.contains(id) => Answer::Done,
        Some(_) => Answer::Open,
        // An import counts as acknowledged if it ends without an error.
        None if status.success() => Answer::Done,
        None => Answer::Open,
    };
    script.acts().iter().enumerate().map(|(number, act)| (*act, of_id(ids.get(number)))).collect()
}

/// Iterates over the whole frames in a host's output.
fn replies(mut bytes: &[u8]) -> impl Iterator<Item = Value> {
    std::iter::from_fn(move || {
        // A host that was killed may have written part of a frame. It is not an answer.
        let message = read_frame(&mut bytes).ok()??;
        serde_json::from_slice(&message).ok()
    })
}

fn acknowledges(reply: Value) -> Option<u64> {
    let refused = reply.get("error").is_some_and(|error| !error.is_null());
    if refused { None } else { reply.get("id")?.as_u64() }
}

/// Copies a folder with all its content.
///
/// # Errors
/// [`DriverError::Io`].
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    let failed = || DriverError::io(format!("copying {}", from.display()));
    fs::create_dir_all(to).map_err(failed())?;
    for entry in fs::read_dir(from).map_err(failed())? {
        let entry = entry.map_err(failed())?;
        let target = to.join(entry.file_name());
        if entry.file_type().map_err(failed())?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target).map_err(failed())?;
        }
    }
    Ok(())
}
