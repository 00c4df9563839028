//! `refresh`: compares all files with the index. It is not listed in the help: `search` starts it
//! as a process in the background, so that no search waits for the files. It decides nothing about
//! when that is due; the cache does.

use std::{
    env,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use cachette_cache::{Cache, Comparison, Home};
use clap::Args;

use super::{
    context::Context,
    error::{CommandResult, DONE},
};
use crate::process::leave_terminal;

/// How long a comparison may take in the background. What is left then is done the next time.
const LONGEST: Duration = Duration::from_secs(600);

/// Compare all files with the index
#[derive(Debug, Args)]
#[command(
    hide = true,
    after_help = "Examples:
  cachette refresh"
)]
pub struct RefreshArgs {
    /// Run in the background, only if due, for a limited time
    #[arg(long, hide = true)]
    background: bool,
}

impl RefreshArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// There is no home, or an error of the index or the disk.
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        if self.background {
            leave_terminal();
        }
        let mut cache = context.open()?;
        if self.background {
            let begun = Instant::now();
            cache.compare_if_due(&mut || begun.elapsed() < LONGEST)?;
        } else {
            cache.refresh(Duration::MAX)?;
        }
        Ok(DONE)
    }
}

/// The comparison that follows the answers of a search.
#[derive(Default)]
pub struct FollowUp {
    started: Option<Child>,
}

impl FollowUp {
    /// Starts to compare all files in a process of its own, if that is due. The process outlives
    /// this one and has none of its pipes. If it cannot be started, a later search tries again.
    pub fn start_if_due(&mut self, cache: &mut Cache) {
        if let Some(child) = &mut self.started
            && !matches!(child.try_wait(), Ok(Some(_)) | Err(_))
        {
            return;
        }
        // An error here occurs again in the next search, which reports it.
        if matches!(cache.comparison(), Ok(Comparison::Due)) {
            self.started = start(cache.home());
        }
    }
}

fn start(home: &Home) -> Option<Child> {
    let mut command = Command::new(env::current_exe().ok()?);
    command.arg("--home").arg(home.dir()).args(["refresh", "--background"]);
    // It must not keep the folder in which it was started, which may be on another drive.
    command.current_dir(home.dir().ancestors().last()?);
    #[cfg(windows)]
    std::os::windows::process::CommandExt::creation_flags(&mut command, DETACHED);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()
}

/// Windows' `DETACHED_PROCESS` and `CREATE_NEW_PROCESS_GROUP`: no console, and no part in its
/// signals.
#[cfg(windows)]
const DETACHED: u32 = 0x0000_0008 | 0x0000_0200;
