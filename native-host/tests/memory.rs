//! Measures the memory that filing a large page takes. The real binary files generated pages, and
//! its peak is read from the system. Bounds bytes, not time.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod rig;

use std::{fs, path::Path, process::Stdio, time::Duration};

use rig::Place;

const MEGABYTE: usize = 1_000_000;
/// The memory limit for filing 10 MB of HTML in small tags or in text.
const MOST: usize = 400 * MEGABYTE;

/// Files a page and returns the program's peak memory, in bytes, and its output.
fn peak_of_adding(place: &Place, name: &str, html: &str) -> (usize, String) {
    let file = place.dir().join("page.html");
    fs::write(&file, html).unwrap();
    let url = format!("https://example.org/{name}");
    let mut command = place.program();
    command.args(["add", "--url", &url]).arg(&file).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    // The system reports the maximum so far. Only growth in the program's last milliseconds is
    // missed.
    let ended = loop {
        peak = peak.max(high_water(Path::new(&status)).unwrap_or(0));
        match child.try_wait().unwrap() {
            Some(ended) => break ended,
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let said = std::io::read_to_string(child.stderr.take().unwrap()).unwrap();
    assert!(ended.success(), "{name}: {said}");
    assert!(peak > MEGABYTE, "{name}: the peak was read");
    (peak, said)
}

fn high_water(status: &Path) -> Option<usize> {
    let status = fs::read_to_string(status).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<usize>().ok()? * 1024)
}

fn repeated(piece: &str, bytes: usize) -> String {
    format!("<!DOCTYPE html><title>T</title><body>{}<p>lastword", piece.repeat(bytes / piece.len()))
}

#[test]
fn ten_megabytes_of_small_tags_take_no_more_than_said() {
    let place = Place::new();
    for (name, piece) in [
        ("bold", "<b>x</b>"),
        ("paragraph", "<p>"),
        ("break", "<br>"),
        ("link", "<a href=x>x</a>"),
        ("row", "<table><tr><td>x</table>"),
        ("attributes", "<p a b c d e f g h i j k l m n o p>x"),
        // Just small enough to be converted completely.
        ("whole", "<p>Some <b>thirty</b> words and more."),
    ] {
        let (peak, said) = peak_of_adding(&place, name, &repeated(piece, 10 * MEGABYTE));
        assert!(peak <= MOST, "{name}: {} MB", peak / MEGABYTE);
        assert!(said.contains("too large") || name == "whole", "{name}: {said}");
    }
    let found = place.run(&["search", "lastword", "--json"]);
    assert_eq!(found.code, 0, "{}", found.err);
    assert_eq!(found.out.matches("\"url\":").count(), 7, "{}", found.out);
}

#[test]
fn a_page_of_many_bytes_takes_a_few_times_its_size() {
    let place = Place::new();
    let size = 64 * MEGABYTE;
    let (peak, said) = peak_of_adding(&place, "text", &repeated("Words of a long text that has no end. ", size));
    // For a moment the page, its copy and its text exist twice, and the program takes some memory
    // itself.
    assert!(peak <= 4 * size + 32 * MEGABYTE, "{} MB", peak / MEGABYTE);
    assert!(said.contains("too large"), "{said}");
    let found = place.run(&["search", "lastword", "--json"]);
    assert!(found.out.contains("https://example.org/text"), "{}", found.out);
}
