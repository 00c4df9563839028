//! `collect`: removes the shared files that no saved page shows any more.

use clap::Args;

use super::{
    context::Context,
    error::{CommandResult, DONE},
    terminal::counted,
};

/// Delete pictures and style sheets that no saved page uses any more
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette collect

Everything that a version or a page in the trash uses stays. Pages can be saved meanwhile.")]
pub struct CollectArgs {}

impl CollectArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`CliError`](super::error::CliError).
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        let collected = context.open()?.collect()?;
        writeln!(context.out, "{} removed, {}.", counted(collected.files, "file"), counted(collected.bytes, "byte"))?;
        Ok(DONE)
    }
}
