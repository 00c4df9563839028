//! Tests in Chromium a page at which the host fails. It is set aside until the user asks for it,
//! even across a restart of the browser.

use super::*;

#[test]
fn a_page_that_kills_the_host_twice_is_set_aside_and_blocks_nothing() {
    let mut stage = Stage::headless();
    let manifest = host_manifests(&stage.home.profile()).join("org.cachette.host.json");
    let real = fs::read(&manifest).unwrap();
    let deaths = stage::install_one_that_dies_of(&stage.home, &manifest, STRICT_WORD);
    let page = stage.browser.open(&stage.site.url("/strict")).unwrap();
    let popup = stage.click(&page);
    stage.shows(&popup, &status_has("stopped unexpectedly"));
    stage.shows(&popup, &stage::sets_aside("Strict"));
    if let Some(folder) = std::env::var_os("CACHETTE_PICTURES") {
        let picture = stage.browser.screenshot(&popup).unwrap();
        fs::write(Path::new(&folder).join("aside.png"), picture).unwrap();
    }
    assert_eq!(stage::deaths(&deaths), 2);
    stage.browser.close(&popup).unwrap();

    let other = stage.browser.open(&stage.site.url("/article")).unwrap();
    let popup = stage.click(&other);
    stage.shows(&popup, &status_has("Saved"));
    assert!(Filed::read(&only_page(&stage.home)).unwrap().body.contains(ARTICLE_WORD));
    // Once another save is done, everything that follows the first has happened.
    stage.shows(&popup, &button("Undo"));
    stage.shows(&popup, &status_has("trash"));
    stage.shows(&popup, &stage::sets_aside("Strict"));
    assert_eq!(stage::deaths(&deaths), 2, "it was sent again unasked");

    // The extension remembers it after the browser's end.
    let Stage { browser, home, site, _turn, .. } = stage;
    browser.quit().unwrap();
    let mut browser = launch(&home, None);
    let worker = browser.service_worker(CHROMIUM_ID).unwrap();
    let mut stage = Stage { browser, worker, home, site, _turn };
    let page = stage.browser.open(&format!("chrome-extension://{CHROMIUM_ID}/popup.html")).unwrap();
    stage.shows(&page, &stage::sets_aside("Strict"));
    assert_eq!(stage::deaths(&deaths), 2);
    stage.shows(&page, &button("Try again"));
    until("the third death", || Ok((stage::deaths(&deaths) == 3).then_some(()))).unwrap();
    stage.shows(&page, &stage::sets_aside("Strict"));

    fs::write(&manifest, real).unwrap();
    stage.shows(&page, &button("Try again"));
    stage.shows(&page, "document.getElementById('aside').hidden");
    let filed = Filed::read(&only_page(&stage.home)).unwrap();
    assert!(filed.body.contains(STRICT_WORD), "{}", filed.body);
}
