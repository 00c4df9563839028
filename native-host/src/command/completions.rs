//! `completions`: prints the script that lets a shell complete commands and options.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{
    Cli,
    context::Context,
    error::{CommandResult, DONE},
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
    /// The output cannot be written.
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        // The generator panics if its writer fails, so it writes to memory.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "cachette", &mut script);
        context.out.write_all(&script)?;
        Ok(DONE)
    }
}
