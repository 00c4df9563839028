//! No circle between the files of a crate: a file that another one uses, directly or through others, does not use it. A use is a
//! path that begins with `crate`, `super` or `self`; unit tests do not count.

use std::collections::{BTreeMap, BTreeSet};

/// The crates that have none, and must stay so.
const WITHOUT_CIRCLES: [&str; 4] = ["crates/folder", "crates/store", "crates/index", "crates/cache"];

/// A module's path, and what it uses.
type Uses = BTreeMap<Vec<String>, BTreeSet<Vec<String>>>;

#[test]
fn no_files_of_a_crate_use_each_other_in_a_circle() {
    let sources = super::sources(&["rs"]);
    for folder in WITHOUT_CIRCLES {
        let src = format!("{folder}/src/");
        let modules: BTreeMap<Vec<String>, &String> = sources
            .iter()
            .filter_map(|(path, text)| Some((module(path.strip_prefix(&src)?)?, text)))
            .filter(|(module, _)| !module.iter().any(|part| part == "tests"))
            .collect();
        assert!(modules.len() > 3, "{folder} has moved; this test must follow it");
        let uses: Uses = modules.iter().map(|(module, text)| (module.clone(), used(module, text, &modules))).collect();
        for start in uses.keys() {
            let around =
                circle(start, &uses).map(|circle| circle.iter().map(|part| part.join("::")).collect::<Vec<_>>());
            assert!(around.is_none(), "{folder}: {}", around.unwrap().join(" → "));
        }
    }
}

/// The module of a file; none for that of the crate itself.
fn module(path: &str) -> Option<Vec<String>> {
    let mut parts: Vec<String> = path.strip_suffix(".rs")?.split('/').map(str::to_owned).collect();
    if parts.last().is_some_and(|last| last == "mod") {
        parts.pop();
    }
    (parts != ["lib"] && !parts.is_empty()).then_some(parts)
}

/// The modules that a file uses.
fn used<T>(own: &[String], text: &str, modules: &BTreeMap<Vec<String>, T>) -> BTreeSet<Vec<String>> {
    let text = text.split("#[cfg(test)]").next().unwrap();
    let lines: Vec<&str> = text.lines().map(|line| line.split("//").next().unwrap()).collect();
    let text = lines.join(" ");
    let mut used = BTreeSet::new();
    for root in ["crate::", "super::", "self::"] {
        for (at, _) in text.match_indices(root) {
            let (before, path) = text.split_at(at);
            if before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            for path in paths(path) {
                used.extend(resolved(own, &path, modules).filter(|module| module != own));
            }
        }
    }
    used
}

/// The paths that begin a text: one, or those of a tree in braces.
fn paths(text: &str) -> Vec<String> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(text.len());
    let (path, rest) = text.split_at(end);
    let Some(tree) = rest.strip_prefix('{').filter(|_| path.ends_with("::")) else { return vec![path.to_owned()] };
    let mut depth = 1;
    let close = tree.find(|c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth == 0
    });
    let tree = tree.split_at(close.unwrap_or(tree.len())).0;
    let branches = tree.split([',', '{', '}']).map(str::trim).filter(|branch| !branch.is_empty());
    branches.map(|branch| format!("{path}{branch}")).collect()
}

/// The module that a path leads to.
fn resolved<T>(own: &[String], path: &str, modules: &BTreeMap<Vec<String>, T>) -> std::option::IntoIter<Vec<String>> {
    let mut parts: Vec<&str> = path.split("::").filter(|part| !part.is_empty()).collect();
    let mut base: Vec<String> = Vec::new();
    match parts.first() {
        Some(&"crate") => drop(parts.remove(0)),
        Some(&"self") => {
            base = own.to_vec();
            parts.remove(0);
        }
        _ => {
            base = own.to_vec();
            while parts.first() == Some(&"super") {
                base.pop();
                parts.remove(0);
            }
        }
    }
    base.extend(parts.into_iter().map(str::to_owned));
    (1..=base.len()).rev().map(|length| base[..length].to_vec()).find(|path| modules.contains_key(path)).into_iter()
}

/// A way from a module back to it.
fn circle(start: &[String], uses: &Uses) -> Option<Vec<Vec<String>>> {
    let mut seen = BTreeSet::new();
    let mut ways = vec![vec![start.to_vec()]];
    while let Some(way) = ways.pop() {
        for next in uses.get(way.last()?)? {
            let mut longer = way.clone();
            longer.push(next.clone());
            if next == start {
                return Some(longer);
            }
            if seen.insert(next.clone()) {
                ways.push(longer);
            }
        }
    }
    None
}

#[test]
fn a_circle_is_found() {
    let modules: BTreeMap<Vec<String>, &str> = [
        ("a", "use crate::b::c::{self, Thing};"),
        ("b", "use std::fs;"),
        ("b/c", "fn f() { super::super::d::run(); }"),
        ("d", "use crate::{b, a::Other}; // use crate::d;"),
    ]
    .map(|(path, text)| (path.split('/').map(str::to_owned).collect(), text))
    .into();
    let uses: Uses = modules.iter().map(|(own, text)| (own.clone(), used(own, text, &modules))).collect();
    let names = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<String>>();
    assert_eq!(uses[&names("d")], BTreeSet::from([names("a"), names("b")]));
    assert_eq!(circle(&names("a"), &uses), Some(["a", "b/c", "d", "a"].map(names).to_vec()));
    assert_eq!(circle(&names("b"), &uses), None);
}
