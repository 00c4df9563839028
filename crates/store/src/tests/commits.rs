//! Tests the files after a save.

use std::fs;

use proptest::prelude::*;

use super::*;
use crate::digest::sha256_hex;
use crate::format_moment;
use crate::front_matter::FrontMatter;

#[test]
fn a_saved_page_opens_with_the_original_keys_in_order() {
    let home = Home::new();
    let filed = home.save(0, "Hello", Some("<p>Hello"));
    assert_eq!(filed.filing, Filing::NewPage);
    let file = home.index_md();
    let start = format!(
        "---\ntitle: \"A title\"\nurl: \"{URL}\"\nhash_url: \"{}\"\ncaptured_at: \"2023-11-14T22:13:20.000Z\"\n",
        hash()
    );
    assert!(file.starts_with(&start), "{file}");
    assert!(file.ends_with("---\n\nHello\n"), "{file}");
    let (front, body) = FrontMatter::parse(&file).unwrap();
    assert_eq!(front.get("content_hash").unwrap(), sha256_hex(body.as_bytes()));
    assert_eq!(front.get("html_hash").unwrap(), sha256_hex(b"<p>Hello"));
    assert_eq!(front.get("article_hash").unwrap(), article_hash("Hello"));
    assert_eq!(front.get("lang").unwrap(), "en");
    assert_eq!(front.get("author"), None);
    assert_eq!(front.get("captured_url"), None);
    assert_eq!(fs::read_to_string(home.page().join("index.html")).unwrap(), "<p>Hello");
    assert_eq!(fs::read_to_string(home.path().join(".format")).unwrap(), "2\n");
    assert!(home.store().unsettled().unwrap().is_empty());
}

#[test]
fn a_b_a_makes_three_versions() {
    let home = Home::new();
    assert_eq!(filing(&home, 0, "A"), Filing::NewPage);
    assert_eq!(filing(&home, 1, "B"), Filing::NewVersion);
    assert_eq!(filing(&home, 2, "A"), Filing::NewVersion);
    assert_eq!(
        home.versions(),
        ["20231114T221320000Z.html", "20231114T221320000Z.md", "20231114T221321000Z.html", "20231114T221321000Z.md"]
    );
    let versions: Vec<_> = home.store().versions(&hash()).unwrap().iter().map(|v| v.captured_at).collect();
    assert_eq!(versions, [at(1), at(0)]);
    let older = home.store().version(&hash(), &home.store().versions(&hash()).unwrap()[0]).unwrap().unwrap();
    assert_eq!(older.body(), "\nB\n");
}

#[test]
fn an_unchanged_article_only_moves_seen_at() {
    let home = Home::new();
    home.save(0, "A", Some("<p>A"));
    let before = home.index_md();
    let filed = home.save(9, "A", Some("<p>A, with another advertisement"));
    assert_eq!((filed.filing, filed.captured_at), (Filing::Unchanged, at(0)));
    let after = home.index_md();
    assert_eq!(after, before.replace("\n---\n", &format!("\nseen_at: \"{}\"\n---\n", format_moment(at(9)))));
    assert!(home.versions().is_empty());
    // An even older capture changes nothing.
    home.save(5, "A", None);
    assert_eq!(home.index_md(), after);
}

#[test]
fn the_same_capture_again_writes_nothing() {
    let home = Home::new();
    filing(&home, 0, "A");
    filing(&home, 1, "B");
    let before = home.files();
    assert_eq!(filing(&home, 1, "B"), Filing::Known);
    assert_eq!(filing(&home, 0, "A"), Filing::Known);
    assert_eq!(home.files(), before);
}

#[test]
fn an_older_capture_goes_to_the_versions() {
    let home = Home::new();
    filing(&home, 10, "A");
    assert_eq!(filing(&home, 5, "B"), Filing::OlderVersion);
    assert_eq!(home.versions(), ["20231114T221325000Z.html", "20231114T221325000Z.md"]);
    assert!(home.index_md().ends_with("\nA\n"));
    // The draft is compared with the version that was valid at its time.
    assert_eq!(filing(&home, 7, "B"), Filing::Unchanged);
    assert_eq!(home.versions().len(), 2);
    assert!(
        fs::read_to_string(home.page().join("versions/20231114T221325000Z.md"))
            .unwrap()
            .contains(&format!("seen_at: \"{}\"", format_moment(at(7))))
    );
    assert_eq!(filing(&home, 8, "A"), Filing::OlderVersion);
    assert_eq!(filing(&home, 8, "A"), Filing::Known);
}

#[test]
fn captures_of_one_millisecond_get_numbers() {
    let home = Home::new();
    assert_eq!(filing(&home, 0, "A"), Filing::NewPage);
    assert_eq!(filing(&home, 0, "B"), Filing::NewVersion);
    assert_eq!(filing(&home, 0, "C"), Filing::NewVersion);
    assert_eq!(filing(&home, 0, "B"), Filing::Known);
    assert_eq!(
        home.versions(),
        [
            "20231114T221320000Z-2.html",
            "20231114T221320000Z-2.md",
            "20231114T221320000Z.html",
            "20231114T221320000Z.md"
        ]
    );
}

#[test]
fn what_people_wrote_survives_the_next_version() {
    let home = Home::new();
    filing(&home, 0, "A");
    home.edit("title: \"A title\"", "title: A better title");
    home.edit("\n---\n", "\n# a remark\nrating: 5\nrelated:\n  - x\n  - \"y\"\ntags: [keep, 'this']\n---\n");
    home.edit("\nA\n", "\nA, with a note of mine\n");
    let edited = home.index_md();
    assert_eq!(filing(&home, 1, "B"), Filing::NewVersion);
    // They are equal byte for byte, except for the added hash of the edited body, which lets damage
    // be recognised.
    let kept = fs::read_to_string(home.page().join("versions/20231114T221320000Z.md")).unwrap();
    let note = format!("edited_hash: \"{}\"\n", sha256_hex(b"\nA, with a note of mine\n"));
    assert_eq!(kept.replacen(&note, "", 1), edited);
    assert_eq!(kept.len(), edited.len() + note.len());
    let file = home.index_md();
    assert!(!file.contains("edited_hash"));
    assert!(file.contains("\n# a remark\nrating: 5\nrelated:\n  - x\n  - \"y\"\n"), "{file}");
    let (front, body) = FrontMatter::parse(&file).unwrap();
    assert_eq!(front.get("title").unwrap(), "A better title");
    assert_eq!(front.list("tags"), ["keep", "this"]);
    assert_eq!(body, "\nB\n");
    assert_eq!(front.keys().take(4).collect::<Vec<_>>(), ["title", "url", "hash_url", "captured_at"]);
    // The next save does the same.
    filing(&home, 2, "C");
    assert!(home.index_md().contains("title: \"A better title\""));
}

#[test]
fn a_title_that_nobody_corrected_follows_the_page() {
    let home = Home::new();
    home.save(0, "A", None);
    let (address, hash) = (address(), article_hash("B"));
    let claim = home.store().claim([address.hash_url()]).unwrap();
    let filed = claim.file(&Draft { title: "Another", ..draft(&address, 1, "B", &hash, None) }).unwrap();
    assert_eq!(filed.title, "Another");
}

#[test]
fn an_edit_of_the_body_survives_being_seen_again() {
    let home = Home::new();
    filing(&home, 0, "A");
    home.edit("\nA\n", "\nA, as I see it\n");
    assert_eq!(filing(&home, 1, "A"), Filing::Unchanged);
    assert!(home.index_md().ends_with("\nA, as I see it\n"));
    assert!(home.index_md().contains("seen_at"));
}

#[test]
fn a_file_that_cannot_be_read_is_kept_as_it_is() {
    let home = Home::new();
    filing(&home, 0, "A");
    fs::write(home.page().join("index.md"), b"\xff\xfe no front matter").unwrap();
    assert_eq!(filing(&home, 1_000_000_000, "A"), Filing::NewVersion);
    let kept: Vec<String> = home.versions().into_iter().filter(|name| name.ends_with(".md")).collect();
    assert_eq!(fs::read(home.page().join("versions").join(&kept[0])).unwrap(), b"\xff\xfe no front matter");
}

#[test]
fn a_version_without_a_dom_leaves_no_dom_of_the_former() {
    let home = Home::new();
    home.save(0, "A", Some("<p>A"));
    home.save(1, "B", None);
    assert!(!home.page().join("index.html").exists());
    assert_eq!(home.versions(), ["20231114T221320000Z.html", "20231114T221320000Z.md"]);
}

#[test]
fn several_pages_are_filed_together() {
    let home = Home::new();
    let addresses: Vec<Address> =
        (0..40).map(|n| Address::parse(&format!("https://example.org/{n}")).unwrap()).collect();
    let hash = article_hash("A");
    let claim = home.store().claim(addresses.iter().map(Address::hash_url)).unwrap();
    let drafts: Vec<Draft<'_>> = addresses.iter().map(|one| draft(one, 0, "A", &hash, Some("<p>A"))).collect();
    let filed = claim.file_all(&drafts).unwrap();
    assert!(filed.iter().all(|one| one.as_ref().unwrap().filing == Filing::NewPage));
    let again = claim.file_all(&drafts).unwrap();
    assert!(again.iter().all(|one| one.as_ref().unwrap().filing == Filing::Known));
    assert_eq!(home.store().pages().unwrap().len(), 40);
    assert_eq!(home.store().unsettled().unwrap().len(), 40);
    for address in &addresses {
        claim.settle(address.hash_url()).unwrap();
        assert!(home.store().verify(address.hash_url(), true, None).unwrap().findings.is_empty());
    }
    assert!(home.store().unsettled().unwrap().is_empty());
}

#[test]
fn tags_are_added_and_removed_and_nothing_else_changes() {
    let home = Home::new();
    filing(&home, 0, "A");
    let before = home.index_md();
    let claim = home.store().claim([hash().as_str()]).unwrap();
    let tags = |add: &[&str], remove: &[&str]| {
        let owned = |list: &[&str]| list.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>();
        claim.tag(&hash(), &owned(add), &owned(remove)).unwrap()
    };
    assert_eq!(tags(&["x", " y ", "x", ""], &[]), ["x", "y"]);
    assert_eq!(tags(&["z\"]\n---"], &["x"]), ["y", "z\"]\n---"]);
    assert_eq!(tags(&[], &["y", "z\"]\n---", "none"]), Vec::<String>::new());
    assert_eq!(home.index_md(), before);
}

#[test]
fn many_threads_saving_at_once_lose_nothing() {
    let home = Home::new();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let store = home.store();
            scope.spawn(move || {
                for round in 0..4 {
                    let markdown = format!("{thread} {round}");
                    save(&store, thread * 100 + round, &markdown, Some(&markdown)).unwrap();
                }
            });
        }
    });
    assert_eq!(home.store().versions(&hash()).unwrap().len(), 31);
    assert_eq!(home.store().newest(&hash()).unwrap().unwrap().captured_at, at(703));
    assert!(home.store().verify(&hash(), true, None).unwrap().findings.is_empty());
    assert!(home.store().unsettled().unwrap().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_is_saved_is_read_back(
        title in any::<String>(),
        markdown in any::<String>(),
        tag in any::<String>(),
        author in any::<String>(),
    ) {
        let home = Home::new();
        let (address, hash) = (address(), article_hash(&markdown));
        let tags = [tag.clone()];
        let metadata = vec![("author", author.as_str())];
        let one = Draft { title: &title, tags: &tags, metadata, ..draft(&address, 0, &markdown, &hash, Some(&title)) };
        let claim = home.store().claim([address.hash_url()]).unwrap();
        claim.file(&one).unwrap();
        let article = home.store().newest(address.hash_url()).unwrap().unwrap();
        prop_assert_eq!(&article.trouble, &None);
        prop_assert_eq!(article.body(), one.body().concat());
        prop_assert_eq!(article.is_as_captured(), Some(true));
        prop_assert_eq!(article.front.get("hash_url").unwrap(), address.hash_url());
        if !title.trim().is_empty() {
            prop_assert_eq!(article.front.get("title").unwrap(), title.clone());
        }
        if !tag.trim().is_empty() {
            prop_assert_eq!(article.front.list("tags"), [tag.trim()]);
        }
        // The version after an unedited one is filed as if it were alone. Its title does not count
        // as a correction.
        let next_hash = article_hash("another");
        claim.file(&Draft { title: "next", ..draft(&address, 1, "another", &next_hash, None) }).unwrap();
        let next = home.store().newest(address.hash_url()).unwrap().unwrap();
        prop_assert_eq!(next.title(), "next");
        let old = home.store().versions(address.hash_url()).unwrap();
        prop_assert_eq!(home.store().version(address.hash_url(), &old[0]).unwrap().unwrap().file, article.file);
    }
}
