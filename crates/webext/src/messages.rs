//! Defines the messages between pages and background, and the states that the background remembers.
//! It remembers them while the browser runs. This file contains only the types and their JSON form.

use cachette_protocol::{Notice, SaveOutcome, Saved, SavedPage};
use serde::{Deserialize, Serialize};

use crate::{error::Error, record};

/// A command of a page to the background.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// The popup is open over this tab: save its page if the settings say so.
    Open(i32),
    /// The popup is open over this tab: only report the state of its page.
    Show(i32),
    /// Report on links; the page belongs to no tab.
    Watch,
    /// Save the page in this tab, whether or not it is saved already.
    Save(i32),
    /// Send the waiting captures again, and this tab's page if it failed.
    Retry(Option<i32>),
    /// Move the version that this tab's last save filed to the trash.
    Undo(i32),
    /// Throw away the captures that wait in the browser.
    DropKept,
    /// Forget the links that are finished.
    ClearLinks,
    /// Send this save again although it was set aside.
    RetryAside(String),
    /// Throw away this save, which was set aside.
    DropAside(String),
}

impl Command {
    /// Returns the tab that the command concerns, if it concerns one.
    pub fn tab(&self) -> Option<i32> {
        match self {
            Command::Open(tab) | Command::Show(tab) | Command::Save(tab) | Command::Undo(tab) => Some(*tab),
            Command::Retry(tab) => *tab,
            Command::Watch
            | Command::ClearLinks
            | Command::DropKept
            | Command::RetryAside(_)
            | Command::DropAside(_) => None,
        }
    }
}

/// An update from the background to its pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Update {
    /// The state of the page in the popup's tab.
    Page(PageState),
    /// The states of the links, newest first.
    Links(Vec<Link>),
    /// How many captures wait in the browser for the host.
    Kept(u32),
    /// The captures that failed twice, oldest first. They are sent again only on request.
    Aside(Vec<Aside>),
    /// The reasons why nothing can be saved now, as the host reports them.
    Notices(Vec<Notice>),
}

record! {
    /// A capture that was set aside.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Aside {
        /// The name of its save.
        pub save: String,
        /// The page's title; empty where it has none.
        pub title: String,
        /// The page's address.
        pub url: String,
        /// The error of the last attempt.
        pub error: Error,
    }
}

/// The state of the page in a tab.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageState {
    /// The host is being asked whether it is saved.
    Looking,
    /// Not saved, and not to be saved without a request.
    Unsaved,
    /// The page was saved before. The flag says whether this tab filed the newest version, so that
    /// it can be undone.
    Known(Copy, bool),
    /// Being saved.
    Saving(Step),
    /// Saved just now.
    Saved(Done),
    /// Saved just now, then moved to the trash.
    Undone,
    /// Saving failed.
    Failed(Failed),
}

record! {
    /// A save that succeeded.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Done {
        /// The saved page.
        pub copy: Copy,
        /// Whether the save filed a page, a version, or nothing new.
        pub outcome: SaveOutcome,
        /// The notices that came with it.
        pub notices: Vec<Notice>,
    }
}

record! {
    /// A save that failed.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Failed {
        /// The error.
        pub error: Error,
        /// Whether the capture waits in the browser, to be sent again.
        pub kept: bool,
    }
}

/// How far a save has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The page is being read.
    Reading,
    /// The number of pieces sent, and the total.
    Sending(u32, u32),
    /// The host is filing it.
    Filing,
}

record! {
    /// A saved page, with the details that the popup shows.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Copy {
        /// Lowercase hex SHA-256 of the canonical address.
        pub hash_url: String,
        /// Its title.
        pub title: String,
        /// When the version was captured (RFC 3339, UTC).
        pub captured_at: String,
        /// When it was last found unchanged, if ever.
        pub seen_at: Option<String>,
        /// The number of versions; 0 if nobody asked.
        pub versions: u32,
    }
}

impl From<SavedPage> for Copy {
    fn from(page: SavedPage) -> Copy {
        let captured_at = page.versions.first().map(|version| version.captured_at.clone()).unwrap_or_default();
        let versions = u32::try_from(page.versions.len()).unwrap_or(u32::MAX);
        Copy { hash_url: page.hash_url, title: page.title, captured_at, seen_at: page.seen_at, versions }
    }
}

impl From<&Saved> for Copy {
    fn from(saved: &Saved) -> Copy {
        Copy {
            hash_url: saved.hash_url.clone(),
            title: saved.title.clone(),
            captured_at: saved.captured_at.clone(),
            seen_at: None,
            versions: 0,
        }
    }
}

impl From<&Saved> for PageState {
    fn from(saved: &Saved) -> PageState {
        PageState::Saved(Done { copy: saved.into(), outcome: saved.outcome, notices: saved.all_notices() })
    }
}

record! {
    /// A link to be cached, or cached already.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Link {
        /// Its number, ascending.
        pub id: u32,
        /// The tab in which it was clicked, which shows the badge.
        pub tab: i32,
        /// Where it leads.
        pub url: String,
        /// The link's text, or the saved page's title.
        pub title: String,
        /// Its state.
        pub state: LinkState,
        /// The name of its save, once it was captured.
        pub save: Option<String>,
        /// The quiet tab that renders it, which must be closed whatever happens.
        pub quiet_tab: Option<i32>,
    }
}

/// The state of a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// Others are processed first.
    Waiting,
    /// Being fetched.
    Fetching,
    /// Being rendered in a quiet tab.
    Rendering,
    /// Being sent to the host.
    Saving,
    /// Saved.
    Saved(Copy, SaveOutcome),
    /// Saving failed.
    Failed(Failed),
}

impl LinkState {
    /// Whether nothing more will happen without a request.
    pub fn is_done(&self) -> bool {
        matches!(self, LinkState::Saved(..) | LinkState::Failed(Failed { kept: false, .. }))
    }

    /// Whether it is under way.
    pub fn is_busy(&self) -> bool {
        !matches!(self, LinkState::Saved(..) | LinkState::Failed(_))
    }
}

/// Whether a port comes from a page of this extension, whose id is `own` and whose root `base`. A
/// script of ours in a web page has the same id, but not such an address.
pub fn is_own_page(id: &str, url: &str, own: &str, base: &str) -> bool {
    !own.is_empty() && id == own && !base.is_empty() && url.starts_with(base)
}

#[cfg(test)]
mod tests;
