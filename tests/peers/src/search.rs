//! Compares the index with tantivy, with the same tokenizer, and with plain FTS5. All get the same
//! pages in the same run. It prints lines for people; `cargo xtask bench search` builds and runs
//! it, and measures files, processes and ripgrep.

mod asked;
mod corpus;
mod engines;
mod hostile;
mod items;

use std::{
    collections::BTreeMap,
    error::Error,
    io::Write,
    path::Path,
    time::{Duration, Instant},
};

use corpus::{Corpus, Question};
use engines::{Engine, Ours, Plain, Tantivy};

use crate::clock::timed;

/// The result of a step; any error ends the run.
pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// How many hits each engine is asked for, with snippets.
const HITS: usize = 20;

/// How often each query is asked. The best time counts, since the machine does other things too.
const ROUNDS: usize = 3;

/// From this many pages on, the pages are short: pieces of some 500 characters.
const SHORT_FROM: usize = 1_000_000;

/// Measures over `pages` pages made of the corpus in `data`.
///
/// # Errors
/// The data is missing, or an engine fails.
pub fn measure(data: &Path, pages: usize, out: &mut dyn Write) -> Result<()> {
    let place = tempfile::tempdir()?;
    let corpus = Corpus::made(data, place.path(), pages, pages >= SHORT_FROM)?;
    let megabytes = corpus.bytes as f64 / 1e6;
    writeln!(out, "  {pages} pages, {megabytes:.0} MB of text; processor time")?;
    let ours = Ours::built(&place.path().join("ours"), &corpus)?;
    writeln!(
        out,
        "    index: {:.0} pages/s into the index; {:.0} % of the text (goal ≤ 75)",
        pages as f64 / ours.built_in.as_secs_f64(),
        100.0 * ours.bytes as f64 / corpus.bytes as f64
    )?;
    let tantivy = Tantivy::built(&place.path().join("tantivy"), &corpus)?;
    writeln!(
        out,
        "    tantivy: {:.0} pages/s; {:.0} % of the text (which it stores, for snippets)",
        pages as f64 / tantivy.built_in.as_secs_f64(),
        100.0 * tantivy.bytes as f64 / corpus.bytes as f64
    )?;
    kinds(&corpus, &ours, &tantivy, out)?;
    writeln!(out, "    memory of the whole program: {}", memory())?;
    if pages == corpus.originals {
        let plain = Plain::built(&corpus)?;
        for (name, engine) in [("cachette", &ours as &dyn Engine), ("unicode61, bm25", &plain), ("tantivy", &tantivy)] {
            items::score(data, name, engine, out)?;
        }
        items::substrings(&corpus, &ours, out)?;
        asked::score(&corpus, &ours, &[("unicode61", &plain), ("tantivy", &tantivy)], out)?;
        hostile::endure(&ours, out)?;
    }
    writes(&corpus, ours, tantivy, out)
}

/// Prints each kind of query: the median and the worst of each engine, and their ratio.
fn kinds(corpus: &Corpus, ours: &Ours, tantivy: &Tantivy, out: &mut dyn Write) -> Result<()> {
    let mut kinds: BTreeMap<String, Vec<Asked>> = BTreeMap::new();
    for question in &corpus.questions {
        let mut asked = Asked { own: Duration::MAX, other: Duration::MAX, answered: false, both: false };
        for _ in 0..ROUNDS {
            let (found, time) = timed(|| ours.ask(question, HITS));
            asked.answered = !found?.is_empty();
            asked.own = asked.own.min(time);
            let (found, time) = timed(|| tantivy.ask(question, HITS));
            asked.both = asked.answered && !found?.is_empty();
            asked.other = asked.other.min(time);
        }
        kinds.entry(question.kind.clone()).or_default().push(asked);
    }
    // At a million pages the figures are only printed, except the worst, which has a goal.
    let goals = corpus.len() == 100_000;
    writeln!(out, "    kind (queries, answered)      median    worst |  tantivy   worst |   × (where both answer)")?;
    let mut all = Vec::new();
    for (kind, times) in &mut kinds {
        let answered = times.iter().filter(|asked| asked.answered).count();
        let (own, worst) = middle(times.iter().map(|asked| asked.own).collect());
        let (other, other_worst) = middle(times.iter().map(|asked| asked.other).collect());
        // If tantivy has no answer, it stops searching, so there is no comparison.
        let both = || times.iter().filter(|asked| asked.both);
        let (compared, _) = middle(both().map(|asked| asked.own).collect());
        let (with, _) = middle(both().map(|asked| asked.other).collect());
        writeln!(
            out,
            "    {:<28} {:>7.2} {:>8.2} | {:>8.2} {:>7.2} | {:>5.2}{}",
            format!("{kind} ({}, {answered})", times.len()),
            milliseconds(own),
            milliseconds(worst),
            milliseconds(other),
            milliseconds(other_worst),
            compared.as_secs_f64() / with.as_secs_f64(),
            if goals { format!("   goals ≤ 3, ≤ 10, ≤ {:.1}×", allowed(kind)) } else { String::new() }
        )?;
        all.extend(times.iter().map(|asked| asked.own));
    }
    let (median, worst) = middle(all);
    writeln!(
        out,
        "    all: median {:.2} ms, worst {:.2} ms  (goals at 100,000: ≤ 3 and ≤ 10; at 1,000,000 worst ≤ 25)",
        milliseconds(median),
        milliseconds(worst)
    )?;
    let slow = corpus.questions.iter().filter_map(|question| {
        let (_, time) = timed(|| ours.ask(question, HITS));
        (time > Duration::from_millis(8))
            .then(|| format!("{}: {} {:.1}", question.kind, question.text, milliseconds(time)))
    });
    for line in slow.take(12) {
        writeln!(out, "      slow: {line}")?;
    }
    Ok(())
}

/// The times of one question, asked of both.
struct Asked {
    own: Duration,
    other: Duration,
    /// Whether our index has an answer.
    answered: bool,
    /// Whether both have one.
    both: bool,
}

/// Returns how many times tantivy's time a kind of query may take at 100,000 pages.
fn allowed(kind: &str) -> f64 {
    match kind {
        "phrase" => 3.0,
        "common1" | "andcommon" | "sitecommon" | "prefix of 4" => 1.5,
        _ => 1.0,
    }
}

/// Writes one page at a time, each durable before the next.
fn writes(corpus: &Corpus, mut ours: Ours, mut tantivy: Tantivy, out: &mut dyn Write) -> Result<()> {
    let place = tempfile::tempdir()?;
    let mut sync = Vec::new();
    let mut own = Vec::new();
    let mut words = Vec::new();
    let mut other = Vec::new();
    for at in 0..60 {
        let entry = corpus.entry(at * 7 % corpus.originals, at + 10_000_000)?;
        let file = std::fs::File::create(place.path().join("synced"))?;
        let begin = Instant::now();
        (&file).write_all(&[0; 8192])?;
        file.sync_data()?;
        sync.push(begin.elapsed());
        let begin = Instant::now();
        ours.index.enqueue(&entry)?;
        own.push(begin.elapsed());
        let begin = Instant::now();
        ours.index.put_pending(&entry)?;
        words.push(begin.elapsed());
        if at % 4 == 0 {
            let begin = Instant::now();
            tantivy.put(&entry)?;
            other.push(begin.elapsed());
        }
    }
    let both = own.iter().zip(&words).map(|(own, words)| *own + *words).collect();
    let ((sync, _), (own, worst), (other, _)) = (middle(sync), middle(own), middle(other));
    let ((words, words_worst), (both, both_worst)) = (middle(words), middle(both));
    writeln!(
        out,
        "    one page, durable, as it is acknowledged (wall): {:.2} ms, worst {:.1}; a write and fdatasync of 8 KB \
         {:.2}; tantivy's commit {:.1} ms: {:.0}× (goals ≤ 1 ms above the sync, ≥ 20×)",
        milliseconds(own),
        milliseconds(worst),
        milliseconds(sync),
        milliseconds(other),
        other.as_secs_f64() / own.as_secs_f64()
    )?;
    writeln!(
        out,
        "    indexed after that: {:.2} ms, worst {:.1}; both together {:.2} ms, worst {:.1}: {:.0}× tantivy's commit",
        milliseconds(words),
        milliseconds(words_worst),
        milliseconds(both),
        milliseconds(both_worst),
        other.as_secs_f64() / both.as_secs_f64()
    )?;
    Ok(())
}

/// Returns the median and the largest.
pub fn middle(mut times: Vec<Duration>) -> (Duration, Duration) {
    times.sort_unstable();
    let at = |place: usize| times.get(place).copied().unwrap_or_default();
    (at(times.len() / 2), at(times.len().saturating_sub(1)))
}

/// Converts to a number of milliseconds.
pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS"));
    line.map_or_else(|| "unknown".to_owned(), |line| line.split_whitespace().skip(1).collect::<Vec<_>>().join(" "))
}

/// A question of a kind, as it is typed; for other engines its parts.
impl Question {
    /// Returns the question in Cachette's query language.
    pub fn typed(&self) -> String {
        let mut typed = match self.kind.as_str() {
            "phrase" => format!("\"{}\"", self.text),
            _ => self.text.clone(),
        };
        if let Some(site) = &self.site {
            typed = format!("site:{site} {typed}");
        }
        if let Some(after) = self.after_ms {
            // The time is given by the day, since the language has no seconds.
            typed = format!("after:{} {typed}", corpus::day(after));
        }
        typed
    }
}
