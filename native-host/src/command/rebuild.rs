//! `rebuild`: rebuilds the index from the files.

use cachette_cache::{Cache, Home};
use clap::Args;

use super::{
    context::Context,
    error::{CommandResult, DONE},
    terminal::{Progress, counted, line},
};

/// Rebuild the search index from the files
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette rebuild
  cachette --home /media/ada/pages rebuild --new-home

The index is made of the files alone and may be deleted at any time.")]
pub struct RebuildArgs {
    /// Start with the folder that is there now, even if it is empty: the former cache is gone for
    /// good
    #[arg(long)]
    new_home: bool,
}

impl RebuildArgs {
    /// Runs the command. If a page cannot be indexed, stderr names it and the others continue.
    ///
    /// # Errors
    /// [`CliError`](super::error::CliError).
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        if self.new_home {
            Cache::begin_home(&Home::resolve(context.home)?)?;
        }
        let mut progress = Progress::new("pages indexed");
        let mut cache = context.open()?;
        let report = cache.rebuild(&mut |done, total| progress.tick(done, total))?;
        drop(progress);
        for sentence in &report.troubles {
            context.warn(line(sentence));
        }
        context.warn_of_unread(&cache);
        writeln!(
            context.out,
            "Indexed {} with {}.",
            counted(report.pages, "page"),
            counted(report.versions, "version")
        )?;
        Ok(DONE)
    }
}
