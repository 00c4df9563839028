//! Defines the paths of the home, the index and the log. It reads and writes nothing.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use cachette_folder::Place;
use etcetera::base_strategy::{BaseStrategy, choose_native_strategy};

use crate::error::CacheError;

/// The folder that contains everything, with the paths of its index and its log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    dir: PathBuf,
    index: Place,
    index_file: PathBuf,
    log: Place,
    log_dir: PathBuf,
    memory: Option<Place>,
}

impl Home {
    /// Resolves the home: `--home`, otherwise the environment's `CACHETTE_HOME`, otherwise the
    /// platform's folder for user data.
    ///
    /// # Errors
    /// [`CacheError::NoHome`] if the platform has none.
    pub fn resolve(flag: Option<&Path>) -> Result<Home, CacheError> {
        Home::choose(flag, std::env::var_os("CACHETTE_HOME"))
    }

    fn choose(flag: Option<&Path>, variable: Option<OsString>) -> Result<Home, CacheError> {
        let named = flag.map(Path::to_owned).or_else(|| variable.map(PathBuf::from));
        match named.filter(|dir| !dir.as_os_str().is_empty()) {
            Some(dir) => Ok(Home::at(&dir).remembered()),
            None => Places::of_the_platform().map(Home::default_of).map(Home::remembered).ok_or(CacheError::NoHome),
        }
    }

    /// Makes the platform's folder for state remember this home. So a drive that is not mounted
    /// differs from a first start.
    fn remembered(self) -> Home {
        Home { memory: Places::of_the_platform().map(|places| Place::below(&places.state, "homes")), ..self }
    }

    /// The home at `dir`, made absolute but otherwise as given. It is not remembered.
    pub fn at(dir: &Path) -> Home {
        let dir = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
        match Places::of_the_platform() {
            Some(places) if places.data == dir => Home::default_of(places),
            _ => Home::of(Place::inside(&dir, ".index"), Place::inside(&dir, ".log"), None, dir),
        }
    }

    fn default_of(places: Places) -> Home {
        // On macOS the log is in the home itself, and is then not a link.
        let log = if places.log.parent() == Some(&places.data) {
            Place::inside(&places.data, ".log")
        } else {
            Place::at(&places.log)
        };
        Home::of(Place::at(&places.cache), log, None, places.data)
    }

    fn of(index: Place, log: Place, memory: Option<Place>, dir: PathBuf) -> Home {
        Home { index_file: index.path().join(INDEX_FILE), log_dir: log.path(), dir, index, log, memory }
    }

    /// The home itself.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The index: SQLite's file, which may be deleted at any time.
    pub fn index_file(&self) -> &Path {
        &self.index_file
    }

    /// The folder of the index.
    pub fn index_place(&self) -> &Place {
        &self.index
    }

    /// The folder of the log.
    pub fn log_place(&self) -> &Place {
        &self.log
    }

    /// The folder that remembers which home is where, if any. It is outside of the home and may be
    /// deleted.
    pub fn memory(&self) -> Option<&Place> {
        self.memory.as_ref()
    }

    /// The folder of the log, which may be deleted at any time.
    pub fn log_dir(&self) -> &Path {
        &self.log_dir
    }
}

/// The index's name in its folder.
pub(crate) const INDEX_FILE: &str = "index.sqlite";

/// The platform's folders for this user.
struct Places {
    data: PathBuf,
    cache: PathBuf,
    log: PathBuf,
    /// Never inside a home.
    state: PathBuf,
}

impl Places {
    /// Returns the folders below the platform's roots, in the form that the platform's programs
    /// use.
    fn of_the_platform() -> Option<Places> {
        let roots = choose_native_strategy().ok()?;
        let (data, cache) = (roots.data_dir(), roots.cache_dir());
        Some(if cfg!(windows) {
            let local = cache.join("Cachette").join("Cachette");
            let data = data.join("Cachette").join("Cachette").join("data");
            let log = local.join("data");
            Places { data, cache: local.join("cache"), state: log.clone(), log }
        } else if cfg!(target_os = "macos") {
            let (data, cache) = (data.join("org.Cachette.Cachette"), cache.join("org.Cachette.Cachette"));
            Places { log: data.join(".log"), state: cache.clone(), data, cache }
        } else {
            let (data, cache) = (data.join("cachette"), cache.join("cachette"));
            let state = roots.state_dir().map(|state| state.join("cachette"));
            let log = state.clone().unwrap_or_else(|| data.join(".log"));
            Places { state: state.unwrap_or_else(|| cache.clone()), data, cache, log }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;

    /// A drive may disappear after the home was examined and before its index or log is opened.
    #[test]
    fn only_a_save_makes_the_home() {
        let above = tempfile::tempdir().unwrap();
        let home = Home::at(&above.path().join("home"));
        for place in [home.index_place(), home.log_place()] {
            assert_eq!(place.open().unwrap_err().kind(), io::ErrorKind::NotFound);
            assert!(!home.dir().exists());
        }
        std::fs::create_dir(home.dir()).unwrap();
        for place in [home.index_place(), home.log_place()] {
            assert!(place.open().is_ok() && place.path().is_dir());
        }
    }

    #[test]
    fn the_flag_wins_over_the_variable_and_both_over_the_platform() {
        let flag = Home::choose(Some(Path::new("/a")), Some("/b".into())).unwrap();
        assert_eq!(flag.dir(), Path::new("/a"));
        assert_eq!(Home::choose(None, Some("/b".into())).unwrap().dir(), Path::new("/b"));
    }

    #[test]
    fn an_empty_variable_counts_as_none() {
        let (one, other) = (Home::choose(None, Some("".into())), Home::choose(None, None));
        assert_eq!(one.ok(), other.ok());
    }

    #[test]
    fn a_home_of_ones_own_keeps_index_and_log_inside() {
        let home = Home::at(Path::new("relative/home"));
        assert!(home.dir().is_absolute());
        assert!(home.dir().ends_with("relative/home"));
        assert_eq!(home.index_file(), home.dir().join(".index/index.sqlite"));
        assert_eq!(home.log_dir(), home.dir().join(".log"));
    }

    #[test]
    fn the_default_home_keeps_the_index_in_the_cache_folder() {
        let Some(places) = Places::of_the_platform() else { return };
        let home = Home::at(&places.data);
        assert_eq!(home.index_file(), places.cache.join("index.sqlite"));
        assert!(!home.index_file().starts_with(home.dir()));
    }
}
