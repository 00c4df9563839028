//! Serves a web site on loopback for tests and for `cargo xtask run`. It has pages of every kind
//! that a capture meets, and records all requests. It is not a general server: one answer for each
//! connection, GET only.

use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use crate::{DriverError, Result, site_pages::page};

pub use crate::visit::{Answer, Visit};

/// The running site. It stops when dropped.
#[derive(Debug)]
pub struct Site {
    address: SocketAddr,
    visits: Arc<Mutex<Vec<Visit>>>,
    stop: Arc<AtomicBool>,
}

impl Site {
    /// Starts the site on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// [`DriverError::Io`].
    pub fn start() -> Result<Site> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(DriverError::io("opening a loopback port"))?;
        let address = listener.local_addr().map_err(DriverError::io("asking for the loopback port"))?;
        let visits = Arc::new(Mutex::new(Vec::new()));
        let stop = Arc::new(AtomicBool::new(false));
        let (seen, stopped) = (Arc::clone(&visits), Arc::clone(&stop));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if stopped.load(Ordering::Relaxed) {
                    return;
                }
                let seen = Arc::clone(&seen);
                // A browser opens connections ahead of need; none may block the others.
                thread::spawn(move || stream.map(|stream| answer(&stream, &seen)));
            }
        });
        Ok(Site { address, visits, stop })
    }

    /// Returns the address of a path of the site; `path` begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Returns the address of a path under the name `localhost`. For a browser that is another
    /// site, with its own cookies and permissions.
    pub fn elsewhere(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.address.port())
    }

    /// Returns the requests so far, in order.
    pub fn visits(&self) -> Vec<Visit> {
        self.visits.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the requests for one path so far.
    pub fn visits_of(&self, path: &str) -> Vec<Visit> {
        self.visits().into_iter().filter(|visit| visit.path == path).collect()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // The connection wakes the listener, which then sees the flag.
        let _ = TcpStream::connect_timeout(&self.address, Duration::from_secs(1));
    }
}

fn answer(stream: &TcpStream, seen: &Mutex<Vec<Visit>>) -> Option<()> {
    stream.set_read_timeout(Some(Duration::from_secs(60))).ok()?;
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next()?.ok()?;
    let mut words = request.split(' ');
    let (method, path) = (words.next()?, words.next()?.to_owned());
    let mut visit = Visit { path, cookie: String::new(), destination: String::new() };
    for line in lines {
        let line = line.ok()?;
        if line.is_empty() {
            break;
        }
        let Some((name, value)) = line.split_once(':') else { continue };
        match name.to_ascii_lowercase().as_str() {
            "cookie" => value.trim().clone_into(&mut visit.cookie),
            "sec-fetch-dest" => value.trim().clone_into(&mut visit.destination),
            _ => {}
        }
    }
    let answer = page(&visit);
    seen.lock().unwrap_or_else(PoisonError::into_inner).push(visit);

    let mut head = format!("HTTP/1.1 {}\r\n", answer.status);
    for header in &answer.headers {
        head.push_str(header);
        head.push_str("\r\n");
    }
    head.push_str(&format!("Content-Length: {}\r\nConnection: close\r\n\r\n", answer.body.len()));
    let mut stream = stream;
    stream.write_all(head.as_bytes()).ok()?;
    if method != "HEAD" {
        stream.write_all(&answer.body).ok()?;
    }
    stream.flush().ok()
}
