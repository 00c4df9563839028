//! `show`: prints a saved article, or its whole file.

use cachette_cache::At;
use clap::Args;

use super::{
    context::Context,
    error::{CommandResult, DONE},
    input::{moment, saved_page, version},
    terminal::document,
};

/// Print a saved page's article
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette show https://example.org/a
  cachette show ed1c97a9 --file
  cachette show https://example.org/a --at 2024-12-31

HASH is the beginning of the page's hash, at least eight digits. --at shows the version that was \
current at that time; a date alone means the end of that day, UTC.")]
pub struct ShowArgs {
    /// The page's address or hash
    #[arg(value_name = "URL|HASH")]
    page: String,
    /// The version that was current at this time
    #[arg(long, value_name = "T")]
    at: Option<String>,
    /// Print the whole file, including the front matter
    #[arg(long)]
    file: bool,
}

impl ShowArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`CliError`](super::error::CliError).
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        let at = at(self.at.as_deref())?;
        let mut cache = context.open()?;
        let page = saved_page(&mut cache, &self.page)?;
        let read = version(&mut cache, &page, at)?;
        let text = if self.file { read.file.as_str() } else { read.markdown() };
        context.out.write_all(document(text, context.terminal).as_bytes())?;
        Ok(DONE)
    }
}

/// Reads which version `--at` names.
///
/// # Errors
/// [`super::error::CliError::Usage`] if it is not a time.
pub fn at(text: Option<&str>) -> Result<At, super::error::CliError> {
    text.map_or(Ok(At::Newest), |text| moment(text, true).map(At::ValidAt))
}
