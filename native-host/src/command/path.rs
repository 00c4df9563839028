//! `path`: where a saved page lies.

use std::{io::Write, path::Path};

use cachette_cache::At;
use clap::Args;

use super::{
    input::saved_page,
    opened, print_path,
    show::at,
    trouble::{DONE, Ending},
};

/// Print where a saved page lies
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $EDITOR \"$(cachette path https://example.org/a)\"
  cachette path ed1c97a9 --at 2024-12-31")]
pub struct PathArgs {
    /// The page's address or hash
    #[arg(value_name = "URL|HASH")]
    page: String,
    /// The file of the version that held at this time
    #[arg(long, value_name = "T")]
    at: Option<String>,
}

impl PathArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`super::trouble::Trouble`].
    pub fn run(self, home: Option<&Path>, out: &mut dyn Write) -> Ending {
        let at = at(self.at.as_deref())?;
        let mut cache = opened(home)?;
        let page = saved_page(&mut cache, &self.page)?;
        match at {
            At::Newest => print_path(out, &page.path)?,
            other => print_path(out, &cache.read(&page.hash_url, other)?.path)?,
        }
        Ok(DONE)
    }
}
