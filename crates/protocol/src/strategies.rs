//! Any message of each kind, for the property tests. By hand: a field added without a strategy does not compile.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use crate::*;

/// Any text: empty, hostile, long.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![4 => any::<String>(), 1 => "[\u{0}-\u{7f}]{0,200}", 1 => Just("\"\n---\nevil: true\u{2028}".to_owned())]
}

/// A request of each kind.
pub(crate) fn hello() -> impl Strategy<Value = Hello> {
    (text(), any::<u32>(), any::<u32>()).prop_map(|(extension, protocol, protocol_oldest)| Hello {
        extension,
        protocol,
        protocol_oldest,
    })
}

pub(crate) fn save_begin() -> impl Strategy<Value = SaveBegin> {
    let source = prop_oneof![Just(SaveSource::Page), Just(SaveSource::Link)];
    let rest = (option::of(text()), any::<bool>(), option::of(text()), vec(text(), 0..4));
    (text(), text(), text(), source, rest).prop_map(|(save, url, captured_at, source, rest)| {
        let (title, private, content_type, warnings) = rest;
        SaveBegin { save, url, captured_at, source, title, private, content_type, warnings }
    })
}

pub(crate) fn save_chunk() -> impl Strategy<Value = SaveChunk> {
    (text(), part(), any::<u32>(), text()).prop_map(|(save, part, seq, data)| SaveChunk { save, part, seq, data })
}

pub(crate) fn save_commit() -> impl Strategy<Value = SaveCommit> {
    (text(), part_sums()).prop_map(|(save, parts)| SaveCommit { save, parts })
}

pub(crate) fn save_cancel() -> impl Strategy<Value = SaveCancel> {
    text().prop_map(|save| SaveCancel { save })
}

pub(crate) fn lookup() -> impl Strategy<Value = Lookup> {
    text().prop_map(|url| Lookup { url })
}

pub(crate) fn search() -> impl Strategy<Value = Search> {
    (text(), any::<u32>(), any::<u32>()).prop_map(|(query, limit, offset)| Search { query, limit, offset })
}

pub(crate) fn read() -> impl Strategy<Value = Read> {
    (text(), option::of(text()), any::<u64>()).prop_map(|(hash_url, captured_at, offset)| Read {
        hash_url,
        captured_at,
        offset,
    })
}

pub(crate) fn remove() -> impl Strategy<Value = Remove> {
    (text(), option::of(text())).prop_map(|(hash_url, captured_at)| Remove { hash_url, captured_at })
}

pub(crate) fn status() -> impl Strategy<Value = Status> {
    Just(Status {})
}

pub(crate) fn related() -> impl Strategy<Value = Related> {
    (text(), any::<u32>()).prop_map(|(hash_url, limit)| Related { hash_url, limit })
}

/// A reply of each kind.
pub(crate) fn greeting() -> impl Strategy<Value = Greeting> {
    use Capability::{Read, Related, Remove, Resources, Save, Search, Unknown};
    let capabilities = vec(prop::sample::select(vec![Save, Search, Read, Remove, Resources, Related, Unknown]), 0..7);
    (any::<u32>(), any::<u32>(), capabilities, text(), vec(text(), 0..3)).prop_map(
        |(protocol, protocol_oldest, capabilities, home, troubles)| Greeting {
            protocol,
            protocol_oldest,
            capabilities,
            home,
            troubles,
        },
    )
}

pub(crate) fn save_started() -> impl Strategy<Value = SaveStarted> {
    part_sums().prop_map(|have| SaveStarted { have })
}

fn part_sums() -> impl Strategy<Value = Vec<PartSum>> {
    vec((part(), any::<u32>()).prop_map(|(part, chunks)| PartSum { part, chunks }), 0..3)
}

fn part() -> impl Strategy<Value = Part> {
    prop_oneof![Just(Part::Html), Just(Part::Resources)]
}

pub(crate) fn chunk_taken() -> impl Strategy<Value = ChunkTaken> {
    any::<u32>().prop_map(|seq| ChunkTaken { seq })
}

pub(crate) fn saved() -> impl Strategy<Value = Saved> {
    use SaveOutcome::{NewPage, NewVersion, Unchanged};
    let outcome = prop_oneof![Just(NewPage), Just(NewVersion), Just(Unchanged)];
    let codes = vec(Just(WarningCode::ClockBehind), 0..2);
    (text(), outcome, [text(), text(), text(), text(), text()], vec(text(), 0..4), codes).prop_map(
        |(save, outcome, [hash_url, url, title, path, captured_at], warnings, codes)| Saved {
            save,
            outcome,
            hash_url,
            url,
            title,
            path,
            captured_at,
            warnings,
            codes,
        },
    )
}

pub(crate) fn save_cancelled() -> impl Strategy<Value = SaveCancelled> {
    Just(SaveCancelled {})
}

pub(crate) fn looked_up() -> impl Strategy<Value = LookedUp> {
    let version = text().prop_map(|captured_at| KnownVersion { captured_at });
    let page = ([text(), text(), text(), text()], option::of(text()), vec(version, 0..4)).prop_map(
        |([hash_url, url, title, path], seen_at, versions)| SavedPage { hash_url, url, title, path, seen_at, versions },
    );
    option::of(page).prop_map(|page| LookedUp { page })
}

pub(crate) fn found() -> impl Strategy<Value = Found> {
    (text(), vec(hit(), 0..4), any::<u64>(), option::of(text())).prop_map(|(query, hits, total, corrected)| Found {
        query,
        hits,
        total,
        corrected,
    })
}

pub(crate) fn alike() -> impl Strategy<Value = Alike> {
    vec(hit(), 0..4).prop_map(|hits| Alike { hits })
}

fn hit() -> impl Strategy<Value = Hit> {
    ([text(), text(), text(), text(), text(), text()], vec(any::<(u32, u32)>(), 0..4)).prop_map(
        |([hash_url, url, title, snippet, captured_at, path], ranges)| Hit {
            hash_url,
            url,
            title,
            snippet,
            ranges,
            captured_at,
            path,
        },
    )
}

pub(crate) fn read_part() -> impl Strategy<Value = ReadPart> {
    ([text(), text(), text(), text(), text()], option::of(any::<u64>()), any::<u64>()).prop_map(
        |([url, title, captured_at, path, markdown], next, total)| ReadPart {
            url,
            title,
            captured_at,
            path,
            markdown,
            next,
            total,
        },
    )
}

pub(crate) fn removed() -> impl Strategy<Value = Removed> {
    prop_oneof![Just(RemovedWhat::Page), Just(RemovedWhat::Version)].prop_map(|what| Removed { what })
}

pub(crate) fn status_report() -> impl Strategy<Value = StatusReport> {
    (text(), any::<u64>(), any::<u64>(), any::<bool>(), vec(text(), 0..4)).prop_map(
        |(home, pages, versions, writable, troubles)| StatusReport { home, pages, versions, writable, troubles },
    )
}

/// A failure of any kind.
pub(crate) fn failure() -> impl Strategy<Value = Failure> {
    (prop::sample::select(ErrorCode::ALL), text()).prop_map(|(code, message)| Failure { code, message })
}
