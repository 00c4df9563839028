//! `man`: prints the manual page, made from the same definitions as `--help`. It does not use
//! `clap_mangen`: that would add two crates to the host, for a format in which a page of options
//! needs five macros.

use clap::{Arg, Args, Command, CommandFactory};

use super::{
    Cli,
    context::Context,
    error::{CommandResult, DONE},
};

/// Print the manual page
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette man | man -l -
  cachette man > ~/.local/share/man/man1/cachette.1")]
pub struct ManArgs {}

impl ManArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// The output cannot be written.
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        context.out.write_all(page(Cli::command()).as_bytes())?;
        Ok(DONE)
    }
}

/// Returns the whole page, in roff with the macros of `man(7)`.
fn page(mut root: Command) -> String {
    root.build();
    let (name, version) = (root.get_name().to_owned(), env!("CARGO_PKG_VERSION"));
    let about = root.get_about().map(ToString::to_string).unwrap_or_default();
    let mut page = format!(".TH {} 1 \"\" \"{name} {version}\"\n", name.to_uppercase());
    page.push_str(&format!(".SH NAME\n{name} \\- {}\n.SH SYNOPSIS\n", escaped(about.trim_end_matches('.'))));
    page.push_str(&format!("{}\n.SH OPTIONS\n", escaped(&usage(&mut root))));
    root.get_arguments().for_each(|argument| option(&mut page, argument));
    page.push_str(".SH COMMANDS\n");
    root.get_subcommands_mut().for_each(|command| section(&mut page, command));
    page.push_str(".SH EXAMPLES\n");
    prose(&mut page, &root.get_after_help().map(ToString::to_string).unwrap_or_default());
    page
}

/// A command and its subcommands.
fn section(page: &mut String, command: &mut Command) {
    if command.get_name() == "help" || command.is_hide_set() {
        return;
    }
    page.push_str(&format!(".SS \"{}\"\n", escaped(&usage(command)).replace('"', "\\(dq")));
    let about = command.get_long_about().or(command.get_about()).map(ToString::to_string);
    prose(page, &about.unwrap_or_default());
    command.get_arguments().filter(|argument| !argument.is_global_set()).for_each(|argument| option(page, argument));
    if let Some(after) = command.get_after_help().map(ToString::to_string) {
        page.push_str(".PP\n");
        prose(page, &after);
    }
    command.get_subcommands_mut().for_each(|inner| section(page, inner));
}

fn usage(command: &mut Command) -> String {
    command.render_usage().to_string().trim_start_matches("Usage: ").to_owned()
}

/// An option or argument, with its possible values.
fn option(page: &mut String, argument: &Arg) {
    if matches!(argument.get_id().as_str(), "help" | "version") || argument.is_hide_set() {
        return;
    }
    page.push_str(&format!(".TP\n\\fB{}\\fR\n", escaped(&argument.to_string())));
    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    let values = argument.get_possible_values();
    let names: Vec<&str> = values.iter().filter(|value| !value.is_hide_set()).map(|value| value.get_name()).collect();
    let takes_values = argument.get_action().takes_values();
    let names = if names.is_empty() || !takes_values { String::new() } else { format!(" ({})", names.join(", ")) };
    prose(page, &format!("{help}{names}"));
}

/// Writes paragraphs; indented lines, which are examples and tables, stay as they are.
fn prose(page: &mut String, text: &str) {
    let mut is_verbatim = false;
    for line in text.lines() {
        let is_example = line.starts_with(char::is_whitespace);
        if is_example != is_verbatim {
            page.push_str(if is_example { ".PP\n.nf\n" } else { ".fi\n" });
            is_verbatim = is_example;
        }
        match line.is_empty() {
            true => page.push_str(".PP\n"),
            false => page.push_str(&format!("{}\n", escaped(line))),
        }
    }
    if is_verbatim {
        page.push_str(".fi\n");
    }
}

/// Escapes a line of text, so that roff does not read any of it as a request.
fn escaped(line: &str) -> String {
    let text = line.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_every_command_and_every_option() {
        fn check(page: &str, command: &Command) {
            for argument in command.get_arguments().filter(|it| !it.is_hide_set()).filter_map(Arg::get_long) {
                let is_there = page.contains(&escaped(&format!("--{argument}")));
                assert!(is_there || ["help", "version"].contains(&argument), "{} --{argument}", command.get_name());
            }
            for inner in command.get_subcommands().filter(|inner| !inner.is_hide_set()) {
                let head = format!(".SS \"cachette {}", escaped(inner.get_name()));
                assert!(page.contains(&head) || command.get_name() != "cachette", "{head}");
                check(page, inner);
            }
        }
        check(&page(Cli::command()), &Cli::command());
    }

    #[test]
    fn a_line_of_text_is_no_macro() {
        let macros = [".TH", ".SH", ".SS", ".TP", ".PP", ".nf", ".fi"];
        let page = page(Cli::command());
        assert!(
            page.lines()
                .all(|line| !line.starts_with(['.', '\'']) || macros.iter().any(|known| line.starts_with(known)))
        );
        let mut text = String::new();
        prose(&mut text, "'a\n.so /etc/passwd\n  \\fB\n\nb");
        assert_eq!(text, "\\&'a\n\\&.so /etc/passwd\n.PP\n.nf\n  \\efB\n.fi\n.PP\nb\n");
    }
}
