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

all: every version. last N: the newest N. daily: every version of the last 30 days, and of each \
earlier day (UTC) the last. \
The rule is applied to a page when it is saved anew; `cachette prune` applies it to all. Versions \
that it leaves out are \
moved to the trash; the newest version always stays. The rule is kept in the file settings.txt of the cache.")]
pub struct KeepArgs {
    /// all, last N, or daily; without it, the rule is printed
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
