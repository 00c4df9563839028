//! `export`: the saved pages in another program's format.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};

use super::{
    opened,
    terminal::{Progress, line},
    trouble::{DONE, Ending},
};

/// Export all pages
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette export original site/cache

original: a folder a page, named by the MD5 of its address, with the newest version as HTML below the lines title:, url: \
and hash_url:, and a page to look at. What is there already, word for word, is left alone; nothing is deleted.")]
pub struct ExportArgs {
    /// The format
    #[arg(value_name = "FORMAT")]
    format: Format,
    /// The folder to write to; made if need be
    #[arg(value_name = "PATH")]
    path: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The folders of the original cache
    Original,
}

impl ExportArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`super::trouble::Trouble`]; a page that cannot be written is told on stderr instead.
    pub fn run(self, home: Option<&Path>, out: &mut dyn Write, err: &mut dyn Write) -> Ending {
        let mut cache = opened(home)?;
        let mut progress = Progress::new("pages exported");
        let report = match self.format {
            Format::Original => cache.export_original(&self.path, &mut |done, total| progress.tick(done, total))?,
        };
        drop(progress);
        for (path, why) in &report.failed {
            let _ = writeln!(err, "cachette: {}: {}", line(&path.to_string_lossy()), line(why));
        }
        writeln!(out, "{} written, {} unchanged, {} failed.", report.done, report.unchanged, report.failed.len())?;
        Ok(DONE)
    }
}
