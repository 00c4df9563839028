//! `collect`: removes the shared files that no saved page shows any more.

use std::{io::Write, path::Path};

use clap::Args;

use super::{
    opened,
    terminal::counted,
    trouble::{DONE, Ending},
};

/// Remove pictures and style sheets that no saved page shows any more
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette collect

What any version shows stays, and so does what a page in the trash shows. Pages may be saved meanwhile.")]
pub struct CollectArgs {}

impl CollectArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`super::trouble::Trouble`].
    pub fn run(self, home: Option<&Path>, out: &mut dyn Write) -> Ending {
        let collected = opened(home)?.collect()?;
        writeln!(out, "{} removed, {}.", counted(collected.files, "file"), counted(collected.bytes, "byte"))?;
        Ok(DONE)
    }
}
