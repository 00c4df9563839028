//! Tests shared files. They are written before the page that names them, once each, and removed
//! only when nothing names them.

use cachette_page::Asset;

use super::*;
use crate::Verdict;

fn asset(text: &str) -> Asset {
    Asset::picture(format!("GIF89a{text}").into_bytes()).unwrap()
}

fn file_with(home: &Home, second: i64, markdown: &str, html: &str, assets: &[Asset]) -> Filed {
    let (store, address, hash) = (home.store(), address(), article_hash(markdown));
    let claim = store.claim([address.hash_url()]).unwrap();
    let filed = claim.file(&Draft { assets, ..draft(&address, second, markdown, &hash, Some(html)) }).unwrap();
    claim.settle(address.hash_url()).unwrap();
    filed
}

fn link(asset: &Asset) -> String {
    format!("![x](../../assets/{}/{})", asset.shard(), asset.name)
}

fn kept(home: &Home) -> Vec<String> {
    let mut files = BTreeMap::new();
    collect(&home.path().join("assets"), "", &mut files);
    files.into_keys().filter(|name| !name.ends_with('/')).collect()
}

#[test]
fn a_shared_file_is_kept_once_and_an_unchanged_page_brings_none() {
    let home = Home::new();
    let (one, other) = (asset("one"), asset("other"));
    file_with(&home, 0, &link(&one), "<p>", std::slice::from_ref(&one));
    assert_eq!(kept(&home), [format!("{}/{}", one.shard(), one.name)]);
    assert_eq!(file_with(&home, 1, &link(&one), "<p>x", &[other]).filing, Filing::Unchanged);
    assert_eq!(kept(&home).len(), 1);
    assert_eq!(home.store().verify_assets().unwrap(), (1, Vec::new()));
}

#[test]
fn a_collection_keeps_what_any_version_or_the_trash_names() {
    let home = Home::new();
    let all: Vec<Asset> = ["article", "older", "html", "sheet's", "trash", "note's", "nobody's"].map(asset).to_vec();
    let [article, older, html, in_sheet, trashed, note, _] = &all[..] else { panic!() };
    let css = format!("a{{b:url(\"../{}/{}\")}}", in_sheet.shard(), in_sheet.name).into_bytes();
    let sheet = Asset { name: format!("{}.css", cachette_page::digest::sha256_hex(&css)), bytes: css };
    let shown = |asset: &Asset| format!("<img src=\"../../assets/{}/{}\">", asset.shard(), asset.name);
    file_with(&home, 0, &link(trashed), "<p>", &all);
    let claim = home.store().claim([hash().as_str()]).unwrap();
    claim.remove(&hash(), None, at(1)).unwrap();
    claim.settle(&hash()).unwrap();
    drop(claim);
    file_with(&home, 2, &link(older), "<p>", &all);
    file_with(&home, 3, &link(article), &(shown(html) + &shown(&sheet)), std::slice::from_ref(&sheet));
    fs::write(home.page().join("my notes.md"), link(note)).unwrap();
    fs::write(home.path().join("assets/left.txt"), "a person's").unwrap();
    fs::write(home.path().join("assets").join(article.shard()).join(".tmp-1-2.asset"), "cut off").unwrap();

    let collected = home.store().collect().unwrap();
    assert_eq!(collected.files, 2, "nobody's and the one that was cut off");
    let left = kept(&home);
    for asset in all.iter().take(6).chain([&sheet]) {
        assert!(left.contains(&format!("{}/{}", asset.shard(), asset.name)), "{}", asset.name);
    }
    assert_eq!(left.len(), 8, "{left:?}");
    assert_eq!(home.store().collect().unwrap(), crate::Collected::default());
}

#[test]
fn a_collection_keeps_what_sheets_import_from_each_other() {
    let home = Home::new();
    let sheet = |text: String| Asset {
        name: format!("{}.css", cachette_page::digest::sha256_hex(text.as_bytes())),
        bytes: text.into_bytes(),
    };
    // Each file names the previous one, so any order of the names meets one too early.
    let mut chain = vec![asset("shown by the last")];
    for _ in 0..12 {
        let before = chain.last().unwrap();
        chain.push(sheet(format!("@import \"../{}/{}\";", before.shard(), before.name)));
    }
    let first = chain.last().unwrap();
    let html = format!("<link rel=stylesheet href=\"../../assets/{}/{}\">", first.shard(), first.name);
    let stray = sheet("nobody's".into());
    let all: Vec<Asset> = chain.iter().cloned().chain([stray]).collect();
    file_with(&home, 0, "A", &html, &all);
    assert_eq!(home.store().collect().unwrap().files, 1);
    assert_eq!(kept(&home).len(), chain.len());
}

#[test]
fn a_large_file_that_names_nothing_stops_no_collection_and_a_text_does() {
    let home = Home::new();
    let (shown, stray) = (asset("shown"), asset("stray"));
    file_with(&home, 0, &link(&shown), "<p>", &[shown.clone(), stray]);
    let sparse = |path: std::path::PathBuf| fs::File::create(path).unwrap().set_len((512 << 20) + 1).unwrap();
    for path in [home.path().join("film.mkv"), home.page().join("film.mkv"), home.path().join("pages/film")] {
        sparse(path);
    }
    for path in [home.path().join("notes.MD"), home.page().join("versions.html"), home.page().join("notes.txt")] {
        sparse(path.clone());
        let refused = home.store().collect();
        assert!(matches!(&refused, Err(StoreError::TooLarge { path: named, .. }) if *named == path), "{refused:?}");
        fs::remove_file(path).unwrap();
        assert_eq!(kept(&home).len(), 2, "nothing was removed");
    }
    assert_eq!(home.store().collect().unwrap().files, 1);
    assert_eq!(kept(&home), [format!("{}/{}", shown.shard(), shown.name)]);
}

#[test]
fn saves_and_collections_at_once_lose_nothing() {
    let home = Home::new();
    file_with(&home, 0, "first", "<p>", &[]);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for _ in 0..20 {
                home.store().collect().unwrap();
            }
        });
        for second in 1..40 {
            // The same few files come and go.
            let asset = asset(&format!("{}", second % 3));
            file_with(&home, second, &format!("{second} {}", link(&asset)), "<p>", std::slice::from_ref(&asset));
            assert!(kept(&home).contains(&format!("{}/{}", asset.shard(), asset.name)));
        }
    });
}

#[test]
fn a_damaged_shared_file_is_reported() {
    let home = Home::new();
    let (good, bad) = (asset("good"), asset("bad"));
    file_with(&home, 0, &(link(&good) + &link(&bad)), "<p>", &[good, bad.clone()]);
    let path = home.path().join("assets").join(bad.shard()).join(&bad.name);
    fs::write(&path, "GIF89aBAD").unwrap();
    let (files, findings) = home.store().verify_assets().unwrap();
    assert_eq!((files, findings.len()), (2, 1));
    assert_eq!((findings[0].verdict, &findings[0].path), (Verdict::Damaged, &path));
    // After another save the file is there again, whatever its length is now.
    fs::write(&path, "short").unwrap();
    file_with(&home, 1, &(link(&bad) + "again"), "<p>", std::slice::from_ref(&bad));
    assert_eq!(fs::read(&path).unwrap(), bad.bytes);
}

#[test]
fn what_a_cut_off_save_left_among_shared_files_is_swept_unless_somebody_is_at_work() {
    let home = Home::new();
    let one = asset("one");
    file_with(&home, 0, &link(&one), "<p>", std::slice::from_ref(&one));
    let shard = home.path().join("assets").join(one.shard());
    for name in [".tmp-1-2.asset", ".tmp-9-9.asset", "a person's.txt"] {
        fs::write(shard.join(name), "cut off").unwrap();
    }
    let claim = home.store().claim([hash().as_str()]).unwrap();
    assert_eq!(home.store().sweep_assets().unwrap(), 0);
    drop(claim);
    assert_eq!(home.store().sweep_assets().unwrap(), 2);
    assert_eq!(home.store().sweep_assets().unwrap(), 0);
    let mut left: Vec<_> = fs::read_dir(&shard).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, [one.name.as_str(), "a person's.txt"]);
}
