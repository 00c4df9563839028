//! Writes the README's picture of the popup: `cargo run -p cachette-tests --example popup_picture`, after
//! `cargo xtask build`.

use std::fs;

use cachette_tests::{home::repository, picture};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let docs = repository().join("docs");
    fs::create_dir_all(&docs)?;
    fs::write(docs.join("popup.png"), picture::popup()?)?;
    Ok(())
}
