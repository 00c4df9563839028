//! One example of each request and its reply, written by the same code that writes the messages.

use serde::Serialize;

use crate::envelope::{Answering, Asking};
use crate::*;

const SAVE: &str = "s-01JDAEXAMPLE";
const URL: &str = "https://example.org/a";
/// SHA-256 of [`URL`].
const HASH: &str = "b5b10dd0429e69ac7cfaf0a20b6901c1265c50b55d1751bcb684ed96ef7b300a";
const LIKE_URL: &str = "https://example.org/b";
/// SHA-256 of [`LIKE_URL`].
const LIKE_HASH: &str = "8cae5ebf23bb1733a4a4ca5814b10d2f2a9f6545f84da051ccdee832b44cd73d";
const TITLE: &str = "La difficile promesse de l’auto-hébergement";
const TIME: &str = "2026-11-22T18:24:05.123Z";
const HOME: &str = "/home/ada/.local/share/cachette";

/// A request and its reply as JSON, without their envelopes.
pub(crate) struct Example {
    /// The request's name.
    pub(crate) ask: &'static str,
    /// The request.
    pub(crate) request: String,
    /// The reply.
    pub(crate) reply: String,
}

/// One of each kind in its envelope.
pub(crate) struct Envelopes {
    /// A request.
    pub(crate) request: String,
    /// Its reply.
    pub(crate) reply: String,
    /// A reply that is an error.
    pub(crate) failure: String,
}

/// The envelopes.
pub(crate) fn envelopes() -> Envelopes {
    let lookup = Lookup { url: URL.into() };
    let nothing = LookedUp { page: None };
    let failure = Failure::new(ErrorCode::DiskFull, "The disk is full.");
    Envelopes {
        request: json(&Asking { id: 7, ask: Lookup::ASK, with: &lookup }),
        reply: json(&Answering { id: 7, host: "0.1.0", ok: Some(&nothing), error: None }),
        failure: json(&Answering::<LookedUp> { id: 7, host: "0.1.0", ok: None, error: Some(&failure) }),
    }
}

/// All examples, in the order of [`Request::ALL`].
pub(crate) fn all() -> Vec<Example> {
    let path = format!("{HOME}/pages/{HASH}/index.md");
    let sums = vec![PartSum { part: Part::Html, chunks: 1 }, PartSum { part: Part::Resources, chunks: 1 }];
    vec![
        example(
            &Hello { extension: "0.1.0".into(), protocol: PROTOCOL, protocol_oldest: PROTOCOL_OLDEST },
            &Greeting {
                protocol: PROTOCOL,
                protocol_oldest: PROTOCOL_OLDEST,
                capabilities: vec![
                    Capability::Save,
                    Capability::Search,
                    Capability::Read,
                    Capability::Remove,
                    Capability::Resources,
                    Capability::Related,
                ],
                home: HOME.into(),
                troubles: Vec::new(),
            },
        ),
        example(
            &SaveBegin {
                save: SAVE.into(),
                url: format!("{URL}?utm_source=x"),
                captured_at: TIME.into(),
                source: SaveSource::Page,
                title: Some(TITLE.into()),
                private: false,
                content_type: None,
                warnings: vec!["A frame of another site could not be read.".into()],
            },
            &SaveStarted { have: Vec::new() },
        ),
        example(
            &SaveChunk { save: SAVE.into(), part: Part::Html, seq: 0, data: "<!DOCTYPE html><html>…</html>".into() },
            &ChunkTaken { seq: 0 },
        ),
        example(
            &SaveCommit { save: SAVE.into(), parts: sums },
            &Saved {
                save: SAVE.into(),
                outcome: SaveOutcome::NewPage,
                hash_url: HASH.into(),
                url: URL.into(),
                title: TITLE.into(),
                path: path.clone(),
                captured_at: TIME.into(),
                warnings: Vec::new(),
                codes: Vec::new(),
            },
        ),
        example(&SaveCancel { save: SAVE.into() }, &SaveCancelled {}),
        example(
            &Lookup { url: URL.into() },
            &LookedUp {
                page: Some(SavedPage {
                    hash_url: HASH.into(),
                    url: URL.into(),
                    title: TITLE.into(),
                    path: path.clone(),
                    seen_at: None,
                    versions: vec![KnownVersion { captured_at: TIME.into() }],
                }),
            },
        ),
        example(
            &Search { query: "auto heberg".into(), limit: 20, offset: 0 },
            &Found {
                query: "auto heberg".into(),
                hits: vec![Hit {
                    hash_url: HASH.into(),
                    url: URL.into(),
                    title: TITLE.into(),
                    snippet: "…les promesses de l’auto-hébergement…".into(),
                    ranges: vec![(20, 24), (25, 36)],
                    captured_at: TIME.into(),
                    path: path.clone(),
                }],
                total: 1,
                corrected: None,
            },
        ),
        example(
            &Read { hash_url: HASH.into(), captured_at: None, offset: 0 },
            &ReadPart {
                url: URL.into(),
                title: TITLE.into(),
                captured_at: TIME.into(),
                path,
                markdown: "# La difficile promesse\n".into(),
                next: None,
                total: 24,
            },
        ),
        example(
            &Remove { hash_url: HASH.into(), captured_at: Some(TIME.into()) },
            &Removed { what: RemovedWhat::Version },
        ),
        example(
            &Status {},
            &StatusReport { home: HOME.into(), pages: 1200, versions: 1310, writable: true, troubles: Vec::new() },
        ),
        example(
            &Related { hash_url: HASH.into(), limit: 5 },
            &Alike {
                hits: vec![Hit {
                    hash_url: LIKE_HASH.into(),
                    url: LIKE_URL.into(),
                    title: "Self-hosting, ten years on".into(),
                    snippet: "What became of the promise: a server at home, …".into(),
                    ranges: Vec::new(),
                    captured_at: TIME.into(),
                    path: format!("{HOME}/pages/{LIKE_HASH}/index.md"),
                }],
            },
        ),
    ]
}

fn example<C: Call>(call: &C, reply: &C::Reply) -> Example {
    Example { ask: C::ASK, request: json(call), reply: json(reply) }
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}
