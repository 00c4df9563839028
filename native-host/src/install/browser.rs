//! Describes one browser of the table: its names, its family, its habits on each system. It also
//! says whether the browser is on this machine.

use super::place::{Os, Place, Roots};

/// The form of manifest that a browser reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// The manifest names the callers as origins.
    Chromium,
    /// The manifest names the callers as add-on ids. A manifest that contains origins is refused.
    Firefox,
}

/// The folders and registry keys of one browser on one system.
#[derive(Debug, PartialEq, Eq)]
pub struct Habits {
    /// The folders of its settings. If one of them exists, the browser is installed.
    pub settings: &'static [Place],
    /// The folders in which it looks for manifests.
    pub manifests: &'static [Place],
    /// The folders of its settings as a snap or Flatpak.
    pub confined: &'static [Place],
    /// On Windows, the registry keys under which it looks for the manifest's path.
    pub keys: &'static [&'static str],
}

/// A row of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct Browser {
    /// Its name for `--browser`.
    pub name: &'static str,
    /// Its name as people know it.
    pub title: &'static str,
    /// Its form of manifest.
    pub family: Family,
    /// On Linux.
    pub linux: Habits,
    /// On macOS.
    pub macos: Habits,
    /// On Windows.
    pub windows: Habits,
}

impl Browser {
    /// Its folders and keys on `os`.
    pub fn habits(&self, os: Os) -> &Habits {
        match os {
            Os::Linux => &self.linux,
            Os::Macos => &self.macos,
            Os::Windows => &self.windows,
        }
    }

    /// Whether its settings exist under `roots`.
    pub fn is_here(&self, roots: &Roots) -> bool {
        self.habits(roots.os).settings.iter().any(|place| roots.path(*place).is_dir())
    }

    /// Returns the folder of its snap or Flatpak under `roots`, if there is one.
    pub fn confined(&self, roots: &Roots) -> Option<std::path::PathBuf> {
        self.habits(roots.os).confined.iter().map(|place| roots.path(*place)).find(|path| path.is_dir())
    }
}
