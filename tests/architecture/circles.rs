//! Finds circles between the files of a crate by their text. A file counts together with the folder
//! of the same name. A file and the files in its folder may use each other; files next to each
//! other may do so only one way.

use std::collections::{BTreeMap, BTreeSet};

use super::code::bare;

/// The names from a crate's root to a module.
type Module = Vec<String>;

/// Returns the circles of a crate. Each is its folder (`.` for the crate's own) and its files, in
/// order. `files` are the sources by their path below `src/`.
pub fn circles(files: &BTreeMap<String, String>) -> Vec<String> {
    let sources = Sources::read(files);
    let mut beside: BTreeMap<Module, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (user, used) in sources.uses() {
        let shared = user.iter().zip(&used).take_while(|(one, other)| one == other).count();
        if let (Some(one), Some(other)) = (user.get(shared), used.get(shared)) {
            let folder = beside.entry(user[..shared].to_vec()).or_default();
            folder.entry(one.clone()).or_default().insert(other.clone());
        }
    }
    let mut found = Vec::new();
    for (folder, uses) in &beside {
        let place = if folder.is_empty() { ".".to_owned() } else { folder.join("/") };
        for circle in components(uses) {
            found.push(format!("{place}: {}", circle.join(" ")));
        }
    }
    found
}

/// A crate's modules, without code that is compiled for tests only.
struct Sources {
    /// The code of each module.
    code: BTreeMap<Module, String>,
    /// The names that each module imports by `use`, with their paths.
    imports: BTreeMap<Module, BTreeMap<String, String>>,
}

impl Sources {
    fn read(files: &BTreeMap<String, String>) -> Sources {
        let mut code = BTreeMap::new();
        let mut only_for_tests: Vec<Module> = Vec::new();
        for (path, text) in files {
            let mut module: Module = path.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
            if matches!(module.last().map(String::as_str), Some("lib" | "main" | "mod")) {
                module.pop();
            }
            let (own, tests) = without_tests(&bare(text));
            only_for_tests.extend(tests.into_iter().map(|name| [module.clone(), vec![name]].concat()));
            code.insert(module, own);
        }
        code.retain(|module, _| !only_for_tests.iter().any(|tests| module.starts_with(tests)));
        let imports = code
            .iter()
            .map(|(module, code)| (module.clone(), imports(code).into_iter().collect::<BTreeMap<_, _>>()))
            .collect();
        Sources { code, imports }
    }

    /// Returns each pair of modules of which the first uses the second.
    fn uses(&self) -> BTreeSet<(Module, Module)> {
        let mut uses = BTreeSet::new();
        for (module, code) in &self.code {
            let imported = imports(code).into_iter().map(|(_, path)| path);
            for path in imported.chain(paths(code)) {
                if let Some(used) = self.resolve(module, &path, 0).filter(|used| used != module) {
                    uses.insert((module.clone(), used));
                }
            }
        }
        uses
    }

    /// Returns the module that contains the item of a path, following re-exports.
    fn resolve(&self, from: &Module, path: &str, depth: usize) -> Option<Module> {
        let mut names = path.split("::").peekable();
        let mut at = match *names.peek()? {
            "crate" => {
                names.next();
                Module::new()
            }
            "self" => {
                names.next();
                from.clone()
            }
            "super" => {
                let mut at = from.clone();
                while names.next_if_eq(&"super").is_some() {
                    at.pop();
                }
                at
            }
            first if self.code.contains_key(&[from.clone(), vec![first.to_owned()]].concat()) => from.clone(),
            _ => return None,
        };
        while let Some(name) = names.next() {
            let inner = [at.clone(), vec![name.to_owned()]].concat();
            if self.code.contains_key(&inner) {
                at = inner;
            } else if let Some(other) = self.imports.get(&at).and_then(|names| names.get(name)) {
                let rest: String = names.map(|name| format!("::{name}")).collect();
                return if depth < 8 { self.resolve(&at, &format!("{other}{rest}"), depth + 1) } else { None };
            } else {
                break;
            }
        }
        Some(at)
    }
}

/// Returns the code without the items after `#[cfg(test)]`, and the modules among these items.
fn without_tests(code: &str) -> (String, Vec<String>) {
    const MARK: &str = "#[cfg(test)]";
    let (mut own, mut tests, mut rest) = (String::new(), Vec::new(), code);
    while let Some(at) = rest.find(MARK) {
        own.push_str(&rest[..at]);
        let item = &rest[at + MARK.len()..];
        let mut depth = 0;
        let end = item.char_indices().find_map(|(at, c)| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            (depth == 0 && matches!(c, ';' | '}')).then_some(at + 1)
        });
        let (item, after) = item.split_at(end.unwrap_or(item.len()));
        let mut words = item.split_whitespace().skip_while(|word| *word != "mod");
        tests.extend(words.nth(1).map(|name| name.trim_end_matches([';', '{']).to_owned()));
        rest = after;
    }
    own.push_str(rest);
    (own, tests)
}

/// Returns the names that the code imports, each with its path.
fn imports(code: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("use ") {
        if !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
            && let Some((tree, _)) = code[at + 4..].split_once(';')
        {
            expand("", tree, &mut found);
        }
    }
    found
}

fn expand(before: &str, tree: &str, found: &mut Vec<(String, String)>) {
    let tree = tree.trim();
    if let Some((path, group)) = tree.split_once('{') {
        let group = group.trim_end().strip_suffix('}').unwrap_or(group);
        let (mut depth, mut from) = (0, 0);
        for (at, c) in group.char_indices().chain([(group.len(), ',')]) {
            depth += i32::from(c == '{') - i32::from(c == '}');
            if c == ',' && depth == 0 {
                let part = group[from..at].trim();
                from = at + 1;
                if !part.is_empty() {
                    expand(&format!("{before}{}", path.trim()), part, found);
                }
            }
        }
        return;
    }
    let (path, name) = tree.split_once(" as ").unwrap_or((tree, tree.rsplit("::").next().unwrap_or(tree)));
    let whole = format!("{before}{}", path.trim());
    let whole = whole.strip_suffix("::self").unwrap_or(&whole).to_owned();
    let name = if name.trim() == "self" { whole.rsplit("::").next().unwrap_or("") } else { name.trim() };
    found.push((name.to_owned(), whole));
}

/// Returns the paths in the code, except its imports.
fn paths(code: &str) -> Vec<String> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':');
    let words = code.split(|c: char| !is_part(c)).filter(|word| word.contains("::"));
    words.map(|word| word.trim_matches(':').to_owned()).filter(|word| word.contains("::")).collect()
}

/// Returns the groups of names within which every name leads to every other.
fn components(uses: &BTreeMap<String, BTreeSet<String>>) -> Vec<Vec<String>> {
    let all: BTreeMap<&String, BTreeSet<&String>> = uses.keys().map(|name| (name, reached(uses, name))).collect();
    let mut found: BTreeSet<Vec<String>> = BTreeSet::new();
    for (name, reached) in &all {
        if reached.contains(name) {
            let leads_back = |other: &&&String| all.get(**other).is_some_and(|reached| reached.contains(name));
            found.insert(reached.iter().filter(leads_back).map(|name| (*name).clone()).collect());
        }
    }
    found.into_iter().collect()
}

/// Returns all names that a name leads to, directly or through others.
fn reached<'a>(uses: &'a BTreeMap<String, BTreeSet<String>>, from: &'a String) -> BTreeSet<&'a String> {
    let mut reached = BTreeSet::new();
    let mut next = vec![from];
    while let Some(name) = next.pop() {
        next.extend(uses.get(name).into_iter().flatten().filter(|used| reached.insert(*used)));
    }
    reached
}

#[test]
fn circles_are_found_through_imports_paths_and_what_is_handed_on() {
    let found = |files: &[(&str, &str)]| {
        circles(&files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
    };
    let lib = ("lib.rs", "mod a;\nmod b;\npub use b::B;\n#[cfg(test)]\nmod t;");
    assert_eq!(found(&[lib, ("a.rs", "use crate::b::{self, B};"), ("b.rs", "fn b() { crate::a::a() }")]), [".: a b"]);
    assert_eq!(found(&[lib, ("a.rs", "use crate::B;"), ("b.rs", "use super::a;")]), [".: a b"]);
    assert_eq!(found(&[lib, ("a/mod.rs", "mod c;\nuse c::C;"), ("a/c.rs", "use super::A;"), ("b.rs", "")]), [""; 0]);
    assert_eq!(found(&[lib, ("a.rs", ""), ("b.rs", "use crate::a;"), ("t.rs", "use crate::a;")]), [""; 0]);
    let text = "// use crate::b;\nconst T: &str = \"use crate::b;\";\n#[cfg(test)]\nmod tests { use crate::b; }";
    assert_eq!(found(&[lib, ("a.rs", text), ("b.rs", "use crate::a;")]), [""; 0]);
    let inner = [("a/c.rs", "use super::d::D;"), ("a/d.rs", "use crate::a::c;")];
    assert_eq!(found(&[lib, ("a.rs", "mod c;\nmod d;"), inner[0], inner[1], ("b.rs", "")]), ["a: c d"]);
}
