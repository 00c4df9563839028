//! Tests the journeys in a real Chromium with the real extension and the real host. Each test has
//! its own profile, HOME and cache. Context menus and the permission prompt run under Xvfb,
//! everything else headless. More than 300 lines: each journey starts a browser, and all use the
//! same steps.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod chromium_aside;
mod chromium_copies;
mod chromium_search;
mod chromium_settings;
mod chromium_words;
mod stage;

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use cachette_tests::{
    chromium::{Chromium, Launch, Page, host_manifests},
    display::Display,
    filed::Filed,
    home::{Browser, CHROMIUM_ID, Home, extension, repository},
    site::Site,
    site_pages::{ARTICLE_TITLE, ARTICLE_WORD, MEMBERS_WORD, RENDERED_WORD, STRICT_WORD},
    wait::until,
};
use serde_json::{Value, json};
use stage::{Turn, button, only_page, shared_files, status_has};

/// A browser with the extension, a site to visit, and a cache. Fields are dropped in this order:
/// the browser first.
struct Stage {
    browser: Chromium,
    worker: Page,
    home: Home,
    site: Site,
    _turn: Turn,
}

impl Stage {
    fn headless() -> Stage {
        Stage::with(Some(Browser::Chromium), None)
    }

    fn with(host: Option<Browser>, display: Option<&str>) -> Stage {
        let turn = Turn::take();
        let (home, site) = (Home::new().unwrap(), Site::start().unwrap());
        if let Some(browser) = host {
            home.install(browser).unwrap();
        }
        let mut browser = launch(&home, display);
        let worker = browser.service_worker(CHROMIUM_ID).unwrap();
        Stage { browser, worker, home, site, _turn: turn }
    }

    /// Clicks the toolbar button over a page and returns the popup.
    fn click(&mut self, page: &Page) -> Page {
        self.browser.trigger_action(CHROMIUM_ID, page).unwrap();
        self.browser.popup(CHROMIUM_ID, "popup.html").unwrap()
    }

    /// Waits until an expression holds in a page. If it never does, the error says what the page
    /// shows instead.
    fn shows(&mut self, page: &Page, expression: &str) -> Value {
        self.browser.until(page, expression).unwrap_or_else(|error| {
            let text = self.browser.evaluate(page, "document.body.innerText");
            panic!("{error}; the page shows {text:?}")
        })
    }

    /// Right-clicks a link and chooses “Cache this link”.
    fn cache_link(&mut self, display: &Display, page: &Page, selector: &str) {
        // Until the background has started for the first time, the menu lacks this item.
        let known = "Promise.any(['cache-link', 'cache-link-here'].map(id => chrome.contextMenus.update(id, {})))\
                     .then(() => true)";
        self.browser.until(&self.worker, known).unwrap();
        let (x, y) = self.browser.on_screen(page, selector).unwrap();
        let before = display.windows().unwrap();
        display.click(x, y, 3).unwrap();
        until("the context menu", || Ok((display.windows()? > before).then_some(()))).unwrap();
        // The menu is visible before it accepts input, and nothing shows when it does.
        thread::sleep(Duration::from_millis(500));
        // The last item is the browser's “Inspect”; ours is above it.
        for key in ["Up", "Up", "Return"] {
            display.key(key).unwrap();
        }
    }

    /// Presses a key that opens a window, and returns the page in it.
    fn press_for_page(&mut self, display: &Display, key: &str) -> Page {
        let before = self.browser.targets("page").unwrap();
        display.key(key).unwrap();
        let browser = &mut self.browser;
        let opened = until("a new window", || {
            let pages = browser.targets("page")?;
            Ok(pages.into_iter().find(|page| before.iter().all(|known| known.id != page.id)).map(|page| page.id))
        });
        self.browser.attach(&opened.unwrap()).unwrap()
    }

    /// Clicks into a page, whose window is on top, until it has the focus. Without a window manager
    /// nothing else gives it the focus, and a new window starts with the focus in its address bar.
    fn focus(&mut self, display: &Display, page: &Page) {
        let browser = &mut self.browser;
        until("the page's focus", || {
            let (x, y) = browser.on_screen(page, "p")?;
            display.click(x, y, 1)?;
            thread::sleep(Duration::from_millis(300));
            Ok((browser.evaluate(page, "document.hasFocus()")? == true).then_some(()))
        })
        .unwrap();
    }

    fn badge_is(&mut self, text: &str) {
        let badge = "chrome.tabs.query({active: true, lastFocusedWindow: true})\
                     .then(([tab]) => chrome.action.getBadgeText({tabId: tab.id}))";
        let (browser, worker) = (&mut self.browser, &self.worker);
        let shown = || Ok((browser.evaluate(worker, badge)? == text).then_some(()));
        until(&format!("the badge {text}"), shown).unwrap();
    }
}

fn launch(home: &Home, display: Option<&str>) -> Chromium {
    launch_with(home, &extension(Browser::Chromium).unwrap(), display)
}

fn launch_with(home: &Home, extension: &Path, display: Option<&str>) -> Chromium {
    let launch = Launch {
        profile: &home.profile(),
        home: &home.user(),
        extension,
        display,
        private: false,
        env: &[("CACHETTE_HOME", &home.cache())],
    };
    Chromium::launch(&launch).unwrap()
}

#[test]
fn the_toolbar_button_files_the_page_and_says_later_that_it_is_saved() {
    let mut stage = Stage::headless();
    let url = stage.site.url("/article?utm_source=x&id=7");
    let page = stage.browser.open(&url).unwrap();
    let popup = stage.click(&page);
    stage.shows(&popup, "document.activeElement.type == 'search'");
    stage.shows(&popup, &status_has("Saved"));
    stage.badge_is("✓");

    let path = only_page(&stage.home);
    let filed = Filed::read(&path).unwrap();
    assert_eq!(filed.keys[..4], ["title", "url", "hash_url", "captured_at"]);
    assert_eq!(filed.text("title"), ARTICLE_TITLE);
    assert_eq!(filed.text("url"), stage.site.url("/article?id=7"));
    assert_eq!(filed.text("captured_url"), url);
    assert_eq!(filed.text("source"), "page");
    assert_eq!(filed.text("hash_url"), path.parent().unwrap().file_name().unwrap().to_str().unwrap());
    assert!(filed.text("captured_at").ends_with('Z'));
    assert!(filed.body.contains(ARTICLE_WORD));
    assert!(filed.body.contains(&stage.site.url("/members?x=1")), "links are absolute: {}", filed.body);
    assert!(filed.body.contains(&stage.site.url("/dot.png")), "image addresses are absolute: {}", filed.body);
    assert!(path.with_file_name("index.html").exists());

    let written = fs::read(&path).unwrap();
    stage.browser.close(&popup).unwrap();
    let popup = stage.click(&page);
    stage.shows(&popup, &status_has("Saved on"));
    assert_eq!(fs::read(&path).unwrap(), written, "a page saved before is not saved again");
    stage.shows(&popup, &button("Save a new version"));
    stage.shows(&popup, &status_has("Unchanged"));
}

#[test]
fn pictures_and_sheets_are_kept_and_shown_without_a_network() {
    let mut stage = Stage::headless();
    let page = stage.browser.open(&stage.site.url("/gallery/01-article.html")).unwrap();
    stage.browser.until(&page, "document.images[0].naturalWidth == 240").unwrap();
    let popup = stage.click(&page);
    stage.shows(&popup, &status_has("Saved"));

    let path = only_page(&stage.home);
    let filed = Filed::read(&path).unwrap();
    let kept = shared_files(&stage.home);
    let is_shown = |file: &&String| filed.body.contains(&format!("![Moss, near](../../assets/{file})"));
    assert!(kept.iter().find(is_shown).is_some_and(|file| file.ends_with(".png")), "{kept:?} {}", filed.body);

    let offline = json!({"offline": true, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
    let copy = stage.browser.open("about:blank").unwrap();
    stage.browser.command(Some(&copy), "Network.emulateNetworkConditions", offline).unwrap();
    let address = format!("file://{}", path.with_file_name("index.html").display());
    stage.browser.navigate(&copy, &address).unwrap();
    stage.shows(&copy, "document.images[0].naturalWidth == 240");
    stage.shows(&copy, "getComputedStyle(document.body).backgroundColor == 'rgb(251, 250, 246)'");
    stage.shows(&copy, stage::IMPORT_IS_SHOWN);
    stage::is_kept(&stage.browser.evaluate(&copy, stage::BEHIND).unwrap());
    assert_eq!(stage.home.run(&["collect"]).unwrap(), "0 files removed, 0 bytes.\n");
    stage.home.run(&["check", "--read-data"]).unwrap();
}

#[test]
fn undo_moves_the_page_to_the_trash() {
    let mut stage = Stage::headless();
    let page = stage.browser.open(&stage.site.url("/article")).unwrap();
    let popup = stage.click(&page);
    stage.shows(&popup, &button("Undo"));
    stage.shows(&popup, &status_has("trash"));
    assert!(stage.home.pages().unwrap().is_empty());
    let trash = stage.home.cache().join(".trash");
    assert!(stage.home.files().unwrap().iter().any(|file| file.starts_with(&trash)));
}

#[test]
fn closing_the_popup_does_not_stop_the_save() {
    let mut stage = Stage::headless();
    let page = stage.browser.open(&stage.site.url("/big?5000000")).unwrap();
    let popup = stage.click(&page);
    stage.shows(&popup, "document.querySelector('[role=status]').textContent");
    stage.browser.close(&popup).unwrap();
    stage.badge_is("✓");
    assert!(Filed::read(&only_page(&stage.home)).unwrap().body.contains("Section 2"));
}

#[test]
fn the_popup_finds_a_page_by_a_word_of_its_body_and_opens_the_copy() {
    let mut stage = Stage::headless();
    let page = stage.browser.open(&stage.site.url("/article")).unwrap();
    let popup = stage.click(&page);
    stage.shows(&popup, &status_has("Saved"));
    stage.browser.close(&popup).unwrap();

    let elsewhere = stage.browser.open(&stage.site.url("/missing")).unwrap();
    let popup = stage.click(&elsewhere);
    stage.shows(&popup, "document.activeElement.type == 'search'");
    // The beginning of the word suffices.
    stage.browser.type_text(&popup, &ARTICLE_WORD[..6]).unwrap();
    let row = stage.shows(&popup, "document.querySelector('[role=option]')?.textContent");
    assert!(row.as_str().unwrap().contains(ARTICLE_TITLE), "{row}");
    assert!(row.as_str().unwrap().contains(ARTICLE_WORD), "the snippet shows the word: {row}");
    stage.browser.press(&popup, "ArrowDown", false).unwrap();
    let chosen = "document.querySelectorAll('[role=option][aria-selected=true]').length == 1";
    stage.shows(&popup, chosen);
    stage.browser.press(&popup, "Enter", false).unwrap();

    let browser = &mut stage.browser;
    let copy = until("the copy's tab", || {
        let pages = browser.targets("page")?;
        Ok(pages.into_iter().find(|page| page.url.contains("/view.html")).map(|page| page.id))
    });
    let copy = browser.attach(&copy.unwrap()).unwrap();
    let shown = format!("document.querySelector('main').textContent.includes('{ARTICLE_WORD}')");
    browser.until(&copy, &shown).unwrap();
    browser.until(&copy, "!document.getElementById('copy').hidden").unwrap();
    browser.evaluate(&copy, "document.getElementById('copy').focus()").unwrap();
    browser.press(&copy, "Enter", false).unwrap();
    browser.until(&copy, "document.getElementById('copy').textContent == 'Copied'").unwrap();
}

#[test]
fn a_copy_names_the_pages_like_it_and_leads_to_them() {
    let mut stage = Stage::headless();
    let hash = stage::file_alike(&stage.home);
    let copy = format!("chrome-extension://{CHROMIUM_ID}/view.html?page={hash}");
    let copy = stage.browser.open(&copy).unwrap();
    assert_eq!(stage.shows(&copy, stage::NAMED_ALIKE), stage::named_alike());
    assert_eq!(stage.browser.evaluate(&copy, "document.getElementById('markup')").unwrap(), Value::Null);
    stage.browser.evaluate(&copy, "document.querySelector('#related a').click()").unwrap();
    stage.shows(&copy, "document.getElementById('text').textContent.includes('leaves behind')");
}

#[test]
fn control_enter_opens_the_live_page() {
    let mut stage = Stage::headless();
    let page = stage.browser.open(&stage.site.url("/article")).unwrap();
    let popup = stage.click(&page);
    stage.shows(&popup, &status_has("Saved"));
    let visits = stage.site.visits_of("/article").len();
    stage.browser.type_text(&popup, ARTICLE_WORD).unwrap();
    stage.shows(&popup, "document.querySelector('[role=option]')?.textContent");
    stage.browser.press(&popup, "Enter", true).unwrap();
    until("a visit to the live page", || Ok((stage.site.visits_of("/article").len() > visits).then_some(()))).unwrap();
}

#[test]
fn a_link_is_cached_with_the_users_session_and_without_a_tab() {
    let display = Display::start().unwrap();
    let mut stage = Stage::with(Some(Browser::Chromium), Some(display.name()));
    stage.browser.open(&stage.site.elsewhere("/login")).unwrap();
    let page = stage.browser.open(&stage.site.url(&format!("/links?{}", stage.site.elsewhere("")))).unwrap();
    stage.browser.allow_all_sites(CHROMIUM_ID).unwrap();
    let tabs = stage.browser.targets("tab").unwrap().len();

    stage.cache_link(&display, &page, "#members");
    let filed = filed_link(&stage.home);
    assert!(filed.body.contains(MEMBERS_WORD), "{}", filed.body);
    assert_eq!(filed.text("url"), stage.site.elsewhere("/members"));
    stage::shows_its_picture(&filed, &stage.home);
    let visits = stage.site.visits_of("/members");
    assert_eq!(visits.len(), 1);
    assert!(visits[0].cookie.contains("strict=s3cr3t") && visits[0].cookie.contains("lax=s3cr3t"), "{visits:?}");
    assert_eq!(visits[0].destination, "empty", "fetched, not opened");
    assert_eq!(stage.browser.targets("tab").unwrap().len(), tabs);

    let popup = stage.browser.open(&format!("chrome-extension://{CHROMIUM_ID}/popup.html")).unwrap();
    let told = "document.querySelector('#link-list')?.textContent.includes('members')";
    stage.shows(&popup, told);
}

#[test]
fn a_link_that_a_script_renders_is_opened_in_a_quiet_tab_that_is_closed_again() {
    let display = Display::start().unwrap();
    let mut stage = Stage::with(Some(Browser::Chromium), Some(display.name()));
    let page = stage.browser.open(&stage.site.url(&format!("/links?{}", stage.site.elsewhere("")))).unwrap();
    stage.browser.allow_all_sites(CHROMIUM_ID).unwrap();
    let tabs = stage.browser.targets("tab").unwrap().len();

    stage.cache_link(&display, &page, "#rendered");
    let filed = filed_link(&stage.home);
    assert!(filed.body.contains(RENDERED_WORD), "{}", filed.body);
    let destinations: Vec<_> = stage.site.visits_of("/rendered").into_iter().map(|visit| visit.destination).collect();
    assert_eq!(destinations, ["empty", "document"]);
    let browser = &mut stage.browser;
    until("the quiet tab's end", || Ok((browser.targets("tab")?.len() == tabs).then_some(()))).unwrap();
    assert_eq!(browser.evaluate(&page, "document.visibilityState").unwrap(), "visible", "the tab stayed behind");
}

#[test]
fn the_browsers_own_question_is_asked_once_and_its_answer_kept() {
    let display = Display::start().unwrap();
    let mut stage = Stage::with(Some(Browser::Chromium), Some(display.name()));
    let page = stage.browser.open(&stage.site.url(&format!("/links?{}", stage.site.elsewhere("")))).unwrap();
    stage.cache_link(&display, &page, "#article");
    // The question takes the focus from the page.
    stage.shows(&page, "!document.hasFocus()");
    // At first the question ignores keys, because one meant for the page could answer it. Nothing
    // shows when this is over.
    thread::sleep(Duration::from_millis(1500));
    display.key("Tab").unwrap();
    thread::sleep(Duration::from_millis(500));
    display.key("Return").unwrap();
    let granted = "chrome.permissions.contains({origins: ['<all_urls>']})";
    stage.browser.until(&stage.worker, granted).unwrap();
    assert_eq!(filed_link(&stage.home).text("title"), ARTICLE_TITLE);

    stage.shows(&page, "document.hasFocus()");
    stage.cache_link(&display, &page, "#strict");
    until("the second link's file", || Ok((stage.home.pages()?.len() == 2).then_some(()))).unwrap();
}

#[test]
fn a_missing_host_is_named_with_the_command_that_installs_it_and_nothing_is_lost() {
    let mut stage = Stage::with(None, None);
    let page = stage.browser.open(&stage.site.url("/article")).unwrap();
    let popup = stage.click(&page);
    stage.shows(&popup, &status_has("was not found"));
    let command = stage.browser.evaluate(&popup, "document.querySelector('code').textContent").unwrap();
    assert_eq!(command, "cachette install");
    stage.badge_is("!");
    assert!(stage.home.pages().unwrap().is_empty());

    stage.home.install(Browser::Chromium).unwrap();
    stage.shows(&popup, &button("Try again"));
    stage.shows(&popup, &status_has("Saved"));
    assert!(Filed::read(&only_page(&stage.home)).unwrap().body.contains(ARTICLE_WORD));
}

#[test]
fn a_host_that_dies_is_distinguished_from_one_that_is_missing() {
    let mut stage = Stage::headless();
    stage::install_one_that_dies(&stage.home, &host_manifests(&stage.home.profile()).join("org.cachette.host.json"));
    let page = stage.browser.open(&stage.site.url("/article")).unwrap();
    let popup = stage.click(&page);
    stage.shows(&popup, &status_has("stopped unexpectedly"));
    let command = stage.browser.evaluate(&popup, "document.querySelector('code').textContent").unwrap();
    assert_eq!(command, "cachette doctor");
}

#[test]
fn what_prevents_saving_is_shown_before_anything_is_saved() {
    let mut stage = Stage::headless();
    let url = stage.site.url("/article");
    stage::file_and_close(&stage.home, &url);
    let page = stage.browser.open(&url).unwrap();
    let popup = stage.click(&page);
    stage.shows(&popup, stage::FOREWARNED);
}

#[test]
fn a_page_of_the_browser_is_refused_in_words() {
    let mut stage = Stage::headless();
    let page = stage.browser.open("chrome://version/").unwrap();
    let popup = stage.click(&page);
    stage.shows(&popup, &status_has("does not let extensions read"));
    assert!(stage.home.pages().unwrap().is_empty());
}

/// DevTools' own toolbar click ends Chromium if the extension is not allowed, so xdotool presses
/// the shortcut.
#[test]
fn a_private_window_has_no_extension_and_leaves_nothing_behind() {
    let display = Display::start().unwrap();
    let mut stage = Stage::with(Some(Browser::Chromium), Some(display.name()));
    let settings = stage.browser.open(&format!("chrome://extensions/?id={CHROMIUM_ID}")).unwrap();
    let info = format!("chrome.developerPrivate.getExtensionInfo('{CHROMIUM_ID}').then(info => info.incognitoAccess)");
    let access = stage.browser.evaluate(&settings, &info).unwrap();
    assert_eq!(access, json!({"isActive": false, "isEnabled": false}), "nobody can even allow it");

    let private = stage.press_for_page(&display, "ctrl+shift+n");
    stage.browser.navigate(&private, &stage.site.url("/article")).unwrap();
    stage.focus(&display, &private);
    display.key("alt+shift+s").unwrap();
    let ordinary = stage.press_for_page(&display, "ctrl+n");
    stage.browser.navigate(&ordinary, &stage.site.url("/strict")).unwrap();
    stage.focus(&display, &ordinary);
    // A busy browser may miss the key, so it is pressed again. A page that is already saved does
    // not change.
    let saved = || {
        display.key("alt+shift+s")?;
        thread::sleep(Duration::from_secs(2));
        Ok(stage.home.pages()?.into_iter().next())
    };
    until("the ordinary window's page", saved).unwrap();
    let filed = Filed::read(&only_page(&stage.home)).unwrap();
    assert_eq!(filed.text("url"), stage.site.url("/strict"), "only the ordinary window's page is saved");
}

#[test]
fn a_page_under_a_strict_content_security_policy_is_saved() {
    let mut stage = Stage::headless();
    let page = stage.browser.open(&stage.site.url("/strict")).unwrap();
    let popup = stage.click(&page);
    stage.shows(&popup, &status_has("Saved"));
    assert!(Filed::read(&only_page(&stage.home)).unwrap().body.contains(STRICT_WORD));
}

#[test]
fn a_page_that_changes_all_the_time_is_saved_as_it_was_at_one_moment() {
    let mut stage = Stage::headless();
    let page = stage.browser.open(&stage.site.url("/restless")).unwrap();
    let popup = stage.click(&page);
    stage.shows(&popup, &status_has("Saved"));
    stage::is_of_one_moment(&Filed::read(&only_page(&stage.home)).unwrap());
    let alive = stage.browser.evaluate(&page, "document.querySelectorAll('article').length").unwrap();
    assert_eq!(alive, 1, "the page itself goes on unchanged");
}

#[test]
fn the_popup_in_an_ordinary_tab_saves_nothing_and_searches() {
    let mut stage = Stage::headless();
    let html = stage.home.dir().join("page.html");
    fs::write(
        &html,
        "<title>From the shell</title><article><h1>From the shell</h1><p>A word: bryophyte.</p></article>",
    )
    .unwrap();
    stage.home.run(&["add", "--url", "https://example.org/shell", html.to_str().unwrap()]).unwrap();
    let tab = stage.browser.open(&format!("chrome-extension://{CHROMIUM_ID}/popup.html")).unwrap();
    stage.shows(&tab, "document.activeElement.type == 'search'");
    stage.browser.type_text(&tab, "bryo").unwrap();
    let row = stage.shows(&tab, "document.querySelector('[role=option]')?.textContent");
    assert!(row.as_str().unwrap().contains("From the shell"), "{row}");
    assert_eq!(stage.home.pages().unwrap().len(), 1);
}

#[test]
fn addresses_are_named_alike_in_the_browser_and_in_the_host() {
    let mut stage = Stage::headless();
    let tab = stage.browser.open(&format!("chrome-extension://{CHROMIUM_ID}/popup.html")).unwrap();
    let vectors: Value =
        serde_json::from_str(&fs::read_to_string(repository().join("crates/address/vectors.json")).unwrap()).unwrap();
    let answers = stage.browser.evaluate(&tab, &stage::named_by_the_extension("chrome", &vectors)).unwrap();
    stage::assert_named_alike(&vectors, &answers);
}

/// Returns the only page of the cache, a link's, once it is there.
fn filed_link(home: &Home) -> Filed {
    let path = until("the link's file", || Ok(home.pages()?.into_iter().next())).unwrap();
    let filed = Filed::read(&path).unwrap();
    assert_eq!(filed.text("source"), "link");
    filed
}
