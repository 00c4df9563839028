//! Makes constants of the words in `_locales/en/messages.json`. Each key becomes a `Text`, each
//! family of keys with plural forms a `Plural`. The build fails if a page names a missing key, or
//! if nothing names an existing one. It reads the sources of the whole extension for that, and
//! changes none.

#![allow(clippy::print_stdout, reason = "cargo reads it")]

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    error::Error,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Map, Value};

/// The plural forms of all languages, as `Intl.PluralRules` names them.
const FORMS: [&str; 6] = ["_zero", "_one", "_two", "_few", "_many", "_other"];

/// The prefix of the keys that are looked up by the code of a host's message. A test compares them
/// with the codes.
const BY_CODE: &str = "code_";

/// The folders whose files use the texts, relative to this crate.
const USERS: [&str; 6] = [
    "src",
    "../../extension/background/src",
    "../../extension/popup/src",
    "../../extension/screens/src",
    "../../extension/static",
    "../../manifest",
];

fn main() -> Result<(), Box<dyn Error>> {
    let english = "../../extension/static/_locales/en/messages.json";
    println!("cargo:rerun-if-changed={english}");
    let messages: Map<String, Value> = serde_json::from_str(&fs::read_to_string(english)?)?;
    let keys: BTreeSet<&str> = messages.keys().map(String::as_str).collect();
    let stems: BTreeSet<&str> = keys.iter().filter_map(|key| key.strip_suffix("_other")).collect();
    let is_form = |key: &str| FORMS.iter().any(|form| key.strip_suffix(form).is_some_and(|stem| stems.contains(stem)));
    let texts: BTreeSet<&str> = keys.iter().copied().filter(|key| !is_form(key) && !key.starts_with(BY_CODE)).collect();

    let mut used = BTreeSet::new();
    for folder in USERS {
        println!("cargo:rerun-if-changed={folder}");
        for file in files(Path::new(folder))? {
            uses(&file, &texts, &stems, &mut used)?;
        }
    }
    let unused: Vec<&str> = texts.union(&stems).copied().filter(|key| !used.contains(*key)).collect();
    if !unused.is_empty() {
        return Err(format!("nothing shows these words of {english}: {}", unused.join(", ")).into());
    }
    let code = constants("Text", "A text of `_locales`, by its key.", &texts)?
        + &constants("Plural", "A text of `_locales` with a form for each plural of a language.", &stems)?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("words.rs"), code)?;
    fs::write(out.join("english.rs"), english_table(&messages)?)?;
    Ok(())
}

/// Collects the keys that a file names: Rust as constants, HTML in attributes, the manifest as
/// `__MSG_…__`.
fn uses(
    file: &Path,
    texts: &BTreeSet<&str>,
    stems: &BTreeSet<&str>,
    used: &mut BTreeSet<String>,
) -> Result<(), Box<dyn Error>> {
    let marks: &[(&str, &str)] = match file.extension().and_then(|kind| kind.to_str()) {
        Some("rs") => {
            let source = fs::read_to_string(file)?;
            for (kind, keys) in [("Text::", texts), ("Plural::", stems)] {
                for rest in source.split(kind).skip(1) {
                    let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    used.extend(keys.get(name.to_lowercase().as_str()).map(|&key| key.to_owned()));
                }
            }
            return Ok(());
        }
        Some("html") => &[("data-text=\"", "\""), ("data-label=\"", "\""), ("data-hint=\"", "\"")],
        Some("json") if file.starts_with("../../manifest") => &[("__MSG_", "__")],
        Some("js") => &[("getMessage('", "'")],
        _ => &[],
    };
    let source = fs::read_to_string(file).unwrap_or_default();
    for (before, after) in marks {
        for rest in source.split(before).skip(1) {
            let key = rest.split(after).next().unwrap_or_default();
            if key.starts_with("@@") {
                continue;
            }
            if !texts.contains(key) {
                return Err(format!("{} names “{key}”, which is no text of _locales/en", file.display()).into());
            }
            used.insert(key.to_owned());
        }
    }
    Ok(())
}

/// Writes a type of keys with a constant for each. A module then holds the keys that it names, and
/// no others.
fn constants(name: &str, about: &str, keys: &BTreeSet<&str>) -> Result<String, Box<dyn Error>> {
    let mut code =
        format!("/// {about}\n#[derive(Debug, Clone, Copy, PartialEq, Eq)]\npub struct {name}(&'static str);\n");
    writeln!(code, "\nimpl {name} {{")?;
    for key in keys {
        writeln!(code, "    /// `{key}`\n    pub const {}: {name} = {name}({key:?});", key.to_uppercase())?;
    }
    writeln!(code, "\n    /// Its key in `_locales/*/messages.json`.")?;
    writeln!(code, "    pub fn key(self) -> &'static str {{\n        self.0\n    }}\n}}\n")?;
    Ok(code)
}

/// Writes the English words as a table, ascending by key. Tests run without a browser.
fn english_table(messages: &Map<String, Value>) -> Result<String, Box<dyn Error>> {
    let words: BTreeMap<&str, &str> =
        messages.iter().filter_map(|(key, message)| Some((key.as_str(), message.get("message")?.as_str()?))).collect();
    let mut code = "/// The English words by key, ascending.\nconst ENGLISH: &[(&str, &str)] = &[\n".to_owned();
    for (key, words) in words {
        writeln!(code, "    ({key:?}, {words:?}),")?;
    }
    Ok(code + "];\n")
}

/// Lists the files of a folder and of its subfolders.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
