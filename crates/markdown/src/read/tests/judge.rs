//! Compares the words of Markdown with those that comrak, an independent judge, shows.

use super::*;

/// Returns the words that comrak shows, with the descriptions of pictures.
pub(super) fn judged(markdown: &str) -> Vec<String> {
    let mut options = comrak::Options::default();
    options.render.r#unsafe = true;
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.math_dollars = true;
    let html = comrak::markdown_to_html(markdown, &options);
    let mut shown = String::new();
    for (at, piece) in html.split('<').enumerate() {
        let (tag, text) = if at == 0 { ("", piece) } else { piece.split_once('>').unwrap_or((piece, "")) };
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        let within = ["em", "strong", "del", "sub", "sup", "a", "code", "span", "kbd", "mark", "ins", "abbr", "b", "i"];
        match tag.split_once(" alt=\"").and_then(|(_, rest)| rest.split_once('"')) {
            Some((alt, _)) => shown.push_str(alt),
            None if tag.contains("data-math-style") || tag == "/span" => shown.push('$'),
            None if !within.contains(&name) => shown.push(' '),
            None => {}
        }
        shown.push_str(text);
    }
    let mut decoded = String::new();
    tags::push_words(&mut decoded, &shown);
    words_of(&decoded)
}

/// Removes the attributes of tags, which comrak's own tags have too.
fn without_attributes(markdown: &str) -> String {
    let mut out = String::new();
    for (at, piece) in markdown.split('<').enumerate() {
        let tag = piece.split_once('>').filter(|(tag, _)| at > 0 && tag.starts_with(|c: char| c.is_ascii_alphabetic()));
        out.push_str(if at > 0 { "<" } else { "" });
        match tag.and_then(|(tag, rest)| Some((tag.split_once(' ')?.0, rest))) {
            Some((name, rest)) => out.extend([name, ">", rest]),
            None => out.push_str(piece),
        }
    }
    out
}

pub(super) fn words_of(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[test]
fn the_converters_golden_cases_say_what_comrak_shows() {
    let cases = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../page/cases");
    let mut seen = 0;
    for case in std::fs::read_dir(cases).unwrap() {
        let path = case.unwrap().path().join("expected.md");
        let Ok(markdown) = std::fs::read_to_string(&path) else { continue };
        let markdown = without_attributes(&markdown);
        seen += 1;
        assert_eq!(words_of(&plain(&markdown).text), judged(&markdown), "{}", path.display());
    }
    assert!(seen > 100, "the cases have moved; this test must follow them");
}
