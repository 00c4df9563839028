//! Finds the folders of browsers. Each is a root that differs per person, and a path below it that
//! is the same for all.

use std::path::{Path, PathBuf};

use etcetera::base_strategy::{BaseStrategy, choose_native_strategy};

/// The systems that the table knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Os {
    /// Linux, and the other systems that keep settings in dot folders.
    Linux,
    /// macOS.
    Macos,
    /// Windows.
    Windows,
}

impl Os {
    /// The system that this program was built for.
    pub const HERE: Os = if cfg!(windows) {
        Os::Windows
    } else if cfg!(target_os = "macos") {
        Os::Macos
    } else {
        Os::Linux
    };
}

/// A folder that every user has, at a place of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Root {
    /// The home folder.
    Home,
    /// Linux: `XDG_CONFIG_HOME`, else `~/.config`. macOS: `~/Library/Application Support`. Windows:
    /// `%APPDATA%`.
    Config,
    /// Windows: `%LOCALAPPDATA%`. Elsewhere as [`Root::Config`], and unused.
    Local,
}

/// A folder of a browser: a root and the path below it, written with `/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place(pub Root, pub &'static str);

/// The roots of one user on one system.
#[derive(Clone, Debug)]
pub struct Roots {
    /// The system whose rules apply.
    pub os: Os,
    home: PathBuf,
    config: PathBuf,
    local: PathBuf,
}

impl Roots {
    /// Returns the roots of the person who runs this program. It is `None` where the system names
    /// no home folder.
    pub fn here() -> Option<Roots> {
        let roots = choose_native_strategy().ok()?;
        let config = if cfg!(target_os = "macos") { roots.data_dir() } else { roots.config_dir() };
        let local = if cfg!(windows) { roots.cache_dir() } else { config.clone() };
        Some(Roots { os: Os::HERE, home: roots.home_dir().to_owned(), config, local })
    }

    /// Returns the roots as people write them for any user: `~`, `%APPDATA%`. They are for
    /// printing; no such folder exists.
    pub fn of_anyone(os: Os) -> Roots {
        let (home, config, local) = match os {
            Os::Linux => ("~", "~/.config", "~/.config"),
            Os::Macos => ("~", "~/Library/Application Support", "~/Library/Application Support"),
            Os::Windows => ("%USERPROFILE%", "%APPDATA%", "%LOCALAPPDATA%"),
        };
        Roots { os, home: home.into(), config: config.into(), local: local.into() }
    }

    /// Returns the roots under one folder that serves as the home.
    #[cfg(test)]
    pub fn below(home: &Path) -> Roots {
        let config = home.join(".config");
        Roots { os: Os::HERE, home: home.into(), local: config.clone(), config }
    }

    /// Returns the path of `place`, in the spelling of the system whose roots these are.
    pub fn path(&self, place: Place) -> PathBuf {
        let Place(root, below) = place;
        let root = match root {
            Root::Home => &self.home,
            Root::Config => &self.config,
            Root::Local => &self.local,
        };
        self.join(root, below)
    }

    /// Joins `folder` and a name below it, in the same spelling.
    pub fn join(&self, folder: &Path, below: &str) -> PathBuf {
        if self.os != Os::Windows {
            return folder.join(below);
        }
        // The path is built by hand, because it is also printed on systems that do not use
        // backslashes.
        let mut path = folder.as_os_str().to_owned();
        path.push("\\");
        path.push(below.replace('/', "\\"));
        path.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_spelled_as_their_system_does() {
        let place = Place(Root::Config, "BraveSoftware/Brave-Browser");
        let path = |os| Roots::of_anyone(os).path(place).to_string_lossy().into_owned();
        assert_eq!(path(Os::Windows), r"%APPDATA%\BraveSoftware\Brave-Browser");
        if Os::HERE != Os::Windows {
            assert_eq!(path(Os::Linux), "~/.config/BraveSoftware/Brave-Browser");
            assert_eq!(path(Os::Macos), "~/Library/Application Support/BraveSoftware/Brave-Browser");
        }
    }
}
