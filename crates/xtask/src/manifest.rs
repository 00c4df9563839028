//! Merges the extension's manifest from one base and a small overlay for each browser. It is pure
//! except for reading the three files.

use std::path::Path;

use cachette_shell::{Done, TaskError, at};
use serde_json::Value;

/// A browser family that the extension is built for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Browser {
    /// Chrome, Chromium, Brave, Edge, Vivaldi, Opera.
    Chromium,
    /// Firefox, LibreWolf, Waterfox.
    Firefox,
}

impl Browser {
    /// Both browser families.
    pub const ALL: [Browser; 2] = [Browser::Chromium, Browser::Firefox];

    /// Returns the name of its folder and of its overlay.
    pub fn name(self) -> &'static str {
        match self {
            Browser::Chromium => "chromium",
            Browser::Firefox => "firefox",
        }
    }
}

/// Returns the manifest for one browser as text. It consists of base, overlay, the workspace's
/// version and, for Chromium, the public key that fixes the extension's id.
///
/// # Errors
/// A file is missing or not a JSON object.
pub fn manifest(folder: &Path, browser: Browser, version: &str) -> Done<String> {
    let mut whole = read(&folder.join("base.json"))?;
    merge(&mut whole, read(&folder.join(format!("{}.json", browser.name())))?);
    merge(&mut whole, serde_json::json!({ "version": version }));
    if browser == Browser::Chromium {
        let path = folder.join("chromium.key.pub");
        let key = std::fs::read_to_string(&path).map_err(at(&path))?;
        merge(&mut whole, serde_json::json!({ "key": key.trim() }));
    }
    serde_json::to_string_pretty(&whole).map_err(|error| TaskError::Other(error.to_string()))
}

fn read(path: &Path) -> Done<Value> {
    let text = std::fs::read_to_string(path).map_err(at(path))?;
    serde_json::from_str(&text).map_err(|error| TaskError::Other(format!("{}: {error}", path.display())))
}

/// Merges `over` into `base`: objects are merged key by key, `null` removes, everything else
/// replaces.
fn merge(base: &mut Value, over: Value) {
    match (base, over) {
        (Value::Object(base), Value::Object(over)) => {
            for (key, value) in over {
                if value.is_null() {
                    base.remove(&key);
                } else {
                    merge(base.entry(key).or_insert(Value::Null), value);
                }
            }
        }
        (base, over) => *base = over,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_overlay_adds_replaces_and_removes() {
        let mut base = json!({"a": {"b": 1, "c": [1, 2]}, "d": 4});
        merge(&mut base, json!({"a": {"c": [3], "e": 5}, "d": null}));
        assert_eq!(base, json!({"a": {"b": 1, "c": [3], "e": 5}}));
    }

    #[test]
    fn each_browser_gets_what_is_its_own() {
        let folder = cachette_shell::root().join("manifest");
        let chromium: Value = serde_json::from_str(&manifest(&folder, Browser::Chromium, "1.2.3").unwrap()).unwrap();
        let firefox: Value = serde_json::from_str(&manifest(&folder, Browser::Firefox, "1.2.3").unwrap()).unwrap();
        assert_eq!((&chromium["version"], &firefox["version"]), (&json!("1.2.3"), &json!("1.2.3")));
        assert!(chromium["key"].is_string() && firefox.get("key").is_none());
        assert!(firefox["browser_specific_settings"]["gecko"]["id"].is_string());
        assert!(chromium.get("browser_specific_settings").is_none());
        assert_eq!((&chromium["manifest_version"], &firefox["manifest_version"]), (&json!(3), &json!(3)));
    }
}
