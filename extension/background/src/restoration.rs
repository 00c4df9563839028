//! Restores the background after the browser has ended it, which may happen at any time. It reads
//! the state from the session storage and continues the work that was interrupted.

use cachette_webext::{api, task, value};

use crate::{browser, delivery, link, pending, session::Session, state::with};

/// Restores the previous background's state, and resumes its unfinished work.
pub async fn restore() {
    let stored = api::read_storage("session", "session").await.ok().and_then(|value| value.as_string());
    let mut session: Session = stored.and_then(|text| value::parse(&text)).unwrap_or_default();
    let kept = pending::all().await.into_iter().filter(|kept| kept.aside.is_none());
    let kept: Vec<String> = kept.map(|kept| kept.begin.save).collect();
    let (_, tabs) = session.recover(&kept);
    with(|state| state.session = session);
    for tab in tabs {
        // The tab may be closed already.
        browser::close_tab(tab).await.ok();
    }
    link::begin_waiting();
    if !kept.is_empty() {
        task::spawn(delivery::send_kept());
    }
}
