//! `tags`: prints every tag with the number of pages that have it.

use std::{cmp::Reverse, collections::BTreeMap};

use clap::Args;
use serde::Serialize;

use super::{
    context::Context,
    error::{CommandResult, DONE},
    json,
    list::pages,
    terminal::line,
};

/// List the tags, the most frequent first
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette tags
  cachette tags --json

`cachette search tag:NAME` finds the pages with a tag.")]
pub struct TagsArgs {
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct Row {
    tag: String,
    pages: u64,
}

impl TagsArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// The cache cannot be read, or the output cannot be written.
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        let mut cache = context.open()?;
        let pages = pages(&mut cache, None)?;
        context.warn_of_unread(&cache);
        let rows = counted(pages.into_iter().flat_map(|page| page.tags));
        if self.json {
            json::write_line(context.out, &rows)?;
            return Ok(DONE);
        }
        for Row { tag, pages } in &rows {
            writeln!(context.out, "{pages:>6}  {}", line(tag))?;
        }
        Ok(DONE)
    }
}

/// Counts each tag; the most frequent come first, equal ones by their names.
fn counted(tags: impl Iterator<Item = String>) -> Vec<Row> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for tag in tags {
        *counts.entry(tag).or_default() += 1;
    }
    let mut rows: Vec<Row> = counts.into_iter().map(|(tag, pages)| Row { tag, pages }).collect();
    rows.sort_by_key(|row| Reverse(row.pages));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tags_of_most_pages_come_first() {
        let rows = counted(["b", "rust", "a", "rust"].map(str::to_owned).into_iter());
        let rows: Vec<_> = rows.iter().map(|row| (row.tag.as_str(), row.pages)).collect();
        assert_eq!(rows, [("rust", 2), ("a", 1), ("b", 1)]);
        assert!(counted(std::iter::empty()).is_empty());
    }
}
