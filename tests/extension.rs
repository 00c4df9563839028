//! Tests the sizes of the built extension's modules, without a browser.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "`--nocapture` shows the sizes")]

use std::fs;

use cachette_tests::home::{Browser, MODULES, extension};

#[test]
fn every_module_is_as_small_as_the_house_asks() {
    for browser in [Browser::Chromium, Browser::Firefox] {
        let folder = extension(browser).unwrap().join("wasm");
        for (module, most) in MODULES {
            let bytes = fs::metadata(folder.join(format!("{module}_bg.wasm"))).unwrap().len();
            println!("{module}: {} KiB of {}", bytes / 1024, most / 1024);
            assert!(bytes <= most, "{module} has {bytes} bytes, more than {most}");
        }
    }
}
