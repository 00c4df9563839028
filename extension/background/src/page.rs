//! Runs the jobs for the page in front of the user: opening the popup, saving, undoing.

use cachette_protocol::{Lookup, Remove, SaveSource};

use cachette_webext::{
    api,
    error::Error,
    messages::{Copy, Failed, PageState, Step, Update},
    setting::SAVE_ON_OPEN,
    tab::Tab,
};

use crate::{
    capture::{capture, tab},
    delivery,
    jobs::{Job, host},
    session::{self, Opening, Unknown},
    state::with,
    updates::{send_all, send_page, set_page},
};

/// Answers a popup that opened over a tab. It shows the state of its page, and saves it where the
/// user wants that.
pub async fn open(id: i32, may_save: bool) {
    let _job = Job::begin();
    let save_unasked = may_save && SAVE_ON_OPEN.get().await;
    let tab = match tab(id).await.and_then(|tab| tab.readable().map(|()| tab)) {
        Ok(tab) => tab,
        Err(error) if save_unasked => return fail(id, "", error),
        // A user who came to search need not see the error.
        Err(_) if !may_save => return,
        Err(error) => return send_page(id, PageState::Failed(Failed { error, kept: false })),
    };
    let url = tab.url.clone().unwrap_or_default();
    match with(|state| state.session.opening(id, &url, api::clock())) {
        Opening::Show(state) => return send_page(id, state),
        Opening::SendAgain(state) => {
            send_page(id, state);
            return delivery::send_kept().await;
        }
        Opening::Look => send_page(id, PageState::Looking),
    }
    let before = with(|state| state.session.page(id, &url).map(|page| page.state.clone()));
    let next = match look_up(&url).await {
        Ok(known) => match session::after_lookup(known, before.as_ref(), save_unasked) {
            PageState::Saving(_) => Unknown::Save,
            state => return set_page(id, &url, state, None),
        },
        Err(error) => session::after_failed_lookup(error, before, save_unasked),
    };
    match next {
        Unknown::Save => save_tab(&tab).await,
        Unknown::Show(state) => send_page(id, state),
        Unknown::Fail(error) => send_page(id, PageState::Failed(Failed { error, kept: false })),
    }
}

async fn look_up(url: &str) -> Result<Option<Copy>, Error> {
    let host = host();
    host.greet().await?;
    send_all(&Update::Notices(host.notices()));
    let found = host.ask(&Lookup { url: url.to_owned() }).await?;
    Ok(found.page.map(Copy::from))
}

/// Saves the page in a tab, even if it is saved already.
pub async fn save(id: i32) {
    let _job = Job::begin();
    match tab(id).await {
        Ok(tab) => save_tab(&tab).await,
        Err(error) => fail(id, "", error),
    }
}

async fn save_tab(tab: &Tab) {
    let url = tab.url.clone().unwrap_or_default();
    if with(|state| state.session.is_saving(tab.id, &url)) {
        return;
    }
    set_page(tab.id, &url, PageState::Saving(Step::Reading), None);
    let capture = match capture(tab, SaveSource::Page).await {
        Ok((capture, _)) => capture,
        Err(error) => return fail(tab.id, &url, error),
    };
    let save = capture.begin.save.clone();
    let mut progress = |step| {
        if with(|state| state.session.is_at(tab.id, &url, &save)) {
            set_page(tab.id, &url, PageState::Saving(step), Some(save.clone()));
        }
    };
    // The save's name is recorded first: by this name its outcome finds the tab.
    progress(Step::Reading);
    delivery::deliver(capture, &mut progress).await;
}

fn fail(tab: i32, url: &str, error: Error) {
    set_page(tab, url, PageState::Failed(Failed { error, kept: false }), None);
}

/// Sends the waiting captures again. If the page's capture is not among them, the page is captured
/// again.
pub async fn retry(tab: Option<i32>) {
    let _job = Job::begin();
    if let Some(id) = tab {
        // The tab may have moved on from the page whose capture is kept.
        let url = self::tab(id).await.ok().and_then(|tab| tab.url);
        if with(|state| state.session.is_lost(id, url.as_deref())) {
            save(id).await;
        }
    }
    delivery::send_kept().await;
}

/// Moves the version that the tab's last save filed to the trash.
pub async fn undo(id: i32) {
    let _job = Job::begin();
    let target = with(|state| {
        let page = state.session.tab(id)?;
        let (hash_url, captured_at) = session::undoable(&page.state)?;
        let remove = Remove { hash_url: hash_url.to_owned(), captured_at: Some(captured_at.to_owned()) };
        Some((page.url.clone(), remove))
    });
    let Some((url, remove)) = target else { return };
    let host = host();
    let result = match host.greet().await {
        Ok(()) => host.ask(&remove).await.map(drop),
        Err(error) => Err(error),
    };
    set_page(id, &url, session::after_removal(result), None);
}
