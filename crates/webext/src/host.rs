//! Connects to the native host: sends typed requests, and matches answers by their id. The end of
//! the connection fails all pending requests. The port keeps no save and repeats nothing: the
//! background does that.

mod envelope;
mod requests;

use std::{
    cell::{Cell, RefCell},
    marker::PhantomData,
    rc::Rc,
};

use cachette_protocol::{Call, Capability, Greeting, HOST_NAME, Hello, Notice, PROTOCOL, PROTOCOL_OLDEST, SaveChunk};
use js_sys::JsString;
use serde::de::IgnoredAny;
use wasm_bindgen::{JsValue, closure::Closure};

use self::{
    envelope::{decode, text, understood},
    requests::Requests,
};
use crate::{
    api,
    error::Error,
    oneshot::{Receiver, Sender},
    task, value,
};

/// The time limit for an answer, in milliseconds. A commit of a huge page on a slow disk takes
/// seconds.
const PATIENCE_MS: f64 = 120_000.0;

type Answer = Result<JsValue, Error>;
/// Called with each message.
type OnMessage = dyn FnMut(JsValue);
/// Called with the raw reason of the port's end.
type OnDisconnect = dyn FnMut(String);

/// A connection to the host; clones share it.
#[derive(Clone)]
pub struct Host(Rc<Connection>);

struct Connection {
    port: RefCell<Option<JsValue>>,
    requests: RefCell<Requests<JsValue>>,
    /// Whether the host is filing a page. Any other request would have to wait for it.
    filing: Cell<bool>,
    greeting: RefCell<Option<Greeting>>,
    // The port calls these closures for as long as it lives.
    listeners: RefCell<Option<(Closure<OnMessage>, Closure<OnDisconnect>)>>,
}

/// A request that is on its way.
pub struct PendingReply<C: Call> {
    id: u64,
    answer: Receiver<Answer>,
    call: PhantomData<C>,
}

impl<C: Call> PendingReply<C> {
    /// Waits for the answer.
    ///
    /// # Errors
    /// The host's failure, or the end of the connection.
    pub async fn answer(self) -> Result<C::Reply, Error> {
        decode(self.answer.await?)
    }

    /// Waits for the answer, and reports whether the connection ended with this very request.
    ///
    /// # Errors
    /// As [`PendingReply::answer`].
    pub async fn answer_of(self, host: &Host) -> Result<C::Reply, Unanswered> {
        let id = self.id;
        self.answer().await.map_err(|error| {
            let blamed = host.0.requests.borrow().blames(id, &error);
            Unanswered { error, blamed }
        })
    }
}

/// A request that was not answered.
#[derive(Debug)]
pub struct Unanswered {
    /// The error.
    pub error: Error,
    /// Whether the host failed while it worked on this request. The request may then be the cause.
    pub blamed: bool,
}

impl From<Error> for Unanswered {
    fn from(error: Error) -> Unanswered {
        Unanswered { error, blamed: false }
    }
}

impl Host {
    /// Opens a port, for which the browser starts the host. If that fails, the first request
    /// reports it.
    pub fn connect() -> Host {
        let connection = Rc::new(Connection {
            port: RefCell::default(),
            requests: RefCell::default(),
            filing: Cell::default(),
            greeting: RefCell::default(),
            listeners: RefCell::default(),
        });
        let weak = Rc::downgrade(&connection);
        let on_message = Closure::<OnMessage>::new(move |message: JsValue| {
            if let Some(connection) = weak.upgrade() {
                connection.on_message(message);
            }
        });
        let weak = Rc::downgrade(&connection);
        let on_disconnect = Closure::<OnDisconnect>::new(move |raw: String| {
            if let Some(connection) = weak.upgrade() {
                connection.end(Error::of_disconnect(&raw));
            }
        });
        match api::connect_host(HOST_NAME, on_message.as_ref(), on_disconnect.as_ref()) {
            Ok(port) => *connection.port.borrow_mut() = Some(port),
            Err(error) => connection.end(Error::of_disconnect(&api::error_text(&error))),
        }
        *connection.listeners.borrow_mut() = Some((on_message, on_disconnect));
        Host(connection)
    }

    /// Whether the connection is open.
    pub fn is_open(&self) -> bool {
        self.0.requests.borrow().is_open()
    }

    /// Whether a request waits for its answer.
    pub fn has_requests(&self) -> bool {
        self.0.requests.borrow().is_waiting()
    }

    /// Whether a new request would wait until a page is filed.
    pub fn is_filing(&self) -> bool {
        self.0.filing.get()
    }

    /// Records whether a page is being filed.
    pub fn set_filing(&self, filing: bool) {
        self.0.filing.set(filing);
    }

    /// Whether both are clones of the same connection.
    pub fn is(&self, other: &Host) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// Makes sure that both sides understand each other. Asks the host once per connection.
    ///
    /// # Errors
    /// [`Error::HostTooOld`] or [`Error::ExtensionTooOld`] if they do not; otherwise as
    /// [`Host::ask`].
    pub async fn greet(&self) -> Result<(), Error> {
        if self.0.greeting.borrow().is_some() {
            return Ok(());
        }
        let hello = Hello { extension: api::extension_version(), protocol: PROTOCOL, protocol_oldest: PROTOCOL_OLDEST };
        let greeting = self.ask(&hello).await?;
        understood(&greeting)?;
        *self.0.greeting.borrow_mut() = Some(greeting);
        Ok(())
    }

    /// Whether the host has a capability. It must have been greeted.
    pub fn can(&self, capability: Capability) -> bool {
        self.0.greeting.borrow().as_ref().is_some_and(|greeting| greeting.capabilities.contains(&capability))
    }

    /// Returns the reasons why nothing can be saved now, as the host reported them in its greeting.
    pub fn notices(&self) -> Vec<Notice> {
        let greeting = self.0.greeting.borrow();
        greeting.as_ref().map(Greeting::all_notices).unwrap_or_default()
    }

    /// Records that a save has succeeded: nothing prevents saving any more.
    pub fn has_saved(&self) {
        if let Some(greeting) = self.0.greeting.borrow_mut().as_mut() {
            greeting.notices.clear();
            greeting.troubles.clear();
        }
    }

    /// Sends a request and waits for its answer.
    ///
    /// # Errors
    /// The host's failure, or the end of the connection.
    pub async fn ask<C: Call>(&self, call: &C) -> Result<C::Reply, Error> {
        self.send(call).answer().await
    }

    /// Sends a request without waiting.
    pub fn send<C: Call>(&self, call: &C) -> PendingReply<C> {
        let (id, answer) = self.0.requests.borrow_mut().add();
        self.post(id, &text(id, call), api::post_to_host);
        PendingReply { id, answer, call: PhantomData }
    }

    /// Sends a chunk whose text is `data`; `chunk` itself has an empty text.
    pub fn send_chunk(&self, chunk: &SaveChunk, data: &JsString) -> PendingReply<SaveChunk> {
        let (id, answer) = self.0.requests.borrow_mut().add();
        self.post(id, &text(id, chunk), |port, text| api::post_chunk_to_host(port, text, data));
        PendingReply { id, answer, call: PhantomData }
    }

    /// Closes the port; the host ends. Pending requests fail.
    pub fn close(&self) {
        if let Some(port) = self.0.port.borrow_mut().take() {
            // It does not matter if the port has ended already.
            api::disconnect(&port).ok();
        }
        self.0.end(Error::Interrupted);
    }

    fn post(&self, id: u64, text: &str, post: impl FnOnce(&JsValue, &str) -> api::Called) {
        let port = self.0.port.borrow().clone();
        match port.map(|port| post(&port, text)) {
            Some(Ok(_)) => self.watch(id),
            Some(Err(error)) => self.0.end(Error::of_disconnect(&api::error_text(&error))),
            None => self.0.end(Error::HostCrashed),
        }
    }

    /// Gives up on an answer that does not come, and on the connection with it. The host answers in
    /// order, so that no other would come either. The port's end ends the host.
    fn watch(&self, id: u64) {
        let weak = Rc::downgrade(&self.0);
        task::spawn(async move {
            api::sleep(PATIENCE_MS).await;
            let Some(connection) = weak.upgrade().filter(|connection| connection.requests.borrow().waits_for(id))
            else {
                return;
            };
            if let Some(port) = connection.port.borrow_mut().take() {
                // It does not matter if the port has ended already.
                api::disconnect(&port).ok();
            }
            connection.end(Error::HostSilent);
        });
    }
}

impl Connection {
    fn on_message(&self, message: JsValue) {
        // An id that is not a number belongs to a request that the host could not read.
        let id = value::read(value::property(&message, "id")).unwrap_or(0);
        let taken = self.requests.borrow_mut().take(id);
        match taken {
            Some(sender) => sender.send(Ok(message)),
            // The host could not match its failure to a request, so all pending requests fail. A
            // late answer is dropped.
            None if id == 0 => {
                let error = decode::<IgnoredAny>(message).err().unwrap_or(Error::HostGarbled);
                let all = self.requests.borrow_mut().take_all();
                fail(all, &error);
            }
            None => {}
        }
    }

    fn end(&self, error: Error) {
        let all = self.requests.borrow_mut().end(&error);
        fail(all, &error);
    }
}

/// Gives an error to all who wait for answers.
fn fail(all: Vec<Sender<Answer>>, error: &Error) {
    for sender in all {
        sender.send(Err(error.clone()));
    }
}
