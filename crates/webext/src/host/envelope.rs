//! The form of requests and answers on the port, and the rule for greetings. This file sends
//! nothing.

use cachette_protocol::{Call, Failure, Greeting, PROTOCOL, PROTOCOL_OLDEST};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::JsValue;

use crate::{error::Error, json, value};

/// Reads an answer. The envelope is the protocol's: `{"id", "host", "ok" | "error"}`.
pub fn decode<T: DeserializeOwned>(message: JsValue) -> Result<T, Error> {
    let ok = value::property(&message, "ok");
    if !ok.is_undefined() && !ok.is_null() {
        return value::read(ok).ok_or(Error::HostGarbled);
    }
    let failure = value::read::<Failure>(value::property(&message, "error"));
    Err(failure.map_or(Error::HostGarbled, Error::of_failure))
}

/// Writes a request: `{"id", "ask", "with"}`.
pub fn text<C: Call>(id: u64, call: &C) -> String {
    #[derive(Serialize)]
    struct Request<'a, C> {
        id: u64,
        ask: &'a str,
        with: &'a C,
    }
    json::write(&Request { id, ask: C::ASK, with: call })
}

/// Checks that the two sides share a message set.
///
/// # Errors
/// [`Error::HostTooOld`] or [`Error::ExtensionTooOld`] if they do not.
pub fn understood(greeting: &Greeting) -> Result<(), Error> {
    if greeting.protocol < PROTOCOL_OLDEST {
        Err(Error::HostTooOld)
    } else if greeting.protocol_oldest > PROTOCOL {
        Err(Error::ExtensionTooOld)
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
        assert_eq!(understood(&greeting(0, 0)), Err(Error::HostTooOld));
        assert_eq!(understood(&greeting(PROTOCOL + 1, PROTOCOL + 3)), Err(Error::ExtensionTooOld));
        assert_eq!(understood(&greeting(1, PROTOCOL + 3)), Ok(()));
    }

    #[test]
    fn a_request_is_written_as_the_protocol_writes_it() {
        let call = cachette_protocol::Lookup { url: "https://a.org/“x”\n".into() };
        let ours: serde_json::Value = serde_json::from_str(&text(7, &call)).unwrap();
        let theirs: serde_json::Value =
            serde_json::from_slice(&cachette_protocol::encode_request(7, &call).unwrap()).unwrap();
        assert_eq!(ours, theirs);
    }
}
