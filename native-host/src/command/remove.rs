//! `remove`: moves a page, or one version of it, to the trash.

use cachette_cache::RemovedWhat;
use clap::Args;

use super::{
    context::Context,
    error::{CommandResult, DONE},
    input::{moment, saved_page},
    terminal::line,
};

/// Move a saved page, or one version of it, to the trash
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette remove https://example.org/a
  cachette remove https://example.org/a --at 2026-11-22T18:24:05.123Z

`cachette trash list` shows the trash, and `cachette trash restore` takes a page out of it. \
`cachette trash empty` deletes a removed page for good, from the index too.")]
pub struct RemoveArgs {
    /// The page's address or hash
    #[arg(value_name = "URL|HASH")]
    page: String,
    /// Only this version, by its time as `cachette versions` prints it
    #[arg(long, value_name = "T")]
    at: Option<String>,
}

impl RemoveArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`CliError`](super::error::CliError).
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        let version = self.at.as_deref().map(|text| moment(text, false)).transpose()?;
        let mut cache = context.open()?;
        let page = saved_page(&mut cache, &self.page)?;
        let removed = cache.remove(&page.hash_url, version)?;
        let what = match removed {
            RemovedWhat::Page => "The page",
            RemovedWhat::Version => "One version of",
        };
        writeln!(context.out, "{what} “{}” is in the trash now.", line(&page.title))?;
        context.out.flush()?;
        cache.purge_if_quick();
        Ok(DONE)
    }
}
