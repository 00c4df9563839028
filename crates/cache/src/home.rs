//! Where everything lies: the home with the files, the index, the log. Names places; reads and writes nothing.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use crate::error::CacheError;

/// The folder that holds everything, and where its index and its log are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    dir: PathBuf,
    index_file: PathBuf,
    log_dir: PathBuf,
    memory_dir: Option<PathBuf>,
}

impl Home {
    /// The home that `--home` names, else the one that the environment's `CACHETTE_HOME` names, else the platform's folder for user data.
    ///
    /// # Errors
    /// [`CacheError::NoHome`] where the platform names none.
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

    /// This home, remembered in the platform's folder for state: then one whose drive is not mounted is told from a first start.
    fn remembered(self) -> Home {
        Home { memory_dir: Places::of_the_platform().map(|places| places.memory), ..self }
    }

    /// The home at `dir`, made absolute but otherwise as it is given. It is not remembered.
    pub fn at(dir: &Path) -> Home {
        let dir = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
        match Places::of_the_platform() {
            Some(places) if places.data == dir => Home::default_of(places),
            _ => Home {
                index_file: dir.join(".index").join(INDEX_FILE),
                log_dir: dir.join(".log"),
                memory_dir: None,
                dir,
            },
        }
    }

    fn default_of(places: Places) -> Home {
        Home { dir: places.data, index_file: places.cache.join(INDEX_FILE), log_dir: places.log, memory_dir: None }
    }

    /// The home itself.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The index: SQLite's file, which may be deleted at any time.
    pub fn index_file(&self) -> &Path {
        &self.index_file
    }

    /// The folder outside of the home in which it is remembered which home lies where, if it is. May be deleted.
    pub fn memory_dir(&self) -> Option<&Path> {
        self.memory_dir.as_deref()
    }

    /// The folder of the log, which may be deleted at any time.
    pub fn log_dir(&self) -> &Path {
        &self.log_dir
    }
}

const INDEX_FILE: &str = "index.sqlite";

/// The platform's folders for this user.
struct Places {
    data: PathBuf,
    cache: PathBuf,
    log: PathBuf,
    /// Never below a home.
    memory: PathBuf,
}

impl Places {
    fn of_the_platform() -> Option<Places> {
        let dirs = ProjectDirs::from("org", "Cachette", "Cachette")?;
        let data = dirs.data_dir().to_owned();
        let log = match dirs.state_dir() {
            Some(state) => state.to_owned(),
            // On macOS the local data folder is the home itself.
            None if dirs.data_local_dir() == data => data.join(".log"),
            None => dirs.data_local_dir().to_owned(),
        };
        let state = dirs.state_dir().filter(|dir| !dir.starts_with(&data)).unwrap_or_else(|| {
            Some(dirs.data_local_dir()).filter(|dir| !dir.starts_with(&data)).unwrap_or_else(|| dirs.cache_dir())
        });
        let memory = state.join("homes");
        Some(Places { memory, data, cache: dirs.cache_dir().to_owned(), log })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let Some(dirs) = ProjectDirs::from("org", "Cachette", "Cachette") else { return };
        let home = Home::at(dirs.data_dir());
        assert_eq!(home.index_file(), dirs.cache_dir().join("index.sqlite"));
        assert!(!home.index_file().starts_with(home.dir()));
    }
}
