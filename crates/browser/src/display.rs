//! Runs a separate X display (Xvfb), and controls its mouse and keyboard (xdotool). Real context
//! menus and permission prompts are beyond any browser protocol.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Output, Stdio},
};

use crate::{
    DriverError, Result,
    process::{Group, command},
};

const INSTALL: &str = "`cargo xtask test` installs it; by hand: apt-get install xvfb xdotool";

/// A virtual screen of 1280 × 900. It ends when dropped.
#[derive(Debug)]
pub struct Display {
    name: String,
    _server: Group,
}

impl Display {
    /// Starts Xvfb, which finds a free number itself.
    ///
    /// # Errors
    /// [`DriverError::Missing`] without Xvfb or xdotool; [`DriverError::Unexpected`] if it names no
    /// number.
    pub fn start() -> Result<Display> {
        for program in ["/usr/bin/Xvfb", "/usr/bin/xdotool"] {
            if !Path::new(program).exists() {
                return Err(DriverError::Missing { path: program.into(), remedy: INSTALL });
            }
        }
        let mut xvfb = command("/usr/bin/Xvfb");
        xvfb.args(["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"]).stdout(Stdio::piped());
        let mut server = Group::spawn(&mut xvfb)?;
        let mut number = String::new();
        if let Some(stdout) = server.child().stdout.take() {
            BufReader::new(stdout).read_line(&mut number).map_err(DriverError::io("reading Xvfb's display number"))?;
        }
        let number = number.trim();
        if number.is_empty() || number.bytes().any(|byte| !byte.is_ascii_digit()) {
            return Err(DriverError::Unexpected(format!("Xvfb did not start: it said “{number}”")));
        }
        Ok(Display { name: format!(":{number}"), _server: server })
    }

    /// Returns its name for `DISPLAY`, such as `:7`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Moves the mouse to a place and presses a button (1 left, 3 right). The unit is screen
    /// pixels.
    ///
    /// # Errors
    /// [`DriverError::Ended`] if xdotool refuses.
    pub fn click(&self, x: i64, y: i64, button: u8) -> Result<()> {
        self.xdotool(&["mousemove", &x.to_string(), &y.to_string(), "click", &button.to_string()])
    }

    /// Presses a key by its X name, such as `Up`, `Return`, `ctrl+Tab`.
    ///
    /// # Errors
    /// As [`Display::click`].
    pub fn key(&self, name: &str) -> Result<()> {
        self.xdotool(&["key", name])
    }

    /// Counts the visible windows; an open menu is one.
    ///
    /// # Errors
    /// [`DriverError::Io`].
    pub fn windows(&self) -> Result<usize> {
        let output = self.output(&["search", "--onlyvisible", "--name", ".*"])?;
        Ok(output.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count())
    }

    fn xdotool(&self, arguments: &[&str]) -> Result<()> {
        let output = self.output(arguments)?;
        if output.status.success() {
            return Ok(());
        }
        Err(DriverError::Ended {
            command: format!("xdotool {}", arguments.join(" ")),
            status: output.status,
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }

    fn output(&self, arguments: &[&str]) -> Result<Output> {
        Command::new("/usr/bin/xdotool")
            .args(arguments)
            .env("DISPLAY", &self.name)
            .output()
            .map_err(DriverError::io("starting xdotool"))
    }
}
