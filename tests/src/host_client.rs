//! Starts a host as a browser does, and ends it with the test. The host has a home of its own;
//! `pipes.rs` handles its pipes.

use std::{
    path::Path,
    process::{ExitStatus, Stdio},
};

use cachette_protocol::{Call, Failure, HOST_NAME, Reply, SaveBegin, Saved};

use crate::{
    DriverError, Result,
    home::{Browser, CHROMIUM_ID, FIREFOX_ID, Home, binary},
    pipes::{PipeError, Pipes},
    process::{Group, command},
    wait::until,
};

/// A running host.
#[derive(Debug)]
pub struct HostClient {
    process: Group,
    pipes: Pipes,
}

impl HostClient {
    /// Starts the host with the arguments that this browser passes.
    ///
    /// # Errors
    /// [`DriverError::Missing`] before the build; [`DriverError::Io`].
    pub fn start(home: &Home, browser: Browser) -> Result<HostClient> {
        let origin = format!("chrome-extension://{CHROMIUM_ID}/");
        let manifest = home.user().join(format!(".mozilla/native-messaging-hosts/{HOST_NAME}.json"));
        match browser {
            Browser::Chromium => HostClient::start_with(&binary()?, &[&origin], home),
            Browser::Firefox => HostClient::start_with(&binary()?, &[&manifest.to_string_lossy(), FIREFOX_ID], home),
        }
    }

    /// Starts any program as a host with any arguments.
    ///
    /// # Errors
    /// [`DriverError::Io`].
    pub fn start_with(program: &Path, arguments: &[&str], home: &Home) -> Result<HostClient> {
        let mut host = command(program);
        host.args(arguments)
            .current_dir(home.dir())
            .env("CACHETTE_HOME", home.cache())
            .env("HOME", home.user())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut process = Group::spawn(&mut host)?;
        let pipes = Pipes::of(process.child());
        Ok(HostClient { process, pipes })
    }

    /// Sends a request and reads its reply.
    ///
    /// # Errors
    /// [`DriverError::Unexpected`] if the host closes its end or answers another request.
    pub fn ask<C: Call>(&mut self, request: &C) -> Result<Reply<C::Reply>> {
        Ok(self.pipes.ask(request)?)
    }

    /// Saves a page as the extension does. The host's own refusals are the inner result.
    ///
    /// # Errors
    /// As [`HostClient::ask`].
    pub fn save(&mut self, begin: &SaveBegin, html: &str) -> Result<std::result::Result<Saved, Failure>> {
        Ok(self.pipes.save(begin, html)?)
    }

    /// Writes one frame.
    ///
    /// # Errors
    /// [`DriverError::Io`] if the host has gone.
    pub fn send(&mut self, json: &[u8]) -> Result<()> {
        Ok(self.pipes.send(json)?)
    }

    /// Writes bytes unchanged.
    ///
    /// # Errors
    /// [`DriverError::Io`] if the host has gone.
    pub fn send_raw(&mut self, bytes: &[u8]) -> Result<()> {
        Ok(self.pipes.send_raw(bytes)?)
    }

    /// Reads one frame; `None` when the host has ended between frames.
    ///
    /// # Errors
    /// [`DriverError::Unexpected`] if the host breaks off within a frame or sends more than a
    /// browser reads.
    pub fn receive(&mut self) -> Result<Option<Vec<u8>>> {
        Ok(self.pipes.receive()?)
    }

    /// Closes the host's stdin, as a browser does when the port closes.
    pub fn hang_up(&mut self) {
        self.pipes.stdin = None;
    }

    /// Closes the host's stdin and waits for its end.
    ///
    /// # Errors
    /// [`DriverError::Timeout`] if it stays.
    pub fn end(mut self) -> Result<ExitStatus> {
        self.hang_up();
        until("the host's end", || self.process.ended())
    }
}

impl From<PipeError> for DriverError {
    fn from(error: PipeError) -> DriverError {
        match error {
            PipeError::Io(source) => DriverError::Io { what: "talking to the host".to_owned(), source },
            PipeError::Unexpected(sentence) => DriverError::Unexpected(sentence),
        }
    }
}
