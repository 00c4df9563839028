//! Answers a message: a frame's body in, a reply's body out. The work of each request is in its
//! handler (`requests/`); no pipes are touched here (`serving.rs`).

use cachette_protocol::{Code, Failure, decode_request, with_request};

use super::{reply, requests::Handle, session::Session};
use crate::guard::guarded;

/// Answers any message, whatever its bytes. A panic during this becomes the code `internal` and a
/// line in the log.
pub fn answer(session: &mut Session, message: &[u8]) -> Vec<u8> {
    let (id, request) = decode_request(message);
    let request = match request {
        Ok(request) => request,
        Err(failure) => {
            session.log_failure("message", &failure);
            return reply::failed(id, failure);
        }
    };
    shielded(session, id, |session| with_request!(request, call => handled(session, id, call)))
}

fn shielded(session: &mut Session, id: u64, work: impl FnOnce(&mut Session) -> Vec<u8>) -> Vec<u8> {
    guarded(|| work(session)).unwrap_or_else(|panicked| {
        session.lazy_cache.close();
        let message = format!("{panicked}; its log says where. Nothing that was saved is lost.");
        reply::failed(id, Failure::new(Code::Internal, message))
    })
}

fn handled<H: Handle>(session: &mut Session, id: u64, call: H) -> Vec<u8> {
    let result = call.handle(session);
    if let Err(failure) = &result {
        session.log_failure(H::ASK, failure);
    }
    reply::fitted(id, result, H::shorten)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::{lazy_cache::LazyCache, log::Log};

    #[test]
    fn a_panic_is_answered_and_the_next_request_too() {
        let mut session = Session::new(LazyCache::new(Some("/nowhere".into())), Log::new(None));
        let reply = shielded(&mut session, 7, |_| panic!("a bug"));
        let reply: serde_json::Value = serde_json::from_slice(&reply).unwrap();
        assert_eq!((&reply["id"], &reply["error"]["code"]), (&7.into(), &"internal".into()));
        let hello = br#"{"id":8,"ask":"hello","with":{"extension":"1","protocol":1}}"#;
        let reply: serde_json::Value = serde_json::from_slice(&answer(&mut session, hello)).unwrap();
        assert_eq!((&reply["id"], &reply["ok"]["protocol"]), (&8.into(), &1.into()));
    }
}
