//! `add`: files an HTML page as if the browser had sent it.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use cachette_cache::Snapshot;
use clap::Args;

use super::{
    input::{Source, address, moment},
    opened, print_path,
    trouble::{DONE, Ending},
};

/// File an HTML page in the cache and print the path of its index.md
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette add --url https://example.org/a page.html
  curl -s https://example.org/a | cachette add --url https://example.org/a -
  cachette add --url https://example.org/a --captured-at 2019-05-04 old.html

A page that has not changed since keeps its versions; its path is printed all the same.")]
pub struct AddArgs {
    /// The page's address
    #[arg(long, value_name = "URL")]
    url: String,
    /// When the page looked like this: 2026-11-22 or 2026-11-22T18:24:05Z; now without it
    #[arg(long, value_name = "T")]
    captured_at: Option<String>,
    /// The HTML file; - is stdin
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl AddArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`super::trouble::Trouble`].
    pub fn run(self, home: Option<&Path>, out: &mut dyn Write, err: &mut dyn Write) -> Ending {
        address(&self.url)?;
        let captured_at = match &self.captured_at {
            Some(text) => moment(text, false)?,
            None => crate::moment::now(),
        };
        let html = Source::of(Some(&self.file)).html()?;
        let mut cache = opened(home)?;
        let snapshot = Snapshot {
            url: &self.url,
            captured_at,
            source: "page",
            title: None,
            html: "",
            resources: &[],
            tags: &[],
            warnings: &[],
            fresh_at: self.captured_at.is_none().then_some(captured_at),
        };
        let saved = cache.save_owned(&snapshot, html)?;
        for warning in &saved.warnings {
            let _ = writeln!(err, "cachette: {}", super::terminal::line(warning));
        }
        print_path(out, &saved.path)?;
        // Whoever reads the path need not wait for the words that it is found by.
        out.flush()?;
        if let Err(error) = cache.flush() {
            let _ = writeln!(err, "cachette: {}", crate::sentence::sentence(&error));
        }
        Ok(DONE)
    }
}
