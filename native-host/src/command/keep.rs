//! `keep`: shows or sets how many versions of a page are kept.

use cachette_cache::Retention;
use clap::Args;

use super::{
    context::Context,
    error::{CliError, CommandResult, DONE},
    terminal::line,
};

/// Show or set how many versions of a page are kept
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette keep
  cachette keep last 5
  cachette keep daily

all: every version. last N: the newest N. daily: every version of the last 30 days, and the last \
one of each earlier day (UTC). The rule is applied to a page when it is saved again; `cachette \
prune` applies it to all pages. The other versions are moved to the trash; the newest version \
always stays. The rule is stored in the cache's file settings.txt.")]
pub struct KeepArgs {
    /// all, last N, or daily; without a rule, prints the current one
    #[arg(value_name = "RULE")]
    rule: Vec<String>,
}

impl KeepArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`CliError`].
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        let mut cache = context.open()?;
        if !self.rule.is_empty() {
            let said = self.rule.join(" ");
            let unknown = || CliError::Usage(format!("“{}” is no rule; there are all, last N and daily", line(&said)));
            cache.set_retention(Retention::read(&said).ok_or_else(unknown)?)?;
        }
        writeln!(context.out, "{}", cache.retention()?)?;
        Ok(DONE)
    }
}
