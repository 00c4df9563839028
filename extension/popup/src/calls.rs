//! Counts the popup's calls to the background, and chooses the command that begins each. The
//! browser stops the background now and then. This file opens no port.

use cachette_webext::messages::Command;

/// How often the popup calls a stopped background again.
const MOST: u32 = 5;

/// The calls since the background last answered.
#[derive(Debug, Default)]
pub struct Calls(u32);

impl Calls {
    /// Notes an answer: the background is there.
    pub fn answered(&mut self) {
        self.0 = 0;
    }

    /// Whether the popup may call again; counts the call.
    pub fn may_call(&mut self) -> bool {
        self.0 = self.0.saturating_add(1);
        self.0 <= MOST
    }
}

/// Returns the first command over a new port. One that calls again only asks for the page's
/// outcome: it saves nothing by itself.
pub fn greeting(tab: Option<i32>, may_save: bool) -> Command {
    match tab {
        Some(tab) if may_save => Command::Open(tab),
        Some(tab) => Command::Show(tab),
        None => Command::Watch,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_background_that_never_answers_is_called_so_often_and_no_more() {
        let mut calls = Calls::default();
        let made = (0..100).filter(|_| calls.may_call()).count();
        assert_eq!(made, MOST as usize);
        calls.answered();
        assert!(calls.may_call(), "an answer gives all calls back");
    }

    #[test]
    fn only_a_popup_over_a_tab_that_the_button_opened_saves() {
        for (tab, may_save, expected) in [
            (Some(7), true, Command::Open(7)),
            (Some(7), false, Command::Show(7)),
            (None, true, Command::Watch),
            (None, false, Command::Watch),
        ] {
            assert_eq!(greeting(tab, may_save), expected, "{tab:?}, {may_save}");
        }
    }

    proptest! {
        #[test]
        fn between_two_answers_there_are_never_more_calls(answers in prop::collection::vec(any::<bool>(), 0..60)) {
            let (mut calls, mut since) = (Calls::default(), 0);
            for answered in answers {
                if answered {
                    calls.answered();
                    since = 0;
                } else {
                    let may = calls.may_call();
                    since += u32::from(may);
                    prop_assert!(since <= MOST && (may || since == MOST), "{since}");
                }
            }
        }
    }
}
