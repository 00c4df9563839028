//! `versions`: prints the saved states of a page, newest first.

use cachette_cache::Amount;
use clap::Args;
use serde::Serialize;

use super::{
    context::Context,
    error::{CommandResult, DONE},
    input::saved_page,
    json,
};
use crate::moment;

/// List the saved versions of a page, newest first
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette versions https://example.org/a
  cachette versions ed1c97a9 --json")]
pub struct VersionsArgs {
    /// The page's address or hash
    #[arg(value_name = "URL|HASH")]
    page: String,
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Version {
    captured_at: String,
    seen_at: Option<String>,
    converted_at: Option<String>,
    dropped: Option<Amount>,
}

impl VersionsArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`CliError`](super::error::CliError).
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        let mut cache = context.open()?;
        let page = saved_page(&mut cache, &self.page)?;
        // Only JSON shows them, and counting them means reading every version.
        let amounts = if self.json { cache.amounts_left_out(&page.hash_url)? } else { Vec::new() };
        let mut amounts = amounts.into_iter();
        // Only the newest version can have been seen unchanged later.
        let mut seen_at = page.seen_at.map(moment::written);
        let mut converted_at = page.converted_at.map(moment::written);
        let versions: Vec<_> = page
            .versions
            .into_iter()
            .map(|captured_at| Version {
                captured_at: moment::written(captured_at),
                seen_at: seen_at.take(),
                converted_at: converted_at.take(),
                dropped: amounts.next().flatten(),
            })
            .collect();
        if self.json {
            json::write_line(context.out, &versions)?;
            return Ok(DONE);
        }
        for version in versions {
            let seen = version.seen_at.map(|seen| format!("unchanged on {seen:.10}"));
            let converted = version.converted_at.map(|converted| format!("made anew on {converted:.10}"));
            let since: Vec<String> = converted.into_iter().chain(seen).collect();
            match since.is_empty() {
                false => writeln!(context.out, "{}  ({})", version.captured_at, since.join(", "))?,
                true => writeln!(context.out, "{}", version.captured_at)?,
            }
        }
        Ok(DONE)
    }
}
