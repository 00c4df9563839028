//! Builds the host and the extension: cargo, wasm-bindgen as a library, the merged manifests.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Args;
use wasm_bindgen_cli_support::Bindgen;

use cachette_shell::{Done, TaskError, at, build_host, cargo, root, run, say, target};

use crate::{
    manifest::{Browser, manifest},
    prerequisites,
};

/// The options of a build.
#[derive(Args, Default)]
pub struct BuildArguments {
    /// Optimises the host for speed; the extension is always optimised for size
    #[arg(long)]
    pub release: bool,
}

/// Builds the host and both extension folders.
///
/// # Errors
/// The first step that fails.
pub fn build(arguments: &BuildArguments) -> Done {
    prerequisites::compiler()?;
    let extension = extension()?;
    let host = build_host(arguments.release)?;
    say(&format!("Host:      {}", host.display()));
    say(&format!("Extension: {}/{{chromium,firefox}}", extension.display()));
    Ok(())
}

/// The extension's WebAssembly modules. Each is a folder below `extension/`, a crate, and a file of
/// `wasm/`.
pub const MODULES: [&str; 3] = ["background", "popup", "screens"];

/// Builds `target/extension/{chromium,firefox}` and returns the folder that holds both.
///
/// # Errors
/// The first step that fails.
pub fn extension() -> Done<PathBuf> {
    prerequisites::wasm_target()?;
    let packages = MODULES.iter().flat_map(|module| ["--package".to_owned(), format!("cachette-{module}")]);
    run(cargo().arg("build").args(packages).args(["--profile", "wasm", "--target", prerequisites::WASM]))?;
    let modules = target().join(prerequisites::WASM).join("wasm");
    let into = target().join("extension");
    // Both browsers get the same modules.
    let bound = into.join(".wasm");
    remove(&bound)?;
    for module in MODULES {
        bind(&modules.join(format!("cachette_{module}.wasm")), module, &bound)?;
    }
    for browser in Browser::ALL {
        let folder = into.join(browser.name());
        // Browsers may have the folder loaded, so a new one is filled and then swapped in.
        let fresh = into.join(format!(".{}.new", browser.name()));
        remove(&fresh)?;
        copy(&root().join("extension/static"), &fresh)?;
        copy(&bound, &fresh.join("wasm"))?;
        let text = manifest(&root().join("manifest"), browser, env!("CARGO_PKG_VERSION"))?;
        let path = fresh.join("manifest.json");
        fs::write(&path, text).map_err(at(&path))?;
        remove(&folder)?;
        fs::rename(&fresh, &folder).map_err(at(&folder))?;
    }
    remove(&bound)?;
    Ok(into)
}

/// Writes a module and its JavaScript as `<name>_bg.wasm` and `<name>.js`.
fn bind(module: &Path, name: &str, into: &Path) -> Done {
    let failed = |error: &dyn std::fmt::Display| TaskError::Other(format!("{}: {error:#}", module.display()));
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(module)
        .out_name(name)
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true);
    bindgen.web(true).map_err(|error| failed(&error))?;
    bindgen.generate(into).map_err(|error| failed(&error))
}

fn copy(from: &Path, to: &Path) -> Done {
    fs::create_dir_all(to).map_err(at(to))?;
    for entry in fs::read_dir(from).map_err(at(from))? {
        let path = entry.map_err(at(from))?.path();
        let Some(name) = path.file_name() else { continue };
        let target = to.join(name);
        if path.is_dir() {
            copy(&path, &target)?;
        } else {
            fs::copy(&path, &target).map_err(at(&path))?;
        }
    }
    Ok(())
}

fn remove(folder: &Path) -> Done {
    if folder.exists() { fs::remove_dir_all(folder).map_err(at(folder)) } else { Ok(()) }
}
