//! `path`: prints the path of a saved page.

use cachette_cache::At;
use clap::Args;

use super::{
    context::Context,
    error::{CommandResult, DONE},
    input::saved_page,
    show::at,
};

/// Print the path of a saved page
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $EDITOR \"$(cachette path https://example.org/a)\"
  cachette path ed1c97a9 --at 2024-12-31")]
pub struct PathArgs {
    /// The page's address or hash
    #[arg(value_name = "URL|HASH")]
    page: String,
    /// The file of the version that was current at this time
    #[arg(long, value_name = "T")]
    at: Option<String>,
}

impl PathArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`CliError`](super::error::CliError).
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        let at = at(self.at.as_deref())?;
        let mut cache = context.open()?;
        let page = saved_page(&mut cache, &self.page)?;
        match at {
            At::Newest => context.print_path(&page.path)?,
            other => context.print_path(&cache.read(&page.hash_url, other)?.path)?,
        }
        Ok(DONE)
    }
}
