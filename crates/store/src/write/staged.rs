//! Moves the written files of a page to their names, and undoes that. `commit` decides what is
//! written.

use jiff::Timestamp;

use crate::digest::sha256_hex;
use crate::error::StoreError;
use crate::folder::Folder;
use crate::layout::{ARTICLE, VERSIONS, numbered, stem, temp_name};
use crate::read::article::Article;
use crate::read::companion::Companion;
use crate::read::stamp::Stamp;
use crate::relink::{Way, relinked};
use crate::version::Version;
use crate::write::claim::Claim;
use crate::write::draft::Draft;
use crate::write::filing::{Filed, Filing};
use crate::write::kept_companion::{kept_as_named, place_companion};
use crate::write::moved::moved;

/// A draft whose files are written but do not have their names yet.
pub(crate) struct Staged {
    pub filed: Filed,
    pub hash_url: String,
    pub page: Folder,
    /// Whether the page's folder was created for this.
    made: bool,
    pub versions: Option<Folder>,
    /// The temporary files, with the name that each will get: `index.md` is the last.
    pub moves: Vec<(String, String)>,
    /// How many of the moves were attempted.
    asked: usize,
    /// Whether the moves lead into `versions/`.
    pub older: bool,
    /// The second names in `versions/` that keep the previous files.
    pub kept: Vec<String>,
    /// The files that the previous version has and the new one lacks; they are removed.
    retired: Vec<Companion>,
    /// The state in which the `index.md` was read that is replaced. An edit made meanwhile is kept.
    pub former: Option<Stamp>,
    /// Whether the record of a change is new.
    pub marked: bool,
    /// The file that is rewritten, in the state in which it was read. An edit made meanwhile wins.
    pub rewritten: Option<(String, Stamp)>,
    /// Whether the files have their names already, and are written again with the same bytes.
    again: bool,
}

impl Claim {
    /// Stages a page: its change is recorded, and nothing is written yet.
    pub(crate) fn stage_for(&self, hash_url: &str) -> Result<Staged, StoreError> {
        let marked = self.begin(hash_url)?;
        let (page, made) = self.made_page(hash_url)?;
        Ok(Staged {
            filed: Filed {
                filing: Filing::NewPage,
                captured_at: Timestamp::UNIX_EPOCH,
                title: String::new(),
                clock_behind: false,
            },
            hash_url: hash_url.to_owned(),
            page,
            made,
            versions: None,
            moves: Vec::new(),
            asked: 0,
            older: false,
            kept: Vec::new(),
            retired: Vec::new(),
            former: None,
            marked,
            rewritten: None,
            again: false,
        })
    }

    /// Gives the files their names. The last rename is the commit.
    pub(crate) fn place(&self, staged: &mut Staged) -> Result<(), StoreError> {
        if staged.older {
            staged.make_versions(false)?;
        }
        let to = staged.versions.as_ref().filter(|_| staged.older).unwrap_or(&staged.page);
        if let Some((name, stamp)) = &staged.rewritten
            && Stamp::of_file(to, name)? != Some(*stamp)
        {
            for (temp, _) in staged.moves.drain(..) {
                staged.page.remove(&temp)?;
            }
            return Ok(());
        }
        for (temp, name) in &staged.moves {
            let replaces = name == ARTICLE && !staged.older && staged.rewritten.is_none();
            if replaces && Stamp::of_file(&staged.page, ARTICLE)? != staged.former {
                self.keep_edit_made_meanwhile(&staged.hash_url, &staged.page, staged.versions.as_ref())?;
            }
            staged.asked += 1;
            staged.page.rename(temp, to, name)?;
        }
        for kind in &staged.retired {
            // No version names it any more, and it is kept under its second name.
            staged.page.remove(kind.of_newest())?;
        }
        Ok(())
    }

    /// Makes the commit durable.
    pub(crate) fn finish(&self, staged: &Staged) -> Result<(), StoreError> {
        if staged.older {
            staged.versions.as_ref().map_or(Ok(()), Folder::sync)?;
        }
        // This also holds for a known capture, because its first filing may not have got this far.
        staged.page.sync()?;
        if staged.made { self.pages.sync() } else { Ok(()) }
    }

    /// Undoes everything that was written before the commit, as far as possible. The reconciliation
    /// does the rest, because the record of the change stays.
    pub(crate) fn undo(&self, staged: &Staged) {
        let page = &staged.page;
        let undone = || -> Result<(), StoreError> {
            let mut moved = Vec::new();
            // The article goes first: without its passing file, the reconciliation does not finish
            // what is being undone here.
            for (at, (temp, name)) in staged.moves.iter().enumerate().rev() {
                if at >= staged.asked || page.has(temp)? {
                    page.remove(temp)?;
                } else if staged.again {
                    // No other file has this name, and nothing replaces it.
                } else if let Some(kind) = Companion::ALL.into_iter().find(|kind| kind.of_newest() == name) {
                    moved.push(kind);
                } else if Companion::ALL.iter().any(|kind| kind.older_stem(name).is_some()) {
                    staged.versions.as_ref().map_or(Ok(()), |versions| versions.remove(name))?;
                } else {
                    // The commit has happened.
                    return Ok(());
                }
            }
            for kind in moved {
                let former = staged.kept.iter().find(|name| kind.older_stem(name).is_some());
                match (former, &staged.versions) {
                    (Some(former), Some(versions)) => {
                        let named = Article::read(page, ARTICLE)?.and_then(|article| kind.named_by(&article));
                        let kept = named.map_or(Ok(None), |named| kept_as_named(kind, versions, former, &named))?;
                        place_companion(kind, versions, former, kept.unwrap_or_default(), page)?;
                    }
                    _ => page.remove(kind.of_newest())?,
                }
            }
            if let Some(versions) = &staged.versions {
                for name in &staged.kept {
                    versions.remove(name)?;
                }
                page.remove_if_empty(VERSIONS)?;
            }
            self.pages.remove_if_empty(&staged.hash_url)?;
            if staged.marked { self.settle(&staged.hash_url) } else { Ok(()) }
        };
        let _ = undone();
    }
}

impl Staged {
    /// Writes a filed version again. An earlier attempt was interrupted, or its bytes or names
    /// could not be synced. Syncing the same file a second time would report nothing, and prove
    /// nothing.
    pub fn write_again(
        &mut self,
        version: Option<&Version>,
        article: &Article,
        durable: bool,
    ) -> Result<(), StoreError> {
        let stem = version.map_or_else(|| "index".to_owned(), Version::stem);
        let folder = if version.is_some() { self.versions.as_ref() } else { Some(&self.page) };
        let Some(folder) = folder else { return Ok(()) };
        let name = format!("{stem}.md");
        let mut files = Vec::new();
        for kind in Companion::ALL {
            let beside = kind.of_stem(&stem);
            files.extend(kind.read(folder, &beside)?.map(|bytes| (beside, bytes)));
        }
        self.older = version.is_some();
        self.again = true;
        for (name, bytes) in &files {
            self.put(name, bytes, durable)?;
        }
        self.put(&name, article.file.as_bytes(), durable)?;
        self.rewritten = Some((name, article.stamp));
        Ok(())
    }

    /// Writes the files of a draft that its filed version names and has lost.
    pub fn put_lost(
        &mut self,
        version: Option<&Version>,
        article: &Article,
        draft: &Draft<'_>,
        durable: bool,
    ) -> Result<(), StoreError> {
        let stem = version.map_or_else(|| "index".to_owned(), Version::stem);
        for (kind, fresh) in [(Companion::Dom, draft.html), (Companion::Dropped, draft.dropped)] {
            let folder = if version.is_some() { self.versions.as_ref() } else { Some(&self.page) };
            let (Some(folder), Some(named), Some(fresh)) = (folder, kind.named_by(article), fresh) else { continue };
            let name = kind.of_stem(&stem);
            if folder.has(&name)? {
                continue;
            }
            // An older version's links lead from its own folder.
            let fresh = fresh.as_bytes();
            let deeper = relinked(fresh, Way::Deeper).filter(|_| version.is_some() && kind == Companion::Dom);
            let is_it = |bytes: &&[u8]| sha256_hex(bytes) == named;
            if let Some(bytes) = [deeper.as_deref(), Some(fresh)].into_iter().flatten().find(is_it) {
                self.older = version.is_some();
                self.put(&name, bytes, durable)?;
            }
        }
        Ok(())
    }

    /// Writes a file under a temporary name; it will be moved to `name`.
    pub fn put(&mut self, name: &str, bytes: &[u8], durable: bool) -> Result<(), StoreError> {
        let temp = temp_name(name.rsplit('.').next().unwrap_or(name));
        self.moves.push((temp.clone(), name.to_owned()));
        self.page.create(&temp, bytes, durable)
    }

    /// Lets the files of the previous version go that the new one, whose files are written, lacks.
    pub fn retire_others(&mut self) {
        let is_written = |kind: &Companion| self.moves.iter().any(|(_, name)| name == kind.of_newest());
        self.retired = Companion::ALL.into_iter().filter(|kind| !is_written(kind)).collect();
    }

    /// Lets one file of the previous version go.
    pub fn retire(&mut self, kind: Companion) {
        self.retired.push(kind);
    }

    /// Puts an older version into `versions/`, with links that work there.
    pub fn put_older(
        &mut self,
        captured_at: Timestamp,
        file: String,
        html: Option<&[u8]>,
        dropped: Option<&[u8]>,
        durable: bool,
    ) -> Result<(), StoreError> {
        let stem = self.free_stem(captured_at)?;
        let article = Article::of_bytes(file.into_bytes());
        let deeper = moved(&article, html, Way::Deeper);
        let (file, other) = deeper.map_or((article.file, None), |moved| (moved.file, moved.html));
        for (kind, bytes) in [(Companion::Dom, other.as_deref().or(html)), (Companion::Dropped, dropped)] {
            if let Some(bytes) = bytes {
                self.put(&kind.of_stem(&stem), bytes, durable)?;
            }
        }
        self.put(&format!("{stem}.md"), file.as_bytes(), durable)
    }

    /// Opens `versions/`, created if missing.
    pub fn make_versions(&mut self, durable: bool) -> Result<(), StoreError> {
        if self.versions.is_none() {
            self.versions = Some(self.page.make_child(VERSIONS)?.0);
            if durable {
                self.page.sync()?;
            }
        }
        Ok(())
    }

    /// Returns a stem that no file in `versions/` has.
    pub fn free_stem(&self, captured_at: Timestamp) -> Result<String, StoreError> {
        let stem = stem(captured_at);
        let Some(versions) = &self.versions else { return Ok(stem) };
        for number in 1.. {
            let name = numbered(&stem, number);
            let companions = Companion::ALL.map(|kind| kind.of_stem(&name));
            let mut taken = versions.has(&format!("{name}.md"))?;
            for companion in &companions {
                taken |= versions.has(companion)?;
            }
            if !taken {
                return Ok(name);
            }
        }
        Ok(stem)
    }
}
