//! Runs a tool in a child process with limited memory and time. It tries a page there before the
//! tool runs on it here.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

/// Memory of a child, in KiB.
const MEMORY: u64 = 4 << 20;

/// This program, run again in a child under limits.
pub struct Caution {
    child: Child,
    lines: mpsc::Receiver<String>,
}

impl Caution {
    /// Starts the child with these arguments and passes it `input`.
    ///
    /// # Errors
    /// The child cannot be started.
    pub fn start(arguments: &[&str], input: String) -> std::io::Result<Caution> {
        let program = std::env::current_exe()?;
        let mut command = if cfg!(unix) {
            let mut shell = Command::new("sh");
            shell.arg("-c").arg(format!("ulimit -c 0; ulimit -v {MEMORY}; exec \"$0\" \"$@\"")).arg(program);
            shell
        } else {
            Command::new(program)
        };
        // Memory that was used once stays with the child. The system's way of giving it out grows
        // in steps of its own.
        command.envs([("MALLOC_MMAP_MAX_", "0"), ("MALLOC_TRIM_THRESHOLD_", "17179869184")]);
        let mut child =
            command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let (sender, lines) = mpsc::channel();
        if let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) {
            // A child that dies early reads no further; its silence shows that.
            thread::spawn(move || stdin.write_all(input.as_bytes()));
            thread::spawn(move || {
                BufReader::new(stdout).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
            });
        }
        Ok(Caution { child, lines })
    }

    /// Returns the child's next line; `None` if it died or takes longer than `patience`.
    pub fn line(&self, patience: Duration) -> Option<String> {
        self.lines.recv_timeout(patience).ok()
    }
}

impl Drop for Caution {
    fn drop(&mut self) {
        // Both calls fail only if the child has already ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
