//! Runs `cargo xtask copies`: pictures of varied pages beside their saved copies, in a folder to
//! look through. The copies are opened from the disk without a network.

use std::{fmt::Write, fs, path::PathBuf};

use cachette_tests::gallery;
use clap::Args;

use crate::{
    build::{self, BuildArguments},
    prerequisites::{self, Need},
    shell::{Done, TaskError, at, say},
};

/// Where to put the pictures.
#[derive(Args)]
pub struct CopiesArguments {
    /// The folder, made if need be
    #[arg(long, value_name = "DIR", default_value = "target/copies")]
    into: PathBuf,
}

/// Makes the pictures and a page that shows them side by side.
///
/// # Errors
/// The first step that fails, or a copy that asked the network for something.
pub fn copies(arguments: &CopiesArguments) -> Done {
    prerequisites::ensure(Need::Chromium)?;
    build::build(&BuildArguments { release: false })?;
    fs::create_dir_all(&arguments.into).map_err(at(&arguments.into))?;
    let mut page = "<!DOCTYPE html><meta charset=\"utf-8\"><title>Originals and copies</title><style>\
                    img{width:48%;border:1px solid}</style>"
        .to_owned();
    let mut loaded = Vec::new();
    for pair in gallery::compare().map_err(|error| TaskError::Other(error.to_string()))? {
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
    say(&format!("{} shows originals (left) and copies.", index.display()));
    if loaded.is_empty() {
        return Ok(());
    }
    Err(TaskError::Other(format!("copies asked the network for {}", loaded.join(", "))))
}
