//! `export`: writes the saved pages in another program's format.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{
    context::Context,
    error::{CommandResult, DONE},
    terminal::{Progress, line},
};

/// Export all pages
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette export original site/cache

original: one folder per page, named by the MD5 of its address. It contains the newest version \
as HTML below the lines title:, url: and hash_url:, and a page to look at. Files that already \
have the same text are not touched, and nothing is deleted.")]
pub struct ExportArgs {
    /// The format
    #[arg(value_name = "FORMAT")]
    format: Format,
    /// The folder to write to; created if necessary
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
    /// [`CliError`](super::error::CliError). A page that cannot be written is named on stderr
    /// instead.
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        let mut cache = context.open()?;
        let mut progress = Progress::new("pages exported");
        let report = match self.format {
            Format::Original => cache.export_original(&self.path, &mut |done, total| progress.tick(done, total))?,
        };
        drop(progress);
        for (path, why) in &report.failed {
            let _ = writeln!(context.err, "cachette: {}: {}", line(&path.to_string_lossy()), line(why));
        }
        writeln!(
            context.out,
            "{} written, {} unchanged, {} failed.",
            report.done,
            report.unchanged,
            report.failed.len()
        )?;
        Ok(DONE)
    }
}
