//! The background's one state, for the module's life: restored from the browser's session storage
//! whenever the browser starts the background anew. Changes here reach the memory, the badge and
//! the popups. Starts no save.

use std::cell::RefCell;

use cachette_webext::{
    api,
    host::Host,
    json,
    messages::{Link, PageState, Step},
    task, value,
};

use crate::{
    badge::Badge,
    browser, delivery, link, pending,
    popups::{self, Opening, Popup},
    session::{self, Session},
};

/// What the background knows.
#[derive(Default)]
pub struct State {
    /// Tabs and links; outlives the background.
    pub session: Session,
    /// The pages of the extension that listen.
    pub popups: Vec<Popup>,
    /// The port to the host that all jobs share.
    pub host: Option<Host>,
    /// How many jobs are under way.
    pub jobs: u32,
    /// Grows with every job, so that a port is only closed when none came in between.
    pub jobs_ever: u64,
    /// The saves that are on their way to the host right now.
    pub sending: Vec<String>,
    /// The popup that is loading, and whose job has begun.
    pub opening: Option<Opening>,
    /// Whether what the browser keeps is being sent right now.
    pub in_round: bool,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

/// Works on the state. Never across an await.
pub fn with<T>(work: impl FnOnce(&mut State) -> T) -> T {
    STATE.with(|state| work(&mut state.borrow_mut()))
}

/// Restores what the last background knew, and takes up what it left undone.
pub async fn start() {
    let stored = api::read_storage("session", "session").await.ok().and_then(|value| value.as_string());
    let mut session: Session = stored.and_then(|text| value::parse(&text)).unwrap_or_default();
    let kept = pending::all().await.into_iter().filter(|kept| kept.aside.is_none());
    let kept: Vec<String> = kept.map(|kept| kept.begin.save).collect();
    let (_, tabs) = session.recover(&kept);
    with(|state| state.session = session);
    for tab in tabs {
        // It may be closed already.
        browser::close_tab(tab).await.ok();
    }
    link::begin_waiting();
    if !kept.is_empty() {
        task::spawn(delivery::send_kept());
    }
}

/// Notes how a page is doing: memory, badge, popup.
pub fn set_page(tab: i32, url: &str, state: PageState, save: Option<String>) {
    let is_step = matches!(state, PageState::Saving(Step::Sending(..)));
    let page = session::Page { tab, url: url.to_owned(), at: api::clock(), state: state.clone(), save };
    let badge = Badge::of_page(&state);
    with(|state| state.session.set_page(page));
    if !is_step {
        if let Some(badge) = badge {
            badge.show(tab);
        }
        remember();
    }
    popups::send_page(tab, state);
}

/// Changes a link: memory, badge, popup.
pub fn set_link(id: u32, change: impl FnOnce(&mut Link)) {
    let changed = with(|state| {
        state.session.link(id).map(|link| {
            change(link);
            (link.tab, Badge::of_link(&link.state))
        })
    });
    if let Some((tab, badge)) = changed {
        badge.show(tab);
        popups::send_links();
    }
}

/// Writes the session down, for the browser may stop the background at any time.
pub fn remember() {
    let text = with(|state| json::write(&state.session));
    task::spawn(async move {
        // Without the storage the memory lasts as long as this background does.
        api::write_storage("session", "session", text.into()).await.ok();
    });
}
