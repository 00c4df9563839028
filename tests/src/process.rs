//! Child processes that cannot outlive their owner: a process group of their own, killed on drop, after a time limit,
//! and by the kernel when the owner dies first.

use std::{
    ffi::OsStr,
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread,
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process_group};

use crate::{DriverError, Result};

/// No browser lives longer than this: a hang ends as an error instead of a stuck test run.
const LIFETIME: Duration = Duration::from_secs(600);

const SETPRIV: &str = "/usr/bin/setpriv";

/// A command for `program`, silent and without input until told otherwise. Where util-linux is there, the kernel is asked
/// to kill the program when the thread that started it ends.
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

/// A running program with all that it has started.
#[derive(Debug)]
pub struct Group {
    child: Child,
    _alive: Sender<()>,
}

impl Group {
    /// Starts what [`command`] began.
    ///
    /// # Errors
    /// [`DriverError::Io`] when it cannot be started.
    pub fn spawn(command: &mut Command) -> Result<Group> {
        let child = command.process_group(0).spawn().map_err(DriverError::io(format!("starting {command:?}")))?;
        let group = Pid::from_child(&child);
        let (alive, dropped) = mpsc::channel::<()>();
        thread::spawn(move || {
            if dropped.recv_timeout(LIFETIME) == Err(RecvTimeoutError::Timeout) {
                let _ = kill_process_group(group, Signal::KILL);
            }
        });
        Ok(Group { child, _alive: alive })
    }

    /// The child itself, for its pipes.
    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// The exit status, where the program has ended.
    ///
    /// # Errors
    /// [`DriverError::Io`] when the system does not tell.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.child.try_wait().map_err(DriverError::io("asking whether a program has ended"))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let _ = kill_process_group(Pid::from_child(&self.child), Signal::KILL);
        let _ = self.child.wait();
    }
}
