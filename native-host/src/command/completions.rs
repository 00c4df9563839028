//! `completions`: what a shell needs to complete our commands.

use std::io::Write;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{
    Cli,
    trouble::{DONE, Ending},
};

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette completions bash > ~/.local/share/bash-completion/completions/cachette
  cachette completions zsh > \"${fpath[1]}/_cachette\"
  cachette completions fish > ~/.config/fish/completions/cachette.fish
  cachette completions powershell >> $PROFILE")]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

impl CompletionsArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// Where stdout fails.
    pub fn run(self, out: &mut dyn Write) -> Ending {
        // The generator cannot tell a writer's error from a bug; it writes to memory.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "cachette", &mut script);
        out.write_all(&script)?;
        Ok(DONE)
    }
}
