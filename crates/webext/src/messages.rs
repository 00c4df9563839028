//! The messages between the pages and the background, and the states that the background remembers
//! while the browser runs. Types and their JSON form only.

use cachette_protocol::{Notice, SaveOutcome, Saved, SavedPage};
use serde::{Deserialize, Serialize};

use crate::{error::Error, record};

/// A command of a page to the background.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// The popup is open over this tab: save its page where the setting says so.
    Open(i32),
    /// The popup is open over this tab: only report how its page is doing.
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
    /// Forget the links that are done with.
    ClearLinks,
    /// Send this save once more, though it was set aside.
    RetryAside(String),
    /// Throw this save away, which was set aside.
    DropAside(String),
}

impl Command {
    /// The tab that it is about, where it is about one.
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
    /// How the page in the popup's tab is doing.
    Page(PageState),
    /// How the links are doing, newest first.
    Links(Vec<Link>),
    /// How many captures wait in the browser for the host.
    Kept(u32),
    /// The captures that failed twice and are sent again only when somebody asks for it, oldest
    /// first.
    Aside(Vec<Aside>),
    /// Why nothing can be saved now, as the host reports it.
    Notices(Vec<Notice>),
}

record! {
    /// A capture that was set aside.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Aside {
        /// Its save.
        pub save: String,
        /// The page's title; empty where it has none.
        pub title: String,
        /// The page's address.
        pub url: String,
        /// Why it failed the last time.
        pub error: Error,
    }
}

/// How the page in a tab is doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageState {
    /// Asking the host whether it is saved.
    Looking,
    /// Not saved, and not to be saved unasked.
    Unsaved,
    /// The page was saved before. The flag says whether this tab filed the newest version, so that
    /// it can be undone.
    Known(Copy, bool),
    /// Being saved.
    Saving(Step),
    /// Saved just now.
    Saved(Done),
    /// Saved just now, and moved to the trash again.
    Undone,
    /// Not saved.
    Failed(Failed),
}

record! {
    /// A save that succeeded.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Done {
        /// The saved page.
        pub copy: Copy,
        /// Whether it filed a page, a version, or nothing new.
        pub outcome: SaveOutcome,
        /// The notices that came with it.
        pub notices: Vec<Notice>,
    }
}

record! {
    /// A save that failed.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Failed {
        /// Why.
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
    /// Pieces sent, of how many.
    Sending(u32, u32),
    /// The host is filing it.
    Filing,
}

record! {
    /// A saved page, as much as the popup shows of it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Copy {
        /// Lowercase hex SHA-256 of the canonical address.
        pub hash_url: String,
        /// Its title.
        pub title: String,
        /// When the version was captured (RFC 3339, UTC).
        pub captured_at: String,
        /// When it was last found unchanged, where it was.
        pub seen_at: Option<String>,
        /// How many versions there are; 0 where nobody asked.
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
    /// A link that is or was to be cached.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Link {
        /// Its number, ascending.
        pub id: u32,
        /// The tab in which it was clicked: the one that shows the badge.
        pub tab: i32,
        /// Where it leads.
        pub url: String,
        /// The words of the link, or the saved page's title.
        pub title: String,
        /// How it is doing.
        pub state: LinkState,
        /// The save that its capture has become, where it has come so far.
        pub save: Option<String>,
        /// The quiet tab that renders it, to be closed whatever happens.
        pub quiet_tab: Option<i32>,
    }
}

/// How a link is doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// Others go first.
    Waiting,
    /// Being fetched.
    Fetching,
    /// Being rendered in a quiet tab.
    Rendering,
    /// Being sent to the host.
    Saving,
    /// Saved.
    Saved(Copy, SaveOutcome),
    /// Not saved.
    Failed(Failed),
}

impl LinkState {
    /// Whether nothing more will happen to it by itself.
    pub fn is_done(&self) -> bool {
        matches!(self, LinkState::Saved(..) | LinkState::Failed(Failed { kept: false, .. }))
    }

    /// Whether it is under way.
    pub fn is_busy(&self) -> bool {
        !matches!(self, LinkState::Saved(..) | LinkState::Failed(_))
    }
}

/// Whether a port comes from a page of this extension, whose id is `own` and whose root `base`. The
/// sender's id is ours in a script in a web page too, its address is not.
pub fn is_own_page(id: &str, url: &str, own: &str, base: &str) -> bool {
    !own.is_empty() && id == own && !base.is_empty() && url.starts_with(base)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cachette_protocol::Code;
    use serde::de::DeserializeOwned;

    use crate::json::write;

    fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
        serde_json::from_str(text).ok()
    }

    #[test]
    fn messages_come_back_as_they_went() {
        let asks = [
            Command::Open(3),
            Command::Watch,
            Command::Retry(None),
            Command::Retry(Some(4)),
            Command::ClearLinks,
            Command::DropAside("s".into()),
        ];
        for ask in asks {
            assert_eq!(read(&write(&ask)), Some(ask));
        }
        let failed = PageState::Failed(Failed { error: Error::NotAPage("image/png".into()), kept: false });
        let saving = PageState::Saving(Step::Sending(1, 9));
        let notices = Update::Notices(vec![Notice::new(Code::DiskFull, "Full.")]);
        let aside = Aside { save: "s".into(), title: "T".into(), url: "u".into(), error: Error::HostSilent };
        let updates =
            [Update::Page(failed), Update::Page(saving), Update::Kept(2), notices, Update::Aside(vec![aside])];
        for update in updates {
            assert_eq!(read(&write(&update)), Some(update));
        }
        assert_eq!(read::<Command>(r#"{"erase_everything":{}}"#), None);
    }

    #[test]
    fn only_pages_of_the_extension_are_listened_to() {
        let base = "chrome-extension://abc/";
        assert!(is_own_page("abc", "chrome-extension://abc/popup.html", "abc", base));
        assert!(!is_own_page("abc", "https://example.org/", "abc", base));
        assert!(!is_own_page("xyz", "chrome-extension://abc/popup.html", "abc", base));
        assert!(!is_own_page("", "", "", ""));
    }
}
