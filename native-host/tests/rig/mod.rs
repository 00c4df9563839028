//! Holds the rig that the tests of the real binary share. It has a home of its own for each test,
//! the command line, and the browser's end of the host's pipes. Each waits under a watchdog, so
//! that a hang is a failure and not a silence.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "each test uses its part; a test fails by a panic"
)]

use std::{
    ffi::OsStr,
    io::Write,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex, mpsc},
    time::Duration,
};

use cachette_protocol::{Call, Code, Failure, SaveBegin, SaveCommit, Saved};

#[path = "../../../tests/src/pipes.rs"]
mod pipes;

use self::pipes::{Pipes, page_save};

/// The extension's id, deliberately repeated here.
pub const ORIGIN: &str = "chrome-extension://hbmmlfbaijcnagcogcjeajeblanggndl/";
pub const ADD_ON: &str = "cachette@cachette.org";

/// The time limit of a wait, far longer than any test takes on a busy machine.
const WATCHDOG: Duration = Duration::from_secs(600);

/// A user's folder and a cache home, removed with the value.
pub struct Place {
    dir: tempfile::TempDir,
}

/// The output and exit of a command.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Place {
    pub fn new() -> Place {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("user")).unwrap();
        Place { dir }
    }

    /// Makes a place in memory, where the system has one. Tests of many cases would wait for the
    /// disk most of the time.
    pub fn in_memory() -> Place {
        let memory = Path::new("/dev/shm");
        let dir = if memory.is_dir() { tempfile::tempdir_in(memory).ok() } else { None };
        let dir = dir.unwrap_or_else(|| tempfile::tempdir().unwrap());
        std::fs::create_dir(dir.path().join("user")).unwrap();
        Place { dir }
    }

    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    pub fn home(&self) -> PathBuf {
        self.dir.path().join("home")
    }

    /// Returns the program with this place as its whole world.
    pub fn program(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cachette"));
        command.current_dir(self.dir()).env("CACHETTE_HOME", self.home()).env("HOME", self.dir().join("user"));
        for variable in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"] {
            command.env_remove(variable);
        }
        command
    }

    pub fn run<S: AsRef<OsStr>>(&self, args: &[S]) -> Ran {
        self.run_with(args, b"")
    }

    /// Runs a command with something on stdin.
    pub fn run_with<S: AsRef<OsStr>>(&self, args: &[S], stdin: &[u8]) -> Ran {
        let mut command = self.program();
        command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut pipe = child.stdin.take().unwrap();
        let stdin = stdin.to_owned();
        let writer = std::thread::spawn(move || {
            // A command that refuses its input may end before all of it is written.
            let _ = pipe.write_all(&stdin);
        });
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Files a page with the command line and returns its path.
    pub fn add(&self, url: &str, html: &str, captured_at: &str) -> PathBuf {
        let ran = self.run_with(&["add", "--url", url, "--captured-at", captured_at, "-"], html.as_bytes());
        assert_eq!(ran.code, 0, "{}", ran.err);
        PathBuf::from(ran.out.strip_suffix('\n').unwrap())
    }

    /// Returns all files below the place, sorted.
    pub fn files(&self) -> Vec<PathBuf> {
        let (mut files, mut folders) = (Vec::new(), vec![self.dir().to_owned()]);
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
                if entry.file_type().unwrap().is_dir() {
                    folders.push(entry.path());
                } else {
                    files.push(entry.path());
                }
            }
        }
        files.sort();
        files
    }
}

/// A running host and the browser's ends of its pipes.
pub struct Host {
    child: Arc<Mutex<Child>>,
    pub pipes: Pipes,
    _watchdog: mpsc::Sender<()>,
}

impl Host {
    /// Starts the host as Chromium does.
    pub fn start(place: &Place) -> Host {
        Host::start_with(place.program().arg(ORIGIN))
    }

    pub fn start_with(command: &mut Command) -> Host {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let pipes = Pipes::of(&mut child);
        let child = Arc::new(Mutex::new(child));
        let (sender, receiver) = mpsc::channel::<()>();
        let watched = Arc::clone(&child);
        std::thread::spawn(move || {
            if receiver.recv_timeout(WATCHDOG) == Err(mpsc::RecvTimeoutError::Timeout) {
                let _ = watched.lock().unwrap().kill();
            }
        });
        Host { child, pipes, _watchdog: sender }
    }

    pub fn send_raw(&mut self, bytes: &[u8]) {
        self.pipes.send_raw(bytes).unwrap();
    }

    pub fn send(&mut self, json: &[u8]) {
        self.pipes.send(json).unwrap();
    }

    /// Returns the next frame, checked as a browser does; `None` at the end.
    pub fn receive(&mut self) -> Option<serde_json::Value> {
        Some(serde_json::from_slice(&self.pipes.receive().unwrap()?).unwrap())
    }

    pub fn ask<C: Call>(&mut self, call: &C) -> Result<C::Reply, Failure> {
        let reply = self.pipes.ask(call).unwrap();
        assert_eq!(reply.host, env!("CARGO_PKG_VERSION"));
        reply.result
    }

    /// Sends bytes as a message and returns the code of the failure.
    pub fn fails(&mut self, json: &[u8]) -> Code {
        self.send(json);
        let reply = self.receive().unwrap();
        serde_json::from_value(reply["error"]["code"].clone()).unwrap()
    }

    /// Sends a page up to its commit, which it leaves out.
    pub fn upload(&mut self, begin: &SaveBegin, html: &str) -> Result<SaveCommit, Failure> {
        self.pipes.upload(begin, html).unwrap()
    }

    pub fn save(&mut self, begin: &SaveBegin, html: &str) -> Result<Saved, Failure> {
        self.pipes.save(begin, html).unwrap()
    }

    /// Closes stdin as a browser does, checks that the host sends nothing more, and returns its
    /// exit status.
    pub fn end(mut self) -> ExitStatus {
        self.pipes.stdin = None;
        if self.pipes.stdout.is_some() {
            assert_eq!(self.receive(), None, "the host says nothing unasked");
        }
        self.wait()
    }

    pub fn wait(&mut self) -> ExitStatus {
        loop {
            if let Some(status) = self.child.lock().unwrap().try_wait().unwrap() {
                return status;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Returns the id of its process.
    pub fn process(&self) -> u32 {
        self.child.lock().unwrap().id()
    }

    pub fn kill(&mut self) {
        self.child.lock().unwrap().kill().unwrap();
    }
}

/// Returns the request that begins a page's save; its id is made from the address and the time.
pub fn begin(url: &str, captured_at: &str) -> SaveBegin {
    let id: String = format!("{captured_at}{url}").bytes().map(|byte| format!("{byte:x}")).collect();
    page_save(&id.chars().rev().take(64).collect::<String>(), url, captured_at)
}

/// Makes an ordinary page around some words.
pub fn page(title: &str, words: &str) -> String {
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<!doctype html><html lang=en><head><meta \
        charset=utf-8><title>{title}</title></head><body><nav><a href=/>Home</a></nav>\
         <article><h1>{title}</h1><p>{words} It goes on for a while, so that there is something to \
         be kept, and to be read \
         again one day when the page itself is gone.</p><p>A second paragraph, with <a href=\"/b\">a link</a>, stands \
         below the first one and says a little more about the same matter.</p></article></body></html>"
    )
}
