//! Passes libFuzzer's bytes to the checks of text that looks like markup.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| cachette_fuzz::live(bytes));
