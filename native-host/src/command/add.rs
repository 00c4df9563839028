//! `add`: files an HTML page as if the browser had sent it.

use std::path::PathBuf;

use cachette_cache::Snapshot;
use clap::Args;

use super::{
    context::Context,
    error::{CommandResult, DONE},
    input::{Source, address, moment},
};

/// File an HTML page in the cache and print the path of its index.md
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette add --url https://example.org/a page.html
  curl -s https://example.org/a | cachette add --url https://example.org/a -
  cachette add --url https://example.org/a --captured-at 2019-05-04 old.html

A page that has not changed gets no new version; its path is printed all the same.")]
pub struct AddArgs {
    /// The page's address
    #[arg(long, value_name = "URL")]
    url: String,
    /// When the page looked like this: 2026-11-22 or 2026-11-22T18:24:05Z [default: now]
    #[arg(long, value_name = "T")]
    captured_at: Option<String>,
    /// The HTML file; - is stdin
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl AddArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`CliError`](super::error::CliError).
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        address(&self.url)?;
        let captured_at = match &self.captured_at {
            Some(text) => moment(text, false)?,
            None => crate::moment::now(),
        };
        let html = Source::of(Some(&self.file)).html()?;
        let mut cache = context.open()?;
        let snapshot = Snapshot {
            url: &self.url,
            captured_at,
            source: "page",
            title: None,
            html: "",
            resources: &[],
            tags: &[],
            fresh_at: self.captured_at.is_none().then_some(captured_at),
        };
        let saved = cache.save_owned(&snapshot, html)?;
        for warning in &saved.warnings {
            context.warn(super::terminal::line(&warning.to_string()));
        }
        context.print_path(&saved.path)?;
        // The path comes before the indexing, for which the caller need not wait.
        context.out.flush()?;
        if let Err(error) = cache.flush() {
            context.warn(crate::sentence::sentence(&error));
        }
        Ok(DONE)
    }
}
