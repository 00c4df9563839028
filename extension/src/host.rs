//! A port to the native host: typed requests out, answers told apart by their id. One connection, whose end fails all
//! that still waits. Keeps no save and repeats nothing: that is the background's.

use std::{
    cell::{Cell, RefCell},
    marker::PhantomData,
    rc::Rc,
};

use cachette_protocol::{
    Call, Capability, Code, Failure, Greeting, HOST_NAME, Hello, PROTOCOL, PROTOCOL_OLDEST, SaveChunk, encode_request,
};
use js_sys::JsString;
use serde::de::{DeserializeOwned, IgnoredAny};
use wasm_bindgen::{JsValue, closure::Closure};

use crate::{
    api,
    oneshot::{self, Giver, Taker},
    task,
    trouble::Trouble,
    value,
};

/// How long an answer may take, in milliseconds. A commit of a huge page on a slow disk takes seconds.
const PATIENCE_MS: f64 = 120_000.0;

type Answer = Result<JsValue, Trouble>;
/// Called with each message.
type Heard = dyn FnMut(JsValue);
/// Called with the raw reason of the port's end.
type Gone = dyn FnMut(String);

/// A connection to the host; clones share it.
#[derive(Clone)]
pub struct Host(Rc<Line>);

struct Line {
    port: RefCell<Option<JsValue>>,
    waiting: RefCell<Vec<(u64, Giver<Answer>)>>,
    last_id: Cell<u64>,
    ended: RefCell<Option<Trouble>>,
    /// The request that the host was at when the connection ended: it answers them in their order.
    ended_at: Cell<Option<u64>>,
    /// Whether the host is filing a page: whoever asks meanwhile would wait for it.
    filing: Cell<bool>,
    greeting: RefCell<Option<Greeting>>,
    // The port calls them for as long as it lives.
    listeners: RefCell<Option<(Closure<Heard>, Closure<Gone>)>>,
}

/// A request that is on its way.
pub struct Asked<C: Call> {
    id: u64,
    answer: Taker<Answer>,
    call: PhantomData<C>,
}

impl<C: Call> Asked<C> {
    /// Waits for the answer.
    ///
    /// # Errors
    /// The host's failure, or the end of the connection.
    pub async fn answer(self) -> Result<C::Reply, Trouble> {
        decode(self.answer.await?)
    }

    /// The same, and whether the connection ended with this very request.
    ///
    /// # Errors
    /// As [`Asked::answer`].
    pub async fn answer_of(self, host: &Host) -> Result<C::Reply, Missed> {
        let id = self.id;
        self.answer().await.map_err(|trouble| {
            let blamed = match &trouble {
                Trouble::Refused(failure) => failure.code == Code::Internal,
                _ => host.0.ended_at.get() == Some(id),
            };
            Missed { trouble, blamed }
        })
    }
}

/// A request that was not answered.
#[derive(Debug)]
pub struct Missed {
    /// Why.
    pub trouble: Trouble,
    /// Whether the host failed while it was at this request: then what was asked may be the cause.
    pub blamed: bool,
}

impl From<Trouble> for Missed {
    fn from(trouble: Trouble) -> Missed {
        Missed { trouble, blamed: false }
    }
}

impl Host {
    /// Opens a port; the browser starts the host. What is wrong with it, the first request tells.
    pub fn connect() -> Host {
        let line = Rc::new(Line {
            port: RefCell::default(),
            waiting: RefCell::default(),
            last_id: Cell::new(0),
            ended: RefCell::default(),
            ended_at: Cell::default(),
            filing: Cell::default(),
            greeting: RefCell::default(),
            listeners: RefCell::default(),
        });
        let weak = Rc::downgrade(&line);
        let heard = Closure::<Heard>::new(move |message: JsValue| {
            if let Some(line) = weak.upgrade() {
                line.heard(message);
            }
        });
        let weak = Rc::downgrade(&line);
        let gone = Closure::<Gone>::new(move |raw: String| {
            if let Some(line) = weak.upgrade() {
                line.end(Trouble::of_disconnect(&raw));
            }
        });
        match api::connect_host(HOST_NAME, heard.as_ref(), gone.as_ref()) {
            Ok(port) => *line.port.borrow_mut() = Some(port),
            Err(error) => line.end(Trouble::of_disconnect(&api::error_text(&error))),
        }
        *line.listeners.borrow_mut() = Some((heard, gone));
        Host(line)
    }

    /// Whether the connection still stands.
    pub fn is_open(&self) -> bool {
        self.0.ended.borrow().is_none()
    }

    /// Whether whoever asks now has to wait until a page is filed.
    pub fn is_filing(&self) -> bool {
        self.0.filing.get()
    }

    /// Notes that a page is being filed, or is no more.
    pub fn set_filing(&self, filing: bool) {
        self.0.filing.set(filing);
    }

    /// Whether both are the same connection.
    pub fn is(&self, other: &Host) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// Makes sure that both sides understand each other. Asks once a connection.
    ///
    /// # Errors
    /// [`Trouble::HostTooOld`] or [`Trouble::ExtensionTooOld`] where they do not; what [`Host::ask`] says.
    pub async fn greet(&self) -> Result<(), Trouble> {
        if self.0.greeting.borrow().is_some() {
            return Ok(());
        }
        let hello = Hello { extension: api::extension_version(), protocol: PROTOCOL, protocol_oldest: PROTOCOL_OLDEST };
        let greeting = self.ask(&hello).await?;
        understood(&greeting)?;
        *self.0.greeting.borrow_mut() = Some(greeting);
        Ok(())
    }

    /// Whether the host, once greeted, can do something.
    pub fn can(&self, capability: Capability) -> bool {
        self.0.greeting.borrow().as_ref().is_some_and(|greeting| greeting.capabilities.contains(&capability))
    }

    /// Why nothing can be saved now, as the host said when it was greeted: a sentence each.
    pub fn troubles(&self) -> Vec<String> {
        self.0.greeting.borrow().as_ref().map(|greeting| greeting.troubles.clone()).unwrap_or_default()
    }

    /// Notes that something was saved: what stood against it has passed.
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
    pub async fn ask<C: Call>(&self, call: &C) -> Result<C::Reply, Trouble> {
        self.send(call).answer().await
    }

    /// Sends a request without waiting.
    pub fn send<C: Call>(&self, call: &C) -> Asked<C> {
        let (id, answer) = self.expect();
        self.post(id, &text(id, call), api::post_to_host);
        Asked { id, answer, call: PhantomData }
    }

    /// Sends a chunk whose text is `data`; that of `chunk` is left empty.
    pub fn send_chunk(&self, chunk: &SaveChunk, data: &JsString) -> Asked<SaveChunk> {
        let (id, answer) = self.expect();
        self.post(id, &text(id, chunk), |port, text| api::post_chunk_to_host(port, text, data));
        Asked { id, answer, call: PhantomData }
    }

    /// Closes the port; the host ends. What still waits fails.
    pub fn close(&self) {
        if let Some(port) = self.0.port.borrow_mut().take() {
            // A port that has ended already is closed all the same.
            api::disconnect(&port).ok();
        }
        self.0.end(Trouble::Interrupted);
    }

    /// A new id, and the end at which its answer will come out.
    fn expect(&self) -> (u64, Taker<Answer>) {
        let (giver, answer) = oneshot::pair();
        let id = self.0.last_id.get() + 1;
        self.0.last_id.set(id);
        match self.0.ended.borrow().clone() {
            Some(ended) => giver.give(Err(ended)),
            None => self.0.waiting.borrow_mut().push((id, giver)),
        }
        (id, answer)
    }

    fn post(&self, id: u64, text: &str, post: impl FnOnce(&JsValue, &str) -> api::Called) {
        let port = self.0.port.borrow().clone();
        match port.map(|port| post(&port, text)) {
            Some(Ok(_)) => self.watch(id),
            Some(Err(error)) => self.0.end(Trouble::of_disconnect(&api::error_text(&error))),
            None => self.0.end(Trouble::HostCrashed),
        }
    }

    /// Gives up on an answer that does not come, and on the connection with it: the host answers in order, so that no other
    /// would come either. The port's end ends the host.
    fn watch(&self, id: u64) {
        let weak = Rc::downgrade(&self.0);
        task::spawn(async move {
            api::sleep(PATIENCE_MS).await;
            let Some(line) = weak.upgrade().filter(|line| line.waits_for(id)) else { return };
            if let Some(port) = line.port.borrow_mut().take() {
                // A port that has ended already is closed all the same.
                api::disconnect(&port).ok();
            }
            line.end(Trouble::HostSilent);
        });
    }
}

impl Line {
    /// Who waits for the answer with this id.
    fn taken(&self, id: u64) -> Option<Giver<Answer>> {
        let mut waiting = self.waiting.borrow_mut();
        let at = waiting.iter().position(|(waiting, _)| *waiting == id)?;
        Some(waiting.swap_remove(at).1)
    }

    fn waits_for(&self, id: u64) -> bool {
        self.waiting.borrow().iter().any(|(waiting, _)| *waiting == id)
    }

    fn heard(&self, message: JsValue) {
        // An id that is no number is one that the host could not read.
        let id = value::read(value::property(&message, "id")).unwrap_or(0);
        match self.taken(id) {
            Some(giver) => giver.give(Ok(message)),
            // The host could not tell which request failed, so all did. An answer to one given up on is dropped.
            None if id == 0 => self.fail_all(&decode::<IgnoredAny>(message).err().unwrap_or(Trouble::HostGarbled)),
            None => {}
        }
    }

    fn end(&self, trouble: Trouble) {
        if self.ended.borrow().is_none() {
            *self.ended.borrow_mut() = Some(trouble.clone());
            self.ended_at.set(self.waiting.borrow().iter().map(|(id, _)| *id).min());
        }
        self.fail_all(&trouble);
    }

    fn fail_all(&self, trouble: &Trouble) {
        let waiting = std::mem::take(&mut *self.waiting.borrow_mut());
        for (_, giver) in waiting {
            giver.give(Err(trouble.clone()));
        }
    }
}

/// What an answer holds. The envelope is the protocol's: `{"id", "host", "ok" | "error"}`.
fn decode<T: DeserializeOwned>(message: JsValue) -> Result<T, Trouble> {
    let ok = value::property(&message, "ok");
    if !ok.is_undefined() && !ok.is_null() {
        return value::read(ok).ok_or(Trouble::HostGarbled);
    }
    let failure = value::read::<Failure>(value::property(&message, "error"));
    Err(failure.map_or(Trouble::HostGarbled, Trouble::of_failure))
}

/// A request as text. The types of the protocol always can be written.
fn text<C: Call>(id: u64, call: &C) -> String {
    encode_request(id, call).ok().and_then(|json| String::from_utf8(json).ok()).unwrap_or_default()
}

/// Whether the two sides share a message set.
fn understood(greeting: &Greeting) -> Result<(), Trouble> {
    if greeting.protocol < PROTOCOL_OLDEST {
        Err(Trouble::HostTooOld)
    } else if greeting.protocol_oldest > PROTOCOL {
        Err(Trouble::ExtensionTooOld)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_that_share_no_message_set_say_which_is_old() {
        let greeting = |oldest, newest| Greeting {
            protocol: newest,
            protocol_oldest: oldest,
            capabilities: Vec::new(),
            home: String::new(),
            notices: Vec::new(),
            troubles: Vec::new(),
        };
        assert_eq!(understood(&greeting(0, 0)), Err(Trouble::HostTooOld));
        assert_eq!(understood(&greeting(PROTOCOL + 1, PROTOCOL + 3)), Err(Trouble::ExtensionTooOld));
        assert_eq!(understood(&greeting(1, PROTOCOL + 3)), Ok(()));
    }
}
