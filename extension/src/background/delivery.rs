//! From a capture to a filed page: keeps it in the browser, sends it, forgets it once the host has acknowledged it.
//! Sends again what was kept.

use cachette_protocol::Saved;

use super::{Job, badge::Badge, host, pending, remember, tell_kept, tell_links, tell_page, upload::upload, with};
use crate::{
    api,
    capture::Capture,
    oneshot,
    talk::{LinkState, PageState, Step},
    task,
    trouble::Trouble,
};

/// Sends a new capture. The outcome reaches the page or the link that carries this save's name.
pub async fn deliver(capture: Capture, progress: &mut dyn FnMut(Step)) {
    let save = capture.begin.save.clone();
    with(|background| background.sending.push(save.clone()));
    // Written while the page is sent: the host is mostly the faster one, and neither waits for the other.
    let (giver, kept) = oneshot::pair();
    let (begin, html, more) = (capture.begin.clone(), capture.html.clone(), capture.more.clone());
    task::spawn(async move { giver.give(pending::keep(begin, html, more).await) });
    let result = send(&capture, progress).await;
    if result.is_ok() {
        // What is filed is filed: the user need not wait for the browser's own copy to come and go.
        settle(&save, &result, false);
        if kept.await.is_ok() {
            pending::forget(&save).await;
        }
        tell_kept().await;
        // The host works: so it will for what was kept before.
        send_kept().await;
    } else {
        let kept = kept.await.is_ok();
        conclude(&save, &result, kept).await;
    }
}

/// Forgets a kept capture that is filed or hopeless, then notes what became of its save.
async fn conclude(save: &str, result: &Result<Saved, Trouble>, kept: bool) {
    let stays = kept && result.as_ref().is_err_and(Trouble::may_pass);
    if kept && !stays {
        pending::forget(save).await;
    }
    settle(save, result, stays);
    tell_kept().await;
}

/// Sends a capture, once more over a new connection where the first one broke.
async fn send(capture: &Capture, progress: &mut dyn FnMut(Step)) -> Result<Saved, Trouble> {
    match upload(&host(), capture, progress).await {
        Err(trouble) if trouble.is_of_the_connection() => upload(&host(), capture, progress).await,
        result => result,
    }
}

/// Notes what became of a save; `stays` tells whether the browser keeps its capture.
fn settle(save: &str, result: &Result<Saved, Trouble>, stays: bool) {
    let now = api::clock();
    let (page, link) = with(|background| {
        background.sending.retain(|sending| sending != save);
        let result = result.as_ref().map_err(|trouble| (trouble, stays));
        let (tab, link) = background.session.settle(save, result, now);
        let page = tab.and_then(|tab| background.session.tab(tab).map(|page| (tab, page.state.clone())));
        let link = link.and_then(|id| background.session.link(id).map(|link| (link.tab, Badge::of_link(&link.state))));
        (page, link)
    });
    if let Some((tab, state)) = page {
        if let Some(badge) = Badge::of_page(&state) {
            badge.show(tab);
        }
        remember();
        tell_page(tab, state);
    }
    if let Some((tab, badge)) = link {
        badge.show(tab);
        tell_links();
    }
}

/// Sends again all that waits in the browser, oldest first. One round at a time.
pub async fn send_kept() {
    if with(|background| std::mem::replace(&mut background.in_round, true)) {
        return;
    }
    let _job = Job::begin();
    let mut broken = 0;
    for kept in pending::all().await {
        let save = kept.begin.save.clone();
        if with(|background| background.sending.contains(&save)) {
            continue;
        }
        let Some(capture) = pending::load(kept).await else { continue };
        with(|background| background.sending.push(save.clone()));
        show_sending(&save);
        let result = upload(&host(), &capture, &mut |_| {}).await;
        conclude(&save, &result, true).await;
        match result {
            Ok(_) | Err(Trouble::Refused(_)) => broken = 0,
            // One capture that breaks the host must not hold up the others; a host that always breaks is left alone.
            Err(trouble) if trouble.is_of_the_connection() && broken == 0 => broken += 1,
            Err(_) => break,
        }
    }
    with(|background| background.in_round = false);
}

/// Shows that the page or the link of a kept capture is under way again.
fn show_sending(save: &str) {
    let is_it = |name: &Option<String>| name.as_deref() == Some(save);
    let state = PageState::Saving(Step::Filing);
    let (tab, link) = with(|background| {
        let page = background.session.pages.iter_mut().find(|page| is_it(&page.save)).map(|page| {
            page.state = state.clone();
            page.tab
        });
        let link = background.session.links.iter_mut().find(|link| is_it(&link.save)).map(|link| {
            link.state = LinkState::Saving;
            link.tab
        });
        (page, link)
    });
    for tab in [tab, link].into_iter().flatten() {
        Badge::Saving.show(tab);
    }
    if let Some(tab) = tab {
        tell_page(tab, state);
    }
    if link.is_some() {
        tell_links();
    }
}

/// Throws away what waits in the browser, but for what is on its way right now.
pub async fn drop_kept() {
    for kept in pending::all().await {
        let save = &kept.begin.save;
        if with(|background| background.sending.contains(save)) {
            continue;
        }
        pending::forget(save).await;
        settle(save, &Err(Trouble::Interrupted), false);
    }
    tell_kept().await;
}
