//! Starts child processes that cannot outlive their owner. Each has its own process group and is
//! killed on drop, after a time limit, and by the kernel if the owner dies first.

#[cfg(unix)]
use std::os::unix::process::CommandExt;
use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread,
    time::Duration,
};

use crate::{DriverError, Result};

/// The time limit of a browser's life. A hang ends as an error instead of a stuck test run.
const LIFETIME: Duration = Duration::from_secs(600);

const SETPRIV: &str = "/usr/bin/setpriv";

/// Returns a command for `program`, silent and without input by default. With util-linux, the
/// kernel kills the program when the thread that started it ends.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = if Path::new(SETPRIV).exists() {
        let mut command = Command::new(SETPRIV);
        command.args(["--pdeathsig", "KILL", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// A running program with all its child processes.
#[derive(Debug)]
pub struct Group {
    child: Child,
    _alive: Sender<()>,
}

impl Group {
    /// Starts a command made by [`command`].
    ///
    /// # Errors
    /// [`DriverError::Io`] if it cannot be started.
    pub fn spawn(command: &mut Command) -> Result<Group> {
        #[cfg(unix)]
        command.process_group(0);
        let child = command.spawn().map_err(DriverError::io(format!("starting {command:?}")))?;
        let group = child.id();
        let (alive, dropped) = mpsc::channel::<()>();
        thread::spawn(move || {
            if dropped.recv_timeout(LIFETIME) == Err(RecvTimeoutError::Timeout) {
                kill(group);
            }
        });
        Ok(Group { child, _alive: alive })
    }

    /// Returns the child itself, for its pipes.
    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Returns the exit status if the program has ended.
    ///
    /// # Errors
    /// [`DriverError::Io`] if the system does not know it.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.child.try_wait().map_err(DriverError::io("asking whether a program has ended"))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        kill(self.child.id());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Kills a process group. Outside of Unix, the children end when their pipes do.
fn kill(group: u32) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(group).ok().and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    #[cfg(not(unix))]
    let _ = group;
}

/// Returns the first of these programs that is on the path.
pub fn find(names: &[&str]) -> Option<PathBuf> {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    names.iter().find_map(|name| {
        std::env::split_paths(&paths).map(|folder| folder.join(name)).find(|program| program.is_file())
    })
}

/// Whether this process runs as root, for which browsers refuse their own sandbox.
pub fn is_root() -> bool {
    #[cfg(unix)]
    return rustix::process::geteuid().is_root();
    #[cfg(not(unix))]
    return false;
}
