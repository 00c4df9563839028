//! Tests in Chromium that a search says what it corrected and could not read, and that one key
//! undoes a correction.

use super::*;

#[test]
fn a_correction_is_named_and_one_key_undoes_it() {
    let mut stage = Stage::headless();
    let file = stage.home.dir().join("page.html");
    let pages = [("letter", "They receive a letter every week."), ("note", "Nobody writes a note.")];
    for (name, text) in pages {
        fs::write(&file, format!("<title>{name}</title><article><p>{text}</p></article>")).unwrap();
        let url = format!("https://example.org/{name}");
        stage.home.run(&["add", "--url", &url, &file.to_string_lossy()]).unwrap();
    }
    let popup = stage.browser.open(&format!("chrome-extension://{CHROMIUM_ID}/popup.html")).unwrap();
    stage.shows(&popup, "document.activeElement?.type === 'search'");
    stage.browser.type_text(&popup, "recieve").unwrap();
    stage.shows(&popup, "document.getElementById('found').textContent.includes('receive')");
    stage.shows(&popup, "document.querySelectorAll('[role=option]').length == 1");
    picture(&mut stage, &popup, "corrected.png");
    stage.browser.press(&popup, "Escape", false).unwrap();
    stage.shows(&popup, "document.getElementById('query').value == '\"recieve\"'");
    stage.shows(&popup, "document.getElementById('as-typed').hidden");
    stage.shows(&popup, "document.getElementById('found').textContent.includes('No ')");
    picture(&mut stage, &popup, "as-typed.png");
    stage.browser.press(&popup, "Escape", false).unwrap();
    stage.shows(&popup, "document.getElementById('query').value == ''");

    stage.browser.type_text(&popup, "letter after:2024-13").unwrap();
    stage.shows(&popup, "document.getElementById('found').textContent.includes('after:2024-13')");
    picture(&mut stage, &popup, "no-date.png");
    stage.browser.press(&popup, "Escape", false).unwrap();
    stage.browser.type_text(&popup, "what do they receive in letters").unwrap();
    stage.shows(&popup, "document.querySelector('[role=option]').textContent.includes('letter')");
    picture(&mut stage, &popup, "question.png");
}

/// Keeps a picture of a page in the folder that `CACHETTE_PICTURES` names, for people to look at.
fn picture(stage: &mut Stage, page: &Page, name: &str) {
    if let Some(folder) = std::env::var_os("CACHETTE_PICTURES") {
        fs::write(Path::new(&folder).join(name), stage.browser.screenshot(page).unwrap()).unwrap();
    }
}
