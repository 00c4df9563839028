//! `list`: all saved pages, newest first.

use std::{io::Write, path::Path};

use cachette_cache::Listed;
use clap::Args;
use serde::Serialize;

use super::{
    json, opened, tell_unread,
    terminal::{Terminal, bold, line},
    trouble::{DONE, Ending},
};
use crate::moment;

/// How many pages are asked for at a time.
const STEP: u32 = 1_000;

/// List the saved pages, newest first
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette list --limit 10
  cachette list --json")]
pub struct ListArgs {
    /// How many pages at most; all without it
    #[arg(long, value_name = "N")]
    limit: Option<u32>,
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

impl ListArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`super::trouble::Trouble`].
    pub fn run(self, home: Option<&Path>, out: &mut dyn Write, err: &mut dyn Write, terminal: Terminal) -> Ending {
        let mut cache = opened(home)?;
        let (mut rows, mut left) = (Vec::new(), self.limit.unwrap_or(u32::MAX));
        while left > 0 {
            let step = left.min(STEP);
            let some = cache.list(step, u32::try_from(rows.len()).unwrap_or(u32::MAX))?;
            let last = (some.len() as u64) < u64::from(step);
            rows.extend(some);
            if last {
                break;
            }
            left -= step;
        }
        tell_unread(&cache, err);
        if self.json {
            json::write_line(out, &rows.iter().map(Row::of).collect::<Vec<_>>())?;
            return Ok(DONE);
        }
        for row in &rows {
            let versions = if row.versions > 1 { format!("  ({} versions)", row.versions) } else { String::new() };
            writeln!(out, "{:.10}  {}{versions}", moment::written(row.captured_at), bold(&row.title, terminal))?;
            writeln!(out, "            {}", line(&row.url))?;
        }
        Ok(DONE)
    }
}

#[derive(Serialize)]
struct Row<'a> {
    title: &'a str,
    url: &'a str,
    hash_url: &'a str,
    captured_at: String,
    seen_at: Option<String>,
    versions: u32,
    tags: &'a [String],
    path: String,
}

impl Row<'_> {
    fn of(listed: &Listed) -> Row<'_> {
        Row {
            title: &listed.title,
            url: &listed.url,
            hash_url: &listed.hash_url,
            captured_at: moment::written(listed.captured_at),
            seen_at: listed.seen_at.map(moment::written),
            versions: listed.versions,
            tags: &listed.tags,
            path: listed.path.to_string_lossy().into_owned(),
        }
    }
}
