//! `import`: pages from other places, in bulk. What a format holds is the cache's to know.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use cachette_cache::Lines;
use clap::{Args, ValueEnum};

use super::{
    input::Source,
    opened,
    terminal::{Progress, line},
    trouble::{DONE, Ending, Trouble},
};

/// How many failed lines are told; the rest is counted.
const TOLD: usize = 20;

/// Import pages in bulk
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette import jsonl pages.jsonl
  zcat pages.jsonl.gz | cachette import jsonl -
  cachette import original site/cache

jsonl: an object a line, {\"url\", \"html\" or \"markdown\", \"title\"?, \"captured_at\"?, \"tags\"?}. Interrupted, it may be run \
again: it goes on where it was, and what is filed already is passed over. A line without captured_at has the file's time. A bad \
line is told and holds up no other.

original: the folders cache/<md5> and cache/<year>/<md5> with their index.md.")]
pub struct ImportArgs {
    /// The format
    #[arg(value_name = "FORMAT")]
    format: Format,
    /// The file (- is stdin); for original, the folder
    #[arg(value_name = "PATH")]
    path: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A JSON object a line
    Jsonl,
    /// The folders of the original cache
    Original,
}

impl ImportArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`super::trouble::Trouble`]; a bad line is told on stderr instead.
    pub fn run(self, home: Option<&Path>, out: &mut dyn Write, err: &mut dyn Write) -> Ending {
        match self.format {
            Format::Jsonl => self.jsonl(home, out, err),
            Format::Original => self.original(home, out, err),
        }
    }

    fn original(&self, home: Option<&Path>, out: &mut dyn Write, err: &mut dyn Write) -> Ending {
        let told = |error| Trouble::Input { path: Some(self.path.clone()), error };
        std::fs::read_dir(&self.path).map_err(told)?;
        let mut cache = opened(home)?;
        let mut progress = Progress::new("entries read");
        let report = cache.import_original(&self.path, &mut |done, total| progress.tick(done, total))?;
        drop(progress);
        for (path, why) in report.failed.iter().chain(&report.notes) {
            let _ = writeln!(err, "{}: {}", line(&path.to_string_lossy()), line(why));
        }
        writeln!(out, "{} filed, {} unchanged, {} failed.", report.done, report.unchanged, report.failed.len())?;
        Ok(DONE)
    }

    fn jsonl(&self, home: Option<&Path>, out: &mut dyn Write, err: &mut dyn Write) -> Ending {
        let source = Source::of(Some(&self.path));
        let mut reader = source.open()?;
        let mut cache = opened(home)?;
        let mut progress = Progress::new("lines read");
        let (captured_at, name) = source.identity();
        let mut lines = Lines { reader: &mut reader, captured_at, name };
        let report = cache.import_jsonl(&mut lines, &mut |lines, _| progress.tick(lines, 0))?;
        drop(progress);
        if report.resumed > 0 {
            let _ =
                writeln!(err, "Went on after line {}, where an import of this file was interrupted.", report.resumed);
        }
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
