//! Builds the host and the extension: cargo, wasm-bindgen as a library, the merged manifests, the
//! icons.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use clap::Args;
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    icons,
    manifest::{Browser, manifest},
    prerequisites,
    shell::{Done, TaskError, at, cargo, root, run, say},
};

/// What to build.
#[derive(Args, Default)]
pub struct BuildArguments {
    /// Optimises the host for speed; the extension always is optimised for size
    #[arg(long)]
    pub release: bool,
}

/// The paths of everything that was built.
pub struct Built {
    /// The `cachette` binary.
    pub host: PathBuf,
    /// The folder with `chromium/` and `firefox/`, unpacked and loadable.
    pub extension: PathBuf,
}

impl Built {
    /// Writes the host's manifest for one browser into a folder, with the built binary's own
    /// `install`.
    ///
    /// # Errors
    /// Where the binary refuses.
    pub fn install(&self, browser: Browser, into: &Path) -> Done {
        let mut command = Command::new(&self.host);
        run(command.args(["install", "--browser", browser.name(), "--into"]).arg(into).stdout(Stdio::null()))
    }
}

/// Builds the host and both extension folders.
///
/// # Errors
/// The first step that fails.
pub fn build(arguments: &BuildArguments) -> Done<Built> {
    prerequisites::compiler()?;
    let extension = extension()?;
    let host = host(arguments.release)?;
    say(&format!("Host:      {}", host.display()));
    say(&format!("Extension: {}/{{chromium,firefox}}", extension.display()));
    Ok(Built { host, extension })
}

/// Builds the host alone and returns its path.
///
/// # Errors
/// If cargo fails.
pub fn host(release: bool) -> Done<PathBuf> {
    let mut command = cargo();
    command.args(["build", "--package", "cachette-native-host"]);
    if release {
        command.arg("--release");
    }
    run(&mut command)?;
    Ok(target().join(if release { "release" } else { "debug" }).join(HOST))
}

/// The extension's WebAssembly modules: each a folder below `extension/`, a crate, and a file of
/// `wasm/`.
pub const MODULES: [&str; 3] = ["background", "popup", "screens"];

const HOST: &str = if cfg!(windows) { "cachette.exe" } else { "cachette" };

/// Returns cargo's build folder.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// Builds `target/extension/{chromium,firefox}`.
///
/// # Errors
/// The first step that fails.
pub fn extension() -> Done<PathBuf> {
    prerequisites::wasm_target()?;
    // The build has a folder of its own, because the outer cargo holds the lock of the other one
    // meanwhile.
    let wasm_target = target().join("wasm");
    let packages = MODULES.iter().flat_map(|module| ["--package".to_owned(), format!("cachette-{module}")]);
    run(cargo()
        .arg("build")
        .args(packages)
        .args(["--profile", "wasm", "--target", "wasm32-unknown-unknown", "--target-dir"])
        .arg(&wasm_target))?;
    let modules = wasm_target.join("wasm32-unknown-unknown/wasm");
    let source = root().join("extension");
    let into = target().join("extension");
    for browser in Browser::ALL {
        let folder = into.join(browser.name());
        // Browsers may have the folder loaded, so a new one is filled and then swapped in.
        let fresh = into.join(format!(".{}.new", browser.name()));
        remove(&fresh)?;
        copy(&source.join("static"), &fresh)?;
        for module in MODULES {
            bind(&modules.join(format!("cachette_{module}.wasm")), module, &fresh.join("wasm"))?;
        }
        icons::render(&source.join("icon.svg"), &fresh.join("icons"))?;
        let text = manifest(&root().join("manifest"), browser, env!("CARGO_PKG_VERSION"))?;
        let path = fresh.join("manifest.json");
        fs::write(&path, text).map_err(at(&path))?;
        remove(&folder)?;
        fs::rename(&fresh, &folder).map_err(at(&folder))?;
    }
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
