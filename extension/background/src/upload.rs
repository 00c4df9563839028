//! Sends a capture to the host. It begins, sends pieces with a few on the way at once, and commits.
//! Only the answer to the commit means saved. Knows no tab and no badge.

use std::collections::VecDeque;

use cachette_protocol::{Capability, Code, Part, PartSum, SaveChunk, SaveCommit, Saved};
use cachette_webext::{
    error::Error,
    host::{Host, PendingReply, Unanswered},
    messages::Step,
};
use js_sys::JsString;

use crate::{
    capture::Capture,
    pieces::{PIECE_UNITS, pieces},
};

/// How many pieces may be on their way. They are enough to hide the latency, and few enough to
/// bound the memory.
const WINDOW: usize = 4;

/// Sends `capture` and waits until it is filed.
///
/// # Errors
/// The host's or the connection's error. Nothing is lost: the same capture may be sent again.
pub async fn upload(host: &Host, capture: &Capture, progress: &mut dyn FnMut(Step)) -> Result<Saved, Unanswered> {
    host.greet().await?;
    match attempt(host, capture, progress).await {
        // Another host has taken over and knows nothing of the pieces sent before.
        Err(Unanswered { error: Error::Refused(failure), .. })
            if matches!(failure.code, Code::NoSuchSave | Code::Incomplete) =>
        {
            attempt(host, capture, progress).await
        }
        result => result,
    }
}

async fn attempt(host: &Host, capture: &Capture, progress: &mut dyn FnMut(Step)) -> Result<Saved, Unanswered> {
    let save = &capture.begin.save;
    let mut texts = vec![(Part::Html, &capture.html)];
    if capture.more.length() > 0 && host.can(Capability::Resources) {
        texts.push((Part::Resources, &capture.more));
    }
    let ranges: Vec<Vec<(u32, u32)>> = texts
        .iter()
        .map(|(_, text)| pieces(text.length(), PIECE_UNITS, |at| (0xd800..0xdc00).contains(&unit(text, at))))
        .collect();
    let count = |ranges: &Vec<(u32, u32)>| u32::try_from(ranges.len()).unwrap_or(u32::MAX);
    let total = ranges.iter().map(count).fold(0, u32::saturating_add);
    let started = host.send(&capture.begin).answer_of(host).await?;
    let mut on_the_way: VecDeque<PendingReply<SaveChunk>> = VecDeque::new();
    let mut sent = 0;
    let mut parts = Vec::new();
    for ((part, text), ranges) in texts.into_iter().zip(&ranges) {
        let have = started.have.iter().find(|sum| sum.part == part).map_or(0, |sum| sum.chunks).min(count(ranges));
        sent += have;
        progress(Step::Sending(sent, total));
        for (seq, (start, end)) in (0..).zip(ranges).skip(have as usize) {
            if on_the_way.len() >= WINDOW
                && let Some(oldest) = on_the_way.pop_front()
            {
                oldest.answer_of(host).await?;
                sent += 1;
                progress(Step::Sending(sent, total));
            }
            let chunk = SaveChunk { save: save.clone(), part: part.clone(), seq, data: String::new() };
            on_the_way.push_back(host.send_chunk(&chunk, &text.slice(*start, *end)));
        }
        parts.push(PartSum { part, chunks: count(ranges) });
    }
    for asked in on_the_way {
        asked.answer_of(host).await?;
    }
    progress(Step::Filing);
    host.set_filing(true);
    let saved = host.send(&SaveCommit { save: save.clone(), parts }).answer_of(host).await;
    host.set_filing(false);
    let saved = saved?;
    host.has_saved();
    Ok(saved)
}

fn unit(text: &JsString, at: u32) -> u32 {
    // This is never NaN, because the index is inside the text.
    text.char_code_at(at) as u32
}
