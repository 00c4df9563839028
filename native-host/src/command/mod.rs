//! Lists the commands, and runs the one that is asked for. Each has a file of its own; the crates
//! `cachette-cache` and `cachette-page` do the work.

mod add;
mod check;
mod clock;
mod collect;
mod completions;
mod context;
mod convert;
mod dashes;
mod diff;
mod doctor;
mod error;
mod export;
mod import;
mod input;
mod install;
mod json;
mod keep;
mod list;
mod man;
mod path;
mod prose;
mod prune;
#[cfg(test)]
mod readme;
mod rebuild;
mod reconvert;
mod refresh;
mod related;
mod remove;
mod search;
mod show;
mod stats;
mod tag;
mod tags;
mod terminal;
mod trash;
mod uninstall;
mod versions;

use std::{
    ffi::OsString,
    io::{self, BufWriter},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{CommandFactory, Parser, Subcommand};

use self::{
    context::Context,
    error::{CliError, CommandResult, DONE, USAGE},
    terminal::Terminal,
};
use crate::sentence::sentence;

/// A wayback machine of your own: pages as Markdown in a folder, searchable.
#[derive(Debug, Parser)]
#[command(name = "cachette", version, arg_required_else_help = true)]
#[command(after_help = "Examples:
  cachette install                       allows your browsers to start this program
  cachette search link rot               finds saved pages
  cachette show https://example.org/a    prints a saved article
  cachette stats                         prints where everything is stored

Exit codes: 0 for success, 1 if a page is unknown or a check found damage, 2 for wrong usage, 3 \
if a file or the disk failed.")]
pub struct Cli {
    /// The cache's folder [default: $CACHETTE_HOME, else the platform's data folder]
    #[arg(long, value_name = "DIR", global = true)]
    home: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

/// Makes the list of commands, each of which is run by its own file.
macro_rules! commands {
    ($($name:ident($file:ident::$args:ident),)+) => {
        #[derive(Debug, Subcommand)]
        enum Command {
            $($name($file::$args),)+
        }

        impl Command {
            fn run(self, context: &mut Context<'_>) -> CommandResult {
                match self {
                    $(Command::$name(args) => args.run(context),)+
                }
            }
        }
    };
}

// In the order in which `--help` lists them.
commands! {
    Search(search::SearchArgs),
    Related(related::RelatedArgs),
    Show(show::ShowArgs),
    List(list::ListArgs),
    Versions(versions::VersionsArgs),
    Diff(diff::DiffArgs),
    Path(path::PathArgs),
    Tag(tag::TagArgs),
    Tags(tags::TagsArgs),
    Remove(remove::RemoveArgs),
    Trash(trash::TrashArgs),
    Keep(keep::KeepArgs),
    Prune(prune::PruneArgs),
    Add(add::AddArgs),
    Convert(convert::ConvertArgs),
    Import(import::ImportArgs),
    Export(export::ExportArgs),
    Check(check::CheckArgs),
    Collect(collect::CollectArgs),
    Rebuild(rebuild::RebuildArgs),
    Reconvert(reconvert::ReconvertArgs),
    Refresh(refresh::RefreshArgs),
    Stats(stats::StatsArgs),
    Install(install::InstallArgs),
    Uninstall(uninstall::UninstallArgs),
    Doctor(doctor::DoctorArgs),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
}

impl Command {
    /// Whether it may heal manifests first. Commands that deal with the manifests themselves, or
    /// only look at them, may not.
    fn heals(&self) -> bool {
        !matches!(self, Command::Install(_) | Command::Uninstall(_) | Command::Doctor(_))
    }
}

/// Runs the command line and returns the program's exit code.
pub fn run(argv: Vec<OsString>, exe: Option<&Path>) -> ExitCode {
    let (mut out, mut err) = (BufWriter::new(io::stdout().lock()), io::stderr());
    let cli = match parsed(argv) {
        Ok(cli) => cli,
        // Help and version arrive here too. It is never an error if the reader has gone.
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(USAGE));
        }
    };
    if let Some(exe) = exe.filter(|_| cli.command.heals()) {
        crate::install::heal(exe);
    }
    let terminal = Terminal::of_stdout();
    let mut context = Context { home: cli.home.as_deref(), out: &mut out, err: &mut err, terminal };
    let result = cli.command.run(&mut context);
    let result = result.and_then(|code| context.out.flush().map(|()| code).map_err(CliError::from));
    match result {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            if error.exit_code() != DONE {
                context.warn(sentence(&error));
            }
            ExitCode::from(error.exit_code())
        }
    }
}

/// Reads a command line; help and version arrive as errors too. Help texts are folded only when one
/// is printed.
fn parsed(argv: Vec<OsString>) -> Result<Cli, clap::Error> {
    let argv = dashes::ordered(argv);
    Cli::try_parse_from(&argv)
        .map_err(|error| prose::folded(Cli::command()).try_get_matches_from(argv).err().unwrap_or(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_are_declared_without_contradiction() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_has_examples() {
        for command in Cli::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains("Examples:\n  "), "{}", command.get_name());
            assert!(help.contains(&format!("cachette {}", command.get_name())), "{}", command.get_name());
        }
    }
}
