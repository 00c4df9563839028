//! Records which of the extension's pages listen to the background, by their ports. It also knows
//! for which tab a popup is still loading. These are plain values; they send nothing.

use cachette_webext::messages::PageState;

/// The pages that receive updates, by their ports. Each has the tab that it was opened over, where
/// it named one.
#[derive(Debug, Default)]
pub struct Popups<P>(Vec<(P, Option<i32>)>);

impl<P: Clone + PartialEq> Popups<P> {
    /// Records a page's port and its tab; returns whether the port is new.
    pub fn register(&mut self, port: &P, tab: Option<i32>) -> bool {
        if let Some((_, own)) = self.0.iter_mut().find(|(known, _)| known == port) {
            *own = tab.or(*own);
            return false;
        }
        self.0.push((port.clone(), tab));
        true
    }

    /// Forgets a page that was closed.
    pub fn forget(&mut self, port: &P) {
        self.0.retain(|(known, _)| known != port);
    }

    /// Returns the ports of the pages over a tab.
    pub fn over(&self, tab: i32) -> Vec<P> {
        self.0.iter().filter(|(_, own)| *own == Some(tab)).map(|(port, _)| port.clone()).collect()
    }

    /// Returns the ports of all pages.
    pub fn all(&self) -> Vec<P> {
        self.0.iter().map(|(port, _)| port.clone()).collect()
    }
}

/// How long a popup may be loading. A question that comes later is a new one.
const LOADING_MS: f64 = 5_000.0;

/// A popup that is loading and whose job has begun. When the popup asks, this job is the answer.
pub struct LoadingPopup {
    /// The tab that it was opened over.
    pub tab: i32,
    /// When it began to load, in milliseconds.
    pub at: f64,
    /// The job's last state, which nobody has received yet.
    pub state: PageState,
}

impl LoadingPopup {
    /// Returns the answer to a popup that asks about a tab now; `None` if the job was for another
    /// one.
    pub fn answer(self, tab: i32, now: f64) -> Option<PageState> {
        (self.tab == tab && now - self.at < LOADING_MS).then_some(self.state)
    }
}

#[cfg(test)]
mod tests;
