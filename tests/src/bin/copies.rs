//! Takes pictures of varied pages beside their saved copies, for `cargo xtask copies`. They go into
//! a folder to look through. The copies are opened from the disk without a network.

use std::{fmt::Write, fs, path::PathBuf, process::ExitCode};

use cachette_shell::{Done, TaskError, at, finish, other, say};
use cachette_tests::gallery;
use clap::Parser;

/// Pictures varied pages beside their saved copies.
#[derive(Parser)]
#[command(name = "cargo xtask copies", bin_name = "cargo xtask copies")]
struct Arguments {
    /// Puts the pictures into this folder, created if necessary
    #[arg(long, value_name = "DIR", default_value = "target/copies")]
    into: PathBuf,
}

fn main() -> ExitCode {
    finish(copies(&Arguments::parse()))
}

/// Makes the pictures and a page that shows them side by side. Fails when a copy asked the network
/// for something.
fn copies(arguments: &Arguments) -> Done {
    fs::create_dir_all(&arguments.into).map_err(at(&arguments.into))?;
    let mut page = "<!DOCTYPE html><meta charset=\"utf-8\"><title>Originals and \
    copies</title><style>img{width:48%;border:1px solid}</style>"
        .to_owned();
    let mut loaded = Vec::new();
    for pair in gallery::compare().map_err(other)? {
        for (kind, png) in [("original", &pair.original), ("copy", &pair.copy)] {
            let file = arguments.into.join(format!("{}-{kind}.png", pair.name));
            fs::write(&file, png).map_err(at(&file))?;
        }
        let name = &pair.name;
        // Writing into a String cannot fail.
        let _ = write!(page, "<h2>{name}</h2><img src=\"{name}-original.png\"> <img src=\"{name}-copy.png\">");
        loaded.extend(pair.loaded);
    }
    let index = arguments.into.join("index.html");
    fs::write(&index, page).map_err(at(&index))?;
    say(&format!("{} shows the originals on the left and the copies on the right.", index.display()));
    if loaded.is_empty() {
        return Ok(());
    }
    Err(TaskError::Other(format!("Some copies asked the network for {}", loaded.join(", "))))
}
