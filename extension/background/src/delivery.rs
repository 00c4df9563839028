//! Brings a capture to the host until it is filed. It keeps the capture in the browser, sends it,
//! and forgets it once the host has acknowledged it. It also sends kept captures again.

mod fate;

use cachette_protocol::Saved;

use cachette_webext::{
    api,
    error::Error,
    host::{Host, Unanswered},
    messages::{PageState, Step},
    oneshot, task,
};

use self::fate::Round;
use crate::{
    badge::Badge,
    capture::Capture,
    jobs::{Job, host, release},
    pending, secrets,
    state::{remember, with},
    updates::{send_kept as show_kept, send_links, send_page},
    upload::upload,
};

/// Sends a new capture. Its save's name leads the outcome to the right page or link.
pub async fn deliver(mut capture: Capture, progress: &mut dyn FnMut(Step)) {
    // Secrets are removed before the capture is stored anywhere. Retries resume an interrupted save
    // piece by piece, so its text must be the same each time.
    if let Some(html) = secrets::without_secrets(&String::from(&capture.html)) {
        capture.html = html.into();
    }
    let save = capture.begin.save.clone();
    with(|state| state.sending.push(save.clone()));
    // The browser stores the capture while it is sent. The host is usually faster, and neither
    // waits for the other.
    let (sender, kept) = oneshot::pair();
    let (begin, html, more) = (capture.begin.clone(), capture.html.clone(), capture.more.clone());
    task::spawn(async move { sender.send(pending::keep(begin, html, more).await) });
    let (result, failures) = send(&capture, progress).await;
    if result.is_ok() {
        // The page is filed, so nobody waits for the browser's own copy to be stored and deleted.
        settle(&save, &result, false);
        if kept.await.is_ok() {
            pending::forget(&save).await;
        }
        show_kept().await;
        // The host works, so it will accept the captures that were kept before.
        send_kept().await;
    } else {
        let kept = kept.await.is_ok();
        conclude(&save, &result, kept, failures).await;
    }
}

/// Concludes a save. It forgets a kept capture that is filed or hopeless, sets one aside that
/// failed too often, and notes the outcome.
async fn conclude(save: &str, result: &Result<Saved, Error>, kept: bool, failures: u32) {
    let stays = kept && fate::stays(result);
    if kept && !stays {
        pending::forget(save).await;
    }
    let aside = match result {
        Err(error) if stays && failures > 0 => pending::note_failures(save, failures, error).await,
        _ => false,
    };
    settle(save, result, stays && !aside);
    show_kept().await;
}

/// Sends a capture, and sends it again over a new connection if the first one broke, which another
/// save may have caused. Also returns how often the capture may have been the cause.
async fn send(capture: &Capture, progress: &mut dyn FnMut(Step)) -> (Result<Saved, Error>, u32) {
    let mut failures = 0;
    let mut unanswered = match send_over(&host(), capture, progress).await {
        Ok(saved) => return (Ok(saved), failures),
        Err(unanswered) => unanswered,
    };
    failures += u32::from(unanswered.blamed);
    if fate::is_sent_again(&unanswered) {
        unanswered = match send_over(&host(), capture, progress).await {
            Ok(saved) => return (Ok(saved), failures),
            Err(unanswered) => unanswered,
        };
        failures += u32::from(unanswered.blamed);
    }
    (Err(unanswered.error), failures)
}

async fn send_over(host: &Host, capture: &Capture, progress: &mut dyn FnMut(Step)) -> Result<Saved, Unanswered> {
    let result = upload(host, capture, progress).await;
    release(host);
    result
}

/// Records the outcome of a save. `stays` says whether the browser keeps its capture.
fn settle(save: &str, result: &Result<Saved, Error>, stays: bool) {
    let now = api::clock();
    let (page, link) = with(|state| {
        state.sending.retain(|sending| sending != save);
        let result = result.as_ref().map_err(|error| (error, stays));
        let (tab, link) = state.session.settle(save, result, now);
        let page = tab.and_then(|tab| state.session.tab(tab).map(|page| (tab, page.state.clone())));
        let link = link.and_then(|id| state.session.link(id).map(|link| (link.tab, Badge::of_link(&link.state))));
        (page, link)
    });
    if let Some((tab, state)) = page {
        if let Some(badge) = Badge::of_page(&state) {
            badge.show(tab);
        }
        remember();
        send_page(tab, state);
    }
    if let Some((tab, badge)) = link {
        badge.show(tab);
        send_links();
    }
}

/// Sends all waiting captures again, oldest first, except those that were set aside. Only one round
/// runs at a time.
pub async fn send_kept() {
    if with(|state| std::mem::replace(&mut state.in_round, true)) {
        return;
    }
    let _job = Job::begin();
    let mut round = Round::default();
    for kept in pending::all().await {
        if kept.aside.is_none() && !round.goes_on(send_again(kept).await.as_ref()) {
            break;
        }
    }
    with(|state| state.in_round = false);
}

/// Sends one kept capture again; `None` if it is no longer kept, or already on its way. A capture
/// that has failed before gets its own host, and others need not wait for it.
async fn send_again(kept: pending::Kept) -> Option<Result<Saved, Unanswered>> {
    let save = kept.begin.save.clone();
    if with(|state| state.sending.contains(&save)) {
        return None;
    }
    let is_suspect = kept.failures > 0;
    let capture = pending::load(kept).await?;
    with(|state| state.sending.push(save.clone()));
    show_sending(&save);
    let host = if is_suspect { Host::connect() } else { host() };
    let result = send_over(&host, &capture, &mut |_| {}).await;
    let failures = u32::from(result.as_ref().is_err_and(|unanswered| unanswered.blamed));
    let told = result.as_ref().map(Saved::clone).map_err(|unanswered| unanswered.error.clone());
    conclude(&save, &told, true, failures).await;
    Some(result)
}

/// Sends once more a capture that was set aside.
pub async fn retry_aside(save: String) {
    let _job = Job::begin();
    if with(|state| state.sending.contains(&save)) {
        return;
    }
    if let Some(kept) = pending::take_back(&save).await {
        // The list of set-aside captures does not show it while it is on its way. Otherwise the
        // user could retry it twice.
        show_kept().await;
        send_again(kept).await;
    }
    show_kept().await;
}

/// Throws away a capture that was set aside.
pub async fn drop_aside(save: String) {
    if !with(|state| state.sending.contains(&save)) {
        pending::forget(&save).await;
    }
    show_kept().await;
}

/// Shows that the page or link of a kept capture is on its way again.
fn show_sending(save: &str) {
    let (tab, link) = with(|state| state.session.resume(save));
    for tab in [tab, link].into_iter().flatten() {
        Badge::Saving.show(tab);
    }
    if let Some(tab) = tab {
        send_page(tab, PageState::Saving(Step::Filing));
    }
    if link.is_some() {
        send_links();
    }
}

/// Throws away the waiting captures, except those that are on their way and those that were set
/// aside.
pub async fn drop_kept() {
    for kept in pending::all().await.into_iter().filter(|kept| kept.aside.is_none()) {
        let save = &kept.begin.save;
        if with(|state| state.sending.contains(save)) {
            continue;
        }
        pending::forget(save).await;
        settle(save, &Err(Error::Interrupted), false);
    }
    show_kept().await;
}

#[cfg(test)]
mod tests;
