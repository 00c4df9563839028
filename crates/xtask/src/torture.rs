//! Runs `cargo xtask torture`: the rigs of `tests/` in full, with their figures. It installs what
//! they need after saying so.

use clap::Args;

use crate::{
    prerequisites::{self, Need},
    shell::{Done, TaskError, say},
};

/// How long to try to lose a page.
#[derive(Args)]
pub struct TortureArguments {
    /// Where the drawing of scripts, faults and moments begins; the same seed draws the same
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Kills at system calls
    #[arg(long, default_value_t = 20_000)]
    kills: u64,
    /// Refused system calls
    #[arg(long, default_value_t = 10_000)]
    errors: u64,
    /// Disks after a power cut
    #[arg(long, default_value_t = 2_000)]
    cuts: u64,
    /// Hosts at once
    #[arg(long, default_value_t = 32)]
    hosts: u32,
    /// Folders swapped for links
    #[arg(long, default_value_t = 100_000)]
    swaps: u64,
    /// A host that is built already; else it is built first
    #[arg(long, value_name = "FILE")]
    host: Option<std::path::PathBuf>,
}

/// Runs every rig and prints what it found.
///
/// # Errors
/// When anything happened that must never happen, or the host cannot be built.
#[cfg(unix)]
pub fn torture(arguments: &TortureArguments) -> Done {
    use cachette_tests::torture::{Tally, crowd, errors, folding, kills, links, power_cuts};

    type Rig<'a> = Box<dyn Fn() -> Tally + 'a>;

    prerequisites::ensure(Need::Torture)?;
    let built = match &arguments.host {
        Some(host) => std::path::absolute(host).map_err(crate::shell::at(host))?,
        None => {
            say("Building the host.");
            crate::build::host(true)?
        }
    };
    let host = built.as_path();
    let seed = arguments.seed;
    let rigs: [(&str, Rig<'_>); 6] = [
        ("Killing it at system calls.", Box::new(|| kills(host, seed, arguments.kills))),
        ("Refusing system calls.", Box::new(|| errors(host, seed, arguments.errors))),
        ("Cutting the power.", Box::new(|| power_cuts(host, seed, arguments.cuts))),
        ("Letting a crowd of hosts in.", Box::new(|| crowd(host, seed, arguments.hosts, 40))),
        ("Swapping folders for links.", Box::new(|| links(arguments.swaps))),
        ("Trying a file system that folds case.", Box::new(|| folding(host, seed))),
    ];
    let mut violations = 0;
    for (what, rig) in rigs {
        say(what);
        let tally = rig();
        violations += tally.violations.len();
        say(&tally.to_string());
    }
    if violations == 0 { Ok(()) } else { Err(TaskError::Other(format!("{violations} things happened that must not"))) }
}

/// Reports that the rigs need Unix.
///
/// # Errors
/// Always.
#[cfg(not(unix))]
pub fn torture(_: &TortureArguments) -> Done {
    Err(TaskError::Other("The rigs need strace, loop devices and FUSE: run them on Linux.".to_owned()))
}
