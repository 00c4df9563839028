//! Reads and writes host manifests, in the two forms that browsers read. The forms are the
//! templates in `manifest/`; the files' locations are in `table.rs`.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use serde_json::Value;

use super::browser::Family;
use super::identity::{CHROMIUM_IDS, FIREFOX_ID, HOST_NAME};

/// The longest manifest, in bytes; a longer file is not read to its end.
const LONGEST: u64 = 64 * 1024;

/// The content of a manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// The host's name.
    pub name: String,
    /// The program's absolute path.
    pub path: String,
    /// How the browser communicates with the program.
    pub kind: String,
    /// In Chromium's form, the origins that may call.
    pub origins: Option<Vec<String>>,
    /// In Firefox's form, the add-on ids that may call.
    pub extensions: Option<Vec<String>>,
}

/// The content of a manifest's path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileState {
    /// Nothing.
    Nothing,
    /// A manifest of this host.
    Ours(Manifest),
    /// A manifest of another host, with its name.
    Foreign(String),
    /// Something else: a file that is not JSON, an incomplete manifest, or not a file.
    Damaged,
}

impl Manifest {
    /// Makes the manifest that lets the project's extensions start `program`.
    pub fn of(family: Family, program: &str) -> Manifest {
        let callers = callers(family);
        let (origins, extensions) = match family {
            Family::Chromium => (Some(callers), None),
            Family::Firefox => (None, Some(callers)),
        };
        Manifest { name: HOST_NAME.into(), path: program.into(), kind: "stdio".into(), origins, extensions }
    }

    /// Returns the file's text, made from the template of `family`.
    pub fn text(&self, family: Family) -> String {
        let (template, callers) = match family {
            Family::Chromium => (include_str!("../../../manifest/host.chromium.json"), &self.origins),
            Family::Firefox => (include_str!("../../../manifest/host.firefox.json"), &self.extensions),
        };
        let callers: Vec<String> = callers.iter().flatten().map(|caller| quoted(caller)).collect();
        // A value cannot contain a placeholder with its quotes, because quotes in values are
        // escaped.
        template
            .replace("\"@NAME@\"", &quoted(&self.name))
            .replace("\"@CALLERS@\"", &callers.join(", "))
            .replace("\"@PATH@\"", &quoted(&self.path))
    }

    /// Reads a manifest's text; `None` if it is not a manifest.
    pub fn parse(text: &[u8]) -> Option<Manifest> {
        let value: Value = serde_json::from_slice(text).ok()?;
        let text_of = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let list = |key: &str| {
            let items = value.get(key)?.as_array()?;
            Some(items.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        };
        Some(Manifest {
            name: text_of("name")?,
            path: text_of("path")?,
            kind: text_of("type").unwrap_or_default(),
            origins: list("allowed_origins"),
            extensions: list("allowed_extensions"),
        })
    }

    /// Reads `file`. Only a regular file is opened, because reading anything else could block for
    /// ever.
    ///
    /// # Errors
    /// The file cannot be read. A missing file is not an error.
    pub fn at(file: &Path) -> io::Result<FileState> {
        match std::fs::metadata(file) {
            Ok(metadata) if metadata.is_file() => {}
            Ok(_) => return Ok(FileState::Damaged),
            Err(error) if is_absence(&error) => return Ok(FileState::Nothing),
            Err(error) => return Err(error),
        }
        let mut text = Vec::new();
        File::open(file)?.take(LONGEST).read_to_end(&mut text)?;
        Ok(match Manifest::parse(&text) {
            Some(manifest) if manifest.name == HOST_NAME => FileState::Ours(manifest),
            Some(manifest) => FileState::Foreign(manifest.name),
            None => FileState::Damaged,
        })
    }

    /// Returns the callers that this manifest allows, in the form of `family`.
    pub fn callers(&self, family: Family) -> &[String] {
        match family {
            Family::Chromium => self.origins.as_deref(),
            Family::Firefox => self.extensions.as_deref(),
        }
        .unwrap_or_default()
    }
}

/// Returns the project's extensions as the manifests of `family` name them.
pub fn callers(family: Family) -> Vec<String> {
    match family {
        Family::Chromium => CHROMIUM_IDS.iter().map(|id| format!("chrome-extension://{id}/")).collect(),
        Family::Firefox => vec![FIREFOX_ID.to_owned()],
    }
}

/// Whether the error means that the file is missing. It also is if a part of its path is not a
/// folder.
pub fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn firefox_gets_no_origins_and_chromium_gets_them_with_a_slash() {
        let chromium: Value =
            serde_json::from_str(&Manifest::of(Family::Chromium, "/bin/x").text(Family::Chromium)).unwrap();
        assert_eq!(chromium["allowed_origins"][0], "chrome-extension://hbmmlfbaijcnagcogcjeajeblanggndl/");
        assert!(chromium.get("allowed_extensions").is_none());
        let firefox: Value =
            serde_json::from_str(&Manifest::of(Family::Firefox, "/bin/x").text(Family::Firefox)).unwrap();
        assert_eq!(firefox["allowed_extensions"][0], FIREFOX_ID);
        assert!(firefox.get("allowed_origins").is_none());
        for manifest in [chromium, firefox] {
            assert_eq!((&manifest["name"], &manifest["type"]), (&Value::from(HOST_NAME), &Value::from("stdio")));
        }
    }

    #[test]
    fn what_is_no_manifest_of_this_host_is_recognised() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("org.cachette.host.json");
        assert_eq!(Manifest::at(&file).unwrap(), FileState::Nothing);
        for text in ["", "null", "[1]", "{\"name\":\"org.cachette.host\"}"] {
            std::fs::write(&file, text).unwrap();
            assert_eq!(Manifest::at(&file).unwrap(), FileState::Damaged, "{text}");
        }
        std::fs::write(&file, "{\"name\":\"org.other.host\",\"path\":\"/x\"}").unwrap();
        assert_eq!(Manifest::at(&file).unwrap(), FileState::Foreign("org.other.host".into()));
        assert_eq!(Manifest::at(folder.path()).unwrap(), FileState::Damaged);
        assert_eq!(Manifest::at(&file.join("below")).unwrap(), FileState::Nothing);
    }

    proptest! {
        #[test]
        fn any_path_survives_the_file(path in "\\PC*|(@PATH@|\"@NAME@\"|\"@CALLERS@\"|\\\\|\"){0,4}") {
            for family in [Family::Chromium, Family::Firefox] {
                let manifest = Manifest::of(family, &path);
                prop_assert_eq!(Manifest::parse(manifest.text(family).as_bytes()), Some(manifest));
            }
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(bytes: Vec<u8>) {
            let _ = Manifest::parse(&bytes);
        }
    }
}
