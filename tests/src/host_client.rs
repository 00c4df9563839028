//! The other end of the wire: starts the real binary as a browser would and speaks its frames. Typed requests for
//! journeys, raw bytes for what no browser would send.

use std::{
    io::{Read, Write},
    path::Path,
    process::{ChildStdin, ChildStdout, ExitStatus, Stdio},
};

use cachette_protocol::{
    CHUNK_BYTES, Call, Failure, HOST_NAME, Part, PartSum, Reply, SaveBegin, SaveChunk, SaveCommit, SaveSource, Saved,
    decode_reply, encode_request,
};

use crate::{
    DriverError, Result,
    home::{Browser, CHROMIUM_ID, FIREFOX_ID, Home, binary},
    process::{Group, command},
    wait::until,
};

/// A running host.
#[derive(Debug)]
pub struct HostClient {
    process: Group,
    stdin: Option<ChildStdin>,
    stdout: ChildStdout,
    last_id: u64,
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
        let stdin = process.child().stdin.take();
        let stdout = process.child().stdout.take();
        let stdout = stdout.ok_or_else(|| DriverError::Unexpected("the host has no stdout".to_owned()))?;
        Ok(HostClient { process, stdin, stdout, last_id: 0 })
    }

    /// Sends a request and reads its reply.
    ///
    /// # Errors
    /// [`DriverError::Unexpected`] when the host closes its end or answers another request.
    pub fn ask<C: Call>(&mut self, request: &C) -> Result<Reply<C::Reply>> {
        self.last_id += 1;
        let bytes = encode_request(self.last_id, request)
            .map_err(|error| DriverError::Unexpected(format!("a request cannot be written: {error}")))?;
        self.send(&bytes)?;
        let Some(frame) = self.receive()? else {
            return Err(DriverError::Unexpected(format!("the host closed its end instead of answering {}", C::ASK)));
        };
        let reply = decode_reply::<C>(&String::from_utf8_lossy(&frame));
        if reply.id != self.last_id {
            let text = String::from_utf8_lossy(&frame).into_owned();
            return Err(DriverError::Unexpected(format!("request {} was answered with {text}", self.last_id)));
        }
        Ok(reply)
    }

    /// Saves a page as the extension does: begin, chunks, commit.
    ///
    /// # Errors
    /// As [`HostClient::ask`]. The host's own refusals are the inner result.
    pub fn save(&mut self, begin: &SaveBegin, html: &str) -> Result<std::result::Result<Saved, Failure>> {
        if let Err(failure) = self.ask(begin)?.result {
            return Ok(Err(failure));
        }
        let mut chunks = 0;
        for data in chunks_of(html) {
            let chunk = SaveChunk { save: begin.save.clone(), part: Part::Html, seq: chunks, data: data.to_owned() };
            if let Err(failure) = self.ask(&chunk)?.result {
                return Ok(Err(failure));
            }
            chunks += 1;
        }
        let parts = vec![PartSum { part: Part::Html, chunks }];
        Ok(self.ask(&SaveCommit { save: begin.save.clone(), parts })?.result)
    }

    /// Writes one frame.
    ///
    /// # Errors
    /// [`DriverError::Io`] when the host has gone.
    pub fn send(&mut self, json: &[u8]) -> Result<()> {
        let length =
            u32::try_from(json.len()).map_err(|_| DriverError::Unexpected("a frame of more than 4 GiB".to_owned()))?;
        let mut frame = length.to_ne_bytes().to_vec();
        frame.extend_from_slice(json);
        self.send_raw(&frame)
    }

    /// Writes bytes as they are.
    ///
    /// # Errors
    /// [`DriverError::Io`] when the host has gone.
    pub fn send_raw(&mut self, bytes: &[u8]) -> Result<()> {
        let Some(stdin) = self.stdin.as_mut() else {
            return Err(DriverError::Unexpected("the host's stdin is closed already".to_owned()));
        };
        stdin.write_all(bytes).and_then(|()| stdin.flush()).map_err(DriverError::io("writing to the host"))
    }

    /// Reads one frame; none at the end.
    ///
    /// # Errors
    /// [`DriverError::Unexpected`] when the host breaks off within a frame or sends more than a browser reads.
    pub fn receive(&mut self) -> Result<Option<Vec<u8>>> {
        let mut length = [0; 4];
        let mut have = 0;
        while have < length.len() {
            let rest = length.get_mut(have..).unwrap_or_default();
            match self.stdout.read(rest).map_err(DriverError::io("reading from the host"))? {
                0 if have == 0 => return Ok(None),
                0 => return Err(DriverError::Unexpected("the host broke off within a length".to_owned())),
                read => have += read,
            }
        }
        let length = u32::from_ne_bytes(length);
        if usize::try_from(length).is_ok_and(|length| length > cachette_protocol::FRAME_BYTES_OUT) {
            return Err(DriverError::Unexpected(format!("the host sent {length} bytes, more than a browser reads")));
        }
        let mut frame = Vec::new();
        let read = (&mut self.stdout)
            .take(u64::from(length))
            .read_to_end(&mut frame)
            .map_err(DriverError::io("reading from the host"))?;
        if u32::try_from(read) != Ok(length) {
            return Err(DriverError::Unexpected(format!("the host broke off after {read} of {length} bytes")));
        }
        Ok(Some(frame))
    }

    /// Closes the host's stdin, as a browser does when the port closes.
    pub fn hang_up(&mut self) {
        self.stdin = None;
    }

    /// Closes the host's stdin and waits for its end.
    ///
    /// # Errors
    /// [`DriverError::Timeout`] when it stays.
    pub fn end(mut self) -> Result<ExitStatus> {
        self.hang_up();
        until("the host's end", || self.process.ended())
    }
}

/// A page save's beginning, as the extension would send it.
pub fn page_save(id: &str, url: &str, captured_at: &str) -> SaveBegin {
    SaveBegin {
        save: id.to_owned(),
        url: url.to_owned(),
        captured_at: captured_at.to_owned(),
        source: SaveSource::Page,
        title: None,
        private: false,
        content_type: None,
        notices: Vec::new(),
        warnings: Vec::new(),
    }
}

/// Cuts text between characters into pieces of at most [`CHUNK_BYTES`].
fn chunks_of(mut text: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        if text.is_empty() {
            return None;
        }
        let (chunk, rest) = text.split_at_checked(text.floor_char_boundary(CHUNK_BYTES))?;
        text = rest;
        Some(chunk)
    })
}
