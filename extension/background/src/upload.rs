//! Sends a capture to the host. It begins, sends pieces with a few on the way at once, and commits.
//! Only the answer to the commit means saved. It knows no tab and no badge.

mod plan;

use std::collections::VecDeque;

use cachette_protocol::{Capability, Code, Part, SaveChunk, SaveCommit, Saved};
use cachette_webext::{
    error::Error,
    host::{Host, PendingReply, Unanswered},
    messages::Step,
};
use js_sys::JsString;

use self::plan::Plan;
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
    let is_high = |text: &JsString, at| (0xd800..0xdc00).contains(&unit(text, at));
    let plan = Plan::of(
        texts.iter().map(|(part, text)| (part.clone(), pieces(text.length(), PIECE_UNITS, |at| is_high(text, at)))),
    );
    let started = host.send(&capture.begin).answer_of(host).await?;
    let mut on_the_way: VecDeque<PendingReply<SaveChunk>> = VecDeque::new();
    let mut sent = 0;
    for ((part, text), (_, ranges)) in texts.into_iter().zip(plan.parts()) {
        let have = plan.have(&part, &started.have);
        sent += have;
        progress(Step::Sending(sent, plan.total()));
        for (seq, (start, end)) in (0..).zip(ranges).skip(have as usize) {
            if on_the_way.len() >= WINDOW
                && let Some(oldest) = on_the_way.pop_front()
            {
                oldest.answer_of(host).await?;
                sent += 1;
                progress(Step::Sending(sent, plan.total()));
            }
            let chunk = SaveChunk { save: save.clone(), part: part.clone(), seq, data: String::new() };
            on_the_way.push_back(host.send_chunk(&chunk, &text.slice(*start, *end)));
        }
    }
    for asked in on_the_way {
        asked.answer_of(host).await?;
    }
    progress(Step::Filing);
    host.set_filing(true);
    let saved = host.send(&SaveCommit { save: save.clone(), parts: plan.sums() }).answer_of(host).await;
    host.set_filing(false);
    let saved = saved?;
    host.has_saved();
    Ok(saved)
}

fn unit(text: &JsString, at: u32) -> u32 {
    // This is never NaN, because the index is inside the text.
    text.char_code_at(at) as u32
}
