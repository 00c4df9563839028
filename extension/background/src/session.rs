//! What the background remembers of tabs and links while the browser runs, and what follows from it. A plain value:
//! no calls of the browser's, so that every rule here is tested natively.

use cachette_protocol::{SaveOutcome, Saved};

use cachette_webext::{
    error::Error,
    messages::{Copy, Done, Failed, Link, LinkState, PageState, Step},
    record,
};

/// How many tabs and links are remembered; the oldest go first.
const PAGES_MOST: usize = 60;
const LINKS_MOST: usize = 30;

/// For how long a page whose save was undone is not saved again when the popup opens over it, in milliseconds.
const LEFT_ALONE_MS: u64 = 10 * 60 * 1000;

record! {
    /// Tabs and links. Kept in the browser's session storage, for the background may be stopped between any two events.
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
    /// What was last done in a tab.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Page {
        /// The tab.
        pub tab: i32,
        /// The address that it showed.
        pub url: String,
        /// When its state last changed, in milliseconds of the clock.
        pub at: u64,
        /// How it is doing.
        pub state: PageState,
        /// The save that its capture has become.
        pub save: Option<String>,
    }
}

/// What opening the popup over a page leads to.
#[derive(Debug, PartialEq)]
pub enum Opening {
    /// Show this, do nothing.
    Show(PageState),
    /// Its capture waits in the browser: show this and send it again.
    SendAgain(PageState),
    /// Command the host whether it is saved.
    Look,
}

impl Session {
    /// What a tab is doing, if it still shows this address.
    pub fn page(&self, tab: i32, url: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.tab == tab && page.url == url)
    }

    /// What was last done in a tab, whatever it showed.
    pub fn tab(&self, tab: i32) -> Option<&Page> {
        self.pages.iter().find(|page| page.tab == tab)
    }

    /// Whether a page of this tab is being saved right now.
    pub fn is_saving(&self, tab: i32) -> bool {
        self.tab(tab).is_some_and(|page| matches!(page.state, PageState::Saving(_)))
    }

    /// Notes a tab's state; forgets what the tab did before.
    pub fn set_page(&mut self, page: Page) {
        self.pages.retain(|old| old.tab != page.tab);
        self.pages.push(page);
        let surplus = self.pages.len().saturating_sub(PAGES_MOST);
        self.pages.drain(..surplus);
    }

    /// What follows when the popup opens over a page.
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

    /// Notes a link that is to be cached; answers its number.
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
            // One that is under way or kept is shown until it is done.
            match self.links.iter().rposition(|link| link.state.is_done()) {
                Some(oldest) => drop(self.links.remove(oldest)),
                None => break,
            }
        }
        self.last_link
    }

    /// A link by its number.
    pub fn link(&mut self, id: u32) -> Option<&mut Link> {
        self.links.iter_mut().find(|link| link.id == id)
    }

    /// Forgets the links that are done with.
    pub fn clear_links(&mut self) {
        self.links.retain(|link| !link.state.is_done());
    }

    /// Notes what became of a save, in whatever tab or link it came from. Answers the tab of the page and the number of
    /// the link that changed.
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

    /// Makes the best of what a stopped background left behind: a save that waits in the browser will be sent again,
    /// one that had not come so far was interrupted, a link is begun anew. Answers the links to begin and the quiet
    /// tabs to close.
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

/// What to do with a page once the host has said whether it is saved; `before` is what its tab did last.
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

/// What a save that can be undone filed: the page and the version that Undo removes.
pub fn undoable(state: &PageState) -> Option<(&str, &str)> {
    let (PageState::Saved(Done { copy, outcome: SaveOutcome::NewPage | SaveOutcome::NewVersion, .. })
    | PageState::Known(copy, true)) = state
    else {
        return None;
    };
    Some((&copy.hash_url, &copy.captured_at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(save: &str, outcome: SaveOutcome) -> Saved {
        Saved {
            save: save.into(),
            outcome,
            hash_url: "ab".into(),
            url: "https://a.org/".into(),
            title: "A".into(),
            path: "/x".into(),
            captured_at: "2026-11-22T18:24:05.123Z".into(),
            warnings: Vec::new(),
            codes: Vec::new(),
        }
    }

    fn page(tab: i32, state: PageState, save: Option<&str>) -> Page {
        Page { tab, url: "https://a.org/".into(), at: 0, state, save: save.map(str::to_owned) }
    }

    fn session(state: PageState) -> Session {
        let mut session = Session::default();
        session.set_page(page(1, state, Some("s1")));
        session
    }

    #[test]
    fn what_was_undone_is_left_alone_for_a_while() {
        let session = session(PageState::Undone);
        assert_eq!(session.opening(1, "https://a.org/", 1000), Opening::Show(PageState::Undone));
        assert_eq!(session.opening(1, "https://a.org/", LEFT_ALONE_MS + 1), Opening::Look);
        assert_eq!(session.opening(1, "https://a.org/other", 1000), Opening::Look);
        assert_eq!(session.opening(2, "https://a.org/", 1000), Opening::Look);
    }

    #[test]
    fn a_kept_capture_is_sent_again_and_a_running_one_is_shown() {
        let kept = PageState::Failed(Failed { error: Error::HostMissing, kept: true });
        assert_eq!(session(kept.clone()).opening(1, "https://a.org/", 9), Opening::SendAgain(kept));
        let saving = PageState::Saving(Step::Filing);
        assert_eq!(session(saving.clone()).opening(1, "https://a.org/", 1 << 60), Opening::Show(saving));
        let lost = PageState::Failed(Failed { error: Error::PageGone, kept: false });
        assert_eq!(session(lost).opening(1, "https://a.org/", 9), Opening::Look);
    }

    #[test]
    fn the_hosts_answer_decides_between_showing_saving_and_offering() {
        let copy = Copy::from(&saved("s", SaveOutcome::NewPage));
        assert_eq!(after_lookup(Some(copy.clone()), None, true), PageState::Known(copy, false));
        assert_eq!(after_lookup(None, None, true), PageState::Saving(Step::Reading));
        assert_eq!(after_lookup(None, None, false), PageState::Unsaved);
    }

    #[test]
    fn the_newest_version_can_be_undone_where_it_was_filed() {
        let mine = PageState::from(&saved("s", SaveOutcome::NewVersion));
        let copy = Copy::from(&saved("s", SaveOutcome::NewVersion));
        let known = after_lookup(Some(copy.clone()), Some(&mine), true);
        assert_eq!(known, PageState::Known(copy.clone(), true));
        assert!(matches!(after_lookup(Some(copy.clone()), Some(&known), true), PageState::Known(_, true)));
        let newer = Copy { captured_at: "2027-01-01T00:00:00.000Z".into(), ..copy };
        assert!(matches!(after_lookup(Some(newer), Some(&mine), true), PageState::Known(_, false)));
    }

    #[test]
    fn only_what_a_save_filed_can_be_undone() {
        for (outcome, can) in
            [(SaveOutcome::NewPage, true), (SaveOutcome::NewVersion, true), (SaveOutcome::Unchanged, false)]
        {
            assert_eq!(undoable(&(&saved("s", outcome)).into()).is_some(), can);
        }
        assert_eq!(undoable(&PageState::Undone), None);
    }

    #[test]
    fn the_outcome_reaches_the_tab_or_the_link_that_asked() {
        let mut session = session(PageState::Saving(Step::Filing));
        let id = session.add_link(1, "https://b.org/", "B");
        session.link(id).unwrap().save = Some("s2".into());
        assert_eq!(session.settle("s2", Ok(&saved("s2", SaveOutcome::NewPage)), 5), (None, Some(id)));
        assert!(matches!(session.link(id).unwrap().state, LinkState::Saved(..)));
        assert_eq!(session.settle("s1", Err((&Error::HostCrashed, true)), 5), (Some(1), None));
        assert_eq!(session.settle("s3", Err((&Error::HostCrashed, true)), 5), (None, None));
    }

    #[test]
    fn after_a_stop_nothing_is_said_to_be_under_way() {
        let mut session = session(PageState::Saving(Step::Filing));
        session.set_page(page(2, PageState::Saving(Step::Reading), None));
        let first = session.add_link(1, "https://b.org/", "");
        let second = session.add_link(1, "https://c.org/", " C ");
        session.link(first).unwrap().quiet_tab = Some(77);
        session.link(second).unwrap().save = Some("s9".into());
        let (again, tabs) = session.recover(&["s1".into(), "s9".into()]);
        assert_eq!((again, tabs), (vec![first], vec![77]));
        let kept = |kept| PageState::Failed(Failed { error: Error::Interrupted, kept });
        assert_eq!(session.tab(1).unwrap().state, kept(true));
        assert_eq!(session.tab(2).unwrap().state, kept(false));
        assert_eq!(session.link(second).unwrap().title, "C");
    }

    #[test]
    fn memory_is_bounded() {
        let mut session = Session::default();
        for tab in 0..200 {
            session.set_page(page(tab, PageState::Undone, None));
            let id = session.add_link(tab, "https://b.org/", "");
            session.link(id).unwrap().state = LinkState::Failed(Failed { error: Error::Unreachable, kept: false });
        }
        assert_eq!((session.pages.len(), session.links.len()), (PAGES_MOST, LINKS_MOST));
        session.clear_links();
        assert!(session.links.is_empty());
    }
}
