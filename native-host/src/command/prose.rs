//! Folds the prose of help texts into lines of at most 100 columns. Option tables, examples and
//! completions are not folded.

use clap::Command;

/// How many columns a line of prose may have.
const COLUMNS: usize = 100;

/// A function that sets one of a command's texts.
type Set = fn(Command, String) -> Command;

/// Folds the texts of a command and of those below it. They are `about`, and the texts before and
/// after the options.
pub fn folded(command: Command) -> Command {
    let fold = |text: Option<&clap::builder::StyledStr>| text.map(|text| lines(&text.to_string()));
    let (about, long_about) = (fold(command.get_about()), fold(command.get_long_about()));
    let (before, long_before) = (fold(command.get_before_help()), fold(command.get_before_long_help()));
    let (after, long_after) = (fold(command.get_after_help()), fold(command.get_after_long_help()));
    let mut command = command.mut_subcommands(folded);
    let parts: [(Option<String>, Set); 6] = [
        (about, |command, text| command.about(text)),
        (long_about, |command, text| command.long_about(text)),
        (before, |command, text| command.before_help(text)),
        (long_before, |command, text| command.before_long_help(text)),
        (after, |command, text| command.after_help(text)),
        (long_after, |command, text| command.after_long_help(text)),
    ];
    for (text, set) in parts {
        if let Some(text) = text {
            command = set(command, text);
        }
    }
    command
}

/// Folds the long lines of a text between words. An indented line is an example or a row of a
/// table, and stays whole.
fn lines(text: &str) -> String {
    let folded: Vec<String> = text.split('\n').map(line).collect();
    folded.join("\n")
}

fn line(line: &str) -> String {
    if line.starts_with(char::is_whitespace) || line.chars().count() <= COLUMNS {
        return line.to_owned();
    }
    let (mut folded, mut column) = (String::with_capacity(line.len()), 0);
    for word in line.split_whitespace() {
        let width = word.chars().count();
        if column > 0 {
            let fits = column + 1 + width <= COLUMNS;
            folded.push(if fits { ' ' } else { '\n' });
            column = if fits { column + 1 } else { 0 };
        }
        folded.push_str(word);
        column += width;
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_prose_is_folded_and_what_is_indented_is_not() {
        let (word, example) = ("word ".repeat(50), format!("  cachette {}", "x".repeat(200)));
        let text = lines(&format!("{word}\n\nExamples:\n{example}\nShort  as it stands."));
        let (prose, rest) = text.split_once("\n\n").unwrap();
        assert_eq!(prose.lines().map(str::len).collect::<Vec<_>>(), [99, 99, 49]);
        assert_eq!(rest, format!("Examples:\n{example}\nShort  as it stands."));
        let long = "ü".repeat(150);
        assert_eq!(lines(&format!("a {long} b")), format!("a\n{long}\nb"), "a word is never cut");
    }

    #[test]
    fn no_help_has_a_line_of_prose_that_is_longer_and_none_loses_a_word() {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let (mut todo, mut seen) = (vec![(<crate::command::Cli as clap::CommandFactory>::command(), String::new())], 0);
        while let Some((command, above)) = todo.pop() {
            let name = format!("{above} {}", command.get_name());
            let (mut plain, mut folded) = (command.clone(), folded(command.clone()));
            for (plain, folded) in [
                (plain.render_help().to_string(), folded.render_help().to_string()),
                (plain.render_long_help().to_string(), folded.render_long_help().to_string()),
            ] {
                assert_eq!(words(&plain), words(&folded), "{name}");
                for line in folded.lines().filter(|line| !line.starts_with(' ')) {
                    assert!(line.chars().count() <= COLUMNS, "{name}: {line}");
                    seen += 1;
                }
            }
            todo.extend(command.get_subcommands().map(|below| (below.clone(), name.clone())));
        }
        assert!(seen > 100, "{seen}");
    }
}
