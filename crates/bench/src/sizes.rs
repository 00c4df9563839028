//! Prints the extension's sizes.

use std::path::Path;

use cachette_browser::home::MODULES;
use cachette_shell::{Done, at, print};

use crate::built::Built;

/// Prints the sizes of the modules and the folders; nothing is timed.
///
/// # Errors
/// A file cannot be read.
pub fn measure(built: &Built, _runs: usize) -> Done {
    for browser in ["chromium", "firefox"] {
        let folder = built.extension.join(browser);
        let mut words = Vec::new();
        for (module, most) in MODULES {
            let path = folder.join("wasm").join(format!("{module}_bg.wasm"));
            let bytes = std::fs::metadata(&path).map_err(at(&path))?.len();
            words.push(format!("{module} {} (at most {})", kib(bytes), kib(most)));
        }
        print(&format!("  {browser}: {}, whole folder {}", words.join(", "), kib(weight(&folder)?)));
    }
    Ok(())
}

fn weight(folder: &Path) -> Done<u64> {
    let mut sum = 0;
    for entry in std::fs::read_dir(folder).map_err(at(folder))? {
        let path = entry.map_err(at(folder))?.path();
        sum += if path.is_dir() { weight(&path)? } else { std::fs::metadata(&path).map_err(at(&path))?.len() };
    }
    Ok(sum)
}

fn kib(bytes: u64) -> String {
    format!("{:.0} KiB", bytes as f64 / 1024.0)
}
