//! `import`: files pages of other programs in bulk. The formats themselves are the cache's.

use std::path::PathBuf;

use cachette_cache::Lines;
use clap::{Args, ValueEnum};

use super::{
    context::Context,
    error::{CliError, CommandResult, DONE},
    input::Source,
    terminal::{Progress, line},
};

/// How many failed lines are named; others are only counted.
const NAMED: usize = 20;

/// Import pages in bulk
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette import jsonl pages.jsonl
  zcat pages.jsonl.gz | cachette import jsonl -
  cachette import original site/cache

jsonl: one object per line, {\"url\", \"html\" or \"markdown\", \"title\"?, \"captured_at\"?, \
\"tags\"?}. After an interruption, run the same command again: it continues where it stopped and \
skips the pages that are already filed. A line without captured_at gets the file's time. Bad \
lines are reported and do not stop the import.

original: the folders cache/<md5> and cache/<year>/<md5> with their index.md.")]
pub struct ImportArgs {
    /// The format
    #[arg(value_name = "FORMAT")]
    format: Format,
    /// The file (- for stdin); with original, the folder
    #[arg(value_name = "PATH")]
    path: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One JSON object per line
    Jsonl,
    /// The folders of the original cache
    Original,
}

impl ImportArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`CliError`](super::error::CliError). A bad line is named on stderr instead.
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        match self.format {
            Format::Jsonl => self.jsonl(context),
            Format::Original => self.original(context),
        }
    }

    fn original(&self, context: &mut Context<'_>) -> CommandResult {
        let unreadable = |error| CliError::Input { path: Some(self.path.clone()), error };
        std::fs::read_dir(&self.path).map_err(unreadable)?;
        let mut cache = context.open()?;
        let mut progress = Progress::new("entries read");
        let report = cache.import_original(&self.path, &mut |done, total| progress.tick(done, total))?;
        drop(progress);
        for (path, why) in report.failed.iter().chain(&report.notes) {
            let _ = writeln!(context.err, "{}: {}", line(&path.to_string_lossy()), line(why));
        }
        writeln!(
            context.out,
            "{} filed, {} unchanged, {} failed.",
            report.done,
            report.unchanged,
            report.failed.len()
        )?;
        Ok(DONE)
    }

    fn jsonl(&self, context: &mut Context<'_>) -> CommandResult {
        let source = Source::of(Some(&self.path));
        let mut reader = source.open_lines()?;
        let mut cache = context.open()?;
        let mut progress = Progress::new("lines read");
        let (captured_at, name) = source.identity();
        let mut lines = Lines { reader: &mut reader, captured_at, name };
        let report = cache.import_jsonl(&mut lines, &mut |lines, _| progress.tick(lines, 0))?;
        drop(progress);
        if report.resumed > 0 {
            let _ = writeln!(
                context.err,
                "Continued after line {}, where an import of this file was interrupted.",
                report.resumed
            );
        }
        for (number, why) in report.failed.iter().take(NAMED) {
            let _ = writeln!(context.err, "line {number}: {}", line(why));
        }
        if report.failed.len() > NAMED {
            let _ = writeln!(context.err, "… and {} more", report.failed.len() - NAMED);
        }
        let (filed, unchanged, failed) = (report.filed, report.unchanged, report.failed.len());
        writeln!(context.out, "{filed} filed, {unchanged} unchanged, {failed} failed.")?;
        Ok(DONE)
    }
}
