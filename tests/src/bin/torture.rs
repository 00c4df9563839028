//! Runs the rigs of this crate in full for `cargo xtask torture`, with their figures. The task
//! installs what they need.

use std::process::ExitCode;

use cachette_shell::{Done, TaskError, build_host, finish, say};
use clap::Parser;

/// Tries to lose a page: kills, errors and power cuts at every moment, crowds of hosts, hostile
/// links.
#[derive(Parser)]
#[command(name = "cargo xtask torture", bin_name = "cargo xtask torture")]
struct Arguments {
    /// Draws scripts, faults and moments from this seed; the same seed draws the same
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Kills the host this many times, at system calls
    #[arg(long, default_value_t = 20_000)]
    kills: u64,
    /// Refuses this many system calls
    #[arg(long, default_value_t = 10_000)]
    errors: u64,
    /// Examines this many disks, each as a power cut could leave it
    #[arg(long, default_value_t = 2_000)]
    cuts: u64,
    /// Runs this many hosts at once
    #[arg(long, default_value_t = 32)]
    hosts: u32,
    /// Swaps folders for links this many times
    #[arg(long, default_value_t = 100_000)]
    swaps: u64,
    /// Takes a host that is built already, instead of building one
    #[arg(long, value_name = "FILE")]
    host: Option<std::path::PathBuf>,
}

fn main() -> ExitCode {
    finish(torture(&Arguments::parse()))
}

/// Runs every rig and prints what it found.
///
/// # Errors
/// Something happened that must never happen, or the host cannot be built.
#[cfg(unix)]
fn torture(arguments: &Arguments) -> Done {
    use cachette_tests::torture::{Tally, crowd, errors, folding, kills, links, power_cuts};

    type Rig<'a> = Box<dyn Fn() -> Tally + 'a>;

    let built = match &arguments.host {
        Some(host) => std::path::absolute(host).map_err(cachette_shell::at(host))?,
        None => {
            say("Building the host.");
            build_host(true)?
        }
    };
    let host = built.as_path();
    let seed = arguments.seed;
    let rigs: [(&str, Rig<'_>); 6] = [
        ("Killing the host at system calls.", Box::new(|| kills(host, seed, arguments.kills))),
        ("Refusing system calls.", Box::new(|| errors(host, seed, arguments.errors))),
        ("Cutting the power.", Box::new(|| power_cuts(host, seed, arguments.cuts))),
        ("Running a crowd of hosts at once.", Box::new(|| crowd(host, seed, arguments.hosts, 40))),
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
    if violations == 0 {
        Ok(())
    } else {
        Err(TaskError::Other(format!("{violations} things happened that must never happen")))
    }
}

/// Reports that the rigs need Unix.
///
/// # Errors
/// Always.
#[cfg(not(unix))]
fn torture(_: &Arguments) -> Done {
    Err(TaskError::Other("The rigs need strace, loop devices and FUSE: run them on Linux.".to_owned()))
}
