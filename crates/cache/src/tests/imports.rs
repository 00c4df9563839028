//! Tests the import of pages in bulk.

use std::fmt::Write;

use super::*;

pub(super) fn import(cache: &mut Cache, text: &str) -> ImportReport {
    import_with(cache, text.as_bytes(), None, &mut |_, _| {}).unwrap()
}

fn import_with(
    cache: &mut Cache,
    mut text: &[u8],
    name: Option<&str>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<ImportReport, CacheError> {
    let mut lines = Lines { reader: &mut text, captured_at: at(0), name: name.map(str::to_owned) };
    cache.import_jsonl(&mut lines, progress)
}

#[test]
fn lines_are_filed_and_repeating_them_changes_nothing() {
    let room = Room::new();
    let mut cache = room.cache();
    let text = concat!(
        "\u{FEFF}{\"url\":\"https://example.org/a\",\"html\":\"<title>One</title><p>Apples.</p>\",\
         \"captured_at\":\"2020-01-02T03:04:05Z\",\"tags\":[\"x\"]}\n",
        "\n",
        "{\"url\":\"https://example.org/b\",\"markdown\":\"# Two\\n\\nPears.\",\"captured_at\":\"2020-01-02\",\
         \"unknown\":1}\r\n",
        "{\"url\":\"https://example.org/a\",\"html\":\"<title>One</title><p>Plums.</p>\",\
         \"captured_at\":\"2021-01-02T03:04:05Z\"}",
    );
    let report = import(&mut cache, text);
    assert_eq!((report.filed, report.unchanged, report.failed), (3, 0, vec![]));
    assert_eq!(hits(&mut cache, "plums"), ["https://example.org/a"]);
    assert_eq!(hits(&mut cache, "pears"), ["https://example.org/b"]);
    let listed = cache.list(10, 0).unwrap();
    assert_eq!((listed[0].versions, &listed[0].tags), (2, &vec!["x".to_owned()]));
    assert_eq!(listed[1].title, "Two");
    assert_eq!(listed[1].captured_at, "2020-01-02T00:00:00Z".parse().unwrap());
    let again = import(&mut cache, text);
    assert_eq!((again.filed, again.unchanged), (0, 3));
    let report = cache.check(&CheckOptions { read_data: true, ..CheckOptions::default() }, &mut |_, _| {}).unwrap();
    assert!(report.is_sound(), "{report:?}");
}

#[test]
fn a_line_without_a_time_makes_no_second_version_of_the_same_article() {
    let room = Room::new();
    let mut cache = room.cache();
    let line = "{\"url\":\"https://example.org/a\",\"markdown\":\"Apples.\"}\n";
    assert_eq!(import(&mut cache, line).filed, 1);
    assert_eq!(import(&mut cache, line).unchanged, 1);
}

#[test]
fn bad_lines_are_reported_by_number_and_skipped() {
    let room = Room::new();
    let mut cache = room.cache();
    let mut text = Vec::new();
    for line in [
        &b"nonsense"[..],
        b"{\"url\":\"https://example.org/a\",\"markdown\":\"Apples.\"}",
        b"{\"url\":\"https://example.org/b\"}",
        b"{\"url\":\"mailto:x@example.org\",\"markdown\":\"x\"}",
        b"{\"markdown\":\"x\"}",
        b"{\"url\":\"https://example.org/c\",\"markdown\":\"x\",\"captured_at\":\"yesterday\"}",
        b"\xff\xfe",
        b"{\"url\":\"https://example.org/d\",\"markdown\":\"Pears.\"}",
    ] {
        text.extend_from_slice(line);
        text.push(b'\n');
    }
    let report = import_with(&mut cache, &text, None, &mut |_, _| {}).unwrap();
    assert_eq!(report.filed, 2);
    let numbers: Vec<u64> = report.failed.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, [1, 3, 4, 5, 6, 7]);
    assert!(report.failed.iter().all(|(_, why)| why.ends_with('.')), "{:?}", report.failed);
}

#[test]
fn several_batches_are_counted_as_they_become_durable() {
    let room = Room::new();
    let mut cache = room.cache();
    let mut text = String::new();
    for number in 0..1_200 {
        writeln!(text, "{{\"url\":\"https://example.org/{number}\",\"markdown\":\"Apple number{number}.\"}}").unwrap();
    }
    let mut progress = Vec::new();
    let report =
        import_with(&mut cache, text.as_bytes(), None, &mut |lines, filed| progress.push((lines, filed))).unwrap();
    assert_eq!(report.filed, 1_200);
    assert_eq!(progress, [(512, 512), (1_024, 1_024), (1_200, 1_200)]);
    assert_eq!(cache.search("apple", 10, 0).unwrap().total, 1_200);
    assert_eq!(hits(&mut cache, "number277"), ["https://example.org/277"]);
    assert!(fs::read_dir(room.home().dir().join(".work/pending")).unwrap().next().is_none());
}

#[cfg(unix)]
#[test]
fn a_page_with_trouble_of_its_own_does_not_stop_the_import() {
    let room = Room::new();
    let mut cache = room.cache();
    let saved = save(&mut cache, "https://example.org/a", 0, "Apples.");
    let folder = saved.path.parent().unwrap();
    fs::remove_dir_all(folder).unwrap();
    std::os::unix::fs::symlink("/tmp", folder).unwrap();
    let report = import(
        &mut cache,
        "{\"url\":\"https://example.org/a\",\"markdown\":\"x\"}\n{\"url\":\"https://example.org/b\",\
         \"markdown\":\"Pears.\"}\n",
    );
    assert_eq!((report.filed, report.failed.len(), report.failed[0].0), (1, 1, 1));
    assert_eq!(hits(&mut cache, "pears").len(), 1);
}

#[test]
fn a_full_disk_stops_the_import_and_what_was_filed_is_filed() {
    let room = Room::new();
    let mut text = String::new();
    for number in 0..800 {
        writeln!(text, "{{\"url\":\"https://example.org/{number}\",\"markdown\":\"Apple.\"}}").unwrap();
    }
    let written = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let io_hook = IoHook::new(move |step, _| {
        let full = step == IoStep::Write && written.fetch_add(1, std::sync::atomic::Ordering::SeqCst) > 1_200;
        if full { Err(std::io::Error::from(std::io::ErrorKind::StorageFull)) } else { Ok(()) }
    });
    let mut cache = Cache::open_with_hook(&room.home(), io_hook).unwrap();
    let mut durable = 0;
    let error = import_with(&mut cache, text.as_bytes(), None, &mut |_, filed| durable = filed).unwrap_err();
    assert!(matches!(error, CacheError::Store(StoreError::DiskFull { .. })));
    assert_eq!(durable, 512);
    let mut cache = room.cache();
    assert_eq!(cache.search("apple", 1, 0).unwrap().total, 512);
    assert!(cache.check(&CheckOptions::default(), &mut |_, _| {}).unwrap().is_sound());
    let report = import(&mut cache, &text);
    assert_eq!((report.filed, report.unchanged), (288, 512));
}

#[test]
fn an_interrupted_import_goes_on_after_the_last_durable_batch() {
    let room = Room::new();
    let mut text = String::new();
    for number in 0..1_200 {
        writeln!(text, "{{\"url\":\"https://example.org/{number}\",\"markdown\":\"Apple {number}.\"}}").unwrap();
    }
    text.push_str("nonsense\n");
    let filed = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let io_hook = IoHook::new(move |step, _| {
        let cut = step == IoStep::Write && filed.fetch_add(1, std::sync::atomic::Ordering::SeqCst) > 1_600;
        if cut { Err(std::io::Error::other("cut")) } else { Ok(()) }
    });
    let mut cache = Cache::open_with_hook(&room.home(), io_hook).unwrap();
    assert!(import_with(&mut cache, text.as_bytes(), Some("pages"), &mut |_, _| {}).is_err());
    let mut cache = room.cache();
    let mut progress = Vec::new();
    let report = import_with(&mut cache, text.as_bytes(), Some("pages"), &mut |lines, _| progress.push(lines)).unwrap();
    assert_eq!((report.resumed, report.filed, report.unchanged), (512, 1_200, 0));
    assert_eq!((progress, report.failed[0].0), (vec![1_024, 1_201], 1_201));
    // The import has finished, so the next one begins at the first line and changes nothing.
    let report = import_with(&mut cache, text.as_bytes(), Some("pages"), &mut |_, _| {}).unwrap();
    assert_eq!((report.resumed, report.filed, report.unchanged), (0, 0, 1_200));
    assert_eq!(cache.stats().unwrap().versions, 1_200);
}

#[test]
fn lines_without_a_time_come_again_as_what_they_are() {
    let room = Room::new();
    let mut cache = room.cache();
    let text = "{\"url\":\"https://example.org/a\",\"markdown\":\"Apples.\"}\n{\"url\":\"https://example.org/a\",\
     \"markdown\":\"Pears.\"}\n";
    assert_eq!(import(&mut cache, text).filed, 2);
    let again = import(&mut cache, text);
    assert_eq!((again.filed, again.unchanged), (0, 2));
    assert_eq!(cache.stats().unwrap().versions, 2);
}

#[test]
fn an_import_of_markdown_is_found_by_its_language() {
    let room = Room::new();
    let mut cache = room.cache();
    let german = "Das Moos wächst langsam auf der alten Mauer, und niemand weiß, seit wann es dort ist.";
    let lines = format!("{{\"url\": \"https://example.org/moos\", \"title\": \"Moos\", \"markdown\": \"{german}\"}}\n");
    let lines = lines + "{\"url\": \"https://example.org/x\", \"title\": \"X\", \"markdown\": \"x\"}\n";
    import(&mut cache, &lines);
    assert_eq!(hits(&mut cache, "lang:de"), ["https://example.org/moos"]);
    assert_eq!(hits(&mut cache, "lang:de x"), [""; 0], "too short a text has no language");
}
