//! Orders a command line in which words that begin with a dash may come anywhere. It decides only
//! which words are options; clap reads them.

use std::ffi::OsString;

/// The commands whose words are a query, in which `-word` excludes a word.
const QUERYING: [&str; 2] = ["search", "reconvert"];

/// The options of these commands whose value may be a word of its own.
const VALUED: [&str; 1] = ["--limit"];

/// Orders a command line as clap reads it. `--home DIR` comes first, and the options of a query
/// come before its words.
pub fn ordered(argv: Vec<OsString>) -> Vec<OsString> {
    query_last(home_first(argv))
}

/// Moves `--home DIR` to the front. It may be given anywhere, even where a command takes words that
/// begin with a dash.
fn home_first(argv: Vec<OsString>) -> Vec<OsString> {
    let mut front = Vec::new();
    let mut rest = Vec::with_capacity(argv.len());
    let mut words = argv.into_iter();
    front.extend(words.next());
    while let Some(word) = words.next() {
        if word == "--" {
            rest.push(word);
            break;
        }
        if word == "--home" {
            front.push(word);
            front.extend(words.next());
        } else if word.to_str().is_some_and(|word| word.starts_with("--home=")) {
            front.push(word);
        } else {
            rest.push(word);
        }
    }
    front.extend(rest);
    front.extend(words);
    front
}

/// Puts the words of a query behind `--`, if one of them begins with a dash. Two dashes and a name,
/// and `-h`, remain options, so that a misspelt option is an error and not a word.
fn query_last(argv: Vec<OsString>) -> Vec<OsString> {
    let command = command_at(&argv);
    if !argv.get(command).and_then(|word| word.to_str()).is_some_and(|word| QUERYING.contains(&word)) {
        return argv;
    }
    let (mut front, mut query, mut dashed) = (Vec::with_capacity(argv.len() + 1), Vec::new(), false);
    let mut words = argv.into_iter();
    front.extend(words.by_ref().take(command + 1));
    while let Some(word) = words.next() {
        if word == "--" {
            dashed = true;
            break;
        }
        let bytes = word.as_encoded_bytes();
        if bytes.starts_with(b"--") || bytes == b"-h" {
            let valued = word.to_str().is_some_and(|word| VALUED.contains(&word));
            front.push(word);
            front.extend(words.by_ref().take(usize::from(valued)));
        } else {
            dashed |= bytes.len() > 1 && bytes.starts_with(b"-");
            query.push(word);
        }
    }
    if dashed {
        front.push("--".into());
    }
    front.extend(query);
    front.extend(words);
    front
}

/// Returns the place of the command's name: behind the program's and any `--home`.
fn command_at(argv: &[OsString]) -> usize {
    let mut at = 1;
    while let Some(word) = argv.get(at).and_then(|word| word.to_str()) {
        match word {
            "--home" => at += 2,
            _ if word.starts_with("--home=") => at += 1,
            _ => break,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;
    use proptest::prelude::*;

    use super::*;

    fn line(read: fn(Vec<OsString>) -> Vec<OsString>, line: &str) -> String {
        let argv = line.split(' ').map(Into::into).collect();
        read(argv).iter().map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_home_may_be_given_anywhere_but_behind_two_dashes() {
        let moved = |text| line(home_first, text);
        assert_eq!(moved("c tag u +a --home d -b"), "c --home d tag u +a -b");
        assert_eq!(moved("c list --home=d"), "c --home=d list");
        assert_eq!(moved("c search -- --home d"), "c search -- --home d");
        assert_eq!(moved("c list --home"), "c --home list");
    }

    #[test]
    fn a_word_of_a_query_may_begin_with_a_dash() {
        for (given, read) in [
            ("c search link -rot", "c search -- link -rot"),
            ("c search -rot link", "c search -- -rot link"),
            ("c search link -rot --json --limit 5", "c search --json --limit 5 -- link -rot"),
            ("c search -site:example.org a --home d", "c --home d search -- -site:example.org a"),
            ("c --home=d search -help", "c --home=d search -- -help"),
            ("c reconvert --dry-run -rot", "c reconvert --dry-run -- -rot"),
            ("c search -5 --limit=3 -- --json -h", "c search --limit=3 -- -5 --json -h"),
            ("c search link -- -rot", "c search -- link -rot"),
        ] {
            assert_eq!(line(ordered, given), read, "{given}");
        }
    }

    #[test]
    fn options_and_other_commands_stay_as_they_are() {
        for same in [
            "c",
            "c search",
            "c search --json link rot",
            "c search link - rot",
            "c search --jsno link",
            "c search --limit -5 link",
            "c tag u -search -b",
            "c show search -x",
            "c --home",
        ] {
            assert_eq!(line(ordered, same), same, "{same}");
        }
    }

    #[test]
    fn help_and_misspelt_options_are_no_words() {
        for (given, read) in [
            ("c search link -h", "c search -h link"),
            ("c search link -rot --jsno", "c search --jsno -- link -rot"),
            ("c search link --rot", "c search --rot link"),
            ("c search -rot --limit -5", "c search --limit -5 -- -rot"),
        ] {
            assert_eq!(line(ordered, given), read, "{given}");
        }
    }

    #[test]
    fn every_option_that_takes_a_word_is_listed() {
        let program = super::super::Cli::command();
        for command in QUERYING.iter().map(|name| program.find_subcommand(name).unwrap()) {
            for option in command.get_opts().filter(|option| !option.is_require_equals_set()) {
                let name = format!("--{}", option.get_long().unwrap());
                let values = option.get_num_args().map_or(1, |range| range.max_values());
                let takes = option.get_action().takes_values() && values > 0;
                assert_eq!(takes, VALUED.contains(&name.as_str()), "{name}");
                assert!(option.get_short().is_none(), "{name}: a letter would be read as a word");
            }
        }
    }

    proptest! {
        #[test]
        fn no_word_of_a_query_is_lost_or_changed(words in proptest::collection::vec("-{0,2}[a-h]{0,2}", 0..6)) {
            let words = words.iter().map(String::as_str);
            let argv: Vec<OsString> = ["c", "search"].into_iter().chain(words).map(Into::into).collect();
            let (mut before, mut after) = (argv.clone(), ordered(argv));
            for side in [&mut before, &mut after] {
                side.retain(|word| word != "--");
                side.sort();
            }
            prop_assert_eq!(before, after);
        }
    }
}
