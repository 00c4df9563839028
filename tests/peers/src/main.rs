//! Times the project's converter next to others of its kind, and prints JSON lines. All get the
//! same pages in the same run. `cargo xtask bench markdown` builds it, runs it and shows the lines
//! as a table. No part of it belongs to the product.
//!
//! `html2md` is GPL-3.0-or-later and is only measured here. The product never links it, and this
//! program is never distributed.

mod caution;
mod clock;
mod extract;
mod growth;
mod pages;
mod rounds;
mod row;
mod search;
mod tool;

use std::{
    io::{BufRead, Error, Write},
    process::ExitCode,
};

use tool::Tool;

const USAGE: &str = "usage: cachette-peers pages ROUNDS < SOURCES   (a file's path or `generate SEED SECTIONS` a line)
       cachette-peers rows
       cachette-peers extract ROUNDS < PATHS
       cachette-peers search DATA PAGES";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> std::io::Result<()> {
    let out = &mut std::io::stdout().lock();
    let input = std::io::stdin().lock();
    let tool = |name: &str| Tool::named(name).ok_or_else(|| Error::other(USAGE));
    match words {
        ["pages", rounds] => {
            let rounds = rounds.parse().map_err(|_| Error::other(USAGE))?;
            rounds::compare(rounds, &input.lines().collect::<Result<Vec<_>, _>>()?, out)
        }
        ["extract", rounds] => {
            let rounds = rounds.parse().map_err(|_| Error::other(USAGE))?;
            extract::compare(rounds, &input.lines().collect::<Result<Vec<_>, _>>()?, out)
        }
        ["rows"] => growth::rows(out),
        ["search", data, pages] => {
            let pages = pages.parse().map_err(|_| Error::other(USAGE))?;
            search::measure(std::path::Path::new(data), pages, out).map_err(|error| Error::other(error.to_string()))
        }
        // These are the tasks of children.
        ["extract-alone", name] => extract::alone(name, input, out),
        ["try", name] => rounds::endure(tool(name)?, input, out),
        ["row", name, row] => {
            let row = row::ROWS.iter().find(|known| known.name == *row).ok_or_else(|| Error::other(USAGE))?;
            growth::row(tool(name)?, row, out)
        }
        _ => Err(Error::other(USAGE)),
    }
}
