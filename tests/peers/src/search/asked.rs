//! Scores searches as people really ask. Items are made by rule from the corpus, from a fixed seed:
//! questions around titles, other forms of a page's words, pasted addresses, titles typed letter by
//! letter. Each kind has a goal.

mod forms;
mod kinds;
mod source;
mod typing;

use std::{collections::BTreeMap, io::Write};

use super::{
    Result,
    corpus::{Corpus, Question},
    engines::{Engine, Ours},
};
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
    writeln!(out, "    as people ask: recall@10 (items) {:>20}{names}   goal", "cachette")?;
    for (kind, items) in &kinds {
        let mut line = format!("    {:<36} ({:>3}) {:>9.2}", kind, items.len(), recall(ours, items, out)?);
        for (_, engine) in engines {
            line.push_str(&format!("{:>11.2}", recall(*engine, items, &mut std::io::sink())?));
        }
        writeln!(out, "{line}   ≥ {:.2}", kinds::goal(kind))?;
    }
    typing::score(&source, ours, out)
}

/// Returns the share of items that are among the first ten hits. The misses are printed if
/// `ASKED_MISSES` is set.
fn recall(engine: &dyn Engine, items: &[&Item], out: &mut dyn Write) -> Result<f64> {
    let told = std::env::var_os("ASKED_MISSES").is_some();
    let mut found = 0;
    for item in items {
        let question = Question { kind: "known".into(), text: item.text.clone(), site: None, after_ms: None };
        let is_found = engine.ask(&question, 10)?.iter().take(10).any(|page| *page == item.wanted);
        found += usize::from(is_found);
        if told && !is_found {
            writeln!(out, "      missed {}: “{}”, page {}", item.kind, item.text, item.wanted + 1)?;
        }
    }
    Ok(found as f64 / items.len().max(1) as f64)
}
