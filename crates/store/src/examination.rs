//! One page's files against what they say of themselves: hashes, names, what they refer to. Finds; changes nothing.

use std::path::PathBuf;

use cachette_address::Address;
use cachette_page::digest::sha256_hex;

use crate::article::Article;
use crate::error::StoreError;
use crate::folder::{Folder, Kind};
use crate::layout::{ARTICLE, ASSETS, CAPTURE, VERSIONS, is_temp_name, read_stem};
use crate::store::{Store, versions_in};

/// What is with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It cannot be read, or its bytes are not what was written.
    Damaged,
    /// It is named but not there.
    Missing,
    /// Nothing names it.
    Orphaned,
    /// A save that was cut off left it; [`crate::Claim::reconcile`] takes it up.
    Leftover,
    /// Its article was changed since it was captured, as people may.
    Edited,
}

/// A file and what is with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What is with it.
    pub verdict: Verdict,
    /// The file or folder.
    pub path: PathBuf,
    /// The same for people, one sentence.
    pub what: String,
}

impl Store {
    /// Examines a page: every version and every DOM. `read_data` also reads the DOMs and other data files; without it they need only be there.
    /// Meant to be called with the page claimed: a commit at work looks like a crash.
    ///
    /// # Errors
    /// The disk. What is wrong with the files is the answer, not an error.
    pub fn examine(&self, hash_url: &str, read_data: bool) -> Result<Vec<Finding>, StoreError> {
        let mut examination = Examination { store: self, read_data, findings: Vec::new() };
        match self.page(hash_url) {
            Ok(Some(page)) => examination.page(hash_url, &page)?,
            Ok(None) => {}
            Err(StoreError::Foreign { path }) => examination.found(
                Verdict::Orphaned,
                path,
                "stands in a page's place but is a link or a file; it is left alone.",
            ),
            Err(error) => return Err(error),
        }
        Ok(examination.findings)
    }
}

struct Examination<'a> {
    store: &'a Store,
    read_data: bool,
    findings: Vec<Finding>,
}

impl Examination<'_> {
    fn found(&mut self, verdict: Verdict, path: PathBuf, what: &str) {
        self.findings.push(Finding { verdict, path, what: what.to_owned() });
    }

    fn page(&mut self, hash_url: &str, page: &Folder) -> Result<(), StoreError> {
        self.version(hash_url, page, ARTICLE, CAPTURE)?;
        self.leftovers(page)?;
        let versions = match page.child(VERSIONS) {
            Err(StoreError::Foreign { path }) => {
                self.found(
                    Verdict::Orphaned,
                    path,
                    "stands in the versions' place but is a link or a file; it is left alone.",
                );
                None
            }
            versions => versions?,
        };
        if !page.has(ARTICLE)? {
            let older = versions.as_ref().map_or(Ok(Vec::new()), versions_in)?;
            let (verdict, what) = if older.is_empty() {
                (Verdict::Orphaned, "holds no saved page.")
            } else {
                (Verdict::Missing, "has older versions but no index.md.")
            };
            self.found(verdict, page.path().to_owned(), what);
        }
        let Some(versions) = versions else { return Ok(()) };
        self.leftovers(&versions)?;
        let mut names = versions.names()?;
        names.sort();
        for name in names {
            if let Some(stem) = name.strip_suffix(".md").filter(|stem| read_stem(stem).is_some()) {
                self.version(hash_url, &versions, &name, &format!("{stem}.html"))?;
            } else if let Some(stem) = name.strip_suffix(".html").filter(|stem| read_stem(stem).is_some())
                && !versions.has(&format!("{stem}.md"))?
            {
                self.found(Verdict::Orphaned, versions.path_of(&name), "belongs to no version.");
            }
        }
        Ok(())
    }

    fn leftovers(&mut self, folder: &Folder) -> Result<(), StoreError> {
        for name in folder.names()?.iter().filter(|name| is_temp_name(name)) {
            self.found(Verdict::Leftover, folder.path_of(name), "was left over by a save that was cut off.");
        }
        Ok(())
    }

    fn version(&mut self, hash_url: &str, folder: &Folder, name: &str, capture: &str) -> Result<(), StoreError> {
        let path = folder.path_of(name);
        let article = match Article::read(folder, name) {
            Ok(Some(article)) => article,
            Ok(None) => return Ok(()),
            Err(StoreError::Foreign { path }) => {
                self.found(Verdict::Damaged, path, "is a link or no plain file; it is not read.");
                return Ok(());
            }
            Err(StoreError::Disk { path, source }) => {
                self.found(Verdict::Damaged, path, &format!("cannot be read: {source}."));
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        if let Some(trouble) = &article.trouble {
            self.found(
                Verdict::Damaged,
                path,
                &format!("cannot be read as a saved page: {}.", trouble.trim_end_matches('.')),
            );
            return Ok(());
        }
        let page_of = |url: String| Address::parse(&url).ok().map(|address| address.hash_url().to_owned());
        if article.front.get("url").and_then(page_of).is_none_or(|hash| hash != hash_url) {
            self.found(
                Verdict::Damaged,
                path.clone(),
                "has an address in its front matter that does not belong to this folder.",
            );
        }
        if article.body().contains('\0') {
            self.found(Verdict::Damaged, path, "holds NUL bytes, as files do after a failing disk or a power cut.");
        } else if article.is_as_captured() == Some(false) {
            self.found(Verdict::Edited, path, "was changed since it was captured.");
        }
        self.capture(folder, capture, article.front.get("html_hash"))?;
        self.assets(&article)
    }

    fn capture(&mut self, folder: &Folder, name: &str, hash: Option<String>) -> Result<(), StoreError> {
        let path = folder.path_of(name);
        match (folder.facts(name)?, hash) {
            (None, None) => {}
            (None, Some(_)) => self.found(Verdict::Missing, path, "is named by its version but not there."),
            (Some(facts), _) if facts.kind != Kind::File => {
                self.found(Verdict::Damaged, path, "is a link or no plain file; it is not read.");
            }
            (Some(_), None) => self.found(Verdict::Orphaned, path, "is not named by its version."),
            (Some(_), Some(hash))
                if self.read_data && folder.read(name)?.is_some_and(|bytes| sha256_hex(&bytes) != hash) =>
            {
                self.found(Verdict::Damaged, path, "does not have the bytes that were captured.");
            }
            _ => {}
        }
        Ok(())
    }

    fn assets(&mut self, article: &Article) -> Result<(), StoreError> {
        let named: Vec<&str> = assets_named(article.body());
        if named.is_empty() {
            return Ok(());
        }
        let assets = self.store.root()?.map_or(Ok(None), |root| root.child(ASSETS))?;
        for name in named {
            let shard = name.get(..2).unwrap_or("");
            let folder = assets.as_ref().map_or(Ok(None), |assets| assets.child(shard))?;
            let path = self.store.dir().join(ASSETS).join(shard).join(name);
            let Some(folder) = folder.filter(|folder| folder.has(name).unwrap_or(false)) else {
                self.found(Verdict::Missing, path, "is shown by a saved page but not there.");
                continue;
            };
            if self.read_data && folder.read(name)?.is_some_and(|bytes| !name.starts_with(&sha256_hex(&bytes))) {
                self.found(Verdict::Damaged, path, "does not have the bytes that its name says.");
            }
        }
        Ok(())
    }
}

/// The names `<sha256>.<ext>` of all assets that a text links to by relative path.
fn assets_named(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for (at, _) in text.match_indices("../assets/") {
        let rest = text.get(at + "../assets/".len()..).unwrap_or("");
        let Some((shard, rest)) = rest.split_once('/') else { continue };
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(rest.len());
        let Some(name) = rest.get(..end) else { continue };
        let hash = name.split('.').next().unwrap_or("");
        if cachette_address::is_hash_url(hash) && shard.len() == 2 && hash.starts_with(shard) && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assets_are_read_out_of_links() {
        let hash = "ab".repeat(32);
        let text =
            format!("![x](../../assets/ab/{hash}.png) [y](../../assets/cd/{hash}.png) ../assets/ab/{hash}.jpg\"");
        assert_eq!(assets_named(&text), [format!("{hash}.png"), format!("{hash}.jpg")]);
        assert!(assets_named("../assets/ ../assets/é/x ../assets/ab/").is_empty());
    }
}
