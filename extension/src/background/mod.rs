//! The background: owns every job, tells the popup, marks the button. One state for the module's life, restored from
//! the browser's session storage whenever the browser starts the background anew.
//!
//! What stands in this file is that state and the ways in; the work is in the modules below.

mod badge;
mod delivery;
mod fetched;
mod link;
mod page;
mod pending;
mod session;
mod shown;
mod upload;

use std::cell::RefCell;

use wasm_bindgen::JsValue;

use self::{badge::Badge, session::Session};
use crate::{
    api,
    capture::Tab,
    host::Host,
    search_shortcut,
    talk::{self, Ask, Link, PageState, Tell},
    task, value,
};

/// How long the port stays open after the last job: long enough for the next click, short enough that the host goes.
const LINGER_MS: f64 = 10_000.0;

/// How often a call tells the browser that there is still work: both stop an idle background after 30 seconds.
const AWAKE_MS: f64 = 20_000.0;

/// For how long a popup may be loading before its question is a new one.
const LOADING_MS: f64 = 5_000.0;

#[derive(Default)]
struct Background {
    session: Session,
    popups: Vec<Popup>,
    host: Option<Host>,
    jobs: u32,
    /// Grows with every job, so that a port is only closed when none came in between.
    jobs_ever: u64,
    /// The saves that are on their way to the host right now.
    sending: Vec<String>,
    /// The popup that is loading, and whose job has begun.
    opening: Option<Opening>,
    /// Whether what the browser keeps is being sent right now.
    in_round: bool,
}

/// A popup that is loading: when its own question comes, the job that began answers it.
struct Opening {
    tab: i32,
    at: f64,
    /// What the job has told so far, to nobody.
    told: PageState,
}

struct Popup {
    port: JsValue,
    tab: Option<i32>,
}

thread_local! {
    static BACKGROUND: RefCell<Background> = RefCell::default();
}

/// Works on the state. Never across an await.
fn with<T>(work: impl FnOnce(&mut Background) -> T) -> T {
    BACKGROUND.with(|background| work(&mut background.borrow_mut()))
}

/// Restores what the last background knew, and takes up what it left undone.
pub async fn start() {
    let stored = api::read_storage("session", "session").await.ok().and_then(|value| value.as_string());
    let mut session: Session = stored.and_then(|text| value::parse(&text)).unwrap_or_default();
    let kept = pending::all().await.into_iter().filter(|kept| kept.aside.is_none());
    let kept: Vec<String> = kept.map(|kept| kept.begin.save).collect();
    let (_, tabs) = session.recover(&kept);
    with(|background| background.session = session);
    for tab in tabs {
        // It may be closed already.
        api::close_tab(tab).await.ok();
    }
    link::begin_waiting();
    if !kept.is_empty() {
        task::spawn(delivery::send_kept());
    }
}

/// Prepares the context menu. The browsers keep it from then on.
pub async fn installed() {
    link::show_menu().await;
}

/// A message from a page of the extension.
pub fn popup_asked(port: JsValue, text: &str) {
    let sender = api::port_sender(&port);
    let part = |name| value::property(&sender, name).as_string().unwrap_or_default();
    if !talk::is_own_page(&part("id"), &part("url"), &api::extension_id(), &api::extension_url("")) {
        return;
    }
    let Some(ask) = value::parse::<Ask>(text) else { return };
    let tab = match ask {
        Ask::Open(tab) | Ask::Show(tab) | Ask::Save(tab) | Ask::Undo(tab) => Some(tab),
        Ask::Retry(tab) => tab,
        Ask::Watch | Ask::ClearLinks | Ask::DropKept | Ask::RetryAside(_) | Ask::DropAside(_) => None,
    };
    let is_new = with(|background| match background.popups.iter_mut().find(|popup| popup.port == port) {
        Some(popup) => {
            popup.tab = tab.or(popup.tab);
            false
        }
        None => {
            background.popups.push(Popup { port: port.clone(), tab });
            true
        }
    });
    if is_new {
        send(&port, &Tell::Links(with(|background| background.session.links.clone())));
        // Its job may have greeted the host while the popup was loading.
        let troubles = with(|background| background.host.as_ref().map(Host::troubles));
        send(&port, &Tell::Troubles(troubles.unwrap_or_default()));
        task::spawn(tell_kept());
    }
    match ask {
        Ask::Open(tab) => match told_while_loading(tab) {
            Some(state) => send(&port, &Tell::Page(state)),
            None => task::spawn(page::open(tab, true)),
        },
        Ask::Show(tab) => task::spawn(page::open(tab, false)),
        Ask::Save(tab) => task::spawn(page::save(tab)),
        Ask::Undo(tab) => task::spawn(page::undo(tab)),
        Ask::Retry(tab) => task::spawn(page::retry(tab)),
        Ask::Watch => {}
        Ask::ClearLinks => {
            with(|background| background.session.clear_links());
            tell_links();
        }
        Ask::DropKept => task::spawn(delivery::drop_kept()),
        Ask::RetryAside(save) => task::spawn(delivery::retry_aside(save)),
        Ask::DropAside(save) => task::spawn(delivery::drop_aside(save)),
    }
}

/// The popup page begins to load: the save begins while its own module is still being read. What the popup asks for
/// afterwards finds the job under way. Where anything is unclear, nothing begins: the popup will ask.
pub async fn popup_opening(port: JsValue) {
    let sender = api::port_sender(&port);
    let part = |name| value::property(&sender, name).as_string().unwrap_or_default();
    let is_own = talk::is_own_page(&part("id"), &part("url"), &api::extension_id(), &api::extension_url(""));
    let in_tab = !value::property(&sender, "tab").is_undefined();
    if !is_own || in_tab || search_shortcut::is_recent().await {
        return;
    }
    let tab = api::front_tab().await.ok().and_then(value::read::<Tab>);
    // The address is told only of the tab whose button was clicked.
    if let Some(tab) = tab.filter(|tab| tab.url.is_some()) {
        let opening = Opening { tab: tab.id, at: api::now(), told: PageState::Looking };
        with(|background| background.opening = Some(opening));
        page::open(tab.id, true).await;
    }
}

/// What the job of this tab's popup has told, where it began while the popup was loading; once. The page's address may
/// have changed since: it is the job's page that the user clicked on.
fn told_while_loading(tab: i32) -> Option<PageState> {
    let opening = with(|background| background.opening.take())?;
    (opening.tab == tab && api::now() - opening.at < LOADING_MS).then_some(opening.told)
}

/// A popup was closed. Its job goes on.
pub fn popup_gone(port: &JsValue) {
    with(|background| background.popups.retain(|popup| popup.port != *port));
}

/// A click on “Cache this link”, with the user's answer to the browser's question.
pub fn link_clicked(url: &str, words: &str, tab: JsValue, origin: &str, granted: bool) {
    let tab: Tab = value::read(tab).unwrap_or_default();
    link::clicked(url, words, &tab, origin, granted);
}

/// The shortcut that saves without the popup.
pub fn save_shortcut(tab: JsValue) {
    if let Some(tab) = value::read::<Tab>(tab) {
        task::spawn(page::save(tab.id));
    }
}

/// Work under way: as long as one lives, the port stays open and the background awake.
struct Job(());

impl Job {
    fn begin() -> Job {
        let is_first = with(|background| {
            background.jobs += 1;
            background.jobs_ever += 1;
            background.jobs == 1
        });
        if is_first {
            task::spawn(async {
                loop {
                    api::sleep(AWAKE_MS).await;
                    if with(|background| background.jobs == 0) {
                        break;
                    }
                    // The call is all that matters.
                    api::stay_awake().await.ok();
                }
            });
        }
        Job(())
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        let (left, ever) = with(|background| {
            background.jobs = background.jobs.saturating_sub(1);
            (background.jobs, background.jobs_ever)
        });
        if left > 0 {
            return;
        }
        task::spawn(async move {
            api::sleep(LINGER_MS).await;
            let idle = with(|background| {
                let idle = background.jobs == 0 && background.jobs_ever == ever;
                if idle { background.host.take() } else { None }
            });
            if let Some(host) = idle {
                host.close();
            }
        });
    }
}

/// The port to the host: the open one, else a new one. One whose host is filing a page is left to that: a page that takes
/// long must not keep others waiting.
fn host() -> Host {
    if let Some(host) = with(|background| background.host.clone()).filter(|host| host.is_open() && !host.is_filing()) {
        return host;
    }
    let host = Host::connect();
    with(|background| background.host = Some(host.clone()));
    host
}

/// Notes how a page is doing: memory, badge, popup.
fn set_page(tab: i32, url: &str, state: PageState, save: Option<String>) {
    let is_step = matches!(state, PageState::Saving(talk::Step::Sending(..)));
    let page = session::Page { tab, url: url.to_owned(), at: api::clock(), state: state.clone(), save };
    let badge = Badge::of_page(&state);
    with(|background| background.session.set_page(page));
    if !is_step {
        if let Some(badge) = badge {
            badge.show(tab);
        }
        remember();
    }
    tell_page(tab, state);
}

/// Changes a link: memory, badge, popup.
fn set_link(id: u32, change: impl FnOnce(&mut Link)) {
    let shown = with(|background| {
        background.session.link(id).map(|link| {
            change(link);
            (link.tab, Badge::of_link(&link.state))
        })
    });
    if let Some((tab, badge)) = shown {
        badge.show(tab);
        tell_links();
    }
}

fn tell_page(tab: i32, state: PageState) {
    let ports: Vec<JsValue> = with(|background| {
        if let Some(opening) = background.opening.as_mut().filter(|opening| opening.tab == tab) {
            opening.told = state.clone();
        }
        background.popups.iter().filter(|popup| popup.tab == Some(tab)).map(|popup| popup.port.clone()).collect()
    });
    let tell = Tell::Page(state);
    ports.iter().for_each(|port| send(port, &tell));
}

fn tell_links() {
    remember();
    tell_all(&Tell::Links(with(|background| background.session.links.clone())));
}

async fn tell_kept() {
    let mut all = pending::all().await;
    with(|background| all.retain(|kept| !background.sending.contains(&kept.begin.save)));
    let mut aside = Vec::new();
    let mut waiting = 0;
    for kept in all {
        let begin = kept.begin;
        match kept.aside {
            Some(trouble) => {
                let title = begin.title.unwrap_or_default();
                aside.push(talk::Aside { save: begin.save, title, url: begin.url, trouble });
            }
            None => waiting += 1,
        }
    }
    tell_all(&Tell::Kept(waiting));
    tell_all(&Tell::Aside(aside));
}

/// Closes a connection that is not, or no longer, the one for all; what else was asked over it is still answered.
fn let_go(host: &Host) {
    if with(|background| background.host.as_ref().is_some_and(|own| own.is(host))) {
        return;
    }
    let host = host.clone();
    task::spawn(async move {
        api::sleep(LINGER_MS).await;
        host.close();
    });
}

fn tell_all(tell: &Tell) {
    let ports: Vec<JsValue> = with(|background| background.popups.iter().map(|popup| popup.port.clone()).collect());
    ports.iter().for_each(|port| send(port, tell));
}

fn send(port: &JsValue, tell: &Tell) {
    // A popup that has just been closed hears nothing: no error.
    api::post_text(port, &talk::write(tell)).ok();
}

/// Writes the session down, for the browser may stop the background at any time.
fn remember() {
    let text = with(|background| talk::write(&background.session));
    task::spawn(async move {
        // Without the storage the memory lasts as long as this background does.
        api::write_storage("session", "session", text.into()).await.ok();
    });
}
