//! Runs the checks of a fuzz target over random bytes, on any toolchain. The arguments are
//! `random SECONDS [SEED] [TARGET]`, with the targets `markdown`, `live` and `growth`. Unlike a
//! fuzzer, it learns nothing from its runs.

use std::time::{Duration, Instant};

/// The longest input, in bytes.
const LONGEST: u64 = 120;

fn main() {
    let (numbers, words): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.parse::<u64>().is_ok());
    let check: fn(&[u8]) = match words.first().map(String::as_str) {
        None | Some("markdown") => cachette_fuzz::markdown,
        Some("live") => cachette_fuzz::live,
        Some("growth") => cachette_fuzz::growth,
        Some(other) => {
            eprintln!("There is no target {other}: markdown, live, growth.");
            std::process::exit(2);
        }
    };
    let mut arguments = numbers.iter().filter_map(|argument| argument.parse::<u64>().ok());
    let time = Duration::from_secs(arguments.next().unwrap_or(60));
    let mut state = arguments.next().unwrap_or(1);
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    let begin = Instant::now();
    let (mut count, mut failures) = (0_u64, 0_u64);
    while begin.elapsed() < time {
        let bytes: Vec<u8> = (0..next() % LONGEST).map(|_| u8::try_from(next() & 0xFF).unwrap_or(0)).collect();
        count += 1;
        if std::panic::catch_unwind(|| check(&bytes)).is_err() {
            failures += 1;
        }
    }
    println!("{count} inputs, {failures} of which something does not hold");
    std::process::exit(i32::from(failures > 0));
}
