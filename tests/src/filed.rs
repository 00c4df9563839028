//! Reads a filed page as another tool does. The front matter goes through a YAML parser that is not
//! the product's.

use std::{fs, path::Path};

use serde_json::{Map, Value};

use crate::{DriverError, Result};

/// A Markdown file of the cache.
#[derive(Debug, Clone, PartialEq)]
pub struct Filed {
    /// The front matter's keys in their order.
    pub keys: Vec<String>,
    front: Map<String, Value>,
    /// The bytes after the closing `---` line.
    pub body: String,
    /// The lines between the `---` lines, unchanged.
    pub yaml: String,
}

impl Filed {
    /// Reads a file.
    ///
    /// # Errors
    /// [`DriverError::Io`]; [`DriverError::Unexpected`] if it has no front matter or the YAML is
    /// wrong.
    pub fn read(path: &Path) -> Result<Filed> {
        let text = fs::read_to_string(path).map_err(DriverError::io(format!("reading {}", path.display())))?;
        Filed::parse(&text).map_err(|problem| DriverError::Unexpected(format!("{}: {problem}\n{text}", path.display())))
    }

    fn parse(text: &str) -> std::result::Result<Filed, String> {
        let rest = text.strip_prefix("---\n").ok_or("the file does not open with ---")?;
        let (yaml, body) = rest.split_once("\n---\n").ok_or("the front matter does not end")?;
        let front: serde_yaml_ng::Mapping = serde_yaml_ng::from_str(yaml).map_err(|error| error.to_string())?;
        let mut keys = Vec::new();
        let mut map = Map::new();
        for (key, value) in front {
            let key = key.as_str().ok_or("a key is no string")?.to_owned();
            map.insert(key.clone(), serde_json::to_value(value).map_err(|error| error.to_string())?);
            keys.push(key);
        }
        Ok(Filed { keys, front: map, body: body.to_owned(), yaml: yaml.to_owned() })
    }

    /// Returns a key's text; "" if it is absent or not text.
    pub fn text(&self, key: &str) -> &str {
        self.front.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// Returns a key's value of any type.
    pub fn value(&self, key: &str) -> Option<&Value> {
        self.front.get(key)
    }
}
