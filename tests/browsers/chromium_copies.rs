//! Tests copies of a hostile page, opened in Chromium from the disk. Nothing runs, loads or leads
//! elsewhere. No extension is needed.

use cachette_tests::hostile::{HAS_RUN, Hostile, LOADED, asked, no_extension};

use super::*;

#[test]
fn no_copy_of_a_hostile_page_asks_for_anything_runs_anything_or_leads_elsewhere() {
    let _turn = Turn::take();
    let (home, site) = (Home::new().unwrap(), Site::start().unwrap());
    let extension = no_extension(&home).unwrap();
    let (profile, user) = (home.profile(), home.user());
    let launch =
        Launch { profile: &profile, home: &user, extension: &extension, display: None, private: false, env: &[] };
    let mut browser = Chromium::launch(&launch).unwrap();
    let hostile = Hostile::file(&home, &site).unwrap();
    let mut ran = 0;
    for raw in &hostile.raw {
        // A page that leads elsewhere at once never reports that it has loaded.
        let page = browser.open("about:blank").unwrap();
        let address = json!({"url": format!("file://{}", raw.display())});
        browser.command(Some(&page), "Page.navigate", address).unwrap();
        thread::sleep(Duration::from_millis(700));
        ran += u32::from(browser.evaluate(&page, HAS_RUN).unwrap() == true);
        browser.close(&page).unwrap();
    }
    let before = asked(&site);
    assert!(ran >= 4 && before >= 40, "the page itself does something: {ran} {before}");
    assert!(hostile.copies.len() >= 14, "{:?}", hostile.copies);
    for copy in &hostile.copies {
        let address = format!("file://{}", copy.display());
        let page = browser.open(&address).unwrap();
        thread::sleep(Duration::from_millis(300));
        assert_eq!(browser.evaluate(&page, HAS_RUN).unwrap(), false, "{address}");
        assert_eq!(browser.evaluate(&page, "location.href").unwrap(), address.as_str());
        assert_eq!(browser.evaluate(&page, LOADED).unwrap(), json!([]), "{address}");
        assert_eq!(asked(&site), before, "{address}");
        browser.close(&page).unwrap();
    }
}
