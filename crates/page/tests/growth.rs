//! Tests that work grows in proportion to the page. It tries every construct that the converter
//! knows, nested and repeated. A page of twice the size takes about twice the steps, and the
//! Markdown stays in proportion. Steps are counted, not timed. The fuzzer's generator makes the
//! pages.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

use std::sync::atomic::{AtomicUsize, Ordering};

use cachette_page::{
    Options, Place, Resource, Warning, convert, convert_counted, convert_fragment, default_steps, full_text,
};

#[allow(dead_code, reason = "the fuzz target chooses by bytes")]
#[path = "../../../tests/fuzz/src/growth/mod.rs"]
mod growth;

#[path = "growth/extraction.rs"]
mod extraction;
#[allow(dead_code, reason = "the fuzzer's program also writes them")]
#[path = "../../../tests/fuzz/src/kept.rs"]
mod kept;

use growth::{Kind, SHAPES, chosen, grows, pair};

/// How many nested parts, doubled twice, stay within the parser's limit on depth.
const WITHIN: usize = 64;
/// How many nested parts exceed that limit.
const NESTED: usize = 1_200;
/// How many parts are repeated in a run.
const REPEATED: usize = 2_000;

/// Tries each kind with `parts` parts, doubled `times` times, on all cores.
fn all(kinds: Vec<Kind>, parts: usize, times: u32) {
    assert!(!kinds.is_empty());
    let next = AtomicUsize::new(0);
    let failures: Vec<String> = std::thread::scope(|scope| {
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        let work = || {
            let mut failures = Vec::new();
            while let Some(kind) = kinds.get(next.fetch_add(1, Ordering::Relaxed)) {
                failures.extend(grows(kind, parts, times).err());
            }
            failures
        };
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Returns `count` pairs of kinds, one element in the other, in all shapes.
fn pairs(count: usize) -> Vec<Kind> {
    (0..count).map(|at| pair(at * 7919, at * 104_729 + 13, SHAPES[at % SHAPES.len()])).collect()
}

#[test]
fn what_the_fuzzer_kept_takes_steps_in_proportion() {
    let inputs = kept::inputs(include_str!("../../../tests/fuzz/kept/growth.txt"));
    all(inputs.step_by(4).map(|bytes| chosen(&bytes)).collect(), WITHIN, 1);
}

#[test]
fn every_element_nested_and_repeated_takes_steps_in_proportion() {
    // Only some elements are tried in each shape, because a debug build would take minutes for all
    // of them. The fuzzer tries the others.
    all(growth::elements().step_by(3).collect(), NESTED, 1);
}

#[test]
fn values_runs_and_parts_take_steps_in_proportion() {
    all(growth::values().step_by(11).collect(), REPEATED, 1);
}

#[test]
fn nests_within_the_cap_on_depth_take_steps_in_proportion() {
    // A level must not be read again by the levels around it, nor examine each of them.
    all(growth::elements().filter(Kind::is_nest).collect(), WITHIN, 2);
    all(pairs(480), WITHIN, 2);
}

#[test]
fn elements_in_elements_take_steps_in_proportion() {
    all(pairs(120), NESTED / 2, 1);
}

#[test]
fn what_random_bytes_choose_takes_steps_in_proportion() {
    let mut state = 1_u64;
    let mut bytes = || -> Vec<u8> {
        let next = |_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            u8::try_from(state >> 56).unwrap()
        };
        (0..48).map(next).collect()
    };
    all((0..150).map(|_| chosen(&bytes())).collect(), 150, 1);
}

#[test]
fn pictures_that_the_capture_brought_take_steps_in_proportion() {
    let converted = |count: usize| {
        let resource = |at: usize| Resource {
            place: Place::Address(format!("https://a.example/{at}.png")),
            bytes: [b"\x89PNG\r\n\x1a\n".as_slice(), at.to_string().as_bytes()].concat(),
        };
        let resources: Vec<Resource> = (0..count).map(resource).collect();
        let html: String = (0..count).map(|at| format!("<p>Word <img src=/{at}.png alt='Picture {at}'>")).collect();
        let url = Some("https://a.example/");
        let options = Options { url, resources: Some(&resources), full: true, inert_html: true, ..Options::default() };
        let (page, steps) = convert_counted(&html, &options);
        assert_eq!((page.linked.len(), page.assets.len()), (count, count));
        let elsewhere = page.markdown_elsewhere();
        assert!(!elsewhere.contains("../../assets/") && elsewhere.matches("https://a.example/").count() == count);
        steps
    };
    let (once, twice) = (converted(5_000), converted(10_000));
    assert!(10 * twice <= 22 * once, "{once} steps, then {twice}");
}

#[test]
fn nested_formulas_are_read_once() {
    for (open, close) in [("<math><mi>", "</mi></math>"), ("<math><mi>", ""), ("<math><mtext>&amp;", "")] {
        let html = format!("<p>before {}word&amp;{}</p><p>behind", open.repeat(250), close.repeat(250));
        let (page, steps) = convert_counted(&html, &Options { full: true, ..Options::default() });
        assert!(steps < 20_000, "{steps} steps");
        assert!(page.markdown.contains("word") && page.markdown.contains("behind"), "{}", page.markdown);
        assert!(page.warnings.contains(&Warning::FormulaCapped), "{:?}", page.warnings);
        assert!(convert_fragment(&html).markdown.len() <= 4 * html.len());
    }
}

#[test]
fn what_a_formula_holds_is_escaped_once() {
    let html = "<math><mi><math><mi>&amp;</mi></math></mi></math>";
    assert_eq!(convert_fragment(html).markdown.trim_end(), "$\\&$");
}

#[test]
fn a_formula_that_is_too_long_keeps_its_text() {
    let long = "a+".repeat(15_000);
    for html in [
        format!("<p>x <script type=\"math/tex\">{long}</script> y"),
        format!("<p>x <math><mi>{long}</mi></math> y"),
        format!(
            "<p>x <span class=katex><math><annotation encoding=\"application/x-tex\">{long}</annotation></math></span> \
             y"
        ),
    ] {
        let fragment = convert_fragment(&html);
        assert!(fragment.markdown.contains(&long[..1_000]), "{}", &html[..60]);
        assert!(fragment.warnings.contains(&Warning::FormulaCapped));
    }
}

#[test]
fn a_page_that_takes_too_many_steps_keeps_its_text() {
    let html = format!("<title>A title</title>{}", "<p>One *word* and <a href=/b>a link</a>.".repeat(200));
    let whole = convert(&html, &Options { full: true, inert_html: true, ..Options::default() });
    assert!(!whole.warnings.contains(&Warning::WorkCapped));
    let (_, steps) = convert_counted(&html, &Options { inert_html: true, ..Options::default() });
    assert!(steps < default_steps(html.len()) / 10, "{steps}");
    for steps in [0, 1, 10, 100, 1_000, steps / 2, steps - 1] {
        let options = Options { inert_html: true, steps: Some(steps), ..Options::default() };
        let (page, taken) = convert_counted(&html, &options);
        assert!(taken <= steps);
        assert_eq!(page.warnings, [Warning::WorkCapped]);
        assert_eq!(page.full_text, whole.full_text);
        assert_eq!(page.text, whole.full_text);
        assert_eq!(page.markdown.matches("One \\*word\\* and a link.").count(), 200);
        assert_eq!(page.metadata.title, "A title");
        assert_eq!(full_text(&page.inert_html.unwrap()), whole.full_text, "the copy shows the text");
    }
}

#[test]
fn markdown_that_would_outgrow_the_page_keeps_its_text() {
    // None of these is charged to a budget, but all of them together stay in proportion.
    for (open, close) in [
        ("<ul><li>", ""),
        ("<blockquote>", ""),
        ("<table><tr><td colspan=1000>", "</table>"),
        ("<ol start=999999999><li>", ""),
    ] {
        for count in [10, 100, 400] {
            let html = format!("{}word{}", format!("{open}w").repeat(count), close.repeat(count));
            let page = convert(&html, &Options { full: true, ..Options::default() });
            assert!(page.markdown.len() <= 4 * html.len() + (16 << 10), "{open} {count}: {}", page.markdown.len());
            assert_eq!(page.markdown.matches('w').count(), count + 1, "{open} {count}: no text is lost");
        }
    }
}
