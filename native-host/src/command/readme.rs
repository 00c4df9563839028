//! Makes the README's table of commands, from the same definitions as `--help`. Only tests use it.

use clap::{Command, CommandFactory};

use super::Cli;

/// The marks around the table in the README.
const BEGIN: &str = "<!-- commands: made of the definitions, see native-host/src/command/readme.rs -->\n";
const END: &str = "<!-- end of commands -->\n";

fn table() -> String {
    let mut root = Cli::command();
    root.build();
    let mut table = String::from("| command | |\n|---|---|\n");
    let listed = |command: &Command| command.get_name() != "help" && !command.is_hide_set();
    for command in root.get_subcommands_mut().filter(|command| listed(command)) {
        let usage = command.render_usage().to_string();
        let usage = usage.trim_start_matches("Usage: ").replace(" [OPTIONS]", "").replace('|', "\\|");
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        table.push_str(&format!("| `{usage}` | {about} |\n"));
    }
    table
}

/// `CACHETTE_BLESS=1 cargo test -p cachette-native-host` rewrites the table.
#[test]
fn the_readme_lists_every_command_as_the_help_does() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");
    let readme = std::fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    let (before, rest) = readme.split_once(BEGIN).unwrap();
    let (filed, after) = rest.split_once(END).unwrap();
    let now = table();
    if std::env::var_os("CACHETTE_BLESS").is_some() {
        std::fs::write(path, [before, BEGIN, &now, END, after].concat()).unwrap();
        return;
    }
    assert!(filed == now, "the README's table is stale: run the tests with CACHETTE_BLESS=1 and look at what changed");
}
