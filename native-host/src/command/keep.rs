//! `keep`: how many versions of a page are kept, shown or set.

use std::{io::Write, path::Path};

use cachette_cache::Retention;
use clap::Args;

use super::{
    opened,
    terminal::line,
    trouble::{DONE, Ending, Trouble},
};

/// Show or set how many versions of a page are kept
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette keep
  cachette keep last 5
  cachette keep daily

all: every version. last N: the newest N. daily: every version of the last 30 days, and of each earlier day (UTC) the last. \
The rule is applied to a page when it is saved anew; `cachette prune` applies it to all. What goes is moved to the trash; \
the newest version never goes. The rule stands in the file settings.txt of the cache.")]
pub struct KeepArgs {
    /// all, last N, or daily; without it, the rule is printed
    #[arg(value_name = "RULE")]
    rule: Vec<String>,
}

impl KeepArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn run(self, home: Option<&Path>, out: &mut dyn Write) -> Ending {
        let mut cache = opened(home)?;
        if !self.rule.is_empty() {
            let said = self.rule.join(" ");
            let unknown = || Trouble::Usage(format!("“{}” is no rule; there are all, last N and daily", line(&said)));
            cache.set_retention(Retention::read(&said).ok_or_else(unknown)?)?;
        }
        writeln!(out, "{}", cache.retention()?)?;
        Ok(DONE)
    }
}
