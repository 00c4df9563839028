//! `prune`: the rule of `keep` applied to all pages.

use std::{io::Write, path::Path};

use clap::Args;

use super::{
    opened,
    terminal::{Progress, counted},
    trouble::{DONE, Ending},
};

/// Move to the trash the versions that the rule of `cachette keep` leaves out
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette prune --dry-run
  cachette prune")]
pub struct PruneArgs {
    /// Only tell how many there are
    #[arg(long)]
    dry_run: bool,
}

impl PruneArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`super::trouble::Trouble`].
    pub fn run(self, home: Option<&Path>, out: &mut dyn Write) -> Ending {
        let mut cache = opened(home)?;
        let keep = cache.retention()?;
        let mut progress = Progress::new("pages looked at");
        let pruned = cache.prune(self.dry_run, &mut |done, total| progress.tick(done, total))?;
        drop(progress);
        if pruned.versions > 0 && !self.dry_run {
            cache.purge_if_quick();
        }
        let (versions, pages) = (counted(pruned.versions, "version"), counted(pruned.pages, "page"));
        let what = if self.dry_run { "would go to the trash" } else { "moved to the trash" };
        writeln!(out, "{versions} of {pages} {what} (keep: {keep}).")?;
        Ok(DONE)
    }
}
