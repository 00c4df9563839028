//! `rebuild`: the index remade from the files.

use std::{io::Write, path::Path};

use cachette_cache::{Cache, Home};
use clap::Args;

use super::{
    opened, tell_unread,
    terminal::{Progress, counted, line},
    trouble::{DONE, Ending},
};

/// Remake the search index from the files
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette rebuild
  cachette --home /media/ada/pages rebuild --new-home

The files are the truth; the index may be deleted at any time.")]
pub struct RebuildArgs {
    /// Use what is there now, be it empty, where the former cache is not there any more and will not come back
    #[arg(long)]
    new_home: bool,
}

impl RebuildArgs {
    /// Runs the command. A page that cannot be indexed is told on stderr and holds up no other.
    ///
    /// # Errors
    /// [`super::trouble::Trouble`].
    pub fn run(self, home: Option<&Path>, out: &mut dyn Write, err: &mut dyn Write) -> Ending {
        if self.new_home {
            Cache::begin_home(&Home::resolve(home)?)?;
        }
        let mut progress = Progress::new("pages indexed");
        let mut cache = opened(home)?;
        let report = cache.rebuild(&mut |done, total| progress.tick(done, total))?;
        drop(progress);
        for trouble in &report.troubles {
            let _ = writeln!(err, "cachette: {}", line(trouble));
        }
        tell_unread(&cache, err);
        writeln!(out, "Indexed {} with {}.", counted(report.pages, "page"), counted(report.versions, "version"))?;
        Ok(DONE)
    }
}
