//! Checks which programs a machine needs beyond a Rust toolchain, and installs them on Debian. It
//! says so before it installs.

use std::{path::Path, process::Command};

use cachette_shell::{Done, TaskError, has, root, run, say};
use clap::{Args, ValueEnum};

/// The extension's Rust target.
pub const WASM: &str = "wasm32-unknown-unknown";

/// A program that comes with a Debian package.
struct Tool {
    program: &'static str,
    package: &'static str,
}

const CHROMIUM: Tool = Tool { program: "chromium", package: "chromium" };
const FIREFOX: Tool = Tool { program: "firefox-esr", package: "firefox-esr" };
const DISPLAY: &[Tool] = &[
    Tool { program: "Xvfb", package: "xvfb" },
    Tool { program: "xauth", package: "xauth" },
    Tool { program: "xdotool", package: "xdotool" },
];

/// The tools that inject faults into system calls and power.
const FAULTS: &[Tool] =
    &[Tool { program: "strace", package: "strace" }, Tool { program: "fusermount3", package: "fuse3" }];
/// The programs that make file systems other than ext4, whose program every Debian has.
const FILE_SYSTEMS: &[Tool] =
    &[Tool { program: "mkfs.xfs", package: "xfsprogs" }, Tool { program: "lowntfs-3g", package: "ntfs-3g" }];

/// Renderers of Markdown, and the tools that install and run the others.
const RENDERERS: &[Tool] = &[
    Tool { program: "cmark-gfm", package: "cmark-gfm" },
    Tool { program: "pandoc", package: "pandoc" },
    Tool { program: "node", package: "nodejs" },
    Tool { program: "npm", package: "npm" },
    Tool { program: "python3", package: "python3-venv" },
];

/// The tasks whose programs are to be installed.
#[derive(Args)]
pub struct PrerequisitesArguments {
    /// The group of tasks
    #[arg(value_enum)]
    pub need: Need,
}

/// The things that a group of tasks needs.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Need {
    /// A browser to show the extension in.
    Chromium,
    /// Firefox, the other browser.
    Firefox,
    /// Both browsers, a virtual display with a mouse, and the tools for the rigs' short form.
    Tests,
    /// The tools for the rigs' full form.
    Torture,
    /// Markdown renderers of other languages.
    Renderers,
}

/// Makes sure that everything needed is present. Missing browsers and tools are installed as root
/// or through sudo.
///
/// # Errors
/// One sentence with the one command to run, if this cannot install by itself.
pub fn ensure(need: Need) -> Done {
    compiler()?;
    wasm_target()?;
    let tools: Vec<&Tool> = match need {
        Need::Chromium => vec![&CHROMIUM],
        Need::Firefox => vec![&FIREFOX],
        Need::Tests => [&CHROMIUM, &FIREFOX].into_iter().chain(DISPLAY).chain(FAULTS).collect(),
        Need::Torture => FAULTS.iter().chain(FILE_SYSTEMS).collect(),
        Need::Renderers => RENDERERS.iter().collect(),
    };
    let missing: Vec<&str> = tools.iter().filter(|tool| !has(tool.program)).map(|tool| tool.package).collect();
    if missing.is_empty() { Ok(()) } else { install(&missing) }
}

/// Makes sure of a C compiler, for the bundled SQLite.
pub fn compiler() -> Done {
    if ["cc", "gcc", "clang"].into_iter().any(has) { Ok(()) } else { install(&["gcc", "libc6-dev"]) }
}

/// Makes sure of the extension's Rust target.
pub fn wasm_target() -> Done {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let listed = Command::new(rustc).args(["--print", "target-libdir", "--target", WASM]).current_dir(root()).output();
    let there = listed.is_ok_and(|output| {
        output.status.success() && Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir()
    });
    if there {
        return Ok(());
    }
    say(&format!("Installing the Rust target {WASM} through rustup."));
    run(Command::new("rustup").args(["target", "add", WASM]).current_dir(root()))
        .map_err(|error| TaskError::Other(format!("{error}. Run `rustup target add {WASM}`, then try again.")))
}

fn install(packages: &[&str]) -> Done {
    let list = packages.join(" ");
    let by_hand = format!("Run `sudo apt-get install {list}` (or your system's equivalent), then try again.");
    if !has("apt-get") {
        return Err(TaskError::Other(format!("These packages are missing: {list}. {by_hand}")));
    }
    let root_user = is_root();
    if !root_user && !has("sudo") {
        return Err(TaskError::Other(format!(
            "These packages are missing: {list}. There is no sudo to install them. {by_hand}"
        )));
    }
    say(&format!(
        "Installing the missing packages {list} with apt-get{}.",
        if root_user { "" } else { " through sudo" }
    ));
    let apt = |arguments: &[&str]| {
        let mut words: Vec<&str> = if root_user { vec![] } else { vec!["sudo"] };
        words.extend(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]);
        words.extend(arguments);
        let (program, rest) = words.split_first().map_or((&"env", &[][..]), |split| split);
        run(Command::new(program).args(rest))
    };
    // Recommended packages are left out, because they would bring a desktop. Fonts are named,
    // because a page needs some.
    apt(&["update"])
        .and_then(|()| {
            let mut words = vec!["install", "-y", "--no-install-recommends", "fonts-dejavu-core"];
            words.extend(packages);
            apt(&words)
        })
        .map_err(|error| TaskError::Other(format!("{error}. {by_hand}")))
}

/// Whether this runs as root, as build machines do.
fn is_root() -> bool {
    let user = Command::new("id").arg("-u").output();
    user.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
