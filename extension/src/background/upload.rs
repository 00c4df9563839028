//! Sends a capture to the host: begin, pieces with a few on the way at once, commit. Only the answer to the commit
//! means saved. Knows no tab and no badge.

use std::collections::VecDeque;

use cachette_protocol::{ErrorCode, Part, PartSum, SaveChunk, SaveCommit, Saved};
use js_sys::JsString;

use crate::{
    capture::Capture,
    host::{Asked, Host},
    pieces::{PIECE_UNITS, pieces},
    talk::Step,
    trouble::Trouble,
};

/// How many pieces may be on their way: enough to hide the answer's journey, few enough to bound the memory.
const WINDOW: usize = 4;

/// Sends `capture` and waits until it is filed.
///
/// # Errors
/// What the host or the connection says. Nothing is lost by it: the same capture may be sent again.
pub async fn upload(host: &Host, capture: &Capture, progress: &mut dyn FnMut(Step)) -> Result<Saved, Trouble> {
    host.greet().await?;
    match attempt(host, capture, progress).await {
        // The host was exchanged for another in between: it knows nothing of the pieces that were sent before.
        Err(Trouble::Refused(failure)) if matches!(failure.code, ErrorCode::NoSuchSave | ErrorCode::Incomplete) => {
            attempt(host, capture, progress).await
        }
        result => result,
    }
}

async fn attempt(host: &Host, capture: &Capture, progress: &mut dyn FnMut(Step)) -> Result<Saved, Trouble> {
    let save = &capture.begin.save;
    let ranges = pieces(capture.html.length(), PIECE_UNITS, |at| (0xd800..0xdc00).contains(&unit(&capture.html, at)));
    let total = u32::try_from(ranges.len()).unwrap_or(u32::MAX);
    let started = host.ask(&capture.begin).await?;
    let have = started.have.iter().find(|sum| sum.part == Part::Html).map_or(0, |sum| sum.chunks);
    let mut on_the_way: VecDeque<Asked<SaveChunk>> = VecDeque::new();
    let mut sent = have.min(total);
    progress(Step::Sending(sent, total));
    for (seq, (start, end)) in (0..total).zip(ranges).skip(have as usize) {
        if on_the_way.len() >= WINDOW
            && let Some(oldest) = on_the_way.pop_front()
        {
            oldest.answer().await?;
            sent += 1;
            progress(Step::Sending(sent, total));
        }
        let chunk = SaveChunk { save: save.clone(), part: Part::Html, seq, data: String::new() };
        on_the_way.push_back(host.send_chunk(&chunk, &capture.html.slice(start, end)));
    }
    for asked in on_the_way {
        asked.answer().await?;
    }
    progress(Step::Filing);
    let parts = vec![PartSum { part: Part::Html, chunks: total }];
    host.ask(&SaveCommit { save: save.clone(), parts }).await
}

fn unit(text: &JsString, at: u32) -> u32 {
    // Never NaN: the index is inside the text.
    text.char_code_at(at) as u32
}
