//! Tests the input of the command line. It may be queries with words that begin with a dash, or
//! files that are not HTML.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by a panic")]

mod rig;

use rig::{Place, page};

const URL: &str = "https://example.org/a";
const AT: &str = "2026-11-22T18:24:05.123Z";

#[test]
fn a_query_may_exclude_words_as_the_readme_shows() {
    let place = Place::new();
    place.add(URL, &page("Broken links", "A link leads nowhere."), AT);
    place.add("https://example.org/b", &page("Link rot", "A link leads nowhere, says rot."), AT);
    for args in [
        &["search", "link", "-rot"][..],
        &["search", "-rot", "link"],
        &["search", "link", "-rot", "--limit", "5"],
        &["search", "link", "-rot", "--json"],
        &["search", "link", "--", "-rot"],
        &["search", "link -rot"],
        &["search", "link", "-title:rot", "-\"says rot\""],
    ] {
        let ran = place.run(args);
        assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
        assert!(ran.out.contains("Broken links") && !ran.out.contains("Link rot"), "{args:?}: {}", ran.out);
    }
    assert!(place.run(&["search", "link", "-h"]).out.contains("Usage: cachette search"));
    for args in
        [&["search", "link", "-rot", "--jsno"][..], &["search", "link", "--rot"], &["search", "-rot", "--limit"]]
    {
        let ran = place.run(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        let told: Vec<_> = ran.err.lines().filter(|line| line.starts_with("error: ")).collect();
        assert_eq!(told.len(), 1, "{args:?}: {}", ran.err);
    }
    let dry = place.run(&["reconvert", "--dry-run", "-rot"]);
    assert_eq!(dry.code, 0, "{}", dry.err);
}

/// Files of formats that are not read, by the word that their refusal contains.
fn others() -> [(&'static str, &'static [u8]); 8] {
    [
        ("PDF", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Title (<p>Word</p>) >>\nendobj\n"),
        ("PNG", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01"),
        ("JPEG", b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01"),
        ("GIF", b"GIF89a\x01\0\x01\0\x80\0\0"),
        ("WebP", b"RIFF\x24\0\0\0WEBPVP8 "),
        ("gzip", b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xb3)\xb0\x03\0"),
        ("zip", b"PK\x03\x04\x14\0\0\0\x08\0"),
        (
            "MHTML",
            b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"b\"\r\n\
              \r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Word.</p>\r\n--b--\r\n",
        ),
    ]
}

#[test]
fn a_file_that_is_no_html_is_refused_by_the_name_of_its_format() {
    let place = Place::in_memory();
    for (format, bytes) in others() {
        // The name says nothing.
        std::fs::write(place.dir().join("page.html"), bytes).unwrap();
        let runs = [
            place.run(&["add", "--url", URL, "page.html"]),
            place.run_with(&["add", "--url", URL, "-"], bytes),
            place.run(&["convert", "page.html"]),
            place.run_with(&["convert", "--json", "--url", URL], bytes),
            place.run_with(&["convert", "--fragment"], bytes),
            place.run_with(&["convert", "--jsonl"], bytes),
            place.run(&["import", "jsonl", "page.html"]),
        ];
        for (at, ran) in runs.iter().enumerate() {
            assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{format}, {at}: {}", ran.err);
            assert_eq!(ran.err.lines().count(), 1, "{format}, {at}: {}", ran.err);
            assert!(ran.err.contains(format) && ran.err.ends_with(".\n"), "{format}, {at}: {}", ran.err);
        }
        assert!(runs[0].err.contains("page.html") && runs[1].err.contains("Stdin"), "{}", runs[1].err);
    }
    assert!(!place.home().exists(), "nothing is filed");
}

#[test]
fn html_is_read_whatever_it_is_about_and_is_called() {
    let place = Place::new();
    let html = page("%PDF-1.7", "MIME-Version: 1.0, Content-Type: multipart/related, GIF89a, PK and PNG.");
    std::fs::write(place.dir().join("page.pdf"), &html).unwrap();
    let ran = place.run(&["add", "--url", URL, "page.pdf"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(place.run(&["convert", "page.pdf"]).out.contains("multipart/related"));
    assert_eq!(place.run_with(&["convert", "--fragment"], b"%PDF-1.7 is how a PDF begins.").code, 0);
    assert_eq!(place.run_with(&["convert"], b"").code, 0);
}

#[test]
fn other_files_among_lines_and_folders_are_named_and_the_rest_is_filed() {
    let place = Place::new();
    let lines = r#"{"url":"https://example.org/1","html":"%PDF-1.4\n1 0 obj"}
{"url":"https://example.org/2","html":"<p>A page about %PDF-1.4 files."}
"#;
    let ran = place.run_with(&["import", "jsonl", "-"], lines.as_bytes());
    assert_eq!((ran.code, ran.out.as_str()), (0, "1 filed, 0 unchanged, 1 failed.\n"), "{}", ran.err);
    assert!(ran.err.starts_with("line 1: ") && ran.err.contains("a PDF document"), "{}", ran.err);
    let lines = "{\"id\":1,\"html\":\"%PDF-1.4\\n1 0 obj\"}\n{\"id\":2,\"html\":\"<p>About %PDF-1.4.\"}\n";
    let ran = place.run_with(&["convert", "--jsonl"], lines.as_bytes());
    let answers: Vec<_> = ran.out.lines().collect();
    assert!(answers[0].contains("a PDF document") && answers[1].contains("About %PDF-1.4."), "{answers:?}");
    let entry = place.dir().join("cache/0daebd620201f59850a9337aee48a511");
    std::fs::create_dir_all(&entry).unwrap();
    std::fs::write(entry.join("index.html"), others()[0].1).unwrap();
    let ran = place.run(&["import", "original", "cache"]);
    assert_eq!(ran.out, "0 filed, 0 unchanged, 1 failed.\n", "{}", ran.err);
    assert!(ran.err.contains("a PDF document"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn input_without_an_end_is_refused() {
    let place = Place::new();
    for args in [&["add", "--url", URL, "/dev/zero"][..], &["convert", "/dev/zero"]] {
        let ran = place.run(args);
        assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{args:?}");
        assert_eq!(ran.err, "cachette: The file “/dev/zero” cannot be read: it is longer than 512 MiB.\n", "{args:?}");
    }
    let filed = place.run(&["stats"]);
    assert!(filed.out.contains("Pages     0"), "{}", filed.out);
}
