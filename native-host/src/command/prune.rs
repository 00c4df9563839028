//! `prune`: applies the rule of `keep` to all pages.

use clap::Args;

use super::{
    context::Context,
    error::{CommandResult, DONE},
    terminal::{Progress, counted},
};

/// Apply the rule of `cachette keep` to all pages: move the other versions to the trash
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette prune --dry-run
  cachette prune")]
pub struct PruneArgs {
    /// Only count them
    #[arg(long)]
    dry_run: bool,
}

impl PruneArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`CliError`](super::error::CliError).
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        let mut cache = context.open()?;
        let keep = cache.retention()?;
        let mut progress = Progress::new("pages looked at");
        let pruned = cache.prune(self.dry_run, &mut |done, total| progress.tick(done, total))?;
        drop(progress);
        if pruned.versions > 0 && !self.dry_run {
            cache.purge_if_quick();
        }
        let (versions, pages) = (counted(pruned.versions, "version"), counted(pruned.pages, "page"));
        let what = if self.dry_run { "would go to the trash" } else { "moved to the trash" };
        writeln!(context.out, "{versions} of {pages} {what} (keep: {keep}).")?;
        Ok(DONE)
    }
}
