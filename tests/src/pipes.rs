//! Holds the browser's ends of a host's pipes. It checks frames as a browser does, sends typed
//! requests, and saves a page from first to last step. It starts and ends no process. It belongs to
//! the harness, and to `native-host/tests` by its path, because those tests may use no other crate
//! of the project.

use std::{
    io::{self, Read, Write},
    process::{Child, ChildStdin, ChildStdout},
};

use cachette_protocol::{
    CHUNK_BYTES, Call, FRAME_BYTES_OUT, Failure, Part, PartSum, Reply, SaveBegin, SaveChunk, SaveCommit, SaveSource,
    Saved, decode_reply, encode_request,
};

/// The reason why an exchange with a host broke off.
#[derive(Debug)]
pub enum PipeError {
    /// A pipe failed.
    Io(io::Error),
    /// The host's message is not allowed; the sentence says why.
    Unexpected(String),
}

impl From<io::Error> for PipeError {
    fn from(error: io::Error) -> PipeError {
        PipeError::Io(error)
    }
}

/// The result of an exchange.
pub type Exchange<T> = Result<T, PipeError>;

/// The browser's ends of the pipes. Each may be closed by dropping it.
#[derive(Debug)]
pub struct Pipes {
    /// The pipe for requests.
    pub stdin: Option<ChildStdin>,
    /// The pipe for answers.
    pub stdout: Option<ChildStdout>,
    last_id: u64,
}

impl Pipes {
    /// Takes the ends of a child that was started with piped stdin and stdout.
    pub fn of(child: &mut Child) -> Pipes {
        Pipes { stdin: child.stdin.take(), stdout: child.stdout.take(), last_id: 0 }
    }

    /// Writes bytes unchanged.
    ///
    /// # Errors
    /// The host has gone, or stdin was closed.
    pub fn send_raw(&mut self, bytes: &[u8]) -> Exchange<()> {
        let Some(stdin) = self.stdin.as_mut() else { return unexpected("the host's stdin is closed already") };
        stdin.write_all(bytes)?;
        Ok(stdin.flush()?)
    }

    /// Writes one frame.
    ///
    /// # Errors
    /// As [`Pipes::send_raw`].
    pub fn send(&mut self, json: &[u8]) -> Exchange<()> {
        self.send_raw(&frame(json)?)
    }

    /// Reads one frame, as [`read_frame`].
    ///
    /// # Errors
    /// As [`read_frame`], or stdout was closed.
    pub fn receive(&mut self) -> Exchange<Option<Vec<u8>>> {
        let Some(stdout) = self.stdout.as_mut() else { return unexpected("the host's stdout is closed already") };
        read_frame(stdout)
    }

    /// Sends a request and reads its answer.
    ///
    /// # Errors
    /// The host closes its end, or answers another request.
    pub fn ask<C: Call>(&mut self, call: &C) -> Exchange<Reply<C::Reply>> {
        self.last_id += 1;
        let Ok(json) = encode_request(self.last_id, call) else { return unexpected("a request cannot be written") };
        self.send(&json)?;
        let Some(frame) = self.receive()? else {
            return unexpected(format!("the host closed its end instead of answering {}", C::ASK));
        };
        let text = String::from_utf8_lossy(&frame);
        let reply = decode_reply::<C>(&text);
        if reply.id != self.last_id {
            return unexpected(format!("request {} was answered with {text}", self.last_id));
        }
        Ok(reply)
    }

    /// Sends a page up to its commit, but not the commit. Chunks that the host has are not sent
    /// again. The host's own refusals are the inner result.
    ///
    /// # Errors
    /// As [`Pipes::ask`].
    pub fn upload(&mut self, begin: &SaveBegin, html: &str) -> Exchange<Result<SaveCommit, Failure>> {
        let have = match self.ask(begin)?.result {
            Ok(started) => started.have.first().map_or(0, |sum| sum.chunks),
            Err(failure) => return Ok(Err(failure)),
        };
        let (mut chunks, mut rest) = (0, html);
        loop {
            let (data, after) = rest.split_at_checked(rest.floor_char_boundary(CHUNK_BYTES)).unwrap_or((rest, ""));
            if chunks >= have {
                let save = begin.save.clone();
                let chunk = SaveChunk { save, part: Part::Html, seq: chunks, data: data.to_owned() };
                if let Err(failure) = self.ask(&chunk)?.result {
                    return Ok(Err(failure));
                }
            }
            chunks += 1;
            rest = after;
            if rest.is_empty() {
                let parts = vec![PartSum { part: Part::Html, chunks }];
                return Ok(Ok(SaveCommit { save: begin.save.clone(), parts }));
            }
        }
    }

    /// Saves a page as the extension does: begin, chunks, commit.
    ///
    /// # Errors
    /// As [`Pipes::upload`].
    pub fn save(&mut self, begin: &SaveBegin, html: &str) -> Exchange<Result<Saved, Failure>> {
        match self.upload(begin, html)? {
            Ok(commit) => Ok(self.ask(&commit)?.result),
            Err(failure) => Ok(Err(failure)),
        }
    }
}

/// Returns a message with its length in front, as a browser writes it.
///
/// # Errors
/// The message is too long for a length of four bytes.
pub fn frame(json: &[u8]) -> Exchange<Vec<u8>> {
    let Ok(length) = u32::try_from(json.len()) else { return unexpected("a frame of more than 4 GiB") };
    Ok([&length.to_ne_bytes()[..], json].concat())
}

/// Reads the message of one frame; `None` if the host has ended between frames.
///
/// # Errors
/// The host breaks off within a frame, or sends more than a browser reads.
pub fn read_frame(from: &mut impl Read) -> Exchange<Option<Vec<u8>>> {
    let mut prefix = Vec::new();
    from.take(4).read_to_end(&mut prefix)?;
    if prefix.is_empty() {
        return Ok(None);
    }
    let Ok(prefix) = <[u8; 4]>::try_from(prefix) else { return unexpected("the host broke off within a length") };
    let length = u32::from_ne_bytes(prefix);
    if length as usize > FRAME_BYTES_OUT {
        return unexpected(format!("the host sent {length} bytes, more than a browser reads"));
    }
    let mut message = Vec::new();
    from.take(length.into()).read_to_end(&mut message)?;
    if message.len() != length as usize {
        return unexpected(format!("the host broke off after {} of {length} bytes", message.len()));
    }
    Ok(Some(message))
}

/// Returns the request that begins a page's save, as the extension would send it.
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

fn unexpected<T>(sentence: impl Into<String>) -> Exchange<T> {
    Err(PipeError::Unexpected(sentence.into()))
}
