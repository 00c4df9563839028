//! How a version gets onto the disk: temp files in the page's folder, written whole and made durable; the former files kept in
//! `versions/` under second names; `index.html` renamed into place, then `index.md`, which is the commit; the folder made durable.
//! At every instant `index.md` is whole. A commit that is cut off is finished or undone by `reconcile`.

use jiff::Timestamp;

use crate::article::Article;
use crate::claim::Claim;
use crate::decision::{Decision, decide};
use crate::depth::{Way, kept_of, moved};
use crate::draft::{Draft, seen_again};
use crate::error::StoreError;
use crate::folder::{Folder, Kind};
use crate::layout::{ARTICLE, CAPTURE, VERSIONS, numbered, stem, temp_name, to_the_millisecond};
use crate::reconcile::{capture_named, has_leftovers, place_capture};
use crate::store::{Stamp, Version};

/// What became of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filing {
    /// The page's first version.
    NewPage,
    /// The newest of several versions.
    NewVersion,
    /// A version older than the newest.
    OlderVersion,
    /// The article is that of the version before; when it was seen has been noted.
    Unchanged,
    /// This very capture is on the disk already; nothing was written.
    Known,
}

/// A draft that is on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// What became of it.
    pub filing: Filing,
    /// The `captured_at` of the version that holds the article.
    pub captured_at: Timestamp,
    /// The version's title as the file has it.
    pub title: String,
}

/// A draft whose files are written, but not yet under their names.
pub(crate) struct Staged {
    pub filed: Filed,
    hash_url: String,
    pub page: Folder,
    /// Whether the page's folder was made for this.
    made: bool,
    pub versions: Option<Folder>,
    /// Temp files, and the name that each gets: `index.html` before `index.md`.
    moves: Vec<(String, String)>,
    /// How many of the moves were asked for.
    asked: usize,
    /// Whether the moves lead into `versions/`.
    pub older: bool,
    /// Second names in `versions/` that keep the former files.
    kept: Vec<String>,
    /// Whether the new version has no DOM, so that a former one goes.
    pub retired: bool,
    /// Whether the page was marked for this, rather than before.
    marked: bool,
    /// The file that is rewritten, as it was read: an edit made meanwhile wins.
    rewritten: Option<(String, Stamp)>,
}

/// Whether each file is made durable by itself, or all of them together by the caller.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durable {
    Each,
    Together,
}

impl Claim {
    /// Files a draft; when this returns it is durable.
    ///
    /// # Errors
    /// The disk, or something foreign in the page's place; then nothing was changed.
    pub fn file(&self, draft: &Draft<'_>) -> Result<Filed, StoreError> {
        let mut staged = self.stage(draft, Durable::Each)?;
        if let Err(error) = self.place(&mut staged) {
            self.undo(&staged);
            return Err(error);
        }
        self.finish(&staged)?;
        Ok(staged.filed)
    }

    /// Files drafts of different pages together: all are written, all made durable, all put in place, all made durable again.
    /// Answers each one's fate; one whose page has trouble of its own does not hold up the others.
    ///
    /// # Errors
    /// The disk. What was not in place before is then undone.
    pub fn file_all(&self, drafts: &[Draft<'_>]) -> Result<Vec<Result<Filed, StoreError>>, StoreError> {
        let mut staged: Vec<Result<Staged, StoreError>> = Vec::with_capacity(drafts.len());
        for draft in drafts {
            match self.stage(draft, Durable::Together) {
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

    /// Decides what becomes of a draft and writes its files under passing names.
    fn stage(&self, draft: &Draft<'_>, durable: Durable) -> Result<Staged, StoreError> {
        let mut staged = self.stage_for(draft.address.hash_url())?;
        match self.write(draft, durable, &mut staged) {
            Ok(()) => Ok(staged),
            Err(error) => {
                self.undo(&staged);
                Err(error)
            }
        }
    }

    /// A page marked as being changed, with nothing written yet.
    pub(crate) fn stage_for(&self, hash_url: &str) -> Result<Staged, StoreError> {
        let marked = self.begin(hash_url)?;
        let (page, made) = self.made_page(hash_url)?;
        Ok(Staged {
            filed: Filed { filing: Filing::NewPage, captured_at: Timestamp::UNIX_EPOCH, title: String::new() },
            hash_url: hash_url.to_owned(),
            page,
            made,
            versions: None,
            moves: Vec::new(),
            asked: 0,
            older: false,
            kept: Vec::new(),
            retired: false,
            marked,
            rewritten: None,
        })
    }

    fn write(&self, draft: &Draft<'_>, durable: Durable, staged: &mut Staged) -> Result<(), StoreError> {
        if !staged.marked || has_leftovers(&staged.page)? {
            self.reconcile(&staged.hash_url)?;
            // It removes a folder that holds nothing but leftovers.
            staged.page = self.made_page(&staged.hash_url)?.0;
        }
        let current = Article::read(&staged.page, ARTICLE)?;
        staged.versions = staged.page.child(VERSIONS)?;
        staged.filed.captured_at = to_the_millisecond(draft.captured_at);
        let each = durable == Durable::Each;
        match decide(draft, current.as_ref(), staged.versions.as_ref())? {
            Decision::Known(version, article) => {
                staged.filed =
                    Filed { filing: Filing::Known, captured_at: article.captured_at, title: article.title() };
                if !staged.marked {
                    staged.write_again(version.as_ref(), &article, each)?;
                }
            }
            Decision::SeenAgain(version, article) => {
                staged.filed =
                    Filed { filing: Filing::Unchanged, captured_at: article.captured_at, title: article.title() };
                let front = seen_again(&article, to_the_millisecond(draft.captured_at), draft.tags, &draft.added);
                if front != article.front {
                    staged.older = version.is_some();
                    let name = version.map_or(ARTICLE.to_owned(), |version| format!("{}.md", version.stem()));
                    staged.put(&name, article.with_front(&front).as_bytes(), each)?;
                    staged.rewritten = Some((name, article.stamp));
                }
            }
            Decision::Newest => {
                self.keep(draft.assets)?;
                let file = draft.file(current.as_ref());
                staged.filed.title = filed_title(&file);
                if let Some(html) = draft.html {
                    staged.put(CAPTURE, html.as_bytes(), each)?;
                }
                staged.put(ARTICLE, file.as_bytes(), each)?;
                self.keep_former(staged, current.as_ref(), durable)?;
                staged.retired = draft.html.is_none();
                if current.is_some() {
                    staged.filed.filing = Filing::NewVersion;
                }
            }
            Decision::Older => {
                self.keep(draft.assets)?;
                staged.filed.filing = Filing::OlderVersion;
                staged.older = true;
                let file = draft.file(None);
                staged.filed.title = filed_title(&file);
                staged.put_older(draft.captured_at, file, draft.html.map(str::as_bytes), each)?;
            }
        }
        Ok(())
    }

    /// Gives the files that are about to be replaced a second name in `versions/`; those that show pictures become copies, which find them from
    /// there.
    pub(crate) fn keep_former(
        &self,
        staged: &mut Staged,
        current: Option<&Article>,
        durable: Durable,
    ) -> Result<(), StoreError> {
        let each = durable == Durable::Each;
        let capture = staged.page.facts(CAPTURE)?;
        let captured_at = match (current, capture) {
            (None, None) => return Ok(()),
            (Some(current), _) => current.captured_at,
            (None, Some(facts)) => {
                let changed = Timestamp::from_nanosecond(facts.modified_ns.into()).unwrap_or(Timestamp::UNIX_EPOCH);
                to_the_millisecond(changed)
            }
        };
        let stem = staged.free_stem(captured_at)?;
        staged.make_versions(each)?;
        let Some(versions) = &staged.versions else { return Ok(()) };
        let html =
            if capture.is_some_and(|facts| facts.kind == Kind::File) { staged.page.read(CAPTURE)? } else { None };
        let second = current.map(|current| kept_of(current, html.as_deref())).unwrap_or_default();
        let mut kept = Vec::new();
        let result = (|| {
            let capture = (CAPTURE, capture.is_some(), "html", second.html.as_deref());
            let article = (ARTICLE, current.is_some(), "md", second.file.as_ref().map(String::as_bytes));
            for (name, _, ending, other) in [capture, article].into_iter().filter(|(_, there, ..)| *there) {
                let new = format!("{stem}.{ending}");
                match other {
                    None => staged.page.link(name, versions, &new)?,
                    Some(bytes) => {
                        let temp = temp_name(ending);
                        versions
                            .create(&temp, bytes, each)
                            .and_then(|()| versions.rename(&temp, versions, &new))
                            .inspect_err(|_| drop(versions.remove(&temp)))?;
                    }
                }
                kept.push(new);
            }
            if each { versions.sync() } else { Ok(()) }
        })();
        staged.kept = kept;
        result
    }

    /// Puts the files under their names. The last rename is the commit.
    pub(crate) fn place(&self, staged: &mut Staged) -> Result<(), StoreError> {
        if staged.older {
            staged.make_versions(false)?;
        }
        let to = staged.versions.as_ref().filter(|_| staged.older).unwrap_or(&staged.page);
        if let Some((name, stamp)) = &staged.rewritten {
            let now = to.facts(name)?.map(|facts| Stamp { modified_ns: facts.modified_ns, bytes: facts.bytes });
            if now != Some(*stamp) {
                for (temp, _) in staged.moves.drain(..) {
                    staged.page.remove(&temp)?;
                }
                return Ok(());
            }
        }
        for (temp, name) in &staged.moves {
            staged.asked += 1;
            staged.page.rename(temp, to, name)?;
        }
        if staged.retired {
            // No version names it any more, and it has its second name.
            staged.page.remove(CAPTURE)?;
        }
        Ok(())
    }

    /// Makes the commit durable.
    pub(crate) fn finish(&self, staged: &Staged) -> Result<(), StoreError> {
        if staged.older {
            staged.versions.as_ref().map_or(Ok(()), Folder::sync)?;
        }
        // A known capture too: that its first filing got this far is not known.
        staged.page.sync()?;
        if staged.made { self.pages.sync() } else { Ok(()) }
    }

    /// Takes back, as well as can be, what was written before the commit. What cannot be is left to the reconciliation: its mark stays.
    pub(crate) fn undo(&self, staged: &Staged) {
        let page = &staged.page;
        let undone = || -> Result<(), StoreError> {
            let mut moved = false;
            for (at, (temp, name)) in staged.moves.iter().enumerate() {
                if at >= staged.asked || page.has(temp)? {
                    page.remove(temp)?;
                } else if name == CAPTURE {
                    moved = true;
                } else if name.ends_with(".html") {
                    staged.versions.as_ref().map_or(Ok(()), |versions| versions.remove(name))?;
                } else {
                    // The commit has happened.
                    return Ok(());
                }
            }
            let former = staged.kept.iter().find(|name| name.ends_with(".html"));
            match (moved, former, &staged.versions) {
                (true, Some(former), Some(versions)) => {
                    let article = Article::read(page, ARTICLE)?;
                    let named = article.and_then(|article| article.front.get("html_hash"));
                    let kept = named.map_or(Ok(None), |named| capture_named(versions, former, &named))?;
                    place_capture(versions, former, kept.unwrap_or_default(), page)?;
                }
                (true, ..) => page.remove(CAPTURE)?,
                _ => {}
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
    /// Writes a version that is in its place once more. An attempt before this one was cut off, or was told that its bytes or names could not be
    /// made durable: a second attempt on the same file would be told nothing, and prove nothing.
    fn write_again(&mut self, version: Option<&Version>, article: &Article, durable: bool) -> Result<(), StoreError> {
        let stem = version.map_or_else(|| "index".to_owned(), Version::stem);
        let folder = if version.is_some() { self.versions.as_ref() } else { Some(&self.page) };
        let Some(folder) = folder else { return Ok(()) };
        let (name, capture) = (format!("{stem}.md"), format!("{stem}.html"));
        let html = folder.read(&capture)?;
        self.older = version.is_some();
        if let Some(html) = html {
            self.put(&capture, &html, durable)?;
        }
        self.put(&name, article.file.as_bytes(), durable)?;
        self.rewritten = Some((name, article.stamp));
        Ok(())
    }

    pub fn put(&mut self, name: &str, bytes: &[u8], durable: bool) -> Result<(), StoreError> {
        let temp = temp_name(if name.ends_with(".html") { "html" } else { "md" });
        self.moves.push((temp.clone(), name.to_owned()));
        self.page.create(&temp, bytes, durable)
    }

    /// Puts an older version into `versions/`, from where its pictures are found.
    pub fn put_older(
        &mut self,
        captured_at: Timestamp,
        file: String,
        html: Option<&[u8]>,
        durable: bool,
    ) -> Result<(), StoreError> {
        let stem = self.free_stem(captured_at)?;
        let article = Article::of_bytes(file.into_bytes());
        let deeper = moved(&article, html, Way::Deeper);
        let (file, other) = deeper.map_or((article.file, None), |moved| (moved.file, moved.html));
        if let Some(html) = other.as_deref().or(html) {
            self.put(&format!("{stem}.html"), html, durable)?;
        }
        self.put(&format!("{stem}.md"), file.as_bytes(), durable)
    }

    fn make_versions(&mut self, durable: bool) -> Result<(), StoreError> {
        if self.versions.is_none() {
            self.versions = Some(self.page.make_child(VERSIONS)?.0);
            if durable {
                self.page.sync()?;
            }
        }
        Ok(())
    }

    pub fn free_stem(&self, captured_at: Timestamp) -> Result<String, StoreError> {
        let stem = stem(captured_at);
        let Some(versions) = &self.versions else { return Ok(stem) };
        for number in 1.. {
            let name = numbered(&stem, number);
            if !versions.has(&format!("{name}.md"))? && !versions.has(&format!("{name}.html"))? {
                return Ok(name);
            }
        }
        Ok(stem)
    }
}

fn filed_title(file: &str) -> String {
    let front = cachette_page::front_matter::FrontMatter::parse(file);
    front.ok().and_then(|(front, _)| front.get("title")).unwrap_or_default()
}
