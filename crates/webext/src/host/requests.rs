//! Keeps the requests of one connection. It knows their ids, who waits for which answer, and which
//! request the connection's end blames. It sends nothing, and wakes nobody itself.

use cachette_protocol::Code;

use crate::{
    error::Error,
    oneshot::{self, Receiver, Sender},
};

/// The requests of a connection, whose answers are `A`.
pub struct Requests<A> {
    waiting: Vec<(u64, Sender<Result<A, Error>>)>,
    last_id: u64,
    ended: Option<Error>,
    /// The request that the host worked on when it ended. The host answers requests in their order.
    ended_at: Option<u64>,
}

impl<A> Default for Requests<A> {
    fn default() -> Requests<A> {
        Requests { waiting: Vec::new(), last_id: 0, ended: None, ended_at: None }
    }
}

impl<A> Requests<A> {
    /// Registers a new request: its id, and the receiver of its answer. Once the connection has
    /// ended, the answer is its end.
    pub fn add(&mut self) -> (u64, Receiver<Result<A, Error>>) {
        let (sender, answer) = oneshot::pair();
        self.last_id += 1;
        match self.ended.clone() {
            Some(ended) => sender.send(Err(ended)),
            None => self.waiting.push((self.last_id, sender)),
        }
        (self.last_id, answer)
    }

    /// Takes the sender that waits for the answer with this id.
    pub fn take(&mut self, id: u64) -> Option<Sender<Result<A, Error>>> {
        let at = self.waiting.iter().position(|(waiting, _)| *waiting == id)?;
        Some(self.waiting.swap_remove(at).1)
    }

    /// Takes all senders that wait.
    pub fn take_all(&mut self) -> Vec<Sender<Result<A, Error>>> {
        self.waiting.drain(..).map(|(_, sender)| sender).collect()
    }

    /// Records the connection's end, of which the first counts. Returns all who wait.
    pub fn end(&mut self, error: &Error) -> Vec<Sender<Result<A, Error>>> {
        if self.ended.is_none() {
            self.ended = Some(error.clone());
            // A port that this side closes is nobody's fault.
            let oldest = self.waiting.iter().map(|(id, _)| *id).min();
            self.ended_at = oldest.filter(|_| *error != Error::Interrupted);
        }
        self.take_all()
    }

    /// Whether the connection has not ended.
    pub fn is_open(&self) -> bool {
        self.ended.is_none()
    }

    /// Whether any request waits for its answer.
    pub fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Whether this request waits for its answer.
    pub fn waits_for(&self, id: u64) -> bool {
        self.waiting.iter().any(|(waiting, _)| *waiting == id)
    }

    /// Whether the host failed while it worked on the request that got this error.
    pub fn blames(&self, id: u64, error: &Error) -> bool {
        match error {
            Error::Refused(failure) => failure.code == Code::Internal,
            _ => self.ended_at == Some(id),
        }
    }
}

#[cfg(test)]
mod tests;
