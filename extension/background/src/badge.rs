//! Shows a mark on the toolbar button, per tab. It is `…` while saving, `✓` when saved, `!` on
//! failure.

use cachette_webext::{
    i18n::{Text, text},
    messages::{LinkState, PageState},
    task,
};

use crate::browser;

/// The badge's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Badge {
    /// Nothing.
    None,
    /// `…`
    Saving,
    /// `✓`
    Saved,
    /// `!`
    Failed,
}

impl Badge {
    /// Returns the badge for a page's state; `None` if the badge does not change.
    pub fn of_page(state: &PageState) -> Option<Badge> {
        match state {
            PageState::Looking | PageState::Unsaved => None,
            PageState::Saving(_) => Some(Badge::Saving),
            PageState::Known(..) | PageState::Saved(_) => Some(Badge::Saved),
            PageState::Undone => Some(Badge::None),
            PageState::Failed(_) => Some(Badge::Failed),
        }
    }

    /// Returns the badge for a link's state, on the tab where it was clicked.
    pub fn of_link(state: &LinkState) -> Badge {
        match state {
            LinkState::Saved(..) => Badge::Saved,
            LinkState::Failed(_) => Badge::Failed,
            _ => Badge::Saving,
        }
    }

    /// Returns the mark, its colour and the button's title.
    fn mark_colour_and_title(self) -> (&'static str, &'static str, Text) {
        match self {
            Badge::None => ("", "#1f7a6d", Text::ACTION_TITLE),
            Badge::Saving => ("…", "#5f6b7a", Text::BADGE_SAVING),
            Badge::Saved => ("✓", "#1f7a6d", Text::BADGE_SAVED),
            Badge::Failed => ("!", "#b3261e", Text::BADGE_FAILED),
        }
    }

    /// Shows this badge on a tab's button.
    pub fn show(self, tab: i32) {
        let (mark, colour, title) = self.mark_colour_and_title();
        task::spawn(async move { browser::set_badge(tab, mark, colour, &text(title)).await });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cachette_webext::{
        error::Error,
        messages::{Failed, Step},
    };

    #[test]
    fn marks_are_those_of_the_contract() {
        let failed = PageState::Failed(Failed { error: Error::PageGone, kept: false });
        let marks = [PageState::Saving(Step::Filing), PageState::Undone, failed].map(|state| Badge::of_page(&state));
        assert_eq!(marks, [Some(Badge::Saving), Some(Badge::None), Some(Badge::Failed)]);
        assert_eq!(
            [Badge::Saving, Badge::Saved, Badge::Failed].map(|badge| badge.mark_colour_and_title().0),
            ["…", "✓", "!"]
        );
    }

    #[test]
    fn a_look_at_a_page_leaves_its_mark_as_it_is() {
        assert_eq!([PageState::Looking, PageState::Unsaved].map(|state| Badge::of_page(&state)), [None, None]);
    }

    #[test]
    fn a_link_s_mark_follows_its_state() {
        let failed = LinkState::Failed(Failed { error: Error::Unreachable, kept: true });
        for (state, mark) in [
            (LinkState::Waiting, Badge::Saving),
            (LinkState::Fetching, Badge::Saving),
            (LinkState::Rendering, Badge::Saving),
            (LinkState::Saving, Badge::Saving),
            (failed, Badge::Failed),
        ] {
            assert_eq!(Badge::of_link(&state), mark, "{state:?}");
        }
    }

    #[test]
    fn every_mark_has_a_colour_and_words_of_its_own() {
        let all = [Badge::None, Badge::Saving, Badge::Saved, Badge::Failed].map(Badge::mark_colour_and_title);
        for (number, (mark, colour, title)) in all.iter().enumerate() {
            assert!(colour.starts_with('#') && colour.len() == 7, "{colour}");
            let others = all.iter().skip(number + 1);
            assert!(others.clone().all(|other| other.0 != *mark && other.2.key() != title.key()), "{mark}");
        }
    }
}
