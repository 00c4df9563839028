//! Tests the rules of crates. They say which may use which, what the host is made of, and what a
//! newcomer's first command compiles.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use cachette_tests::home::repository;
use serde_json::Value;

/// The crates of the project that each crate may use. A new edge is a decision: it changes this
/// table and ARCHITECTURE.md.
const EDGES: &[(&str, &[&str])] = &[
    ("address", &[]),
    ("protocol", &[]),
    ("dom", &[]),
    ("markdown", &[]),
    ("extract", &["dom"]),
    ("page", &["address", "dom", "extract", "markdown"]),
    ("folder", &[]),
    ("store", &["address", "folder", "page"]),
    ("index", &["address", "folder", "page"]),
    ("cache", &["store", "index", "folder", "page", "markdown"]),
    ("native-host", &["protocol", "cache", "folder", "page", "address"]),
    ("webext", &["protocol"]),
    ("background", &["webext", "protocol"]),
    ("popup", &["webext", "protocol"]),
    ("screens", &["webext", "protocol", "address"]),
    // The crates that developers run. Each is separate, so that `cargo xtask run` compiles xtask
    // and the demonstration alone: xtask has no driver, and the demonstration none of the rigs in
    // tests/.
    ("shell", &[]),
    ("browser", &[]),
    ("demo", &["browser", "shell"]),
    ("bench", &["browser", "protocol", "shell", "tests"]),
    ("xtask", &["shell"]),
];

/// The crates of the extension; none of them is part of the host.
const EXTENSION: [&str; 4] = ["webext", "background", "popup", "screens"];

/// The crates that only developers run; none of them is part of the product.
const TOOLS: [&str; 5] = ["shell", "browser", "demo", "bench", "xtask"];

/// These programs are nobody's library. The tests may use everything else.
const PROGRAMS: [&str; 3] = ["xtask", "demo", "bench"];

#[test]
fn crates_use_only_the_crates_that_they_may() {
    for (user, used, kind) in edges() {
        assert!(!PROGRAMS.contains(&used.as_str()), "{user} must not use {used}, which is a program");
        if user == "tests" {
            continue;
        }
        assert_ne!(kind, "dev", "{user} uses {used} in its tests; such tests belong in tests/");
        let allowed = EDGES.iter().find(|(name, _)| *name == user);
        let allowed = allowed.unwrap_or_else(|| panic!("the crate {user} has no line in the table of edges")).1;
        assert!(allowed.contains(&used.as_str()), "{user} must not use {used}");
    }
}

#[test]
fn every_crate_is_named_after_its_folder() {
    for package in packages() {
        let folder = Path::new(package["manifest_path"].as_str().unwrap()).parent().unwrap();
        let folder = folder.file_name().unwrap().to_str().unwrap();
        assert_eq!(package["name"], format!("cachette-{folder}"));
    }
}

#[test]
fn the_first_command_of_a_newcomer_compiles_no_more_than_it_needs() {
    let tree = |package: &str| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let arguments = ["tree", "--locked", "--edges", "normal", "--prefix", "none", "--no-dedupe", "--package"];
        let output = Command::new(cargo).args(arguments).arg(package).current_dir(repository()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let (xtask, demo) = (tree("cachette-xtask"), tree("cachette-demo"));
    for (name, tree, forbidden) in [
        ("xtask", &xtask, ["cachette-browser", "cachette-tests", "resvg", "tungstenite"]),
        ("demo", &demo, ["cachette-tests", "cachette-cache", "resvg", "fuser"]),
    ] {
        assert!(tree.contains("cachette-shell"), "the tree of {name} has another form; this test must follow it");
        for used in forbidden {
            assert!(!tree.contains(used), "{name} must not need {used}");
        }
    }
}

#[test]
fn every_crate_takes_the_workspace_s_lints_and_licence() {
    for package in packages() {
        let path = package["manifest_path"].as_str().unwrap();
        let text = fs::read_to_string(path).unwrap();
        assert!(text.contains("[lints]\nworkspace = true"), "{path} must take the workspace's lints");
        assert_eq!(package["license"], "MIT OR Apache-2.0", "{path}");
    }
}

/// How many external crates the host may contain. The host processes strangers' pages, so reviewers
/// must read each of them.
const CRATES_MAX: usize = 111;

#[test]
fn the_host_is_made_of_few_crates() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let kinds = ["--edges", "normal", "--prefix", "none", "--no-dedupe", "--target", "x86_64-unknown-linux-gnu"];
    let output = Command::new(cargo)
        .args(["tree", "--locked", "--package", "cachette-native-host", "--format", "{p}"])
        .args(kinds)
        .current_dir(repository())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8(output.stdout).unwrap();
    let crates: BTreeSet<String> = tree
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("cachette-"))
        .map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" "))
        .collect();
    assert!(crates.len() > 50, "the tree has another form; this test must follow it:\n{tree}");
    assert!(crates.len() <= CRATES_MAX, "{} crates of others are in the host: {crates:?}", crates.len());
}

#[test]
fn every_crate_that_the_host_is_made_of_has_its_reason() {
    let manifest = fs::read_to_string(repository().join("Cargo.toml")).unwrap();
    let lines: Vec<&str> = manifest.lines().collect();
    let mut seen = 0;
    for package in packages() {
        let name = package["name"].as_str().unwrap();
        let is_of_the_host = |known: &str| !EXTENSION.contains(&known) && !TOOLS.contains(&known);
        if !EDGES.iter().any(|(known, _)| name == format!("cachette-{known}") && is_of_the_host(known)) {
            continue;
        }
        for dependency in package["dependencies"].as_array().unwrap() {
            let used = dependency["name"].as_str().unwrap();
            if dependency["kind"] != Value::Null || used.starts_with("cachette-") {
                continue;
            }
            let at = lines.iter().position(|line| line.starts_with(&format!("{used} = ")));
            let at = at.unwrap_or_else(|| panic!("{used} of {name} has no line in the workspace's manifest"));
            let reason = lines[at - 1].starts_with("# ") || lines[at].contains(" # ");
            assert!(reason, "{used}, which {name} uses, has no comment above its line that says what it is for");
            seen += 1;
        }
    }
    assert!(seen > 20, "the host's dependencies have moved; this test must follow them");
}

/// Returns the uses of one of the project's crates by another: user, used, kind of dependency.
fn edges() -> BTreeSet<(String, String, String)> {
    let folder = |name: &str| name.strip_prefix("cachette-").map(str::to_owned);
    let mut edges = BTreeSet::new();
    for package in packages() {
        for dependency in package["dependencies"].as_array().unwrap() {
            let used = dependency["name"].as_str().and_then(folder);
            if let (Some(user), Some(used)) = (package["name"].as_str().and_then(folder), used) {
                edges.insert((user, used, dependency["kind"].as_str().unwrap_or("normal").to_owned()));
            }
        }
    }
    assert!(!edges.is_empty());
    edges
}

fn packages() -> Vec<Value> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(repository())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}
