//! Speaks the Chrome DevTools Protocol over one WebSocket on the browser's endpoint, with flattened
//! sessions. It is transport only; `chromium` knows the commands.

use std::{
    collections::VecDeque,
    net::TcpStream,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket, client::client};

use crate::{DriverError, Result, wait::PATIENCE};

/// A DevTools connection.
pub struct Cdp {
    socket: WebSocket<TcpStream>,
    last_id: u64,
    events: VecDeque<Event>,
}

/// An event that the browser sent.
#[derive(Debug, Clone)]
pub struct Event {
    /// The session that it belongs to; `None` for the browser's own.
    pub session: Option<String>,
    /// Its name, such as `Target.targetCreated`.
    pub method: String,
    /// Its fields.
    pub params: Value,
}

impl Cdp {
    /// Connects to the endpoint that `DevToolsActivePort` names.
    ///
    /// # Errors
    /// [`DriverError::Io`] or [`DriverError::Socket`] if nobody answers there.
    pub fn connect(port: u16, path: &str) -> Result<Cdp> {
        let stream = TcpStream::connect(("127.0.0.1", port)).map_err(DriverError::io("connecting to the browser"))?;
        let limit = |time| {
            stream.set_read_timeout(Some(time)).map_err(DriverError::io("setting a time limit on the browser's socket"))
        };
        limit(PATIENCE)?;
        let twin = stream.try_clone().map_err(DriverError::io("keeping the browser's socket"))?;
        let (socket, _) = client(format!("ws://127.0.0.1:{port}{path}"), twin)
            .map_err(|error| DriverError::Unexpected(format!("the browser's WebSocket handshake: {error}")))?;
        limit(Duration::from_millis(200))?;
        Ok(Cdp { socket, last_id: 0, events: VecDeque::new() })
    }

    /// Sends a command and waits for its result. `session` is a page's, or `None` for the browser
    /// itself.
    ///
    /// # Errors
    /// [`DriverError::Refused`] with the browser's words; [`DriverError::Timeout`]; a broken
    /// socket.
    pub fn call(&mut self, session: Option<&str>, method: &str, params: Value) -> Result<Value> {
        let id = self.send(session, method, params)?;
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            let Some(mut message) = self.receive()? else { continue };
            if message.get("id").and_then(Value::as_u64) == Some(id) {
                if let Some(error) = message.get("error") {
                    let message = error.get("message").and_then(Value::as_str).unwrap_or_default().to_owned();
                    return Err(DriverError::Refused { command: method.to_owned(), message });
                }
                return Ok(message.get_mut("result").map(Value::take).unwrap_or_default());
            }
            self.keep(message);
        }
        Err(DriverError::Timeout { what: format!("the answer to {method}"), seconds: PATIENCE.as_secs() })
    }

    /// Sends a command without waiting for its answer, and returns its number.
    ///
    /// # Errors
    /// The socket is broken.
    pub fn send(&mut self, session: Option<&str>, method: &str, params: Value) -> Result<u64> {
        self.last_id += 1;
        let mut command = json!({"id": self.last_id, "method": method, "params": params});
        if let (Some(session), Some(command)) = (session, command.as_object_mut()) {
            command.insert("sessionId".to_owned(), json!(session));
        }
        self.socket.send(Message::text(command.to_string()))?;
        Ok(self.last_id)
    }

    /// Returns the next event with this name, of this session; earlier others stay.
    ///
    /// # Errors
    /// [`DriverError::Timeout`]; a broken socket.
    pub fn event(&mut self, session: Option<&str>, method: &str) -> Result<Event> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            let wanted = |event: &Event| event.method == method && event.session.as_deref() == session;
            if let Some(event) = self.events.iter().position(wanted).and_then(|at| self.events.remove(at)) {
                return Ok(event);
            }
            if let Some(message) = self.receive()? {
                self.keep(message);
            }
        }
        Err(DriverError::Timeout { what: format!("the event {method}"), seconds: PATIENCE.as_secs() })
    }

    /// Forgets the events that have arrived.
    pub fn forget_events(&mut self) {
        self.events.clear();
    }

    fn keep(&mut self, mut message: Value) {
        let Some(method) = message.get("method").and_then(Value::as_str).map(str::to_owned) else { return };
        let session = message.get("sessionId").and_then(Value::as_str).map(str::to_owned);
        let params = message.get_mut("params").map(Value::take).unwrap_or_default();
        self.events.push_back(Event { session, method, params });
    }

    /// Returns one message, or `None` after the socket's time limit.
    fn receive(&mut self) -> Result<Option<Value>> {
        match self.socket.read() {
            Ok(Message::Text(text)) => serde_json::from_str(&text)
                .map(Some)
                .map_err(|error| DriverError::Unexpected(format!("the browser sent no JSON: {error}"))),
            Ok(_) => Ok(None),
            Err(tungstenite::Error::Io(error))
                if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) =>
            {
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }
}
