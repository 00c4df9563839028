//! `import`: pages from other places, in bulk. What a format holds is the cache's to know.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};

use super::{
    input::Source,
    opened,
    terminal::{Progress, line},
    trouble::{DONE, Ending},
};

/// How many failed lines are told; the rest is counted.
const TOLD: usize = 20;

/// Import pages in bulk
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette import jsonl pages.jsonl
  zcat pages.jsonl.gz | cachette import jsonl -

jsonl: an object a line, {\"url\", \"html\" or \"markdown\", \"title\"?, \"captured_at\"?, \"tags\"?}. Interrupted, it may be run \
again: what is filed already is passed over. A bad line is told and holds up no other.")]
pub struct ImportArgs {
    /// The format
    #[arg(value_name = "FORMAT")]
    format: Format,
    /// The file; - is stdin
    #[arg(value_name = "PATH")]
    path: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A JSON object a line
    Jsonl,
}

impl ImportArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`super::trouble::Trouble`]; a bad line is told on stderr instead.
    pub fn run(self, home: Option<&Path>, out: &mut dyn Write, err: &mut dyn Write) -> Ending {
        let mut reader = Source::of(Some(&self.path)).open()?;
        let mut cache = opened(home)?;
        let mut progress = Progress::new("lines read");
        let report = match self.format {
            Format::Jsonl => cache.import_jsonl(&mut reader, &mut |lines, _| progress.tick(lines, 0))?,
        };
        drop(progress);
        for (number, why) in report.failed.iter().take(TOLD) {
            let _ = writeln!(err, "line {number}: {}", line(why));
        }
        if report.failed.len() > TOLD {
            let _ = writeln!(err, "… and {} more", report.failed.len() - TOLD);
        }
        let (filed, unchanged, failed) = (report.filed, report.unchanged, report.failed.len());
        writeln!(out, "{filed} filed, {unchanged} unchanged, {failed} failed.")?;
        Ok(DONE)
    }
}
