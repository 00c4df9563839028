//! `related`: finds the pages that are most like a given one.

use clap::Args;

use super::{
    context::Context,
    error::{CommandResult, DONE},
    input::saved_page,
    refresh::FollowUp,
    search::{write_hit, write_hits},
};

/// Find saved pages that are similar to one
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette related https://example.org/a
  cachette related ed1c97a9 --limit 3 --json")]
pub struct RelatedArgs {
    /// The page's address or hash
    #[arg(value_name = "URL|HASH")]
    page: String,
    /// The maximum number of pages
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: u32,
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

impl RelatedArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`CliError`](super::error::CliError).
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        let mut cache = context.open()?;
        let page = saved_page(&mut cache, &self.page)?;
        let hits = cache.related(&page.hash_url, self.limit)?;
        if self.json {
            write_hits(context.out, &hits)?;
        } else {
            if hits.is_empty() {
                let _ = writeln!(context.err, "No other saved page is like this one.");
            }
            for (at, hit) in hits.iter().enumerate() {
                write_hit(context.out, hit, at > 0, context.terminal)?;
            }
        }
        context.out.flush()?;
        FollowUp::default().start_if_due(&mut cache);
        Ok(DONE)
    }
}
