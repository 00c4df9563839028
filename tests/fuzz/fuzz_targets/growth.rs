//! Hands libFuzzer's bytes to the checks of what a page may take.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| cachette_fuzz::growth(bytes));
