//! Defines the JSON line in which `cachette convert --explain` describes a block of a page. It only
//! names what a conversion found.

use std::collections::BTreeMap;

use cachette_page::{Block, Omission, Page};
use serde::Serialize;

/// The most characters of a block that are shown, as in the list of what is left out.
const BEGINNING: usize = 80;

/// One block of a page.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Explained {
    /// Whether the article has it.
    kept: bool,
    /// The code of the reason why it has not.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    /// The name of its element.
    #[serde(skip_serializing_if = "Option::is_none")]
    element: Option<String>,
    words: usize,
    begins: String,
    /// What is known about it; empty if the page was not searched block by block.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    features: BTreeMap<&'static str, i64>,
}

/// Takes the descriptions of a page's blocks. If the page was not searched block by block, they are
/// the lines of its text and the parts that it leaves out.
pub(super) fn of(page: &mut Page) -> Vec<Explained> {
    let blocks = std::mem::take(&mut page.blocks);
    if !blocks.is_empty() {
        return blocks.into_iter().map(searched).collect();
    }
    let lines = page.text.lines().filter(|line| !line.trim().is_empty()).map(kept_line);
    lines.chain(page.dropped.iter().map(omitted)).collect()
}

fn searched(block: Block) -> Explained {
    Explained {
        kept: block.reason.is_none(),
        reason: block.reason.map(|reason| reason.code()),
        element: Some(block.element),
        words: block.words,
        begins: block.begins,
        features: block.features.into_iter().collect(),
    }
}

fn kept_line(line: &str) -> Explained {
    let words = line.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
    let begins = line.chars().take(BEGINNING).collect();
    Explained { kept: true, reason: None, element: None, words, begins, features: BTreeMap::new() }
}

fn omitted(part: &Omission) -> Explained {
    Explained {
        kept: false,
        reason: Some(part.reason.code()),
        element: None,
        words: part.words,
        begins: part.begins.clone(),
        features: BTreeMap::new(),
    }
}
