//! Renders PROTOCOL.md from the types: their doc comments, their JSON form, the constants and the
//! codes. It is not part of any message; only tests and tools build it. More than 300 lines: the
//! prose of the document is here.

pub(crate) mod source;

use std::fmt::Write;

use serde::Serialize;

use crate::document::source::Type;
use crate::envelope::{Answering, Asking};
use crate::{
    CHUNK_BYTES, Call, Code, FRAME_BYTES_IN, FRAME_BYTES_OUT, Failure, HITS_MAX, HOST_NAME, LookedUp, Lookup, PROTOCOL,
    PROTOCOL_OLDEST, Params, READ_BYTES, Request, Visit, sample,
};

/// The text of PROTOCOL.md.
pub fn document() -> String {
    let mut page = String::new();
    // Writing into a String cannot fail.
    let _ = write(&mut page);
    page
}

fn write(page: &mut String) -> std::fmt::Result {
    introduction(page)?;
    limits(page)?;
    envelope(page)?;
    requests(page)?;
    codes(page)?;
    compatibility(page)
}

fn introduction(page: &mut String) -> std::fmt::Result {
    writeln!(page, "# The protocol between extension and host\n")?;
    writeln!(
        page,
        "Generated from the types of `crates/protocol`. A test compares the two; `CACHETTE_BLESS=1`\n\
         rewrites this file.\n\
         \n\
         The browser starts the host `{HOST_NAME}` over native messaging. Both sides send JSON\n\
         messages, each in a frame of its own: the length of the message in bytes, as a 32-bit integer in\n\
         the machine's byte order, then the message as UTF-8. The host answers each request once. The\n\
         extension may send a request before the former one is answered. Between connections the host keeps\n\
         no state but the files. A save that has begun ends with its connection. When its input ends, the\n\
         host gives up a conversion that is running, finishes the files that it is writing, and exits.\n\
         \n\
         The host answers requests in their order. If a connection ends, or an answer takes more than\n\
         two minutes, the oldest open request has failed; the error `internal` is a failure of the request\n\
         that it answers. After a first failure the extension sends a save over a connection of its own.\n\
         After a second one it sets the save aside: the save is kept and shown, and sent again only when\n\
         a person asks for that. While the host files a page, other requests go over another connection.\n"
    )
}

fn limits(page: &mut String) -> std::fmt::Result {
    writeln!(page, "## Limits\n\n| limit | bytes | |\n|---|---:|---|")?;
    let rows = [
        (
            "a chunk's text (`CHUNK_BYTES`)",
            CHUNK_BYTES,
            "before JSON escaping; larger messages slow Firefox down more than linearly",
        ),
        (
            "a frame to the host (`FRAME_BYTES_IN`)",
            FRAME_BYTES_IN,
            "the host refuses a longer one with `too_large` before it allocates anything",
        ),
        (
            "a frame to the browser (`FRAME_BYTES_OUT`)",
            FRAME_BYTES_OUT,
            "the browsers' own limit: a longer one ends the connection",
        ),
        ("a part's Markdown (`READ_BYTES`)", READ_BYTES, "before JSON escaping"),
    ];
    for (what, bytes, why) in rows {
        writeln!(page, "| {what} | {bytes} | {why} |")?;
    }
    writeln!(
        page,
        "\nAnswers to `search` and `related` have at most {HITS_MAX} hits (`HITS_MAX`). Times are RFC 3339 in UTC\n\
         with milliseconds. All texts are Unicode: a message that escapes half a surrogate pair is\n\
         unreadable.\n"
    )
}

fn envelope(page: &mut String) -> std::fmt::Result {
    let (lookup, nothing) = (Lookup { url: sample::URL.into() }, LookedUp { page: None });
    let params = Params { path: Some(sample::path(sample::HASH)), os_error: Some(28), ..Params::default() };
    let failure = Failure::new(Code::DiskFull, "The disk is full.").with(params);
    writeln!(page, "## The envelope\n")?;
    writeln!(
        page,
        "A request has an `id` that the extension chooses (an integer from 1), the name of the request, and\n\
         the request itself:\n"
    )?;
    json(page, &pretty(&Asking { id: 7, ask: Lookup::ASK, with: &lookup }))?;
    writeln!(page, "Its reply has the same `id`, the host's version, and either the answer or an error:\n")?;
    json(page, &pretty(&Answering { id: 7, host: "0.1.0", ok: Some(&nothing), error: None }))?;
    json(page, &pretty(&Answering::<LookedUp> { id: 7, host: "0.1.0", ok: None, error: Some(&failure) }))?;
    writeln!(
        page,
        "The reply to a message whose `id` could not be read has the `id` 0. A *notice* informs a person\n\
         and has the same form as an error: `code` is for programs, `params` are the values for a sentence\n\
         in the reader's own language, and `message` is one English sentence for readers that have none for\n\
         the code.\n"
    )?;
    let types = source::types();
    describe(page, &types, "Failure")?;
    describe(page, &types, "Notice")?;
    describe(page, &types, "Params")?;
    writeln!(
        page,
        "Older peers send and read sentences only: `troubles`, and `warnings` with `codes`. These fields\n\
         stay, with the sentences of `notices`. If a message has only these fields, each sentence is read\n\
         as a notice with the code `other`.\n"
    )
}

fn requests(page: &mut String) -> std::fmt::Result {
    let types = source::types();
    let listed = listed();
    writeln!(page, "## Requests\n\n| `ask` | | reply |\n|---|---|---|")?;
    for Listed { ask, request, reply, .. } in &listed {
        let doc = types.iter().find(|each| each.name == *request).map_or("", |each| each.doc.as_str());
        let sentence = doc.split_once(". ").map_or(doc.trim_end_matches('.'), |(first, _)| first);
        writeln!(page, "| [`{ask}`](#{ask}) | {sentence}. | {reply} |")?;
    }
    writeln!(page)?;
    let mut described: Vec<String> = Vec::new();
    for Listed { ask, request, reply, example, answer } in &listed {
        writeln!(page, "### `{ask}`\n")?;
        for (name, text) in [(request, example), (reply, answer)] {
            describe(page, &types, name)?;
            json(page, text)?;
        }
        for part in parts(&types, &[request, reply]) {
            if !described.contains(&part) {
                describe(page, &types, &part)?;
                described.push(part);
            }
        }
    }
    Ok(())
}

/// A request with its reply, as PROTOCOL.md shows them.
struct Listed {
    ask: &'static str,
    /// The names of the two types.
    request: &'static str,
    reply: &'static str,
    /// Their examples, as JSON.
    example: String,
    answer: String,
}

/// Every request, in the order of the list.
fn listed() -> Vec<Listed> {
    struct List(Vec<Listed>);
    impl Visit for List {
        fn visit<C: Call>(&mut self) {
            let (call, reply) = C::example();
            let (request, answer) = (name_of::<C>(), name_of::<C::Reply>());
            self.0.push(Listed { ask: C::ASK, request, reply: answer, example: pretty(&call), answer: pretty(&reply) });
        }
    }
    let mut list = List(Vec::new());
    Request::each(&mut list);
    list.0
}

/// A type's name without its modules.
fn name_of<T>() -> &'static str {
    std::any::type_name::<T>().rsplit("::").next().unwrap_or_default()
}

fn pretty(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// Returns the types of these types' members, their members' types, and so on.
fn parts(types: &[Type], names: &[&str]) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut open: Vec<&str> = names.to_vec();
    while let Some(name) = open.pop() {
        let Some(found) = types.iter().find(|each| each.name == name) else { continue };
        for member in &found.members {
            for inner in types.iter().filter(|each| {
                member.mentions(&each.name) && !["SaveId", "Notice", "Params", "Failure"].contains(&each.name.as_str())
            }) {
                if !parts.contains(&inner.name) {
                    parts.push(inner.name.clone());
                    open.push(&inner.name);
                }
            }
        }
    }
    parts
}

fn describe(page: &mut String, types: &[Type], name: &str) -> std::fmt::Result {
    let Some(found) = types.iter().find(|each| each.name == name) else { return Ok(()) };
    writeln!(page, "{}\n", wrapped(&format!("**{name}**: {}", found.doc)))?;
    if found.members.is_empty() {
        return Ok(());
    }
    if found.is_enum {
        writeln!(page, "| value | |\n|---|---|")?;
        for member in &found.members {
            writeln!(page, "| `\"{}\"` | {} |", member.name, member.doc)?;
        }
    } else {
        writeln!(page, "| field | type | |\n|---|---|---|")?;
        for member in &found.members {
            writeln!(page, "| `{}` | {} | {} |", member.name, member.json_type(), member.doc)?;
        }
    }
    writeln!(page)
}

/// Breaks a paragraph into lines of at most 100 columns.
fn wrapped(text: &str) -> String {
    let mut lines = String::new();
    let mut columns = 0;
    for word in text.split(' ') {
        let width = word.chars().count();
        if columns > 0 && columns + 1 + width > 100 {
            lines.push('\n');
            columns = 0;
        } else if columns > 0 {
            lines.push(' ');
            columns += 1;
        }
        lines.push_str(word);
        columns += width;
    }
    lines
}

fn codes(page: &mut String) -> std::fmt::Result {
    writeln!(
        page,
        "\n## Codes\n\nOne list serves failures and notices. Codes are append-only: none is renamed, removed or given\n\
         another meaning. A reader takes a code that it does not know as `other`. Each code names its\n\
         parameters; each of these may be absent.\n"
    )?;
    writeln!(page, "| code | |\n|---|---|")?;
    for code in Code::ALL {
        writeln!(page, "| `{}` | {} |", code.as_str(), source::plain(code.meaning()))?;
    }
    writeln!(page)
}

fn compatibility(page: &mut String) -> std::fmt::Result {
    writeln!(page, "## Versions\n")?;
    writeln!(
        page,
        "This is message set {PROTOCOL}; this build understands sets from {PROTOCOL_OLDEST} on. In `hello` each side \
         names the sets\n\
         that it understands. A side that shares none with the other says which of the two must be updated.\n\
         \n\
         - A reader ignores fields that it does not know. Fields marked “may be absent” may be absent.\n\
         - The host answers a request that it does not know with `unknown_request`. `capabilities` list in\n\
         \x20\x20advance what a host can do; the extension ignores those that it does not know.\n\
         - New requests, new fields that may be absent, new capabilities and new codes do not change the\n\
         \x20\x20number. It changes only when an old peer would misread a message."
    )
}

fn json(page: &mut String, text: &str) -> std::fmt::Result {
    writeln!(page, "```json\n{text}\n```\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `CACHETTE_BLESS=1 cargo test -p cachette-protocol` rewrites the file.
    #[test]
    fn protocol_md_is_what_the_types_say() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../PROTOCOL.md");
        let now = document();
        if std::env::var_os("CACHETTE_BLESS").is_some() {
            std::fs::write(path, &now).unwrap();
        }
        let filed = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
        assert!(filed == now, "PROTOCOL.md is stale: run the tests with CACHETTE_BLESS=1 and look at what changed");
    }

    #[test]
    fn every_request_and_every_reply_is_described() {
        let types = source::types();
        for Listed { request, reply, .. } in listed() {
            for name in [request, reply] {
                let found = types.iter().find(|each| each.name == name);
                assert!(found.is_some_and(|found| !found.doc.is_empty()), "{name}");
            }
        }
    }

    #[test]
    fn every_field_of_an_example_is_described() {
        let page = document();
        for text in listed().into_iter().flat_map(|listed| [listed.example, listed.answer]) {
            let lines = text.lines().filter_map(|line| line.trim_start().strip_prefix('"'));
            for field in lines.filter_map(|line| line.split_once("\":")).map(|(field, _)| field) {
                assert!(page.contains(&format!("| `{field}` |")), "{field}");
            }
        }
    }
}
