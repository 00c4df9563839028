//! Lists all requests. Each has its own file, named like the request on the wire, with its types,
//! its reply, and an example of both. The list generates [`Request`], the re-exports, the host's
//! dispatch, PROTOCOL.md and the tests.

use std::fmt::Debug;

use serde::{Serialize, de::DeserializeOwned};

use crate::{Code, Failure, envelope};

/// A request. It knows its name on the wire, the type of its answer, and an example of both.
pub trait Call: Serialize + DeserializeOwned + Debug + Clone + PartialEq + Into<Request> {
    /// The name on the wire, which is the name of its file.
    const ASK: &'static str;
    /// The type of the answer.
    type Reply: Serialize + DeserializeOwned + Debug + Clone + PartialEq;

    /// A request and its answer, every field with a value, for PROTOCOL.md and for tests.
    fn example() -> (Self, Self::Reply);
}

/// Work that is repeated for each kind of request.
pub trait Visit {
    /// Does the work for one kind.
    fn visit<C: Call>(&mut self);
}

macro_rules! requests {
    ($($file:ident: $name:ident,)+) => { requests! { @with ($) $($file: $name,)+ } };
    // `$d` is a dollar sign, for the macros that this one defines.
    (@with ($d:tt) $($file:ident: $name:ident,)+) => {
        $(mod $file; pub use $file::*;)+

        /// Any request that this build knows.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Request {
            $(#[doc = concat!("[`struct@", stringify!($name), "`].")] $name($name),)+
        }

        $(impl From<$name> for Request {
            fn from(call: $name) -> Request {
                Request::$name(call)
            }
        })+

        impl Request {
            /// Visits every kind of request, in the order of the list.
            pub fn each(visitor: &mut impl Visit) {
                $(visitor.visit::<$name>();)+
            }

            /// Reads the request whose name is `ask`.
            pub(crate) fn decode(ask: &str, with: &str) -> Result<Request, Failure> {
                $(if ask == <$name as Call>::ASK { return read::<$name>(with); })+
                Err(unknown(ask))
            }
        }

        /// The requests' source files, from which PROTOCOL.md is made.
        #[cfg(any(test, feature = "document"))]
        pub(crate) const SOURCES: &[(&str, &str)] =
            &[$((stringify!($file), include_str!(concat!("requests/", stringify!($file), ".rs"))),)+];

        /// Declares the modules of the host's handlers, one for each request: `mod hello;` and so
        /// on.
        #[macro_export]
        macro_rules! handler_modules {
            () => { $(mod $file;)+ };
        }

        /// Does the same work for any kind of request: `with_request!(request, call =>
        /// answer(call))`.
        #[macro_export]
        macro_rules! with_request {
            ($d request:expr, $d call:ident => $d work:expr) => {
                match $d request { $($crate::Request::$name($d call) => $d work,)+ }
            };
        }
    };
}

requests! {
    hello: Hello,
    save_begin: SaveBegin,
    save_chunk: SaveChunk,
    save_commit: SaveCommit,
    save_cancel: SaveCancel,
    lookup: Lookup,
    search: Search,
    read: Read,
    remove: Remove,
    status: Status,
    related: Related,
    versions: Versions,
}

fn read<C: Call>(with: &str) -> Result<Request, Failure> {
    serde_json::from_str::<C>(with).map(Into::into).map_err(|error| envelope::unreadable(C::ASK, &error))
}

fn unknown(ask: &str) -> Failure {
    let message = format!("This program does not know the request “{}”; update the program.", envelope::bounded(ask));
    Failure::new(Code::UnknownRequest, message)
}
