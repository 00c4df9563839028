//! Speaks Firefox's Marionette protocol over TCP: `LENGTH:[0,id,command,parameters]` out,
//! `LENGTH:[1,id,error,result]` back. It is transport only; `firefox` knows the commands.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use serde_json::{Value, json};

use crate::{DriverError, Result, wait::PATIENCE};

/// The greatest length of a test's message. A wrong length must not claim all memory.
const MESSAGE_BYTES_MAX: usize = 256 * 1024 * 1024;

/// A Marionette connection.
#[derive(Debug)]
pub struct Marionette {
    stream: TcpStream,
    last_id: u64,
}

impl Marionette {
    /// Connects and reads the greeting.
    ///
    /// # Errors
    /// [`DriverError::Io`] if nobody answers there.
    pub fn connect(port: u16) -> Result<Marionette> {
        let stream = TcpStream::connect(("127.0.0.1", port)).map_err(DriverError::io("connecting to Firefox"))?;
        stream.set_read_timeout(Some(PATIENCE)).map_err(DriverError::io("setting a time limit on Firefox's socket"))?;
        let mut marionette = Marionette { stream, last_id: 0 };
        marionette.receive()?;
        Ok(marionette)
    }

    /// Sends a command and waits for its result; a result that is only `{"value": …}` is unwrapped.
    ///
    /// # Errors
    /// [`DriverError::Refused`] with Firefox's words; [`DriverError::Io`] if it does not answer in
    /// time.
    pub fn call(&mut self, command: &str, parameters: Value) -> Result<Value> {
        self.last_id += 1;
        let message = json!([0, self.last_id, command, parameters]).to_string();
        write!(self.stream, "{}:{message}", message.len()).map_err(DriverError::io("writing to Firefox"))?;
        loop {
            let answer = self.receive()?;
            if answer.get(1).and_then(Value::as_u64) != Some(self.last_id) {
                continue;
            }
            if let Some(error) = answer.get(2).filter(|error| !error.is_null()) {
                let part = |name: &str| error.get(name).and_then(Value::as_str).unwrap_or_default();
                let message = format!("{}: {}", part("error"), part("message"));
                return Err(DriverError::Refused { command: command.to_owned(), message });
            }
            let result = answer.get(3).cloned().unwrap_or_default();
            return Ok(match result {
                Value::Object(mut fields) if fields.len() == 1 && fields.contains_key("value") => {
                    fields.remove("value").unwrap_or_default()
                }
                other => other,
            });
        }
    }

    fn receive(&mut self) -> Result<Value> {
        let mut length = 0_usize;
        loop {
            let mut byte = [0];
            self.stream.read_exact(&mut byte).map_err(DriverError::io("reading from Firefox"))?;
            match byte {
                [b':'] => break,
                [digit @ b'0'..=b'9'] if length < MESSAGE_BYTES_MAX => length = length * 10 + usize::from(digit - b'0'),
                _ => return Err(DriverError::Unexpected("Firefox sent something other than a length".to_owned())),
            }
        }
        let mut message = vec![0; length.min(MESSAGE_BYTES_MAX)];
        self.stream.read_exact(&mut message).map_err(DriverError::io("reading from Firefox"))?;
        serde_json::from_slice(&message)
            .map_err(|error| DriverError::Unexpected(format!("Firefox sent no JSON: {error}")))
    }
}
