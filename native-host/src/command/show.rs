//! `show`: a saved article, or its whole file, on stdout.

use std::{io::Write, path::Path};

use cachette_cache::At;
use clap::Args;

use super::{
    input::{moment, saved_page, version},
    opened,
    terminal::{Terminal, document},
    trouble::{DONE, Ending},
};

/// Print a saved page's article
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette show https://example.org/a
  cachette show ed1c97a9 --file
  cachette show https://example.org/a --at 2024-12-31

HASH is the beginning of the page's hash, eight digits at least. --at shows the version that held at that time; a date \
alone means the end of that day, UTC.")]
pub struct ShowArgs {
    /// The page's address or hash
    #[arg(value_name = "URL|HASH")]
    page: String,
    /// The version that held at this time
    #[arg(long, value_name = "T")]
    at: Option<String>,
    /// The whole file, front matter included
    #[arg(long)]
    file: bool,
}

impl ShowArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`super::trouble::Trouble`].
    pub fn run(self, home: Option<&Path>, out: &mut dyn Write, terminal: Terminal) -> Ending {
        let at = at(self.at.as_deref())?;
        let mut cache = opened(home)?;
        let page = saved_page(&mut cache, &self.page)?;
        let read = version(&mut cache, &page, at)?;
        let text = if self.file { read.file.as_str() } else { read.markdown() };
        out.write_all(document(text, terminal).as_bytes())?;
        Ok(DONE)
    }
}

/// Which version `--at` names.
///
/// # Errors
/// [`super::trouble::Trouble::Usage`] where it is no time.
pub fn at(text: Option<&str>) -> Result<At, super::trouble::Trouble> {
    text.map_or(Ok(At::Newest), |text| moment(text, true).map(At::ValidAt))
}
