//! Writes requests and reads answers in the form of the port, and checks greetings. It sends
//! nothing.

use cachette_protocol::{Call, Failure, Greeting, PROTOCOL, PROTOCOL_OLDEST};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::JsValue;

use crate::{
    error::Error,
    json,
    value::{Tree, read_tree},
};

/// Reads an answer. The envelope is the protocol's: `{"id", "host", "ok" | "error"}`.
pub fn decode<T: DeserializeOwned>(message: JsValue) -> Result<T, Error> {
    decode_tree(&message)
}

fn decode_tree<T: DeserializeOwned>(message: &impl Tree) -> Result<T, Error> {
    let ok = message.property("ok");
    if !ok.is_nothing() {
        return read_tree(ok).ok_or(Error::HostGarbled);
    }
    let failure = read_tree::<Failure>(message.property("error"));
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
    use cachette_protocol::{Code, Request, Visit};

    use super::*;
    use crate::value::tests::tree;

    fn greeting(oldest: u32, newest: u32) -> Greeting {
        Greeting {
            protocol: newest,
            protocol_oldest: oldest,
            capabilities: Vec::new(),
            home: String::new(),
            notices: Vec::new(),
            troubles: Vec::new(),
        }
    }

    #[test]
    fn sides_that_share_no_message_set_say_which_is_old() {
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

    #[test]
    fn every_release_that_shares_a_message_set_is_understood() {
        for (oldest, newest) in
            (0..PROTOCOL + 3).flat_map(|oldest| (oldest..PROTOCOL + 3).map(move |new| (oldest, new)))
        {
            let shares = (PROTOCOL_OLDEST..=PROTOCOL).any(|own| (oldest..=newest).contains(&own));
            assert_eq!(understood(&greeting(oldest, newest)).is_ok(), shares, "{oldest} to {newest}");
        }
    }

    fn answer<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
        decode_tree(&tree(text).unwrap())
    }

    #[test]
    fn an_answer_is_what_was_asked_for_or_a_failure() {
        let refused = |code| Err(Error::Refused(Failure::new(code, "")));
        for (text, expected) in [
            (r#"{"id":1,"host":"1","ok":7}"#, Ok(7)),
            (r#"{"id":1,"ok":7,"error":{"code":"busy"}}"#, Ok(7)),
            (r#"{"id":1,"ok":null,"error":{"code":"busy"}}"#, refused(Code::Busy)),
            (r#"{"id":1,"error":{"code":"busy"}}"#, refused(Code::Busy)),
            (r#"{"error":{"code":"of_a_newer_host"}}"#, refused(Code::Other)),
            (r#"{"error":{"code":"unknown_request"}}"#, Err(Error::HostTooOld)),
            (r#"{"error":{"code":"wrong_origin"}}"#, Err(Error::HostForbidden)),
        ] {
            assert_eq!(answer::<u32>(text), expected, "{text}");
        }
    }

    #[test]
    fn a_message_that_is_no_answer_is_garbled_and_nothing_else() {
        for text in [
            "{}",
            r#"{"id":1}"#,
            r#"{"ok":"7"}"#,
            r#"{"ok":{}}"#,
            r#"{"ok":false}"#,
            r#"{"error":null}"#,
            r#"{"error":"busy"}"#,
            r#"{"error":{}}"#,
            r#"{"error":{"code":7}}"#,
            "[]",
            "null",
            "\"ok\"",
        ] {
            assert_eq!(answer::<u32>(text), Err(Error::HostGarbled), "{text}");
        }
    }

    #[test]
    fn every_request_is_written_as_the_protocol_writes_it() {
        struct Each;
        impl Visit for Each {
            fn visit<C: Call>(&mut self) {
                let (call, _) = C::example();
                let ours: serde_json::Value = serde_json::from_str(&text(7, &call)).unwrap();
                let theirs = cachette_protocol::encode_request(7, &call).unwrap();
                assert_eq!(ours, serde_json::from_slice::<serde_json::Value>(&theirs).unwrap(), "{}", C::ASK);
            }
        }
        Request::each(&mut Each);
    }
}
