//! Tests in Chromium that a person reads their own language. The host's and the capture's notices
//! travel as codes, and the extension has the words.

use super::*;

#[test]
fn notices_of_a_save_are_shown_in_the_language_of_the_person() {
    let turn = Turn::take();
    let (home, site) = (Home::new().unwrap(), Site::start().unwrap());
    home.install(Browser::Chromium).unwrap();
    let german = german(&home);
    let mut browser = launch_with(&home, &german, None);
    let worker = browser.service_worker(CHROMIUM_ID).unwrap();
    let mut stage = Stage { browser, worker, home, site, _turn: turn };
    let page = stage.browser.open(&stage.site.url("/framed")).unwrap();
    let popup = stage.click(&page);
    stage.shows(&popup, &status_has(&words("de", "saved")));
    let detail = stage.shows(&popup, "document.getElementById('detail').innerText");
    let detail = detail.as_str().unwrap();
    // The first comes from the capture, the second from the host.
    for code in ["code_frames_missing", "code_spans_capped"] {
        assert!(detail.contains(&words("de", code)), "{code} is not in “{detail}”");
        assert!(!detail.contains(&words("en", code)), "{code} is in English: “{detail}”");
    }
}

/// Makes a copy of the extension that knows German only, which a browser of any language then
/// shows. Browsers bring few languages with them, and this rig can rely on English alone.
fn german(home: &Home) -> PathBuf {
    let folder = home.dir().join("german");
    copy(&extension(Browser::Chromium).unwrap(), &folder);
    for language in fs::read_dir(folder.join("_locales")).unwrap() {
        let language = language.unwrap();
        if language.file_name() != "de" {
            fs::remove_dir_all(language.path()).unwrap();
        }
    }
    let path = folder.join("manifest.json");
    let mut manifest: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    manifest["default_locale"] = "de".into();
    fs::write(&path, manifest.to_string()).unwrap();
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Returns a text of the extension in a language.
fn words(language: &str, key: &str) -> String {
    let path = repository().join(format!("extension/static/_locales/{language}/messages.json"));
    let messages: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    messages[key]["message"].as_str().unwrap().to_owned()
}
