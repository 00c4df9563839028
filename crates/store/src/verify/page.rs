//! Verifies one page's files against their own metadata: hashes, names, references. Reports only;
//! changes nothing.

use std::path::PathBuf;

use cachette_address::Address;

use crate::error::{StoreError, size};
use crate::folder::{EntryKind, Folder};
use crate::layout::{ARTICLE, ASSETS, PAGES, VERSIONS, is_temp_name, read_stem};
use crate::read::article::Article;
use crate::read::companion::Companion;
use crate::read::store::Store;
use crate::verify::discrepancy::{Discrepancy, Indexed, Verdict, Verified};

/// The open folders for verifying many pages. Any number of threads may use it at once.
#[derive(Debug)]
pub struct Verifier<'a> {
    store: &'a Store,
    pages: Option<Folder>,
    assets: Option<Folder>,
    read_data: bool,
}

impl Store {
    /// Prepares to verify pages. `read_data` also reads the DOMs and other data files; otherwise
    /// they need only exist.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn verifier(&self, read_data: bool) -> Result<Verifier<'_>, StoreError> {
        let root = self.root()?;
        // `Store::verify_surroundings` reports a link in a folder's place.
        let child = |name| match root.as_ref().map_or(Ok(None), |root: &Folder| root.child(name)) {
            Err(StoreError::Foreign { .. }) => Ok(None),
            child => child,
        };
        Ok(Verifier { store: self, pages: child(PAGES)?, assets: child(ASSETS)?, read_data })
    }

    /// Verifies one page; see [`Verifier::page`].
    ///
    /// # Errors
    /// An error of the disk. Damaged files are an answer, not an error.
    pub fn verify(&self, hash_url: &str, read_data: bool, indexed: Option<&Indexed>) -> Result<Verified, StoreError> {
        if !cachette_address::is_hash_url(hash_url) {
            return Err(StoreError::NotAHash(hash_url.chars().take(80).collect()));
        }
        self.verifier(read_data)?.page(hash_url, indexed)
    }
}

impl Verifier<'_> {
    /// Verifies a page: every version and every DOM. The index's knowledge helps to distinguish
    /// damage to `index.md` from an edit: people's programs change the time stamp, failing disks do
    /// not. A commit in progress looks like a crash, so after a finding the page should be claimed
    /// and verified again.
    ///
    /// # Errors
    /// An error of the disk. Damaged files are an answer, not an error.
    pub fn page(&self, hash_url: &str, indexed: Option<&Indexed>) -> Result<Verified, StoreError> {
        let Verifier { store, assets, read_data, .. } = self;
        let mut verification = Verification {
            store,
            assets: assets.as_ref(),
            read_data: *read_data,
            indexed,
            verified: Verified::default(),
        };
        match self.pages.as_ref().map_or(Ok(None), |pages| pages.child(hash_url)) {
            Ok(Some(page)) => verification.page(hash_url, &page)?,
            Ok(None) => {}
            Err(StoreError::Foreign { path }) => {
                verification.found(Verdict::Orphaned, path, "is a link or a file in a page's place; it is left alone.")
            }
            Err(error) => return Err(error),
        }
        Ok(verification.verified)
    }
}

struct Verification<'a> {
    store: &'a Store,
    assets: Option<&'a Folder>,
    read_data: bool,
    indexed: Option<&'a Indexed>,
    verified: Verified,
}

impl Verification<'_> {
    fn found(&mut self, verdict: Verdict, path: PathBuf, what: &str) {
        self.verified.findings.push(Discrepancy { verdict, path, what: what.to_owned() });
    }

    fn page(&mut self, hash_url: &str, page: &Folder) -> Result<(), StoreError> {
        let names = page.names()?;
        if names.iter().any(|name| name == ARTICLE) {
            self.version(hash_url, page, ARTICLE)?;
        }
        self.leftovers(page, &names);
        let versions = match page.child(VERSIONS) {
            Err(StoreError::Foreign { path }) => {
                self.found(Verdict::Orphaned, path, "is a link or a file in the versions' place; it is left alone.");
                None
            }
            versions => versions?,
        };
        let older = versions.as_ref().map_or(Ok(Vec::new()), Folder::names)?;
        if !names.iter().any(|name| name == ARTICLE) {
            let any = older.iter().any(|name| name.strip_suffix(".md").is_some_and(|stem| read_stem(stem).is_some()));
            let (verdict, what) = if any {
                (Verdict::Missing, "has older versions but no index.md.")
            } else {
                (Verdict::Orphaned, "holds no saved page.")
            };
            self.found(verdict, page.path().to_owned(), what);
        }
        let Some(versions) = versions else { return Ok(()) };
        self.leftovers(&versions, &older);
        let mut names = older;
        names.sort();
        for name in &names {
            if name.strip_suffix(".md").is_some_and(|stem| read_stem(stem).is_some()) {
                self.version(hash_url, &versions, name)?;
            } else if let Some(stem) = Companion::ALL.iter().find_map(|kind| kind.older_stem(name))
                && names.binary_search(&format!("{stem}.md")).is_err()
            {
                self.found(Verdict::Orphaned, versions.path_of(name), "belongs to no version.");
            }
        }
        Ok(())
    }

    fn leftovers(&mut self, folder: &Folder, names: &[String]) {
        for name in names.iter().filter(|name| is_temp_name(name)) {
            self.found(Verdict::Leftover, folder.path_of(name), "is left over from an interrupted save.");
        }
    }

    fn version(&mut self, hash_url: &str, folder: &Folder, name: &str) -> Result<(), StoreError> {
        let path = folder.path_of(name);
        let article = match Article::read(folder, name) {
            Ok(Some(article)) => article,
            Ok(None) => return Ok(()),
            Err(StoreError::Foreign { path }) => {
                self.found(Verdict::Damaged, path, "is a link or no plain file; it is not read.");
                return Ok(());
            }
            Err(StoreError::TooLarge { path, limit }) => {
                self.found(Verdict::Damaged, path, &too_long(limit));
                return Ok(());
            }
            Err(StoreError::Disk { path, source } | StoreError::Failing { path, source }) => {
                self.found(Verdict::Damaged, path, &format!("cannot be read: {source}."));
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        self.verified.versions += 1;
        let newest = name == ARTICLE;
        if newest {
            self.verified.stamp = Some(article.stamp);
        }
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
        let untouched = self.indexed.filter(|indexed| newest && indexed.stamp == article.stamp);
        if article.body().contains('\0') {
            self.found(Verdict::Damaged, path, "holds NUL bytes, as files do after a failing disk or a power cut.");
        } else if untouched.is_some_and(|indexed| indexed.fingerprint != article.fingerprint()) {
            self.found(Verdict::Damaged, path, "has changed since it was indexed, although no program has written it.");
        } else if article.is_as_captured() == Some(false) {
            if newest || article.is_as_kept() {
                self.found(Verdict::Edited, path, "was changed since it was captured.");
            } else {
                self.found(Verdict::Damaged, path, "no longer contains its article.");
            }
        }
        for kind in Companion::ALL {
            self.companion(kind, folder, &kind.beside(name), kind.named_by(&article))?;
        }
        self.assets(&article)
    }

    fn companion(
        &mut self,
        kind: Companion,
        folder: &Folder,
        name: &str,
        hash: Option<String>,
    ) -> Result<(), StoreError> {
        // A DOM may be long; a list is always read.
        let is_read = self.read_data || kind == Companion::Dropped;
        let path = folder.path_of(name);
        match (folder.facts(name)?, hash) {
            (None, None) => {}
            (None, Some(_)) => self.found(Verdict::Missing, path, "is missing although its version names it."),
            (Some(facts), _) if facts.kind != EntryKind::File => {
                self.found(Verdict::Damaged, path, "is a link or no plain file; it is not read.");
            }
            (Some(facts), _) if facts.bytes > kind.limit() => {
                self.found(Verdict::Damaged, path, &too_long(kind.limit()));
            }
            (Some(_), None) => self.found(Verdict::Orphaned, path, "is not named by its version."),
            (Some(_), Some(hash)) if is_read && kind.hash_of(folder, name)?.is_some_and(|own| own != hash) => {
                let what = match kind {
                    Companion::Dom => "does not have the bytes that were captured.",
                    Companion::Dropped => "is not the list that was written with its version.",
                };
                self.found(Verdict::Damaged, path, what);
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
        for name in named {
            let shard = name.get(..2).unwrap_or("");
            let folder = match self.assets.map_or(Ok(None), |assets| assets.child(shard)) {
                Err(StoreError::Foreign { .. }) => None,
                folder => folder?,
            };
            let path = self.store.dir().join(ASSETS).join(shard).join(name);
            // `Store::verify_assets` compares its content with its name once, rather than for each
            // page.
            match folder.and_then(|folder| folder.facts(name).ok().flatten()) {
                None => self.found(Verdict::Missing, path, "is is missing although a saved page shows it."),
                Some(facts) if facts.kind != EntryKind::File => {
                    self.found(Verdict::Damaged, path, "is a link or no plain file; it is not read.");
                }
                Some(_) => {}
            }
        }
        Ok(())
    }
}

fn too_long(limit: u64) -> String {
    format!("is longer than {} and is not read.", size(limit))
}

/// Returns the names `<sha256>.<ext>` of all assets that a text links to by relative path.
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
