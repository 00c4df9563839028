//! Scores searches as people really ask. Items are made by rule from the corpus, from a fixed seed:
//! questions around titles, other forms of a page's words, pasted addresses, titles typed letter by
//! letter. Each kind has a goal.

mod forms;
mod kinds;
mod source;
mod typing;

use std::{collections::BTreeMap, io::Write, time::Duration};

use super::{
    Result,
    corpus::{Corpus, Question},
    engines::{Engine, Ours},
    middle, milliseconds,
};
use crate::clock::timed;
use source::Source;

/// How many items each kind has, where the corpus holds as many.
pub const ITEMS: usize = 60;

/// A query, and the page that it is meant to find.
pub struct Item {
    pub kind: &'static str,
    pub text: String,
    pub wanted: usize,
}

/// Prints how many of each kind of item every engine finds among its first ten hits, then what
/// happens while titles are typed.
pub fn score(corpus: &Corpus, ours: &Ours<'_>, engines: &[(&str, &dyn Engine)], out: &mut dyn Write) -> Result<()> {
    let source = Source::read(corpus)?;
    let items = kinds::items(&source);
    let mut kinds: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
    for item in &items {
        kinds.entry(item.kind).or_default().push(item);
    }
    let names: String = engines.iter().map(|(name, _)| format!("{name:>11}")).collect();
    writeln!(out, "    as people ask: recall@10 (items) {:>20}{names}   goal; median and worst, ms", "cachette")?;
    for (kind, items) in &kinds {
        let (found, times) = recall(ours, items, out)?;
        let mut line = format!("    {:<36} ({:>3}) {found:>9.2}", kind, items.len());
        for (_, engine) in engines {
            line.push_str(&format!("{:>11.2}", recall(*engine, items, &mut std::io::sink())?.0));
        }
        let (median, worst) = middle(times);
        let (median, worst) = (milliseconds(median), milliseconds(worst));
        writeln!(out, "{line}   ≥ {:.2}; {median:>5.1} {worst:>6.1}", kinds::goal(kind))?;
    }
    typing::score(&source, ours, out)
}

/// Returns the share of items that are among the first ten hits, and how long each search took. The
/// misses are printed if `ASKED_MISSES` is set.
fn recall(engine: &dyn Engine, items: &[&Item], out: &mut dyn Write) -> Result<(f64, Vec<Duration>)> {
    let told = std::env::var_os("ASKED_MISSES").is_some();
    let (mut found, mut times) = (0, Vec::new());
    for item in items {
        let question = Question { kind: "known".into(), text: item.text.clone(), site: None, after_ms: None };
        let (answer, time) = timed(|| engine.ask(&question, 10));
        times.push(time);
        let is_found = answer?.iter().take(10).any(|page| *page == item.wanted);
        found += usize::from(is_found);
        if told && !is_found {
            writeln!(out, "      missed {}: “{}”, page {}", item.kind, item.text, item.wanted + 1)?;
        }
    }
    Ok((found as f64 / items.len().max(1) as f64, times))
}
