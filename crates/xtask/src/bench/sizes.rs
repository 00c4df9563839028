//! How large the extension is.

use std::path::Path;

use crate::{
    build::Built,
    shell::{Done, at, print},
};

/// The goal for the WebAssembly module, before compression.
const WASM_GOAL: u64 = 350 * 1024;

/// Prints the module's and the folders' sizes; nothing is timed.
///
/// # Errors
/// Where a file cannot be read.
pub fn measure(built: &Built, _runs: usize) -> Done {
    for browser in ["chromium", "firefox"] {
        let folder = built.extension.join(browser);
        let module = folder.join("wasm/cachette_bg.wasm");
        let wasm = std::fs::metadata(&module).map_err(at(&module))?.len();
        print(&format!(
            "  {browser}: module {}   (goal ≤ {}), whole folder {}",
            kib(wasm),
            kib(WASM_GOAL),
            kib(weight(&folder)?)
        ));
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
