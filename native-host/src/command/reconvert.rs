//! `reconvert`: converts unedited articles again from the pages' copies, with today's converter.

use cachette_cache::{ReconvertOptions, ReconvertReport};
use clap::Args;

use super::{
    context::Context,
    error::{CommandResult, DONE},
    terminal::{Progress, counted, line},
};

/// Convert unedited articles again from their pages' index.html
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette reconvert --dry-run
  cachette reconvert
  cachette reconvert site:example.org before:2026
  cachette reconvert -site:example.org

Use this after an update. An article that this version of Cachette would write differently is \
written again, and the former one stays as an older version of the same time (cachette diff \
shows what changed, cachette remove URL --at T undoes it). Articles that people have edited stay \
as they are, and so do those with more content than their index.html shows. After an \
interruption, run it again: it continues where it stopped. QUERY is that of cachette search, and \
all matching pages are included.")]
pub struct ReconvertArgs {
    /// Only pages that match this query
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// Only print the paths of the articles that would change
    #[arg(long)]
    dry_run: bool,
    /// Also include articles that this version of Cachette has converted
    #[arg(long)]
    all: bool,
}

impl ReconvertArgs {
    /// Runs the command. If a page cannot be read, stderr names it and the others continue.
    ///
    /// # Errors
    /// [`CliError`](super::error::CliError).
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        let query = self.query.join(" ");
        let options = ReconvertOptions { query: &query, dry_run: self.dry_run, all: self.all };
        let mut progress = Progress::new("pages looked at");
        let report = context.open()?.reconvert(&options, &mut |done, total| progress.tick(done, total))?;
        drop(progress);
        for page in report.failed.iter().chain(&report.kept) {
            let _ = writeln!(context.err, "{}: {}", line(&page.path.to_string_lossy()), line(&page.what));
        }
        if self.dry_run {
            report.made.iter().try_for_each(|path| context.print_path(path))?;
        }
        writeln!(context.out, "{}", summary(&report, self.dry_run))?;
        Ok(DONE)
    }
}

fn summary(report: &ReconvertReport, dry_run: bool) -> String {
    let made = counted(report.made.len() as u64, "article");
    let made = if dry_run { format!("{made} would be made anew") } else { format!("{made} made anew") };
    let others = [
        (report.unchanged, "unchanged"),
        (report.current, "done before"),
        (report.edited, "edited"),
        (report.without_copy, "without index.html"),
        (report.kept.len() as u64, "kept"),
        (report.failed.len() as u64, "failed"),
    ];
    let others =
        others.into_iter().filter(|(number, _)| *number > 0).map(|(number, what)| format!(", {number} {what}"));
    format!("{made}{}.", others.collect::<String>())
}
