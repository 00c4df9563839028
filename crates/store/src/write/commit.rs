//! Commits a version: decides what to write, and in which order. Temporary files in the page's
//! folder are completely written and synced. The previous files get second names, as hard links, in
//! `versions/`. `index.html` and `index.dropped.json` are renamed into place, then `index.md`,
//! which is the commit; the folder is synced. At every instant `index.md` is complete. `staged`
//! moves the files, and `reconcile` finishes or undoes an interrupted commit.

use jiff::Timestamp;

use crate::error::StoreError;
use crate::layout::{ARTICLE, CAPTURE, DROPPED, VERSIONS, to_the_millisecond};
use crate::read::article::Article;
use crate::read::companion::Companion;
use crate::write::claim::Claim;
use crate::write::decision::{Decision, decide};
use crate::write::draft::{Draft, seen_again};
use crate::write::filing::{Filed, Filing, Sync};
use crate::write::moved::kept_of;
use crate::write::reconcile::has_leftovers;
use crate::write::staged::Staged;

impl Claim {
    /// Files a draft. It is durable when this returns.
    ///
    /// # Errors
    /// An error of the disk, or something foreign in the page's place. Nothing was changed then.
    pub fn file(&self, draft: &Draft<'_>) -> Result<Filed, StoreError> {
        let mut staged = self.stage(draft, Sync::Each)?;
        if let Err(error) = self.place(&mut staged) {
            self.undo(&staged);
            return Err(error);
        }
        self.finish(&staged)?;
        Ok(staged.filed)
    }

    /// Files drafts of different pages together. All are written, all synced, all put in place, all
    /// synced again. Returns each one's outcome; a fault of one page does not hold up the others.
    ///
    /// # Errors
    /// An error of the disk. Drafts that were not yet in place are undone then.
    pub fn file_all(&self, drafts: &[Draft<'_>]) -> Result<Vec<Result<Filed, StoreError>>, StoreError> {
        let mut staged: Vec<Result<Staged, StoreError>> = Vec::with_capacity(drafts.len());
        for draft in drafts {
            match self.stage(draft, Sync::Together) {
                Err(error) if !error.is_of_one_page() => return Err(self.abandon(&staged, error)),
                one => staged.push(one),
            }
        }
        if let Err(error) = self.sync_staged(&staged) {
            return Err(self.abandon(&staged, error));
        }
        for at in 0..staged.len() {
            let Some(Ok(one)) = staged.get_mut(at) else { continue };
            if let Err(error) = self.place(one) {
                return Err(self.abandon(staged.get(at..).unwrap_or(&[]), error));
            }
        }
        if !self.root.sync_all()? {
            for one in staged.iter().flatten() {
                self.finish(one)?;
            }
        }
        Ok(staged.into_iter().map(|one| one.map(|staged| staged.filed)).collect())
    }

    fn sync_staged(&self, staged: &[Result<Staged, StoreError>]) -> Result<(), StoreError> {
        if self.root.sync_all()? {
            return Ok(());
        }
        for one in staged.iter().flatten() {
            for (temp, _) in &one.moves {
                one.page.sync_file(temp)?;
            }
            if let Some(versions) = &one.versions {
                for name in &one.kept {
                    versions.sync_file(name)?;
                }
                versions.sync()?;
            }
        }
        Ok(())
    }

    fn abandon(&self, staged: &[Result<Staged, StoreError>], error: StoreError) -> StoreError {
        for one in staged.iter().flatten() {
            self.undo(one);
        }
        error
    }

    /// Decides what happens to a draft and writes its files under temporary names.
    fn stage(&self, draft: &Draft<'_>, durable: Sync) -> Result<Staged, StoreError> {
        let mut staged = self.stage_for(draft.address.hash_url())?;
        match self.write(draft, durable, &mut staged) {
            Ok(()) => Ok(staged),
            Err(error) => {
                self.undo(&staged);
                Err(error)
            }
        }
    }

    fn write(&self, draft: &Draft<'_>, durable: Sync, staged: &mut Staged) -> Result<(), StoreError> {
        if !staged.marked || has_leftovers(&staged.page)? {
            self.reconcile(&staged.hash_url)?;
            // The reconciliation removes a folder that contains only leftovers.
            staged.page = self.made_page(&staged.hash_url)?.0;
        }
        let current = Article::read(&staged.page, ARTICLE)?;
        staged.versions = staged.page.child(VERSIONS)?;
        staged.filed.captured_at = to_the_millisecond(draft.captured_at);
        let each = durable == Sync::Each;
        match decide(draft, current.as_ref(), &staged.page, staged.versions.as_ref())? {
            Decision::Known(version, article) => {
                staged.filed = Filed {
                    filing: Filing::Known,
                    captured_at: article.captured_at,
                    title: article.title(),
                    clock_behind: false,
                };
                staged.put_lost(version.as_ref(), &article, draft, each)?;
                if !staged.marked {
                    staged.write_again(version.as_ref(), &article, each)?;
                }
            }
            Decision::SeenAgain(version, article) => {
                staged.filed = Filed {
                    filing: Filing::Unchanged,
                    captured_at: article.captured_at,
                    title: article.title(),
                    clock_behind: false,
                };
                staged.put_lost(version.as_ref(), &article, draft, each)?;
                let front = seen_again(&article, draft);
                if front != article.front {
                    staged.older = version.is_some();
                    let name = version.map_or(ARTICLE.to_owned(), |version| format!("{}.md", version.stem()));
                    staged.put(&name, article.with_front(&front).as_bytes(), each)?;
                    staged.rewritten = Some((name, article.stamp));
                }
            }
            Decision::Newest { clock_behind } => {
                staged.filed.clock_behind = clock_behind;
                self.store_assets(draft.assets)?;
                let file = draft.file(current.as_ref());
                staged.filed.title = filed_title(&file);
                if let Some(html) = draft.html {
                    staged.put(CAPTURE, html.as_bytes(), each)?;
                }
                if let Some(dropped) = draft.dropped {
                    staged.put(DROPPED, dropped.as_bytes(), each)?;
                }
                staged.put(ARTICLE, file.as_bytes(), each)?;
                self.keep_former(staged, current.as_ref(), durable)?;
                staged.retire_others();
                if current.is_some() {
                    staged.filed.filing = Filing::NewVersion;
                }
            }
            Decision::Older => {
                self.store_assets(draft.assets)?;
                staged.filed.filing = Filing::OlderVersion;
                staged.older = true;
                let file = draft.file(None);
                staged.filed.title = filed_title(&file);
                let (html, dropped) = (draft.html.map(str::as_bytes), draft.dropped.map(str::as_bytes));
                staged.put_older(draft.captured_at, file, html, dropped, each)?;
            }
        }
        Ok(())
    }

    /// Gives the files that are about to be replaced second names in `versions/`. Files with
    /// pictures become copies, with links that work there.
    pub(crate) fn keep_former(
        &self,
        staged: &mut Staged,
        current: Option<&Article>,
        durable: Sync,
    ) -> Result<(), StoreError> {
        let each = durable == Sync::Each;
        staged.former = current.map(|current| current.stamp);
        let mut there = Vec::new();
        for kind in Companion::ALL {
            there.extend(staged.page.facts(kind.of_newest())?.map(|facts| (kind, facts)));
        }
        let captured_at = match (current, there.first()) {
            (None, None) => return Ok(()),
            (Some(current), _) => current.captured_at,
            (None, Some((_, facts))) => {
                let changed = Timestamp::from_nanosecond(facts.modified_ns.into()).unwrap_or(Timestamp::UNIX_EPOCH);
                to_the_millisecond(changed)
            }
        };
        let stem = staged.free_stem(captured_at)?;
        staged.make_versions(each)?;
        let Some(versions) = &staged.versions else { return Ok(()) };
        let html = Companion::Dom.read(&staged.page, CAPTURE)?;
        let second = current.map(|current| kept_of(current, html.as_deref())).unwrap_or_default();
        // The article comes last: until then, the other files are not a version.
        let mut files: Vec<(&str, String, Option<&[u8]>)> = Vec::new();
        for (kind, _) in &there {
            let other = second.html.as_deref().filter(|_| *kind == Companion::Dom);
            files.push((kind.of_newest(), kind.of_stem(&stem), other));
        }
        if current.is_some() {
            files.push((ARTICLE, format!("{stem}.md"), second.file.as_ref().map(String::as_bytes)));
        }
        let mut kept = Vec::new();
        let result = (|| {
            for (name, new, other) in files {
                match other {
                    None => staged.page.link(name, versions, &new)?,
                    Some(bytes) => versions.replace(&new, bytes, each)?,
                }
                kept.push(new);
            }
            if each { versions.sync() } else { Ok(()) }
        })();
        staged.kept = kept;
        result
    }
}

fn filed_title(file: &str) -> String {
    let front = crate::front_matter::FrontMatter::parse(file);
    front.ok().and_then(|(front, _)| front.get("title")).unwrap_or_default()
}
