//! Searches, and answers with as many hits as fit into one frame. Gives up when a newer search has
//! arrived. Files are compared after the answer (`comparison.rs`).

use cachette_cache::{Cache, Comparison};
use cachette_protocol::{Code, FRAME_BYTES_OUT, Failure, Found, HITS_MAX, Hit, Search};

use super::{Handle, Session};
use crate::{failure::failure, host::reply, moment};

/// How much of a frame the query and its correction may take, in bytes of JSON.
const QUERY_BYTES: usize = FRAME_BYTES_OUT / 4;

/// The room for everything around the hits: the envelope, the keys, the total.
const AROUND_BYTES: usize = 1024;

impl Handle for Search {
    fn handle(self, session: &mut Session) -> Result<Found, Failure> {
        let supersession = session.supersession();
        let superseded = || Failure::new(Code::Superseded, "A newer search replaced this one.");
        let cache = session.cache()?;
        supersession.begun(cache.interrupter());
        let result = if supersession.is_due() { Err(superseded()) } else { search(cache, self) };
        supersession.ended();
        session.restless = true;
        // Whatever error an interrupted search returns, the newer search is its cause.
        if result.is_err() && supersession.is_due() { Err(superseded()) } else { result }
    }
}

/// Answers a search.
///
/// # Errors
/// `too_large` for a query that no answer could repeat, otherwise an error of the cache.
fn search(cache: &mut Cache, asked: Search) -> Result<Found, Failure> {
    let echo = json_bytes(&asked.query);
    if echo > QUERY_BYTES {
        return Err(Failure::new(Code::TooLarge, "The search is too long to be answered; use fewer words."));
    }
    let found = cache.search(&asked.query, asked.limit.min(HITS_MAX), asked.offset);
    let found = found.map_err(|error| failure(&error))?;
    // If that cannot be found out, the answer counts as the last one.
    let comparing = cache.comparison().is_ok_and(|comparison| comparison != Comparison::NotDue);
    let corrected = found.corrected.filter(|text| json_bytes(text) <= QUERY_BYTES);
    let no_dates = found.no_dates;
    let around = echo + corrected.as_ref().map_or(0, json_bytes) + json_bytes(&no_dates);
    let hits = carried(found.hits, around);
    Ok(Found { query: asked.query, hits, total: found.total, corrected, comparing, no_dates })
}

/// Returns hits as a browser takes them: as many of the best as fit into one frame beside `around`
/// bytes.
pub fn carried(hits: Vec<cachette_cache::Hit>, around: usize) -> Vec<Hit> {
    let room = FRAME_BYTES_OUT.saturating_sub(AROUND_BYTES.saturating_add(around));
    fitting(hits.into_iter().map(one).collect(), room)
}

fn one(hit: cachette_cache::Hit) -> Hit {
    let captured_at = moment::written(hit.captured_at());
    Hit {
        hash_url: hit.page.hash_url,
        url: hit.page.url,
        title: reply::title(hit.page.title),
        snippet: hit.page.snippet,
        ranges: hit.page.ranges,
        captured_at,
        path: hit.path.to_string_lossy().into_owned(),
    }
}

/// Keeps the best hits whose JSON fits into `room` bytes together. A hit that does not fit alone is
/// skipped, because one monstrous address must not hide the others.
fn fitting(hits: Vec<Hit>, room: usize) -> Vec<Hit> {
    let mut left = room;
    let mut kept = Vec::with_capacity(hits.len());
    for hit in hits {
        let bytes = json_bytes(&hit).saturating_add(1);
        if bytes > room {
            continue;
        }
        let Some(rest) = left.checked_sub(bytes) else { break };
        left = rest;
        kept.push(hit);
    }
    kept
}

fn json_bytes(value: &impl serde::Serialize) -> usize {
    serde_json::to_vec(value).map_or(usize::MAX, |json| json.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hit(text: String, url: String) -> Hit {
        Hit {
            hash_url: "0".repeat(64),
            url,
            title: text.clone(),
            snippet: text,
            ranges: vec![(0, 1); 20],
            captured_at: "2026-11-22T18:24:05.123Z".into(),
            path: "/home/a/b".into(),
        }
    }

    #[test]
    fn a_hit_that_fits_in_no_frame_does_not_hide_the_others() {
        let hits = vec![hit("a".into(), "x".repeat(5_000)), hit("b".into(), "y".into())];
        let kept = fitting(hits, 2_000);
        assert_eq!(kept.iter().map(|hit| hit.title.as_str()).collect::<Vec<_>>(), ["b"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn the_answer_always_fits_and_keeps_the_order(
            texts in prop::collection::vec(("\\PC{0,50}|[\u{0}-\u{9f}]{0,50}", 0usize..800), 0..100),
            query in "[\u{0}-\u{ff}]{0,300}",
        ) {
            let hits: Vec<Hit> = texts.iter().map(|(text, times)| hit(text.repeat(*times), text.clone())).collect();
            let room = FRAME_BYTES_OUT - AROUND_BYTES - json_bytes(&query);
            let kept = fitting(hits.clone(), room);
            let mut order = hits.iter();
            prop_assert!(kept.iter().all(|hit| order.any(|other| other == hit)));
            let (total, no_dates) = (u64::MAX, Vec::new());
            let found = Found { query, hits: kept, total, corrected: None, comparing: false, no_dates };
            prop_assert!(reply::fitted(u64::MAX, Ok(found), |_| false).len() <= FRAME_BYTES_OUT);
        }
    }
}
