//! `versions`: the saved states of a page, newest first.

use std::{io::Write, path::Path};

use clap::Args;
use serde::Serialize;

use super::{
    input::saved_page,
    json, opened,
    trouble::{DONE, Ending},
};
use crate::moment;

/// List the saved versions of a page, newest first
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette versions https://example.org/a
  cachette versions ed1c97a9 --json")]
pub struct VersionsArgs {
    /// The page's address or hash
    #[arg(value_name = "URL|HASH")]
    page: String,
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Version {
    captured_at: String,
    seen_at: Option<String>,
    converted_at: Option<String>,
}

impl VersionsArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`super::trouble::Trouble`].
    pub fn run(self, home: Option<&Path>, out: &mut dyn Write) -> Ending {
        let page = saved_page(&mut opened(home)?, &self.page)?;
        // Only the newest version can have been seen unchanged later.
        let mut seen_at = page.seen_at.map(moment::written);
        let mut converted_at = page.converted_at.map(moment::written);
        let versions: Vec<_> = page
            .versions
            .into_iter()
            .map(|captured_at| Version {
                captured_at: moment::written(captured_at),
                seen_at: seen_at.take(),
                converted_at: converted_at.take(),
            })
            .collect();
        if self.json {
            json::write_line(out, &versions)?;
            return Ok(DONE);
        }
        for version in versions {
            let seen = version.seen_at.map(|seen| format!("unchanged on {seen:.10}"));
            let converted = version.converted_at.map(|converted| format!("made anew on {converted:.10}"));
            let told: Vec<String> = converted.into_iter().chain(seen).collect();
            match told.is_empty() {
                false => writeln!(out, "{}  ({})", version.captured_at, told.join(", "))?,
                true => writeln!(out, "{}", version.captured_at)?,
            }
        }
        Ok(DONE)
    }
}
