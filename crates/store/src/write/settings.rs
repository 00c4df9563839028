//! Reads and writes the home's settings. They are a small text file that people may edit, with
//! `key: value` lines and comments. Unreadable settings change nothing: when in doubt, everything
//! is kept.

use crate::error::StoreError;
use crate::layout::{SETTINGS, SETTINGS_BYTES};
use crate::read::store::Store;
use crate::retention::Retention;
use crate::write::claim::Claim;

const KEEP: &str = "keep";
const LOG: &str = "log";

/// The beginning of a new file.
const HEAD: &str = "# Cachette's settings for this folder.
#
# keep: how many versions of a page are kept when it is saved again. The others are moved to the \
trash; the newest version always stays.
#   all      every version
#   last N   the newest N
#   daily    every version of the last 30 days, and the last one of each earlier day
#
# log: names   the log contains the addresses of saved pages and complete error messages; without \
this line, it does not.
";

impl Store {
    /// Reads the retention rule.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] if the rule is not understood, in which case all versions must be
    /// kept; or an error of the disk.
    pub fn retention(&self) -> Result<Retention, StoreError> {
        let Some(bytes) = self.root()?.map_or(Ok(None), |root| root.read_within(SETTINGS, SETTINGS_BYTES))? else {
            return Ok(Retention::All);
        };
        let text = String::from_utf8_lossy(&bytes);
        let mut said = text.lines().filter_map(|line| setting(line, KEEP));
        let Some(value) = said.next_back() else { return Ok(Retention::All) };
        Retention::read(value).ok_or_else(|| StoreError::Unreadable {
            path: self.dir().join(SETTINGS),
            reason: "after “keep:” only “all”, “last N” or “daily” is understood, so all versions are kept".to_owned(),
        })
    }

    /// Whether the log may name pages. It may not if the settings are unreadable.
    pub fn log_names(&self) -> bool {
        let settings = self.root().and_then(|root| root.map_or(Ok(None), |root| root.read(SETTINGS)));
        let Ok(Some(bytes)) = settings else { return false };
        String::from_utf8_lossy(&bytes).lines().filter_map(|line| setting(line, LOG)).next_back() == Some("names")
    }
}

impl Claim {
    /// Writes the retention rule; everything else in the file stays.
    ///
    /// # Errors
    /// An error of the disk; the file is then unchanged.
    pub fn set_retention(&self, retention: Retention) -> Result<(), StoreError> {
        let former = self.root.read_within(SETTINGS, SETTINGS_BYTES)?;
        let mut text = former.map_or_else(|| HEAD.to_owned(), |bytes| String::from_utf8_lossy(&bytes).into_owned());
        let mut lines: Vec<&str> = text.lines().filter(|line| setting(line, KEEP).is_none()).collect();
        let line = format!("{KEEP}: {retention}");
        lines.push(&line);
        text = lines.join("\n") + "\n";
        self.root.replace(SETTINGS, text.as_bytes(), true)?;
        self.root.sync()
    }
}

/// Returns the value of a line that sets `key`.
fn setting<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    let (name, value) = line.split_once(':')?;
    // Some editors put a byte order mark before the first line.
    (name.trim_start_matches('\u{FEFF}').trim() == key).then(|| value.split('#').next().unwrap_or("").trim())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::tests::Home;

    #[test]
    fn the_rule_is_kept_beside_what_people_wrote() {
        let home = Home::new();
        let store = home.store();
        assert_eq!(store.retention().unwrap(), Retention::All);
        let set = |rule: &str| store.claim([]).unwrap().set_retention(Retention::read(rule).unwrap()).unwrap();
        set("last 3");
        assert_eq!(store.retention().unwrap().to_string(), "last 3");
        let file = home.path().join("settings.txt");
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.starts_with("# Cachette's settings"), "{text}");
        fs::write(&file, format!("# mine\n{text}other: 1\n")).unwrap();
        set("daily");
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains("# mine") && text.contains("other: 1") && text.ends_with("\nkeep: daily\n"), "{text}");
        assert_eq!(text.matches("\nkeep:").count(), 1);
    }

    #[test]
    fn the_log_names_pages_only_where_the_settings_say_so() {
        let home = Home::new();
        let store = home.store();
        assert!(!store.log_names());
        store.claim([]).unwrap().set_retention(Retention::All).unwrap();
        assert!(!store.log_names(), "what a new file says of itself is no setting");
        let file = home.path().join("settings.txt");
        for (text, names) in [
            ("log: names\n", true),
            ("log: names # mine\n", true),
            ("log: all\n", false),
            ("log: names\nlog: none", false),
        ] {
            fs::write(&file, text).unwrap();
            assert_eq!(store.log_names(), names, "{text}");
        }
    }

    #[test]
    fn a_rule_that_is_not_understood_is_reported() {
        let home = Home::new();
        fs::create_dir_all(home.path()).unwrap();
        let file = home.path().join("settings.txt");
        fs::write(&file, "keep: last two\n").unwrap();
        assert!(matches!(home.store().retention(), Err(StoreError::Unreadable { .. })));
        fs::write(&file, "\u{FEFF}keep: last 4\r\n").unwrap();
        assert_eq!(home.store().retention().unwrap().to_string(), "last 4");
        fs::write(&file, b"\xff\nkeep : LAST 2 # two\r\n").unwrap();
        assert_eq!(home.store().retention().unwrap().to_string(), "last 2");
    }
}
