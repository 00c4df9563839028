//! Tests importing and exporting the original cache's folders.

use super::*;

const SEED: &str = "title: La difficile promesse de l'auto-hébergement\nurl: http://www.servicedenuages.\
 fr/difficile-promesse-autohebergement\nhash_url: 0daebd620201f59850a9337aee48a511\n\n<p>Au détour de quelques <a \
 class=\"reference external\" href=\"https://kinto.readthedocs.org\">conversations</a>, des <em>mots</em>.</p>\n\
 <div class=\"section\" id=\"auto-hebergement\"> <h2>Auto-hébergement</h2> <img alt=\"Un nuage\" \
 class=\"align-center\" src=\"http://www.servicedenuages.fr/nuage.png\"/> </div>\n";
const SLASHES: &str = "title: UX: la \"nouvelle\" donne\nurl: https://borisschapira.\
 com//2018/02/site-statique-performance-web/\nhash_url: ff210758520a85e3e8d4102ef925b6ea\n\n<p>Une seule ligne.\
 </p>\n";

fn plant(dir: &Path, folder: &str, name: &str, text: &str) {
    fs::create_dir_all(dir.join(folder)).unwrap();
    fs::write(dir.join(folder).join(name), text).unwrap();
}

fn import(cache: &mut Cache, dir: &Path) -> OriginalReport {
    cache.import_original(dir, &mut |_, _| {}).unwrap()
}

/// All files below a folder by their path, except the pages for viewing.
fn entries(dir: &Path) -> std::collections::BTreeMap<PathBuf, String> {
    let (mut found, mut folders) = (std::collections::BTreeMap::new(), vec![dir.to_owned()]);
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.ends_with("index.md") {
                let text = fs::read_to_string(&path).unwrap();
                found.insert(path.strip_prefix(dir).unwrap().to_owned(), text);
            }
        }
    }
    found
}

#[test]
fn entries_come_in_and_go_out_with_their_folders_lines_and_addresses() {
    let room = Room::new();
    let origin = room.dir.path().join("origin");
    plant(&origin, "cache/0daebd620201f59850a9337aee48a511", "index.md", SEED);
    plant(&origin, "cache/2018/ff210758520a85e3e8d4102ef925b6ea", "index.md", SLASHES);
    // A parser writes this address differently: it lacks its slash and has an upper-case host.
    let odd = "http://EXAMPLE.org";
    plant(
        &origin,
        "cache/ce9fb1279b411e92fd1e0f3b662c3bc5",
        "index.md",
        &format!("title: Odd\nurl: {odd}\nhash_url: ce9fb1279b411e92fd1e0f3b662c3bc5\n\n<p>Odd.</p>"),
    );
    let mut cache = room.cache();
    let report = import(&mut cache, &origin);
    assert_eq!((report.done, report.unchanged, report.failed), (3, 0, vec![]));
    let shown = |cache: &mut Cache, url: &str| cache.read(&hash_of(url), At::Newest).unwrap();
    let seed = shown(&mut cache, "http://www.servicedenuages.fr/difficile-promesse-autohebergement");
    assert_eq!(seed.title, "La difficile promesse de l'auto-hébergement");
    assert!(seed.markdown().contains("[conversations](https://kinto.readthedocs.org"), "{}", seed.markdown());
    assert!(seed.markdown().contains("## Auto-hébergement") && seed.markdown().contains("![Un nuage]("));
    assert_eq!(
        shown(&mut cache, "https://borisschapira.com//2018/02/site-statique-performance-web/").title,
        "UX: la \"nouvelle\" donne"
    );
    assert_eq!(hits(&mut cache, "nuage").len(), 1);

    let out = room.dir.path().join("out");
    assert_eq!(cache.export_original(&out, &mut |_, _| {}).unwrap().done, 3);
    let (written, read) = (entries(&out), entries(&origin.join("cache")));
    assert_eq!(written.keys().collect::<Vec<_>>(), read.keys().collect::<Vec<_>>());
    for (path, text) in &read {
        let lines = |text: &str| text.lines().take(4).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(lines(&written[path]), lines(text));
    }
    assert!(written[Path::new("0daebd620201f59850a9337aee48a511/index.md")].contains("<em>mots</em>"));

    // A second export finds everything present; a second import of either changes nothing.
    assert_eq!(cache.export_original(&out, &mut |_, _| {}).unwrap().unchanged, 3);
    for dir in [&origin, &out] {
        let report = import(&mut cache, dir);
        assert_eq!((report.done, report.unchanged, report.failed), (0, 3, vec![]), "{}", dir.display());
    }
    // Import into an empty cache and export again: the entries are the same.
    let other = Room::new();
    let mut second = other.cache();
    assert_eq!(import(&mut second, &out).done, 3);
    let again = other.dir.path().join("again");
    second.export_original(&again, &mut |_, _| {}).unwrap();
    assert_eq!(entries(&again), written);
}

#[test]
fn a_later_entry_is_known_by_the_link_whose_hash_is_its_folder() {
    let room = Room::new();
    let origin = room.dir.path().join("cache");
    let page = "<html lang=en><title>Cached (archive)</title><article><h1>Cached</h1><p>Webpages are dead, they \
     say, and so on for long.</p><a href=\"https://adactio.com/articles/14321\">source</a></article>";
    plant(&origin, "2024/22968d175d13a6693433c7c4732469da", "index.html", page);
    plant(&origin, "2024/11111111111111111111111111111111", "index.html", page);
    plant(&origin, "22222222222222222222222222222222", "other", "x");
    plant(&origin, "33333333333333333333333333333333", "index.md", "title: x\n\n<p>x</p>");
    let mut cache = room.cache();
    let report = import(&mut cache, &origin);
    assert_eq!((report.done, report.failed.len()), (1, 3), "{report:?}");
    assert!(report.failed.iter().all(|(_, why)| why.ends_with('.')));
    let listed = cache.list(9, 0).unwrap();
    assert_eq!(listed[0].url, "https://adactio.com/articles/14321");
    assert_eq!(hits(&mut cache, "webpages").len(), 1);
}

#[test]
fn a_secret_in_an_address_is_not_kept_for_the_export() {
    let room = Room::new();
    let origin = room.dir.path().join("cache");
    plant(
        &origin,
        "44444444444444444444444444444444",
        "index.md",
        "title: x\nurl: http://me:canary@example.org/a\nhash_url: y\n\n<p>Some words.</p>",
    );
    let mut cache = room.cache();
    let report = import(&mut cache, &origin);
    assert_eq!((report.done, report.notes.len()), (1, 1));
    let file = cache.read(&hash_of("http://example.org/a"), At::Newest).unwrap().file;
    assert!(!file.contains("canary"), "{file}");
    assert!(cache.import_original(&room.dir.path().join("nowhere"), &mut |_, _| {}).is_err());
}
