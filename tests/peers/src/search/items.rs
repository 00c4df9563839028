//! Scores searches for known items. A page is sought by some of its words, with and without a typo.
//! Every miss is shown.

use std::{fs::File, io::Write, path::Path};

use serde_json::Value;

use super::{
    Result,
    corpus::{Corpus, Question},
    engines::{Engine, Ours},
};

/// Prints MRR@10 and recall@10 of an engine.
pub fn score(data: &Path, name: &str, engine: &dyn Engine, out: &mut dyn Write) -> Result<()> {
    for (file, key, what, goal) in [
        ("known-20k.json", "q", "as typed", "≥ 0.94, one miss"),
        ("known-20k.json", "typo", "with a slip", "≥ 0.92, two misses"),
        ("known-cjk-20k.json", "q", "Chinese, Japanese, Korean", "two misses"),
    ] {
        let items: Value = serde_json::from_reader(File::open(data.join(file))?)?;
        let (mut sum, mut found, mut count) = (0.0, 0, 0);
        let mut misses = Vec::new();
        for item in items.as_array().into_iter().flatten() {
            let Some(text) = item.get(key).and_then(Value::as_str) else { continue };
            // Pages are numbered from 1 in the file, from 0 here.
            let wanted = item.get("id").and_then(Value::as_u64).unwrap_or(0).saturating_sub(1) as usize;
            let question = Question { kind: "known".into(), text: text.into(), site: None, after_ms: None };
            let rank = engine.ask(&question, 10)?.iter().take(10).position(|page| *page == wanted);
            count += 1;
            match rank {
                Some(rank) => {
                    sum += 1.0 / (rank + 1) as f64;
                    found += 1;
                }
                None => misses.push(format!("{} “{text}”", wanted + 1)),
            }
        }
        let missed = if misses.len() <= 8 { misses.join("; ") } else { format!("{} misses", misses.len()) };
        writeln!(
            out,
            "    known items, {what}, {name}: MRR@10 {:.3}, recall@10 {found}/{count} (goal {goal})  {missed}",
            sum / f64::from(count.max(1))
        )?;
    }
    Ok(())
}

/// Prints how many of the pages with a piece of Chinese, Japanese or Korean writing are found by
/// it.
pub fn substrings(corpus: &Corpus, ours: &Ours<'_>, out: &mut dyn Write) -> Result<()> {
    let (mut held, mut found) = (0, 0);
    for question in corpus.questions.iter().filter(|question| question.kind.starts_with("cjk")) {
        let truth: Vec<usize> =
            (0..corpus.len()).filter(|at| corpus.text(*at).is_some_and(|text| text.contains(&question.text))).collect();
        let hits = ours.search(&question.text, 2000)?;
        let numbers: std::collections::HashSet<usize> =
            hits.hits.iter().filter_map(|hit| hit.hash_url.parse().ok()).collect();
        // Only the newest pages are ranked; the others are counted.
        if truth.len() < 2000 {
            held += truth.len();
            found += truth.iter().filter(|at| numbers.contains(at)).count();
        }
    }
    writeln!(out, "    pieces of Chinese, Japanese, Korean writing: {found} of {held} pages found (goal: all)")?;
    Ok(())
}
