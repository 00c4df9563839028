//! Tests the lock files of the two programs outside the workspace. Each must contain our crates'
//! current dependencies; otherwise the program cannot be built as it was measured.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use cachette_tests::home::repository;

/// The lock files, below the repository.
const OUTSIDE: [&str; 2] = ["tests/fuzz/Cargo.lock", "tests/peers/Cargo.lock"];

#[test]
fn lock_files_outside_the_workspace_know_what_our_crates_depend_on() {
    let inside = packages("Cargo.lock");
    for file in OUTSIDE {
        let outside = packages(file);
        let ours: Vec<_> = outside.iter().filter(|(name, _)| inside.contains_key(*name) && is_ours(name)).collect();
        assert!(!ours.is_empty(), "{file} names none of our crates");
        for (name, needed) in ours {
            // Only a workspace's own lock also contains the dependencies of tests.
            let known = &inside[name];
            let missing: Vec<_> = needed.difference(known).collect();
            assert!(missing.is_empty(), "{file}: {name} no longer needs {missing:?}; run `cargo metadata` there");
        }
        let stale = manifests(&outside);
        assert!(stale.is_empty(), "{file}: {stale:?} are missing; run `cargo metadata` there");
    }
}

/// Returns dependencies that are in a manifest but not in a lock file, as `crate needs dependency`.
fn manifests(locked: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let mut missing = Vec::new();
    for (name, dependencies) in locked.iter().filter(|(name, _)| is_ours(name)) {
        let folder = repository().join("crates").join(name.trim_start_matches("cachette-"));
        let Ok(manifest) = fs::read_to_string(folder.join("Cargo.toml")) else { continue };
        let section = manifest.split_once("\n[dependencies]\n").map_or("", |(_, rest)| rest);
        let section = section.split("\n[").next().unwrap_or_default();
        for line in section.lines().filter(|line| !line.starts_with('#')) {
            let Some((dependency, wanted)) = line.split_once([' ', '.', '=']) else { continue };
            if !dependency.is_empty() && !wanted.contains("optional = true") && !dependencies.contains(dependency) {
                missing.push(format!("{name} needs {dependency}"));
            }
        }
    }
    missing
}

fn is_ours(name: &str) -> bool {
    name.starts_with("cachette-") && !name.ends_with("-fuzz") && !name.ends_with("-peers")
}

/// Returns the names of each package's dependencies, by its name.
fn packages(file: &str) -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(repository().join(file)).unwrap();
    let value = |line: &str| line.split('"').nth(1).unwrap_or_default().to_owned();
    let package = |block: &str| {
        let name = block.lines().find(|line| line.starts_with("name = ")).map(value).unwrap_or_default();
        let list = block.split_once("dependencies = [").map_or("", |(_, rest)| rest);
        let list = list.split(']').next().unwrap_or_default();
        let names = list.lines().map(value).map(|entry| entry.split(' ').next().unwrap_or_default().to_owned());
        (name, names.filter(|name| !name.is_empty()).collect())
    };
    text.split("[[package]]").skip(1).map(package).collect()
}
