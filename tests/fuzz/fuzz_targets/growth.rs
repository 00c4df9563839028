//! Passes libFuzzer's bytes to the checks of a page's growth.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| cachette_fuzz::growth(bytes));
