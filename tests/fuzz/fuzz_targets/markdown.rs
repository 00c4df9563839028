//! Passes libFuzzer's bytes to the checks of the converter.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| cachette_fuzz::markdown(bytes));
