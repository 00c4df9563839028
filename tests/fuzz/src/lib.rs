//! The fuzz targets, for any source of bytes. The checks are those of the properties in
//! `crates/page/tests`.

mod document;
pub mod growth;
pub mod kept;
mod live;

#[path = "../../../crates/page/tests/invariants/mod.rs"]
mod invariants;

/// Makes a page of text that looks like markup from the bytes, and checks that it stays text.
///
/// # Panics
/// If a check fails, so that the fuzzer notices.
pub fn live(bytes: &[u8]) {
    let html = live::of(bytes);
    for held in [invariants::stays_text(&html), invariants::harmless(&html)] {
        if let Err(why) = held {
            panic!("{html}\n----\n{why}");
        }
    }
}

/// Checks the bytes as HTML, and as the choices that make an ordinary document.
///
/// # Panics
/// If a check fails, so that the fuzzer notices.
pub fn markdown(bytes: &[u8]) {
    let told = |html: &str, held: Result<(), String>| {
        if let Err(why) = held {
            panic!("{html}\n----\n{why}");
        }
    };
    let html = String::from_utf8_lossy(bytes);
    told(&html, invariants::harmless(&html));
    let html = document::of(bytes);
    told(&html, invariants::harmless(&html));
    told(&html, invariants::says_the_same(&html));
    told(&html, invariants::is_a_fixed_point(&html));
}

/// Checks the bytes as nested and repeated HTML, and as the choices that make a page that grows.
///
/// # Panics
/// If a page takes more steps than it may, or its Markdown outgrows it.
pub fn growth(bytes: &[u8]) {
    let held = |held: Result<(), String>| {
        if let Err(why) = held {
            panic!("{why}");
        }
    };
    held(growth::grows(&growth::chosen(bytes), 150, 1));
    let html = String::from_utf8_lossy(bytes);
    held(growth::bounded(&html, &html.repeat(200)).map(|_| ()));
}
