//! Remembers tabs and links for the background, and decides by them what happens next. The memory
//! lasts while the browser runs. It is a plain value that makes no browser calls, so every rule is
//! tested natively.

use cachette_protocol::{Code, SaveOutcome, Saved};

use cachette_webext::{
    error::Error,
    messages::{Copy, Done, Failed, Link, LinkState, PageState, Step},
    record,
};

/// How many tabs and links are remembered; the oldest go first.
const PAGES_MOST: usize = 60;
const LINKS_MOST: usize = 30;

/// How long after an undo the popup does not save the page again by itself, in milliseconds.
const LEFT_ALONE_MS: u64 = 10 * 60 * 1000;

record! {
    /// Tabs and links. The browser's session storage keeps them, because the background may be
    /// stopped between any two events.
    #[derive(Debug, Clone, Default, PartialEq)]
    pub struct Session {
        /// One entry a tab, oldest first.
        pub pages: Vec<Page>,
        /// Newest first.
        pub links: Vec<Link>,
        /// The number of the newest link.
        pub last_link: u32,
    }
}

record! {
    /// The last job of a tab.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Page {
        /// The tab.
        pub tab: i32,
        /// The address that the tab showed.
        pub url: String,
        /// When its state last changed, in milliseconds of the clock.
        pub at: u64,
        /// The state of its page.
        pub state: PageState,
        /// The name of its save, once it was captured.
        pub save: Option<String>,
    }
}

/// The decision when the popup opens over a page.
#[derive(Debug, PartialEq)]
pub enum Opening {
    /// Show this state, do nothing else.
    Show(PageState),
    /// Its capture waits in the browser: show this state and send it again.
    SendAgain(PageState),
    /// Ask the host whether it is saved.
    Look,
}

impl Session {
    /// Returns the last state of a tab, if it still shows this address.
    pub fn page(&self, tab: i32, url: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.tab == tab && page.url == url)
    }

    /// Returns the last state of a tab, whatever it shows.
    pub fn tab(&self, tab: i32) -> Option<&Page> {
        self.pages.iter().find(|page| page.tab == tab)
    }

    /// Whether the page of this tab is being saved right now.
    pub fn is_saving(&self, tab: i32, url: &str) -> bool {
        self.page(tab, url).is_some_and(|page| matches!(page.state, PageState::Saving(_)))
    }

    /// Whether only a new capture can save the page of this tab: none waits or is on its way. A tab
    /// whose address is hidden is taken to be where it was.
    pub fn is_lost(&self, tab: i32, url: Option<&str>) -> bool {
        let page = url.map_or_else(|| self.tab(tab), |url| self.page(tab, url));
        !matches!(
            page.map(|page| &page.state),
            Some(PageState::Failed(Failed { kept: true, .. }) | PageState::Saving(_))
        )
    }

    /// Whether a tab still shows the page of this save. The user may have moved on, and the next
    /// page's save may be under way.
    pub fn is_at(&self, tab: i32, url: &str, save: &str) -> bool {
        self.page(tab, url).is_some_and(|page| page.save.as_deref().is_none_or(|own| own == save))
    }

    /// Records a tab's state; forgets the tab's previous one.
    pub fn set_page(&mut self, page: Page) {
        self.pages.retain(|old| old.tab != page.tab);
        self.pages.push(page);
        let surplus = self.pages.len().saturating_sub(PAGES_MOST);
        self.pages.drain(..surplus);
    }

    /// Decides what happens when the popup opens over a page.
    pub fn opening(&self, tab: i32, url: &str, now: u64) -> Opening {
        let Some(page) = self.page(tab, url) else { return Opening::Look };
        let fresh = now.saturating_sub(page.at) < LEFT_ALONE_MS;
        match &page.state {
            state @ PageState::Saving(_) => Opening::Show(state.clone()),
            state @ PageState::Failed(Failed { kept: true, .. }) => Opening::SendAgain(state.clone()),
            state @ PageState::Undone if fresh => Opening::Show(state.clone()),
            _ => Opening::Look,
        }
    }

    /// Records a link that is to be cached; returns its number.
    pub fn add_link(&mut self, tab: i32, url: &str, words: &str) -> u32 {
        self.last_link = self.last_link.wrapping_add(1);
        let title = if words.trim().is_empty() { url } else { words.trim() };
        let link = Link {
            id: self.last_link,
            tab,
            url: url.to_owned(),
            title: title.chars().take(200).collect(),
            state: LinkState::Waiting,
            save: None,
            quiet_tab: None,
        };
        self.links.insert(0, link);
        while self.links.len() > LINKS_MOST {
            // A link that is under way or kept stays in the list until it is done.
            match self.links.iter().rposition(|link| link.state.is_done()) {
                Some(oldest) => drop(self.links.remove(oldest)),
                None => break,
            }
        }
        self.last_link
    }

    /// Returns a link by its number.
    pub fn link(&mut self, id: u32) -> Option<&mut Link> {
        self.links.iter_mut().find(|link| link.id == id)
    }

    /// Begins the oldest waiting links, until `at_once` are under way. Returns their numbers.
    pub fn begin_links(&mut self, at_once: usize) -> Vec<u32> {
        let running = self.links.iter().filter(|link| link.state.is_busy() && link.state != LinkState::Waiting).count();
        let waiting = self.links.iter_mut().rev().filter(|link| link.state == LinkState::Waiting);
        let begun = waiting.take(at_once.saturating_sub(running));
        begun
            .map(|link| {
                link.state = LinkState::Fetching;
                link.id
            })
            .collect()
    }

    /// Forgets the finished links.
    pub fn clear_links(&mut self) {
        self.links.retain(|link| !link.state.is_done());
    }

    /// Records the outcome of a save for the tab or link that it came from. Returns the page's tab
    /// and the number of the changed link.
    pub fn settle(
        &mut self,
        save: &str,
        result: Result<&Saved, (&Error, bool)>,
        now: u64,
    ) -> (Option<i32>, Option<u32>) {
        let is_it = |name: &Option<String>| name.as_deref() == Some(save);
        let page = self.pages.iter_mut().find(|page| is_it(&page.save)).map(|page| {
            page.at = now;
            page.state = match result {
                Ok(saved) => saved.into(),
                Err((error, kept)) => PageState::Failed(Failed { error: error.clone(), kept }),
            };
            page.tab
        });
        let link = self.links.iter_mut().find(|link| is_it(&link.save)).map(|link| {
            link.state = match result {
                Ok(saved) => {
                    link.title.clone_from(&saved.title);
                    LinkState::Saved(saved.into(), saved.outcome)
                }
                Err((error, kept)) => LinkState::Failed(Failed { error: error.clone(), kept }),
            };
            link.id
        });
        (page, link)
    }

    /// Records that a kept capture is on its way again. Returns the tab of its page, and that of
    /// its link.
    pub fn resume(&mut self, save: &str) -> (Option<i32>, Option<i32>) {
        let is_it = |name: &Option<String>| name.as_deref() == Some(save);
        let page = self.pages.iter_mut().find(|page| is_it(&page.save)).map(|page| {
            page.state = PageState::Saving(Step::Filing);
            page.tab
        });
        let link = self.links.iter_mut().find(|link| is_it(&link.save)).map(|link| {
            link.state = LinkState::Saving;
            link.tab
        });
        (page, link)
    }

    /// Recovers from the end of the former background. A save that waits in the browser will be
    /// sent again, a save that had not come so far was interrupted, and a link begins anew. Returns
    /// the links to begin and the quiet tabs to close.
    pub fn recover(&mut self, kept: &[String]) -> (Vec<u32>, Vec<i32>) {
        let waits = |save: &Option<String>| save.as_ref().is_some_and(|save| kept.contains(save));
        for page in &mut self.pages {
            match page.state {
                PageState::Saving(_) => {
                    page.state = PageState::Failed(Failed { error: Error::Interrupted, kept: waits(&page.save) });
                }
                PageState::Failed(Failed { kept: ref mut is_kept, .. }) => *is_kept = waits(&page.save),
                PageState::Looking => page.state = PageState::Unsaved,
                _ => {}
            }
        }
        let mut again = Vec::new();
        let mut tabs = Vec::new();
        for link in &mut self.links {
            tabs.extend(link.quiet_tab.take());
            if let LinkState::Failed(Failed { kept, .. }) = &mut link.state {
                *kept = waits(&link.save);
            }
            if !link.state.is_busy() {
                continue;
            }
            if waits(&link.save) {
                link.state = LinkState::Failed(Failed { error: Error::Interrupted, kept: true });
            } else {
                link.state = LinkState::Waiting;
                again.push(link.id);
            }
        }
        (again, tabs)
    }
}

/// Decides about a page once the host has answered whether it is saved. `before` is the tab's last
/// state.
pub fn after_lookup(known: Option<Copy>, before: Option<&PageState>, save_unasked: bool) -> PageState {
    match known {
        Some(copy) => {
            let undo = before.and_then(undoable) == Some((&copy.hash_url, &copy.captured_at));
            PageState::Known(copy, undo)
        }
        None if save_unasked => PageState::Saving(Step::Reading),
        None => PageState::Unsaved,
    }
}

/// Returns the page and version that Undo removes, if the last save can be undone.
pub fn undoable(state: &PageState) -> Option<(&str, &str)> {
    let (PageState::Saved(Done { copy, outcome: SaveOutcome::NewPage | SaveOutcome::NewVersion, .. })
    | PageState::Known(copy, true)) = state
    else {
        return None;
    };
    Some((&copy.hash_url, &copy.captured_at))
}

/// The decision when the host cannot say whether a page is saved.
#[derive(Debug, PartialEq)]
pub enum Unknown {
    /// The page was saved, whatever has happened to the host since: show this state.
    Show(PageState),
    /// The page is here now, and the host may come later, so the capture comes first. The save
    /// reports the error.
    Save,
    /// Show the error.
    Fail(Error),
}

/// Decides about a page for which the host answered with this error. `before` is the tab's last
/// state.
pub fn after_failed_lookup(error: Error, before: Option<PageState>, save_unasked: bool) -> Unknown {
    match before {
        Some(state @ (PageState::Saved(_) | PageState::Known(..))) => Unknown::Show(state),
        _ if save_unasked && error.may_pass() => Unknown::Save,
        _ => Unknown::Fail(error),
    }
}

/// Returns the state of a page once the host was asked to remove its version.
pub fn after_removal(result: Result<(), Error>) -> PageState {
    match result {
        Ok(()) => PageState::Undone,
        // Another program has removed it already.
        Err(Error::Refused(failure)) if matches!(failure.code, Code::NoSuchPage | Code::NoSuchVersion) => {
            PageState::Undone
        }
        Err(error) => PageState::Failed(Failed { error, kept: false }),
    }
}

#[cfg(test)]
mod tests;
