//! Tests the journeys in a real Firefox with the real extension and the real host. Each test has
//! its own profile, HOME and cache. All run headless; Firefox's test preference answers the
//! question for the host permission. More than 300 lines: each journey starts a browser, and all
//! use the same steps.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod stage;

use std::{fs, thread, time::Duration};

use cachette_tests::{
    DriverError,
    filed::Filed,
    firefox::{Firefox, Launch},
    home::{Browser, FIREFOX_ID, Home, extension, repository},
    hostile::{HAS_RUN, Hostile, LOADED, asked},
    site::Site,
    site_pages::{ARTICLE_TITLE, ARTICLE_WORD, MEMBERS_WORD, RENDERED_WORD, STRICT_WORD},
    wait::until,
};
use serde_json::{Value, json};
use stage::{Turn, button, only_page, shared_files, status_has};

/// A browser with the extension, a site to visit, and a cache. Fields are dropped in this order:
/// the browser first.
struct Stage {
    browser: Firefox,
    /// The prefix of the addresses of the extension's pages.
    origin: String,
    home: Home,
    site: Site,
    _turn: Turn,
}

impl Stage {
    fn new() -> Stage {
        Stage::with(Some(Browser::Firefox))
    }

    fn with(host: Option<Browser>) -> Stage {
        let turn = Turn::take();
        let (home, site) = (Home::new().unwrap(), Site::start().unwrap());
        if let Some(browser) = host {
            home.install(browser).unwrap();
        }
        let launch = Launch {
            profile: &home.profile(),
            home: &home.user(),
            preferences: &[("extensions.webextOptionalPermissionPrompts", "false")],
            display: None,
            env: &[("CACHETTE_HOME", &home.cache())],
        };
        let mut browser = Firefox::launch(&launch).unwrap();
        let host = browser.install(&extension(Browser::Firefox).unwrap(), FIREFOX_ID).unwrap();
        Stage { browser, origin: format!("moz-extension://{host}"), home, site, _turn: turn }
    }

    /// Opens the site's page and clicks the toolbar button over it.
    fn click_over(&mut self, path: &str) {
        let url = self.site.url(path);
        self.browser.navigate(&url).unwrap();
        self.browser.click_action(FIREFOX_ID).unwrap();
    }

    /// Waits until an expression holds in the popup. If it never does, the error says what the
    /// popup shows instead.
    fn popup_shows(&mut self, expression: &str) -> Value {
        self.browser.popup_until(&format!("return {expression}"), &json!([])).unwrap_or_else(|error| {
            let text = self.browser.popup("return document.body.innerText", &json!([]));
            panic!("{error}; the popup shows {text:?}")
        })
    }

    fn badge_is(&mut self, text: &str) {
        let browser = &mut self.browser;
        until(&format!("the badge {text}"), || Ok((browser.badge(FIREFOX_ID)? == text).then_some(()))).unwrap();
    }

    /// Right-clicks a link and chooses “Cache this link”, which the menu has once the background
    /// has started.
    fn cache_link(&mut self, selector: &str) {
        let browser = &mut self.browser;
        until("the menu's item", || {
            browser.right_click(selector)?;
            Ok(browser.choose_menu_item("Cache this link")?.then_some(()))
        })
        .unwrap();
    }
}

#[test]
fn the_toolbar_button_files_the_page_and_says_later_that_it_is_saved() {
    let mut stage = Stage::new();
    stage.click_over("/article?utm_source=x&id=7");
    stage.popup_shows(&status_has("Saved"));
    stage.badge_is("✓");
    assert_eq!(stage.popup_shows("document.activeElement.type"), "search", "the search box has the focus");

    let path = only_page(&stage.home);
    let filed = Filed::read(&path).unwrap();
    assert_eq!(filed.keys[..4], ["title", "url", "hash_url", "captured_at"]);
    assert_eq!(filed.text("title"), ARTICLE_TITLE);
    assert_eq!(filed.text("url"), stage.site.url("/article?id=7"));
    assert_eq!(filed.text("captured_url"), stage.site.url("/article?utm_source=x&id=7"));
    assert_eq!(filed.text("source"), "page");
    assert_eq!(filed.text("hash_url"), path.parent().unwrap().file_name().unwrap().to_str().unwrap());
    assert!(filed.body.contains(ARTICLE_WORD));
    assert!(filed.body.contains(&stage.site.url("/members?x=1")), "links are absolute: {}", filed.body);

    let written = fs::read(&path).unwrap();
    stage.browser.close_popup().unwrap();
    stage.browser.click_action(FIREFOX_ID).unwrap();
    stage.popup_shows(&status_has("Saved on"));
    assert_eq!(fs::read(&path).unwrap(), written, "a page saved before is not saved again");
}

#[test]
fn pictures_and_sheets_are_kept_and_shown_without_a_network() {
    let mut stage = Stage::new();
    stage.click_over("/gallery/01-article.html");
    stage.popup_shows(&status_has("Saved"));
    let path = only_page(&stage.home);
    let kept = shared_files(&stage.home);
    let filed = Filed::read(&path).unwrap();
    let is_shown = |file: &&String| filed.body.contains(&format!("![Moss, near](../../assets/{file})"));
    assert!(kept.iter().find(is_shown).is_some_and(|file| file.ends_with(".png")), "{kept:?} {}", filed.body);

    stage.browser.close_popup().unwrap();
    stage.browser.navigate(&format!("file://{}", path.with_file_name("index.html").display())).unwrap();
    let shown = "return document.images[0].naturalWidth == 240 && \
                 getComputedStyle(document.body).backgroundColor == 'rgb(251, 250, 246)'";
    stage.browser.until(shown, &json!([])).unwrap();
    stage.browser.until(&format!("return {}", stage::IMPORT_IS_SHOWN), &json!([])).unwrap();
    stage::is_kept(&stage.browser.evaluate(&format!("return {}", stage::BEHIND), &json!([])).unwrap());
}

#[test]
fn undo_moves_the_page_to_the_trash() {
    let mut stage = Stage::new();
    stage.click_over("/article");
    stage.popup_shows(&button("Undo"));
    stage.popup_shows(&status_has("trash"));
    assert!(stage.home.pages().unwrap().is_empty());
    let trash = stage.home.cache().join(".trash");
    assert!(stage.home.files().unwrap().iter().any(|file| file.starts_with(&trash)));
}

#[test]
fn the_popup_finds_a_page_by_a_word_of_its_body_and_opens_the_copy() {
    let mut stage = Stage::new();
    stage.click_over("/article");
    stage.popup_shows(&status_has("Saved"));
    stage.browser.close_popup().unwrap();
    stage.click_over("/missing");
    stage.popup_shows("document.activeElement.type == 'search'");
    let keys: Vec<_> = ARTICLE_WORD[..6].split("").filter(|key| !key.is_empty()).collect();
    stage.browser.popup_keys(&keys).unwrap();
    let row = stage.popup_shows("document.querySelector('[role=option]')?.textContent");
    assert!(row.as_str().unwrap().contains(ARTICLE_TITLE), "{row}");
    assert!(row.as_str().unwrap().contains(ARTICLE_WORD), "the snippet shows the word: {row}");
    stage.browser.popup_keys(&["Enter"]).unwrap();
    stage.browser.go_to_tab("/view.html").unwrap();
    let shown = "return document.querySelector('main').textContent.includes(arguments[0])";
    stage.browser.until(shown, &json!([ARTICLE_WORD])).unwrap();
}

#[test]
fn a_copy_names_the_pages_like_it_and_leads_to_them() {
    let mut stage = Stage::new();
    let hash = stage::file_alike(&stage.home);
    stage.browser.navigate(&format!("{}/view.html?page={hash}", stage.origin)).unwrap();
    let named = format!("return {}", stage::NAMED_ALIKE);
    assert_eq!(stage.browser.until(&named, &json!([])).unwrap(), stage::named_alike());
    stage.browser.evaluate("document.querySelector('#related a').click()", &json!([])).unwrap();
    let followed = "return document.getElementById('text').textContent.includes('leaves behind')";
    stage.browser.until(followed, &json!([])).unwrap();
}

#[test]
fn a_link_is_cached_with_the_users_session_and_without_a_tab() {
    let mut stage = Stage::new();
    stage.browser.navigate(&stage.site.elsewhere("/login")).unwrap();
    stage.browser.navigate(&stage.site.url(&format!("/links?{}", stage.site.elsewhere("")))).unwrap();
    let tabs = stage.browser.tabs().unwrap();
    stage.cache_link("#members");
    let filed = filed_link(&stage.home);
    assert!(filed.body.contains(MEMBERS_WORD), "{}", filed.body);
    assert_eq!(filed.text("url"), stage.site.elsewhere("/members"));
    stage::shows_its_picture(&filed, &stage.home);
    let visits = stage.site.visits_of("/members");
    assert_eq!(visits.len(), 1);
    assert!(visits[0].cookie.contains("strict=s3cr3t") && visits[0].cookie.contains("lax=s3cr3t"), "{visits:?}");
    assert_eq!(visits[0].destination, "empty", "fetched, not opened");
    assert_eq!(stage.browser.tabs().unwrap(), tabs);
}

#[test]
fn a_link_that_a_script_renders_is_opened_in_a_quiet_tab_that_is_closed_again() {
    let mut stage = Stage::new();
    stage.browser.navigate(&stage.site.url(&format!("/links?{}", stage.site.elsewhere("")))).unwrap();
    let tabs = stage.browser.tabs().unwrap();
    stage.cache_link("#rendered");
    let filed = filed_link(&stage.home);
    assert!(filed.body.contains(RENDERED_WORD), "{}", filed.body);
    let destinations: Vec<_> = stage.site.visits_of("/rendered").into_iter().map(|visit| visit.destination).collect();
    assert_eq!(destinations, ["empty", "document"]);
    let browser = &mut stage.browser;
    until("the quiet tab's end", || Ok((browser.tabs()? == tabs).then_some(()))).unwrap();
}

#[test]
fn a_missing_host_is_named_with_the_command_that_installs_it_and_nothing_is_lost() {
    let mut stage = Stage::with(None);
    stage.click_over("/article");
    stage.popup_shows(&status_has("was not found"));
    assert_eq!(stage.popup_shows("document.querySelector('code').textContent"), "cachette install");
    stage.badge_is("!");
    assert!(stage.home.pages().unwrap().is_empty());

    stage.home.install(Browser::Firefox).unwrap();
    stage.popup_shows(&button("Try again"));
    stage.popup_shows(&status_has("Saved"));
    assert!(Filed::read(&only_page(&stage.home)).unwrap().body.contains(ARTICLE_WORD));
}

#[test]
fn a_host_that_dies_is_distinguished_from_one_that_is_missing() {
    let mut stage = Stage::new();
    let manifests = stage.home.user().join(".mozilla/native-messaging-hosts");
    stage::install_one_that_dies(&stage.home, &manifests.join("org.cachette.host.json"));
    stage.click_over("/article");
    stage.popup_shows(&status_has("stopped unexpectedly"));
    assert_eq!(stage.popup_shows("document.querySelector('code').textContent"), "cachette doctor");
}

#[test]
fn a_page_that_kills_the_host_twice_is_set_aside_and_blocks_nothing() {
    let mut stage = Stage::new();
    let manifest = stage.home.user().join(".mozilla/native-messaging-hosts/org.cachette.host.json");
    let deaths = stage::install_one_that_dies_of(&stage.home, &manifest, STRICT_WORD);
    stage.click_over("/strict");
    stage.popup_shows(&status_has("stopped unexpectedly"));
    stage.popup_shows(&stage::sets_aside("Strict"));
    assert_eq!(stage::deaths(&deaths), 2);
    stage.browser.close_popup().unwrap();

    stage.click_over("/article");
    stage.popup_shows(&status_has("Saved"));
    assert!(Filed::read(&only_page(&stage.home)).unwrap().body.contains(ARTICLE_WORD));
    stage.popup_shows(&button("Undo"));
    stage.popup_shows(&status_has("trash"));
    stage.popup_shows(&stage::sets_aside("Strict"));
    assert_eq!(stage::deaths(&deaths), 2, "it was sent again unasked");
    stage.popup_shows(&button("Throw away"));
    stage.popup_shows("document.getElementById('aside').hidden");
}

#[test]
fn what_prevents_saving_is_shown_before_anything_is_saved() {
    let mut stage = Stage::new();
    stage::file_and_close(&stage.home, &stage.site.url("/article"));
    stage.click_over("/article");
    stage.popup_shows(stage::FOREWARNED);
}

#[test]
fn a_page_of_the_browser_is_refused_in_words() {
    let mut stage = Stage::new();
    stage.browser.navigate("about:license").unwrap();
    stage.browser.click_action(FIREFOX_ID).unwrap();
    stage.popup_shows(&status_has("does not let extensions read"));
    assert!(stage.home.pages().unwrap().is_empty());
}

#[test]
fn a_private_window_has_no_button_and_leaves_nothing_behind() {
    let mut stage = Stage::new();
    stage.browser.open(&stage.site.url("/links"), true).unwrap();
    let refused = stage.browser.click_action(FIREFOX_ID);
    assert!(matches!(refused, Err(DriverError::Refused { .. })), "{refused:?}");
    stage.browser.right_click("#article").unwrap();
    assert!(!stage.browser.choose_menu_item("Cache this link").unwrap());
    assert!(stage.home.files().unwrap().is_empty());
}

#[test]
fn a_page_under_a_strict_content_security_policy_is_saved() {
    let mut stage = Stage::new();
    stage.click_over("/strict");
    stage.popup_shows(&status_has("Saved"));
    assert!(Filed::read(&only_page(&stage.home)).unwrap().body.contains(STRICT_WORD));
}

#[test]
fn a_page_that_changes_all_the_time_is_saved_as_it_was_at_one_moment() {
    let mut stage = Stage::new();
    stage.click_over("/restless");
    stage.popup_shows(&status_has("Saved"));
    stage::is_of_one_moment(&Filed::read(&only_page(&stage.home)).unwrap());
}

#[test]
fn addresses_are_named_alike_in_the_browser_and_in_the_host() {
    let mut stage = Stage::new();
    let popup = format!("{}/popup.html", stage.origin);
    stage.browser.navigate(&popup).unwrap();
    let vectors: Value =
        serde_json::from_str(&fs::read_to_string(repository().join("crates/address/vectors.json")).unwrap()).unwrap();
    let body = format!("return {}", stage::named_by_the_extension("browser", &vectors));
    let answers = stage.browser.evaluate(&body, &json!([])).unwrap();
    stage::assert_named_alike(&vectors, &answers);
}

/// Returns the only page of the cache, a link's, once it is there.
fn filed_link(home: &Home) -> Filed {
    let path = until("the link's file", || Ok(home.pages()?.into_iter().next())).unwrap();
    let filed = Filed::read(&path).unwrap();
    assert_eq!(filed.text("source"), "link");
    filed
}

#[test]
fn no_copy_of_a_hostile_page_asks_for_anything_runs_anything_or_leads_elsewhere() {
    let _turn = Turn::take();
    let (home, site) = (Home::new().unwrap(), Site::start().unwrap());
    let (profile, user) = (home.profile(), home.user());
    let mut browser =
        Firefox::launch(&Launch { profile: &profile, home: &user, preferences: &[], display: None, env: &[] }).unwrap();
    let hostile = Hostile::file(&home, &site).unwrap();
    let has_run = format!("return {HAS_RUN}");
    let mut ran = 0;
    for raw in &hostile.raw {
        browser.navigate(&format!("file://{}", raw.display())).unwrap();
        thread::sleep(Duration::from_millis(700));
        ran += u32::from(browser.evaluate(&has_run, &json!([])).is_ok_and(|ran| ran == true));
    }
    let before = asked(&site);
    assert!(ran >= 4 && before >= 40, "the page itself does something: {ran} {before}");
    assert!(hostile.copies.len() >= 14, "{:?}", hostile.copies);
    for copy in &hostile.copies {
        let address = format!("file://{}", copy.display());
        browser.navigate(&address).unwrap();
        thread::sleep(Duration::from_millis(300));
        assert_eq!(browser.evaluate(&has_run, &json!([])).unwrap(), false, "{address}");
        assert_eq!(browser.evaluate("return location.href", &json!([])).unwrap(), address.as_str());
        let loaded = format!("return {LOADED}");
        assert_eq!(browser.evaluate(&loaded, &json!([])).unwrap(), json!([]), "{address}");
        assert_eq!(asked(&site), before, "{address}");
    }
}
