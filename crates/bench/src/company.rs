//! Measures two hosts that search, alone and while a third one saves a thousand pages. It shows how
//! long the slowest searches take, and whether any is refused.

use std::{
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use cachette_browser::home::{CHROMIUM_ID, Home};
use cachette_protocol::Search;
use cachette_shell::{Done, TaskError, other, print};
use cachette_tests::{host_client::HostClient, pipes::page_save};

/// How many pages the third host saves.
const SAVED: usize = 1000;

/// How often each of two hosts searches alone.
const ALONE: usize = 1000;

/// Measures and prints.
///
/// # Errors
/// A host cannot be started or breaks off.
pub fn measure(host: &Path, home: &Home, queries: &[String]) -> Done {
    let start = || HostClient::start_with(host, &[&format!("chrome-extension://{CHROMIUM_ID}/")], home).map_err(other);
    let mut pair = [start()?, start()?];
    let alone = both(&mut pair, queries, |searches| searches < ALONE)?;
    let mut saver = start()?;
    let saving = AtomicBool::new(true);
    let (saved, beside) = std::thread::scope(|scope| {
        let saver = scope.spawn(|| {
            let saved = save(&mut saver);
            saving.store(false, Ordering::SeqCst);
            saved
        });
        let beside = both(&mut pair, queries, |_| saving.load(Ordering::SeqCst));
        (saver.join(), beside)
    });
    let saved = saved.unwrap_or_else(|_| Err(TaskError::Other("the saving host ended early".to_owned())))?;
    let beside = beside?;
    let (before, meanwhile) = (alone.at(99), beside.at(99));
    print(&format!(
        "  two hosts searching: median {:.2} ms, p99 {:.2} ms; while a third saves {SAVED} pages in {:.1} s: \
         median {:.2} ms, p99 {:.2} ms of {} searches",
        milliseconds(alone.at(50)),
        milliseconds(before),
        saved.as_secs_f64(),
        milliseconds(beside.at(50)),
        milliseconds(meanwhile),
        beside.times.len(),
    ));
    print(&format!(
        "  p99 {:.2}× that of searching alone   goal ≤ 3; refused searches: {}   goal 0",
        meanwhile.as_secs_f64() / before.as_secs_f64().max(f64::MIN_POSITIVE),
        alone.refused + beside.refused
    ));
    Ok(())
}

/// Searches of several hosts.
#[derive(Default)]
struct Searches {
    /// The times, in ascending order.
    times: Vec<Duration>,
    /// How many were answered with an error.
    refused: usize,
}

impl Searches {
    fn at(&self, percent: usize) -> Duration {
        self.times.get(self.times.len() * percent / 100).or(self.times.last()).copied().unwrap_or_default()
    }
}

/// Searches with both hosts at once, as long as `goes_on` says so.
fn both(hosts: &mut [HostClient], queries: &[String], goes_on: impl Fn(usize) -> bool + Sync) -> Done<Searches> {
    let answers: Vec<Done<Searches>> = std::thread::scope(|scope| {
        let goes_on = &goes_on;
        let started: Vec<_> =
            hosts.iter_mut().map(|host| scope.spawn(move || searches(host, queries, goes_on))).collect();
        let broken = || Err(TaskError::Other("a searching host ended early".to_owned()));
        started.into_iter().map(|one| one.join().unwrap_or_else(|_| broken())).collect()
    });
    let mut all = Searches::default();
    for answer in answers {
        let answer = answer?;
        all.times.extend(answer.times);
        all.refused += answer.refused;
    }
    all.times.sort_unstable();
    Ok(all)
}

fn searches(host: &mut HostClient, queries: &[String], goes_on: &(impl Fn(usize) -> bool + Sync)) -> Done<Searches> {
    let mut done = Searches::default();
    for query in queries.iter().cycle() {
        if !goes_on(done.times.len()) {
            break;
        }
        let search = Search { query: query.clone(), limit: 20, offset: 0 };
        let begin = Instant::now();
        let reply = host.ask(&search).map_err(other)?;
        done.times.push(begin.elapsed());
        done.refused += usize::from(reply.result.is_err());
    }
    Ok(done)
}

/// Saves the pages one after the other; returns how long that took.
fn save(host: &mut HostClient) -> Done<Duration> {
    let begin = Instant::now();
    for page in 0..SAVED {
        let address = format!("https://company.example/{page}");
        let at = format!("2026-11-23T{:02}:{:02}:05.123Z", page / 60, page % 60);
        let paragraphs: String = (0..10)
            .map(|part| {
                format!("<p>Page {page} says in its paragraph {part} that links die and that caches remember them.</p>")
            })
            .collect();
        let html = format!(
            "<!doctype html><title>Company {page}</title><article><h1>Company {page}</h1>{paragraphs}</article>"
        );
        host.save(&page_save(&format!("company-{page}"), &address, &at), &html)
            .map_err(other)?
            .map_err(|failure| TaskError::Other(format!("a save was refused: {failure:?}")))?;
    }
    Ok(begin.elapsed())
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
