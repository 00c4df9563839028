//! Finishes a commit that a crash interrupted between its renames. `reconcile.rs` does the rest,
//! and undoes what cannot be finished.

use crate::error::StoreError;
use crate::folder::Folder;
use crate::layout::{ARTICLE, TRASH, is_temp_name, read_entry};
use crate::read::article::{Article, EDITED_HASH, HTML_HASH};
use crate::read::companion::Companion;
use crate::version::versions_in;
use crate::write::claim::Claim;
use crate::write::kept_companion::{find_kept, place_companion};

impl Claim {
    /// Gives a temporary article its name if a DOM or a list of its own already has its name.
    pub(crate) fn finish_commit(
        &self,
        hash_url: &str,
        page: &Folder,
        versions: Option<&Folder>,
    ) -> Result<(), StoreError> {
        for name in page.names()? {
            if !is_temp_name(&name) || !name.ends_with(".md") {
                continue;
            }
            // All temporary files were synced before the first rename: a torn one names nothing
            // that is in place.
            let Some(article) = Article::read(page, &name)?.filter(|article| article.trouble.is_none()) else {
                continue;
            };
            let current = Article::read(page, ARTICLE)?;
            if current.as_ref().is_some_and(|current| current.trouble.is_some()) {
                continue;
            }
            // A file that the newest version also names may belong to that version.
            let is_evidence = |kind: Companion, there: &Option<String>| {
                there.is_some() && current.as_ref().and_then(|current| kind.named_by(current)) != *there
            };
            if is_begun(page, "index", &article, is_evidence)?
                && let Some(lost) = complete(page, versions, page, "index", &article)?
            {
                if let Some(current) = &current {
                    self.put_aside_of(hash_url, page, current, &lost)?;
                    self.keep_edit(hash_url, page, versions, current)?;
                }
                page.rename(&name, page, ARTICLE)?;
                continue;
            }
            let Some(versions) = versions else { continue };
            for other in versions.names()? {
                let Some(stem) = Companion::ALL.iter().find_map(|kind| kind.older_stem(&other)) else { continue };
                let lasting = format!("{stem}.md");
                if !versions.has(&lasting)?
                    && is_begun(versions, stem, &article, is_evidence)?
                    && complete(page, Some(versions), versions, stem, &article)?.is_some()
                {
                    page.rename(&name, versions, &lasting)?;
                    break;
                }
            }
        }
        Ok(())
    }

    /// Puts the newest version's files aside that the next one lacks, because its own were lost.
    fn put_aside_of(
        &self,
        hash_url: &str,
        page: &Folder,
        current: &Article,
        lost: &[Companion],
    ) -> Result<(), StoreError> {
        for kind in lost {
            let there = kind.hash_of(page, kind.of_newest())?;
            if there.is_some() && there == kind.named_by(current) {
                self.put_aside(hash_url, page, &[kind.of_newest()])?;
            }
        }
        Ok(())
    }

    /// Keeps the `index.md` that somebody has edited since it was read, before it is replaced.
    pub(crate) fn keep_edit_made_meanwhile(
        &self,
        hash_url: &str,
        page: &Folder,
        versions: Option<&Folder>,
    ) -> Result<(), StoreError> {
        let edited = Article::read(page, ARTICLE)?;
        edited.map_or(Ok(()), |edited| self.keep_edit(hash_url, page, versions, &edited))
    }

    /// Gives `index.md` a second name in the trash if a person edited it meanwhile, with the files
    /// that it names. No version has that text or front matter, and the next one replaces it.
    fn keep_edit(
        &self,
        hash_url: &str,
        page: &Folder,
        versions: Option<&Folder>,
        current: &Article,
    ) -> Result<(), StoreError> {
        let name = find_version(versions, current, |kept| is_kept_as(kept, current))?;
        if let (Some(versions), Some(name)) = (versions, name) {
            // An editor that writes in place has also written what has the second name.
            let recorded = Article::read(versions, &name)?.and_then(|kept| kept.with_edit_recorded());
            let Some(file) = recorded else { return Ok(()) };
            versions.replace(&name, file.as_bytes(), true)?;
            return versions.sync();
        }
        if self.is_in_trash(hash_url, current)? {
            return Ok(());
        }
        let entry = self.entry_for(hash_url, page, ARTICLE)?;
        for kind in Companion::ALL {
            let Some(named) = kind.named_by(current) else { continue };
            if kind.hash_of(page, kind.of_newest())?.as_ref() == Some(&named) {
                place_companion(kind, page, kind.of_newest(), None, &entry)?;
            } else if let Some((folder, name, kept)) = find_kept(kind, page, versions, &named)? {
                place_companion(kind, folder, &name, kept, &entry)?;
            }
        }
        page.link(ARTICLE, &entry, ARTICLE)?;
        entry.sync()
    }

    /// Whether an entry of the trash has this `index.md`, as that of an interrupted removal has.
    fn is_in_trash(&self, hash_url: &str, current: &Article) -> Result<bool, StoreError> {
        let Some(trash) = self.root.child(TRASH)? else { return Ok(false) };
        for name in trash.names()? {
            if read_entry(&name).is_none_or(|(.., of)| of != hash_url) {
                continue;
            }
            let file = trash.child(&name).and_then(|entry| entry.map_or(Ok(None), |entry| entry.read(ARTICLE)));
            match file {
                Err(error) if error.is_of_one_page() => {}
                file => {
                    if file?.as_deref() == Some(current.file.as_bytes()) {
                        return Ok(true);
                    }
                }
            }
        }
        Ok(false)
    }
}

/// Whether a version's file is that of a newest version, but for what its move changes: links, and
/// the hashes of what has them.
fn is_kept_as(kept: &Article, current: &Article) -> bool {
    let front = |article: &Article| {
        let mut front = article.front.clone();
        for key in ["content_hash", HTML_HASH, EDITED_HASH] {
            front.remove(key);
        }
        front
    };
    kept.body_as_newest() == current.body() && front(kept) == front(current)
}

/// Returns the name of a version of an article's time in `versions/` that `is_it` accepts.
fn find_version(
    versions: Option<&Folder>,
    article: &Article,
    is_it: impl Fn(&Article) -> bool,
) -> Result<Option<String>, StoreError> {
    let Some(versions) = versions else { return Ok(None) };
    for version in versions_in(versions)?.iter().filter(|version| version.captured_at == article.captured_at) {
        let name = format!("{}.md", version.stem());
        if Article::read(versions, &name)?.is_some_and(|kept| is_it(&kept)) {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// Whether a commit had begun to rename its files. It had if a DOM or list that its article names
/// has its final name, and `is_evidence` says that no other version put it there.
fn is_begun(
    folder: &Folder,
    stem: &str,
    article: &Article,
    is_evidence: impl Fn(Companion, &Option<String>) -> bool,
) -> Result<bool, StoreError> {
    for kind in Companion::ALL {
        let there = kind.hash_of(folder, &kind.of_stem(stem))?;
        if is_evidence(kind, &there) && there == kind.named_by(article) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Gives the files that an article names their places beside `<stem>.md`. Returns those that its
/// version had lost before; `None`, with nothing moved, if any other does not exist.
fn complete(
    page: &Folder,
    versions: Option<&Folder>,
    folder: &Folder,
    stem: &str,
    article: &Article,
) -> Result<Option<Vec<Companion>>, StoreError> {
    let (mut moves, mut lost) = (Vec::new(), Vec::new());
    for kind in Companion::ALL {
        let Some(named) = kind.named_by(article) else { continue };
        let place = kind.of_stem(stem);
        if kind.hash_of(folder, &place)?.as_ref() == Some(&named) {
            continue;
        }
        let mut passing = None;
        for name in page.names()?.into_iter().filter(|name| is_temp_name(name) && kind.has_ending(name)) {
            if passing.is_none() && kind.hash_of(page, &name)?.as_ref() == Some(&named) {
                passing = Some(name);
            }
        }
        match passing {
            Some(passing) => moves.push((passing, place)),
            None if kept_without(kind, versions, article, &named)?.is_some() => lost.push(kind),
            None => return Ok(None),
        }
    }
    for (passing, place) in moves {
        page.rename(&passing, folder, &place)?;
    }
    Ok(Some(lost))
}

/// Returns where a version in `versions/` should have a file that its article names, if the file is
/// not there. This is the case while that version replaces a newest one that is being removed.
pub(crate) fn kept_without(
    kind: Companion,
    versions: Option<&Folder>,
    article: &Article,
    named: &String,
) -> Result<Option<String>, StoreError> {
    let is_it = |kept: &Article| kind.named_by(kept).as_ref() == Some(named) && kept.body_as_newest() == article.body();
    let (Some(versions), Some(name)) = (versions, find_version(versions, article, is_it)?) else { return Ok(None) };
    let beside = kind.beside(&name);
    let is_there = kind.hash_of(versions, &beside)?.as_ref() == Some(named);
    Ok((!is_there).then_some(beside))
}
