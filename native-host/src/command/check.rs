//! `check`: compares every file with its own front matter and hashes, and with the index.

use std::io::Write;

use cachette_cache::{CheckOptions, CheckReport, Finding};
use clap::Args;
use serde::Serialize;

use super::{
    context::Context,
    error::{CommandResult, DONE, UNKNOWN},
    json,
    terminal::{Progress, counted, line},
};

/// Verify every file of the cache
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette check
  cachette check --read-data --repair

After an interruption, the next check continues where the last one stopped. The exit code is 1 \
if anything is damaged, missing or left over. Articles that people have edited are listed, and \
do not count as damage.")]
pub struct CheckArgs {
    /// Also read and verify every saved index.html and every shared file
    #[arg(long)]
    read_data: bool,
    /// Repair what can be repaired without touching what people wrote
    #[arg(long)]
    repair: bool,
    /// Start at the first page, even if an earlier check was interrupted
    #[arg(long)]
    anew: bool,
    /// Print a JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report<'a> {
    sound: bool,
    #[serde(flatten)]
    found: &'a CheckReport,
}

impl CheckArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`CliError`](super::error::CliError).
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        let mut progress = Progress::new("pages checked");
        let options = CheckOptions { read_data: self.read_data, repair: self.repair, anew: self.anew };
        let report = context.open()?.check(&options, &mut |done, total| progress.tick(done, total))?;
        drop(progress);
        if self.json {
            json::write_line(context.out, &Report { sound: report.is_sound(), found: &report })?;
        } else {
            write_report(context.out, &report)?;
        }
        Ok(if report.is_sound() { DONE } else { UNKNOWN })
    }
}

fn write_report(out: &mut dyn Write, report: &CheckReport) -> std::io::Result<()> {
    let CheckReport { pages, versions, damaged, missing, orphaned, index, edited, unindexed, mended, resumed } = report;
    let mut group = |word: &str, troubles: &[Finding]| {
        troubles.iter().try_for_each(|Finding { path, what }| {
            writeln!(out, "{word}: {}: {}", line(&path.to_string_lossy()), line(what))
        })
    };
    group("damaged", damaged)?;
    group("missing", missing)?;
    group("left over", orphaned)?;
    group("index", index)?;
    group("edited", edited)?;
    for what in mended {
        writeln!(out, "mended: {}", line(what))?;
    }
    if *resumed > 0 {
        writeln!(out, "The first {} had been checked before; --anew checks them again.", counted(*resumed, "page"))?;
    }
    if *unindexed > 0 {
        writeln!(out, "{} changed since the last search; the next one looks at them.", counted(*unindexed, "page"))?;
    }
    let found = damaged.len() + missing.len() + orphaned.len() + index.len();
    let (pages, versions) = (counted(*pages, "page"), counted(*versions, "version"));
    match found {
        0 => writeln!(out, "{pages} with {versions}: all is well."),
        _ => writeln!(out, "{pages} with {versions}: {}.", counted(found as u64, "trouble")),
    }
}
