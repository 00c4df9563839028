//! `stats`: prints figures about the cache.

use std::path::Path;

use cachette_cache::Home;
use clap::Args;
use serde::Serialize;

use super::{
    context::Context,
    error::{CommandResult, DONE},
    json,
    terminal::line,
};

/// Print statistics about the cache
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette stats
  cachette stats --json")]
pub struct StatsArgs {
    /// Print a JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Figures {
    home: String,
    index: String,
    log: String,
    pages: u64,
    versions: u64,
    bytes_markdown: u64,
    bytes_html: u64,
    bytes_dropped: u64,
    bytes_assets: u64,
    bytes_trash: u64,
    index_bytes: u64,
}

impl StatsArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`CliError`](super::error::CliError).
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        let stats = context.open()?.stats()?;
        let home = Home::resolve(context.home)?;
        let path = |path: &Path| path.to_string_lossy().into_owned();
        let figures = Figures {
            home: path(home.dir()),
            index: path(home.index_file()),
            log: path(home.log_dir()),
            pages: stats.pages,
            versions: stats.versions,
            bytes_markdown: stats.bytes_markdown,
            bytes_html: stats.bytes_html,
            bytes_dropped: stats.bytes_dropped,
            bytes_assets: stats.bytes_assets,
            bytes_trash: stats.bytes_trash,
            index_bytes: stats.index_bytes,
        };
        if self.json {
            json::write_line(context.out, &figures)?;
            return Ok(DONE);
        }
        writeln!(context.out, "Home      {}", line(&figures.home))?;
        writeln!(context.out, "Index     {}", line(&figures.index))?;
        writeln!(context.out, "Log       {}", line(&figures.log))?;
        writeln!(context.out, "Pages     {}", figures.pages)?;
        writeln!(context.out, "Versions  {}", figures.versions)?;
        writeln!(context.out, "Markdown  {}", size(figures.bytes_markdown))?;
        writeln!(context.out, "HTML      {}", size(figures.bytes_html))?;
        writeln!(context.out, "Left out  {}", size(figures.bytes_dropped))?;
        writeln!(context.out, "Assets    {}", size(figures.bytes_assets))?;
        writeln!(context.out, "Trash     {}", size(figures.bytes_trash))?;
        writeln!(context.out, "Indexed   {}", size(figures.index_bytes))?;
        Ok(DONE)
    }
}

/// Returns a number of bytes as people read it, in powers of 1024.
fn size(bytes: u64) -> String {
    let mut value = bytes as f64;
    for unit in ["bytes", "KiB", "MiB", "GiB"] {
        if value < 1024.0 {
            return if unit == "bytes" { format!("{bytes} {unit}") } else { format!("{value:.1} {unit}") };
        }
        value /= 1024.0;
    }
    format!("{value:.1} TiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_written_with_its_unit() {
        let cases = [
            (0, "0 bytes"),
            (1023, "1023 bytes"),
            (1536, "1.5 KiB"),
            (5 << 30, "5.0 GiB"),
            (u64::MAX, "16777216.0 TiB"),
        ];
        for (bytes, expected) in cases {
            assert_eq!(size(bytes), expected);
        }
    }
}
