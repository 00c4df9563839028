//! Finds and runs the system's programs that a rig needs. A failure reports the program's output.

use std::{path::Path, process::Command};

use crate::{DriverError, Result};

/// Whether a program can be found.
pub fn has(program: &str) -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    // The administrator's programs are not on everybody's path.
    std::env::split_paths(&folders)
        .chain(["/usr/sbin".into(), "/sbin".into()])
        .any(|folder| folder.join(program).is_file())
}

/// Runs a program to its end and returns what it printed.
///
/// # Errors
/// [`DriverError::Ended`] with its stderr when it fails.
pub fn call(program: &str, arguments: &[&str]) -> Result<String> {
    let mut command = Command::new(program);
    let path = std::env::var("PATH").unwrap_or_default();
    command.args(arguments).env("PATH", format!("{path}:/usr/sbin:/sbin"));
    let output = command.output().map_err(DriverError::io(format!("starting {program}")))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    Err(DriverError::Ended {
        command: format!("{program} {}", arguments.join(" ")),
        status: output.status,
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}

/// Returns why images cannot be mounted here; `None` if they can.
pub fn no_loop_devices() -> Option<String> {
    if !crate::process::is_root() {
        return Some("only root can mount an image".to_owned());
    }
    if !Path::new("/dev/loop-control").exists() {
        return Some("there are no loop devices".to_owned());
    }
    try_loop_device().err().map(|error| format!("images cannot be mounted: {error}"))
}

/// Containers may show the devices but forbid their use.
fn try_loop_device() -> Result<()> {
    let dir = tempfile::tempdir().map_err(DriverError::io("making a folder for a rig"))?;
    let (image, place) = (dir.path().join("image"), dir.path().to_string_lossy().into_owned());
    std::fs::write(&image, vec![0; 1 << 20]).map_err(DriverError::io("making an image"))?;
    let device = call("losetup", &["--find", "--show", &image.to_string_lossy()])?;
    call("losetup", &["--detach", &device])?;
    call("mount", &["-t", "tmpfs", "tmpfs", &place])?;
    call("umount", &[&place]).map(drop)
}

/// Returns why no program can be traced here; `None` if one can.
pub fn no_tracer() -> Option<String> {
    if !has("strace") {
        return Some("strace is not installed".to_owned());
    }
    // Containers may forbid tracing.
    call("strace", &["-f", "-qq", "-o", "/dev/null", "true"])
        .err()
        .map(|error| format!("nothing can be traced: {error}"))
}
