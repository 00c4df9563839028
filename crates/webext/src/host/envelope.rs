//! The form of requests and answers on the port, and the greeting's rule. Sends nothing.

use cachette_protocol::{Call, Failure, Greeting, PROTOCOL, PROTOCOL_OLDEST, encode_request};
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

use crate::{error::Error, value};

/// Reads an answer. The envelope is the protocol's: `{"id", "host", "ok" | "error"}`.
pub fn decode<T: DeserializeOwned>(message: JsValue) -> Result<T, Error> {
    let ok = value::property(&message, "ok");
    if !ok.is_undefined() && !ok.is_null() {
        return value::read(ok).ok_or(Error::HostGarbled);
    }
    let failure = value::read::<Failure>(value::property(&message, "error"));
    Err(failure.map_or(Error::HostGarbled, Error::of_failure))
}

/// Writes a request. The types of the protocol always can be written.
pub fn text<C: Call>(id: u64, call: &C) -> String {
    encode_request(id, call).ok().and_then(|json| String::from_utf8(json).ok()).unwrap_or_default()
}

/// Checks that the two sides share a message set.
///
/// # Errors
/// [`Error::HostTooOld`] or [`Error::ExtensionTooOld`] where they do not.
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
            troubles: Vec::new(),
        };
        assert_eq!(understood(&greeting(0, 0)), Err(Error::HostTooOld));
        assert_eq!(understood(&greeting(PROTOCOL + 1, PROTOCOL + 3)), Err(Error::ExtensionTooOld));
        assert_eq!(understood(&greeting(1, PROTOCOL + 3)), Ok(()));
    }
}
