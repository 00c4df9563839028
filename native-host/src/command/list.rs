//! `list`: prints all saved pages, newest first.

use cachette_cache::{Cache, Listed};
use clap::Args;
use serde::Serialize;

use super::{
    context::Context,
    error::{CliError, CommandResult, DONE},
    json,
    terminal::{bold, line},
};
use crate::moment;

/// How many pages are requested at a time.
const STEP: u32 = 1_000;

/// List the saved pages, newest first
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette list --limit 10
  cachette list --json")]
pub struct ListArgs {
    /// The maximum number of pages [default: all]
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
    /// [`CliError`](super::error::CliError).
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        let mut cache = context.open()?;
        let rows = pages(&mut cache, self.limit)?;
        context.warn_of_unread(&cache);
        if self.json {
            json::write_line(context.out, &rows.iter().map(Row::of).collect::<Vec<_>>())?;
            return Ok(DONE);
        }
        for row in &rows {
            let versions = if row.versions > 1 { format!("  ({} versions)", row.versions) } else { String::new() };
            writeln!(
                context.out,
                "{:.10}  {}{versions}",
                moment::written(row.captured_at),
                bold(&row.title, context.terminal)
            )?;
            writeln!(context.out, "            {}", line(&row.url))?;
        }
        Ok(DONE)
    }
}

/// Lists the saved pages, newest first; only the first `limit`, if there is one.
///
/// # Errors
/// The cache cannot be read.
pub fn pages(cache: &mut Cache, limit: Option<u32>) -> Result<Vec<Listed>, CliError> {
    let (mut pages, mut left) = (Vec::new(), limit.unwrap_or(u32::MAX));
    while left > 0 {
        let step = left.min(STEP);
        let some = cache.list(step, u32::try_from(pages.len()).unwrap_or(u32::MAX))?;
        let last = (some.len() as u64) < u64::from(step);
        pages.extend(some);
        if last {
            break;
        }
        left -= step;
    }
    Ok(pages)
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
