//! Tests whole saves, crashes and hostile files, on real folders.

mod commits;
mod crashes;
mod cross_device;
mod dropped;
mod edits;
mod hostile;
mod losses;
mod pictures;
mod readdressing;
mod reconciliations;
mod refilings;
mod removals;
mod restorations;
mod shared_files;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use cachette_address::Address;
use cachette_page::{Asset, article_hash};
use jiff::Timestamp;
use tempfile::TempDir;

use crate::{Draft, Filed, Filing, Store, StoreError};

pub(super) const URL: &str = "https://example.org/a";

/// A temporary home.
pub(super) struct Home {
    dir: TempDir,
}

impl Home {
    pub fn new() -> Home {
        Home { dir: in_memory() }
    }

    pub fn path(&self) -> std::path::PathBuf {
        self.dir.path().join("home")
    }

    pub fn store(&self) -> Store {
        Store::at(&self.path())
    }

    pub fn page(&self) -> std::path::PathBuf {
        self.path().join("pages").join(hash())
    }

    pub fn index_md(&self) -> String {
        fs::read_to_string(self.page().join("index.md")).unwrap()
    }

    pub fn save(&self, second: i64, markdown: &str, html: Option<&str>) -> Filed {
        save(&self.store(), second, markdown, html).unwrap()
    }

    /// The names in the page's `versions` folder, sorted.
    pub fn versions(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.page().join("versions"))
            .map(|entries| entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect())
            .unwrap_or_default();
        names.sort();
        names
    }

    /// Every file below `pages/`, by its path from there.
    pub fn files(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        collect(&self.path().join("pages"), "", &mut files);
        files
    }

    /// Replaces `from` by `to` in the page's `index.md`, as a person would.
    pub fn edit(&self, from: &str, to: &str) {
        let file = self.index_md();
        assert!(file.contains(from), "{from} is not in {file}");
        fs::write(self.page().join("index.md"), file.replacen(from, to, 1)).unwrap();
    }
}

fn collect(dir: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(dir).into_iter().flatten() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().into_string().unwrap());
        if entry.file_type().unwrap().is_dir() {
            files.insert(format!("{name}/"), String::new());
            collect(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).into_owned());
        }
    }
}

pub(super) fn address() -> Address {
    Address::parse(URL).unwrap()
}

pub(super) fn hash() -> String {
    address().hash_url().to_owned()
}

pub(super) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

pub(super) fn draft<'a>(
    address: &'a Address,
    second: i64,
    markdown: &'a str,
    article_hash: &'a str,
    html: Option<&'a str>,
) -> Draft<'a> {
    Draft {
        address,
        captured_at: at(second),
        source: "page",
        title: "A title",
        markdown,
        article_hash,
        html,
        dropped: None,
        metadata: vec![("lang", "en"), ("author", "")],
        tags: &[],
        assets: &[],
        converter: Some(1),
        same_page: None,
        fresh_at: None,
        added: Vec::new(),
    }
}

/// Saves and settles, as the cache does.
pub(super) fn save(store: &Store, second: i64, markdown: &str, html: Option<&str>) -> Result<Filed, StoreError> {
    let (address, hash) = (address(), article_hash(markdown));
    let claim = store.claim([address.hash_url()])?;
    let filed = claim.file(&draft(&address, second, markdown, &hash, html))?;
    claim.settle(address.hash_url())?;
    Ok(filed)
}

/// A picture, and a text that shows it from a page's folder.
pub(super) fn picture() -> Asset {
    Asset::picture(b"GIF89a a picture".to_vec()).unwrap()
}

pub(super) fn pictured(text: &str) -> String {
    format!("{text} ![x](../../assets/{}/{})", picture().shard(), picture().name)
}

pub(super) fn pictured_html(text: &str) -> String {
    format!("<p>{text} <img src=\"../../assets/{}/{}\">", picture().shard(), picture().name)
}

/// Saves a page that shows the picture, and the picture too. Its article leaves something out.
pub(super) fn save_pictured(store: &Store, second: i64, text: &str) -> Result<Filed, StoreError> {
    let (address, assets) = (address(), [picture()]);
    let (markdown, html) = (pictured(text), pictured_html(text));
    let hash = article_hash(&markdown);
    let claim = store.claim([address.hash_url()])?;
    let dropped = dropped::list(text);
    let draft =
        Draft { assets: &assets, dropped: Some(&dropped), ..draft(&address, second, &markdown, &hash, Some(&html)) };
    let filed = claim.file(&draft)?;
    claim.settle(address.hash_url())?;
    Ok(filed)
}

pub(super) fn filing(home: &Home, second: i64, markdown: &str) -> Filing {
    home.save(second, markdown, Some(&format!("<p>{markdown}"))).filing
}

/// A temporary folder, in memory where the platform has such. Thousands of commits each wait for
/// the disk.
fn in_memory() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}
